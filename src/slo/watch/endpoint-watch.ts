import type { Alert } from '../alerts/alert.ts';
import { HOUR_MS } from '../detect/bin.ts';
import type { FastBurnOptions } from '../detect/fast-burn.ts';
import type { Finding } from '../detect/finding.ts';
import { LastingBurn } from '../detect/lasting-burn.ts';
import type { SliceBin } from './slice-bins.ts';

export type EndpointFinding = { readonly endpointId: number; readonly finding: Finding };

/** Endpoints that are followed; beyond them those that began to fail later are not. */
const MOST_FOLLOWED = 10_000;
/** One that did not fail for so long is followed no more. */
const FORGET_MS = 6 * HOUR_MS;

type Followed = { readonly burn: LastingBurn; failedAt: number };

/** One endpoint a lot, beside many endpoints a little: each endpoint that fails has a detector of its own from then on. */
export class EndpointWatch {
  readonly #options: FastBurnOptions | undefined;
  readonly #followed = new Map<number, Followed>();

  constructor(options?: FastBurnOptions) {
    this.#options = options;
  }

  /**
   * Some endpoint is followed: its good outcomes count too. Seen only in looks in which something failed, four
   * failures of a thousand would look like four of forty.
   */
  get isFollowing(): boolean {
    return this.#followed.size > 0;
  }

  /** Of some endpoint it is to be seen whether its failing lasts: each look counts. */
  get isHeld(): boolean {
    for (const { burn } of this.#followed.values()) if (burn.isHeld) return true;
    return false;
  }

  feed({
    startAt,
    endAt,
    endpoints,
  }: Pick<SliceBin, 'startAt' | 'endAt' | 'endpoints'>): readonly EndpointFinding[] {
    const findings: EndpointFinding[] = [];
    const seen = new Set<number>();
    for (const { endpointId, total, bad } of endpoints) {
      seen.add(endpointId);
      let followed = this.#followed.get(endpointId);
      if (followed === undefined) {
        if (bad === 0 || this.#followed.size >= MOST_FOLLOWED) continue;
        followed = { burn: new LastingBurn(this.#options), failedAt: endAt };
        this.#followed.set(endpointId, followed);
      }
      if (bad > 0) followed.failedAt = endAt;
      const finding = followed.burn.feed({ startAt, endAt, total, bad });
      if (finding !== null) findings.push({ endpointId, finding });
    }
    for (const [endpointId, { burn, failedAt }] of this.#followed) {
      if (burn.isHeld && !seen.has(endpointId)) {
        const finding = burn.feed({ startAt, endAt, total: 0, bad: 0 });
        if (finding !== null) findings.push({ endpointId, finding });
      }
      if (!burn.isRaised && endAt - failedAt >= FORGET_MS) this.#followed.delete(endpointId);
    }
    return findings;
  }

  /** Its alert is open since an earlier life: it fails as it did when it was found, until it shows that it is well. */
  restore(
    endpointId: number,
    { firedAt, facts }: Pick<Alert, 'firedAt' | 'facts'>,
    now: number,
  ): void {
    const burn = new LastingBurn(this.#options, firedAt);
    burn.feed({ startAt: now - 1, endAt: now, ...countsOf(facts) });
    this.#followed.set(endpointId, { burn, failedAt: now });
  }

  forget(endpointId: number): void {
    this.#followed.delete(endpointId);
  }

  isRaised(endpointId: number): boolean {
    return this.#followed.get(endpointId)?.burn.isRaised === true;
  }
}

/** What was counted when it was found; the least that is, where the facts do not say. */
function countsOf(facts: Alert['facts']): { readonly total: number; readonly bad: number } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `ofService`
  const finding = facts['finding'] as Finding | undefined;
  if (finding?.observed.unit !== 'share') return { total: 3, bad: 3 };
  return { total: finding.observed.of ?? finding.observed.bad, bad: finding.observed.bad };
}
