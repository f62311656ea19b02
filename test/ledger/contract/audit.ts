import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger } from '../../../src/ledger/index.ts';
import {
  ACME,
  BLUE,
  byEndpoint,
  cancelled,
  GREEN,
  inFlight,
  LEASE_MS,
  MINUTE_MS,
  minuteOf,
  openScene,
  RED,
  START,
  UMBRA,
} from '../../support/ledger-scene.ts';

const none = { scheduled: 0, in_flight: 0, delivered: 0, dead: 0, cancelled: 0 };

export function describeAudit(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: audit`, () => {
    it('finds nothing in an empty ledger', async (t) => {
      const scene = await openScene(t, open);
      assert.deepEqual(await scene.audit(), { minutes: [], unaccounted: 0, findings: [] });
    });

    it('sums accepted, matched and every state for each application and minute', async (t) => {
      const scene = await openScene(t, open);
      const first = await scene.accept({ to: [RED, cancelled(BLUE)] });
      await scene.accept({ to: [] });
      await scene.deadLetter([RED, GREEN]);
      await scene.accept({ appId: UMBRA, to: [31] });
      scene.move(MINUTE_MS);
      const second = await scene.accept({ to: [RED] });
      await scene.settle((await scene.claim(RED, { limit: 1 })).claims[0] ?? assert.fail(), {
        state: 'delivered',
      });
      await scene.claim(RED, { limit: 1 });
      const { minutes, unaccounted } = await scene.audit();
      assert.equal(unaccounted, 0);
      const ordered = minutes.toSorted(
        (one, other) => one.minuteAt - other.minuteAt || one.appId - other.appId,
      );
      assert.deepEqual(ordered, [
        {
          appId: ACME,
          minuteAt: minuteOf(first.id),
          accepted: 3,
          matched: 4,
          states: { ...none, delivered: 1, cancelled: 1, dead: 2 },
        },
        {
          appId: UMBRA,
          minuteAt: minuteOf(first.id),
          accepted: 1,
          matched: 1,
          states: { ...none, scheduled: 1 },
        },
        {
          appId: ACME,
          minuteAt: minuteOf(second.id),
          accepted: 1,
          matched: 1,
          states: { ...none, in_flight: 1 },
        },
      ]);
    });

    it('cuts minutes where the clock does', async (t) => {
      const scene = await openScene(t, open);
      scene.move(MINUTE_MS - 1);
      await scene.accept({});
      scene.move(1);
      await scene.accept({});
      const { minutes } = await scene.audit();
      assert.deepEqual(
        minutes.map((minute) => minute.minuteAt).toSorted((a, b) => a - b),
        [START, START + MINUTE_MS],
      );
    });

    it('looks at messages from the first, before the last asked for', async (t) => {
      const scene = await openScene(t, open);
      const ids = [];
      for (let count = 0; count < 4; count += 1) {
        ids.push((await scene.accept({ to: [RED], matched: [RED, BLUE] })).id);
      }
      const request = { leasesEndedBefore: scene.now(), nameAtMost: 10 };
      const [, from = 0, , before = 0] = ids;
      const slice = await scene.ledger.audit({ ...request, fromId: from, beforeId: before });
      assert.equal(slice.minutes[0]?.accepted, 2);
      assert.deepEqual(
        slice.findings.map((finding) => finding.messageId).toSorted((a, b) => a - b),
        ids.slice(1, 3),
      );
    });

    it('names a delivery that was promised and is not there: missing', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED], matched: [RED, BLUE, GREEN] });
      const { unaccounted, findings } = await scene.audit();
      assert.equal(unaccounted, 2);
      assert.deepEqual(findings.toSorted(byEndpoint), [
        { kind: 'missing', appId: ACME, messageId: message.id, endpointId: BLUE },
        { kind: 'missing', appId: ACME, messageId: message.id, endpointId: GREEN },
      ]);
    });

    it('names a delivery that nobody promised: unpromised', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED, BLUE], matched: [RED] });
      const { unaccounted, findings } = await scene.audit();
      assert.equal(unaccounted, 1);
      assert.deepEqual(findings, [
        { kind: 'unpromised', appId: ACME, messageId: message.id, endpointId: BLUE },
      ]);
    });

    it('sees a promise and a delivery that do not meet although their numbers do', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED], matched: [BLUE] });
      const { findings } = await scene.audit();
      assert.deepEqual(
        findings.toSorted(byEndpoint).map((finding) => [finding.kind, finding.endpointId]),
        [
          ['unpromised', RED],
          ['missing', BLUE],
        ],
      );
    });

    it('names a lease that ended and that nobody took: lease_overdue', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({
        to: [inFlight(RED, scene.nextId(), START + LEASE_MS)],
      });
      scene.move(LEASE_MS);
      assert.equal((await scene.audit()).unaccounted, 0);
      scene.move(1);
      const { unaccounted, findings } = await scene.audit();
      assert.equal(unaccounted, 1);
      assert.deepEqual(findings, [
        { kind: 'lease_overdue', appId: ACME, messageId: message.id, endpointId: RED },
      ]);
    });

    it('names a delivery that is open but never due: undated', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({
        to: [{ endpointId: RED, state: 'scheduled', dueAt: null, attemptId: null, reason: null }],
      });
      const { unaccounted, findings } = await scene.audit();
      assert.equal(unaccounted, 1);
      assert.deepEqual(findings, [
        { kind: 'undated', appId: ACME, messageId: message.id, endpointId: RED },
      ]);
    });

    it('counts all findings and names no more than it was asked to', async (t) => {
      const scene = await openScene(t, open);
      for (let count = 0; count < 5; count += 1) {
        await scene.accept({ to: [RED], matched: [RED, BLUE] });
      }
      const { unaccounted, findings } = await scene.audit(2);
      assert.equal(unaccounted, 5);
      assert.equal(findings.length, 2);
    });
  });

  describe(`${name}: heal`, () => {
    it('schedules what was missing', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED], matched: [RED, BLUE] });
      const { findings } = await scene.audit();
      assert.equal(await scene.heal(findings), 1);
      await scene.assertAuditClean();
      const claim = await scene.claimOne(BLUE);
      assert.deepEqual([claim.messageId, claim.nth, claim.attemptsInRound], [message.id, 1, 1]);
      assert.equal((await scene.delivery(message.id, RED)).actId, null);
    });

    it('makes an overdue lease due, its lost attempt written down', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [inFlight(RED, scene.nextId(), START)] });
      scene.move(LEASE_MS);
      const { findings } = await scene.audit();
      assert.equal(await scene.heal(findings), 1);
      await scene.assertAuditClean();
      assert.equal((await scene.claimOne(RED)).nth, 2);
      assert.deepEqual(await scene.history(message.id, RED), ['interrupted']);
    });

    it('gives a date to what was never due', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({
        to: [{ endpointId: RED, state: 'scheduled', dueAt: null, attemptId: null, reason: null }],
      });
      const { findings } = await scene.audit();
      assert.equal(await scene.heal(findings), 1);
      await scene.assertAuditClean();
      assert.equal((await scene.claimOne(RED)).messageId, message.id);
    });

    it('promises what nobody promised, so that the sums add up', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED, BLUE], matched: [RED] });
      const { findings } = await scene.audit();
      assert.equal(await scene.heal(findings), 1);
      await scene.assertAuditClean();
      const { minutes } = await scene.audit();
      assert.equal(minutes[0]?.matched, 2);
    });

    it('leaves alone what has been claimed between audit and heal', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [inFlight(RED, scene.nextId(), START)] });
      scene.move(LEASE_MS);
      const { findings } = await scene.audit();
      await scene.claimOne(RED);
      const before = await scene.delivery(message.id, RED);
      assert.equal(await scene.heal(findings), 0);
      assert.deepEqual(await scene.delivery(message.id, RED), before);
    });

    it('leaves alone what has been settled between audit and heal', async (t) => {
      const scene = await openScene(t, open);
      const attemptId = scene.nextId();
      const message = await scene.accept({ to: [inFlight(RED, attemptId, START)] });
      scene.move(LEASE_MS);
      const { findings } = await scene.audit();
      const lease = { messageId: message.id, endpointId: RED, attemptId } as const;
      await scene.settle({ ...lease, nth: 1, trigger: 'scheduled' }, { state: 'delivered' });
      assert.equal(await scene.heal(findings), 0);
      assert.equal((await scene.delivery(message.id, RED)).state, 'delivered');
      await scene.assertAuditClean();
    });

    it('leaves an act that says who did it', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [], matched: [RED] });
      const { findings } = await scene.audit();
      const id = scene.nextId();
      await scene.ledger.heal({
        act: { id, actor: 'holdfast', reason: 'found by the audit' },
        keys: findings,
        now: scene.now(),
      });
      const act = await scene.ledger.act(id);
      assert.deepEqual(
        [act?.kind, act?.actor, act?.reason, act?.touched, act?.states.scheduled],
        ['heal', 'holdfast', 'found by the audit', 1, 1],
      );
    });

    it('does nothing, and records no act, where nothing is to be healed', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const id = scene.nextId();
      for (const keys of [[], [{ messageId: message.id, endpointId: RED }]]) {
        const act = { id, actor: 'holdfast', reason: 'unaccounted' };
        assert.equal(await scene.ledger.heal({ act, keys, now: scene.now() }), 0);
      }
      assert.equal(await scene.ledger.act(id), null);
      assert.equal((await scene.delivery(message.id, RED)).actId, null);
    });

    it('puts many of every kind right at once', async (t) => {
      const scene = await openScene(t, open);
      for (let count = 0; count < 5; count += 1) {
        await scene.accept({ to: [inFlight(RED, scene.nextId(), START)], matched: [RED, BLUE] });
        await scene.accept({ to: [RED, GREEN], matched: [GREEN] });
      }
      scene.move(LEASE_MS);
      const { findings, unaccounted } = await scene.audit();
      assert.equal(unaccounted, 15);
      assert.equal(await scene.heal(findings), 15);
      await scene.assertAuditClean();
    });
  });
}
