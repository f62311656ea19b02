import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Endpoint } from '../../src/change/index.ts';
import { fault, timeOfId } from '../../src/core/index.ts';
import type { Delivery, Message } from '../../src/ledger/index.ts';
import { Simulation, type SimulationOptions } from '../support/simulation.ts';
import { somebody } from '../support/somebody.ts';

/** Everything here runs on a clock that the test moves; no seed matters, but each run needs one. */
async function simulate(
  options: Partial<SimulationOptions> = {},
): Promise<{ simulation: Simulation; appId: number }> {
  const simulation = new Simulation({ seed: 1, ...options });
  await simulation.start();
  return { simulation, appId: await simulation.createApplication('Acme') };
}

function create(
  simulation: Simulation,
  appId: number,
  name: string,
  given: Partial<Endpoint> = {},
): Promise<Endpoint> {
  return simulation.clock.complete(simulation.createEndpoint(appId, name, given));
}

function accept(simulation: Simulation, appId: number, payload = '{}'): Promise<Message> {
  return simulation.clock.complete(
    simulation.life.intake.accept(simulation.draft(appId, { payload })),
  );
}

/** Messages are asked for at the same moment, as a busy sender does. */
function acceptMany(
  simulation: Simulation,
  appId: number,
  count: number,
  payload = '{}',
): Promise<readonly Message[]> {
  const { intake } = simulation.life;
  const draft = simulation.draft(appId, { payload });
  const drafts = Array.from({ length: count }, () => intake.accept(draft));
  return simulation.clock.complete(Promise.all(drafts));
}

async function deliveryOf(simulation: Simulation, messageId: number): Promise<Delivery> {
  const [delivery, ...more] = await simulation.store.deliveriesOf(messageId);
  assert.equal(more.length, 0);
  assert.ok(delivery);
  return delivery;
}

const quiet = (simulation: Simulation): Promise<void> =>
  simulation.clock.until(() => simulation.isQuiet());

const sentTo = (simulation: Simulation, name: string): readonly number[] =>
  simulation.network.sends
    .filter(({ origin }) => origin === `https://${name}.example`)
    .map(({ sentAt }) => sentAt);

function receiver(simulation: Simulation, name: string) {
  const found = simulation.network.receivers.get(`https://${name}.example`);
  assert.ok(found);
  return found;
}

test('a first attempt leaves in the commit that accepts, without waiting for anything else', async () => {
  const { simulation, appId } = await simulate();
  await create(simulation, appId, 'one');
  const message = await accept(simulation, appId);
  assert.deepEqual(sentTo(simulation, 'one'), [simulation.clock.now()]);
  assert.equal((await deliveryOf(simulation, message.id)).state, 'in_flight');
});

test('follows the schedule of the policy, and no attempt is too many', async () => {
  const policy = { delaysMs: [0, 1_000, 4_000, 15_000], jitter: 0 };
  const { simulation, appId } = await simulate({ policy });
  await create(simulation, appId, 'one');
  receiver(simulation, 'one').behaviour = { kind: 'answer', status: 500 };
  const message = await accept(simulation, appId);
  await quiet(simulation);
  const sent = sentTo(simulation, 'one');
  const waits = sent.slice(1).map((at, index) => at - (sent[index] ?? 0));
  // An answer takes 5 ms here, and a commit some more.
  for (const [index, waitMs] of waits.entries()) {
    const wantedMs = policy.delaysMs[index + 1] ?? 0;
    assert.ok(waitMs >= wantedMs && waitMs < wantedMs + 50, `${waitMs} for ${wantedMs}`);
  }
  const delivery = await deliveryOf(simulation, message.id);
  assert.deepEqual([delivery.state, delivery.reason], ['dead', 'attempts_exhausted']);
  const attempts = await simulation.store.attemptsOf(message.id);
  assert.deepEqual(
    attempts.map(({ nth, outcome }) => [nth, outcome]),
    [4, 3, 2, 1].map((nth) => [nth, 'server_error']),
  );
});

test('waits as long as Retry-After says, up to the bound of the policy', async () => {
  const policy = { delaysMs: [0, 10, 10, 10], retryAfterMaxMs: 20_000 };
  const { simulation, appId } = await simulate({ policy });
  await create(simulation, appId, 'one');
  const one = receiver(simulation, 'one');
  one.behaviour = { kind: 'answer', status: 503, retryAfter: '7' };
  await accept(simulation, appId);
  await simulation.clock.until(() => sentTo(simulation, 'one').length === 2);
  one.behaviour = { kind: 'answer', status: 429, retryAfter: '3600' };
  await simulation.clock.until(() => sentTo(simulation, 'one').length === 4);
  const [first = 0, second = 0, third = 0, fourth = 0] = sentTo(simulation, 'one');
  assert.ok(second - first >= 7_000 && second - first < 7_100);
  assert.ok(third - second >= 7_000 && third - second < 7_100);
  assert.ok(fourth - third >= 20_000 && fourth - third < 20_100);
});

test('endpoints that hang cost the others nothing', async () => {
  const { simulation, appId } = await simulate({
    settings: { attemptTimeoutMs: 15_000, leaseMs: 30_000 },
  });
  for (let index = 0; index < 20; index += 1) await create(simulation, appId, `endpoint-${index}`);
  receiver(simulation, 'endpoint-3').behaviour = { kind: 'hang' };
  receiver(simulation, 'endpoint-7').behaviour = { kind: 'hang' };
  for (let count = 0; count < 50; count += 1) {
    const acceptedAt = simulation.clock.now();
    await accept(simulation, appId);
    await simulation.clock.advance(100);
    const late = simulation.network.sends.filter(
      ({ origin, outcome, sentAt }) =>
        !/-[37]\./.test(origin) && sentAt >= acceptedAt && outcome !== 'delivered',
    );
    assert.deepEqual(late, []);
  }
  assert.ok(sentTo(simulation, 'endpoint-3').length <= 32);
  const healthy = simulation.network.sends.filter(({ origin }) => !/-[37]\./.test(origin));
  assert.equal(healthy.length, 18 * 50);
});

test('room that a read held and did not use goes to the lanes that waited for it at once', async () => {
  const settings = { maxInFlight: 64, laneConcurrency: 32, reconcileMs: 60_000 };
  // One delivery of each of many lanes becomes due at the same moment; a read takes room for a whole window.
  const { simulation, appId } = await simulate({
    settings,
    policy: { delaysMs: [1_000, 5_000], jitter: 0 },
  });
  for (let index = 0; index < 30; index += 1) await create(simulation, appId, `endpoint-${index}`);
  const message = await accept(simulation, appId);
  for (const one of simulation.network.receivers.values()) one.behaviour = { kind: 'hang' };
  await simulation.clock.advance(1_900);
  const sent = simulation.network.sends.map(({ sentAt }) => sentAt - timeOfId(message.id));
  assert.equal(sent.length, 30, 'no lane waits for the attempts of another');
});

test('holds no more of a backlog in memory than the bounds say, and sends all of it', async () => {
  const bounds = { maxInFlight: 20, laneConcurrency: 4, maxInFlightBytes: 10_000 };
  // Nothing here may need a reconciliation to go on.
  const settings = { ...bounds, reconcileMs: 3_600_000 };
  const { simulation, appId } = await simulate({ settings });
  await create(simulation, appId, 'slow');
  await create(simulation, appId, 'fast');
  receiver(simulation, 'slow').latencyMs = 1_000;
  await acceptMany(simulation, appId, 300);
  await simulation.clock.until(async () => {
    const { held, heldBytes, sending } = simulation.life.engine.figures();
    assert.ok(held <= 40 && sending <= 8 && heldBytes <= 10_000, `${held} ${sending} ${heldBytes}`);
    return simulation.isQuiet();
  });
  const { most } = simulation.life.transport;
  assert.equal(most.toOne, 4);
  assert.equal(sentTo(simulation, 'slow').length, 300);
  assert.equal(sentTo(simulation, 'fast').length, 300);
  assert.deepEqual(simulation.life.engine.figures(), {
    sending: 0,
    held: 0,
    heldBytes: 0,
    lanes: 0,
  });
});

test('lanes that are read at the same moment share the bound on bytes', async () => {
  const payload = `{"text":"${'x'.repeat(989)}"}`;
  const settings = { maxInFlightBytes: 20 * payload.length };
  const policy = { delaysMs: [1_000], jitter: 0 };
  const { simulation, appId } = await simulate({ settings, policy });
  for (let index = 0; index < 8; index += 1) await create(simulation, appId, `endpoint-${index}`);
  for (const one of simulation.network.receivers.values()) one.latencyMs = 500;
  await acceptMany(simulation, appId, 20, payload);
  let most = 0;
  await simulation.clock.until(() => {
    most = Math.max(most, simulation.life.engine.figures().heldBytes);
    return simulation.isQuiet();
  });
  // A window holds one delivery whatever its size: so many lanes, so many payloads beyond the bound at most.
  assert.ok(most <= (20 + 8) * payload.length, `${most} bytes held`);
  assert.equal(simulation.network.sends.length, 160);
});

test('a payload larger than the bound on bytes is sent all the same', async () => {
  const settings = { maxInFlightBytes: 100, reconcileMs: 3_600_000 };
  const { simulation, appId } = await simulate({ settings });
  await create(simulation, appId, 'one');
  const message = await accept(simulation, appId, `{"text":"${'x'.repeat(5_000)}"}`);
  await quiet(simulation);
  assert.equal((await deliveryOf(simulation, message.id)).state, 'delivered');
});

test('an endpoint that answers 410 is disabled, and what waits for it is dead with that reason', async () => {
  const { simulation, appId } = await simulate({ settings: { laneConcurrency: 1 } });
  const endpoint = await create(simulation, appId, 'one');
  receiver(simulation, 'one').behaviour = { kind: 'answer', status: 410 };
  const messages = await acceptMany(simulation, appId, 40);
  await quiet(simulation);
  const deliveries = await Promise.all(messages.map(({ id }) => deliveryOf(simulation, id)));
  assert.ok(deliveries.every(({ state }) => state === 'dead'));
  const reasons = deliveries.map(({ reason }) => reason);
  assert.ok(reasons.filter((reason) => reason === 'gone').length >= 1);
  assert.ok(reasons.filter((reason) => reason === 'endpoint_disabled').length >= 30);
  assert.equal(sentTo(simulation, 'one').length, reasons.filter((each) => each === 'gone').length);
  const stored = await simulation.clock.complete(
    simulation.life.configuration.endpoints.byId(endpoint.id),
  );
  assert.deepEqual([stored?.disabled, stored?.disabledReason], [true, 'gone']);
  const after = await accept(simulation, appId);
  const { state, reason } = await deliveryOf(simulation, after.id);
  assert.deepEqual([state, reason], ['cancelled', 'endpoint_disabled'], 'recorded, not absent');
});

test('a 410 from a URL that was replaced meanwhile neither disables the endpoint nor brings the URL back', async () => {
  const { simulation, appId } = await simulate();
  const endpoint = await create(simulation, appId, 'old');
  simulation.network.addReceiver('new');
  receiver(simulation, 'old').behaviour = { kind: 'answer', status: 410 };
  receiver(simulation, 'old').latencyMs = 1_000;
  await accept(simulation, appId);
  const { endpoints } = simulation.life.configuration;
  await simulation.clock.complete(
    endpoints.update(
      endpoint,
      (known) => ({ ...known, url: 'https://new.example/hook' }),
      somebody,
    ),
  );
  await simulation.clock.advance(5_000);
  const stored = await simulation.clock.complete(endpoints.byId(endpoint.id));
  assert.deepEqual([stored?.url, stored?.disabled], ['https://new.example/hook', false]);
  await accept(simulation, appId);
  await quiet(simulation);
  assert.equal(sentTo(simulation, 'new').length, 1);
});

test('what waits for an endpoint that is disabled by a person is dead with that reason', async () => {
  const { simulation, appId } = await simulate();
  const endpoint = await create(simulation, appId, 'one');
  receiver(simulation, 'one').behaviour = { kind: 'answer', status: 500 };
  const message = await accept(simulation, appId);
  await simulation.clock.advance(100);
  const { endpoints } = simulation.life.configuration;
  await simulation.clock.complete(
    endpoints.update(endpoint, (known) => ({ ...known, disabled: true }), somebody),
  );
  await quiet(simulation);
  const { state, reason } = await deliveryOf(simulation, message.id);
  assert.deepEqual([state, reason], ['dead', 'endpoint_disabled']);
  assert.equal(sentTo(simulation, 'one').length, 1);
});

test('what waits for an endpoint that is deleted is cancelled with that reason', async () => {
  const { simulation, appId } = await simulate();
  const endpoint = await create(simulation, appId, 'one');
  receiver(simulation, 'one').behaviour = { kind: 'answer', status: 500 };
  const message = await accept(simulation, appId);
  await simulation.clock.advance(100);
  await simulation.clock.complete(
    simulation.life.configuration.endpoints.remove(endpoint.id, somebody),
  );
  await quiet(simulation);
  const { state, reason } = await deliveryOf(simulation, message.id);
  assert.deepEqual([state, reason], ['cancelled', 'endpoint_deleted']);
});

test('from the moment a change is answered requests go where it says', async () => {
  const { simulation, appId } = await simulate({ settings: { laneConcurrency: 2 } });
  const endpoint = await create(simulation, appId, 'old');
  simulation.network.addReceiver('new');
  receiver(simulation, 'old').latencyMs = 300;
  await acceptMany(simulation, appId, 20);
  const { endpoints } = simulation.life.configuration;
  await simulation.clock.complete(
    endpoints.update(
      endpoint,
      (known) => ({ ...known, url: 'https://new.example/hook' }),
      somebody,
    ),
  );
  const changedAt = simulation.clock.now();
  await quiet(simulation);
  assert.ok(sentTo(simulation, 'old').every((at) => at <= changedAt));
  assert.equal(sentTo(simulation, 'new').length + sentTo(simulation, 'old').length, 20);
});

/** Holds back the answers of one operation of the ledger until it is opened. */
function gate(name: 'resource' | 'resources') {
  const opened = Promise.withResolvers<void>();
  const state = { isClosed: false };
  const wrapLedger: SimulationOptions['wrapLedger'] = (ledger) => ({
    ...ledger,
    async [name](request: never) {
      const result = await ledger[name](request);
      if (state.isClosed) await opened.promise;
      return result;
    },
  });
  const open = (): void => {
    state.isClosed = false;
    opened.resolve();
  };
  return { wrapLedger, open, close: () => (state.isClosed = true) };
}

test('an endpoint that changes while its lane is read is read again', async () => {
  const { wrapLedger, open, close } = gate('resource');
  const policy = { delaysMs: [1_000] };
  const { simulation, appId } = await simulate({ wrapLedger, policy });
  const endpoint = await create(simulation, appId, 'old');
  simulation.network.addReceiver('new');
  await accept(simulation, appId);
  close();
  await simulation.clock.advance(1_500); // the lane waits for what its endpoint was
  const { endpoints } = simulation.life.configuration;
  await simulation.clock.complete(
    endpoints.update(
      endpoint,
      (known) => ({ ...known, url: 'https://new.example/hook' }),
      somebody,
    ),
  );
  open();
  await quiet(simulation);
  assert.equal(sentTo(simulation, 'old').length, 0);
  assert.equal(sentTo(simulation, 'new').length, 1);
});

test('an endpoint that is disabled while a message looks for its endpoints gets nothing of it', async () => {
  const { wrapLedger, open, close } = gate('resources');
  const { simulation, appId } = await simulate({ wrapLedger });
  const endpoint = await create(simulation, appId, 'one');
  close();
  const accepted = simulation.life.intake.accept(simulation.draft(appId));
  await simulation.clock.advance(100);
  const { endpoints } = simulation.life.configuration;
  await simulation.clock.complete(
    endpoints.update(endpoint, (known) => ({ ...known, disabled: true }), somebody),
  );
  open();
  const message = await simulation.clock.complete(accepted);
  const { state, reason } = await deliveryOf(simulation, message.id);
  assert.deepEqual([state, reason], ['cancelled', 'endpoint_disabled']);
  await quiet(simulation);
  assert.equal(sentTo(simulation, 'one').length, 0);
});

test('a replay gives a delivery all its attempts anew', async () => {
  const { simulation, appId } = await simulate({ policy: { delaysMs: [0, 100, 100] } });
  const endpoint = await create(simulation, appId, 'one');
  receiver(simulation, 'one').behaviour = { kind: 'answer', status: 500 };
  const message = await accept(simulation, appId);
  await quiet(simulation);
  assert.equal(sentTo(simulation, 'one').length, 3);
  assert.equal(await simulation.clock.complete(simulation.replay(message.id, endpoint)), true);
  await quiet(simulation);
  assert.equal(sentTo(simulation, 'one').length, 6);
  const attempts = await simulation.store.attemptsOf(message.id);
  // The first of the new round was asked for, the others follow the policy.
  assert.deepEqual(
    attempts.map(({ nth, trigger }) => [nth, trigger === 'manual']),
    [6, 5, 4, 3, 2, 1].map((nth) => [nth, nth === 4]),
  );
});

test('a lease that nobody holds any more is taken over within five seconds of its end', async () => {
  const { simulation, appId } = await simulate({ policy: { delaysMs: [60_000, 1_000] } });
  const endpoint = await create(simulation, appId, 'one');
  const message = await accept(simulation, appId);
  // Another node takes the delivery under a lease, and is never heard of again.
  const { store, clock } = simulation;
  const now = clock.now() + 90_000;
  const leaseEndsAt = clock.now() + 90_000 + simulation.settings.leaseMs;
  const attemptIds = [simulation.life.ids.next()];
  const bounds = { retries: 1, payloadBytes: 1_000_000, pausedTypes: [] };
  const key = { endpointId: endpoint.id, attemptIds, ...bounds };
  const { claims } = await store.claim({ ...key, now, leaseEndsAt });
  assert.equal(claims.length, 1);
  await clock.advance(leaseEndsAt - clock.now() - 1);
  assert.deepEqual(sentTo(simulation, 'one'), [], 'not while the lease lasts');
  await clock.until(() => sentTo(simulation, 'one').length === 1, 5_001);
  await quiet(simulation);
  assert.equal((await deliveryOf(simulation, message.id)).state, 'delivered');
  const attempts = await store.attemptsOf(message.id);
  assert.deepEqual(
    attempts.map(({ nth, outcome }) => [nth, outcome]),
    [
      [2, 'delivered'],
      [1, 'interrupted'],
    ],
  );
});

test('what was in flight at a crash is sent again at once in the next life, with the same id', async () => {
  const { simulation, appId } = await simulate();
  await create(simulation, appId, 'one');
  receiver(simulation, 'one').behaviour = { kind: 'hang' };
  const message = await accept(simulation, appId);
  simulation.crash();
  receiver(simulation, 'one').behaviour = { kind: 'answer', status: 200 };
  const startedAt = simulation.clock.now();
  await simulation.start();
  await quiet(simulation);
  const sent = sentTo(simulation, 'one');
  assert.equal(sent.length, 2);
  assert.ok((sent[1] ?? Infinity) - startedAt < 100);
  const ids = new Set(simulation.network.sends.map(({ messageId }) => messageId));
  assert.deepEqual([...ids], [simulation.idText.format('message', message.id)]);
});

test('a delivery that takes the process down each time comes to an end', async () => {
  const { simulation, appId } = await simulate({ policy: { delaysMs: [0, 100, 100] } });
  await create(simulation, appId, 'deadly');
  receiver(simulation, 'deadly').behaviour = { kind: 'hang' };
  const message = await accept(simulation, appId);
  for (let crashes = 0; crashes < 5; crashes += 1) {
    simulation.crash();
    await simulation.start();
    await simulation.clock.advance(200);
  }
  await quiet(simulation);
  assert.equal(sentTo(simulation, 'deadly').length, 3);
  const { state, reason } = await deliveryOf(simulation, message.id);
  assert.deepEqual([state, reason], ['dead', 'attempts_exhausted']);
});

test('an outcome that the ledger cannot take is kept until it can, and nothing is sent twice', async () => {
  const { simulation, appId } = await simulate();
  await create(simulation, appId, 'one');
  const message = await accept(simulation, appId);
  simulation.writeFault = 'ledger_full';
  await simulation.clock.advance(4 * simulation.settings.leaseMs);
  assert.equal((await deliveryOf(simulation, message.id)).state, 'in_flight');
  assert.equal(simulation.life.engine.figures().held, 1);
  simulation.writeFault = null;
  await quiet(simulation);
  assert.equal((await deliveryOf(simulation, message.id)).state, 'delivered');
  assert.equal(sentTo(simulation, 'one').length, 1);
});

test('deliveries that cannot be given back are given back later, also where the endpoint was disabled', async () => {
  const { simulation, appId } = await simulate({
    settings: { laneConcurrency: 1, attemptTimeoutMs: 2_000, leaseMs: 3_500 },
  });
  const endpoint = await create(simulation, appId, 'one');
  receiver(simulation, 'one').behaviour = { kind: 'hang' };
  const messages = await acceptMany(simulation, appId, 2);
  // The second delivery waits behind the first until its lease is too short for an attempt.
  simulation.writeFault = 'ledger_full';
  await simulation.clock.advance(simulation.settings.leaseMs);
  simulation.writeFault = null;
  const { endpoints } = simulation.life.configuration;
  await simulation.clock.complete(
    endpoints.update(endpoint, (known) => ({ ...known, disabled: true }), somebody),
  );
  await quiet(simulation);
  for (const { id } of messages) {
    const { state, reason } = await deliveryOf(simulation, id);
    assert.deepEqual([state, reason], ['dead', 'endpoint_disabled']);
  }
  await simulation.clock.advance(60_000);
  assert.equal(simulation.life.auditor.figures().found, 0);
});

test('a lane that cannot be read is read again, and nothing of it is forgotten', async () => {
  const { simulation, appId } = await simulate({ policy: { delaysMs: [1_000, 1_000] } });
  await create(simulation, appId, 'one');
  await accept(simulation, appId);
  simulation.writeFault = 'ledger_unavailable';
  simulation.readFault = 'ledger_unavailable';
  await simulation.clock.advance(20_000);
  assert.deepEqual(sentTo(simulation, 'one'), []);
  simulation.writeFault = null;
  simulation.readFault = null;
  await simulation.clock.until(() => sentTo(simulation, 'one').length === 1, 5_000);
});

test('a lane whose due deliveries cannot be claimed is looked at now and then, not all the time', async () => {
  let claims = 0;
  const { simulation, appId } = await simulate({
    policy: { delaysMs: [1_000] },
    wrapLedger: (ledger) => ({
      ...ledger,
      // As with a delivery whose message is gone: due, and nothing to send.
      claim: async ({ now }) => {
        claims += 1;
        return { claims: [], nextDueAt: now - 1, nextRetryAt: Infinity, setAside: 0 };
      },
    }),
  });
  await create(simulation, appId, 'one');
  await accept(simulation, appId);
  await simulation.clock.advance(61_000);
  assert.ok(claims >= 10 && claims <= 70, `${claims} reads in a minute`);
});

test('a message for which nothing could be reserved leaves no lane behind when it is not stored', async () => {
  const { simulation, appId } = await simulate({ settings: { maxInFlightBytes: 10 } });
  await create(simulation, appId, 'one');
  simulation.writeFault = 'ledger_full';
  await assert.rejects(accept(simulation, appId, `{"text":"${'x'.repeat(100)}"}`), {
    code: 'ledger_full',
  });
  assert.equal(simulation.life.engine.figures().lanes, 0);
});

test('an endpoint whose secret cannot be opened holds up no message for the others', async () => {
  const { simulation, appId } = await simulate();
  await create(simulation, appId, 'first');
  const broken = [{ sealed: 'v1.00000000.AAAA', expiresAt: null }];
  await create(simulation, appId, 'broken', { secrets: broken });
  const message = await accept(simulation, appId);
  await simulation.clock.advance(1_000);
  assert.equal(sentTo(simulation, 'first').length, 1);
  const states = (await simulation.store.deliveriesOf(message.id)).map(({ state }) => state);
  assert.deepEqual(states, ['delivered', 'scheduled']);
  assert.equal(simulation.life.engine.figures().held, 0);
  assert.match(simulation.mistakes.join(), /a lane could not be read .* encryption key/);
});

test('a drain lets what is under way end, gives back what waits, and leaves no timer', async () => {
  const { simulation, appId } = await simulate({ settings: { laneConcurrency: 2 } });
  await create(simulation, appId, 'slow');
  await create(simulation, appId, 'failing');
  receiver(simulation, 'slow').latencyMs = 1_500;
  receiver(simulation, 'failing').latencyMs = 1_000;
  receiver(simulation, 'failing').behaviour = { kind: 'answer', status: 500 };
  const messages = await acceptMany(simulation, appId, 10);
  const life = await simulation.stop();
  assert.deepEqual({ ...life.engine.figures(), lanes: 0 }, noneHeld);
  await simulation.clock.advance(100);
  assert.equal(life.timers(), 0);
  const deliveries = await Promise.all(messages.map(({ id }) => simulation.store.deliveriesOf(id)));
  const states = Map.groupBy(deliveries.flat(), ({ state }) => state);
  assert.equal(states.get('in_flight'), undefined);
  assert.equal(states.get('delivered')?.length, 2, 'what was under way has its outcome');
  assert.equal(states.get('scheduled')?.length, 18);
  await simulation.start();
  receiver(simulation, 'failing').behaviour = { kind: 'answer', status: 200 };
  await quiet(simulation);
  assert.equal(sentTo(simulation, 'slow').length, 10);
  assert.equal(sentTo(simulation, 'failing').length, 12);
});

const noneHeld = { sending: 0, held: 0, heldBytes: 0, lanes: 0 };

test('after an abort the outcome is unknown: the attempt is on record and made again in the next life', async () => {
  const { simulation, appId } = await simulate();
  await create(simulation, appId, 'one');
  receiver(simulation, 'one').behaviour = { kind: 'hang' };
  const message = await accept(simulation, appId);
  simulation.life.transport.abort();
  await simulation.stop();
  receiver(simulation, 'one').behaviour = { kind: 'answer', status: 200 };
  await simulation.start();
  await quiet(simulation);
  const attempts = await simulation.store.attemptsOf(message.id);
  assert.deepEqual(
    attempts.map(({ nth, outcome }) => [nth, outcome]),
    [
      [2, 'delivered'],
      [1, 'interrupted'],
    ],
  );
});

test('what throws inside an attempt is an outcome of its own, and the delivery goes on', async () => {
  const { simulation, appId } = await simulate();
  await create(simulation, appId, 'one');
  const { transport } = simulation.life;
  const send = transport.send.bind(transport);
  let calls = 0;
  transport.send = (request) => {
    calls += 1;
    if (calls === 1) throw fault('internal');
    return send(request);
  };
  const message = await accept(simulation, appId);
  await quiet(simulation);
  const attempts = await simulation.store.attemptsOf(message.id);
  assert.deepEqual(
    attempts.map(({ outcome }) => outcome),
    ['delivered', 'internal_error'],
  );
  assert.equal(simulation.mistakes.splice(0).length, 1, 'it was logged');
});

test('counts how old the oldest due delivery of a lane was, and says how loaded lanes are', async () => {
  const settings = { laneConcurrency: 2, adaptiveConcurrency: 'off', reconcileMs: 2000 } as const;
  const { simulation, appId } = await simulate({ settings });
  const slow = await create(simulation, appId, 'slow');
  await create(simulation, appId, 'fast');
  receiver(simulation, 'slow').latencyMs = 1_000;
  const startedAt = simulation.clock.now();
  await acceptMany(simulation, appId, 200);
  await simulation.clock.until(() => simulation.clock.now() >= startedAt + 45_000);
  const { engine } = simulation.life;
  const [due] = engine.dueLanes().lanes;
  assert.equal(due?.endpointId, slow.id);
  const [load] = engine.loadedLanes(1);
  assert.deepEqual(load, { endpointId: slow.id, sending: 2, places: 2, answerMs: 1_000 });
  await quiet(simulation);
  await simulation.clock.until(() => simulation.clock.now() >= startedAt + 240_000);
  assert.deepEqual(engine.dueLanes().lanes, []);
  assert.deepEqual(engine.loadedLanes(10), []);
  const query = { unit: 'minute', of: 'lanes', fromAt: 0, beforeAt: startedAt * 2 } as const;
  const { rows } = await simulation.store.sli({ ...query, groupBy: ['app', 'endpoint'] });
  const ofSlow = rows.filter(({ endpointId }) => endpointId === slow.id);
  const looks = ofSlow.flatMap(({ ages }) => ages).reduce((sum, count) => sum + count, 0);
  // A hundred rounds of two take 100 s; in the last two nothing waits in the ledger.
  assert.ok(looks >= 35 && looks <= 50, String(looks));
  assert.ok(ofSlow.every((row) => row.appId === appId));
  const older = ofSlow.reduce((sum, { ages }) => sum + (ages[5] ?? 0), 0);
  assert.ok(older >= 8 && older <= 20, `${older} looks at more than a minute`);
});
