import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HoldfastError, seededRandom } from '../../src/core/index.ts';
import {
  createSigner,
  DEFAULT_OVERLAP_MS,
  generateKeyPair,
  generateSecret,
  MAX_OLD_SECRETS,
  MAX_OVERLAP_MS,
  rotate,
  secretsInForce,
  verify,
  type RotatingSecrets,
  type Secret,
} from '../../src/signature/index.ts';

const START = 1_750_000_000_000;
const random = seededRandom(11);
const [first, second] = [generateSecret(random), generateKeyPair(random)];
const start: RotatingSecrets = { current: first, old: [] };

/** Whether a receiver that knows one secret accepts what is signed at that moment. */
function isAccepted(secrets: RotatingSecrets, receiver: Secret, now: number): boolean {
  const seconds = Math.floor(now / 1000);
  const signatureHeader = createSigner(secretsInForce(secrets, now)).sign('msg_1', seconds, '{}');
  const received = {
    id: 'msg_1',
    timestamp: String(seconds),
    signatureHeader,
    payload: '{}',
    nowSeconds: seconds,
  };
  return verify({ ...received, secrets: [receiver] }).isValid;
}

const hasCode = (code: string) => (error: unknown) =>
  error instanceof HoldfastError && error.code === code;

test('serves receivers with the old and with the new secret while they overlap, only the new one after', () => {
  const rotated = rotate(start, second, START);
  const lastMoment = START + DEFAULT_OVERLAP_MS - 1;
  for (const now of [START, lastMoment]) {
    assert.deepEqual(
      [isAccepted(rotated, first, now), isAccepted(rotated, second, now)],
      [true, true],
    );
  }
  const after = lastMoment + 1;
  assert.deepEqual(
    [isAccepted(rotated, first, after), isAccepted(rotated, second, after)],
    [false, true],
  );
});

test('stops a leaked secret at once when there is no overlap', () => {
  const rotated = rotate(start, second, START, 0);
  assert.deepEqual(rotated, { current: second, old: [] });
  assert.equal(isAccepted(rotated, first, START), false);
});

test('signs with the current secret first, then with the latest replaced', () => {
  const third = generateSecret(random);
  const rotated = rotate(rotate(start, second, START), third, START + 1);
  assert.deepEqual(secretsInForce(rotated, START + 1), [third, second, first]);
});

test('leaves the given record as it was', () => {
  const frozen = Object.freeze({ current: first, old: Object.freeze([]) });
  assert.notEqual(rotate(frozen, second, START), frozen);
  assert.deepEqual(frozen, { current: first, old: [] });
});

test('changes nothing when the current secret is given again', () => {
  const rotated = rotate(start, second, START);
  assert.deepEqual(rotate(rotated, second, START + 5), rotated);
});

test('takes an old secret back without listing it twice', () => {
  const back = rotate(rotate(start, second, START), first, START + 1);
  assert.deepEqual(secretsInForce(back, START + 1), [first, second]);
});

test('keeps ten old secrets, then refuses to break the oldest in silence', () => {
  let secrets = start;
  for (let count = 0; count < MAX_OLD_SECRETS; count += 1) {
    secrets = rotate(secrets, generateSecret(random), START);
  }
  assert.equal(secretsInForce(secrets, START).length, MAX_OLD_SECRETS + 1);
  assert.throws(() => rotate(secrets, generateSecret(random), START), hasCode('state_conflict'));
  assert.equal(rotate(secrets, second, START, 0).current, second);
  assert.equal(rotate(secrets, second, START + DEFAULT_OVERLAP_MS).old.length, 1);
});

test('refuses an overlap out of bounds', () => {
  for (const overlapMs of [-1, MAX_OVERLAP_MS + 1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(
      () => rotate(start, second, START, overlapMs),
      hasCode('validation'),
      String(overlapMs),
    );
  }
});

test('keeps every replaced secret in force for exactly its overlap, whatever the order of rotations', () => {
  const step = fc.record({
    afterMs: fc.integer({ min: 0, max: 40_000_000 }),
    overlapMs: fc.integer({ min: 0, max: MAX_OVERLAP_MS }),
  });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: MAX_OLD_SECRETS }),
      fc.integer({ min: 0, max: MAX_OVERLAP_MS }),
      (steps, laterMs) => {
        let [secrets, now]: [RotatingSecrets, number] = [start, START];
        const expected: { secret: Secret; expiresAt: number }[] = [];
        for (const { afterMs, overlapMs } of steps) {
          now += afterMs;
          expected.push({ secret: secrets.current, expiresAt: now + overlapMs });
          secrets = rotate(secrets, generateSecret(random), now, overlapMs);
        }
        const inForce = expected
          .filter((old) => now + laterMs < old.expiresAt)
          .map((old) => old.secret);
        assert.deepEqual(secretsInForce(secrets, now + laterMs), [
          secrets.current,
          ...inForce.toReversed(),
        ]);
      },
    ),
  );
});
