import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { seededRandom } from '../../src/core/index.ts';
import {
  createSigner,
  generateKeyPair,
  generateSecret,
  verify,
  type Secret,
  type VerifyInput,
} from '../../src/signature/index.ts';

const NOW_SECONDS = 1_750_000_000;
const symmetric = generateSecret(seededRandom(1));
const asymmetric = generateKeyPair(seededRandom(2));
const secrets = fc.constantFrom<Secret>(symmetric, asymmetric);

function signed(
  secret: Secret,
  payload = '{"amountMinor":100}',
  timestampSeconds = NOW_SECONDS,
): VerifyInput {
  const id = 'msg_0001';
  return {
    secrets: [secret],
    id,
    timestamp: String(timestampSeconds),
    signatureHeader: createSigner([secret]).sign(id, timestampSeconds, payload),
    payload,
    nowSeconds: NOW_SECONDS,
  };
}

const noMatch = { isValid: false, reason: 'no_match' };

test('accepts every text and every bytes that were signed', () => {
  fc.assert(
    fc.property(secrets, fc.string({ unit: 'binary' }), (secret, payload) => {
      const input = signed(secret, payload);
      assert.deepEqual(verify(input), { isValid: true });
      assert.deepEqual(verify({ ...input, payload: Buffer.from(payload) }), { isValid: true });
    }),
  );
});

test('accepts a v1a signature by its public key alone', () => {
  assert.deepEqual(verify({ ...signed(asymmetric), secrets: [asymmetric.publicKey] }), {
    isValid: true,
  });
});

test('refuses when any byte of payload, id, timestamp or signature is another', () => {
  const fields = fc.constantFrom('payload', 'id', 'timestamp', 'signatureHeader');
  const flips = fc.integer({ min: 1, max: 127 });
  fc.assert(
    fc.property(secrets, fields, fc.nat(), flips, (secret, field, place, flip) => {
      const { payload, id, timestamp, signatureHeader } = signed(secret);
      const texts = new Map(Object.entries({ payload, id, timestamp, signatureHeader }));
      const bytes = Buffer.from(texts.get(field) ?? '');
      const index = place % bytes.length;
      bytes[index] = bytes.readUInt8(index) ^ flip;
      const result = verify({ ...signed(secret), [field]: bytes.toString() });
      assert.equal(result.isValid, false, `${field} ${bytes.toString()}`);
    }),
    { numRuns: 2000 },
  );
});

test('refuses every other spelling of a right signature', () => {
  for (const secret of [symmetric, asymmetric]) {
    const input = signed(secret);
    const right = input.signatureHeader;
    const bare = right.slice(right.indexOf(',') + 1);
    // In the last character of a padded base64 some bits are unused; a forgiving decoder ignores them.
    const unusedBit = right.replace(
      /(.)(=+)$/,
      (_, last: string, pad: string) => nextLetter(last) + pad,
    );
    for (const signatureHeader of [
      unusedBit,
      right.replace(/=+$/, ''),
      `${right}=`,
      `${right}\n`,
      bare,
      `v2,${bare}`,
    ]) {
      assert.notEqual(signatureHeader, right);
      assert.deepEqual(verify({ ...input, signatureHeader }), noMatch, signatureHeader);
    }
    assert.deepEqual(
      verify({ ...input, timestamp: `0${input.timestamp}` }),
      failedWith('timestamp_invalid'),
    );
  }
});

test('refuses a signature made with another secret', () => {
  assert.deepEqual(
    verify({ ...signed(symmetric), secrets: [generateSecret(seededRandom(3)), asymmetric] }),
    noMatch,
  );
});

test('finds the right signature among others, and the right secret among others', () => {
  const others = [generateSecret(seededRandom(4)), generateKeyPair(seededRandom(5))];
  const input = signed(symmetric);
  const header = createSigner([...others, symmetric]).sign(
    input.id,
    NOW_SECONDS,
    '{"amountMinor":100}',
  );
  assert.deepEqual(verify({ ...input, signatureHeader: header }), { isValid: true });
  assert.deepEqual(verify({ ...input, secrets: [...others, symmetric] }), { isValid: true });
});

test('looks at 32 signatures and no more', () => {
  const input = signed(symmetric);
  const filler = (count: number): string => 'v1,no '.repeat(count) + input.signatureHeader;
  assert.deepEqual(verify({ ...input, signatureHeader: filler(31) }), { isValid: true });
  assert.deepEqual(verify({ ...input, signatureHeader: filler(32) }), noMatch);
});

test('holds the tolerance on both sides, to the second', () => {
  const at = (offset: number): unknown => verify(signed(symmetric, '{}', NOW_SECONDS + offset));
  assert.deepEqual([at(-300), at(300)], [{ isValid: true }, { isValid: true }]);
  assert.deepEqual([at(-301), at(301)], [failedWith('too_old'), failedWith('too_new')]);
  assert.deepEqual(
    verify({ ...signed(symmetric, '{}', NOW_SECONDS - 11), toleranceSeconds: 10 }),
    failedWith('too_old'),
  );
});

test('answers with a reason for whatever headers arrive', () => {
  assert.deepEqual(verify({ ...signed(symmetric), id: '' }), failedWith('id_missing'));
  for (const timestamp of ['', 'now', '-1', '1.5', '1e9', ' 1750000000', '9'.repeat(13), 'NaN']) {
    assert.deepEqual(
      verify({ ...signed(symmetric), timestamp }),
      failedWith('timestamp_invalid'),
      timestamp,
    );
  }
  fc.assert(
    fc.property(secrets, fc.string({ unit: 'binary' }), (secret, text) => {
      assert.equal(verify({ ...signed(secret), signatureHeader: text }).isValid, false);
    }),
  );
});

function failedWith(reason: string): unknown {
  return { isValid: false, reason };
}

function nextLetter(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) + 1);
}
