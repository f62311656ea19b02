import { SECOND_MS } from './bin.ts';
import type { Finding } from './finding.ts';

/** A look at one lane. */
export type LaneLook = {
  readonly at: number;
  /** When the oldest due delivery became due; null: none is. */
  readonly oldestDueAt: number | null;
  /** Attempts begun or ended since the process began: any change is progress. */
  readonly progress: number;
  /** Paused, held, or its circuit open: somebody knows why it rests. */
  readonly isResting: boolean;
};

/** With looks every 10 s at most, a stuck lane is found within 30 s. */
const STUCK_MS = 20 * SECOND_MS;

type State = {
  readonly progress: number;
  /** Since when there has been due work without progress; null: there is not. */
  readonly sinceAt: number | null;
  readonly isRaised: boolean;
};

/** A lane that has due work, nothing that holds it, and no progress for 20 seconds. */
export class Stuck {
  #state: State = { progress: -1, sinceAt: null, isRaised: false };

  get isRaised(): boolean {
    return this.#state.isRaised;
  }

  feed({ at, oldestDueAt, progress, isResting }: LaneLook): Finding | null {
    if (oldestDueAt === null || isResting || progress !== this.#state.progress) {
      const sinceAt = oldestDueAt === null || isResting ? null : at;
      this.#state = { progress, sinceAt, isRaised: false };
      return null;
    }
    const sinceAt = this.#state.sinceAt ?? at;
    const isStuck = at - sinceAt >= STUCK_MS;
    const isNews = isStuck && !this.#state.isRaised;
    this.#state = { progress, sinceAt, isRaised: isStuck };
    if (!isNews) return null;
    return {
      detector: 'stuck',
      severity: 'page',
      seenAt: at,
      sinceAt,
      observed: { unit: 'ms', value: at - oldestDueAt },
      against: { unit: 'ms', value: STUCK_MS },
      sure: { kind: 'certain' },
    };
  }
}
