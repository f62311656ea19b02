import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../src/core/index.ts';
import type { Endpoint } from '../../src/change/index.ts';
import type { Message } from '../../src/ledger/index.ts';
import type { Behaviour } from '../support/simulation-network.ts';
import { Scene } from '../support/simulation-scene.ts';

/** FIFO_SEED=7 replays one seed; FIFO_SEEDS=1000 looks at more of them. */
const ONLY = process.env['FIFO_SEED'];
const SEEDS = Number(process.env['FIFO_SEEDS'] ?? 20);
const STEPS = 40;
const OVER = ['delivered', 'dead', 'cancelled'];

const behaviours: readonly Behaviour[] = [
  { kind: 'answer', status: 200 },
  { kind: 'answer', status: 200 },
  { kind: 'answer', status: 500 },
  { kind: 'answer', status: 429 },
  { kind: 'answer', status: 503, retryAfter: '3' },
  { kind: 'fail', outcome: 'connect_failure' },
  { kind: 'fail', outcome: 'internal_error' },
  { kind: 'flap' },
  { kind: 'flap' },
  { kind: 'hang' },
];

/** Strict order under random failures, limits, crashes and stops. */
async function live(seed: number): Promise<void> {
  const random = seededRandom(seed ^ 0x2545f491);
  const upTo = (most: number): number => Math.floor(random.next() * most);
  const pick = <Item>(items: readonly Item[]): Item => items[upTo(items.length)] as Item;
  const scene = await Scene.create({
    seed,
    settings: {
      maxInFlight: 1 + upTo(12),
      laneConcurrency: 1 + upTo(6),
      leaseMs: 3_000 + upTo(6_000),
      breakerFailures: pick([0, 2, 5]),
      breakerOpenMs: 500 + upTo(2_000),
      retryBudgetPercent: pick([0, 10, 100]),
      retryBudgetPerSecond: pick([1, 5, 1_000]),
    },
    policy: {
      delaysMs: [pick([0, 0, 700]), upTo(2_000), upTo(5_000), upTo(9_000)].slice(0, 1 + upTo(4)),
      jitter: pick([0, 0.2, 0.5]),
    },
  });
  const { simulation } = scene;
  const { clock, network, store } = simulation;
  const ordered: Endpoint[] = [];
  for (let count = 1 + upTo(3); count > 0; count -= 1) {
    ordered.push(
      await scene.endpoint(`ordered-${count}`, { eventTypes: null, lane: { ordered: true } }),
    );
  }
  await scene.endpoint('free', { eventTypes: null });
  if (upTo(2) === 0) await scene.endpoint('paced', { eventTypes: null, throttleRate: 3 });
  const byOrigin = new Map(ordered.map((endpoint) => [new URL(endpoint.url).origin, endpoint.id]));
  const messages: Message[] = [];
  const broken: string[] = [];
  const seen = new Set<string>();
  const checks: Promise<void>[] = [];
  const mostTo = new Map<string, number>();

  network.onSend = ({ origin, messageId }) => {
    const endpointId = byOrigin.get(origin);
    const key = `${messageId} to ${origin}`;
    if (endpointId === undefined) return;
    const open = network.sends.filter(
      (send) =>
        send.origin === origin && send.answeredAt === null && send.life === simulation.life.number,
    );
    mostTo.set(origin, Math.max(mostTo.get(origin) ?? 0, open.length));
    if (seen.has(key)) return;
    seen.add(key);
    const id = simulation.idText.parse('message', messageId) ?? 0;
    // The ledger is read as it is now: its statements run before anything else does.
    const earlier = messages.filter((message) => message.id < id);
    checks.push(
      Promise.all(earlier.map((message) => store.deliveriesOf(message.id))).then((all) => {
        for (const { messageId: before, state } of all
          .flat()
          .filter((one) => one.endpointId === endpointId)) {
          if (!OVER.includes(state)) {
            broken.push(`${id} was sent to ${origin} while ${before} is ${state}`);
          }
        }
      }),
    );
  };

  for (let step = 0; step < STEPS; step += 1) {
    await clock.advance(upTo(3) === 0 ? upTo(3_000) : upTo(60));
    if (!simulation.isRunning) await simulation.start();
    const does = upTo(20);
    if (does < 12) {
      // One after the other: each is acknowledged before the next is asked for.
      const [message] = await scene.accept('any');
      assert.ok(message);
      messages.push(message);
    } else if (does < 17) {
      const receiver = pick([...network.receivers.values()]);
      receiver.behaviour = pick(behaviours);
      receiver.latencyMs = pick([1, 5, 300, 1_500]);
    } else if (does === 17) {
      simulation.crash();
    } else if (does === 18) {
      await simulation.stop();
    } else {
      simulation.writeFault = 'ledger_full';
      await clock.advance(upTo(4_000));
      simulation.writeFault = null;
    }
  }
  for (const receiver of network.receivers.values()) {
    receiver.behaviour = { kind: 'answer', status: 200 };
    receiver.latencyMs = 5;
  }
  if (!simulation.isRunning) await simulation.start();
  await scene.quiet(20 * 60_000);
  await Promise.all(checks);
  for (const [origin, most] of mostTo) if (most > 1) broken.push(`${most} at once to ${origin}`);
  for (const message of messages) {
    for (const { endpointId, state, reason } of await store.deliveriesOf(message.id)) {
      if (!OVER.includes(state)) broken.push(`${message.id} to ${endpointId} is ${state}`);
      if (state === 'dead' && !['attempts_exhausted', 'too_old'].includes(reason ?? '')) {
        broken.push(`${message.id} to ${endpointId} is dead for ${reason}`);
      }
    }
  }
  await simulation.stop();
  await store.close();
  assert.deepEqual(broken.slice(0, 5), [], `FIFO_SEED=${seed} replays this`);
  assert.deepEqual(simulation.mistakes, [], `FIFO_SEED=${seed} replays this`);
}

test('in strict order the next is first sent after the one before is delivered or dead, and nothing is lost', async () => {
  if (ONLY === undefined) for (let seed = 1; seed <= SEEDS; seed += 1) await live(seed);
  else await live(Number(ONLY));
});

test('a head that waits for its retry keeps its place over a kill, and its moment', async () => {
  const policy = { delaysMs: [0, 30_000, 30_000], jitter: 0 };
  const scene = await Scene.create({ policy });
  const { simulation } = scene;
  await scene.endpoint('one', { lane: { ordered: true } });
  scene.receiver('one').behaviour = { kind: 'answer', status: 500 };
  const [first] = await scene.accept('one');
  await simulation.clock.advance(100);
  const [second] = await scene.accept('one');
  await simulation.clock.advance(10_000);
  simulation.crash();
  scene.receiver('one').behaviour = { kind: 'answer', status: 200 };
  await simulation.start();
  await simulation.clock.advance(5_000);
  assert.equal(scene.sends('one').length, 1, 'not before its moment');
  await scene.quiet();
  const order = scene
    .sends('one')
    .map(({ messageId }) => simulation.idText.parse('message', messageId));
  assert.deepEqual(order, [first?.id, first?.id, second?.id]);
  const [at = 0, again = 0] = scene.sends('one').map(({ sentAt }) => sentAt);
  assert.ok(again - at >= 30_000 && again - at < 30_100, `${again - at} ms`);
});

for (const act of ['cancel', 'replay'] as const) {
  test(`a ${act} of the head of an ordered lane lets it go on at once`, async () => {
    const policy = { delaysMs: [0, 3_600_000], jitter: 0, maxAgeMs: 24 * 3_600_000 };
    const scene = await Scene.create({ policy });
    const { simulation } = scene;
    const endpoint = await scene.endpoint('one', { lane: { ordered: true } });
    scene.receiver('one').behaviour = { kind: 'answer', status: 500 };
    const [head] = await scene.accept('one');
    await simulation.clock.advance(100);
    await scene.accept('one');
    scene.receiver('one').behaviour = { kind: 'answer', status: 200 };
    assert.ok(head);
    if (act === 'replay') await simulation.clock.complete(simulation.replay(head.id, endpoint));
    else {
      const { ledger, ids, engine } = simulation.life;
      const given = {
        id: ids.next(),
        kind: 'cancel' as const,
        actor: 'test',
        reason: 'not needed',
      };
      const key = { messageId: head.id, endpointId: endpoint.id, appId: scene.appId };
      await simulation.clock.complete(ledger.cancel({ ...key, act: given }));
      engine.wake(endpoint.id);
    }
    await simulation.clock.advance(10_000);
    assert.equal(scene.sends('one').length, act === 'replay' ? 3 : 2);
  });
}
