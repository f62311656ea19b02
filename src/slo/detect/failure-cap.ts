import { HOUR_MS } from './bin.ts';

/** An endpoint's failures count once in this time. */
export const CAP_MS = 6 * HOUR_MS;
/** Endpoints remembered. Beyond it the longest known is forgotten, and may count once too often. */
const MOST_ENDPOINTS = 50_000;

/**
 * When, and the endpoints that counted then, each as the difference to the one before: where thousands fail at once, that is
 * a fifth of the text.
 */
export type FailureCapState = readonly (readonly number[])[];

/**
 * Counts at most one failure of each endpoint in six hours. Failures come in clusters: an endpoint that is down for two
 * hours fails everything, and a detector that takes failures for independent would cry 206 times a year. What is left
 * says "many endpoints a little". What the cap takes away is another detector's: one endpoint a lot.
 */
export class FailureCap {
  /** When an endpoint last counted; in the order of counting, so the first is the oldest. */
  readonly #countedAt = new Map<number, number>();
  #state: FailureCapState | null = null;

  constructor(state: FailureCapState = []) {
    for (const [at, ...differences] of state) {
      if (at === undefined) continue;
      let endpointId = 0;
      for (const difference of differences) {
        endpointId += difference;
        this.#countedAt.set(endpointId, at);
      }
    }
  }

  /** Whether this endpoint's failure counts. */
  count(endpointId: number, at: number): boolean {
    const countedAt = this.#countedAt.get(endpointId);
    if (countedAt !== undefined && at - countedAt < CAP_MS) return false;
    this.#state = null;
    this.#countedAt.delete(endpointId);
    this.#countedAt.set(endpointId, at);
    if (this.#countedAt.size > MOST_ENDPOINTS) this.#forgetFirst();
    return true;
  }

  /** Forgets what no longer holds anything back. */
  tidy(now: number): void {
    for (const [endpointId, at] of this.#countedAt) {
      if (now - at < CAP_MS) return;
      this.#state = null;
      this.#countedAt.delete(endpointId);
    }
  }

  /** The same object until something changes. */
  state(): FailureCapState {
    if (this.#state !== null) return this.#state;
    const state: number[][] = [];
    let before = 0;
    for (const [endpointId, at] of this.#countedAt) {
      const last = state.at(-1);
      if (last?.[0] === at) last.push(endpointId - before);
      else state.push([at, endpointId]);
      before = endpointId;
    }
    this.#state = state;
    return state;
  }

  #forgetFirst(): void {
    const first = this.#countedAt.keys().next();
    if (first.done !== true) this.#countedAt.delete(first.value);
  }
}
