import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  alertBounds,
  type AlertFilter,
  type Ledger,
  type NewStoredAlert,
  type Page,
  type PendingNotification,
  type StoredAlert,
} from '../../../src/ledger/index.ts';
import { openScene } from '../../support/ledger-scene.ts';

const nothing = { alerts: [], events: [], notifications: [] } as const;

function alert(id: number, more: Partial<StoredAlert> = {}): StoredAlert {
  return {
    id,
    key: String(id),
    endedAt: null,
    state: 'firing',
    severity: 'page',
    kind: 'burn_rate',
    owner: '',
    objective: null,
    silencedUntil: null,
    doc: '{}',
    ...more,
  };
}

const ofNoApp = (stored: StoredAlert): NewStoredAlert => ({ ...stored, appIds: [] });

function pending(id: number, dueAt: number, more: object = {}): PendingNotification {
  const row = { id, alertId: 1, notifier: 'chat', groupKey: 'g', dueAt, tries: 0, doc: '{}' };
  return { ...row, ...more };
}

export function describeAlerts(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: alerts`, () => {
    it('keeps an alert as it was stored last, and tells open ones from ended ones', async (t) => {
      const { ledger } = await openScene(t, open);
      const first = alert(1, { doc: '{"n":1}' });
      const second = alert(2, { doc: '{"n":2}' });
      await ledger.storeAlerts({ ...nothing, alerts: [first, second].map(ofNoApp) });
      const ended = { ...first, endedAt: 50, doc: '{"n":3}' };
      await ledger.storeAlerts({ ...nothing, alerts: [ofNoApp(ended)] });
      const page = { limit: 10, descending: true };
      assert.deepEqual(await ledger.alert(1), ended);
      assert.equal(await ledger.alert(3), null);
      assert.deepEqual(await ledger.alerts(page), [second, ended]);
      assert.deepEqual(await ledger.alerts({ ...page, isOpen: true }), [second]);
      assert.deepEqual(await ledger.alerts({ ...page, isOpen: false }), [ended]);
      assert.deepEqual(await ledger.alerts({ ...page, limit: 1, afterId: 2 }), [ended]);
      assert.deepEqual(await ledger.endedAlerts({ since: 50 }), [ended]);
      assert.deepEqual(await ledger.endedAlerts({ since: 51 }), []);
    });

    it('lists alerts by what is asked of them, in pages of what fits', async (t) => {
      const { ledger } = await openScene(t, open);
      const alerts: readonly NewStoredAlert[] = [
        { ...alert(1, { owner: 'billing', objective: 'on-time' }), appIds: [7] },
        { ...alert(2, { owner: 'Billing', kind: 'outage', severity: 'ticket' }), appIds: [7, 8] },
        { ...alert(3, { state: 'acknowledged', silencedUntil: 50 }), appIds: [] },
        { ...alert(4, { state: 'resolved', endedAt: 9, objective: 'on-time' }), appIds: [8] },
        { ...alert(5, { owner: 'billing' }), appIds: [7] },
      ];
      await ledger.storeAlerts({ ...nothing, alerts });
      const idsOf = async (filter: AlertFilter & Partial<Page>) =>
        (await ledger.alerts({ limit: 10, descending: true, ...filter })).map(({ id }) => id);
      assert.deepEqual(await idsOf({}), [5, 4, 3, 2, 1]);
      assert.deepEqual(await idsOf({ states: ['acknowledged', 'resolved'] }), [4, 3]);
      assert.deepEqual(await idsOf({ states: [] }), []);
      assert.deepEqual(await idsOf({ severities: ['ticket'] }), [2]);
      assert.deepEqual(await idsOf({ kinds: ['outage', 'stuck'] }), [2]);
      assert.deepEqual(await idsOf({ owner: 'BILLING' }), [5, 2, 1]);
      assert.deepEqual(await idsOf({ owner: 'BILLING', limit: 1, afterId: 5 }), [2]);
      assert.deepEqual(await idsOf({ owner: 'bill' }), []);
      assert.deepEqual(await idsOf({ objective: 'on-time' }), [4, 1]);
      assert.deepEqual(await idsOf({ objective: 'on-time', isOpen: true }), [1]);
      assert.deepEqual(await idsOf({ appId: 7, descending: false }), [1, 2, 5]);
      assert.deepEqual(await idsOf({ appId: 7, descending: false, limit: 2, afterId: 1 }), [2, 5]);
      assert.deepEqual(await idsOf({ appId: 8, isOpen: true }), [2]);
      assert.deepEqual(await idsOf({ silenced: { is: true, at: 49 } }), [3]);
      assert.deepEqual(await idsOf({ silenced: { is: true, at: 50 } }), []);
      assert.deepEqual(await idsOf({ silenced: { is: false, at: 49 } }), [5, 4, 2, 1]);
      await ledger.storeAlerts({ ...nothing, alerts: [{ ...alert(1), appIds: [9] }] });
      assert.deepEqual(await idsOf({ appId: 7 }), [5, 2]);
      assert.deepEqual(await idsOf({ appId: 9 }), [1]);
    });

    it('appends what happened to an alert, and keeps the newest of it', async (t) => {
      const { ledger } = await openScene(t, open);
      const count = alertBounds.events + 5;
      const events = Array.from({ length: count }, (_, index) => ({
        id: index + 1,
        alertId: 1,
        kind: 'fired',
        actor: 'ada',
        detail: String(index),
      }));
      const other = { id: count + 1, alertId: 2, kind: 'fired', actor: '', detail: '' };
      await ledger.storeAlerts({ ...nothing, events: [...events, other] });
      const page = { limit: 1000, descending: false };
      assert.deepEqual(await ledger.alertEvents({ alertId: 1, ...page }), events.slice(5));
      assert.deepEqual(await ledger.alertEvents({ alertId: 2, ...page }), [other]);
    });

    it('forgets the oldest resolved alerts with their history, and never an open one', async (t) => {
      const { ledger } = await openScene(t, open);
      const { resolved } = alertBounds;
      const alerts = Array.from({ length: resolved + 2 }, (_, index) => ({
        ...alert(index + 1, { endedAt: index === 0 ? null : index }),
        appIds: [7],
      }));
      const events = [1, 2, 3].map((id) => ({ id, alertId: id, kind: '', actor: '', detail: '' }));
      await ledger.storeAlerts({ ...nothing, alerts, events });
      assert.notEqual(await ledger.alert(1), null);
      assert.equal(await ledger.alert(2), null);
      assert.notEqual(await ledger.alert(3), null);
      const page = { limit: 10, descending: false };
      const ofApp = await ledger.alerts({ appId: 7, limit: 2, descending: false });
      assert.deepEqual(
        ofApp.map(({ id }) => id),
        [1, 3],
      );
      assert.deepEqual(await ledger.alertEvents({ alertId: 2, ...page }), []);
    });

    it('gives out what is due of one notifier, in its order, until it is settled', async (t) => {
      const { ledger } = await openScene(t, open);
      const rows = [
        pending(1, 30),
        pending(2, 10, { alertId: 2 }),
        pending(3, 90),
        pending(4, 5, { notifier: 'b' }),
      ];
      await ledger.storeAlerts({ ...nothing, notifications: rows });
      const due = { notifier: 'chat', now: 50, limit: 10 };
      const ids = async () => (await ledger.dueNotifications(due)).map(({ id }) => id);
      assert.deepEqual(await ids(), [2, 1]);
      assert.deepEqual(await ledger.notificationHeads({}), [
        { notifier: 'b', pending: 1, nextDueAt: 5 },
        { notifier: 'chat', pending: 3, nextDueAt: 10 },
      ]);
      await ledger.settleNotifications({
        results: [
          { id: 2, state: 'sent', tries: 1, dueAt: 10, said: 'ok' },
          { id: 1, state: 'pending', tries: 1, dueAt: 70, said: '503' },
        ],
        notifications: [pending(5, 40, { alertId: 2 })],
      });
      assert.deepEqual(await ids(), [5]);
      const all = await ledger.notificationsOf({ alertId: 1, limit: 10 });
      assert.deepEqual(
        all.map(({ id, state, said }) => [id, state, said]),
        [
          [4, 'pending', null],
          [3, 'pending', null],
          [1, 'pending', '503'],
        ],
      );
    });

    it('holds back what is due while an older one of its alert and notifier waits', async (t) => {
      const { ledger } = await openScene(t, open);
      const rows = [
        pending(1, 5),
        pending(2, 10),
        pending(3, 20),
        pending(4, 30, { alertId: 2 }),
        pending(5, 40, { notifier: 'b' }),
      ];
      await ledger.storeAlerts({ ...nothing, notifications: rows });
      const idsOf = async (notifier: string, now = 50) =>
        (await ledger.dueNotifications({ notifier, now, limit: 10 })).map(({ id }) => id);
      const settle = (id: number, state: 'pending' | 'sent' | 'failed', dueAt = 0) =>
        ledger.settleNotifications({
          results: [{ id, state, tries: 1, dueAt, said: '' }],
          notifications: [],
        });
      await settle(1, 'pending', 70);
      assert.deepEqual(await idsOf('chat'), [4]);
      assert.deepEqual(await idsOf('b'), [5]);
      assert.deepEqual(await idsOf('chat', 80), [4, 1]);
      await settle(1, 'sent');
      assert.deepEqual(await idsOf('chat'), [2, 4]);
      await settle(2, 'failed');
      assert.deepEqual(await idsOf('chat'), [3, 4]);
    });

    it('has older ones of an alert and notifier due no later than a newer one', async (t) => {
      const { ledger } = await openScene(t, open);
      const rows = [
        pending(1, 900),
        pending(2, 900, { alertId: 2 }),
        pending(3, 900, { notifier: 'b' }),
        pending(4, 10),
        pending(5, 800),
      ];
      await ledger.storeAlerts({ ...nothing, notifications: rows });
      const all = await ledger.notificationsOf({ alertId: 1, limit: 10 });
      assert.deepEqual(
        all.map(({ id, dueAt }) => [id, dueAt]),
        [
          [5, 800],
          [4, 10],
          [3, 900],
          [1, 10],
        ],
      );
      const [other] = await ledger.notificationsOf({ alertId: 2, limit: 10 });
      assert.equal(other?.dueAt, 900);
    });

    it('fails the oldest where too many wait for one notifier', async (t) => {
      const { ledger } = await openScene(t, open);
      const count = alertBounds.pending + 3;
      const rows = Array.from({ length: count }, (_, index) => pending(index + 1, index));
      await ledger.storeAlerts({ ...nothing, notifications: rows });
      const [head] = await ledger.notificationHeads({});
      assert.deepEqual(head, { notifier: 'chat', pending: alertBounds.pending, nextDueAt: 3 });
    });
  });
}
