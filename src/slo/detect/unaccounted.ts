import type { Finding } from './finding.ts';

/** A look at what the audit found. */
export type AuditLook = {
  readonly at: number;
  /** All that were found since the process began. */
  readonly unaccounted: number;
  /** The acceptance of the oldest of them, ms since 1970; null: not known. */
  readonly oldestAt: number | null;
};

/** Any unaccounted delivery is a page, at the look that finds it; and again only when there are more. */
export class Unaccounted {
  #most = 0;

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
}
