import type { Draft, Objective } from '../../change/index.ts';
import type { Ledger, SliRow } from '../../ledger/index.ts';
import type { SharedBin } from '../detect/bin.ts';
import { judgeOf } from '../indicator.ts';
import { readRows, type Span } from '../read-slots.ts';
import type { Scope } from '../scope.ts';

const MINUTE_MS = 60_000;
/** Minutes that may still change are read again: outcomes lag behind acceptance by the deadline. */
const SLACK_MS = 2 * MINUTE_MS;
const LONGEST_MS = 70 * MINUTE_MS;
/** Looks that are further apart miss what was between. */
const LATEST_MS = 60 * MINUTE_MS;

export type EndpointOutcomes = {
  readonly endpointId: number;
  readonly total: number;
  readonly bad: number;
};

/** Endpoints apart, those without a failure too; empty where nobody asked and nothing failed. */
export type SliceBin = SharedBin & { readonly endpoints: readonly EndpointOutcomes[] };

type Seen = { readonly good: number; readonly bad: number };

/**
 * What is new in a slice since it was last looked at, as a bin: counts of minutes only grow, so the difference to what
 * was seen before is what happened. Endpoints are read apart only where something failed: in a healthy service a look
 * is one sum, however many endpoints there are.
 */
export class SliceBins {
  readonly #ledger: Pick<Ledger, 'sli'>;
  readonly #deliveryDeadlineMs: number;
  #totals = new Map<number, Seen>();
  #endpointsSeen = new Map<string, Seen>();
  #lookedAt: number | null = null;
  /** Past all minutes that were read. */
  #beforeAt = 0;

  constructor(ledger: Pick<Ledger, 'sli'>, deliveryDeadlineMs: number) {
    this.#ledger = ledger;
    this.#deliveryDeadlineMs = deliveryDeadlineMs;
  }

  /**
   * null: the first look, which learns what was there before.
   * @param wantsEndpoints apart, also where nothing failed.
   */
  async look(
    objective: Draft<Objective>,
    scope: Scope,
    now: number,
    wantsEndpoints: boolean,
  ): Promise<SliceBin | null> {
    // A bin has a length: what came in this millisecond is the next look's.
    if (now === this.#lookedAt) return null;
    const judge = judgeOf(objective, this.#deliveryDeadlineMs);
    const deadlineMs = objective.deadlineMs ?? 0;
    const reachMs = Math.min(SLACK_MS + deadlineMs, LONGEST_MS);
    // From the look before: a late look misses nothing, and one after the clock stepped back counts nothing twice.
    const lookedAt = Math.min(this.#lookedAt ?? now, now);
    const fromAt =
      Math.floor((Math.max(lookedAt, now - LATEST_MS) - reachMs) / MINUTE_MS) * MINUTE_MS;
    this.#beforeAt = Math.max(this.#beforeAt, now + 1);
    const span: Span = { unit: 'minute', fromAt, beforeAt: this.#beforeAt };
    const isYoung = ({ at }: SliRow): boolean => at + MINUTE_MS + deadlineMs > now;
    const totals = new Map<number, Seen>();
    await readRows(this.#ledger, scope, span, [], (row) => {
      const { good, bad } = judge(row, isYoung(row));
      const known = totals.get(row.at) ?? { good: 0, bad: 0 };
      totals.set(row.at, { good: known.good + good, bad: known.bad + bad });
    });
    let total = 0;
    let bad = 0;
    for (const [at, sum] of totals) {
      const before = this.#totals.get(at) ?? { good: 0, bad: 0 };
      total += Math.max(0, sum.good - before.good) + Math.max(0, sum.bad - before.bad);
      bad += Math.max(0, sum.bad - before.bad);
    }
    const isApart = bad > 0 || wantsEndpoints;
    const endpoints = isApart ? await this.#endpoints(objective, scope, span, now) : [];
    const startAt = this.#lookedAt;
    this.#totals = totals;
    this.#lookedAt = now;
    // A clock that steps back gives no bin, and learns anew what was there before.
    if (startAt === null || now <= startAt) return null;
    const failing = endpoints.filter((endpoint) => endpoint.bad > 0);
    return { startAt, endAt: now, total, bad, failing, endpoints };
  }

  async #endpoints(
    objective: Draft<Objective>,
    scope: Scope,
    span: Span,
    now: number,
  ): Promise<readonly EndpointOutcomes[]> {
    const judge = judgeOf(objective, this.#deliveryDeadlineMs);
    const deadlineMs = objective.deadlineMs ?? 0;
    const seen = new Map<string, Seen>();
    const fresh = new Map<number, { total: number; bad: number }>();
    await readRows(this.#ledger, scope, span, ['endpoint'], (row) => {
      if (row.endpointId === null) return;
      const { good, bad } = judge(row, row.at + MINUTE_MS + deadlineMs > now);
      if (good + bad === 0) return;
      const key = `${row.at} ${row.endpointId}`;
      const known = seen.get(key) ?? { good: 0, bad: 0 };
      seen.set(key, { good: known.good + good, bad: known.bad + bad });
    });
    for (const [key, { good, bad }] of seen) {
      const before = this.#endpointsSeen.get(key) ?? { good: 0, bad: 0 };
      const newBad = Math.max(0, bad - before.bad);
      const total = newBad + Math.max(0, good - before.good);
      const endpointId = Number(key.split(' ')[1]);
      const sum = fresh.get(endpointId) ?? { total: 0, bad: 0 };
      fresh.set(endpointId, { total: sum.total + total, bad: sum.bad + newBad });
    }
    this.#endpointsSeen = seen;
    return Array.from(fresh, ([endpointId, sums]) => ({ endpointId, ...sums }));
  }
}
