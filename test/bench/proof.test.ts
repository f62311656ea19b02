import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failuresOf, lostOf, type Proof } from '../../bench/proof.ts';

const none = { scheduled: 0, in_flight: 0, delivered: 0, dead: 0, cancelled: 0 };
const good: Proof = {
  sent: 10,
  acknowledged: 10,
  received: 10,
  repeated: 0,
  changed: 0,
  badSignatures: 0,
  lost: 0,
  mayBeOpen: false,
  unaccounted: 0,
  states: { ...none, delivered: 10 },
  fileFaults: [],
  dataFolderBytes: 20_000,
  complaints: [],
};

describe('the proof of a measurement', () => {
  it('finds nothing where all was received once', () => {
    assert.deepEqual(failuresOf(good), []);
  });

  const wrongs: readonly (readonly [what: string, proof: Partial<Proof>, sentence: RegExp])[] = [
    ['a lost message', { lost: 1 }, /1 acknowledged messages were never received/],
    ['a refused message', { sent: 11 }, /1 of 11 messages were not acknowledged/],
    ['a delivery without a row', { states: { ...none, delivered: 9 } }, /has 9 deliveries/],
    ['rows of nothing sent', { states: { ...none, delivered: 11 } }, /has 11 deliveries/],
    ['a changed body', { changed: 1 }, /1 bodies were not what was sent/],
    ['a bad signature', { badSignatures: 1 }, /1 signatures did not verify/],
    ['an unaccounted delivery', { unaccounted: 1 }, /1 unaccounted/],
    ['a damaged file', { fileFaults: ['row 3 missing'] }, /damaged: row 3 missing/],
  ];
  for (const [what, proof, sentence] of wrongs) {
    it(`fails for ${what}`, () => {
      assert.match(failuresOf({ ...good, ...proof }).join('\n'), sentence);
    });
  }

  it('holds what a later attempt would bring for lost only where nothing may be open', () => {
    const states = { ...none, scheduled: 3, in_flight: 1, dead: 1 };
    assert.equal(lostOf(6, states, true), 1);
    assert.equal(lostOf(5, states, true), 0);
    assert.equal(lostOf(5, states, false), 5);
  });
});
