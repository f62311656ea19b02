import {
  HoldfastError,
  sleep,
  timeOfId,
  type Clock,
  type IdSource,
  type IdText,
  type Log,
  type Random,
  type Sealer,
  type Settings,
} from '../core/index.ts';
import {
  createPolicyResolver,
  urlInUse,
  type Configuration,
  type Endpoint,
  type LaneSettings,
  type PolicyBase,
  type PolicyInForce,
} from '../change/index.ts';
import type { Admission, Reservation } from '../intake/index.ts';
import type { Claim, LaneAges, LaneMemory, Ledger, Settlement } from '../ledger/index.ts';
import { firstAttemptAt, type OutcomeClass, type RetryPolicy } from '../retry/index.ts';
import { attemptEvents } from './attempt-events.ts';
import { makeAttempt, type AttemptEnd } from './attempt.ts';
import { AutoDisable } from './auto-disable.ts';
import type { BreakerState } from './breaker.ts';
import { DueQueue } from './due-queue.ts';
import type { Lane, Start } from './lane.ts';
import { memoryAfter } from './lane-memory.ts';
import { LaneAgeCounts } from './lane-ages.ts';
import { LaneReader } from './lane-reader.ts';
import { laneFigures, type LaneFigures } from './lane-figures.ts';
import { LaneTable } from './lane-table.ts';
import { PayloadVersions } from './payload-versions.ts';
import { Places } from './places.ts';
import { Scheduler } from './scheduler.ts';
import type { Tally } from './tally.ts';
import { TypeResumer } from './type-resumer.ts';
import type { Target } from './target.ts';
import type { Transport } from './transport.ts';

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

/** Of lanes that may send, and of those that rest. */
export type LaneLag = { readonly lagMs: number; readonly restingLagMs: number };

type DueLane = { readonly endpointId: number; readonly oldestDueAt: number };

/** As they were when lanes were last compared with the ledger. */
export type DueLanes = { readonly at: number; readonly lanes: readonly DueLane[] };

/** What a lane takes of what it may take. */
export type LaneLoad = {
  readonly endpointId: number;
  readonly sending: number;
  /** Requests that may be under way at once, at most. */
  readonly places: number;
  /** How long its answers take of late, ms. */
  readonly answerMs: number;
};

const OVERDUE_MS = 10_000;
const MOST_OVERDUE = 1000;
/** A lane without an answer for so long, and without a request under way, is not at work. */
const LOADED_MS = 60_000;

/** Waits between tries to write what the ledger could not take. */
const WRITE_AGAIN_MS = [50, 200, 1000, 5000] as const;
/** A lane that rests for longer gives back what waits: it would keep its place in memory, and its lease, for nothing. */
const LONGEST_WAIT_MS = 1000;

/**
 * Delivers: lanes are read from the ledger in windows (lane-reader.ts), take turns (scheduler.ts), and share places
 * (places.ts). What memory forgets the next reconciliation finds, since the ledger alone says what is due.
 */
export class Engine implements Admission {
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
  readonly #owned = new Set<Promise<void>>();
  readonly #listeners = new Set<(outcome: Outcome) => void>();
  #lag: LaneLag = { lagMs: 0, restingLagMs: 0 };
  #overdue: DueLanes = { at: 0, lanes: [] };
  #dueLanes: DueLanes = { at: 0, lanes: [] };
  readonly #ages = new LaneAgeCounts();
  #isDraining = false;
  #stopReconciling: () => void = () => {};

  constructor(parts: EngineParts) {
    this.#parts = parts;
    const { configuration, policy: retry, settings } = parts;
    this.policyBase = { retry, settings };
    this.policyOf = createPolicyResolver(this.policyBase, configuration.policies);
    this.#due = new DueQueue(parts.clock, (endpointId) => this.wake(endpointId));
    this.#places = new Places(parts.settings);
    this.payloadVersions = new PayloadVersions(settings.payloadLimitBytes);
    this.#lanes = new LaneTable({
      ...parts,
      payloadVersions: this.payloadVersions,
      policyOf: this.policyOf,
      pauses: configuration.pauses,
      canaryOf: (endpointId) => parts.configuration.canaries.activeOf(endpointId),
      store: (lane, memory) => this.#store(lane, memory),
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
      (lane, claim) => this.#own(this.#attempt(lane, claim)),
      (endpointId, at) => this.#due.wakeAt(endpointId, at),
    );
    this.#resumer = new TypeResumer({
      ...parts,
      pauses: configuration.pauses,
      endpointById: (endpointId) => configuration.endpoints.byId(endpointId),
      isOrdered: (endpoint) => this.policyOf(endpoint).lane.ordered,
      resumed: (endpointId) => this.wake(endpointId),
    });
    this.#reader = new LaneReader({
      ...parts,
      places: this.#places,
      due: this.#due,
      follow: (lane, endpoint) => this.#lanes.follow(lane, endpoint),
      gone: (lane) => this.#lanes.keep(lane, null),
      receive: (lane, claims) => this.#receive(lane, claims),
      setAside: (endpointId, isLate) => this.#resumer.found(endpointId, isLate),
      own: (work) => this.#own(work),
    });
    configuration.endpoints.onChange((endpointId) => this.#changed(endpointId));
    configuration.policies.onChange((isUnder) => this.#policyChanged(isUnder));
    configuration.pauses.onChange((appId) => this.#pausesChanged(appId));
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
    this.#scheduleReconcile();
  }

  /** Stops taking work, gives back what has not started, and resolves once all that has started is settled. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    this.#stopReconciling();
    this.#reader.stop();
    this.#resumer.stop();
    this.#due.stop();
    for (const lane of this.#lanes.values()) this.#giveBackWaiting(lane);
    this.#own(this.#countAges(this.#ages.takeAll()));
    while (this.#owned.size > 0) await Promise.all(this.#owned);
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
    return this.#lag;
  }

  /**
   * Lanes that nothing holds back and whose oldest delivery was due ten seconds before lanes were last compared with
   * the ledger; a thousand at most.
   */
  overdue(): DueLanes {
    return this.#overdue;
  }

  /** Lanes that had something due when lanes were last compared with the ledger, whatever holds them back. */
  dueLanes(): DueLanes {
    return this.#dueLanes;
  }

  /**
   * Lanes that are well and at work, the fullest or slowest first. In strict order one place is all there is, and a probe
   * takes the only one: they say nothing.
   */
  loadedLanes(most: number): readonly LaneLoad[] {
    const now = this.#parts.clock.now();
    const { attemptTimeoutMs } = this.#parts.settings;
    const loads: LaneLoad[] = [];
    for (const lane of this.#lanes.values()) {
      const { endpointId, sending, policy, answerMs, answeredAt } = lane;
      if (sending === 0 && now - answeredAt > LOADED_MS) continue;
      if (policy.ordered || lane.isResting(now)) continue;
      loads.push({ endpointId, sending, places: policy.concurrency, answerMs });
    }
    const loadOf = ({ sending, places, answerMs }: LaneLoad): number =>
      Math.max(sending / places, answerMs / attemptTimeoutMs);
    return loads.toSorted((one, other) => loadOf(other) - loadOf(one)).slice(0, most);
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

  reserve(endpoint: Endpoint, eventType: string, payloadBytes: number): Reservation | null {
    if (this.#isDraining) return null;
    if (this.#parts.configuration.pauses.typesOf(endpoint.appId).has(eventType)) return null;
    const { retry, lane: lanePolicy } = this.policyOf(endpoint);
    if (retry.delaysMs[0] !== 0) return null;
    // Strict order is the ledger's: what was stored first is claimed first.
    if (lanePolicy.ordered) return null;
    const lane = this.#lanes.of(endpoint.id);
    // What waits in the ledger goes first.
    if (lane.hasStored || lane.isReading || !this.#places.hasBytesFor(lane, payloadBytes)) {
      return null;
    }
    try {
      this.#lanes.follow(lane, endpoint);
    } catch {
      return null; // it waits in the ledger, and the read of its lane names the fault; the others go on
    }
    const { clock, ids, settings } = this.#parts;
    const now = clock.now();
    if (lane.room(now) === 0 || this.#places.freeFor(lane) === 0) return null;
    this.#places.hold(lane, payloadBytes);
    const leaseEndsAt = now + settings.leaseMs;
    return { endpointId: endpoint.id, attemptId: ids.next(), leaseEndsAt, payloadBytes };
  }

  firstDueAt(endpoint: Endpoint, messageId: number): number {
    const { retry, lane } = this.policyOf(endpoint);
    // Strict order is the order of these moments, so no jitter may come between them.
    const policy = lane.ordered ? { ...retry, jitter: 0 } : retry;
    return firstAttemptAt(policy, timeOfId(messageId), this.#parts.random);
  }

  retentionDaysOf(endpoint: Endpoint): number {
    return this.policyOf(endpoint).retentionDays;
  }

  begin(reservation: Reservation, message: Parameters<Admission['begin']>[1]): void {
    const lane = this.#lanes.of(reservation.endpointId);
    const { attemptId, endpointId, leaseEndsAt } = reservation;
    const { id: messageId, appId, eventType, payload } = message;
    lane.wait({
      messageId,
      endpointId,
      attemptId,
      leaseEndsAt,
      appId,
      nth: 1,
      trigger: 'scheduled',
      attemptsInRound: 1,
      roundStartedAt: timeOfId(messageId),
      dueAt: timeOfId(messageId),
      traceparent: message.traceparent,
      eventType,
      payload,
      corrected: null,
    });
    this.#serve(lane);
  }

  giveBack(reservation: Reservation): void {
    const lane = this.#lanes.of(reservation.endpointId);
    this.#places.letGo(lane, reservation.payloadBytes);
    this.#goOn(lane);
  }

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
    if (!this.#isDraining) this.#own(this.#resumer.resume());
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
      await this.#write(
        lane,
        () => this.#settle(claim, settlement),
        'an outcome could not be recorded and is tried again',
      );
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

  #store(lane: Lane, memory: LaneMemory | null): void {
    const { endpointId } = lane;
    const store = (): Promise<unknown> => this.#parts.ledger.rememberLane({ endpointId, memory });
    this.#own(this.#write(lane, store, 'a lane could not be remembered, which is tried again'));
  }

  /** The outcome and the notices of it in one commit. */
  #settle(claim: Claim, settlement: Settlement): Promise<unknown> {
    const events = attemptEvents(claim, settlement);
    return events.length === 0
      ? this.#parts.ledger.settle(settlement)
      : this.#settleAndTell(claim, settlement, events);
  }

  async #settleAndTell(
    claim: Claim,
    settlement: Settlement,
    events: ReturnType<typeof attemptEvents>,
  ): Promise<void> {
    const { configuration, ledger, clock } = this.#parts;
    const { appId, messageId, endpointId, attemptId } = claim;
    const about = { appId, messageId, endpointId, attemptId, at: clock.now() };
    const { statusCode, reason } = settlement;
    const notices = await configuration.notices.attempt(events, { ...about, statusCode, reason });
    await ledger.settle({ ...settlement, notices });
    for (const { deliveries } of notices) {
      for (const { endpointId: at, dueAt } of deliveries) {
        if (dueAt !== null) this.wake(at);
      }
    }
  }

  /** Writes again and again if it must: until it is written the deliveries keep their place in memory. */
  async #write(lane: Lane, write: () => Promise<unknown>, failure: string): Promise<void> {
    let tries = 0;
    for (;;) {
      try {
        await write();
        break;
      } catch (thrown) {
        const waitMs = WRITE_AGAIN_MS[Math.min(tries, WRITE_AGAIN_MS.length - 1)] ?? 0;
        this.#parts.log.error({ err: thrown, waitMs }, failure);
        // Nothing is left to try: the leases end, and what was not written is made again.
        if (!(thrown instanceof HoldfastError) || (this.#isDraining && tries > 0)) break;
        if (tries === 0) lane.unrecorded += 1;
        tries += 1;
        await sleep(this.#parts.clock, waitMs);
      }
    }
    if (tries > 0) lane.unrecorded -= 1;
  }

  #giveBackWaiting(lane: Lane): void {
    this.#scheduler.remove(lane);
    const claims = lane.takeWaiting();
    if (claims.length > 0) this.#own(this.#release(lane, claims));
  }

  async #release(lane: Lane, claims: readonly Claim[]): Promise<void> {
    const keys = claims.map(({ messageId, endpointId, attemptId }) => ({
      messageId,
      endpointId,
      attemptId,
    }));
    const release = (): Promise<unknown> => this.#parts.ledger.release(keys);
    await this.#write(lane, release, 'deliveries could not be given back, which is tried again');
    for (const claim of claims) this.#places.letGo(lane, claim.payload.length);
    this.#reader.readStarved();
    this.wake(lane.endpointId);
  }

  /** What could not be written goes with those of the next minute. */
  async #countAges(rows: readonly LaneAges[]): Promise<void> {
    if (rows.length === 0) return;
    try {
      await this.#parts.ledger.countAges({ rows });
    } catch (thrown) {
      this.#ages.giveBack(rows);
      this.#parts.log.error({ err: thrown }, 'how fresh lanes are could not be recorded');
    }
  }

  #own(work: Promise<void>): void {
    this.#owned.add(work);
    work.then(
      () => this.#owned.delete(work),
      (thrown: unknown) => {
        this.#owned.delete(work);
        this.#parts.log.error({ err: thrown }, 'delivery met an error of its own');
      },
    );
  }

  #scheduleReconcile(): void {
    this.#stopReconciling = this.#parts.clock.after(this.#parts.settings.reconcileMs, () => {
      void this.reconcile().finally(() => {
        if (!this.#isDraining) this.#scheduleReconcile();
      });
    });
  }

  /** Compares memory with the ledger: ended leases, redrives, healed deliveries and whatever else became due. */
  async reconcile(): Promise<void> {
    try {
      const now = this.#parts.clock.now();
      const lag = { lagMs: 0, restingLagMs: 0 };
      const overdue: DueLane[] = [];
      const due: DueLane[] = [];
      const inOrder = this.#lanes.waitingInOrder(now);
      const heads = await this.#parts.ledger.lanes({});
      for (const { endpointId, dueAt, scheduledAt, retryAt, hasPaused } of heads) {
        if (hasPaused) this.#resumer.found(endpointId);
        if (retryAt === Infinity) this.#lanes.stopWaiting(endpointId, inOrder);
        const rests = this.#lanes.known(endpointId)?.isResting(now) === true;
        const lateMs = now - scheduledAt;
        if (lateMs > 0) {
          due.push({ endpointId, oldestDueAt: scheduledAt });
          this.#ages.look(endpointId, lateMs, now);
        }
        if (rests) lag.restingLagMs = Math.max(lag.restingLagMs, lateMs);
        else {
          lag.lagMs = Math.max(lag.lagMs, lateMs);
          if (lateMs >= OVERDUE_MS && overdue.length < MOST_OVERDUE) {
            overdue.push({ endpointId, oldestDueAt: scheduledAt });
          }
        }
        if (dueAt <= now) this.wake(endpointId);
        else this.#due.wakeAt(endpointId, dueAt);
      }
      this.#resumeTypes();
      this.#lag = lag;
      this.#overdue = { at: now, lanes: overdue };
      this.#dueLanes = { at: now, lanes: due };
      this.#own(this.#countAges(this.#ages.takeOver(now)));
    } catch (thrown) {
      this.#parts.log.error({ err: thrown }, 'the lanes could not be compared with the ledger');
    }
  }
}

/**
 * What an outcome says about the endpoint: of a canary's candidate nothing, but that a machine is alive which both
 * share. A candidate that fails must not stop what goes to the endpoint as it is.
 */
function outcomeOfEndpoint(
  lane: Lane,
  { canaryId, endpoint }: Target,
  outcome: OutcomeClass,
): OutcomeClass {
  if (canaryId === null) return outcome;
  const isSame = lane.isWhere({ url: urlInUse(endpoint) });
  return outcome === 'delivered' && isSame ? outcome : 'internal_error';
}
