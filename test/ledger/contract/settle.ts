import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger } from '../../../src/ledger/index.ts';
import {
  BLUE,
  firstAttempt,
  inFlight,
  LEASE_MS,
  only,
  openScene,
  RED,
  settlementOf,
  someTiming,
  START,
} from '../../support/ledger-scene.ts';

export function describeSettle(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: settle`, () => {
    it('delivers, and keeps all that is known of the attempt', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const claim = await scene.claimOne(RED);
      const settlement = settlementOf(claim, {
        state: 'delivered',
        statusCode: 204,
        durationMs: 345,
        detail: 'slow but well',
        response: 'grüße',
        url: 'https://example.com/a?b=c',
        canaryId: 77,
        address: '2001:db8::1',
        certificate: '0123456789abcdef',
      });
      assert.equal(await scene.ledger.settle(settlement), 'settled');
      assert.deepEqual(await scene.delivery(message.id, RED), {
        messageId: message.id,
        endpointId: RED,
        appId: message.appId,
        state: 'delivered',
        attempts: 1,
        dueAt: null,
        attemptId: claim.attemptId,
        reason: null,
        actId: null,
      });
      assert.deepEqual(await scene.ledger.attemptsOf(message.id), [
        {
          id: claim.attemptId,
          messageId: message.id,
          endpointId: RED,
          nth: 1,
          trigger: 'scheduled',
          outcome: 'delivered',
          statusCode: 204,
          durationMs: 345,
          timing: someTiming,
          detail: 'slow but well',
          response: 'grüße',
          url: 'https://example.com/a?b=c',
          canaryId: 77,
          address: '2001:db8::1',
          certificate: '0123456789abcdef',
        },
      ]);
    });

    it('schedules again: the next claim goes on counting', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const first = await scene.claimOne(RED);
      await scene.settle(first, { state: 'scheduled', dueAt: START + 5000 });
      assert.deepEqual(
        await scene.delivery(message.id, RED).then(({ state, dueAt }) => ({ state, dueAt })),
        { state: 'scheduled', dueAt: START + 5000 },
      );
      assert.deepEqual(await scene.claim(RED), {
        claims: [],
        nextDueAt: Infinity,
        nextRetryAt: START + 5000,
        setAside: 0,
      });
      scene.move(5000);
      const second = await scene.claimOne(RED);
      assert.deepEqual([second.nth, second.attemptsInRound, second.trigger], [2, 2, 'scheduled']);
      assert.equal(second.roundStartedAt, first.roundStartedAt);
    });

    it('buries, with the reason', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const claim = await scene.claimOne(RED);
      await scene.settle(claim, { state: 'dead', reason: 'gone' });
      const { state, reason, dueAt, attemptId } = await scene.delivery(message.id, RED);
      assert.deepEqual(
        { state, reason, dueAt, attemptId },
        { state: 'dead', reason: 'gone', dueAt: null, attemptId: claim.attemptId },
      );
      assert.deepEqual(await scene.claim(RED), {
        claims: [],
        nextDueAt: Infinity,
        nextRetryAt: Infinity,
        setAside: 0,
      });
    });

    it('settles an attempt that was claimed at acceptance', async (t) => {
      const scene = await openScene(t, open);
      const attemptId = scene.nextId();
      const message = await scene.accept({ to: [inFlight(RED, attemptId, START + LEASE_MS)] });
      const lease = { messageId: message.id, endpointId: RED, attemptId, ...firstAttempt };
      assert.equal(await scene.settle(lease, { state: 'delivered' }), 'settled');
      assert.equal((await scene.delivery(message.id, RED)).state, 'delivered');
      await scene.assertAuditClean();
    });

    it('touches no other delivery of the message', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED, BLUE] });
      await scene.settle(await scene.claimOne(RED), { state: 'dead' });
      assert.equal((await scene.delivery(message.id, BLUE)).state, 'scheduled');
    });

    it('settles after the lease ended, as long as nobody else took the delivery', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const claim = await scene.claimOne(RED);
      scene.move(10 * LEASE_MS);
      assert.equal(await scene.settle(claim, { state: 'dead' }), 'settled');
      assert.equal((await scene.delivery(message.id, RED)).state, 'dead');
    });

    for (const end of [{ state: 'scheduled', dueAt: START }, { state: 'dead' }] as const) {
      it(`does not let a stale holder make a delivery ${end.state}`, async (t) => {
        const scene = await openScene(t, open);
        const message = await scene.accept({ to: [RED] });
        const stale = await scene.claimOne(RED);
        scene.move(LEASE_MS);
        const holder = await scene.claimOne(RED);
        const before = await scene.delivery(message.id, RED);
        assert.equal(
          await scene.settle(stale, { ...end, outcome: 'timeout', statusCode: null }),
          'stale',
        );
        assert.deepEqual(await scene.delivery(message.id, RED), before);
        assert.equal(await scene.settle(holder, { state: 'delivered' }), 'settled');
        // What truly happened takes the place of "interrupted".
        assert.deepEqual(await scene.history(message.id, RED), ['timeout', 'delivered']);
        await scene.assertAuditClean();
      });
    }

    it('replaces all that it guessed of an attempt with what its late holder reports', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const late = await scene.claimOne(RED);
      scene.move(LEASE_MS);
      await scene.claimOne(RED);
      const told = { statusCode: 502, durationMs: 31_000, detail: 'slow', response: 'bad gateway' };
      const settlement = settlementOf(late, { state: 'dead', outcome: 'server_error', ...told });
      assert.equal(await scene.ledger.settle(settlement), 'stale');
      const {
        attemptId: id,
        messageId,
        endpointId,
        nth,
        trigger,
        outcome,
        url,
        canaryId,
        address,
        certificate,
        timing,
      } = settlement;
      const met = { address, certificate };
      assert.deepEqual(await scene.ledger.attemptsOf(message.id), [
        {
          id,
          messageId,
          endpointId,
          nth,
          trigger,
          outcome,
          url,
          canaryId,
          timing,
          ...met,
          ...told,
        },
      ]);
    });

    it('counts a late success while the delivery is open', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const late = await scene.claimOne(RED);
      scene.move(LEASE_MS);
      const holder = await scene.claimOne(RED);
      await scene.settle(late, { state: 'delivered' });
      assert.equal((await scene.delivery(message.id, RED)).state, 'delivered');
      assert.equal(await scene.settle(holder, { state: 'dead' }), 'stale');
      const { state, attempts, reason } = await scene.delivery(message.id, RED);
      assert.deepEqual(
        { state, attempts, reason },
        { state: 'delivered', attempts: 2, reason: null },
      );
      assert.deepEqual(await scene.history(message.id, RED), ['delivered', 'server_error']);
      await scene.assertAuditClean();
    });

    it('misses no attempt of a holder that a late success left without a delivery', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const late = await scene.claimOne(RED);
      scene.move(LEASE_MS);
      await scene.claimOne(RED);
      await scene.settle(late, { state: 'delivered' });
      assert.deepEqual(await scene.history(message.id, RED), ['delivered', 'interrupted']);
      assert.equal((await scene.delivery(message.id, RED)).attempts, 2);
    });

    it('counts a late success while the delivery waits for its next attempt', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const late = await scene.claimOne(RED);
      scene.move(LEASE_MS);
      const holder = await scene.claimOne(RED);
      await scene.settle(holder, { state: 'scheduled', dueAt: scene.now() + 5000 });
      await scene.settle(late, { state: 'delivered' });
      const { state, dueAt } = await scene.delivery(message.id, RED);
      assert.deepEqual({ state, dueAt }, { state: 'delivered', dueAt: null });
      assert.deepEqual(await scene.claim(RED), {
        claims: [],
        nextDueAt: Infinity,
        nextRetryAt: Infinity,
        setAside: 0,
      });
      assert.deepEqual(await scene.history(message.id, RED), ['delivered', 'server_error']);
      await scene.assertAuditClean();
    });

    it('does not count a late success for a delivery that is closed', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const late = await scene.claimOne(RED);
      scene.move(LEASE_MS);
      await scene.settle(await scene.claimOne(RED), { state: 'dead', reason: 'gone' });
      assert.equal(await scene.settle(late, { state: 'delivered' }), 'stale');
      const { state, reason } = await scene.delivery(message.id, RED);
      assert.deepEqual({ state, reason }, { state: 'dead', reason: 'gone' });
      assert.deepEqual(await scene.history(message.id, RED), ['delivered', 'server_error']);
    });

    for (const end of [
      { state: 'delivered' },
      { state: 'dead' },
      { state: 'scheduled', dueAt: START + 1 },
    ] as const) {
      it(`takes the same settlement (${end.state}) a second time without harm`, async (t) => {
        const scene = await openScene(t, open);
        const message = await scene.accept({ to: [RED] });
        const claim = await scene.claimOne(RED);
        await scene.settle(claim, end);
        const before = await scene.delivery(message.id, RED);
        await scene.settle(claim, end);
        assert.deepEqual(await scene.delivery(message.id, RED), before);
        assert.equal((await scene.ledger.attemptsOf(message.id)).length, 1);
        await scene.assertAuditClean();
      });
    }

    it('lets the first known outcome of an attempt stand', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const claim = await scene.claimOne(RED);
      await scene.settle(claim, { state: 'delivered' });
      await scene.settle(claim, { state: 'dead', outcome: 'timeout' });
      assert.deepEqual(await scene.history(message.id, RED), ['delivered']);
      await scene.assertAuditClean();
    });

    it('keeps the whole history, without gaps, over rounds and lost leases', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const retry = { state: 'scheduled', dueAt: START } as const;
      await scene.settle(await scene.claimOne(RED), { ...retry, outcome: 'timeout' });
      await scene.settle(await scene.claimOne(RED), { ...retry, outcome: 'rate_limited' });
      await scene.claimOne(RED);
      scene.move(LEASE_MS);
      await scene.settle(await scene.claimOne(RED), { state: 'dead', outcome: 'client_error' });
      await scene.replay(message.id, RED);
      await scene.settle(await scene.claimOne(RED), { state: 'delivered' });
      assert.deepEqual(await scene.history(message.id, RED), [
        'timeout',
        'rate_limited',
        'interrupted',
        'client_error',
        'delivered',
      ]);
      assert.equal((await scene.delivery(message.id, RED)).attempts, 5);
    });

    it('keeps a thousand outcomes that arrive together, each for its own delivery', async (t) => {
      const scene = await openScene(t, open);
      const messages = await Promise.all(
        Array.from({ length: 1000 }, () => scene.accept({ to: [RED] })),
      );
      const { claims } = await scene.claim(RED, { limit: 1000 });
      const results = await Promise.all(
        claims.map((claim, index) =>
          scene.settle(
            claim,
            index % 2 === 0 ? { state: 'delivered' } : { state: 'dead', reason: 'gone' },
          ),
        ),
      );
      assert.ok(results.every((result) => result === 'settled'));
      const even = await scene.delivery(messages[500]?.id ?? 0, RED);
      const odd = await scene.delivery(messages[501]?.id ?? 0, RED);
      assert.deepEqual([even.state, odd.state], ['delivered', 'dead']);
      const { minutes } = await scene.audit();
      assert.deepEqual(only(minutes).states, {
        scheduled: 0,
        in_flight: 0,
        delivered: 500,
        dead: 500,
        cancelled: 0,
      });
    });
  });
}
