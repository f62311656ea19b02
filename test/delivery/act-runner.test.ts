import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Act } from '../../src/ledger/index.ts';
import { Simulation, type SimulationOptions } from '../support/simulation.ts';

type Scene = {
  readonly simulation: Simulation;
  readonly appId: number;
  readonly sent: () => readonly number[];
};

/** An endpoint with so many dead letters, which is well again. */
async function withDeadLetters(
  count: number,
  options: Partial<SimulationOptions> = {},
): Promise<Scene> {
  const simulation = new Simulation({ seed: 1, policy: { delaysMs: [0] }, ...options });
  const { intake } = await simulation.start();
  const appId = await simulation.createApplication('Acme');
  const { clock, network } = simulation;
  await clock.complete(simulation.createEndpoint(appId, 'one'));
  const [receiver] = network.receivers.values();
  assert.ok(receiver);
  receiver.behaviour = { kind: 'answer', status: 500 };
  const drafts = Array.from({ length: count }, () => intake.accept(simulation.draft(appId)));
  await clock.complete(Promise.all(drafts));
  await clock.until(() => simulation.isQuiet());
  receiver.behaviour = { kind: 'answer', status: 200 };
  const before = network.sends.length;
  return { simulation, appId, sent: () => network.sends.slice(before).map(({ sentAt }) => sentAt) };
}

/** What the routes do with a wish for many deliveries. */
async function start(
  { simulation, appId }: Scene,
  given: Partial<Pick<Act, 'kind' | 'perSecond' | 'reason'>> = {},
): Promise<number> {
  const { life, clock } = simulation;
  const id = life.ids.next();
  const act = { id, appId, actor: 'test', reason: 'because', kind: 'redrive' as const };
  const rest = { filter: { states: ['dead' as const] }, perSecond: 50, dueFrom: clock.now() };
  await clock.complete(life.ledger.startAct({ ...act, ...rest, ...given }));
  life.acts.run(id);
  return id;
}

test('a redrive sends every dead letter once, at its rate', async () => {
  const scene = await withDeadLetters(500);
  const { simulation, sent } = scene;
  const startedAt = simulation.clock.now();
  const id = await start(scene, { perSecond: 100 });
  await simulation.clock.until(() => simulation.isQuiet());
  assert.equal(sent().length, 500);
  assert.equal(
    new Set(simulation.network.sends.slice(500).map((each) => each.messageId)).size,
    500,
  );
  for (let second = 1; second <= 5; second += 1) {
    const soFar = sent().filter((at) => at < startedAt + second * 1000).length;
    assert.ok(soFar <= second * 100 + 1, `${soFar} in ${second} s`);
  }
  assert.ok(simulation.clock.now() - startedAt < 10_000);
  const act = await simulation.store.act(id);
  assert.deepEqual([act?.done, act?.touched, act?.states.delivered], [true, 500, 500]);
});

test('the first deliveries of a long redrive leave before its last ones are scheduled', async () => {
  const scene = await withDeadLetters(1_000, { settings: { reconcileMs: 3_600_000 } });
  const { simulation, sent } = scene;
  const id = await start(scene, { perSecond: 10_000 });
  await simulation.clock.until(() => sent().length > 0);
  const act = await simulation.store.act(id);
  assert.equal(act?.done, false);
});

test('a redrive goes on after a fault of the ledger', async () => {
  const scene = await withDeadLetters(500, { settings: { reconcileMs: 3_600_000 } });
  const { simulation, sent } = scene;
  const id = await start(scene);
  simulation.writeFault = 'ledger_full';
  await simulation.clock.advance(10_000);
  assert.equal(sent().length, 0);
  simulation.writeFault = null;
  await simulation.clock.until(() => simulation.isQuiet());
  assert.equal(sent().length, 500);
  assert.equal((await simulation.store.act(id))?.done, true);
});

test('a redrive goes on in the next life, and takes nothing twice', async () => {
  // A second attempt for what the crash interrupts.
  const scene = await withDeadLetters(900, { policy: { delaysMs: [0, 10] } });
  const { simulation, sent } = scene;
  const id = await start(scene, { perSecond: 200 });
  await simulation.clock.until(async () => ((await simulation.store.act(id))?.touched ?? 0) >= 400);
  simulation.crash();
  await simulation.start();
  await simulation.clock.until(() => simulation.isQuiet());
  const act = await simulation.store.act(id);
  assert.deepEqual([act?.done, act?.touched, act?.states.delivered], [true, 900, 900]);
  // Only what was in flight at the crash may have been sent a second time.
  assert.ok(sent().length >= 900 && sent().length <= 900 + 64, `${sent().length} sent`);
});

test('what dies again during a redrive is not taken by it a second time', async () => {
  const scene = await withDeadLetters(300);
  const { simulation, sent } = scene;
  for (const receiver of simulation.network.receivers.values()) {
    receiver.behaviour = { kind: 'answer', status: 500 };
  }
  await start(scene, { perSecond: 1_000 });
  await simulation.clock.until(() => simulation.isQuiet());
  assert.equal(sent().length, 300);
});

test('cancelling many sends none of them, and says why of each', async () => {
  const scene = await withDeadLetters(450);
  const { simulation, appId, sent } = scene;
  await start(scene, { kind: 'cancel', perSecond: null, reason: 'wrong customer' });
  await simulation.clock.until(() => simulation.isQuiet());
  assert.equal(sent().length, 0);
  const messages = await simulation.store.messages({ appId, limit: 1000, descending: false });
  for (const { id } of messages) {
    const [delivery] = await simulation.store.deliveriesOf(id);
    assert.deepEqual([delivery?.state, delivery?.reason], ['cancelled', 'wrong customer']);
  }
});

test('a stop ends between two steps and leaves no timer, also where the ledger is at fault', async () => {
  const scene = await withDeadLetters(600);
  const { simulation } = scene;
  await start(scene);
  simulation.writeFault = 'ledger_unavailable';
  await simulation.clock.advance(500);
  const life = await simulation.stop();
  await simulation.clock.advance(100);
  assert.equal(life.timers(), 0);
  simulation.writeFault = null;
  await simulation.start();
  await simulation.clock.until(() => simulation.isQuiet());
  assert.equal((await simulation.store.runningActs({})).length, 0);
});
