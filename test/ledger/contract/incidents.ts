import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {
  IncidentFilter,
  Ledger,
  NewStoredIncident,
  NewTimelineRow,
  Page,
  StoredIncident,
  TimelineQuery,
} from '../../../src/ledger/index.ts';
import { openScene, START } from '../../support/ledger-scene.ts';

const row = (id: number, at: number, kind = 'note', incidentId = 1): NewTimelineRow => ({
  id,
  incidentId,
  at,
  kind,
  isBySystem: kind === 'alert',
  doc: `{"text":"${id}"}`,
});

function incident(id: number, more: Partial<StoredIncident> = {}): StoredIncident {
  return {
    id,
    endedAt: null,
    state: 'open',
    severity: 3,
    owner: '',
    causeClass: 'unknown',
    isDrill: false,
    doc: `{"id":${id}}`,
    ...more,
  };
}

const ofNoAlert = (stored: StoredIncident): NewStoredIncident => ({ ...stored, alertIds: [] });

export function describeIncidents(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: incidents`, () => {
    it('keeps incidents as they are now, and lists those that did not end', async (t) => {
      const { ledger } = await openScene(t, open);
      const [first, second] = [incident(1), incident(2)];
      await ledger.storeIncidents({ incidents: [first, second].map(ofNoAlert), rows: [] });
      const ended = incident(1, { endedAt: START, state: 'closed', doc: '{"id":1,"v":2}' });
      await ledger.storeIncidents({ incidents: [ofNoAlert(ended)], rows: [] });
      assert.deepEqual(await ledger.incident(1), ended);
      assert.equal(await ledger.incident(3), null);
      const idsOf = async (isOpen?: boolean) =>
        (await ledger.incidents({ isOpen, limit: 10, descending: true })).map(({ id }) => id);
      assert.deepEqual(await idsOf(), [2, 1]);
      assert.deepEqual(await idsOf(true), [2]);
      assert.deepEqual(await idsOf(false), [1]);
    });

    it('lists incidents by what is asked of them, in pages of what fits', async (t) => {
      const { ledger } = await openScene(t, open);
      const incidents = [
        incident(1, { owner: 'billing', severity: 1 }),
        incident(2, { owner: 'Billing', isDrill: true, causeClass: 'deploy' }),
        incident(3, { state: 'closed', endedAt: 9, severity: 2, causeClass: 'deploy' }),
        incident(4, { state: 'mitigated', severity: 2 }),
      ];
      await ledger.storeIncidents({ incidents: incidents.map(ofNoAlert), rows: [] });
      const idsOf = async (filter: IncidentFilter & Partial<Page>) =>
        (await ledger.incidents({ limit: 10, descending: true, ...filter })).map(({ id }) => id);
      assert.deepEqual(await idsOf({ states: ['closed', 'mitigated'] }), [4, 3]);
      assert.deepEqual(await idsOf({ severities: [1, 2] }), [4, 3, 1]);
      assert.deepEqual(await idsOf({ severities: [1, 2], limit: 1, afterId: 4 }), [3]);
      assert.deepEqual(await idsOf({ severities: [1, 2], isOpen: true }), [4, 1]);
      assert.deepEqual(await idsOf({ owner: 'BILLING', descending: false }), [1, 2]);
      assert.deepEqual(await idsOf({ causeClasses: ['deploy'] }), [3, 2]);
      assert.deepEqual(await idsOf({ isDrill: true }), [2]);
      assert.deepEqual(await idsOf({ isDrill: false }), [4, 3, 1]);
      assert.deepEqual(await idsOf({ fromId: 3 }), [4, 3]);
      const [known] = await ledger.incidents({ limit: 1, descending: true });
      assert.deepEqual(known, incidents.at(-1));
    });

    it('finds the incident of an alert: an open one first, and what was merged last', async (t) => {
      const { ledger } = await openScene(t, open);
      const store = (id: number, alertIds: readonly number[], more: Partial<StoredIncident> = {}) =>
        ledger.storeIncidents({ incidents: [{ ...incident(id, more), alertIds }], rows: [] });
      assert.equal(await ledger.incidentOfAlert(8), null);
      await store(1, [8]);
      await store(2, [9], { state: 'merged', endedAt: 5 });
      await store(1, [8, 9], { state: 'closed', endedAt: 6 });
      assert.equal(await ledger.incidentOfAlert(8), 1);
      assert.equal(await ledger.incidentOfAlert(9), 1);
      await store(3, [8], { state: 'closed', endedAt: 7 });
      assert.equal(await ledger.incidentOfAlert(8), 3);
      await store(1, [8, 9]);
      assert.equal(await ledger.incidentOfAlert(8), 1);
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
        incidents: [1, 2].map((id) => ofNoAlert(incident(id))),
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
