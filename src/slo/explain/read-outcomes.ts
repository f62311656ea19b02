import type { Objective } from '../../change/index.ts';
import type { Ledger, SliOutcomesQuery } from '../../ledger/index.ts';
import { HOUR_MS, MINUTE_MS } from '../detect/bin.ts';
import { judgeOf, sourceOf } from '../indicator.ts';
import { readRows, type Span } from '../read-slots.ts';
import type { Scope } from '../scope.ts';
import { isIn } from './read-sample.ts';

/** Decided outcomes of a span. */
export type EndpointSum = {
  readonly appId: number;
  readonly endpointId: number;
  /** null: of a lane, which has none. */
  readonly eventType: string | null;
  readonly good: number;
  readonly bad: number;
};

type Judged = Pick<Objective, 'indicator' | 'deadlineMs'>;
type Times = { readonly fromAt: number; readonly beforeAt: number; readonly at: number };
type Parts = {
  readonly ledger: Pick<Ledger, 'sli' | 'sliOutcomes'>;
  readonly deliveryDeadlineMs: number;
};
type Sum = { -readonly [Field in keyof EndpointSum]: EndpointSum[Field] };

/** Longer spans are read by the hour. */
const MOST_MINUTES_MS = 3 * HOUR_MS;

/** Outcomes of a scope by endpoint and event type, from whole minutes, or hours where the span is long. */
export async function readOutcomes(
  objective: Judged,
  scope: Scope,
  { fromAt, beforeAt, at }: Times,
  { ledger, deliveryDeadlineMs }: Parts,
): Promise<readonly EndpointSum[]> {
  const unit = beforeAt - fromAt > MOST_MINUTES_MS ? 'hour' : 'minute';
  const stepMs = unit === 'hour' ? HOUR_MS : MINUTE_MS;
  const span = { unit, fromAt: Math.floor(fromAt / stepMs) * stepMs, beforeAt } as const;
  const sums = new Map<string, Sum>();
  const add = (found: EndpointSum): void => {
    if (found.good + found.bad === 0 || !isIn(scope, found)) return;
    const key = `${found.appId} ${found.endpointId} ${found.eventType}`;
    const known = sums.get(key);
    if (known === undefined) sums.set(key, { ...found });
    else {
      known.good += found.good;
      known.bad += found.bad;
    }
  };
  const indicator = countedIndicatorOf(objective, deliveryDeadlineMs);
  if (indicator !== null) await readCounted(ledger, { ...span, indicator }, add);
  else {
    await readJudged(
      ledger,
      scope,
      { ...span, of: sourceOf(objective) },
      objective,
      deliveryDeadlineMs,
      at,
      add,
    );
  }
  return [...sums.values()];
}

/** Where good and bad are columns; another deadline has to be read off the latencies. */
function countedIndicatorOf(
  { indicator, deadlineMs }: Judged,
  deliveryDeadlineMs: number,
): SliOutcomesQuery['indicator'] | null {
  if (indicator === 'first_attempt') return indicator;
  const isOwn = deadlineMs === null || deadlineMs === deliveryDeadlineMs;
  return indicator === 'on_time' && isOwn ? indicator : null;
}

async function readCounted(
  ledger: Parts['ledger'],
  query: SliOutcomesQuery,
  add: (found: EndpointSum) => void,
): Promise<void> {
  for (let after: SliOutcomesQuery['after']; ;) {
    const { sums, next } = await ledger.sliOutcomes({ ...query, after });
    for (let nth = 0; nth < sums.length; nth += 5) {
      add({
        endpointId: Number(sums[nth]),
        appId: Number(sums[nth + 1]),
        eventType: String(sums[nth + 2]),
        good: Number(sums[nth + 3]),
        bad: Number(sums[nth + 4]),
      });
    }
    if (next === null) return;
    after = next;
  }
}

async function readJudged(
  ledger: Parts['ledger'],
  scope: Scope,
  span: Span,
  objective: Judged,
  deliveryDeadlineMs: number,
  now: number,
  add: (found: EndpointSum) => void,
): Promise<void> {
  const judge = judgeOf(objective, deliveryDeadlineMs);
  const deadlineMs = objective.deadlineMs ?? 0;
  await readRows(ledger, scope, span, ['app', 'endpoint', 'event_type'], (row, unitMs) => {
    const { appId, endpointId, eventType } = row;
    const { good, bad } = judge(row, row.at + unitMs + deadlineMs > now);
    // A dimension that the scope has one value of is summed over.
    const found = {
      appId: appId ?? onlyOf(scope.apps),
      endpointId: endpointId ?? onlyOf(scope.endpoints),
      eventType: eventType ?? onlyOf(scope.eventTypes),
    };
    if (found.appId === null || found.endpointId === null) return;
    add({
      appId: found.appId,
      endpointId: found.endpointId,
      eventType: found.eventType,
      good,
      bad,
    });
  });
}

function onlyOf<Value>(values: ReadonlySet<Value> | null): Value | null {
  const [only] = values ?? [];
  return values?.size === 1 && only !== undefined ? only : null;
}
