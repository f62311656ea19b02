import type { Ledger, SampledDelivery, SampleQuery } from '../../ledger/index.ts';
import type { Scope } from '../scope.ts';

export type SampleSpan = Pick<SampleQuery, 'fromAt' | 'beforeAt' | 'now' | 'deadlineMs'>;
export type SampleEnd = { readonly lookedAt: number; readonly isWhole: boolean };

/** Deliveries that are looked at in all. */
const MOST_LOOKED_AT = 20_000;
/** Of one call: some 10 ms of a thread that others read by too. */
const PAGE = 1000;
/** The span is cut into so many parts of equal length, each with its share: what began before is seen too. */
const PARTS = 10;
/** So many applications or endpoints are read apart; of more, what is read of all is picked out. */
const MOST_APART = 20;
/** Where fewer than this share are bad, one good delivery in `THINNED` stands for the others. */
const RARE = 0.05;
const THINNED = 5;

type Source = Pick<SampleQuery, 'appId' | 'endpointId' | 'fromAt' | 'beforeAt'>;

/**
 * Gives deliveries of a scope to `take`: of each part of the span the newest. Every bad one that is looked at is given;
 * where bad ones are rare, good ones are thinned and weigh more, so that failures are not drowned.
 */
export async function readSample(
  ledger: Pick<Ledger, 'sampleDeliveries'>,
  scope: Scope,
  span: SampleSpan,
  take: (row: SampledDelivery) => void,
): Promise<SampleEnd> {
  const sources = sourcesOf(scope, span);
  const share = Math.max(1, Math.floor(MOST_LOOKED_AT / Math.max(1, sources.length)));
  let lookedAt = 0;
  let isWhole = true;
  for (const source of sources) {
    let left = share;
    let oneOf = 1;
    let after: SampleQuery['after'];
    while (left > 0) {
      const limit = Math.min(PAGE, left);
      const page = await ledger.sampleDeliveries({ ...span, ...source, after, limit, oneOf });
      let bad = 0;
      for (const row of page.rows) {
        if (row.isBad) bad += 1;
        if (isIn(scope, row)) take(row);
      }
      lookedAt += page.lookedAt;
      left -= page.lookedAt;
      oneOf = bad < page.lookedAt * RARE ? THINNED : 1;
      after = page.next ?? undefined;
      if (page.next === null) break;
    }
    if (after !== undefined) isWhole = false;
  }
  return { lookedAt, isWhole };
}

function sourcesOf({ apps, endpoints, eventTypes }: Scope, span: SampleSpan): readonly Source[] {
  if ([apps, endpoints, eventTypes].some((values) => values?.size === 0)) return [];
  const whose =
    endpoints !== null && endpoints.size <= MOST_APART
      ? Array.from(endpoints, (endpointId) => ({ endpointId }))
      : apps !== null && apps.size <= MOST_APART
        ? Array.from(apps, (appId) => ({ appId }))
        : [{}];
  const parts = Math.max(1, Math.floor(PARTS / whose.length));
  const partMs = (span.beforeAt - span.fromAt) / parts;
  return whose.flatMap((who) =>
    Array.from({ length: parts }, (_, nth) => ({
      ...who,
      fromAt: Math.floor(span.fromAt + nth * partMs),
      beforeAt: Math.floor(span.fromAt + (nth + 1) * partMs),
    })),
  );
}

/** Whether a delivery belongs to a scope. */
export function isIn(
  { apps, endpoints, eventTypes }: Scope,
  { appId, endpointId, eventType }: Pick<SampledDelivery, 'appId' | 'endpointId' | 'eventType'>,
): boolean {
  return (
    (apps === null || apps.has(appId)) &&
    (endpoints === null || endpoints.has(endpointId)) &&
    (eventTypes === null || (eventType !== null && eventTypes.has(eventType)))
  );
}
