import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { timeOfId } from '../../../src/core/index.ts';
import type { Ledger } from '../../../src/ledger/index.ts';
import {
  ACME,
  BLUE,
  dueAt,
  inFlight,
  LEASE_MS,
  only,
  openScene,
  RED,
  SECOND_MS,
  START,
  UMBRA,
} from '../../support/ledger-scene.ts';

export function describeClaim(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: claim`, () => {
    it('gives what a first attempt needs', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ appId: UMBRA, payload: '{"ä":1}', to: [RED] });
      scene.move(SECOND_MS);
      const attemptIds = [scene.nextId(), scene.nextId()];
      const window = await scene.ledger.claim({
        endpointId: RED,
        now: scene.now(),
        leaseEndsAt: scene.now() + LEASE_MS,
        attemptIds,
        retries: 0,
        payloadBytes: 1000,
        pausedTypes: [],
      });
      const claim = only(window.claims);
      assert.ok(attemptIds.includes(claim.attemptId));
      assert.deepEqual(claim, {
        messageId: message.id,
        endpointId: RED,
        attemptId: claim.attemptId,
        appId: UMBRA,
        nth: 1,
        trigger: 'scheduled',
        attemptsInRound: 1,
        roundStartedAt: timeOfId(message.id),
        leaseEndsAt: scene.now() + LEASE_MS,
        dueAt: START,
        traceparent: null,
        eventType: 'invoice.paid',
        payload: '{"ä":1}',
        corrected: null,
      });
      const {
        state,
        attempts,
        dueAt: leaseEndsAt,
        attemptId,
      } = await scene.delivery(message.id, RED);
      assert.deepEqual(
        { state, attempts, leaseEndsAt, attemptId },
        {
          state: 'in_flight',
          attempts: 1,
          leaseEndsAt: scene.now() + LEASE_MS,
          attemptId: claim.attemptId,
        },
      );
    });

    it('takes what is due first, and of what is due together the older message', async (t) => {
      const scene = await openScene(t, open);
      const late = await scene.accept({ to: [dueAt(RED, START + 20)] });
      const early = await scene.accept({ to: [dueAt(RED, START + 10)] });
      const earlyToo = await scene.accept({ to: [dueAt(RED, START + 10)] });
      const notYet = await scene.accept({ to: [dueAt(RED, START + 5000)] });
      scene.move(20);
      const { claims, nextDueAt } = await scene.claim(RED);
      assert.deepEqual(
        claims.map((claim) => claim.messageId),
        [early.id, earlyToo.id, late.id],
      );
      assert.equal(nextDueAt, START + 5000);
      assert.equal((await scene.delivery(notYet.id, RED)).state, 'scheduled');
    });

    it('takes a delivery at the moment it is due, not a millisecond before', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [dueAt(RED, START + 10)] });
      scene.move(9);
      assert.deepEqual(await scene.claim(RED), {
        claims: [],
        nextDueAt: START + 10,
        nextRetryAt: Infinity,
        setAside: 0,
      });
      scene.move(1);
      assert.equal((await scene.claim(RED)).claims.length, 1);
    });

    it('takes no more than it has ids for, and says that more is due', async (t) => {
      const scene = await openScene(t, open);
      const messages = [];
      for (let count = 0; count < 3; count += 1) messages.push(await scene.accept({ to: [RED] }));
      const window = await scene.claim(RED, { limit: 2 });
      assert.deepEqual(
        window.claims.map((claim) => claim.messageId),
        messages.slice(0, 2).map((message) => message.id),
      );
      assert.ok(window.nextDueAt <= scene.now());
      assert.equal(new Set(window.claims.map((claim) => claim.attemptId)).size, 2);
      const rest = await scene.claim(RED);
      assert.equal(rest.claims.length, 1);
    });

    it('takes nothing without ids, and says that something is due', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED] });
      const { claims, nextDueAt } = await scene.claim(RED, { limit: 0 });
      assert.deepEqual(claims, []);
      assert.ok(nextDueAt <= scene.now());
    });

    it('stops once payloads add up to the bound', async (t) => {
      const scene = await openScene(t, open);
      const payload = `"${'x'.repeat(98)}"`;
      for (let count = 0; count < 5; count += 1) await scene.accept({ payload, to: [RED] });
      const window = await scene.claim(RED, { payloadBytes: 200 });
      assert.equal(window.claims.length, 2);
      assert.ok(window.nextDueAt <= scene.now());
      assert.equal((await scene.claim(RED, { payloadBytes: 10_000 })).claims.length, 3);
    });

    it('takes one delivery even where its payload is over the bound', async (t) => {
      const scene = await openScene(t, open);
      const large = await scene.accept({ payload: `"${'x'.repeat(5000)}"`, to: [RED] });
      await scene.accept({ to: [RED] });
      const { claims } = await scene.claim(RED, { payloadBytes: 1 });
      assert.equal(only(claims).messageId, large.id);
    });

    it('says Infinity where nothing is open, and counts the leases it gives', async (t) => {
      const scene = await openScene(t, open);
      assert.deepEqual(await scene.claim(RED), {
        claims: [],
        nextDueAt: Infinity,
        nextRetryAt: Infinity,
        setAside: 0,
      });
      await scene.accept({ to: [RED, BLUE] });
      const { claims, nextDueAt } = await scene.claim(RED);
      assert.equal(nextDueAt, START + LEASE_MS);
      await scene.settle(only(claims), { state: 'delivered' });
      assert.deepEqual(await scene.claim(RED), {
        claims: [],
        nextDueAt: Infinity,
        nextRetryAt: Infinity,
        setAside: 0,
      });
    });

    it('says the earlier of the next due time and the next end of a lease', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [inFlight(RED, scene.nextId(), START + 500)] });
      await scene.accept({ to: [dueAt(RED, START + 700)] });
      assert.equal((await scene.claim(RED)).nextDueAt, START + 500);
      await scene.accept({ to: [dueAt(RED, START + 300)] });
      assert.equal((await scene.claim(RED)).nextDueAt, START + 300);
    });

    it('leaves other lanes alone', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED, BLUE] });
      await scene.claim(RED);
      assert.equal((await scene.delivery(message.id, BLUE)).state, 'scheduled');
      assert.equal((await scene.claimOne(BLUE)).messageId, message.id);
    });

    it('does not take a delivery twice while its lease lasts, and says when that ends', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED] });
      await scene.claimOne(RED);
      scene.move(LEASE_MS - 1);
      assert.deepEqual(await scene.claim(RED), {
        claims: [],
        nextDueAt: START + LEASE_MS,
        nextRetryAt: Infinity,
        setAside: 0,
      });
    });

    it('gives claims that are made together different deliveries', async (t) => {
      const scene = await openScene(t, open);
      for (let count = 0; count < 30; count += 1) await scene.accept({ to: [RED] });
      const windows = await Promise.all(
        Array.from({ length: 10 }, () => scene.claim(RED, { limit: 4 })),
      );
      const taken = windows.flatMap((window) => window.claims.map((claim) => claim.messageId));
      assert.equal(taken.length, 30);
      assert.equal(new Set(taken).size, 30);
    });

    it('takes a delivery again whose lease ended and writes the lost attempt down', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const lost = await scene.claimOne(RED);
      scene.move(LEASE_MS);
      const again = await scene.claimOne(RED);
      assert.equal(again.messageId, message.id);
      assert.notEqual(again.attemptId, lost.attemptId);
      assert.deepEqual([again.nth, again.attemptsInRound, again.trigger], [2, 2, 'scheduled']);
      assert.equal(again.roundStartedAt, lost.roundStartedAt);
      const attempt = only(await scene.ledger.attemptsOf(message.id));
      assert.deepEqual(
        [attempt.id, attempt.nth, attempt.trigger, attempt.outcome, attempt.statusCode],
        [lost.attemptId, 1, 'scheduled', 'interrupted', null],
      );
      assert.equal((await scene.delivery(message.id, RED)).attempts, 2);
    });

    it('takes an attempt claimed at acceptance again once its lease ended', async (t) => {
      const scene = await openScene(t, open);
      const attemptId = scene.nextId();
      const message = await scene.accept({ to: [inFlight(RED, attemptId, START + LEASE_MS)] });
      scene.move(LEASE_MS);
      assert.equal((await scene.claimOne(RED)).nth, 2);
      assert.deepEqual(
        (await scene.ledger.attemptsOf(message.id)).map(({ id, outcome }) => [id, outcome]),
        [[attemptId, 'interrupted']],
      );
    });

    it('takes ended leases before what is due, so that no backlog keeps them waiting', async (t) => {
      const scene = await openScene(t, open);
      const due = await scene.accept({ to: [dueAt(RED, START + 10)] });
      const second = await scene.accept({ to: [inFlight(RED, scene.nextId(), START + 30)] });
      const first = await scene.accept({ to: [inFlight(RED, scene.nextId(), START + 20)] });
      scene.move(100);
      const { claims } = await scene.claim(RED, { limit: 2 });
      assert.deepEqual(
        claims.map((claim) => claim.messageId),
        [first.id, second.id],
      );
      assert.equal((await scene.claimOne(RED)).messageId, due.id);
    });

    it('loses no delivery however often leases end', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      for (let lost = 0; lost < 5; lost += 1) {
        await scene.claimOne(RED);
        scene.move(LEASE_MS);
      }
      const claim = await scene.claimOne(RED);
      assert.equal(claim.nth, 6);
      await scene.settle(claim, { state: 'delivered' });
      assert.deepEqual(await scene.history(message.id, RED), [
        ...Array.from({ length: 5 }, () => 'interrupted'),
        'delivered',
      ]);
      await scene.assertAuditClean();
    });

    it('counts the delivery for the application it belongs to', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ appId: ACME, to: [RED] });
      await scene.accept({ appId: UMBRA, to: [BLUE] });
      assert.equal((await scene.claimOne(RED)).appId, ACME);
      assert.equal((await scene.claimOne(BLUE)).appId, UMBRA);
    });
  });

  describe(`${name}: lanes`, () => {
    it('names each lane with open deliveries and the moment it needs attention', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [dueAt(RED, START + 50), dueAt(BLUE, START + 70)] });
      await scene.accept({ to: [dueAt(RED, START + 40)] });
      await scene.accept({ to: [inFlight(BLUE, scene.nextId(), START + 60)] });
      await scene.deadLetter(13);
      const lanes = await scene.ledger.lanes({});
      assert.deepEqual(
        lanes.toSorted((one, other) => one.endpointId - other.endpointId),
        [
          {
            endpointId: RED,
            dueAt: START + 40,
            scheduledAt: START + 40,
            retryAt: Infinity,
            hasPaused: false,
          },
          {
            endpointId: BLUE,
            dueAt: START + 60,
            scheduledAt: START + 70,
            retryAt: Infinity,
            hasPaused: false,
          },
        ],
      );
    });

    it('is empty where nothing is open', async (t) => {
      const scene = await openScene(t, open);
      assert.deepEqual(await scene.ledger.lanes({}), []);
      const message = await scene.accept({ to: [RED] });
      await scene.cancel(message.id, RED);
      assert.deepEqual(await scene.ledger.lanes({}), []);
    });

    it('cuts spans of so many messages, on and back', async (t) => {
      const scene = await openScene(t, open);
      const ids: number[] = [];
      for (let count = 0; count < 5; count += 1) {
        scene.move(count * SECOND_MS);
        ids.push((await scene.accept()).id);
      }
      const at = (id: number, distance: number, descending: boolean): Promise<number | null> =>
        scene.ledger.messageAt({ id, distance, descending });
      assert.equal(await at(0, 2, false), ids[2]);
      assert.equal(await at(ids[2] ?? 0, 2, false), ids[4]);
      assert.equal(await at(0, 5, false), null);
      assert.equal(await at(Number.MAX_SAFE_INTEGER, 2, true), ids[3]);
      assert.equal(await at(ids[3] ?? 0, 3, true), ids[0]);
      assert.equal(await at(ids[3] ?? 0, 4, true), null);
    });

    it('finds every one of many lanes, whatever the distance between their ids', async (t) => {
      const scene = await openScene(t, open);
      const endpointIds = [
        1,
        2,
        3,
        1000,
        1001,
        ...Array.from({ length: 20 }, () => scene.nextId()),
      ];
      for (let round = 0; round < 3; round += 1) await scene.accept({ to: endpointIds });
      const lanes = await scene.ledger.lanes({});
      assert.deepEqual(
        lanes.map((lane) => lane.endpointId).toSorted((one, other) => one - other),
        endpointIds,
      );
    });
  });
}
