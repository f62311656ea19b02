import type { Clock, Random, Sealer } from '../core/index.ts';
import {
  candidateEndpoint,
  type Canary,
  type Endpoint,
  type PauseLookup,
  type PolicyInForce,
} from '../change/index.ts';
import type { LaneMemory } from '../ledger/index.ts';
import { Lane, SharedRate, type Candidate, type LaneParts } from './lane.ts';
import type { PayloadVersions } from './payload-versions.ts';
import { createTarget } from './target.ts';

/** Lanes without work that are kept, for what they learnt. */
const MOST_LANES = 5000;

export type LaneTableParts = {
  readonly clock: Clock;
  readonly random: Random;
  readonly sealer: Sealer;
  readonly settings: LaneParts['settings'];
  readonly payloadVersions: PayloadVersions;
  readonly policyOf: (endpoint: Endpoint) => PolicyInForce;
  readonly pauses: PauseLookup;
  /** The canary that runs on an endpoint. */
  readonly canaryOf: (endpointId: number) => Canary | null;
  /** Stores what is remembered of a lane, where no outcome does. */
  readonly store: (lane: Lane, memory: LaneMemory | null) => void;
};

/** The lanes in memory, what is remembered of lanes in the ledger, and the rates that applications have. */
export class LaneTable {
  readonly #parts: LaneTableParts;
  readonly #lanes = new Map<number, Lane>();
  readonly #memories = new Map<number, LaneMemory>();
  readonly #rates = new Map<number, SharedRate>();

  constructor(parts: LaneTableParts) {
    this.#parts = parts;
  }

  /** What an earlier life remembered. */
  learn(memories: readonly (LaneMemory & { readonly endpointId: number })[]): void {
    for (const { endpointId, failingSince, resumeAt } of memories) {
      this.#memories.set(endpointId, { failingSince, resumeAt });
    }
  }

  values(): Iterable<Lane> {
    return this.#lanes.values();
  }

  known(endpointId: number): Lane | undefined {
    return this.#lanes.get(endpointId);
  }

  memoryOf(endpointId: number): LaneMemory | null {
    return this.#memories.get(endpointId) ?? null;
  }

  /** The lane of an endpoint, made where there is none yet. */
  of(endpointId: number): Lane {
    const known = this.#lanes.get(endpointId);
    if (known !== undefined) return known;
    const { settings, policyOf, random, clock, pauses } = this.#parts;
    if (this.#lanes.size >= MOST_LANES) this.#forgetIdleLanes();
    const rateOf = (endpoint: Endpoint, now: number): SharedRate | null =>
      this.#rateOf(endpoint, now);
    const lane = new Lane(endpointId, { settings, policyOf, random, rateOf, pauses }, clock.now());
    lane.resumeAt = this.#memories.get(endpointId)?.resumeAt ?? 0;
    this.#lanes.set(endpointId, lane);
    return lane;
  }

  /** Makes the endpoint ready in its lane. Throws `key_mismatch`, `secret_invalid`. */
  follow(lane: Lane, endpoint: Endpoint): void {
    const { policyOf, sealer, clock, payloadVersions } = this.#parts;
    const now = clock.now();
    const { target } = lane;
    if (target !== null && target.endpoint === endpoint && now < target.goodUntil) return;
    const pinned = payloadVersions.of(endpoint);
    const made = createTarget(endpoint, policyOf(endpoint), sealer, clock, { pinned });
    lane.candidate = this.#candidateOf(endpoint);
    lane.target = made;
    // What was learnt of another URL says nothing about this one.
    if (lane.follow(endpoint, now)) this.remember(lane.endpointId, null);
  }

  #candidateOf(endpoint: Endpoint): Candidate | null {
    const { sealer, clock, canaryOf, policyOf, payloadVersions } = this.#parts;
    const canary = canaryOf(endpoint.id);
    if (canary === null) return null;
    const candidate = candidateEndpoint(endpoint, canary);
    const target = createTarget(candidate, policyOf(candidate), sealer, clock, {
      pinned: payloadVersions.of(candidate),
      canaryId: canary.id,
    });
    return { target, phases: canary.phases };
  }

  /** Takes over what an outcome, on its way to the ledger, says is to be remembered. */
  keep(lane: Lane, memory: LaneMemory | null): void {
    if (memory === null) this.#memories.delete(lane.endpointId);
    else this.#memories.set(lane.endpointId, memory);
    lane.resumeAt = memory?.resumeAt ?? 0;
  }

  /** Changes what is remembered where no outcome does. */
  remember(endpointId: number, memory: LaneMemory | null): void {
    if (memory === null && !this.#memories.has(endpointId)) return;
    const lane = this.of(endpointId);
    this.keep(lane, memory);
    this.#parts.store(lane, memory);
  }

  /** Failures of a lane that is not in memory: nobody here knows whether its URL is still the one that failed. */
  forgetFailures(endpointId: number): void {
    const resumeAt = this.memoryOf(endpointId)?.resumeAt ?? null;
    this.remember(endpointId, resumeAt === null ? null : { failingSince: null, resumeAt });
  }

  /** Lanes in strict order that wait for the delivery at their head, and when they go on. */
  waitingInOrder(now: number): ReadonlyMap<number, number> {
    const waiting = new Map<number, number>();
    for (const { endpointId, policy, held, resumeAt } of this.#lanes.values()) {
      if (policy.ordered && held === 0 && resumeAt > now) waiting.set(endpointId, resumeAt);
    }
    return waiting;
  }

  /**
   * The head that a lane waited for is no more to be retried: somebody cancelled it, or asked for it now.
   * @param waiting as it was before the ledger was asked.
   */
  stopWaiting(endpointId: number, waiting: ReadonlyMap<number, number>): void {
    const memory = this.memoryOf(endpointId);
    if (memory === null || memory.resumeAt === null) return;
    if (waiting.get(endpointId) !== memory.resumeAt) return;
    const { failingSince } = memory;
    this.remember(endpointId, failingSince === null ? null : { failingSince, resumeAt: null });
  }

  /** A tenth of them at a time, so that it is not done for each new one. */
  #forgetIdleLanes(): void {
    const now = this.#parts.clock.now();
    let wanted = MOST_LANES / 10;
    for (const [endpointId, lane] of this.#lanes) {
      if (wanted === 0) return;
      if (!lane.mayBeForgotten(now)) continue;
      this.#lanes.delete(endpointId);
      wanted -= 1;
    }
  }

  /** The bucket of an application that has a rate over all its endpoints. */
  #rateOf({ appId, applicationThrottleRate: rate }: Endpoint, now: number): SharedRate | null {
    const known = this.#rates.get(appId);
    if (rate === null) {
      this.#rates.delete(appId);
      return null;
    }
    if (known?.perSecond === rate) return known;
    const made = new SharedRate(rate, rate, now);
    this.#rates.set(appId, made);
    return made;
  }
}
