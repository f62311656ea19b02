import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import * as fc from 'fast-check';
import {
  assertNever,
  seededRandom,
  silentLog,
  timeOfId,
  type Clock,
} from '../../src/core/index.ts';
import {
  createRetention,
  openMemoryLedger,
  type Attempt,
  type Claim,
  type Delivery,
  type Ledger,
  type Message,
} from '../../src/ledger/index.ts';
import { runs } from '../support/ledger-property.ts';
import {
  ACME,
  BLUE,
  cancelled,
  createScene,
  DAY_MS,
  dueAt,
  HOUR_MS,
  inFlight,
  LEASE_MS,
  only,
  RED,
  START,
  type Scene,
} from '../support/ledger-scene.ts';
import { shareSqliteLedger } from '../support/ledger-shared.ts';

const shared = await shareSqliteLedger();

function openMemory(): Ledger {
  const clock = { now: () => START, after: () => () => {} };
  return openMemoryLedger({ clock, random: seededRandom(1) });
}

const ENDPOINTS = [1, 2, 3] as const;
const PERIODS = [1, 5, 30] as const;

/** One step of a history, as plain values, so that a failing one is printed and made smaller. */
type Step =
  | {
      readonly do: 'accept';
      readonly days: number;
      readonly to: readonly ('scheduled' | 'in_flight' | 'cancelled' | 'unmatched' | 'lost')[];
    }
  | { readonly do: 'claim'; readonly endpoint: number; readonly limit: number }
  | {
      readonly do: 'settle';
      readonly claim: number;
      readonly state: 'scheduled' | 'delivered' | 'dead';
    }
  | { readonly do: 'replay' | 'cancel'; readonly message: number; readonly endpoint: number }
  | { readonly do: 'expunge'; readonly message: number }
  | { readonly do: 'redrive' | 'heal' | 'endLeases' }
  | { readonly do: 'move'; readonly byMs: number }
  | { readonly do: 'purge'; readonly limit: number };

const place = fc.nat({ max: 1000 });
const endpoint = fc.constantFrom(...ENDPOINTS);
const target = fc.constantFrom(
  'scheduled',
  'in_flight',
  'in_flight',
  'cancelled',
  'unmatched',
  'lost',
);
const weighted = <Value>(weight: number, arbitrary: fc.Arbitrary<Value>) => ({ weight, arbitrary });
const step: fc.Arbitrary<Step> = fc.oneof(
  weighted(
    6,
    fc.record({
      do: fc.constant('accept' as const),
      days: fc.constantFrom(...PERIODS),
      to: fc.tuple(target, target, target),
    }),
  ),
  weighted(
    5,
    fc.record({ do: fc.constant('claim' as const), endpoint, limit: fc.nat({ max: 4 }) }),
  ),
  weighted(
    9,
    fc.record({
      do: fc.constant('settle' as const),
      claim: place,
      state: fc.constantFrom('scheduled', 'delivered', 'delivered', 'delivered', 'dead'),
    }),
  ),
  weighted(2, fc.record({ do: fc.constantFrom('replay', 'cancel'), message: place, endpoint })),
  weighted(1, fc.record({ do: fc.constant('expunge' as const), message: place })),
  weighted(1, fc.record({ do: fc.constantFrom('redrive', 'heal', 'endLeases') })),
  weighted(
    4,
    fc.record({
      do: fc.constant('move' as const),
      byMs: fc.oneof(fc.nat({ max: 2 * HOUR_MS }), fc.nat({ max: 12 * DAY_MS })),
    }),
  ),
  weighted(
    4,
    fc.record({ do: fc.constant('purge' as const), limit: fc.integer({ min: 1, max: 40 }) }),
  ),
);

type Seen = {
  readonly message: Message;
  readonly deliveries: readonly Delivery[];
  readonly attempts: readonly Attempt[];
};

/** The contract's own sentence, said again without SQL. */
function isFinished({ message, deliveries, attempts }: Seen): boolean {
  return (
    message.matched.every((id) => deliveries.some((delivery) => delivery.endpointId === id)) &&
    deliveries.every(
      ({ endpointId, state }) =>
        state === 'cancelled' ||
        (state === 'delivered' &&
          attempts.some((made) => made.endpointId === endpointId && made.outcome === 'delivered')),
    )
  );
}

class Run {
  readonly scene: Scene;
  readonly #messages: number[] = [];
  readonly #claims: Pick<Claim, 'messageId' | 'endpointId' | 'attemptId' | 'nth' | 'trigger'>[] =
    [];

  constructor(ledger: Ledger) {
    this.scene = createScene(ledger);
  }

  async take(next: Step): Promise<unknown> {
    const { scene } = this;
    const { ledger } = scene;
    switch (next.do) {
      case 'accept':
        return this.#accept(next);
      case 'claim':
        this.#claims.push(...(await scene.claim(next.endpoint, { limit: next.limit })).claims);
        return undefined;
      case 'settle': {
        const [claim] = this.#claims.splice(next.claim % Math.max(1, this.#claims.length), 1);
        if (claim === undefined) return undefined;
        const { state } = next;
        return scene.settle(claim, { state, dueAt: state === 'scheduled' ? scene.now() : null });
      }
      case 'replay':
      case 'cancel': {
        const messageId = this.#messages[next.message % this.#messages.length];
        return messageId === undefined ? undefined : scene[next.do](messageId, next.endpoint);
      }
      case 'expunge': {
        const messageId = this.#messages[next.message % this.#messages.length] ?? 0;
        const act = { id: scene.nextId(), actor: 'dpo', reason: 'asked to be forgotten' };
        return ledger.expungePayload({ messageId, appId: ACME, act });
      }
      case 'redrive':
        return scene.finish(await scene.startAct());
      case 'heal':
        return scene.heal((await scene.audit()).findings);
      case 'endLeases':
        return ledger.endLeases(scene.now());
      case 'move':
        scene.move(next.byMs);
        return undefined;
      case 'purge':
        return this.purge(next.limit);
      default:
        return assertNever(next);
    }
  }

  async #accept({ days, to }: Extract<Step, { do: 'accept' }>): Promise<void> {
    const { scene } = this;
    const matched: number[] = [];
    const deliveries = to.flatMap((how, index) => {
      const endpointId = ENDPOINTS[index] ?? 0;
      if (how === 'unmatched') return [];
      matched.push(endpointId);
      if (how === 'lost') return [];
      if (how === 'cancelled') return [cancelled(endpointId)];
      if (how === 'scheduled') return [dueAt(endpointId, scene.now())];
      return [inFlight(endpointId, scene.nextId(), scene.now() + LEASE_MS)];
    });
    const { id } = await scene.accept({ retentionDays: days, to: deliveries, matched });
    this.#messages.push(id);
    for (const { endpointId, attemptId } of deliveries) {
      if (attemptId === null) continue;
      this.#claims.push({ messageId: id, endpointId, attemptId, nth: 1, trigger: 'scheduled' });
    }
  }

  /** A step, held against what was there before it: what went was finished and old enough, all else is as it was. */
  async purge(limit: number): Promise<boolean> {
    const { scene } = this;
    const before = await this.#seen();
    const audited = await scene.audit();
    const step = await scene.ledger.purge({ now: scene.now(), limit });
    const after = await this.#seen();
    let purged = 0;
    for (const [index, seen] of before.entries()) {
      const now = after[index] ?? assert.fail();
      assert.deepEqual(now.deliveries, seen.deliveries);
      if (now.message.purgedAt === seen.message.purgedAt) {
        assert.deepEqual(now, seen);
        continue;
      }
      purged += 1;
      assert.ok(isFinished(seen), `${JSON.stringify(seen)} was purged`);
      assert.ok(this.#isOld(seen.message));
      assert.deepEqual(now.attempts, []);
      assert.deepEqual(now.message, { ...seen.message, payload: null, purgedAt: scene.now() });
    }
    assert.equal(step.messages, purged);
    assert.deepEqual(await scene.audit(), audited, 'the audit adds up as it did before');
    return step.isMore || step.messages > 0;
  }

  /** In the end everything finished and old is gone, and nothing else. */
  async finish(): Promise<void> {
    for (let idle = 0; idle < 8;) idle = (await this.purge(30)) ? 0 : idle + 1;
    for (const seen of await this.#seen()) {
      const isDue = isFinished(seen) && this.#isOld(seen.message);
      if (seen.message.purgedAt === undefined) assert.ok(!isDue, `${JSON.stringify(seen)} is left`);
    }
  }

  #isOld({ id, retentionDays }: Message): boolean {
    return timeOfId(id) < this.scene.now() - retentionDays * DAY_MS;
  }

  async #seen(): Promise<readonly Seen[]> {
    const { ledger } = this.scene;
    return Promise.all(
      this.#messages.map(async (id) => ({
        message: (await ledger.message(id)) ?? assert.fail(`message ${id} is gone`),
        deliveries: await ledger.deliveriesOf(id),
        attempts: await ledger.attemptsOf(id),
      })),
    );
  }
}

function history(open: () => Ledger) {
  return fc.asyncProperty(
    fc.array(step, { minLength: 10, maxLength: 50, size: 'max' }),
    async (steps) => {
      const ledger = open();
      try {
        const run = new Run(ledger);
        for (const next of steps) await run.take(next);
        await run.finish();
        run.scene.move(31 * DAY_MS);
        await run.finish();
      } finally {
        await ledger.close();
      }
    },
  );
}

test('nothing undelivered is purged and all else is in the end, whatever happens in whatever order', async () => {
  await fc.assert(history(openMemory), runs(80));
});

test('the same on a file', async () => {
  await fc.assert(history(shared.open), runs(15));
});

describe('the audit and retention', () => {
  async function delivered(scene: Scene): Promise<Message> {
    const message = await scene.accept({ to: [RED, BLUE] });
    for (const lane of [RED, BLUE]) {
      await scene.settle(await scene.claimOne(lane), { state: 'delivered' });
    }
    return message;
  }

  it('holds a delivery whose attempts retention removed for proven', async () => {
    const scene = createScene(shared.open());
    await delivered(scene);
    const { minutes } = await scene.audit();
    scene.move(31 * DAY_MS);
    assert.equal(await scene.purgeAll(), 1);
    assert.equal(shared.raw.prepare('SELECT count(*) AS n FROM attempt').get()?.['n'], 0);
    assert.deepEqual(await scene.audit(), { minutes, unaccounted: 0, findings: [] });
  });

  it('still finds one whose attempts vanished otherwise, and retention leaves it alone', async () => {
    const scene = createScene(shared.open());
    const message = await delivered(scene);
    shared.raw.exec(
      `DELETE FROM attempt WHERE message_id = ${message.id} AND endpoint_id = ${BLUE}`,
    );
    scene.move(31 * DAY_MS);
    assert.equal(await scene.purgeAll(), 0);
    const { findings } = await scene.audit();
    assert.deepEqual(only(findings), {
      kind: 'unproven',
      appId: ACME,
      messageId: message.id,
      endpointId: BLUE,
    });
    await scene.heal(findings);
    await scene.settle(await scene.claimOne(BLUE), { state: 'delivered' });
    assert.equal(await scene.purgeAll(), 1);
    await scene.assertAuditClean();
  });

  it('finds a delivery that is gone from a purged message', async () => {
    const scene = createScene(shared.open());
    const message = await delivered(scene);
    scene.move(31 * DAY_MS);
    await scene.purgeAll();
    shared.raw.exec(
      `DELETE FROM delivery WHERE message_id = ${message.id} AND endpoint_id = ${BLUE}`,
    );
    assert.equal(only((await scene.audit()).findings).kind, 'missing');
  });
});

describe('the background retention', () => {
  const RETENTION_MS = 10_000;

  function arrange(ledger: Ledger = openMemory()) {
    const scene = createScene(ledger);
    const timers: { readonly delayMs: number; readonly run: () => void }[] = [];
    const clock: Clock = {
      now: () => scene.now(),
      after(delayMs, run) {
        const timer = { delayMs, run };
        timers.push(timer);
        return () => timers.splice(timers.indexOf(timer), 1);
      },
    };
    const retention = createRetention({ ledger, clock, log: silentLog, retentionMs: RETENTION_MS });
    /** Fires the one timer that is set, and waits until the next one is: a step has ended. */
    const turn = async (): Promise<number> => {
      const { run, delayMs } = only(timers.splice(0));
      run();
      while (timers.length === 0) {
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      }
      return delayMs;
    };
    return { scene, retention, timers, turn };
  }

  it('steps on with short pauses while there is more, then waits, and counts what it did', async () => {
    const { scene, retention, timers, turn } = arrange();
    for (let count = 0; count < 700; count += 1) await scene.accept({ to: [cancelled(RED)] });
    const dead = await scene.deadLetter(RED);
    scene.move(31 * DAY_MS);
    retention.start();
    const pauses = [await turn()];
    while (retention.figures().oldestDueAt !== null) pauses.push(await turn());
    assert.equal(only(timers).delayMs, RETENTION_MS);
    const [first, ...between] = pauses;
    assert.equal(first, RETENTION_MS);
    assert.ok(
      between.length > 0 && between.every((pauseMs) => pauseMs >= 20 && pauseMs < RETENTION_MS),
    );
    const { messages, payloadBytes, steps, lastStepAt, oldestUnfinishedAt } = retention.figures();
    assert.deepEqual(
      { messages, payloadBytes, steps, lastStepAt, oldestUnfinishedAt },
      {
        messages: 700,
        payloadBytes: 700 * '{"amount":100}'.length,
        steps: pauses.length,
        lastStepAt: scene.now(),
        oldestUnfinishedAt: timeOfId(dead.id),
      },
    );
    await retention.stop();
    assert.deepEqual(timers, []);
  });

  it('goes on after a step that failed', async () => {
    const memory = openMemory();
    let failures = 1;
    const { scene, retention, turn } = arrange({
      ...memory,
      purge(request) {
        failures -= 1;
        return failures >= 0 ? Promise.reject(new Error('gone')) : memory.purge(request);
      },
    });
    retention.start();
    await turn();
    assert.equal(retention.figures().lastStepAt, null);
    await turn();
    assert.equal(retention.figures().lastStepAt, scene.now());
    await retention.stop();
  });
});
