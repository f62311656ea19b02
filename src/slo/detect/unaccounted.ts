import type { Finding } from './finding.ts';

/** A look of the audit: what it found unaccounted, in the range that it looked at. */
export type AuditLook = {
  readonly at: number;
  readonly unaccounted: number;
  /** The acceptance of the oldest of them, ms since 1970; null: not known. */
  readonly oldestAt: number | null;
};

/** Any unaccounted delivery is a page, at the look that finds it; and again only when there are more. */
export class Unaccounted {
  #most: number;

  constructor(most = 0) {
    this.#most = most;
  }

  feed({ at, unaccounted, oldestAt }: AuditLook): Finding | null {
    const isNews = unaccounted > this.#most;
    this.#most = unaccounted;
    if (!isNews) return null;
    return {
      detector: 'unaccounted',
      severity: 'page',
      seenAt: at,
      sinceAt: oldestAt ?? at,
      observed: { unit: 'count', value: unaccounted },
      against: { unit: 'count', value: 0 },
      sure: { kind: 'certain' },
    };
  }

  state(): number {
    return this.#most;
  }
}
