import type { Clock, IdText } from '../core/index.ts';
import type { Configuration, Draft, Objective } from '../change/index.ts';
import type { FoundSlot, Ledger } from '../ledger/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './detect/bin.ts';
import { isValueOfBadKnown, judgeOf, sourceOf } from './indicator.ts';
import { countedOf, type Counted } from './minutes/counted.ts';
import { CountedMinutes, type CountedMinutesLedger } from './minutes/counted-minutes.ts';
import { readRows, readValues, type Span } from './read-slots.ts';
import { readWorst, type EndpointOutcomes } from './read-worst.ts';
import { keyOfScope, scopeOf, SharedScopes, type Scope } from './scope.ts';
import { SharedReads } from './shared-reads.ts';
import {
  periodStart,
  statusOf,
  type ObjectiveStatus,
  type Slot,
  type ValueSlot,
} from './status.ts';

/** Holds objectives against what was recorded. */
export type Evaluator = {
  /** Shared with who watches: what is counted is read once. */
  readonly counted: CountedMinutes;
  readonly scopes: SharedScopes;
  /** A second old, what happened more than an hour ago a minute; older where reading takes long (KEPT_RATIO). */
  status(objective: Draft<Objective>): Promise<ObjectiveStatus>;
  /**
   * Outcomes by the minute in [fromAt, beforeAt), which is at most a week; minutes without any are left out. Read anew
   * each time.
   */
  minutes(objective: Draft<Objective>, fromAt: number, beforeAt: number): Promise<readonly Slot[]>;
  /**
   * Outcomes of spans in the order of their time, slots without any left out; spans without an end after their
   * beginning hold nothing. Read anew each time.
   */
  slots(objective: Draft<Objective>, spans: readonly Span[]): Promise<readonly Slot[]>;
  /** The endpoints with the most bad outcomes of the period; half a minute old, or older as above. */
  worstEndpoints(objective: Draft<Objective>, limit: number): Promise<readonly EndpointOutcomes[]>;
};

export type EvaluatorParts = {
  readonly ledger: Pick<Ledger, 'sli' | 'sliValue' | 'sliOfDay'> & CountedMinutesLedger;
  readonly configuration: Pick<Configuration, 'applications' | 'endpoints'>;
  readonly idText: IdText;
  readonly clock: Pick<Clock, 'now'>;
  /** The service's own deadline, ms. */
  readonly deliveryDeadlineMs: number;
  /** When the audit found deliveries unaccounted. */
  readonly unaccounted: () => readonly FoundSlot[];
};

/** By then hours hold all their minutes, and the longest deadline that latency counts answer has passed. */
export const SETTLED_MS = HOUR_MS + 10 * MINUTE_MS;
const KEPT_OBJECTIVES = 2000;
const PAST_KEPT_MS = MINUTE_MS;
const RECENT_KEPT_MS = 1000;
const WORST_KEPT_MS = 30_000;

/** What was read is kept for so many times as long as reading it took: at most a twentieth of a thread goes to it. */
const KEPT_RATIO = 20;

type Kept<Value> = { readonly value: Promise<Value>; untilAt: number };
type Past = {
  readonly scope: Scope;
  readonly fromAt: number;
  readonly hoursFrom: number;
  /** Of what is counted, when it began to be read. */
  readonly count: number;
  readonly beforeAt: number;
  readonly slots: readonly Slot[];
  readonly values: readonly ValueSlot[];
};

/**
 * Days for the old part of the period, hours for the last three days, minutes for the last hour and a bit: about 300
 * sums however long the period is and however many endpoints there are. Sums of the past are kept for a minute.
 */
export function createEvaluator(parts: EvaluatorParts): Evaluator {
  const { clock, deliveryDeadlineMs, unaccounted } = parts;
  const ledger = new SharedReads(parts.ledger);
  const counted = new CountedMinutes(parts.ledger);
  const scopes = new SharedScopes(parts);
  let readAt = -Infinity;
  let refreshed: Promise<void> = Promise.resolve();
  const pasts = new Map<string, Kept<Past>>();
  const statuses = new Map<string, Kept<ObjectiveStatus>>();
  const worst = new Map<string, Kept<readonly EndpointOutcomes[]>>();

  async function slotsOf(
    objective: Draft<Objective>,
    scope: Scope,
    spans: readonly Span[],
    now: number,
    from: Pick<Ledger, 'sli'> = ledger,
  ): Promise<readonly Slot[]> {
    const judge = judgeOf(objective, deliveryDeadlineMs);
    const of = sourceOf(objective);
    const deadlineMs = objective.deadlineMs ?? 0;
    const slots = new Map<string, Slot>();
    for (const span of spans) {
      await readRows(from, scope, { ...span, of }, [], (row, unitMs) => {
        const { good, bad } = judge(row, row.at + unitMs + deadlineMs > now);
        const key = `${span.unit} ${row.at}`;
        const known = slots.get(key);
        slots.set(key, {
          at: row.at,
          unitMs,
          good: good + (known?.good ?? 0),
          bad: bad + (known?.bad ?? 0),
        });
      });
    }
    return [...slots.values()];
  }

  async function valuesOf(
    objective: Draft<Objective>,
    scope: Scope,
    span: Span,
  ): Promise<readonly ValueSlot[]> {
    const isKnown = isValueOfBadKnown(objective, deliveryDeadlineMs);
    const values: ValueSlot[] = [];
    await readValues(ledger, scope, span, ({ at, currency, accepted, late }, unitMs) => {
      values.push({ at, unitMs, currency, accepted, bad: isKnown ? late : null });
    });
    return values;
  }

  async function readPast(
    objective: Draft<Objective>,
    now: number,
    before: Past | undefined,
  ): Promise<Past> {
    const beforeAt = floorTo(now - SETTLED_MS, HOUR_MS);
    const hoursFrom = floorTo(now - 3 * DAY_MS, DAY_MS);
    const fromAt = periodStart(objective, now);
    const scope = await scopes.of(objective.slice, now);
    if (
      before !== undefined &&
      before.beforeAt === beforeAt &&
      before.fromAt === fromAt &&
      before.hoursFrom === hoursFrom &&
      (before.scope === scope || keyOfScope(before.scope) === keyOfScope(scope)) &&
      counted.isPastSame(sourceOf(objective), beforeAt, before.count)
    ) {
      return before;
    }
    const { count } = counted;
    const hours: Span = { unit: 'hour', fromAt: hoursFrom, beforeAt };
    const spans: readonly Span[] = [{ unit: 'day', fromAt, beforeAt: hoursFrom }, hours];
    const [slots, values] = await Promise.all([
      slotsOf(objective, scope, spans, now),
      valuesOf(objective, scope, hours),
    ]);
    return { scope, fromAt, hoursFrom, count, beforeAt, slots, values };
  }

  async function readStatus(
    objective: Draft<Objective>,
    key: string,
    now: number,
  ): Promise<ObjectiveStatus> {
    await refreshed;
    const before = pasts.get(key)?.value;
    const { scope, beforeAt, slots, values } = await keep(
      clock,
      pasts,
      key,
      PAST_KEPT_MS,
      async () => readPast(objective, now, await before?.catch(() => undefined)),
    );
    const span: Span = {
      unit: 'minute',
      fromAt: beforeAt,
      beforeAt: floorTo(now, MINUTE_MS) + MINUTE_MS,
    };
    const [recent, carried] = await Promise.all([
      recentOf(objective, scope, span, now),
      valuesOf(objective, scope, span),
    ]);
    const found = unaccountedSlots(objective);
    const all = [...slots, ...recent];
    const inOrder =
      found.length === 0 ? all : [...all, ...found].toSorted((one, other) => one.at - other.at);
    return statusOf(objective, inOrder, now, [...values, ...carried]);
  }

  /** Minutes that are counted are shared; others are read. */
  async function recentOf(
    objective: Draft<Objective>,
    scope: Scope,
    span: Span,
    now: number,
  ): Promise<readonly Slot[]> {
    const of: Counted | null = countedOf(objective, deliveryDeadlineMs);
    if (of === null) return slotsOf(objective, scope, [span], now);
    const sums = await counted.sums(of, scope, span.fromAt);
    return Array.from(sums, ([at, sum]) => ({ at, unitMs: MINUTE_MS, ...sum }))
      .filter(({ at }) => at >= span.fromAt && at < span.beforeAt)
      .toSorted((one, other) => one.at - other.at);
  }

  /** Found by the audit, and in no row: each counts in the minute in which it was found. */
  function unaccountedSlots({ indicator }: Draft<Objective>): readonly Slot[] {
    if (indicator !== 'accounted') return [];
    return unaccounted().map(({ at, unitMs, count }) => ({ at, unitMs, good: 0, bad: count }));
  }

  async function readSlots(
    objective: Draft<Objective>,
    spans: readonly Span[],
  ): Promise<readonly Slot[]> {
    const scope = await scopeOf(objective.slice, parts);
    const asked = spans.filter(({ fromAt, beforeAt }) => fromAt < beforeAt);
    const slots = await slotsOf(objective, scope, asked, clock.now(), parts.ledger);
    const found = unaccountedSlots(objective).filter(({ at }) =>
      asked.some(({ fromAt, beforeAt }) => at >= fromAt && at < beforeAt),
    );
    return [...slots, ...found]
      .filter(({ good, bad }) => good + bad > 0)
      .toSorted((one, other) => one.at - other.at);
  }

  function worstOf(
    objective: Draft<Objective>,
    limit: number,
    now: number,
  ): Promise<readonly EndpointOutcomes[]> {
    const key = `${limit} ${keyOf(objective)}`;
    return keep(clock, worst, key, WORST_KEPT_MS, async () => {
      const scope = await scopeOf(objective.slice, parts);
      return readWorst(parts.ledger, objective, { scope, now, limit, deliveryDeadlineMs });
    });
  }

  return {
    counted,
    scopes,
    status(objective) {
      const now = clock.now();
      // As old as a status may be.
      if (now - readAt >= RECENT_KEPT_MS || now < readAt) {
        ledger.forget();
        readAt = now;
        refreshed = counted.refresh(now);
        refreshed.catch(() => {
          readAt = -Infinity;
        });
      }
      const key = keyOf(objective);
      return keep(clock, statuses, key, RECENT_KEPT_MS, () => readStatus(objective, key, now));
    },
    minutes(objective, fromAt, beforeAt) {
      const from = floorTo(Math.max(fromAt, beforeAt - 7 * DAY_MS), MINUTE_MS);
      return readSlots(objective, [{ unit: 'minute', fromAt: from, beforeAt }]);
    },
    slots: readSlots,
    worstEndpoints: (objective, limit) => worstOf(objective, limit, clock.now()),
  };
}

/** What two objectives share that are evaluated alike. */
function keyOf({ indicator, target, deadlineMs, periodDays, slice, value }: Draft<Objective>) {
  return JSON.stringify([indicator, target, deadlineMs, periodDays, slice, value]);
}

/** A read that is under way is waited for and not begun again; one that failed is forgotten. */
function keep<Value>(
  clock: Pick<Clock, 'now'>,
  kept: Map<string, Kept<Value>>,
  key: string,
  keptMs: number,
  read: () => Promise<Value>,
): Promise<Value> {
  const now = clock.now();
  const known = kept.get(key);
  if (known !== undefined && now < known.untilAt) return known.value;
  if (kept.size >= KEPT_OBJECTIVES) kept.clear();
  const value = read();
  const made: Kept<Value> = { value, untilAt: now + keptMs };
  kept.set(key, made);
  value.then(
    () => {
      // Measured on the clock on which it is kept.
      made.untilAt = now + Math.max(keptMs, (clock.now() - now) * KEPT_RATIO);
    },
    () => {
      if (kept.get(key) === made) kept.delete(key);
    },
  );
  return value;
}

function floorTo(at: number, unitMs: number): number {
  return Math.floor(at / unitMs) * unitMs;
}
