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
import type { Configuration, Endpoint } from '../change/index.ts';
import type { Admission, Reservation } from '../intake/index.ts';
import type { Claim, Ledger, Settlement } from '../ledger/index.ts';
import { firstAttemptAt, type RetryPolicy } from '../retry/index.ts';
import { attemptEvents } from './attempt-events.ts';
import { makeAttempt, type AttemptEnd } from './attempt.ts';
import { DueQueue } from './due-queue.ts';
import { createLane, isIdle, type Lane } from './lane.ts';
import { createTarget, type Target } from './target.ts';
import type { Transport } from './transport.ts';

export type EngineParts = {
  readonly ledger: Ledger;
  readonly configuration: Configuration;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: IdSource;
  readonly idText: IdText;
  readonly sealer: Sealer;
  readonly policy: RetryPolicy;
  readonly log: Log;
  readonly settings: Pick<
    Settings,
    | 'maxInFlight'
    | 'maxInFlightBytes'
    | 'laneConcurrency'
    | 'attemptTimeoutMs'
    | 'leaseMs'
    | 'reconcileMs'
  >;
};

export type EngineFigures = {
  /** Attempts whose bytes are under way. */
  readonly sending: number;
  /** Deliveries under a lease of this process. */
  readonly held: number;
  /** Their payloads. */
  readonly heldBytes: number;
  readonly lanes: number;
};

/** Deliveries of a disabled or deleted endpoint that are closed in one commit. */
const CLOSE_AT_ONCE = 500;
/** A lane holds this many times what it sends at once, so that a freed connection finds its next delivery in memory. */
const HELD_PER_SENDING = 2;
/** Waits between tries to write what the ledger could not take. */
const WRITE_AGAIN_MS = [50, 200, 1000, 5000] as const;

/**
 * Serves the lanes in turn, within bounds: `laneConcurrency` requests of a lane, `maxInFlight` deliveries and
 * `maxInFlightBytes` of payload over all. Memory holds the window, the ledger the backlog. What memory forgets the
 * next reconciliation finds, since the ledger alone says what is due.
 */
export class Engine implements Admission {
  readonly #parts: EngineParts;
  readonly #lanes = new Map<number, Lane>();
  /** Lanes with something waiting to start, served in turn. */
  readonly #ready = new Set<Lane>();
  /** Lanes that have work in the ledger and found the bounds over all lanes reached. */
  readonly #starved = new Set<Lane>();
  readonly #due: DueQueue;
  readonly #owned = new Set<Promise<void>>();
  #held = 0;
  #heldBytes = 0;
  #sending = 0;
  #isDraining = false;
  #stopReconciling: () => void = () => {};

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#due = new DueQueue(parts.clock, (endpointId) => this.wake(endpointId));
    parts.configuration.endpoints.onChange((endpointId) => {
      const lane = this.#lanes.get(endpointId);
      if (lane === undefined) return;
      lane.target = null;
      lane.changes += 1;
    });
  }

  /** Ends the leases that an earlier life left behind: before `start`, and before anything is accepted. */
  async takeOver(): Promise<void> {
    const ended = await this.#parts.ledger.endLeases(this.#parts.clock.now());
    if (ended > 0) {
      this.#parts.log.info({ deliveries: ended }, 'took over deliveries that were in flight');
    }
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
    this.#due.stop();
    for (const lane of this.#lanes.values()) this.#giveBackWaiting(lane);
    while (this.#owned.size > 0) await Promise.all(this.#owned);
  }

  figures(): EngineFigures {
    return {
      sending: this.#sending,
      held: this.#held,
      heldBytes: this.#heldBytes,
      lanes: this.#lanes.size,
    };
  }

  reserve(endpoint: Endpoint, payloadBytes: number): Reservation | null {
    if (this.#isDraining || this.#parts.policy.delaysMs[0] !== 0) return null;
    const lane = this.#lanes.get(endpoint.id) ?? createLane(endpoint.id);
    // What waits in the ledger goes first.
    if (lane.hasStored || lane.isReading || this.#freeOf(lane) === 0) return null;
    if (this.#heldBytes + payloadBytes > this.#parts.settings.maxInFlightBytes) return null;
    try {
      lane.target = this.#targetOf(lane, endpoint);
    } catch {
      return null; // it waits in the ledger, and the read of its lane names the fault; the others go on
    }
    this.#lanes.set(endpoint.id, lane);
    this.#hold(lane, payloadBytes);
    const { clock, ids, settings } = this.#parts;
    const leaseEndsAt = clock.now() + settings.leaseMs;
    return { endpointId: endpoint.id, attemptId: ids.next(), leaseEndsAt, payloadBytes };
  }

  firstDueAt(acceptedAt: number): number {
    return firstAttemptAt(this.#parts.policy, acceptedAt, this.#parts.random);
  }

  begin(reservation: Reservation, message: Parameters<Admission['begin']>[1]): void {
    const lane = this.#lane(reservation.endpointId);
    const { attemptId, endpointId, leaseEndsAt } = reservation;
    const { id: messageId, appId, eventType, payload } = message;
    this.#wait(lane, {
      messageId,
      endpointId,
      attemptId,
      leaseEndsAt,
      appId,
      nth: 1,
      trigger: 'scheduled',
      attemptsInRound: 1,
      roundStartedAt: timeOfId(messageId),
      eventType,
      payload,
    });
    this.#serve();
  }

  giveBack(reservation: Reservation): void {
    const lane = this.#lane(reservation.endpointId);
    this.#letGo(lane, reservation.payloadBytes);
    this.#readStarved();
    this.#read(lane);
  }

  wake(endpointId: number): void {
    if (this.#isDraining) return;
    const lane = this.#lane(endpointId);
    lane.hasStored = true;
    this.#read(lane);
  }

  #lane(endpointId: number): Lane {
    const known = this.#lanes.get(endpointId);
    if (known !== undefined) return known;
    const lane = createLane(endpointId);
    this.#lanes.set(endpointId, lane);
    return lane;
  }

  #freeOf(lane: Lane): number {
    const { laneConcurrency, maxInFlight } = this.#parts.settings;
    return Math.max(
      0,
      Math.min(laneConcurrency * HELD_PER_SENDING - lane.held, maxInFlight - this.#held),
    );
  }

  #hold(lane: Lane, payloadBytes: number): void {
    lane.held += 1;
    this.#held += 1;
    this.#heldBytes += payloadBytes;
  }

  #letGo(lane: Lane, payloadBytes: number): void {
    lane.held -= 1;
    this.#held -= 1;
    this.#heldBytes -= payloadBytes;
    if (isIdle(lane)) this.#lanes.delete(lane.endpointId);
  }

  #wait(lane: Lane, claim: Claim): void {
    lane.waiting.push(claim);
    this.#ready.add(lane);
  }

  /** Starts what may start, one delivery of each ready lane in turn. */
  #serve(): void {
    for (const lane of this.#ready) {
      // Served lanes go to the end of the set, which this loop then reaches again.
      this.#ready.delete(lane);
      if (lane.sending >= this.#parts.settings.laneConcurrency) continue;
      const claim = lane.waiting.shift();
      if (claim === undefined) continue;
      if (lane.waiting.length > 0) this.#ready.add(lane);
      this.#own(this.#attempt(lane, claim));
    }
  }

  async #attempt(lane: Lane, claim: Claim): Promise<void> {
    const { clock, settings } = this.#parts;
    const { target } = lane;
    if (
      this.#isDraining ||
      target === null ||
      clock.now() + settings.attemptTimeoutMs > claim.leaseEndsAt
    ) {
      // Too little of the lease is left for a whole attempt (the lane is slow), or the endpoint has just changed.
      await this.#release(lane, [claim]);
      return;
    }
    lane.sending += 1;
    this.#sending += 1;
    let end: AttemptEnd;
    try {
      end = await makeAttempt(claim, target, this.#parts);
    } finally {
      lane.sending -= 1;
      this.#sending -= 1;
    }
    if (lane.waiting.length > 0) this.#ready.add(lane);
    this.#serve();
    // Without an outcome there is nothing to record: the lease ends, and the delivery is made again.
    const { outcome, state } = end.settlement;
    if (outcome !== 'interrupted' || state === 'dead') {
      await this.#write(
        lane,
        () => this.#settle(claim, end.settlement),
        'an outcome could not be recorded and is tried again',
      );
    }
    this.#letGo(lane, claim.payload.length);
    if (end.settlement.dueAt !== null) this.#due.wakeAt(claim.endpointId, end.settlement.dueAt);
    if (end.disablesEndpoint) await this.#disable(target.endpoint, end.settlement.outcome);
    this.#readStarved();
    this.#read(lane);
  }

  /** The outcome and the notices of it in one commit. */
  async #settle(claim: Claim, settlement: Settlement): Promise<void> {
    const { configuration, ledger, clock } = this.#parts;
    const events = attemptEvents(claim, settlement);
    if (events.length === 0) {
      await ledger.settle(settlement);
      return;
    }
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
    if (await this.#isWritten(write, failure, 0)) return;
    lane.unrecorded += 1;
    for (let tries = 1; !(await this.#isWritten(write, failure, tries)); tries += 1);
    lane.unrecorded -= 1;
  }

  /** True also where there is nothing left to try: the leases end, and what was not written is made again. */
  async #isWritten(
    write: () => Promise<unknown>,
    failure: string,
    tries: number,
  ): Promise<boolean> {
    try {
      await write();
      return true;
    } catch (thrown) {
      const waitMs = WRITE_AGAIN_MS[Math.min(tries, WRITE_AGAIN_MS.length - 1)] ?? 0;
      this.#parts.log.error({ err: thrown, waitMs }, failure);
      if (!(thrown instanceof HoldfastError) || (this.#isDraining && tries > 0)) return true;
      await sleep(this.#parts.clock, waitMs);
      return false;
    }
  }

  /** Claims the lane's next window if it has room and the ledger has work. One read of a lane at a time. */
  #read(lane: Lane): void {
    if (this.#isDraining || lane.isReading || !lane.hasStored || lane.unrecorded > 0) return;
    const { maxInFlight, maxInFlightBytes } = this.#parts.settings;
    if (this.#held >= maxInFlight || this.#heldBytes >= maxInFlightBytes) {
      this.#starved.add(lane);
      return;
    }
    if (this.#freeOf(lane) === 0) return;
    lane.isReading = true;
    this.#own(
      this.#claim(lane)
        .catch((thrown: unknown) => {
          this.#parts.log.error(
            { err: thrown, endpointId: lane.endpointId },
            'a lane could not be read',
          );
          this.#due.wakeAt(
            lane.endpointId,
            this.#parts.clock.now() + this.#parts.settings.reconcileMs,
          );
        })
        .finally(() => {
          lane.isReading = false;
          if (isIdle(lane)) this.#lanes.delete(lane.endpointId);
          this.#readStarved(); // the read held room for more than it found
          this.#read(lane);
        }),
    );
  }

  async #claim(lane: Lane): Promise<void> {
    const { ledger, clock, ids, settings, configuration } = this.#parts;
    const { endpointId } = lane;
    lane.hasStored = false; // set again by whoever stores while we read
    const { changes } = lane;
    const endpoint = lane.target?.endpoint ?? (await configuration.endpoints.byId(endpointId));
    if (lane.changes !== changes) {
      lane.hasStored = true;
      return;
    }
    if (endpoint === null || endpoint.disabled) {
      const state = endpoint === null ? 'cancelled' : 'dead';
      const reason = endpoint === null ? 'endpoint_deleted' : 'endpoint_disabled';
      const closed = await ledger.closeLane({ endpointId, state, reason, limit: CLOSE_AT_ONCE });
      if (closed === CLOSE_AT_ONCE) lane.hasStored = true;
      return;
    }
    lane.target = this.#targetOf(lane, endpoint);
    const room = this.#freeOf(lane);
    if (room === 0) {
      lane.hasStored = true;
      return;
    }
    const now = clock.now();
    const leaseEndsAt = now + settings.leaseMs;
    const attemptIds = Array.from({ length: room }, () => ids.next());
    // Lanes that are read at the same time must not count on the same bytes, nor take them all from intake.
    const payloadBytes = Math.ceil((settings.maxInFlightBytes - this.#heldBytes) / 2);
    this.#heldBytes += payloadBytes;
    for (let place = 0; place < room; place += 1) this.#hold(lane, 0);
    let claims: readonly Claim[] = [];
    try {
      const window = await ledger.claim({ endpointId, now, leaseEndsAt, attemptIds, payloadBytes });
      claims = window.claims;
      if (window.nextDueAt > now) this.#due.wakeAt(endpointId, window.nextDueAt);
      else if (claims.length > 0) lane.hasStored = true;
      // Due, yet nothing that can be claimed: the audit names it, and reading on at once would never end.
      else this.#due.wakeAt(endpointId, now + settings.reconcileMs);
    } finally {
      this.#heldBytes -= payloadBytes;
      for (let place = claims.length; place < room; place += 1) this.#letGo(lane, 0);
    }
    for (const claim of claims) {
      this.#heldBytes += claim.payload.length;
      this.#wait(lane, claim);
    }
    this.#serve();
  }

  #targetOf(lane: Lane, endpoint: Endpoint): Target {
    const { target } = lane;
    const { sealer, clock } = this.#parts;
    if (target !== null && target.endpoint === endpoint && clock.now() < target.goodUntil) {
      return target;
    }
    return createTarget(endpoint, sealer, clock);
  }

  /** Only while the endpoint is what answered: somebody may have given it another URL in the meantime. */
  async #disable(endpoint: Endpoint, outcome: string): Promise<void> {
    const { endpoints } = this.#parts.configuration;
    try {
      const current = await endpoints.byId(endpoint.id);
      if (current === null || current.disabled || current.url !== endpoint.url) return;
      await endpoints.disable(current, outcome);
      this.#parts.log.warn(
        { endpointId: endpoint.id, outcome },
        'an endpoint was disabled by its own answer',
      );
      this.wake(endpoint.id);
    } catch (thrown) {
      this.#parts.log.error(
        { err: thrown, endpointId: endpoint.id },
        'an endpoint could not be disabled',
      );
    }
  }

  #giveBackWaiting(lane: Lane): void {
    this.#ready.delete(lane);
    const claims = lane.waiting.splice(0);
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
    for (const claim of claims) this.#letGo(lane, claim.payload.length);
    this.#readStarved();
    this.wake(lane.endpointId);
  }

  /** Room under the bounds over all lanes goes to those that found none, the longest waiting first. */
  #readStarved(): void {
    const { maxInFlight, maxInFlightBytes } = this.#parts.settings;
    for (const lane of this.#starved) {
      if (this.#held >= maxInFlight || this.#heldBytes >= maxInFlightBytes) return;
      this.#starved.delete(lane);
      this.#read(lane);
    }
  }

  #own(work: Promise<void>): void {
    this.#owned.add(work);
    void work
      .catch((thrown: unknown) =>
        this.#parts.log.error({ err: thrown }, 'delivery met an error of its own'),
      )
      .finally(() => this.#owned.delete(work));
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
      for (const { endpointId, dueAt } of await this.#parts.ledger.lanes({})) {
        if (dueAt <= now) this.wake(endpointId);
        else this.#due.wakeAt(endpointId, dueAt);
      }
    } catch (thrown) {
      this.#parts.log.error({ err: thrown }, 'the lanes could not be compared with the ledger');
    }
  }
}
