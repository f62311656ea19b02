import {
  sliUnitMs,
  type Ledger,
  type SliGroup,
  type SliQuery,
  type SliRow,
  type SliValueRow,
} from '../ledger/index.ts';
import type { Scope } from './scope.ts';

export type Span = Pick<SliQuery, 'unit' | 'fromAt' | 'beforeAt' | 'of'>;

/** Reads the rows of a scope, page by page, and gives each to `take`. Others have their turn between pages. */
export function readRows(
  ledger: Pick<Ledger, 'sli'>,
  scope: Scope,
  span: Span,
  groups: readonly SliGroup[],
  take: (row: SliRow, unitMs: number) => void,
): Promise<void> {
  return readPages((query) => ledger.sli(query), scope, span, groups, take);
}

/** The same of the value that messages carried. */
export function readValues(
  ledger: Pick<Ledger, 'sliValue'>,
  scope: Scope,
  span: Span,
  take: (row: SliValueRow, unitMs: number) => void,
): Promise<void> {
  return readPages((query) => ledger.sliValue(query), scope, span, [], take);
}

type Group = Pick<SliRow, 'appId' | 'endpointId' | 'eventType'>;

async function readPages<Row extends Group>(
  read: (query: SliQuery) => Promise<{
    readonly rows: readonly Row[];
    readonly nextAt: number | null;
  }>,
  scope: Scope,
  span: Span,
  groups: readonly SliGroup[],
  take: (row: Row, unitMs: number) => void,
): Promise<void> {
  const query = queryOf(scope, groups);
  if (query === null) return;
  const unitMs = sliUnitMs[span.unit];
  for (let fromAt: number | null = span.fromAt; fromAt !== null && fromAt < span.beforeAt;) {
    const page = await read({ ...span, ...query, fromAt });
    for (const row of page.rows) if (isIn(scope, row)) take(row, unitMs);
    fromAt = page.nextAt;
  }
}

/**
 * One value of a dimension is asked for; several are read apart and picked out. null: the scope holds nothing. The
 * dimensions that the ledger sums over are null in its rows.
 */
function queryOf(
  { apps, endpoints, eventTypes }: Scope,
  groups: readonly SliGroup[],
): Pick<SliQuery, 'appId' | 'endpointId' | 'eventType' | 'groupBy'> | null {
  const [appId, endpointId, eventType] = [onlyOf(apps), onlyOf(endpoints), onlyOf(eventTypes)];
  if ([apps, endpoints, eventTypes].some((values) => values?.size === 0)) return null;
  const groupBy = new Set(groups);
  if (apps !== null && appId === undefined) groupBy.add('app');
  if (endpoints !== null && endpointId === undefined) groupBy.add('endpoint');
  if (eventTypes !== null && eventType === undefined) groupBy.add('event_type');
  return { appId, endpointId, eventType, groupBy: [...groupBy] };
}

function onlyOf<Value>(values: ReadonlySet<Value> | null): Value | undefined {
  return values?.size === 1 ? [...values][0] : undefined;
}

function isIn({ apps, endpoints, eventTypes }: Scope, row: Group): boolean {
  return has(apps, row.appId) && has(endpoints, row.endpointId) && has(eventTypes, row.eventType);
}

function has<Value>(values: ReadonlySet<Value> | null, value: Value | null): boolean {
  return values === null || value === null || values.has(value);
}
