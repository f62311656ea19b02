import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class Verify {
    private static final long TOLERANCE_SECONDS = 300;

    private Verify() {}

    /**
     * Whether a request comes from the sender, is recent, and was not altered.
     *
     * @param secret as the portal shows it: whsec_…
     * @param headers of the request, by their names in lower case
     * @param body the bytes as they came, before any parse
     */
    public static boolean verify(String secret, Map<String, String> headers, byte[] body)
            throws GeneralSecurityException {
        String id = headers.getOrDefault("webhook-id", "");
        String timestamp = headers.getOrDefault("webhook-timestamp", "");
        String signatures = headers.getOrDefault("webhook-signature", "");
        if (id.isEmpty() || !timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        long age = Instant.now().getEpochSecond() - Long.parseLong(timestamp);
        if (Math.abs(age) > TOLERANCE_SECONDS) {
            return false;
        }
        byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        byte[] expected = Base64.getEncoder().encode(mac.doFinal(body));

        // There are two while a secret is rotated. One that fits is enough.
        for (String signature : signatures.split(" ")) {
            if (!signature.startsWith("v1,")) {
                continue;
            }
            byte[] given = signature.substring(3).getBytes(StandardCharsets.UTF_8);
            if (MessageDigest.isEqual(given, expected)) {
                return true;
            }
        }
        return false;
    }
}

// With Spring:
//
//   @PostMapping("/webhooks")
//   ResponseEntity<Void> receive(
//           @RequestHeader HttpHeaders headers, @RequestBody byte[] body) throws Exception {
//       Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
//       given.putAll(headers.toSingleValueMap());
//       return ResponseEntity.status(Verify.verify(secret, given, body) ? 204 : 401).build();
//   }
