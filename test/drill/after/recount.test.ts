import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spansOf } from '../../../src/drill/after/recount.ts';

const at = (time: string): number => Date.parse(`2026-11-22T${time}Z`);

/** Where a recount counts, of episodes that began and were over at these times of a day. */
function spansBetween(...times: readonly (readonly [start: string, over: string])[]) {
  const episodes = times.map(([start, over]) => ({
    markers: { impactStart: { at: at(start) }, mitigated: { at: at(over) } },
  }));
  return spansOf({ episodes }, at('23:59:59.999')).map(({ fromAt, overAt }) =>
    [fromAt, overAt].map((moment) => new Date(moment).toISOString().slice(11, 23)),
  );
}

test('a recount counts whole minutes, and not the one that begins as the impact is over', () => {
  assert.deepEqual(spansBetween(['10:00:20.000', '10:04:30.000']), [
    ['10:00:00.000', '10:04:30.000'],
  ]);
  assert.deepEqual(spansBetween(['10:00:20.000', '10:04:00.000']), [
    ['10:00:00.000', '10:03:59.999'],
  ]);
  assert.deepEqual(spansBetween(['10:04:00.000', '10:04:00.000']), [
    ['10:04:00.000', '10:04:00.000'],
  ]);
});

test('a minute that two episodes share is counted with the first', () => {
  assert.deepEqual(
    spansBetween(['10:00:20.000', '10:04:30.000'], ['10:04:40.000', '10:09:00.000']),
    [
      ['10:00:00.000', '10:04:30.000'],
      ['10:05:00.000', '10:08:59.999'],
    ],
  );
  assert.deepEqual(
    spansBetween(['10:00:20.000', '10:04:00.000'], ['10:04:40.000', '10:09:30.000']),
    [
      ['10:00:00.000', '10:03:59.999'],
      ['10:04:00.000', '10:09:30.000'],
    ],
  );
});
