import type { Draft, Objective } from '../change/index.ts';
import type { Ledger, SliGroup, SliRow } from '../ledger/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './detect/bin.ts';
import { judgeOf, sourceOf } from './indicator.ts';
import { countedOf, type Counted } from './minutes/counted.ts';
import { readRows, type Span } from './read-slots.ts';
import type { Scope } from './scope.ts';
import { periodStart } from './status.ts';

export type EndpointOutcomes = {
  readonly appId: number;
  readonly endpointId: number;
  readonly good: number;
  readonly bad: number;
  /** Part of all bad outcomes. */
  readonly share: number;
};

type Asked = {
  readonly scope: Scope;
  readonly now: number;
  readonly limit: number;
  /** The service's own deadline, ms. */
  readonly deliveryDeadlineMs: number;
};
type Sum = { readonly appId: number; readonly endpointId: number; good: number; bad: number };

/** By then hours hold all their minutes. */
const ROLLED_MS = 5 * MINUTE_MS;
/** So many endpoints are asked for by themselves; of more, what is read of all is picked out. */
const MOST_APART = 100;
/** Values of one endpoint in what the ledger gives of a day. */
const WIDTH = 4;

/**
 * The endpoints with the most bad outcomes of the period, none without any. Where the ledger can say good and bad by
 * itself it walks days, skips what had nothing bad, and is asked for the good outcomes of the worst alone; other
 * deadlines are read off all rows.
 */
export async function readWorst(
  ledger: Pick<Ledger, 'sli' | 'sliOfDay'>,
  objective: Draft<Objective>,
  asked: Asked,
): Promise<readonly EndpointOutcomes[]> {
  // Nothing that is counted is bad to it: what is unaccounted is of no endpoint's rows.
  if (objective.indicator === 'accounted') return [];
  const counted = countedOf(objective, asked.deliveryDeadlineMs);
  if (counted === null) return worstOf(await readJudged(ledger, objective, asked), asked.limit);
  const { scope, now } = asked;
  if ([scope.apps, scope.endpoints, scope.eventTypes].some((values) => values?.size === 0)) {
    return [];
  }
  const fromAt = periodStart(objective, now);
  const isFew = scope.endpoints !== null && scope.endpoints.size <= MOST_APART;
  const endpointIds = isFew ? [...(scope.endpoints ?? [])] : undefined;
  const failing = await readDays(ledger, counted, asked, fromAt, endpointIds);
  const worst = worstOf(failing, asked.limit);
  if (endpointIds !== undefined) return worst;
  const named = worst.map(({ endpointId }) => endpointId);
  const all = await readDays(ledger, counted, asked, fromAt, named);
  return worst.map((one) => ({ ...one, good: all.get(one.endpointId)?.good ?? one.good }));
}

async function readDays(
  ledger: Pick<Ledger, 'sliOfDay'>,
  counted: Counted,
  { scope, now }: Asked,
  fromAt: number,
  endpointIds: readonly number[] | undefined,
): Promise<ReadonlyMap<number, Sum>> {
  const sums = new Map<number, Sum>();
  const eventTypes = scope.eventTypes === null ? undefined : [...scope.eventTypes];
  if (endpointIds?.length === 0) return sums;
  for (let dayAt = fromAt; dayAt <= now; dayAt += DAY_MS) {
    const found = await ledger.sliOfDay({ ...counted, dayAt, endpointIds, eventTypes });
    for (let nth = 0; nth < found.length; nth += WIDTH) {
      const [endpointId = 0, appId = 0, good = 0, bad = 0] = found.slice(nth, nth + WIDTH);
      const isIn = (scope.apps?.has(appId) ?? true) && (scope.endpoints?.has(endpointId) ?? true);
      if (isIn) add(sums, { endpointId, appId, good, bad });
    }
  }
  return sums;
}

async function readJudged(
  ledger: Pick<Ledger, 'sli'>,
  objective: Draft<Objective>,
  { scope, now, deliveryDeadlineMs }: Asked,
): Promise<ReadonlyMap<number, Sum>> {
  const judge = judgeOf(objective, deliveryDeadlineMs);
  const deadlineMs = objective.deadlineMs ?? 0;
  const minutesFrom = floorTo(now - ROLLED_MS, HOUR_MS);
  const hoursFrom = floorTo(minutesFrom, DAY_MS);
  const spans: readonly Span[] = [
    { unit: 'day', fromAt: periodStart(objective, now), beforeAt: hoursFrom },
    { unit: 'hour', fromAt: hoursFrom, beforeAt: minutesFrom },
    { unit: 'minute', fromAt: minutesFrom, beforeAt: now + 1 },
  ];
  const groups: readonly SliGroup[] = ['app', 'endpoint'];
  const sums = new Map<number, Sum>();
  const take = (row: SliRow, unitMs: number): void => {
    const { appId, endpointId } = row;
    if (appId === null || endpointId === null) return;
    add(sums, { appId, endpointId, ...judge(row, row.at + unitMs + deadlineMs > now) });
  };
  const of = sourceOf(objective);
  for (const span of spans) await readRows(ledger, scope, { ...span, of }, groups, take);
  return sums;
}

function add(sums: Map<number, Sum>, { appId, endpointId, good, bad }: Sum): void {
  const sum = sums.get(endpointId);
  if (sum === undefined) sums.set(endpointId, { appId, endpointId, good, bad });
  else {
    sum.good += good;
    sum.bad += bad;
  }
}

function worstOf(sums: ReadonlyMap<number, Sum>, limit: number): readonly EndpointOutcomes[] {
  const total = [...sums.values()].reduce((sum, { bad }) => sum + bad, 0);
  return [...sums.values()]
    .filter(({ bad }) => bad > 0)
    .toSorted((one, other) => other.bad - one.bad || one.endpointId - other.endpointId)
    .slice(0, limit)
    .map((sum) => ({ ...sum, share: sum.bad / total }));
}

function floorTo(at: number, unitMs: number): number {
  return Math.floor(at / unitMs) * unitMs;
}
