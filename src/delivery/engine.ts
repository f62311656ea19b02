import type { Clock, IdSource, IdText, Log, Random, Sealer, Settings } from '../core/index.ts';
import {
  createPolicyResolver,
  type Configuration,
  type Endpoint,
  type LaneSettings,
  type PolicyBase,
  type PolicyInForce,
} from '../change/index.ts';
import type { Admission } from '../intake/index.ts';
import type { Claim, Ledger, Settlement } from '../ledger/index.ts';
import type { RetryPolicy } from '../retry/index.ts';
import { makeAttempt, type AttemptEnd } from './attempt.ts';
import { AutoDisable } from './auto-disable.ts';
import type { BreakerState } from './breaker.ts';
import { DueQueue } from './due-queue.ts';
import { LaneAdmission } from './lane-admission.ts';
import { laneFigures, type LaneFigures } from './lane-figures.ts';
import { laneLoads, type LaneLoad } from './lane-loads.ts';
import { memoryAfter } from './lane-memory.ts';
import { LaneReader } from './lane-reader.ts';
import { LaneTable } from './lane-table.ts';
import { LaneWriter } from './lane-writer.ts';
import type { Lane, Start } from './lane.ts';
import { outcomeOfEndpoint } from './outcome-meaning.ts';
import { OwnedWork } from './owned-work.ts';
import { PayloadVersions } from './payload-versions.ts';
import { Places } from './places.ts';
import { Reconciliation, type DueLanes, type LaneLag } from './reconciliation.ts';
import { Scheduler } from './scheduler.ts';
import type { Tally } from './tally.ts';
import type { Target } from './target.ts';
import type { Transport } from './transport.ts';
import { TypeResumer } from './type-resumer.ts';

export type EngineSettings = LaneSettings &
  Pick<
    Settings,
    | 'maxInFlight'
    | 'maxInFlightBytes'
    | 'attemptTimeoutMs'
    | 'leaseMs'
    | 'reconcileMs'
    | 'payloadRetentionDays'
    | 'payloadLimitBytes'
  >;

export type EngineParts = {
  readonly ledger: Ledger;
  readonly configuration: Configuration;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: IdSource;
  readonly idText: IdText;
  readonly sealer: Sealer;
  /** The service's own, for endpoints whose policies do not say. */
  readonly policy: RetryPolicy;
  readonly tally: Tally;
  readonly log: Log;
  readonly settings: EngineSettings;
};

export type EngineFigures = {
  /** Attempts whose bytes are under way. */
  readonly sending: number;
  /** Deliveries under a lease of this process. */
  readonly held: number;
  /** Their payloads. */
  readonly heldBytes: number;
  /** Lanes that hold something, or know of something stored. */
  readonly lanes: number;
};

/** An attempt's end, once the ledger has it. */
export type Outcome = { readonly claim: Claim; readonly settlement: Settlement };

/** A lane that rests for longer gives back what waits: it would keep its place in memory, and its lease, for nothing. */
const LONGEST_WAIT_MS = 1000;

/**
 * Delivers: lanes are read from the ledger in windows (lane-reader.ts), take turns (scheduler.ts), share places
 * (places.ts), and what became of an attempt is written (lane-writer.ts). What memory forgets the next reconciliation
 * finds (reconciliation.ts), since the ledger alone says what is due.
 */
export class Engine {
  readonly #parts: EngineParts;
  /** What is in force for an endpoint, its policies and its own wishes together. */
  readonly policyOf: (endpoint: Endpoint) => PolicyInForce;
  readonly policyBase: PolicyBase;
  /** To be told of event types. */
  readonly payloadVersions: PayloadVersions;
  readonly #lanes: LaneTable;
  readonly #autoDisable: AutoDisable;
  readonly #places: Places;
  readonly #scheduler: Scheduler;
  readonly #reader: LaneReader;
  readonly #due: DueQueue;
  readonly #resumer: TypeResumer;
  readonly #admission: LaneAdmission;
  readonly #writer: LaneWriter;
  readonly #reconciliation: Reconciliation;
  readonly #owned: OwnedWork;
  readonly #listeners = new Set<(outcome: Outcome) => void>();
  #isDraining = false;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    const { configuration, policy: retry, settings } = parts;
    const wake = (endpointId: number): void => this.wake(endpointId);
    const own = (work: Promise<void>): void => this.#owned.own(work);
    this.#owned = new OwnedWork(parts.log);
    this.policyBase = { retry, settings };
    this.policyOf = createPolicyResolver(this.policyBase, configuration.policies);
    this.#due = new DueQueue(parts.clock, wake);
    this.#places = new Places(parts.settings);
    this.payloadVersions = new PayloadVersions(settings.payloadLimitBytes);
    this.#writer = new LaneWriter({ ...parts, wake });
    this.#lanes = new LaneTable({
      ...parts,
      payloadVersions: this.payloadVersions,
      policyOf: this.policyOf,
      pauses: configuration.pauses,
      canaryOf: (endpointId) => parts.configuration.canaries.activeOf(endpointId),
      store: (lane, memory) => own(this.#writer.remember(lane, memory)),
    });
    this.#autoDisable = new AutoDisable({
      ...parts,
      disabled: (endpointId) => {
        this.#lanes.remember(endpointId, null);
        this.wake(endpointId);
      },
    });
    this.#scheduler = new Scheduler(
      this.#places,
      (lane, claim) => this.#owned.own(this.#attempt(lane, claim)),
      (endpointId, at) => this.#due.wakeAt(endpointId, at),
    );
    this.#resumer = new TypeResumer({
      ...parts,
      pauses: configuration.pauses,
      endpointById: (endpointId) => configuration.endpoints.byId(endpointId),
      isOrdered: (endpoint) => this.policyOf(endpoint).lane.ordered,
      resumed: wake,
    });
    this.#reader = new LaneReader({
      ...parts,
      places: this.#places,
      due: this.#due,
      follow: (lane, endpoint) => this.#lanes.follow(lane, endpoint),
      gone: (lane) => this.#lanes.keep(lane, null),
      receive: (lane, claims) => this.#receive(lane, claims),
      setAside: (endpointId, isLate) => this.#resumer.found(endpointId, isLate),
      own,
    });
    this.#reconciliation = new Reconciliation({
      ...parts,
      lanes: this.#lanes,
      due: this.#due,
      resumer: this.#resumer,
      wake,
      resumeTypes: () => this.#resumeTypes(),
      own,
    });
    this.#admission = new LaneAdmission({
      ...parts,
      policyOf: this.policyOf,
      lanes: this.#lanes,
      places: this.#places,
      scheduler: this.#scheduler,
      wake,
      goOn: (lane) => this.#goOn(lane),
    });
    configuration.endpoints.onChange((endpointId) => this.#changed(endpointId));
    configuration.policies.onChange((isUnder) => this.#policyChanged(isUnder));
    configuration.pauses.onChange((appId) => this.#pausesChanged(appId));
  }

  /** What intake asks of delivery. */
  get admission(): Admission {
    return this.#admission;
  }

  /**
   * Ends the leases that an earlier life left behind, and learns what it knew of its lanes: before `start`, and before
   * anything is accepted.
   */
  async takeOver(): Promise<void> {
    const { configuration, ledger, clock, log } = this.#parts;
    await configuration.policies.load();
    await configuration.pauses.load();
    const ended = await ledger.endLeases(clock.now());
    if (ended > 0) log.info({ deliveries: ended }, 'took over deliveries that were in flight');
    this.#lanes.learn(await ledger.laneMemories({}));
  }

  /** Follows the ledger from here on. */
  async start(): Promise<void> {
    await this.reconcile();
    this.#reconciliation.start();
  }

  /** Compares memory with the ledger, now. */
  reconcile(): Promise<void> {
    return this.#reconciliation.run();
  }

  /** Stops taking work, gives back what has not started, and resolves once all that has started is settled. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    this.#admission.stop();
    this.#writer.stop();
    this.#reconciliation.stop();
    this.#reader.stop();
    this.#resumer.stop();
    this.#due.stop();
    for (const lane of this.#lanes.values()) this.#giveBackWaiting(lane);
    this.#owned.own(this.#reconciliation.countRest());
    await this.#owned.settled();
  }

  /** Tells of every outcome from now on, once it is durable; must not throw. Returns the way to stop it. */
  onOutcome(listen: (outcome: Outcome) => void): () => void {
    this.#listeners.add(listen);
    return () => void this.#listeners.delete(listen);
  }

  figures(): EngineFigures {
    const { sending, held, heldBytes } = this.#places;
    let lanes = 0;
    for (const lane of this.#lanes.values()) if (!lane.isIdle) lanes += 1;
    return { sending, held, heldBytes, lanes };
  }

  /** How late the oldest due delivery was when lanes were last compared with the ledger, ms. */
  lag(): LaneLag {
    return this.#reconciliation.lag;
  }

  /**
   * Lanes that nothing holds back and whose oldest delivery was due ten seconds before lanes were last compared with
   * the ledger; a thousand at most.
   */
  overdue(): DueLanes {
    return this.#reconciliation.overdue;
  }

  /** Lanes that had something due when lanes were last compared with the ledger, whatever holds them back. */
  dueLanes(): DueLanes {
    return this.#reconciliation.dueLanes;
  }

  /**
   * Lanes that are well and at work, the fullest or slowest first. In strict order one place is all there is, and a probe
   * takes the only one: they say nothing.
   */
  loadedLanes(most: number): readonly LaneLoad[] {
    const { clock, settings } = this.#parts;
    return laneLoads(this.#lanes.values(), most, settings.attemptTimeoutMs, clock.now());
  }

  /** Circuits that are not closed. */
  breakers(): Readonly<Record<BreakerState, number>> {
    const counts = { closed: 0, open: 0, half_open: 0 };
    for (const lane of this.#lanes.values()) counts[lane.breaker.state] += 1;
    return counts;
  }

  /** What is known of an endpoint's lane now. */
  laneFigures(endpoint: Endpoint): LaneFigures {
    const lane = this.#lanes.of(endpoint.id);
    const now = this.#parts.clock.now();
    // Whoever looks first after a change of the URL is the one who sees it.
    if (lane.target === null && lane.follow(endpoint, now)) {
      this.#lanes.remember(endpoint.id, null);
    }
    return laneFigures(lane, this.#lanes.memoryOf(endpoint.id)?.failingSince ?? null, now);
  }

  /** Lanes in memory whose circuit is not closed, or that rest for another reason. */
  *restingLanes(): Iterable<Lane> {
    const now = this.#parts.clock.now();
    for (const lane of this.#lanes.values()) if (lane.isResting(now)) yield lane;
  }

  /** A lane has work: read it, and start what may start. */
  wake(endpointId: number): void {
    if (this.#isDraining) return;
    const lane = this.#lanes.of(endpointId);
    lane.hasStored = true;
    this.#serve(lane);
    this.#reader.read(lane);
  }

  #changed(endpointId: number): void {
    const lane = this.#lanes.known(endpointId);
    if (lane === undefined) {
      this.#lanes.forgetFailures(endpointId);
      return;
    }
    lane.target = null;
    lane.changes += 1;
    this.#giveBackWaiting(lane);
    this.wake(endpointId);
  }

  /** What waits under a policy that changed starts anew under it; what is due again stays due when it was. */
  #policyChanged(isUnder: (endpoint: Endpoint) => boolean): void {
    for (const lane of this.#lanes.values()) {
      const endpoints = [lane.target?.endpoint, lane.candidate?.target.endpoint];
      if (!endpoints.some((endpoint) => endpoint !== undefined && isUnder(endpoint))) continue;
      this.#followAnew(lane);
    }
  }

  /** What begins to wait is given back, and what waited is woken; what was set aside is let go on. */
  #pausesChanged(appId: number): void {
    for (const lane of this.#lanes.values()) {
      if (appId === 0 || lane.target === null || lane.target.endpoint.appId === appId) {
        this.#followAnew(lane);
      }
    }
    this.#resumeTypes();
  }

  #followAnew(lane: Lane): void {
    lane.target = null;
    lane.changes += 1;
    this.#giveBackWaiting(lane);
    if (!lane.isIdle) this.wake(lane.endpointId);
  }

  #resumeTypes(): void {
    if (!this.#isDraining) this.#owned.own(this.#resumer.resume());
  }

  #receive(lane: Lane, claims: readonly Claim[]): void {
    for (const claim of claims) {
      this.#places.fill(lane, claim.payload.length);
      lane.wait(claim);
    }
    this.#serve(lane);
  }

  #serve(lane: Lane): void {
    this.#scheduler.add(lane);
    this.#scheduler.serve(this.#parts.clock.now());
  }

  /** After something of the lane has ended. */
  #goOn(lane: Lane): void {
    const now = this.#parts.clock.now();
    if (lane.waiting > 0 && lane.restsUntil(now) > now + LONGEST_WAIT_MS) {
      this.#giveBackWaiting(lane);
    }
    this.#reader.readStarved();
    this.#reader.read(lane);
  }

  async #attempt(lane: Lane, claim: Claim): Promise<void> {
    const { clock, tally } = this.#parts;
    const target = lane.targetOf(claim);
    const now = clock.now();
    if (
      this.#isDraining ||
      target === null ||
      lane.isLate(claim, now) ||
      lane.isTypePaused(claim)
    ) {
      // The lane is slow, or the endpoint has just changed.
      await this.#release(lane, [claim]);
      return;
    }
    const start = lane.begin(now);
    this.#places.send(lane);
    let end: AttemptEnd;
    try {
      end = await makeAttempt(claim, target, this.#parts);
      const endedAt = clock.now();
      const said = outcomeOfEndpoint(lane, target, end.settlement.outcome);
      lane.end(claim, start, said, end.retryAfterMs, endedAt);
      tally.attempted(target.endpoint, target.host, claim, end.settlement, endedAt);
    } finally {
      this.#places.sent(lane);
    }
    this.#serve(lane);
    await this.#end(lane, claim, start, end, target);
  }

  /** Records the outcome, and does what follows from it. */
  async #end(
    lane: Lane,
    claim: Claim,
    start: Start,
    { settlement: made, disablesEndpoint }: AttemptEnd,
    { endpoint, canaryId }: Target,
  ): Promise<void> {
    const known = this.#lanes.memoryOf(claim.endpointId);
    const { settlement, memory } = memoryAfter(known, claim, made, {
      isOrdered: lane.policy.ordered,
      isNews: canaryId === null && lane.isWhere(start),
      startedAt: start.startedAt,
    });
    // Without an outcome there is nothing to record: the lease ends, and the delivery is made again.
    if (settlement.outcome !== 'interrupted' || settlement.state === 'dead') {
      this.#lanes.keep(lane, memory);
      await this.#writer.settle(lane, claim, settlement);
      for (const listen of this.#listeners) listen({ claim, settlement });
    }
    this.#places.letGo(lane, claim.payload.length);
    if (made.dueAt !== null) this.#due.wakeAt(claim.endpointId, made.dueAt);
    if (canaryId !== null) {
      // A candidate that wants no more is rolled back; the endpoint as it is goes on.
    } else if (disablesEndpoint) {
      await this.#autoDisable.disable(endpoint, settlement.outcome, null);
    } else if (memory !== null && memory.failingSince !== null) {
      const { disableAfterMs } = lane.policy;
      await this.#autoDisable.failing(endpoint, memory.failingSince, disableAfterMs);
    }
    this.#goOn(lane);
  }

  #giveBackWaiting(lane: Lane): void {
    this.#scheduler.remove(lane);
    const claims = lane.takeWaiting();
    if (claims.length > 0) this.#owned.own(this.#release(lane, claims));
  }

  async #release(lane: Lane, claims: readonly Claim[]): Promise<void> {
    await this.#writer.release(lane, claims);
    for (const claim of claims) this.#places.letGo(lane, claim.payload.length);
    this.#reader.readStarved();
    this.wake(lane.endpointId);
  }
}
