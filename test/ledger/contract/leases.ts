import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger } from '../../../src/ledger/index.ts';
import { BLUE, inFlight, LEASE_MS, openScene, RED, START } from '../../support/ledger-scene.ts';

export function describeLeases(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: release`, () => {
    it('gives a delivery back as if it had not been claimed', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      await scene.ledger.release([await scene.claimOne(RED)]);
      const { state, attempts } = await scene.delivery(message.id, RED);
      assert.deepEqual({ state, attempts }, { state: 'scheduled', attempts: 0 });
      assert.deepEqual(await scene.ledger.attemptsOf(message.id), []);
      const again = await scene.claimOne(RED);
      assert.deepEqual([again.nth, again.attemptsInRound, again.trigger], [1, 1, 'scheduled']);
      await scene.assertAuditClean();
    });

    it('gives back an attempt that was claimed at acceptance', async (t) => {
      const scene = await openScene(t, open);
      const attemptId = scene.nextId();
      const message = await scene.accept({ to: [inFlight(RED, attemptId, START + LEASE_MS)] });
      await scene.ledger.release([{ messageId: message.id, endpointId: RED, attemptId }]);
      assert.equal((await scene.claimOne(RED)).nth, 1);
    });

    it('goes on counting after earlier attempts, in the same round', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const first = await scene.claimOne(RED);
      await scene.settle(first, { state: 'scheduled', dueAt: START });
      await scene.ledger.release([await scene.claimOne(RED)]);
      const { attempts, attemptId } = await scene.delivery(message.id, RED);
      assert.equal(attempts, 1);
      assert.equal(attemptId, first.attemptId, 'the last attempt is the one that was made');
      const again = await scene.claimOne(RED);
      assert.deepEqual([again.nth, again.attemptsInRound], [2, 2]);
      assert.equal(again.roundStartedAt, first.roundStartedAt);
      await scene.settle(again, { state: 'delivered' });
      assert.deepEqual(await scene.history(message.id, RED), ['server_error', 'delivered']);
    });

    it('remembers that the attempt was asked for by hand', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.deadLetter(RED);
      await scene.replay(message.id, RED);
      const claim = await scene.claimOne(RED);
      await scene.ledger.release([claim]);
      const again = await scene.claimOne(RED);
      assert.deepEqual(
        [again.trigger, again.nth, again.attemptsInRound, again.roundStartedAt],
        ['manual', claim.nth, 1, claim.roundStartedAt],
      );
    });

    it('does not take a delivery from whoever claimed it since', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const stale = await scene.claimOne(RED);
      scene.move(LEASE_MS);
      const holder = await scene.claimOne(RED);
      await scene.ledger.release([stale]);
      const { state, attemptId, attempts } = await scene.delivery(message.id, RED);
      assert.deepEqual(
        { state, attemptId, attempts },
        { state: 'in_flight', attemptId: holder.attemptId, attempts: 2 },
      );
      assert.deepEqual(await scene.history(message.id, RED), ['interrupted']);
    });

    it('does not open what was settled', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const claim = await scene.claimOne(RED);
      await scene.settle(claim, { state: 'delivered' });
      await scene.ledger.release([claim]);
      assert.equal((await scene.delivery(message.id, RED)).state, 'delivered');
      assert.deepEqual(await scene.history(message.id, RED), ['delivered']);
    });

    it('gives many back at once, and none', async (t) => {
      const scene = await openScene(t, open);
      for (let count = 0; count < 20; count += 1) await scene.accept({ to: [RED] });
      const { claims } = await scene.claim(RED);
      await scene.ledger.release(claims);
      await scene.ledger.release([]);
      const again = await scene.claim(RED);
      assert.deepEqual(
        again.claims.map((claim) => claim.messageId),
        claims.map((claim) => claim.messageId),
      );
    });
  });

  describe(`${name}: endLeases`, () => {
    it('makes what an earlier life held due now, and counts it', async (t) => {
      const scene = await openScene(t, open);
      const one = await scene.accept({ to: [RED] });
      const other = await scene.accept({ to: [BLUE] });
      const waiting = await scene.accept({ to: [BLUE] });
      await scene.claim(RED);
      await scene.claim(BLUE, { limit: 1 });
      assert.equal(await scene.ledger.endLeases(scene.now()), 2);
      assert.equal((await scene.claimOne(RED)).messageId, one.id);
      const { claims } = await scene.claim(BLUE);
      assert.deepEqual(
        claims.map((claim) => claim.messageId).toSorted((a, b) => a - b),
        [other.id, waiting.id],
      );
      assert.deepEqual(await scene.history(one.id, RED), ['interrupted']);
      assert.deepEqual(await scene.history(waiting.id, BLUE), []);
      await scene.assertAuditClean();
    });

    it('shows the lane as due', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED] });
      await scene.claimOne(RED);
      scene.move(1);
      await scene.ledger.endLeases(scene.now());
      const [lane] = await scene.ledger.lanes({});
      assert.equal(lane?.endpointId, RED);
      assert.ok(lane.dueAt <= scene.now());
    });

    it('counts none where nothing is in flight', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED] });
      await scene.deadLetter(BLUE);
      assert.equal(await scene.ledger.endLeases(scene.now()), 0);
    });
  });

  describe(`${name}: closeLane`, () => {
    for (const state of ['dead', 'cancelled'] as const) {
      it(`makes what is scheduled ${state}, with the reason`, async (t) => {
        const scene = await openScene(t, open);
        const message = await scene.accept({ to: [RED] });
        const closed = await scene.ledger.closeLane({
          endpointId: RED,
          state,
          reason: 'endpoint_deleted',
          limit: 10,
        });
        assert.equal(closed, 1);
        const delivery = await scene.delivery(message.id, RED);
        assert.deepEqual(
          [delivery.state, delivery.reason, delivery.dueAt],
          [state, 'endpoint_deleted', null],
        );
        assert.deepEqual(await scene.claim(RED), {
          claims: [],
          nextDueAt: Infinity,
          nextRetryAt: Infinity,
          setAside: 0,
        });
        await scene.assertAuditClean();
      });
    }

    it('closes what is due later too, and no more than the limit at once', async (t) => {
      const scene = await openScene(t, open);
      for (let count = 0; count < 5; count += 1) {
        await scene.accept({ to: [{ ...dueLater, dueAt: START + count * 100_000 }] });
      }
      const close = { endpointId: RED, state: 'cancelled', reason: 'gone', limit: 2 } as const;
      const counts = [];
      for (let round = 0; round < 4; round += 1) counts.push(await scene.ledger.closeLane(close));
      assert.deepEqual(counts, [2, 2, 1, 0]);
    });

    it('leaves what is in flight, what is closed, and other lanes alone', async (t) => {
      const scene = await openScene(t, open);
      const flying = await scene.accept({ to: [RED] });
      await scene.claimOne(RED);
      const dead = await scene.deadLetter(RED);
      const elsewhere = await scene.accept({ to: [BLUE] });
      const close = { endpointId: RED, state: 'cancelled', reason: 'gone', limit: 10 } as const;
      assert.equal(await scene.ledger.closeLane(close), 0);
      assert.equal((await scene.delivery(flying.id, RED)).state, 'in_flight');
      assert.equal((await scene.delivery(dead.id, RED)).reason, 'attempts_exhausted');
      assert.equal((await scene.delivery(elsewhere.id, BLUE)).state, 'scheduled');
    });
  });
}

const dueLater = { endpointId: RED, state: 'scheduled', attemptId: null, reason: null } as const;
