import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_SECONDS = 300;

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Whether a request comes from the sender, is recent, and was not altered.
 *
 * @param secret as the portal shows it: whsec_…
 * @param headers of the request, by their names in lower case
 * @param body the bytes as they came, before any parse
 */
export function verify(secret: string, headers: Headers, body: Buffer): boolean {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') {
    return false;
  }
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;

  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();

  // There are two while a secret is rotated. One that fits is enough.
  return signatures.split(' ').some((signature) => {
    const [version, text = ''] = signature.split(',', 2);
    const given = Buffer.from(text, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

// With Express:
//
//   app.post('/webhooks', express.raw({ type: '*/*' }), (request, response) => {
//     if (!verify(process.env.WEBHOOK_SECRET, request.headers, request.body)) {
//       return response.sendStatus(401);
//     }
//     const event = JSON.parse(request.body);
//     response.sendStatus(204);
//   });
