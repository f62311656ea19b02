import type { Draft, Objective } from '../../change/index.ts';
import type { Ledger, SliRow } from '../../ledger/index.ts';
import { MINUTE_MS, type SharedBin } from '../detect/bin.ts';
import { judgeOf, type Outcomes } from '../indicator.ts';
import { countedOf, type Counted } from '../minutes/counted.ts';
import type { CountedMinutes } from '../minutes/counted-minutes.ts';
import { isRowIn, type OutcomeRows } from '../minutes/outcome-rows.ts';
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

type Seen = Outcomes;

type Apart = {
  readonly totals: Map<number, Seen>;
  readonly endpoints: readonly EndpointOutcomes[];
};

/**
 * What is new in a slice since it was last looked at, as a bin: counts of minutes only grow, so the difference to what
 * was seen before is what happened. Endpoints are read apart only where something failed: in a healthy service a look
 * is one sum, however many endpoints there are. Where they were read, the sums are those of the same rows. What the ledger
 * can say good and bad of is taken from minutes that all objectives share; other deadlines are read by themselves.
 */
export class SliceBins {
  readonly #ledger: Pick<Ledger, 'sli'>;
  readonly #deliveryDeadlineMs: number;
  #totals = new Map<number, Seen>();
  #endpointsSeen = new Map<string, Seen>();
  /** Of minutes whose endpoints were read apart, as they were then. */
  #rowsSeen = new Map<number, OutcomeRows>();
  readonly #minutes: CountedMinutes | null;
  #lookedAt: number | null = null;
  /** Past all minutes that were read. */
  #beforeAt = 0;

  /** @param minutes null: nothing is shared. */
  constructor(
    ledger: Pick<Ledger, 'sli'>,
    deliveryDeadlineMs: number,
    minutes: CountedMinutes | null,
  ) {
    this.#minutes = minutes;
    this.#ledger = ledger;
    this.#deliveryDeadlineMs = deliveryDeadlineMs;
  }

  /**
   * null: the first look, which learns what was there before.
   * @param wantsEndpoints apart, also where nothing failed.
   * @param wantsGood false: endpoints that failed are enough, and their good outcomes may be left out.
   */
  async look(
    objective: Draft<Objective>,
    scope: Scope,
    now: number,
    wantsEndpoints: boolean,
    wantsGood = true,
  ): Promise<SliceBin | null> {
    // A bin has a length: what came in this millisecond is the next look's.
    if (now === this.#lookedAt) return null;
    const deadlineMs = objective.deadlineMs ?? 0;
    const reachMs = Math.min(SLACK_MS + deadlineMs, LONGEST_MS);
    // From the look before: a late look misses nothing, and one after the clock stepped back counts nothing twice.
    const lookedAt = Math.min(this.#lookedAt ?? now, now);
    const fromAt =
      Math.floor((Math.max(lookedAt, now - LATEST_MS) - reachMs) / MINUTE_MS) * MINUTE_MS;
    this.#beforeAt = Math.max(this.#beforeAt, now + 1);
    const span: Span = { unit: 'minute', fromAt, beforeAt: this.#beforeAt };
    for (const at of this.#rowsSeen.keys()) if (at < fromAt) this.#rowsSeen.delete(at);
    const counted = this.#minutes === null ? null : countedOf(objective, this.#deliveryDeadlineMs);
    let totals =
      counted === null
        ? await this.#read(objective, scope, span, now)
        : await this.#sums(counted, scope, fromAt);
    let fresh = this.#sinceBefore(totals);
    let endpoints: readonly EndpointOutcomes[] = [];
    if (fresh.bad > 0 || wantsEndpoints) {
      ({ totals, endpoints } =
        counted === null
          ? await this.#apart(objective, scope, span, now)
          : await this.#changed(counted, scope, fromAt, wantsGood));
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

  async #sums(counted: Counted, scope: Scope, fromAt: number): Promise<Map<number, Seen>> {
    const sums = (await this.#minutes?.sums(counted, scope, fromAt)) ?? new Map<number, Seen>();
    return new Map([...sums].filter(([at]) => at >= fromAt));
  }

  /** Endpoints apart since they were so last, from the rows that the sums are of. */
  async #changed(
    counted: Counted,
    scope: Scope,
    fromAt: number,
    wantsGood: boolean,
  ): Promise<Apart> {
    const minutes = this.#minutes;
    const known = await this.#sums(counted, scope, fromAt);
    await minutes?.recall(counted, known.keys());
    // At once from here on, so that sums and rows are of the same moment.
    const totals = new Map<number, Seen>();
    const seen = new Map<number, OutcomeRows>();
    const fresh = new Map<number, { total: number; bad: number }>();
    for (const at of known.keys()) {
      const rows = minutes?.rows(counted, at);
      if (rows === undefined) continue;
      seen.set(at, rows);
      const before = this.#rowsSeen.get(at);
      if (rows === before) continue;
      const changes = new Map<number, { good: number; bad: number }>();
      for (const row of rows.changedSince(before)) {
        if ((!wantsGood && row.bad === 0) || !isRowIn(scope, row)) continue;
        const sum = changes.get(row.endpointId) ?? { good: 0, bad: 0 };
        changes.set(row.endpointId, { good: sum.good + row.good, bad: sum.bad + row.bad });
      }
      for (const [endpointId, { good, bad }] of changes) {
        const sum = fresh.get(endpointId) ?? { total: 0, bad: 0 };
        const newBad = Math.max(0, bad);
        const total = sum.total + newBad + Math.max(0, good);
        fresh.set(endpointId, { total, bad: sum.bad + newBad });
      }
    }
    for (const [at, sum] of minutes?.known(counted, scope) ?? []) {
      if (at >= fromAt) totals.set(at, sum);
    }
    this.#rowsSeen = seen;
    const endpoints = Array.from(fresh, ([endpointId, sums]) => ({ endpointId, ...sums }));
    return { totals, endpoints };
  }

  async #read(
    objective: Draft<Objective>,
    scope: Scope,
    span: Span,
    now: number,
  ): Promise<Map<number, Seen>> {
    const judge = judgeOf(objective, this.#deliveryDeadlineMs);
    const deadlineMs = objective.deadlineMs ?? 0;
    const isYoung = ({ at }: SliRow): boolean => at + MINUTE_MS + deadlineMs > now;
    const totals = new Map<number, Seen>();
    await readRows(this.#ledger, scope, span, [], (row) => {
      const { good, bad } = judge(row, isYoung(row));
      add(totals, row.at, good, bad);
    });
    return totals;
  }

  async #apart(objective: Draft<Objective>, scope: Scope, span: Span, now: number): Promise<Apart> {
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
