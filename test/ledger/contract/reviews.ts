import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ActionItemsQuery, Ledger, StoredActionItem } from '../../../src/ledger/index.ts';
import { openScene } from '../../support/ledger-scene.ts';

const item = (id: number, given: Partial<StoredActionItem> = {}): StoredActionItem => ({
  id,
  incidentId: 1,
  dueAt: null,
  isOpen: true,
  doc: `{"id":${id}}`,
  ...given,
});

export function describeReviews(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: reviews`, () => {
    it('keeps a postmortem as it is now, and every version of its text', async (t) => {
      const { ledger } = await openScene(t, open);
      const store = (doc: string, nth: number) =>
        ledger.storeReview({
          postmortems: [{ incidentId: 1, doc }],
          versions: [{ incidentId: 1, nth, doc: `{"markdown":"${nth}"}` }],
          actionItems: [],
        });
      await store('{"a":1}', 1);
      await store('{"a":2}', 2);
      await assert.rejects(store('{"a":3}', 2));
      assert.deepEqual(await ledger.postmortem(1), { incidentId: 1, doc: '{"a":2}' });
      assert.equal(await ledger.postmortem(2), null);
      const nthsOf = async (beforeNth?: number) =>
        (await ledger.postmortemVersions({ incidentId: 1, beforeNth, limit: 9 })).map(
          ({ nth }) => nth,
        );
      assert.deepEqual(await nthsOf(), [2, 1]);
      assert.deepEqual(await nthsOf(2), [1]);
    });

    it('lists action items by incident, by whether they are open, and by when they are due', async (t) => {
      const { ledger } = await openScene(t, open);
      await ledger.storeReview({
        postmortems: [],
        versions: [],
        actionItems: [
          item(1, { dueAt: 10 }),
          item(2, { dueAt: 20, isOpen: false }),
          item(3, { incidentId: 2, dueAt: 30 }),
          item(4),
        ],
      });
      const idsOf = async (query: Partial<ActionItemsQuery>) =>
        (await ledger.actionItems({ limit: 9, ...query })).map(({ id }) => id);
      assert.deepEqual(await idsOf({}), [1, 2, 3, 4]);
      assert.deepEqual(await idsOf({ limit: 1, afterId: 1 }), [2]);
      assert.deepEqual(await idsOf({ incidentId: 1 }), [1, 2, 4]);
      assert.deepEqual(await idsOf({ incidentId: 1, isOpen: true, dueBefore: 11 }), [1]);
      assert.deepEqual(await idsOf({ isOpen: true }), [1, 3, 4]);
      assert.deepEqual(await idsOf({ isOpen: false }), [2]);
      assert.deepEqual(await idsOf({ dueBefore: 30 }), [1]);
      await ledger.storeReview({
        postmortems: [],
        versions: [],
        actionItems: [item(1, { isOpen: false })],
      });
      assert.deepEqual(await ledger.actionItem(1), item(1, { isOpen: false }));
      assert.deepEqual(await idsOf({ isOpen: true }), [3, 4]);
    });
  });
}
