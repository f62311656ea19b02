import type { Draft, Objective } from '../../change/index.ts';
import type { Ledger, SliRow } from '../../ledger/index.ts';
import type { EndpointFailures, SharedBin } from '../detect/bin.ts';
import { judgeOf } from '../indicator.ts';
import { readRows } from '../read-slots.ts';
import type { Scope } from '../scope.ts';

const MINUTE_MS = 60_000;
/** Minutes that may still change are read again: outcomes lag behind acceptance by the deadline. */
const SLACK_MS = 2 * MINUTE_MS;
const LONGEST_MS = 70 * MINUTE_MS;

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
  #failures = new Map<string, number>();
  #lookedAt: number | null = null;

  constructor(ledger: Pick<Ledger, 'sli'>, deliveryDeadlineMs: number) {
    this.#ledger = ledger;
    this.#deliveryDeadlineMs = deliveryDeadlineMs;
  }

  /** null: the first look, which learns what was there before. */
  async look(objective: Draft<Objective>, scope: Scope, now: number): Promise<SharedBin | null> {
    const judge = judgeOf(objective, this.#deliveryDeadlineMs);
    const deadlineMs = objective.deadlineMs ?? 0;
    const reachMs = Math.min(SLACK_MS + deadlineMs, LONGEST_MS);
    const fromAt = Math.floor((now - reachMs) / MINUTE_MS) * MINUTE_MS;
    const span = { unit: 'minute', fromAt, beforeAt: now + 1 } as const;
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
    const failing = bad === 0 ? [] : await this.#failing(objective, scope, fromAt, now);
    const startAt = this.#lookedAt;
    this.#totals = totals;
    this.#lookedAt = now;
    // Clocks that step back give no bin; the next look has what it missed.
    return startAt === null || now <= startAt ? null : { startAt, endAt: now, total, bad, failing };
  }

  async #failing(
    objective: Draft<Objective>,
    scope: Scope,
    fromAt: number,
    now: number,
  ): Promise<readonly EndpointFailures[]> {
    const judge = judgeOf(objective, this.#deliveryDeadlineMs);
    const deadlineMs = objective.deadlineMs ?? 0;
    const span = { unit: 'minute', fromAt, beforeAt: now + 1 } as const;
    const failures = new Map<string, number>();
    const fresh = new Map<number, number>();
    await readRows(this.#ledger, scope, span, ['endpoint'], (row) => {
      const { bad } = judge(row, row.at + MINUTE_MS + deadlineMs > now);
      if (bad === 0 || row.endpointId === null) return;
      const key = `${row.at} ${row.endpointId}`;
      const sum = (failures.get(key) ?? 0) + bad;
      failures.set(key, sum);
    });
    for (const [key, sum] of failures) {
      const added = sum - (this.#failures.get(key) ?? 0);
      const endpointId = Number(key.split(' ')[1]);
      if (added > 0) fresh.set(endpointId, (fresh.get(endpointId) ?? 0) + added);
    }
    this.#failures = failures;
    return Array.from(fresh, ([endpointId, bad]) => ({ endpointId, bad }));
  }
}
