import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ledger } from '../../src/ledger/index.ts';
import { OPERATOR_UID } from '../support/simulation.ts';
import { Scene } from '../support/simulation-scene.ts';
import { somebody } from '../support/somebody.ts';

const HOUR_MS = 3_600_000;

/** Counts the calls of the ledger that a lane makes. */
function counted() {
  const calls = { claim: 0, release: 0, released: 0 };
  const wrapLedger = (ledger: Ledger): Ledger => ({
    ...ledger,
    claim(request) {
      calls.claim += 1;
      return ledger.claim(request);
    },
    release(keys) {
      calls.release += 1;
      calls.released += keys.length;
      return ledger.release(keys);
    },
  });
  return { calls, wrapLedger };
}

// ---- rests

test('a paused lane sends nothing, keeps nothing in memory, and goes on at once when it is resumed', async () => {
  const { calls, wrapLedger } = counted();
  const scene = await Scene.create({ wrapLedger });
  const { clock } = scene.simulation;
  const endpoint = await scene.endpoint('one');
  scene.receiver('one').latencyMs = 500;
  await scene.accept('one', 100);
  await scene.update(endpoint, { pausedAt: scene.now });
  const sent = scene.sends('one').length;
  await clock.advance(1_000);
  await scene.accept('one', 50);
  await clock.advance(100);
  assert.deepEqual(
    [scene.sends('one').length, scene.simulation.life.engine.figures().held],
    [sent, 0],
  );
  const { sliKeeper } = scene.simulation.life;
  const [{ claim }, timers] = [{ ...calls }, clock.timersMade];
  const { steps } = sliKeeper.figures();
  await clock.advance(10 * 60_000);
  assert.equal(calls.claim, claim, 'nothing is read');
  // Reconciliation and audit go on, with a read each; SLI counts are kept by a step a second, a wait and a write.
  const ofSli = 2 * (sliKeeper.figures().steps - steps);
  assert.ok(ofSli <= 1_202, `${ofSli} timers for SLI counts`);
  assert.ok(clock.timersMade - timers - ofSli < 3_000, `${clock.timersMade - timers} timers`);
  assert.equal(scene.simulation.life.engine.figures().held, 0);
  assert.equal(scene.sends('one').length, sent);
  const resumedAt = scene.now;
  await scene.update(endpoint, { pausedAt: null });
  await clock.until(() => scene.sends('one').length > sent, 100);
  assert.ok(scene.now - resumedAt < 50);
  await scene.quiet();
  assert.equal(scene.sends('one').length, 150);
  assert.equal(scene.simulation.life.auditor.figures().found, 0);
});

test('a pause lasts over a restart, a kill and messages that come in between', async () => {
  const scene = await Scene.create();
  const { simulation } = scene;
  const endpoint = await scene.endpoint('one');
  await scene.update(endpoint, { pausedAt: scene.now });
  for (let life = 0; life < 3; life += 1) {
    await scene.accept('one', 10);
    await simulation.clock.advance(5_000);
    if (life === 1) await simulation.stop();
    else simulation.crash();
    await simulation.start();
  }
  await scene.accept('one', 10);
  await simulation.clock.advance(60_000);
  assert.deepEqual([scene.sends('one').length, simulation.life.engine.figures().held], [0, 0]);
  await scene.update(endpoint, { pausedAt: null });
  await scene.quiet(1_000);
  assert.equal(scene.sends('one').length, 40);
});

test('a lane that is held by Retry-After sends nothing and keeps nothing in memory, and its audit is clean', async () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const settings = { longestHoldMs: 120_000 };
    const policy = {
      delaysMs: [0, 1_000, 1_000, 1_000],
      retryAfterMaxMs: 120_000,
      maxAgeMs: HOUR_MS,
    };
    const scene = await Scene.create({ seed, settings, policy });
    const { clock, life } = scene.simulation;
    const endpoint = await scene.endpoint('one');
    const receiver = scene.receiver('one');
    receiver.latencyMs = 20;
    receiver.behaviour = { kind: 'answer', status: 503, retryAfter: '100' };
    // A message each millisecond: some are being stored as the answer comes.
    await scene.load(['one'], 1_000, 60);
    await clock.advance(1_000);
    const sent = scene.sends('one').length;
    const { restsFor, restsUntil } = scene.lane(endpoint);
    assert.equal(restsFor, 'held');
    assert.equal(life.engine.figures().held, 0, `held with seed ${seed}`);
    receiver.behaviour = { kind: 'answer', status: 200 };
    const until = restsUntil ?? 0;
    await clock.advance(until - scene.now - 1);
    assert.equal(scene.sends('one').length, sent);
    assert.equal(life.auditor.figures().found, 0, `unaccounted with seed ${seed}`);
    await clock.until(() => scene.sends('one').length > sent, 100);
    await scene.quiet();
    assert.equal(scene.sends('one').filter(({ outcome }) => outcome === 'delivered').length, 60);
  }
});

test('an open circuit sends nothing, keeps nothing in memory, and its probe goes out when its time is over', async () => {
  const settings = { breakerFailures: 5, breakerOpenMs: 60_000, breakerLongestOpenMs: 600_000 };
  const { calls, wrapLedger } = counted();
  const scene = await Scene.create({ settings, wrapLedger, policy: { maxAgeMs: HOUR_MS } });
  const { clock, life } = scene.simulation;
  const endpoint = await scene.endpoint('one');
  const receiver = scene.receiver('one');
  receiver.behaviour = { kind: 'fail', outcome: 'connect_failure' };
  await scene.load(['one'], 200, 500);
  const sent = scene.sends('one').length;
  assert.ok(sent <= 60, `${sent} requests`);
  await clock.advance(1_000);
  const { restsFor, restsUntil } = scene.lane(endpoint);
  assert.equal(restsFor, 'circuit_open');
  const before = calls.claim;
  await clock.advance((restsUntil ?? 0) - scene.now - 1);
  assert.deepEqual([scene.sends('one').length, life.engine.figures().held], [sent, 0]);
  assert.equal(calls.claim, before);
  assert.equal(life.auditor.figures().found, 0);
  receiver.behaviour = { kind: 'answer', status: 200 };
  await clock.until(() => scene.sends('one').length > sent, 50);
  await scene.quiet(5_000);
  assert.equal(scene.sends('one').filter(({ outcome }) => outcome === 'delivered').length, 100);
});

test('an answer from the old URL holds up nothing that goes to the new one', async () => {
  const scene = await Scene.create();
  const endpoint = await scene.endpoint('old');
  scene.simulation.network.addReceiver('new');
  const old = scene.receiver('old');
  old.behaviour = { kind: 'answer', status: 429, retryAfter: '1000' };
  old.latencyMs = 300;
  await scene.accept('old');
  await scene.update(endpoint, { url: 'https://new.example/hook' });
  await scene.accept('old');
  await scene.simulation.clock.advance(500);
  await scene.accept('old', 5);
  await scene.simulation.clock.advance(100);
  assert.equal(scene.sends('new').length, 6);
});

// ---- budgets

test('a lane with a backlog of due retries and no budget sends its first attempts at once', async () => {
  const settings = { retryBudgetPercent: 0, retryBudgetPerSecond: 0 };
  const policy = { delaysMs: [0, 1_000, 1_000, 1_000], maxAgeMs: 24 * HOUR_MS };
  const { calls, wrapLedger } = counted();
  const scene = await Scene.create({ settings, policy, wrapLedger });
  const { clock, life } = scene.simulation;
  await scene.endpoint('one');
  const receiver = scene.receiver('one');
  receiver.behaviour = { kind: 'answer', status: 500 };
  await scene.accept('one', 2_000);
  await clock.advance(60_000);
  assert.equal(scene.sends('one').length, 2_010, 'ten retries were saved up');
  assert.equal(life.engine.figures().held, 0);
  const before = { ...calls };
  const timers = clock.timersMade;
  await clock.advance(60_000);
  assert.ok(calls.claim - before.claim <= 60, `${calls.claim - before.claim} reads for nothing`);
  assert.ok(clock.timersMade - timers <= 1_000, `${clock.timersMade - timers} timers`);
  for (let count = 0; count < 50; count += 1) {
    const sent = scene.sends('one').length;
    const [at] = [scene.now];
    await scene.accept('one');
    await clock.until(() => scene.sends('one').length > sent, 100);
    assert.ok(scene.now - at < 40, `${scene.now - at} ms`);
    await clock.advance(137);
  }
});

test('first attempts do not wait for retries that a kill left in flight', async () => {
  const settings = { laneConcurrency: 8, retryBudgetPerSecond: 0, retryBudgetPercent: 0 };
  const policy = { delaysMs: [0, 60_000, 60_000], maxAgeMs: HOUR_MS };
  const scene = await Scene.create({ settings: { ...settings, leaseMs: 30_000 }, policy });
  const { simulation } = scene;
  await scene.endpoint('one');
  scene.receiver('one').behaviour = { kind: 'hang' };
  await scene.accept('one', 40);
  await simulation.clock.advance(100);
  for (let life = 0; life < 3; life += 1) {
    simulation.crash();
    await simulation.start();
    await simulation.clock.advance(100);
  }
  scene.receiver('one').behaviour = { kind: 'answer', status: 500 };
  await simulation.clock.advance(5_000);
  const [fresh] = await scene.accept('one');
  const id = simulation.idText.format('message', fresh?.id ?? 0);
  await simulation.clock.until(
    () => scene.sends('one').some(({ messageId }) => messageId === id),
    2_000,
  );
});

// ---- rates

test('a rate holds over a burst and a long backlog, without a busy loop and without leases that run out', async () => {
  const { calls, wrapLedger } = counted();
  const settings = { attemptTimeoutMs: 15_000, leaseMs: 30_000, reconcileMs: 2_000 };
  const scene = await Scene.create({ settings, wrapLedger });
  const { clock } = scene.simulation;
  await scene.endpoint('one', { throttleRate: 10 });
  const timers = clock.timersMade;
  const startedAt = scene.now;
  await scene.accept('one', 600);
  await scene.quiet();
  const sentAt = scene.sends('one').map((send) => send.sentAt);
  assert.equal(sentAt.length, 600, 'each once');
  for (let index = 0; index + 20 < sentAt.length; index += 1) {
    const spanMs = (sentAt[index + 20] ?? 0) - (sentAt[index] ?? 0);
    assert.ok(spanMs >= 1_000, `21 requests in ${spanMs} ms`);
  }
  assert.ok(scene.now - startedAt < 62_000, `${scene.now - startedAt} ms`);
  assert.deepEqual([calls.release, calls.released], [0, 0]);
  assert.ok(calls.claim <= 60, `${calls.claim} reads`);
  // A commit, an answer and a wake for each.
  assert.ok(clock.timersMade - timers <= 10 * 600, `${clock.timersMade - timers} timers`);
});

test('the rate of an application is shared by its lanes, without leases that run out', async () => {
  const { calls, wrapLedger } = counted();
  const settings = { attemptTimeoutMs: 15_000, leaseMs: 30_000 };
  const scene = await Scene.create({ settings, wrapLedger });
  const { clock } = scene.simulation;
  const names = Array.from({ length: 20 }, (_, index) => `shared-${index}`);
  for (const name of names) await scene.endpoint(name);
  await scene.updateApplication({ throttleRate: 20 });
  const timers = clock.timersMade;
  for (const name of names) void scene.send(name, 100);
  await clock.advance(50_000);
  const { sends } = scene.simulation.network;
  const sentAt = sends.map((send) => send.sentAt);
  assert.ok(sentAt.length >= 980 && sentAt.length <= 1_022, `${sentAt.length} in 50 s`);
  for (let index = 0; index + 40 < sentAt.length; index += 1) {
    const spanMs = (sentAt[index + 40] ?? 0) - (sentAt[index] ?? 0);
    assert.ok(spanMs >= 1_000, `41 requests in ${spanMs} ms`);
  }
  const shares = names.map((name) => scene.sends(name).length);
  assert.ok(Math.max(...shares) <= 3 * Math.min(...shares), `shares ${shares.join(' ')}`);
  assert.ok(clock.timersMade - timers <= 15 * 1_000, `${clock.timersMade - timers} timers`);
  // What the first lane took before the others came, once.
  assert.ok(calls.released <= 64, `${calls.released} deliveries were given back`);
  assert.ok(calls.claim <= 1_000, `${calls.claim} reads`);
});

// ---- auto-disable

const failing = { delaysMs: [0, 1_000, 1_000, 1_000], maxAgeMs: 24 * HOUR_MS };
/** After so long, here; nothing in these tests needs what is done now and then. */
const SPAN_MS = 600_000;
const rarely = { disableAfterMs: SPAN_MS, reconcileMs: 60_000, auditMs: 600_000 };

async function withOperator(options: Parameters<typeof Scene.create>[0]): Promise<Scene> {
  const scene = await Scene.create(options);
  const operator = await scene.simulation.createApplication('Operator', OPERATOR_UID);
  await scene.simulation.clock.complete(scene.simulation.createEndpoint(operator, 'operator'));
  return scene;
}

function told(scene: Scene): readonly Record<string, unknown>[] {
  const bodies = scene.sends('operator').map(({ body }) => JSON.parse(body) as never);
  return bodies
    .filter((body: { type: string }) => body.type === 'endpoint.disabled')
    .map((body: { data: Record<string, unknown> }) => body.data);
}

test('an endpoint that did nothing but fail for so long is disabled, once, and the operator is told since when', async () => {
  const scene = await withOperator({ settings: rarely, policy: failing });
  const { clock } = scene.simulation;
  const endpoint = await scene.endpoint('one');
  scene.receiver('one').behaviour = { kind: 'answer', status: 500 };
  await scene.accept('one', 5);
  const since = scene.sends('one')[0]?.sentAt ?? 0;
  await clock.advance(SPAN_MS - 20_000);
  await scene.accept('one', 2);
  await clock.advance(10_000);
  assert.equal((await scene.stored(endpoint))?.disabled, false, 'not before');
  await clock.advance(20_000);
  // All of them fail at the same moment.
  await scene.accept('one', 30);
  await clock.advance(10_000);
  const stored = await scene.stored(endpoint);
  assert.deepEqual([stored?.disabled, stored?.disabledReason], [true, 'failing']);
  await scene.quiet();
  const notices = told(scene);
  assert.deepEqual(
    notices.map(({ failSince }) => failSince),
    [new Date(since).toISOString()],
  );
});

test('many answers 410 at one moment disable an endpoint once', async () => {
  const scene = await withOperator({});
  const endpoint = await scene.endpoint('one');
  scene.receiver('one').behaviour = { kind: 'answer', status: 410 };
  await scene.accept('one', 30);
  await scene.quiet();
  assert.equal((await scene.stored(endpoint))?.disabled, true);
  assert.equal(told(scene).length, 1);
});

test('not for fewer than ten failures, however long ago the first one was', async () => {
  const scene = await withOperator({ settings: rarely, policy: failing });
  const endpoint = await scene.endpoint('one');
  scene.receiver('one').behaviour = { kind: 'answer', status: 500 };
  await scene.accept('one');
  await scene.simulation.clock.advance(10 * SPAN_MS);
  await scene.accept('one');
  await scene.simulation.clock.advance(60_000);
  assert.equal(scene.sends('one').length, 8);
  assert.equal((await scene.stored(endpoint))?.disabled, false);
  await scene.accept('one');
  await scene.simulation.clock.advance(60_000);
  assert.ok(scene.sends('one').length >= 10);
  assert.equal((await scene.stored(endpoint))?.disabled, true);
});

for (const how of ['kill', 'stop'] as const) {
  test(`it knows since when an endpoint fails after a ${how}`, async () => {
    const scene = await withOperator({ settings: rarely, policy: failing });
    const { simulation } = scene;
    const endpoint = await scene.endpoint('one');
    scene.receiver('one').behaviour = { kind: 'answer', status: 500 };
    await scene.accept('one', 4);
    await simulation.clock.advance(60_000);
    const since = scene.sends('one')[0]?.sentAt ?? 0;
    for (let life = 0; life < 3; life += 1) {
      if (how === 'stop') await simulation.stop();
      else simulation.crash();
      await simulation.clock.advance(SPAN_MS / 2);
      await simulation.start();
    }
    await scene.accept('one');
    await simulation.clock.advance(60_000);
    assert.equal((await scene.stored(endpoint))?.disabled, true);
    await scene.quiet();
    assert.deepEqual(
      told(scene).map(({ failSince }) => failSince),
      [new Date(since).toISOString()],
    );
  });
}

test('one success in between, also over a restart, and the time begins anew', async () => {
  const scene = await withOperator({ settings: rarely, policy: failing });
  const { simulation } = scene;
  const endpoint = await scene.endpoint('one');
  const receiver = scene.receiver('one');
  receiver.behaviour = { kind: 'answer', status: 500 };
  await scene.accept('one', 4);
  await simulation.clock.advance(SPAN_MS / 2);
  receiver.behaviour = { kind: 'answer', status: 200 };
  await scene.accept('one');
  await simulation.clock.advance(1_000);
  await simulation.stop();
  await simulation.start();
  receiver.behaviour = { kind: 'answer', status: 500 };
  await scene.accept('one', 4);
  await simulation.clock.advance(SPAN_MS / 2 + 60_000);
  await scene.accept('one', 4);
  await simulation.clock.advance(60_000);
  assert.equal((await scene.stored(endpoint))?.disabled, false);
});

for (const isRestarted of [false, true]) {
  test(`another URL begins anew${isRestarted ? ', also where it was changed after a restart' : ''}`, async () => {
    const scene = await withOperator({ settings: rarely, policy: failing });
    const { simulation } = scene;
    const endpoint = await scene.endpoint('one');
    simulation.network.addReceiver('two');
    scene.receiver('one').behaviour = { kind: 'answer', status: 500 };
    scene.receiver('two').behaviour = { kind: 'answer', status: 500 };
    await scene.accept('one', 4);
    await simulation.clock.advance(SPAN_MS + 60_000);
    if (isRestarted) {
      await simulation.stop();
      await simulation.start();
    }
    await scene.update(endpoint, { url: 'https://two.example/hook' });
    await scene.accept('one', 4);
    await simulation.clock.advance(60_000);
    assert.equal(scene.sends('two').length, 16);
    assert.equal((await scene.stored(endpoint))?.disabled, false);
    assert.deepEqual(told(scene), []);
  });
}

test('another URL begins anew also for whoever looks at its lane first', async () => {
  const scene = await withOperator({ settings: rarely, policy: failing });
  const { simulation } = scene;
  const endpoint = await scene.endpoint('one');
  simulation.network.addReceiver('two');
  scene.receiver('one').behaviour = { kind: 'answer', status: 500 };
  await scene.accept('one');
  await simulation.clock.advance(1_000);
  const { configuration, engine } = simulation.life;
  assert.notEqual(engine.laneFigures(endpoint).failingSince, null);
  const seen = configuration.endpoints
    .update(endpoint, (known) => ({ ...known, url: 'https://two.example/hook' }), somebody)
    .then((updated) => engine.laneFigures(updated).failingSince);
  assert.equal(await simulation.clock.complete(seen), null);
  await simulation.clock.advance(100);
  assert.deepEqual(await simulation.store.laneMemories({}), []);
});

test('an endpoint that somebody enables again has all of its time again', async () => {
  const settings = { ...rarely, attemptTimeoutMs: 2_000 };
  const scene = await withOperator({ settings, policy: failing });
  const { clock } = scene.simulation;
  const endpoint = await scene.endpoint('one');
  scene.receiver('one').behaviour = { kind: 'hang' };
  await scene.accept('one', 8);
  await clock.advance(SPAN_MS);
  // Under way together; the first that ends disables it, the others end after that.
  for (let count = 0; count < 30; count += 1) {
    await scene.accept('one');
    await clock.advance(20);
  }
  await clock.advance(10_000);
  assert.equal((await scene.stored(endpoint))?.disabled, true);
  await clock.advance(2 * SPAN_MS);
  await scene.update(endpoint, { disabled: false, disabledReason: null });
  await scene.accept('one');
  await clock.advance(30_000);
  assert.equal((await scene.stored(endpoint))?.disabled, false);
});

// ---- isolation

test('hanging and refusing lanes cost the healthy ones nothing', async () => {
  const settings = {
    maxInFlight: 256,
    maxInFlightBytes: 10_000_000,
    attemptTimeoutMs: 15_000,
    leaseMs: 30_000,
  };
  const waits = async (isTroubled: boolean): Promise<readonly number[]> => {
    const scene = await Scene.create({ settings });
    const { clock, life, network } = scene.simulation;
    const names = Array.from({ length: 300 }, (_, index) => `lane-${index}`);
    for (const name of names) await scene.endpoint(name);
    for (let index = 0; index < (isTroubled ? 300 : 0); index += 1) {
      if (index % 10 === 3) scene.receiver(`lane-${index}`).behaviour = { kind: 'hang' };
      if (index % 10 === 7) {
        scene.receiver(`lane-${index}`).behaviour = { kind: 'fail', outcome: 'connect_failure' };
      }
    }
    const sentAt = new Map<string, number>();
    network.onSend = ({ messageId, sentAt: at }) => {
      if (!sentAt.has(messageId)) sentAt.set(messageId, at);
    };
    const healthy: { readonly askedAt: number; readonly id: () => string }[] = [];
    for (let round = 0; round < 2; round += 1) {
      for (const [index, name] of names.entries()) {
        const isHealthy = index % 10 !== 3 && index % 10 !== 7;
        const askedAt = scene.now;
        let id = '';
        void scene.send(name, isHealthy ? 1 : 10).then(([message]) => {
          id = scene.simulation.idText.format('message', message?.id ?? 0);
        });
        if (isHealthy) healthy.push({ askedAt, id: () => id });
        if (index % 10 === 9) await clock.advance(20);
      }
      const { held, sending } = life.engine.figures();
      assert.ok(held <= 512 && sending <= 256, `${held} held, ${sending} under way`);
    }
    await clock.advance(2_000);
    return healthy.map(({ askedAt, id }) => (sentAt.get(id()) ?? Infinity) - askedAt);
  };
  const [calm, troubled] = [await waits(false), await waits(true)];
  const worst = (all: readonly number[]): number => Math.max(...all);
  const mean = (all: readonly number[]): number =>
    all.reduce((sum, one) => sum + one, 0) / all.length;
  assert.ok(mean(troubled) <= 1.5 * mean(calm), `${mean(troubled)} ms for ${mean(calm)} ms`);
  assert.ok(worst(troubled) <= worst(calm) + 20, `${worst(troubled)} ms for ${worst(calm)} ms`);
});

test('a lane that hangs with all it may hold leaves a place for one that has none', async () => {
  const settings = { maxInFlight: 20, laneConcurrency: 64, adaptiveConcurrency: 'off' as const };
  const scene = await Scene.create({ settings });
  const { clock } = scene.simulation;
  for (const name of ['greedy', 'second', 'newcomer']) await scene.endpoint(name);
  scene.receiver('greedy').behaviour = { kind: 'hang' };
  scene.receiver('second').behaviour = { kind: 'hang' };
  void scene.send('greedy', 200);
  await clock.advance(50);
  void scene.send('second', 200);
  await clock.advance(500);
  await scene.accept('newcomer');
  await clock.advance(20);
  assert.equal(scene.sends('newcomer').length, 1);
});

const BYTES =
  'a read brings one delivery at least, also where few bytes are left: together they take the last';

for (const [hanging, todo] of [
  [4, false],
  [12, BYTES],
] as const) {
  test(
    `${hanging} lanes that hang with large payloads leave bytes for one that has none`,
    { todo },
    async () => {
      const settings = {
        maxInFlight: 256,
        maxInFlightBytes: 64_000,
        attemptTimeoutMs: 15_000,
        leaseMs: 30_000,
      };
      const scene = await Scene.create({ settings });
      const { clock } = scene.simulation;
      const names = Array.from({ length: hanging }, (_, index) => `large-${index}`);
      for (const name of [...names, 'newcomer']) await scene.endpoint(name);
      for (const name of names) {
        scene.receiver(name).behaviour = { kind: 'hang' };
        void scene.send(name, 60, `{"text":"${'x'.repeat(1_000)}"}`);
        await clock.advance(50);
      }
      await scene.accept('newcomer');
      await clock.advance(50);
      assert.equal(scene.sends('newcomer').length, 1);
    },
  );
}

// ---- bounded memory

test('a backlog over a thousand lanes stays in the ledger, and lanes without work are few', async () => {
  const settings = {
    maxInFlight: 128,
    maxInFlightBytes: 10_000_000,
    intakeQueueMessages: 1_000_000,
    auditMs: 600_000,
    reconcileMs: 60_000,
  };
  const scene = await Scene.create({ settings });
  const { clock, life } = scene.simulation;
  const LANES = 1_000;
  const shared = { eventTypes: ['all'] };
  for (let index = 0; index < LANES; index += 1) await scene.endpoint(`lane-${index}`, shared);
  for (const receiver of scene.simulation.network.receivers.values()) receiver.latencyMs = 20;
  let [mostHeld, mostSending] = [0, 0];
  scene.simulation.network.onSend = () => {
    const { held, sending } = life.engine.figures();
    mostHeld = Math.max(mostHeld, held);
    mostSending = Math.max(mostSending, sending);
  };
  await scene.accept('all', 100);
  await clock.until(() => {
    const { held, sending } = life.engine.figures();
    mostHeld = Math.max(mostHeld, held);
    mostSending = Math.max(mostSending, sending);
    return scene.simulation.network.sends.length > 3_000;
  });
  assert.ok(mostHeld <= 256 && mostSending <= 128, `${mostHeld} held, ${mostSending} under way`);
  assert.ok(mostSending >= 120, `${mostSending} under way: places are used`);
});
