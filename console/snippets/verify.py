import base64
import hashlib
import hmac
import re
import time

TOLERANCE_SECONDS = 300


def verify(secret, headers, body):
    """Whether a request comes from the sender, is recent, and was not altered.

    secret: as the portal shows it: whsec_…
    headers: of the request; a mapping that finds lower-case names
    body: the bytes as they came, before any parse
    """
    message_id = headers.get("webhook-id")
    timestamp = headers.get("webhook-timestamp")
    signatures = headers.get("webhook-signature")
    if not message_id or not timestamp or not signatures:
        return False
    if not re.fullmatch(r"[0-9]{1,12}", timestamp):
        return False
    if abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False

    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())

    # There are two while a secret is rotated. One that fits is enough.
    for signature in signatures.split(" "):
        version, _, given = signature.partition(",")
        if version == "v1" and hmac.compare_digest(given.encode(), expected):
            return True
    return False


# With Flask:
#
#   @app.post("/webhooks")
#   def webhooks():
#       if not verify(os.environ["WEBHOOK_SECRET"], request.headers, request.get_data()):
#           return "", 401
#       event = request.get_json()
#       return "", 204
