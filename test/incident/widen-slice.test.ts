import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MOST_IDS, widenSlice } from '../../src/incident/widen-slice.ts';

const everything = { objective: null, appIds: [], endpointIds: [], eventTypes: [] };
const of = (appIds: readonly number[], endpointIds: readonly number[]) => ({
  ...everything,
  appIds,
  endpointIds,
});

describe('the slice of an incident that something joins', () => {
  test('holds its endpoints and those that joined, with their applications', () => {
    assert.deepEqual(widenSlice(of([1], [10]), of([2], [20])), of([1, 2], [10, 20]));
    assert.deepEqual(widenSlice(of([1], [10]), of([1], [11])), of([1], [10, 11]));
  });

  test('stays where it holds them already, or is of an objective, an application or everything', () => {
    const both = of([1, 2], [10, 20]);
    assert.equal(widenSlice(both, of([2], [20])), both);
    for (const slice of [everything, of([1], []), { ...everything, objective: 'first-attempt' }]) {
      assert.equal(widenSlice(slice, of([2], [20])), slice);
      assert.equal(widenSlice(both, slice), both);
    }
    const described = { ...both, eventTypes: ['invoice.paid'] };
    assert.equal(widenSlice(described, of([3], [30])), described);
  });

  test('names endpoints of any application where one of both does', () => {
    assert.deepEqual(widenSlice(of([], [10]), of([2], [20])), of([], [10, 20]));
  });

  test('names no more than its bound', () => {
    const full = of(
      [],
      Array.from({ length: MOST_IDS }, (_, nth) => nth + 1),
    );
    assert.equal(widenSlice(full, of([], [MOST_IDS + 1])), full);
  });
});
