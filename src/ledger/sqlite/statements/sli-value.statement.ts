import type { DatabaseSync } from 'node:sqlite';
import type { SliQuery, SliValuePage } from '../../contract/sli.ts';
import { text } from '../rows.ts';
import { MOST_VALUE, valueColumns, valuesOf, valueTableOf } from '../sli-value-columns.ts';
import { groupOf, prepareSlotWalk } from './sli.statement.ts';

/** Like the counts: ranges of the table's key. Where nothing carries a value it is one look into an empty table. */
export function prepareSliValue(database: DatabaseSync): (query: SliQuery) => SliValuePage {
  const walk = prepareSlotWalk(database, valueTableOf);
  // `sum` throws beyond 64 bits; `total` is exact up to 2^53, and more is not told apart.
  const sums = valueColumns.map((name) => `min(total(${name}), ${MOST_VALUE}) AS ${name}`);
  return (query) =>
    walk(query, ['currency'], sums, (at, row) => ({
      ...groupOf(at, row),
      currency: text(row, 'currency'),
      ...valuesOf(row),
    }));
}
