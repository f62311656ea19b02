import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { LONGEST_RETRY_AFTER_MS, parseRetryAfter } from '../../src/retry/index.ts';

const NOW = Date.UTC(2025, 10, 21, 12, 0, 0);

test('reads whole seconds', () => {
  assert.equal(parseRetryAfter('0', NOW), 0);
  assert.equal(parseRetryAfter('120', NOW), 120_000);
  assert.equal(parseRetryAfter(' 120\t', NOW), 120_000);
  assert.equal(parseRetryAfter('007', NOW), 7000);
});

test('reads the three forms of a date', () => {
  assert.equal(parseRetryAfter('Fri, 21 Nov 2025 12:00:30 GMT', NOW), 30_000);
  assert.equal(parseRetryAfter('Friday, 21-Nov-25 12:00:30 GMT', NOW), 30_000);
  assert.equal(parseRetryAfter('Fri Nov 21 12:00:30 2025', NOW), 30_000);
  assert.equal(parseRetryAfter('Mon Dec  1 12:00:00 2025', NOW), 10 * 86_400_000);
  assert.equal(parseRetryAfter('Fri, 21 Nov 2025 12:00:60 GMT', NOW), 60_000);
});

test('takes a moment in the past as now', () => {
  assert.equal(parseRetryAfter('Sun, 06 Nov 1994 08:49:37 GMT', NOW), 0);
  assert.equal(parseRetryAfter('Sunday, 06-Nov-94 08:49:37 GMT', NOW), 0);
  assert.equal(parseRetryAfter('Mon, 01 Jan 0001 00:00:00 GMT', NOW), 0);
});

test('takes a two-digit year within fifty years ahead as the future', () => {
  assert.equal(parseRetryAfter('Friday, 21-Nov-75 12:00:00 GMT', NOW), LONGEST_RETRY_AFTER_MS);
  assert.equal(parseRetryAfter('Friday, 21-Nov-76 12:00:00 GMT', NOW), 0);
});

test('cuts what is longer than thirty days', () => {
  const endless = ['2592001', '9'.repeat(60), 'Fri, 31 Dec 9999 23:59:59 GMT'];
  for (const text of endless) {
    assert.equal(parseRetryAfter(text, NOW), LONGEST_RETRY_AFTER_MS, text);
  }
});

test('ignores what is neither', () => {
  const refused = [
    '',
    ' ',
    '-1',
    '+5',
    '1.5',
    '1e3',
    '0x10',
    '10s',
    '5, 10',
    'NaN',
    'Infinity',
    'tomorrow',
    '٣',
    '2025-11-21T12:00:30Z',
    'Fri, 21 Nov 2025 12:00:30',
    'Fri, 21 Nov 2025 12:00:30 +0000',
    'Fri, 31 Feb 2025 12:00:30 GMT',
    'Fri, 21 Nov 2025 24:00:00 GMT',
    'fri, 21 nov 2025 12:00:30 gmt',
    'Fri, 00 Nov 2025 12:00:30 GMT',
    '9'.repeat(65),
    'Fri, 21 Nov 25 12:00:30 GMT',
  ];
  for (const text of refused) assert.equal(parseRetryAfter(text, NOW), undefined, text);
  assert.equal(parseRetryAfter(undefined, NOW), undefined);
});

test('reads back every date that it is sent, to the second', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 2_591_999 }), (seconds) => {
      const text = new Date(NOW + seconds * 1000).toUTCString();
      assert.equal(parseRetryAfter(text, NOW), Math.max(0, seconds * 1000), text);
    }),
  );
});

test('answers every text with nothing, or with a wait within its bounds', () => {
  const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9]{1,70}$/));
  fc.assert(
    fc.property(hostile, fc.integer({ min: 0, max: 4e12 }), (text, now) => {
      const waitMs = parseRetryAfter(text, now) ?? 0;
      assert(waitMs >= 0 && waitMs <= LONGEST_RETRY_AFTER_MS);
    }),
  );
});
