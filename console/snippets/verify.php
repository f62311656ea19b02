<?php

const TOLERANCE_SECONDS = 300;

/**
 * Whether a request comes from the sender, is recent, and was not altered.
 *
 * @param string $secret as the portal shows it: whsec_…
 * @param array $headers of the request, by their names in lower case
 * @param string $body the bytes as they came, before any parse
 */
function verify(string $secret, array $headers, string $body): bool
{
    $id = $headers['webhook-id'] ?? '';
    $timestamp = $headers['webhook-timestamp'] ?? '';
    $signatures = $headers['webhook-signature'] ?? '';
    if ($id === '' || preg_match('/\A[0-9]{1,12}\z/', $timestamp) !== 1) {
        return false;
    }
    if (abs(time() - (int) $timestamp) > TOLERANCE_SECONDS) {
        return false;
    }
    $key = base64_decode(preg_replace('/\Awhsec_/', '', $secret), true);
    if ($key === false || $key === '') {
        return false;
    }
    $expected = base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));

    // There are two while a secret is rotated. One that fits is enough.
    foreach (explode(' ', $signatures) as $signature) {
        [$version, $given] = explode(',', $signature, 2) + ['', ''];
        if ($version === 'v1' && hash_equals($expected, $given)) {
            return true;
        }
    }
    return false;
}

// In a script of its own:
//
//   $headers = array_change_key_case(getallheaders(), CASE_LOWER);
//   $body = file_get_contents('php://input');
//   if (!verify(getenv('WEBHOOK_SECRET'), $headers, $body)) {
//       http_response_code(401);
//       exit;
//   }
//   $event = json_decode($body, true);
//   http_response_code(204);
