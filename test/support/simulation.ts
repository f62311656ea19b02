import {
  createIdSource,
  createIdText,
  createSealer,
  HoldfastError,
  seededRandom,
  type Clock,
  type ErrorCode,
  type IdSource,
  type IdText,
  type Log,
  type Random,
  type Sealer,
  type Settings,
} from '../../src/core/index.ts';
import {
  createConfiguration,
  sealSecrets,
  type Configuration,
  type Endpoint,
} from '../../src/change/index.ts';
import {
  createActRunner,
  createTimings,
  Engine,
  Tally,
  type ActRunner,
} from '../../src/delivery/index.ts';
import {
  ContractGate,
  createIntake,
  type Intake,
  type MessageDraft,
} from '../../src/intake/index.ts';
import {
  createAuditor,
  createSliKeeper,
  openMemoryLedger,
  type Auditor,
  type Ledger,
  type SliKeeper,
} from '../../src/ledger/index.ts';
import type { RetryPolicy } from '../../src/retry/index.ts';
import { generateSecret } from '../../src/signature/index.ts';
import { SimulationClock } from './simulation-clock.ts';
import { ledgerOfLife } from './simulation-ledger.ts';
import { SimulationNetwork, type TransportOfLife } from './simulation-network.ts';
import { somebody } from './somebody.ts';

export type SimulationSettings = Pick<
  Settings,
  | 'payloadRetentionDays'
  | 'payloadLimitBytes'
  | 'maxInFlight'
  | 'maxInFlightBytes'
  | 'laneConcurrency'
  | 'adaptiveConcurrency'
  | 'breakerFailures'
  | 'breakerFailurePercent'
  | 'breakerOpenMs'
  | 'breakerLongestOpenMs'
  | 'retryBudgetPercent'
  | 'retryBudgetPerSecond'
  | 'longestHoldMs'
  | 'disableAfterMs'
  | 'attemptTimeoutMs'
  | 'leaseMs'
  | 'reconcileMs'
  | 'auditMs'
  | 'deliveryDeadlineMs'
  | 'intakeQueueMessages'
  | 'intakeQueueBytes'
>;

const calmSettings: SimulationSettings = {
  payloadRetentionDays: 90,
  payloadLimitBytes: 1_048_576,
  maxInFlight: 256,
  maxInFlightBytes: 1_000_000,
  laneConcurrency: 32,
  adaptiveConcurrency: 'on',
  breakerFailures: 0,
  breakerFailurePercent: 0,
  breakerOpenMs: 1_000,
  breakerLongestOpenMs: 8_000,
  retryBudgetPercent: 10,
  retryBudgetPerSecond: 10_000,
  longestHoldMs: 20_000,
  disableAfterMs: 0,
  attemptTimeoutMs: 2_000,
  leaseMs: 5_000,
  reconcileMs: 2_000,
  auditMs: 5_000,
  deliveryDeadlineMs: 6_000,
  intakeQueueMessages: 10_000,
  intakeQueueBytes: 1_000_000,
};

const briefPolicy: RetryPolicy = {
  delaysMs: [0, 1_000, 4_000, 15_000],
  jitter: 0.2,
  maxAgeMs: 120_000,
  retryAfterMaxMs: 20_000,
};

export type SimulationOptions = {
  readonly seed: number;
  readonly settings?: Partial<SimulationSettings>;
  readonly policy?: Partial<RetryPolicy>;
  /** Puts something between the service and its ledger. */
  readonly wrapLedger?: (ledger: Ledger) => Ledger;
};

/** One life of the process: everything that a crash ends. */
export type Life = {
  readonly number: number;
  readonly ledger: Ledger;
  readonly configuration: Configuration;
  readonly engine: Engine;
  readonly intake: Intake;
  readonly acts: ActRunner;
  readonly auditor: Auditor;
  readonly sliKeeper: SliKeeper;
  readonly transport: TransportOfLife;
  readonly ids: IdSource;
  /** Timers that are set. */
  readonly timers: () => number;
};

/** The application that gets notices, where a test makes one. */
export const OPERATOR_UID = 'operator';

/** A moment in 2026: after the epoch of ids. */
const START_AT = Date.UTC(2026, 0, 5, 12);

/**
 * The service without process, sockets and files: the real engine, intake, configuration, acts and auditor on the
 * real statements, with time, chance, network and disk in the hands of the test. Everything follows from the seed.
 */
export class Simulation {
  readonly seed: number;
  readonly random: Random;
  readonly clock = new SimulationClock(START_AT);
  readonly network: SimulationNetwork;
  /** What outlives every life; tests look into it directly. */
  readonly store: Ledger;
  readonly idText: IdText;
  readonly sealer: Sealer;
  readonly settings: SimulationSettings;
  readonly policy: RetryPolicy;
  /** What the disk does to every write, and to every read. */
  writeFault: ErrorCode | null = null;
  readFault: ErrorCode | null = null;
  /** What the service logged as a mistake of its own. */
  readonly mistakes: string[] = [];
  readonly #wrapLedger: (ledger: Ledger) => Ledger;
  #life: { readonly parts: Life; readonly end: () => void } | null = null;
  #lives = 0;

  constructor({ seed, settings, policy, wrapLedger = (ledger) => ledger }: SimulationOptions) {
    this.seed = seed;
    this.random = seededRandom(seed);
    this.network = new SimulationNetwork(this.random);
    this.store = openMemoryLedger({ clock: this.clock, random: this.random });
    this.idText = createIdText(this.store.mark);
    this.sealer = createSealer([this.random.bytes(32)], this.random);
    this.settings = { ...calmSettings, ...settings };
    this.policy = { ...briefPolicy, ...policy };
    this.#wrapLedger = wrapLedger;
  }

  get life(): Life {
    if (this.#life === null) throw new Error('the simulated service does not run');
    return this.#life.parts;
  }

  get isRunning(): boolean {
    return this.#life !== null;
  }

  /** A new life on the same ledger. A start that meets a fault of the ledger is over, and thrown. */
  async start(): Promise<Life> {
    await this.clock.advance(1); // no two lives share a moment, so ids never meet
    this.#lives += 1;
    this.#life = this.#build(this.#lives);
    const { ledger, engine, acts, auditor, sliKeeper } = this.life;
    try {
      const deadlineMs = this.settings.deliveryDeadlineMs;
      await this.clock.complete(ledger.setDeliveryDeadline({ deadlineMs, now: this.clock.now() }));
      await this.clock.complete(engine.takeOver());
      await this.clock.complete(engine.start());
      await this.clock.complete(acts.start());
    } catch (thrown) {
      this.crash();
      throw thrown;
    }
    auditor.start();
    sliKeeper.start();
    return this.life;
  }

  /** kill -9: from here on the life does nothing, whatever it had begun. */
  crash(): void {
    this.#life?.end();
    this.#life = null;
  }

  /** Drains as the service does at SIGTERM. Gives the life that ended, to be looked at. */
  async stop(): Promise<Life> {
    const { life } = this;
    await this.clock.complete(life.auditor.stop());
    await this.clock.complete(life.sliKeeper.stop());
    await this.clock.complete(life.acts.stop());
    await this.clock.complete(life.engine.drain());
    this.#life = null;
    return life;
  }

  /** An application with nothing but a name, and a uid where it needs one. */
  async createApplication(name: string, uid: string | null = null): Promise<number> {
    const { configuration } = this.life;
    const given = {
      uid,
      name,
      metadata: {},
      throttleRate: null,
      policy: null,
      signatureHeaders: 'standard' as const,
    };
    return (await this.clock.complete(configuration.applications.create(given, somebody))).id;
  }

  /** Begins to create an endpoint at the receiver of that name, which is made where it is missing. */
  createEndpoint(appId: number, name: string, given: Partial<Endpoint> = {}): Promise<Endpoint> {
    const origin = `https://${name}.example`;
    if (!this.network.receivers.has(origin)) this.network.addReceiver(name);
    const secrets = { current: generateSecret(this.random), old: [] };
    const draft = {
      appId,
      uid: null,
      url: `${origin}/hook`,
      description: '',
      disabled: false,
      disabledReason: null,
      eventTypes: null,
      channels: null,
      metadata: {},
      throttleRate: null,
      applicationThrottleRate: null,
      policy: null,
      lane: null,
      pausedAt: null,
      pausedReason: null,
      alternateUrl: null,
      isAlternateInUse: false,
      handCircuit: null,
      payloadVersions: null,
      sealedHeaders: null,
      secrets: sealSecrets(secrets, this.sealer),
      ...given,
    };
    return this.life.configuration.endpoints.create(draft, somebody);
  }

  draft(appId: number, given: Partial<MessageDraft> = {}): MessageDraft {
    return {
      appId,
      eventType: 'invoice.paid',
      eventId: null,
      channels: null,
      tags: null,
      payload: '{"amount":4200}',
      retentionDays: 90,
      traceparent: null,
      idempotencyKey: null,
      value: { amount: 4200, currency: 'EUR', isOwn: false },
      ...given,
    };
  }

  /** What every route does that makes a delivery due again. */
  async replay(messageId: number, endpoint: Endpoint): Promise<boolean> {
    const { ledger, ids, engine } = this.life;
    const act = { id: ids.next(), kind: 'replay' as const, actor: 'test', reason: 'replayed' };
    const key = { messageId, endpointId: endpoint.id, appId: endpoint.appId };
    const result = await ledger.replay({ ...key, act, dueAt: this.clock.now() });
    if (result.kind === 'done') engine.wake(endpoint.id);
    return result.kind === 'done';
  }

  /** Nothing is open in the ledger and nothing is held in memory. */
  async isQuiet(): Promise<boolean> {
    if (this.life.engine.figures().held > 0) return false;
    const [lanes, acts] = await Promise.all([this.store.lanes({}), this.store.runningActs({})]);
    return lanes.length === 0 && acts.length === 0;
  }

  #build(number: number): { readonly parts: Life; readonly end: () => void } {
    const lifeClock = new LifeClock(this.clock);
    const { idText, sealer, policy, settings, random } = this;
    const clock: Clock = lifeClock;
    const log = this.#log();
    const ledger = this.#wrapLedger(
      ledgerOfLife({
        store: this.store,
        clock,
        random,
        writeFault: () => this.writeFault,
        readFault: () => this.readFault,
      }),
    );
    const ids = createIdSource(clock);
    const configuration = createConfiguration({
      ledger,
      ids,
      idText,
      clock,
      settings: { operationalApplication: OPERATOR_UID, payloadRetentionDays: 90 },
    });
    const transport = this.network.transportOfLife(number, clock, settings.attemptTimeoutMs);
    const timings = createTimings({ ledger, clock, ids, log });
    const tally = new Tally(timings, 10);
    const engine = new Engine({
      tally,
      ledger,
      configuration,
      transport,
      clock,
      random,
      ids,
      idText,
      sealer,
      policy,
      log,
      settings,
    });
    const intake = createIntake({
      ledger,
      configuration,
      ids,
      admission: engine.admission,
      contracts: new ContractGate(this.clock),
      settings,
    });
    const acts = createActRunner({ ledger, clock, log }, () => engine.reconcile());
    const auditor = createAuditor({ ledger, clock, ids, log, auditMs: settings.auditMs });
    const sliKeeper = createSliKeeper({ ledger, clock, log, sliMinutesDays: 14 });
    const works = { engine, intake, acts, auditor, sliKeeper };
    const running = { ledger, configuration, ...works, transport, ids };
    const parts: Life = { number, ...running, timers: () => lifeClock.timers };
    return { parts, end: () => lifeClock.end() };
  }

  /** Faults of the ledger are expected here; anything else that is logged as an error is our mistake. */
  #log(): Log {
    return {
      debug() {},
      info() {},
      warn() {},
      error: (fields, sentence) => {
        const thrown = 'err' in fields ? fields.err : undefined;
        if (thrown instanceof HoldfastError && thrown.code.startsWith('ledger_')) return;
        const cause = thrown instanceof Error ? (thrown.stack ?? thrown.message) : '';
        this.mistakes.push(`${sentence} ${cause} ${JSON.stringify(fields)}`);
      },
    };
  }
}

/** The world's clock as one life sees it: when the life ends, so do its timers. */
class LifeClock implements Clock {
  readonly #clock: SimulationClock;
  readonly #cancels = new Set<() => void>();
  #isOver = false;

  constructor(clock: SimulationClock) {
    this.#clock = clock;
  }

  get timers(): number {
    return this.#cancels.size;
  }

  now(): number {
    return this.#clock.now();
  }

  after(delayMs: number, run: () => void): () => void {
    if (this.#isOver) return () => {};
    const disarm = this.#clock.after(delayMs, () => {
      this.#cancels.delete(cancel);
      run();
    });
    const cancel = (): void => {
      this.#cancels.delete(cancel);
      disarm();
    };
    this.#cancels.add(cancel);
    return cancel;
  }

  end(): void {
    this.#isOver = true;
    for (const cancel of this.#cancels) cancel();
  }
}
