import type { Draft, Objective } from '../../change/index.ts';
import type { Ledger, SliRow } from '../../ledger/index.ts';
import { MINUTE_MS, type SharedBin } from '../detect/bin.ts';
import { judgeOf } from '../indicator.ts';
import { readRows, type Span } from '../read-slots.ts';
import type { Scope } from '../scope.ts';

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
 * is one sum, however many endpoints there are. Where they were read, the sums are those of the same rows.
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
    let totals = new Map<number, Seen>();
    await readRows(this.#ledger, scope, span, [], (row) => {
      const { good, bad } = judge(row, isYoung(row));
      add(totals, row.at, good, bad);
    });
    let fresh = this.#sinceBefore(totals);
    let endpoints: readonly EndpointOutcomes[] = [];
    if (fresh.bad > 0 || wantsEndpoints) {
      ({ totals, endpoints } = await this.#apart(objective, scope, span, now));
      fresh = this.#sinceBefore(totals);
    }
    const startAt = this.#lookedAt;
    this.#totals = totals;
    this.#lookedAt = now;
    // A clock that steps back gives no bin, and learns anew what was there before.
    if (startAt === null || now <= startAt) return null;
    const failing = endpoints.filter((endpoint) => endpoint.bad > 0);
    return { startAt, endAt: now, ...fresh, failing, endpoints };
  }

  #sinceBefore(totals: ReadonlyMap<number, Seen>): {
    readonly total: number;
    readonly bad: number;
  } {
    let total = 0;
    let bad = 0;
    for (const [at, sum] of totals) {
      const before = this.#totals.get(at) ?? { good: 0, bad: 0 };
      const newBad = Math.max(0, sum.bad - before.bad);
      total += Math.max(0, sum.good - before.good) + newBad;
      bad += newBad;
    }
    return { total, bad };
  }

  async #apart(
    objective: Draft<Objective>,
    scope: Scope,
    span: Span,
    now: number,
  ): Promise<{
    readonly totals: Map<number, Seen>;
    readonly endpoints: readonly EndpointOutcomes[];
  }> {
    const judge = judgeOf(objective, this.#deliveryDeadlineMs);
    const deadlineMs = objective.deadlineMs ?? 0;
    const totals = new Map<number, Seen>();
    const seen = new Map<string, Seen>();
    const fresh = new Map<number, { total: number; bad: number }>();
    await readRows(this.#ledger, scope, span, ['endpoint'], (row) => {
      const { good, bad } = judge(row, row.at + MINUTE_MS + deadlineMs > now);
      add(totals, row.at, good, bad);
      if (row.endpointId === null || good + bad === 0) return;
      add(seen, `${row.at} ${row.endpointId}`, good, bad);
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
    const endpoints = Array.from(fresh, ([endpointId, sums]) => ({ endpointId, ...sums }));
    return { totals, endpoints };
  }
}

function add<Key>(sums: Map<Key, Seen>, key: Key, good: number, bad: number): void {
  const known = sums.get(key) ?? { good: 0, bad: 0 };
  sums.set(key, { good: known.good + good, bad: known.bad + bad });
}
