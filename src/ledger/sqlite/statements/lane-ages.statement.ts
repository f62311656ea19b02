import type { DatabaseSync } from 'node:sqlite';
import { sliUnitMs, sliUnits, type LaneAges } from '../../contract/sli.ts';
import type { SliCounter } from '../sli-counter.ts';
import { addingOf, ageColumns, ageTableOf } from '../sli-columns.ts';

/**
 * Adds a minute's looks at lanes to their minutes, hours and days: three steps in three keys for each lane, once a
 * minute, and only for lanes that had something due. An endpoint that is gone has none of an application.
 */
export function prepareCountAges(
  database: DatabaseSync,
  sli: SliCounter,
): (request: { readonly rows: readonly LaneAges[] }) => void {
  const statements = sliUnits.map((unit) => ({
    unitMs: sliUnitMs[unit],
    add: database.prepare(
      `INSERT INTO ${ageTableOf[unit]} (at, endpoint_id, app_id, ${ageColumns.join(', ')})
       VALUES (?1, ?2, ifnull((SELECT app_id FROM resource WHERE id = ?2), 0)${ageColumns.map((_, nth) => `, ?${nth + 3}`).join('')})
       ON CONFLICT DO UPDATE SET ${addingOf(ageColumns)}`,
    ),
  }));
  return ({ rows }) => {
    for (const { at, endpointId, ages } of rows) {
      sli.touched.note('lanes', at - (at % sliUnitMs.minute));
      for (const { unitMs, add } of statements) {
        add.run(at - (at % unitMs), endpointId, ...ageColumns.map((_, nth) => ages[nth] ?? 0));
      }
    }
  };
}
