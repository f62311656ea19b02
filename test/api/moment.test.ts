import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { momentText } from '../../src/api/moment.ts';
import { runs } from '../support/ledger-property.ts';

test('a moment is written as Date writes it, whichever was written before', () => {
  const near = fc.integer({ min: 1_790_000_000_000, max: 1_790_000_003_000 });
  const any = fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 });
  fc.assert(
    fc.property(fc.array(fc.oneof(near, any)), (moments) => {
      for (const at of moments) assert.equal(momentText(at), new Date(at).toISOString());
    }),
    runs(500),
  );
});

test('what is no moment is refused, also after one that was', () => {
  momentText(1_790_000_000_000);
  assert.throws(() => momentText(Number.NaN), RangeError);
  assert.equal(momentText(1_790_000_000_001), '2026-09-21T14:13:20.001Z');
});
