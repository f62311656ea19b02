import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { HoldfastError, seededRandom } from '../../src/core/index.ts';
import {
  createSigner,
  generateKeyPair,
  generateSecret,
  parseSecret,
  standardHeaders,
  svixHeaders,
} from '../../src/signature/index.ts';

const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const TIMESTAMP = 1_614_265_330;
const BODY = '{"test": 2432232314}';
const SYMMETRIC = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const KEY_PAIR =
  'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==';
const SYMMETRIC_SIGNATURE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const KEY_PAIR_SIGNATURE =
  'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==';

/** Any text, lone surrogates and astral characters too; some of it too long for the shared area. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200, size: 'max' }),
  fc
    .tuple(fc.string({ unit: 'binary', maxLength: 20 }), fc.integer({ min: 1, max: 9000 }))
    .map(([unit, count]) => unit.repeat(count)),
);

test('makes the signatures of the specification', () => {
  assert.equal(
    createSigner([parseSecret(SYMMETRIC)]).sign(ID, TIMESTAMP, BODY),
    SYMMETRIC_SIGNATURE,
  );
  assert.equal(createSigner([parseSecret(KEY_PAIR)]).sign(ID, TIMESTAMP, BODY), KEY_PAIR_SIGNATURE);
});

test('signs with every secret in force, the current one first', () => {
  const signer = createSigner([parseSecret(KEY_PAIR), parseSecret(SYMMETRIC)]);
  assert.equal(signer.sign(ID, TIMESTAMP, BODY), `${KEY_PAIR_SIGNATURE} ${SYMMETRIC_SIGNATURE}`);
});

test('refuses to make a signer without a secret', () => {
  assert.throws(
    () => createSigner([]),
    (error) => error instanceof HoldfastError && error.code === 'secret_invalid',
  );
});

test("agrees with node's own HMAC for every key, text and length", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 24, maxLength: 75, size: 'max' }),
      anyText,
      (key, payload) => {
        const signer = createSigner([parseSecret(Buffer.from(key).toString('base64'))]);
        const expected = createHmac('sha256', key)
          .update(`${ID}.${TIMESTAMP}.${payload}`)
          .digest('base64');
        assert.equal(signer.sign(ID, TIMESTAMP, payload), `v1,${expected}`);
        assert.equal(signer.sign(ID, TIMESTAMP, Buffer.from(payload)), `v1,${expected}`);
      },
    ),
    { numRuns: 300 },
  );
});

test('makes signatures that the libraries of receivers accept', () => {
  const timestamp = Math.floor(Date.now() / 1000);
  const random = seededRandom(7);
  fc.assert(
    fc.property(fc.json(), fc.stringMatching(/^msg_[0-9A-Za-z]{1,40}$/), (payload, id) => {
      const secret = generateSecret(random);
      const signature = createSigner([generateSecret(random), secret]).sign(id, timestamp, payload);
      const verifiers = [
        { webhook: new StandardWebhook(secret.text), names: standardHeaders },
        { webhook: new SvixWebhook(secret.text), names: standardHeaders },
        { webhook: new SvixWebhook(secret.text), names: svixHeaders },
      ];
      for (const { webhook, names } of verifiers) {
        const headers = {
          [names.id]: id,
          [names.timestamp]: String(timestamp),
          [names.signature]: signature,
        };
        webhook.verify(payload, headers);
        assert.throws(() => webhook.verify(`${payload} `, headers));
      }
    }),
  );
});

test('signs alone what it also signs between others', () => {
  const [first, second, third] = [
    generateSecret(seededRandom(1)),
    generateKeyPair(seededRandom(2)),
    parseSecret(SYMMETRIC),
  ];
  const alone = [first, second, third].map((secret) =>
    createSigner([secret]).sign(ID, TIMESTAMP, BODY),
  );
  assert.equal(createSigner([first, second, third]).sign(ID, TIMESTAMP, BODY), alone.join(' '));
});
