require "openssl"

TOLERANCE_SECONDS = 300

# Whether a request comes from the sender, is recent, and was not altered.
#
# secret: as the portal shows it: whsec_…
# headers: of the request, by their names in lower case
# body: the bytes as they came, before any parse
def verify(secret, headers, body)
  id = headers["webhook-id"].to_s
  timestamp = headers["webhook-timestamp"].to_s
  signatures = headers["webhook-signature"].to_s
  return false if id.empty? || !timestamp.match?(/\A[0-9]{1,12}\z/)
  return false if (Time.now.to_i - timestamp.to_i).abs > TOLERANCE_SECONDS

  key = secret.delete_prefix("whsec_").unpack1("m")
  signed = "#{id}.#{timestamp}.".b + body.b
  expected = [OpenSSL::HMAC.digest("SHA256", key, signed)].pack("m0")

  # There are two while a secret is rotated. One that fits is enough.
  signatures.split(" ").any? do |signature|
    version, given = signature.split(",", 2)
    version == "v1" && OpenSSL.secure_compare(given.to_s, expected)
  end
end

# With Rails:
#
#   def create
#     names = %w[webhook-id webhook-timestamp webhook-signature]
#     headers = names.to_h { |name| [name, request.headers[name]] }
#     return head :unauthorized unless verify(ENV["WEBHOOK_SECRET"], headers, request.raw_post)
#     head :no_content
#   end
