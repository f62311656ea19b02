// Cargo.toml: base64 = "0.22", hmac = "0.12", sha2 = "0.10"
use base64::{engine::general_purpose::STANDARD, Engine};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::time::{SystemTime, UNIX_EPOCH};

const TOLERANCE_SECONDS: u64 = 300;

/// Whether a request comes from the sender, is recent, and was not altered.
///
/// `secret` is as the portal shows it: whsec_… `id`, `timestamp` and `signatures` are the headers
/// webhook-id, webhook-timestamp and webhook-signature; `body` the bytes as they came, before any parse.
pub fn verify(secret: &str, id: &str, timestamp: &str, signatures: &str, body: &[u8]) -> bool {
    if id.is_empty() || timestamp.len() > 12 || !timestamp.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let Ok(seconds) = timestamp.parse::<u64>() else {
        return false;
    };
    let Ok(now) = SystemTime::now().duration_since(UNIX_EPOCH) else {
        return false;
    };
    if now.as_secs().abs_diff(seconds) > TOLERANCE_SECONDS {
        return false;
    }
    let Ok(key) = STANDARD.decode(secret.strip_prefix("whsec_").unwrap_or(secret)) else {
        return false;
    };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key) else {
        return false;
    };
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);

    // There are two while a secret is rotated. One that fits is enough.
    signatures.split(' ').any(|signature| {
        signature
            .strip_prefix("v1,")
            .and_then(|text| STANDARD.decode(text).ok())
            // In constant time.
            .is_some_and(|given| mac.clone().verify_slice(&given).is_ok())
    })
}

// With axum:
//
//   async fn receive(headers: HeaderMap, body: Bytes) -> StatusCode {
//       let text = |name| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("");
//       let (id, timestamp) = (text("webhook-id"), text("webhook-timestamp"));
//       if verify(&secret(), id, timestamp, text("webhook-signature"), &body) {
//           StatusCode::NO_CONTENT
//       } else {
//           StatusCode::UNAUTHORIZED
//       }
//   }
