import type { Objective } from '../../change/index.ts';
import type { Ledger, SliOutcomesQuery } from '../../ledger/index.ts';
import { HOUR_MS, MINUTE_MS } from '../detect/bin.ts';
import { judgeOf, sourceOf } from '../indicator.ts';
import { countedOf, type Counted } from '../minutes/counted.ts';
import type { CountedMinutes } from '../minutes/counted-minutes.ts';
import { readRows, type Span } from '../read-slots.ts';
import type { Scope } from '../scope.ts';
import { isIn } from './read-sample.ts';
import { once } from './once.ts';

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
  /** What is in memory as of `at`; null: the ledger is asked. */
  readonly counted: Pick<CountedMinutes, 'outcomes'> | null;
};
type Sum = { -readonly [Field in keyof EndpointSum]: EndpointSum[Field] };

/** Longer spans are read by the hour. */
const MOST_MINUTES_MS = 3 * HOUR_MS;

/** Outcomes of a scope by endpoint and event type, from whole minutes, or hours where the span is long. */
export async function readOutcomes(
  objective: Judged,
  scope: Scope,
  { fromAt, beforeAt, at }: Times,
  { ledger, deliveryDeadlineMs, counted: held }: Parts,
  /** Of all scopes, by what was asked. */
  shared: Map<string, Promise<readonly EndpointSum[]>>,
): Promise<readonly EndpointSum[]> {
  const unit = beforeAt - fromAt > MOST_MINUTES_MS ? 'hour' : 'minute';
  const stepMs = unit === 'hour' ? HOUR_MS : MINUTE_MS;
  const span = { unit, fromAt: Math.floor(fromAt / stepMs) * stepMs, beforeAt } as const;
  const counted = countedOf(objective, deliveryDeadlineMs);
  if (counted !== null) {
    const all = await once(shared, JSON.stringify([counted, span]), async () => {
      const known =
        unit === 'minute' ? await held?.outcomes(counted, span.fromAt, beforeAt) : undefined;
      if (known === undefined || known === null) {
        return readCounted(ledger, { ...span, ...counted });
      }
      return counted.indicator === 'freshness'
        ? known.map((sum) => ({ ...sum, eventType: null }))
        : known;
    });
    return all.filter((found) => isIn(scope, found));
  }
  const sums = new Sums();
  await readJudged(
    ledger,
    scope,
    { ...span, of: sourceOf(objective) },
    objective,
    deliveryDeadlineMs,
    at,
    (found) => {
      if (isIn(scope, found)) sums.add(found);
    },
  );
  return sums.all();
}

/** Added up by endpoint, application and event type. */
class Sums {
  readonly #ofEndpoints = new Map<number, Sum[]>();

  add(found: EndpointSum): void {
    if (found.good + found.bad === 0) return;
    const ofEndpoint = this.#ofEndpoints.get(found.endpointId);
    const known = ofEndpoint?.find(
      ({ appId, eventType }) => appId === found.appId && eventType === found.eventType,
    );
    if (known !== undefined) {
      known.good += found.good;
      known.bad += found.bad;
    } else if (ofEndpoint === undefined) this.#ofEndpoints.set(found.endpointId, [{ ...found }]);
    else ofEndpoint.push({ ...found });
  }

  all(): readonly EndpointSum[] {
    return [...this.#ofEndpoints.values()].flat();
  }
}

async function readCounted(
  ledger: Parts['ledger'],
  query: Counted & Pick<SliOutcomesQuery, 'unit' | 'fromAt' | 'beforeAt'>,
): Promise<readonly EndpointSum[]> {
  const added = new Sums();
  for (let after: SliOutcomesQuery['after']; ;) {
    const { sums, next } = await ledger.sliOutcomes({ ...query, after });
    for (let nth = 0; nth < sums.length; nth += 5) {
      added.add({
        endpointId: Number(sums[nth]),
        appId: Number(sums[nth + 1]),
        eventType: query.indicator === 'freshness' ? null : String(sums[nth + 2]),
        good: Number(sums[nth + 3]),
        bad: Number(sums[nth + 4]),
      });
    }
    if (next === null) return added.all();
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
