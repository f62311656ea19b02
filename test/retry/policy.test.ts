import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HoldfastError } from '../../src/core/index.ts';
import {
  defaultPolicy,
  formatSchedule,
  parsePolicy,
  parseSchedule,
} from '../../src/retry/index.ts';

const DAY_MS = 86_400_000;
const delays = fc.array(fc.integer({ min: 0, max: 7 * DAY_MS }), { minLength: 1, maxLength: 50 });

const isRefusedAt = (field: string) => (error: unknown) =>
  error instanceof HoldfastError && error.code === 'policy_invalid' && error.field === field;

test('writes the default schedule as people read it', () => {
  assert.equal(formatSchedule(defaultPolicy.delaysMs), '0s,5s,5m,30m,2h,5h,10h,14h,20h,1d');
});

test('takes the default for whatever is absent', () => {
  assert.deepEqual(parsePolicy(undefined), defaultPolicy);
  assert.deepEqual(parsePolicy({}), defaultPolicy);
  assert.deepEqual(parsePolicy({ jitter: 0 }), { ...defaultPolicy, jitter: 0 });
});

test('keeps every policy within bounds as it is', () => {
  const policies = fc.record(
    {
      delaysMs: delays,
      jitter: fc.double({ min: 0, max: 0.5, noNaN: true }),
      maxAgeMs: fc.integer({ min: 60_000, max: 30 * DAY_MS }),
      retryAfterMaxMs: fc.integer({ min: 0, max: 7 * DAY_MS }),
    },
    { noNullPrototype: true },
  );
  fc.assert(fc.property(policies, (policy) => assert.deepEqual(parsePolicy(policy), policy)));
});

test('names the field that is out of bounds', () => {
  const refused: readonly (readonly [field: string, value: unknown])[] = [
    ['retryPolicy', null],
    ['retryPolicy', []],
    ['retryPolicy', '0s,5s'],
    ['delays', { delays: [1] }],
    ['delaysMs', { delaysMs: [] }],
    ['delaysMs', { delaysMs: '5s' }],
    ['delaysMs', { delaysMs: Array.from({ length: 51 }, () => 1) }],
    ['delaysMs[1]', { delaysMs: [0, -1] }],
    ['delaysMs[0]', { delaysMs: [7 * DAY_MS + 1] }],
    ['delaysMs[0]', { delaysMs: [0.5] }],
    ['delaysMs[2]', { delaysMs: [0, 1, '2'] }],
    ['jitter', { jitter: 0.51 }],
    ['jitter', { jitter: -0.01 }],
    ['jitter', { jitter: Number.NaN }],
    ['jitter', { jitter: null }],
    ['maxAgeMs', { maxAgeMs: 59_999 }],
    ['maxAgeMs', { maxAgeMs: 30 * DAY_MS + 1 }],
    ['maxAgeMs', { maxAgeMs: Number.POSITIVE_INFINITY }],
    ['retryAfterMaxMs', { retryAfterMaxMs: -1 }],
    ['retryAfterMaxMs', { retryAfterMaxMs: 7 * DAY_MS + 1 }],
  ];
  for (const [field, value] of refused) {
    assert.throws(() => parsePolicy(value), isRefusedAt(field), field);
  }
});

test('reads a schedule in any of its units', () => {
  assert.deepEqual(parseSchedule('0s,5s,5m,30m,2h'), [0, 5000, 300_000, 1_800_000, 7_200_000]);
  assert.deepEqual(parseSchedule(' 250ms , 1d '), [250, DAY_MS]);
});

test('reads back every schedule that it writes', () => {
  fc.assert(
    fc.property(delays, (delaysMs) =>
      assert.deepEqual(parseSchedule(formatSchedule(delaysMs)), delaysMs),
    ),
  );
});

test('names the entry of a schedule that is wrong', () => {
  const refused = {
    '': 0,
    '5': 0,
    '5s,': 1,
    '5s,5x': 1,
    '1.5s': 0,
    '-1s': 0,
    '5s,,5s': 1,
    '1h30m': 0,
    '5S': 0,
    '8d': 0,
  };
  for (const [text, index] of Object.entries(refused)) {
    assert.throws(() => parseSchedule(text), isRefusedAt(`schedule[${index}]`), text);
  }
  assert.throws(() => parseSchedule(`5s${',5s'.repeat(50)}`), isRefusedAt('schedule'));
});
