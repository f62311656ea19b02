import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alertBounds, type Ledger, type PendingNotification } from '../../../src/ledger/index.ts';
import { openScene } from '../../support/ledger-scene.ts';

const nothing = { alerts: [], events: [], notifications: [] } as const;

function pending(id: number, dueAt: number, more: object = {}): PendingNotification {
  const row = { id, alertId: 1, notifier: 'chat', groupKey: 'g', dueAt, tries: 0, doc: '{}' };
  return { ...row, ...more };
}

export function describeAlerts(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: alerts`, () => {
    it('keeps an alert as it was stored last, and tells open ones from ended ones', async (t) => {
      const { ledger } = await openScene(t, open);
      const first = { id: 1, key: 'a', endedAt: null, doc: '{"n":1}' };
      const second = { id: 2, key: 'b', endedAt: null, doc: '{"n":2}' };
      await ledger.storeAlerts({ ...nothing, alerts: [first, second] });
      const ended = { ...first, endedAt: 50, doc: '{"n":3}' };
      await ledger.storeAlerts({ ...nothing, alerts: [ended] });
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
        id: index + 1,
        key: String(index),
        endedAt: index === 0 ? null : index,
        doc: '{}',
      }));
      const events = [1, 2, 3].map((id) => ({ id, alertId: id, kind: '', actor: '', detail: '' }));
      await ledger.storeAlerts({ ...nothing, alerts, events });
      assert.notEqual(await ledger.alert(1), null);
      assert.equal(await ledger.alert(2), null);
      assert.notEqual(await ledger.alert(3), null);
      const page = { limit: 10, descending: false };
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
