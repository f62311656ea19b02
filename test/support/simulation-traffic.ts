import { HoldfastError } from '../../src/core/index.ts';
import type { Endpoint } from '../../src/change/index.ts';
import { LEASE_GRACE_MS, type Message } from '../../src/ledger/index.ts';
import type { Behaviour } from './simulation-network.ts';
import { OPERATOR_UID, type Simulation } from './simulation.ts';
import { somebody } from './somebody.ts';

/** A message that was acknowledged, and who had to get it by the test's own reckoning. */
export type Acknowledged = {
  readonly message: Message;
  /** Endpoints that were there and asked for it when it was sent. */
  readonly owedTo: readonly number[];
};

/** A message and an endpoint, as `message/endpoint`. */
export type Key = string;

export function keyOf(messageId: number, endpointId: number): Key {
  return `${messageId}/${endpointId}`;
}

/** An endpoint was written by somebody: enabled, disabled or gone from a moment on. */
export type Switch = {
  readonly endpointId: number;
  readonly isEnabled: boolean;
  readonly askedAt: number;
  /** null: nobody heard of it, so it may be stored or not. */
  doneAt: number | null;
};

/** What was done to the simulated service, as far as the proof must know it. */
export type History = {
  readonly acknowledged: Acknowledged[];
  /** Every endpoint there ever was. */
  readonly endpoints: Map<number, Endpoint>;
  readonly switches: Switch[];
  readonly crashes: { readonly at: number; readonly inFlight: ReadonlySet<Key> }[];
  readonly replays: { readonly at: number; readonly key: Key }[];
  readonly redrives: { readonly at: number; readonly appId: number }[];
  /** The application that gets notices; null where there is none. */
  operatorId: number | null;
  /** What was broken while it ran. */
  readonly violations: string[];
  /** What happened, a line each, for whoever must understand a failing seed. */
  readonly trace: string[];
};

const EVENT_TYPES = ['invoice.paid', 'invoice.failed', 'customer.created'] as const;
const CHANNELS = ['north', 'south'] as const;
const LONGEST_PAYLOAD = 211;
const BREAKS = [
  'timeout',
  'dns_failure',
  'connect_failure',
  'tls_failure',
  'connection_reset',
  'address_refused',
  'invalid_response',
  'internal_error',
] as const;

/** Random senders, receivers, people and disasters around one simulated service. */
export class Traffic {
  readonly simulation: Simulation;
  readonly history: History = {
    acknowledged: [],
    endpoints: new Map(),
    switches: [],
    crashes: [],
    replays: [],
    redrives: [],
    operatorId: null,
    violations: [],
    trace: [],
  };
  readonly #startedAt: number;
  readonly #applications: number[] = [];
  #pending = new Set<Promise<void>>();
  #faultEndsAt = 0;
  #eventIds = 0;
  readonly #removed = new Set<number>();

  constructor(simulation: Simulation) {
    this.simulation = simulation;
    this.#startedAt = simulation.clock.now();
    simulation.network.onSend = (send) => {
      this.#trace(`life ${send.life} sends ${send.messageId} to ${send.origin}`);
      void this.#assertStarted(send.messageId, send.origin);
    };
  }

  async run(actions: number): Promise<void> {
    const { simulation } = this;
    await simulation.start();
    for (let count = this.#upTo(2) + 1; count > 0; count -= 1) {
      this.#applications.push(await simulation.createApplication(`application ${count}`));
    }
    for (let count = this.#upTo(4) + 1; count > 0; count -= 1) this.#createEndpoint();
    if (this.#chance(0.5)) await this.#hireOperator();
    await this.#pass(50);
    for (let left = actions; left > 0; left -= 1) {
      await this.#pass(this.#chance(0.3) ? this.#upTo(20) : this.#upTo(2_500));
      await this.#act();
    }
  }

  /** Somebody who is told of trouble by the same means as everybody else. */
  async #hireOperator(): Promise<void> {
    const { simulation, history } = this;
    const id = await simulation.createApplication('Operator', OPERATOR_UID);
    const endpoint = await simulation.clock.complete(simulation.createEndpoint(id, 'operator'));
    history.operatorId = id;
    history.endpoints.set(endpoint.id, endpoint);
  }

  /** The disk is well, every receiver answers, and the service runs until nothing is open. */
  async heal(): Promise<void> {
    const { simulation } = this;
    this.#faultEndsAt = simulation.clock.now();
    simulation.writeFault = null;
    simulation.readFault = null;
    for (const receiver of simulation.network.receivers.values()) {
      receiver.behaviour = { kind: 'answer', status: 200 };
      receiver.latencyMs = 5;
    }
    this.#trace('everything heals');
    if (!simulation.isRunning) await simulation.start();
    const patienceMs = 2 * simulation.policy.maxAgeMs + 120_000;
    try {
      for (let waitedMs = 0; !(await this.#isQuiet()); waitedMs += 1000) {
        if (waitedMs > patienceMs) throw new Error(`still busy ${patienceMs} ms after all healed`);
        await this.#pass(1000);
      }
    } catch (thrown) {
      this.#violated(String(thrown));
    }
  }

  async stop(): Promise<void> {
    await this.#stop();
  }

  async #isQuiet(): Promise<boolean> {
    return this.#pending.size === 0 && (await this.simulation.isQuiet());
  }

  async #act(): Promise<void> {
    const { simulation } = this;
    if (!simulation.isRunning) {
      // A supervisor that tries again while the disk is full, but not all the time.
      return this.#chance(simulation.writeFault === null ? 1 : 0.1) ? this.#start() : undefined;
    }
    const [action] = this.#weighted<() => void | Promise<void>>([
      [40, () => this.#send()],
      [18, () => this.#changeBehaviour()],
      [8, () => this.#updateEndpoint((endpoint) => ({ disabled: !endpoint.disabled }))],
      [4, () => this.#updateEndpoint(() => ({ description: `change ${this.#upTo(1000)}` }))],
      [2, () => this.#createEndpoint()],
      [2, () => this.#removeEndpoint()],
      [6, () => this.#replay()],
      [3, () => this.#redrive()],
      [5, () => this.#cancel()],
      [4, () => this.#breakDisk()],
      [5, () => this.#crash()],
      [2, () => this.#stop()],
    ]);
    return action();
  }

  #send(): void {
    const { simulation, history } = this;
    for (let count = this.#chance(0.2) ? this.#upTo(8) + 1 : 1; count > 0; count -= 1) {
      const appId = this.#pick(this.#applications);
      const isRepeatable = this.#chance(0.15);
      if (isRepeatable && this.#chance(0.6)) this.#eventIds += 1;
      const draft = simulation.draft(appId, {
        eventType: isRepeatable ? EVENT_TYPES[0] : this.#pick(EVENT_TYPES),
        channels: isRepeatable || this.#chance(0.5) ? null : [this.#pick(CHANNELS)],
        eventId: isRepeatable ? `event-${this.#eventIds}` : null,
        payload: `{"text":"${'x'.repeat(isRepeatable ? 10 : this.#upTo(LONGEST_PAYLOAD - 11))}"}`,
      });
      const owedTo = [...history.endpoints.values()].filter(
        (endpoint) =>
          endpoint.appId === appId &&
          !this.#removed.has(endpoint.id) &&
          (endpoint.eventTypes?.includes(draft.eventType) ?? true) &&
          (endpoint.channels?.some((channel) => draft.channels?.includes(channel)) ?? true),
      );
      const work = simulation.life.intake.accept(draft).then((message) => {
        this.#trace(`acknowledged ${simulation.idText.format('message', message.id)}`);
        history.acknowledged.push({
          message,
          // A repetition is answered with the first message, which later endpoints were not promised.
          owedTo: isRepeatable ? [] : owedTo.map(({ id }) => id),
        });
      });
      this.#own('accept', work);
    }
  }

  #createEndpoint(): void {
    const appId = this.#pick(this.#applications);
    const name = `receiver-${this.simulation.network.receivers.size}`;
    const filter = {
      eventTypes: this.#chance(0.3) ? [this.#pick(EVENT_TYPES)] : null,
      channels: this.#chance(0.2) ? [this.#pick(CHANNELS)] : null,
    };
    const work = this.simulation.createEndpoint(appId, name, filter).then((endpoint) => {
      this.#trace(`created ${name} as ${endpoint.id}`);
      this.history.endpoints.set(endpoint.id, endpoint);
    });
    this.#own('create endpoint', work);
  }

  /** By what the ledger holds, as the service itself disables endpoints too. */
  #updateEndpoint(change: (endpoint: Endpoint) => Partial<Endpoint>): void {
    const { configuration } = this.simulation.life;
    const id = this.#pick([...this.history.endpoints.keys(), 0]);
    const update = async (): Promise<void> => {
      const endpoint = await configuration.endpoints.byId(id);
      if (endpoint === null) return;
      const changed = { ...endpoint, ...change(endpoint) };
      this.#trace(`updates ${changed.url}: ${changed.disabled} ${changed.description}`);
      await this.#switching(id, !changed.disabled, () =>
        configuration.endpoints.update(endpoint, () => changed, somebody),
      );
    };
    this.#own('update endpoint', update());
  }

  #removeEndpoint(): void {
    const { configuration } = this.simulation.life;
    const id = this.#pick([...this.history.endpoints.keys(), 0]);
    // The operator stays, so that there is always somebody to be told.
    if (this.history.endpoints.get(id)?.appId === this.history.operatorId) return;
    this.#removed.add(id);
    this.#trace(`removes endpoint ${id}`);
    const work = this.#switching(id, false, () => configuration.endpoints.remove(id, somebody));
    this.#own('remove endpoint', work);
  }

  async #switching(
    endpointId: number,
    isEnabled: boolean,
    write: () => Promise<unknown>,
  ): Promise<void> {
    const { clock } = this.simulation;
    const written: Switch = { endpointId, isEnabled, askedAt: clock.now(), doneAt: null };
    this.history.switches.push(written);
    await write();
    written.doneAt = clock.now();
    this.#trace(`endpoint ${endpointId} is ${isEnabled ? 'enabled' : 'disabled or gone'}`);
  }

  #changeBehaviour(): void {
    const receiver = this.#pick([...this.simulation.network.receivers.values()]);
    const { attemptTimeoutMs } = this.simulation.settings;
    const [behaviour] = this.#weighted<Behaviour>([
      [30, { kind: 'answer', status: 200 }],
      [10, { kind: 'answer', status: this.#pick([301, 400, 404, 500, 503]) }],
      [8, { kind: 'answer', status: 429, retryAfter: String(this.#upTo(12)) }],
      [3, { kind: 'answer', status: 410 }],
      [10, { kind: 'fail', outcome: this.#pick(BREAKS) }],
      [15, { kind: 'flap' }],
      [10, { kind: 'hang' }],
    ]);
    receiver.behaviour = behaviour;
    receiver.latencyMs = this.#chance(0.3) ? this.#upTo(attemptTimeoutMs) : this.#upTo(50);
    this.#trace(`${receiver.origin} from now: ${JSON.stringify(behaviour)} ${receiver.latencyMs}`);
  }

  #replay(): void {
    const acknowledged = this.#pick([...this.history.acknowledged, undefined]);
    const endpoint = this.#pick([...this.history.endpoints.values(), undefined]);
    if (acknowledged === undefined || endpoint === undefined) return;
    const { message } = acknowledged;
    if (message.appId !== endpoint.appId) return;
    // From here on, as the ledger may hold it although nobody hears of it.
    this.history.replays.push({
      at: this.simulation.clock.now(),
      key: keyOf(message.id, endpoint.id),
    });
    this.#trace(`replays ${keyOf(message.id, endpoint.id)}`);
    this.#own(
      'replay',
      this.simulation.replay(message.id, endpoint).then(() => {}),
    );
  }

  #redrive(): void {
    const { clock, life } = this.simulation;
    const appId = this.#pick(this.#applications);
    const id = life.ids.next();
    this.history.redrives.push({ at: clock.now(), appId });
    this.#trace(`redrives application ${appId}`);
    const act = { id, kind: 'redrive' as const, appId, actor: 'test', reason: 'redriven' };
    const filter = { states: ['dead' as const] };
    const perSecond = this.#upTo(20) + 1;
    const work = life.ledger
      .startAct({ ...act, filter, perSecond, dueFrom: clock.now() })
      .then(() => life.acts.run(id));
    this.#own('redrive', work);
  }

  #cancel(): void {
    const acknowledged = this.#pick([...this.history.acknowledged, undefined]);
    if (acknowledged === undefined) return;
    const { id: messageId, appId, matched } = acknowledged.message;
    const endpointId = this.#pick([...matched, 0]);
    const { ids, ledger } = this.simulation.life;
    const act = { id: ids.next(), kind: 'cancel' as const, actor: 'test', reason: 'not needed' };
    this.#trace(`cancels ${keyOf(messageId, endpointId)}`);
    this.#own(
      'cancel',
      ledger.cancel({ messageId, endpointId, appId, act }).then(() => {}),
    );
  }

  /** Long enough, now and then, for leases to end meanwhile, but not for the audit to miss them. */
  #breakDisk(): void {
    const { simulation } = this;
    if (simulation.clock.now() < this.#faultEndsAt + LEASE_GRACE_MS) return;
    const isFull = this.#chance(0.5);
    simulation.writeFault = isFull ? 'ledger_full' : 'ledger_unavailable';
    simulation.readFault = isFull ? null : 'ledger_unavailable';
    const forMs = this.#upTo(this.#chance(0.4) ? LEASE_GRACE_MS - 5_000 : 3_000);
    this.#faultEndsAt = simulation.clock.now() + forMs;
    this.#trace(`the ledger answers ${simulation.writeFault} for ${forMs} ms`);
  }

  async #crash(): Promise<void> {
    const { simulation, history } = this;
    this.#checkLife();
    simulation.crash();
    this.#pending = new Set();
    const inFlight = await this.#inFlight();
    history.crashes.push({ at: simulation.clock.now(), inFlight });
    this.#trace(`crashes with ${[...inFlight].join(', ')} in flight`);
    if (this.#chance(0.7)) await this.#start();
  }

  async #start(): Promise<void> {
    const { simulation } = this;
    try {
      const life = await simulation.start();
      this.#trace(`life ${life.number} starts`);
      await this.#learnEndpoints();
    } catch (thrown) {
      this.#trace(`a start failed: ${String(thrown)}`);
      if (!(thrown instanceof HoldfastError)) this.#violated(`a start threw ${String(thrown)}`);
    }
  }

  /** An endpoint that was stored just before a crash is there although nobody heard of it. */
  async #learnEndpoints(): Promise<void> {
    const { endpoints } = this.history;
    const all = { kind: 'endpoint' as const, limit: 1000, descending: false };
    for (const appId of this.#allApplications()) {
      for (const { id, doc } of await this.simulation.store.resources({ ...all, appId })) {
        if (!endpoints.has(id)) endpoints.set(id, JSON.parse(doc) as Endpoint);
      }
    }
  }

  async #stop(): Promise<void> {
    const { simulation } = this;
    this.#faultEndsAt = Math.min(this.#faultEndsAt, simulation.clock.now());
    simulation.writeFault = null;
    simulation.readFault = null;
    this.#trace('stops');
    await simulation.clock.complete(Promise.all(this.#pending));
    this.#checkLife();
    const life = await simulation.stop();
    await this.#pass(100); // a look of the auditor that was under way ends
    if (life.timers() > 0) this.#violated(`${life.timers()} timers left after the drain`);
    const { held, heldBytes, sending } = life.engine.figures();
    if (held !== 0 || heldBytes !== 0 || sending !== 0 || life.transport.underWay() > 0) {
      this.#violated(`the drain left ${JSON.stringify(life.engine.figures())}`);
    }
    const inFlight = await this.#inFlight();
    if (inFlight.size > 0) {
      this.#violated(`the drain left in flight: ${[...inFlight].join(', ')}`);
    }
    this.#trace('stopped');
  }

  /** What must hold of every life, looked at when it ends. */
  #checkLife(): void {
    const { life, settings } = this.simulation;
    const { most } = life.transport;
    if (most.all > settings.maxInFlight) this.#violated(`${most.all} requests under way at once`);
    if (most.toOne > settings.laneConcurrency) {
      this.#violated(`${most.toOne} requests to one endpoint at once`);
    }
    const { found } = life.auditor.figures();
    if (found > 0) this.#violated(`the audit of life ${life.number} found ${found} unaccounted`);
    this.history.violations.push(...this.simulation.mistakes.splice(0));
  }

  #allApplications(): readonly number[] {
    const { operatorId } = this.history;
    return operatorId === null ? this.#applications : [...this.#applications, operatorId];
  }

  async #inFlight(): Promise<ReadonlySet<Key>> {
    const { store } = this.simulation;
    const inFlight = new Set<Key>();
    for (const appId of this.#allApplications()) {
      for (const { id } of await store.messages({ appId, limit: 10_000, descending: false })) {
        for (const delivery of await store.deliveriesOf(id)) {
          if (delivery.state === 'in_flight') inFlight.add(keyOf(id, delivery.endpointId));
        }
      }
    }
    return inFlight;
  }

  /** An attempt is on record as started before its bytes leave. */
  async #assertStarted(messageText: string, origin: string): Promise<void> {
    const { store, idText } = this.simulation;
    const messageId = idText.parse('message', messageText) ?? 0;
    const deliveries = await store.deliveriesOf(messageId);
    const isStarted = deliveries.some(
      ({ endpointId, state, attempts, attemptId }) =>
        this.history.endpoints.get(endpointId)?.url.startsWith(origin) === true &&
        state === 'in_flight' &&
        attempts > 0 &&
        attemptId !== null,
    );
    if (!isStarted) this.#violated(`${messageText} left for ${origin} without a record`);
  }

  async #pass(ms: number): Promise<void> {
    const { simulation } = this;
    const faultMs = this.#faultEndsAt - simulation.clock.now();
    if (simulation.writeFault !== null && faultMs <= ms) {
      await simulation.clock.advance(Math.max(0, faultMs));
      simulation.writeFault = null;
      simulation.readFault = null;
      this.#trace('the ledger works again');
      await simulation.clock.advance(ms - Math.max(0, faultMs));
    } else await simulation.clock.advance(ms);
    if (simulation.isRunning) this.#checkBounds();
  }

  #checkBounds(): void {
    const { life, settings } = this.simulation;
    const { held, heldBytes, sending } = life.engine.figures();
    if (held > 2 * settings.maxInFlight) this.#violated(`${held} deliveries held`);
    if (sending > held) this.#violated(`${sending} sending, but ${held} held`);
    // A window holds one delivery whatever its size, or a large payload would wait forever.
    const mostBytes = settings.maxInFlightBytes + this.history.endpoints.size * LONGEST_PAYLOAD;
    if (heldBytes > mostBytes || heldBytes < 0) this.#violated(`${heldBytes} bytes held`);
    if (life.intake.figures().waiting > settings.intakeQueueMessages) {
      this.#violated(`${life.intake.figures().waiting} messages wait in the intake`);
    }
  }

  #own(what: string, work: Promise<void>): void {
    const owned = work.then(
      () => {},
      (thrown: unknown) => {
        this.#trace(`${what} failed: ${String(thrown)}`);
        if (!(thrown instanceof HoldfastError)) this.#violated(`${what} threw ${String(thrown)}`);
      },
    );
    this.#pending.add(owned);
    void owned.then(() => this.#pending.delete(owned));
  }

  #violated(sentence: string): void {
    this.#trace(`VIOLATION ${sentence}`);
    this.history.violations.push(sentence);
  }

  #trace(sentence: string): void {
    const at = this.simulation.clock.now() - this.#startedAt;
    this.history.trace.push(`${String(at).padStart(8)} ${sentence}`);
  }

  #chance(share: number): boolean {
    return this.simulation.random.next() < share;
  }

  #upTo(most: number): number {
    return Math.floor(this.simulation.random.next() * most);
  }

  #pick<Item>(items: readonly Item[]): Item {
    const [item] = items.slice(this.#upTo(items.length));
    return item as Item; // the list is not empty
  }

  #weighted<Item>(items: readonly (readonly [weight: number, item: Item])[]): readonly [Item] {
    const sum = items.reduce((all, [weight]) => all + weight, 0);
    let rest = this.simulation.random.next() * sum;
    for (const [weight, item] of items) {
      rest -= weight;
      if (rest < 0) return [item];
    }
    throw new Error('weights do not add up');
  }
}
