import { TokenBucket, type Random } from '../core/index.ts';
import {
  isCandidateOf,
  lanePolicyOf,
  urlInUse,
  type CanaryPhase,
  type Endpoint,
  type LanePolicy,
  type LaneSettings,
  type Pause,
  type PauseLookup,
  type PolicyInForce,
} from '../change/index.ts';
import type { Claim } from '../ledger/index.ts';
import type { OutcomeClass } from '../retry/index.ts';
import { Breaker } from './breaker.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';
import { Hold } from './hold.ts';
import { meanings } from './outcome-meaning.ts';
import { RetryBudget } from './retry-budget.ts';
import type { Target } from './target.ts';

export type LaneParts = {
  readonly settings: LaneSettings & {
    readonly leaseMs: number;
    readonly attemptTimeoutMs: number;
  };
  readonly random: Random;
  readonly policyOf: (endpoint: Endpoint) => Pick<PolicyInForce, 'lane' | 'throttleRate'>;
  /** The rate that all lanes of an application share, where it has one. */
  readonly rateOf: (endpoint: Endpoint, now: number) => SharedRate | null;
  readonly pauses: Pick<PauseLookup, 'of' | 'typesOf'>;
};

/** The rate of an application, and how many of its lanes hold something that waits for it. */
export class SharedRate extends TokenBucket {
  lanes = 0;
}

/** A canary's target, and since when which share of the messages goes there. */
export type Candidate = { readonly target: Target; readonly phases: readonly CanaryPhase[] };

/** An attempt as its lane remembers it until it ends. */
export type Start = {
  readonly startedAt: number;
  readonly epoch: number;
  /** Where it went. */
  readonly url: string;
};

/** Of each answer's time so much goes into the time that answers take of late. */
const ANSWER_SMOOTHING = 0.1;

/**
 * The queue of one endpoint, as far as it is in memory, and the gates before it. The ledger holds the rest:
 *
 *     ledger ──claim──► waiting ──gates──► sending ──► settled
 *                          ▲
 *     accept ── reserved ──┘
 *
 * Gates: pause, hold (the endpoint asked to wait), circuit breaker, order, concurrency limit, rate, retry budget.
 * `held` counts reserved, waiting, sending and not yet settled: what is under a lease of this lane.
 */
export class Lane {
  readonly endpointId: number;
  /** Bytes of their payloads. */
  heldBytes = 0;
  sending = 0;
  /** The ledger may hold due deliveries of this lane that are not claimed. */
  hasStored = false;
  /** Something is being read for this lane; one at a time. */
  isReading = false;
  /**
   * Outcomes (and deliveries given back) that the ledger could not take yet. Until it has them the lane is not read:
   * their leases may end meanwhile, and a delivery that was made would be claimed and made again.
   */
  unrecorded = 0;
  /** The endpoint made ready; null until it was read, and after it changed. */
  target: Target | null = null;
  /** Where a canary's share of its messages goes instead; null: there is no canary. */
  candidate: Candidate | null = null;
  /** How often the endpoint changed: what was read before the last change is not believed. */
  changes = 0;
  /** Bytes it may still send in its turn; the scheduler's. */
  deficit = 0;
  /** How long its answers take of late, ms, and when the last one came. */
  answerMs = 0;
  answeredAt = -Infinity;
  readonly breaker: Breaker;
  readonly limit: ConcurrencyLimit;
  readonly hold = new Hold();
  /** Strict order: when the delivery at the head is due again. */
  resumeAt = 0;
  readonly #parts: LaneParts;
  readonly #firsts: Claim[] = [];
  readonly #retries: Claim[] = [];
  #policy: LanePolicy;
  #url = '';
  #isPaused = false;
  #appId: number | null = null;
  #handOpenedAt: number | null = null;
  #budget: RetryBudget;
  #rate: TokenBucket | null = null;
  #sharedRate: SharedRate | null = null;
  #held = 0;
  #wasRetry = false;

  constructor(endpointId: number, parts: LaneParts, now: number) {
    this.endpointId = endpointId;
    this.#parts = parts;
    this.#policy = lanePolicyOf(parts.settings, null);
    this.#budget = new RetryBudget(this.#policy, now);
    this.breaker = new Breaker(this.#policy, parts.random, now);
    this.limit = new ConcurrencyLimit(this.#policy.concurrency);
  }

  get held(): number {
    return this.#held;
  }

  set held(held: number) {
    if (this.#sharedRate !== null) {
      this.#sharedRate.lanes += Number(held > 0) - Number(this.#held > 0);
    }
    this.#held = held;
  }

  get policy(): LanePolicy {
    return this.#policy;
  }

  /** What pauses it: the endpoint itself, its application, or the whole service. */
  get pausedBy(): 'endpoint' | 'application' | 'service' | null {
    if (this.#isPaused) return 'endpoint';
    const { pause } = this;
    if (pause === null) return null;
    return pause.appId === 0 ? 'service' : 'application';
  }

  /** The pause of its application, or of the whole service. */
  get pause(): Pause | null {
    return this.#appId === null ? null : this.#parts.pauses.of(this.#appId);
  }

  /** Event types of which it starts nothing. */
  get pausedTypes(): ReadonlySet<string> {
    return this.#parts.pauses.typesOf(this.#appId ?? 0);
  }

  get waiting(): number {
    return this.#firsts.length + this.#retries.length;
  }

  /** Takes over what the endpoint says now. True where it has another URL: what was learnt is about another one. */
  follow(endpoint: Endpoint, now: number): boolean {
    const before = this.#policy;
    const { lane: policy, throttleRate } = this.#parts.policyOf(endpoint);
    this.#policy = policy;
    this.#isPaused = endpoint.pausedAt !== null;
    this.breaker.policy = policy;
    this.limit.most = policy.concurrency;
    if (
      before.retryBudgetPercent !== policy.retryBudgetPercent ||
      before.retryBudgetPerSecond !== policy.retryBudgetPerSecond
    ) {
      this.#budget = new RetryBudget(policy, now);
    }
    if (throttleRate !== (this.#rate?.perSecond ?? null)) {
      this.#rate = throttleRate === null ? null : new TokenBucket(throttleRate, throttleRate, now);
    }
    const sharedRate = this.#parts.rateOf(endpoint, now);
    if (this.#sharedRate !== null) this.#sharedRate.lanes -= Number(this.#held > 0);
    if (sharedRate !== null) sharedRate.lanes += Number(this.#held > 0);
    this.#sharedRate = sharedRate;
    this.#appId = endpoint.appId;
    const url = urlInUse(endpoint);
    const isElsewhere = this.#url !== '' && this.#url !== url;
    this.#url = url;
    if (isElsewhere) {
      this.breaker.reset(now);
      this.limit.restart();
      this.hold.end();
      this.answeredAt = -Infinity;
    }
    const { handCircuit } = endpoint;
    // Opened by hand it stays so wherever the endpoint moves.
    if (handCircuit === null) this.breaker.close(now);
    else if (isElsewhere || handCircuit.openedAt !== this.#handOpenedAt) {
      this.breaker.open(handCircuit, now);
    }
    this.#handOpenedAt = handCircuit?.openedAt ?? null;
    return isElsewhere;
  }

  /** Until when nothing of it may start, whatever waits: Infinity while it is paused, 0 where nothing holds it. */
  restsUntil(now: number): number {
    if (this.pausedBy !== null) return Infinity;
    const resumeAt = this.#policy.ordered && this.resumeAt > now ? this.resumeAt : 0;
    return Math.max(resumeAt, this.hold.until(now), this.breaker.restsUntil(now));
  }

  /** Requests that may be under way at once now. */
  concurrency(now: number): number {
    if (this.#policy.ordered) return 1;
    const { adaptive, concurrency } = this.#policy;
    return Math.min(adaptive ? this.limit.value : concurrency, this.breaker.limit(now));
  }

  /**
   * Deliveries that it may hold beside those it holds: twice what it sends at once, and with a rate no more than will
   * be sent before their leases come to an end.
   */
  room(now: number): number {
    if (this.restsUntil(now) > now) return 0;
    if (this.#policy.ordered) return Math.max(0, 1 - this.held);
    const shared = this.#sharedRate;
    const lanes = shared === null ? 1 : shared.lanes + Number(this.#held === 0);
    const inTime = Math.min(this.#inTime(this.#rate), this.#inTime(shared) / lanes);
    const most = Math.min(2 * this.concurrency(now), Math.max(1, Math.floor(inTime)));
    return Math.max(0, most - this.#held);
  }

  /** What a rate lets through in half of the time that a lease has beside its attempt. */
  #inTime(rate: TokenBucket | null): number {
    if (rate === null) return Infinity;
    const { leaseMs, attemptTimeoutMs } = this.#parts.settings;
    return (rate.perSecond * (leaseMs - attemptTimeoutMs)) / 2000;
  }

  /** Retries among them. */
  roomForRetries(now: number): number {
    // In strict order the head is all that is sent, and its retries keep nothing else from being sent.
    if (this.#policy.ordered) return 1;
    return Math.max(0, this.#budget.available(now) - this.#retries.length);
  }

  /** Whether a read pays: one delivery at a time would cost a commit each. */
  get isLow(): boolean {
    return this.waiting === 0 || 2 * this.waiting <= this.sending;
  }

  /** When a retry may be made that the budget has no token for now. */
  nextRetryAt(now: number): number {
    return this.#budget.nextAt(now);
  }

  wait(claim: Claim): void {
    (isRetry(claim) ? this.#retries : this.#firsts).push(claim);
  }

  /** Of an event type that is paused: it is given back, and set aside when it is claimed again. */
  isTypePaused({ eventType }: Pick<Claim, 'eventType'>): boolean {
    return this.pausedTypes.has(eventType);
  }

  /** Where a delivery goes: a message keeps to its arm of a canary for all its attempts. */
  targetOf({ messageId }: Claim): Target | null {
    const { candidate, target } = this;
    if (candidate === null || target === null) return target;
    const canaryId = candidate.target.canaryId ?? 0;
    return isCandidateOf(canaryId, candidate.phases, messageId) ? candidate.target : target;
  }

  /** What may start now; retries and first attempts by turns. */
  next(now: number): Claim | null {
    if (this.restsUntil(now) > now || this.sending >= this.concurrency(now)) return null;
    if (this.#rate !== null && this.#rate.level(now) < 1) return null;
    if (this.#sharedRate !== null && this.#sharedRate.level(now) < 1) return null;
    const [first, retry] = [this.#firsts[0], this.#retries[0]];
    const isRetryAllowed = this.#policy.ordered || this.#budget.available(now) > 0;
    if (retry === undefined || !isRetryAllowed) return first ?? null;
    return first === undefined || !this.#wasRetry ? retry : first;
  }

  /** Too little of its lease is left for a whole attempt: the lane is slow. */
  isLate({ leaseEndsAt }: Claim, now: number): boolean {
    return now + this.#parts.settings.attemptTimeoutMs > leaseEndsAt;
  }

  /** Takes what `next` gave; it starts now, or is given back where it is late, and then it costs nothing. */
  take(claim: Claim, now: number): Claim {
    (isRetry(claim) ? this.#retries : this.#firsts).shift();
    if (this.isLate(claim, now)) return claim;
    this.#rate?.take(now);
    this.#sharedRate?.take(now);
    this.#wasRetry = isRetry(claim);
    if (this.#wasRetry) this.#budget.spend(now);
    else this.#budget.deposit();
    return claim;
  }

  /** When what waits may start, if nothing else changes; Infinity where only the end of a request helps. */
  nextStartAt(now: number): number {
    if (this.waiting === 0) return Infinity;
    const restsUntil = this.restsUntil(now);
    if (restsUntil > now) return restsUntil;
    if (this.sending >= this.concurrency(now)) return Infinity;
    const rateAt = Math.max(this.#rate?.nextAt(now) ?? 0, this.#sharedRate?.nextAt(now) ?? 0);
    const budgetAt = this.#firsts.length > 0 || this.#policy.ordered ? 0 : this.#budget.nextAt(now);
    return Math.max(rateAt, budgetAt);
  }

  begin(now: number): Start {
    return { startedAt: now, epoch: this.breaker.begin(now), url: this.#url };
  }

  /** Whether the endpoint is still where the attempt went; otherwise its outcome says nothing about it. */
  isWhere({ url }: Pick<Start, 'url'>): boolean {
    return url === this.#url;
  }

  /**
   * What an outcome says about the endpoint. Called before the request is counted as over.
   * @param retryAfterMs what the answer asked for, as `parseRetryAfter` reads it.
   */
  end(
    claim: Claim,
    start: Start,
    outcome: OutcomeClass,
    retryAfterMs: number | undefined,
    now: number,
  ): void {
    if (outcome === 'delivered' && isRetry(claim)) this.#budget.refund();
    if (!this.isWhere(start)) return;
    const { startedAt, epoch } = start;
    const { breaker: verdict, limit } = meanings[outcome];
    const { state } = this.breaker;
    if (verdict === 'success') this.breaker.succeed(epoch, now);
    if (verdict === 'failure') this.breaker.fail(epoch, now);
    if (limit === 'answered') {
      this.limit.answered(now - startedAt, this.sending);
      this.#answered(now - startedAt, now);
    }
    if (limit === 'refused') this.limit.refused(startedAt, now);
    if (state !== 'closed' && this.breaker.isClosed) this.limit.restart();
    if (outcome === 'throttled' || (outcome === 'unavailable' && retryAfterMs !== undefined)) {
      this.hold.begin({
        startedAt,
        now,
        askedMs: retryAfterMs,
        longestMs: this.#policy.longestHoldMs,
      });
    }
    if (outcome === 'delivered') this.hold.succeed(startedAt);
  }

  #answered(durationMs: number, now: number): void {
    const isFirst = this.answeredAt === -Infinity;
    this.answerMs = isFirst
      ? durationMs
      : this.answerMs + (durationMs - this.answerMs) * ANSWER_SMOOTHING;
    this.answeredAt = now;
  }

  /** All that waits, to be given back. */
  takeWaiting(): readonly Claim[] {
    return [...this.#retries.splice(0), ...this.#firsts.splice(0)];
  }

  /** Nothing of it is under way or known to be stored. */
  get isIdle(): boolean {
    return this.held === 0 && !this.hasStored && !this.isReading;
  }

  /** Nothing would be sent too early if it were forgotten: a pause and an order are known elsewhere too. */
  mayBeForgotten(now: number): boolean {
    return this.isIdle && this.hold.until(now) === 0 && this.breaker.restsUntil(now) === 0;
  }

  /** Nothing of it may start now, or only a probe. */
  isResting(now: number): boolean {
    return this.restsUntil(now) > now || !this.breaker.isClosed;
  }
}

/** Scheduled again by the retry policy: neither a first attempt nor what somebody asked for. */
function isRetry({ attemptsInRound }: Claim): boolean {
  return attemptsInRound > 1;
}
