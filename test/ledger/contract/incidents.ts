import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger, NewTimelineRow, TimelineQuery } from '../../../src/ledger/index.ts';
import { openScene, START } from '../../support/ledger-scene.ts';

const row = (id: number, at: number, kind = 'note', incidentId = 1): NewTimelineRow => ({
  id,
  incidentId,
  at,
  kind,
  isBySystem: kind === 'alert',
  doc: `{"text":"${id}"}`,
});

export function describeIncidents(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: incidents`, () => {
    it('keeps incidents as they are now, and lists those that did not end', async (t) => {
      const { ledger } = await openScene(t, open);
      const stored = (id: number, endedAt: number | null, doc = `{"id":${id}}`) => ({
        id,
        endedAt,
        doc,
      });
      await ledger.storeIncidents({ incidents: [stored(1, null), stored(2, null)], rows: [] });
      await ledger.storeIncidents({ incidents: [stored(1, START, '{"id":1,"v":2}')], rows: [] });
      assert.deepEqual(await ledger.incident(1), stored(1, START, '{"id":1,"v":2}'));
      assert.equal(await ledger.incident(3), null);
      const idsOf = async (isOpen?: boolean) =>
        (await ledger.incidents({ isOpen, limit: 10, descending: true })).map(({ id }) => id);
      assert.deepEqual(await idsOf(), [2, 1]);
      assert.deepEqual(await idsOf(true), [2]);
      assert.deepEqual(await idsOf(false), [1]);
    });

    it('reads a timeline by when things happened, whenever they were written, in pages', async (t) => {
      const { ledger } = await openScene(t, open);
      const rows = [
        row(1, 50),
        row(2, 10, 'alert'),
        row(3, 50, 'alert'),
        row(4, 30),
        row(5, 5, 'note', 2),
      ];
      await ledger.storeIncidents({
        incidents: [1, 2].map((id) => ({ id, endedAt: null, doc: '{}' })),
        rows,
      });
      const idsOf = async (query: Partial<TimelineQuery> = {}) =>
        (await ledger.timeline({ incidentId: 1, limit: 10, descending: false, ...query })).map(
          ({ id }) => id,
        );
      assert.deepEqual(await idsOf(), [2, 4, 1, 3]);
      assert.deepEqual(await idsOf({ descending: true }), [3, 1, 4, 2]);
      assert.deepEqual(await idsOf({ limit: 2, after: { at: 30, id: 4 } }), [1, 3]);
      assert.deepEqual(
        await idsOf({ limit: 2, after: { at: 50, id: 3 }, descending: true }),
        [1, 4],
      );
      assert.deepEqual(await idsOf({ kind: 'alert' }), [2, 3]);
      assert.deepEqual(await ledger.timelineLength(1), { rows: 4, bySystem: 2 });
      assert.deepEqual(await ledger.timelineLength(3), { rows: 0, bySystem: 0 });
    });
  });
}
