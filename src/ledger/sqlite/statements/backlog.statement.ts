import type { DatabaseSync } from 'node:sqlite';
import type { Backlog, BacklogQuery } from '../../contract/lanes.ts';
import { integer, RETRY, stateCode } from '../rows.ts';

/**
 * One walk along `delivery_open` in its order, which holds a lane's deliveries together, up to `atMost` of them: some
 * 40 ns each, so a million takes as long as a commit or two.
 */
export function prepareBacklog(database: DatabaseSync): (request: BacklogQuery) => Backlog {
  const statement = database.prepare(
    `SELECT endpoint_id, count(*) AS waiting FROM (
       SELECT endpoint_id FROM delivery INDEXED BY delivery_open
       WHERE state < 2 AND state BETWEEN ${RETRY} AND ${stateCode.scheduled} ORDER BY endpoint_id LIMIT ?
     ) GROUP BY endpoint_id`,
  );
  return ({ atMost, lanes }) => {
    const counts = statement.all(atMost).map((row) => ({
      endpointId: integer(row, 'endpoint_id'),
      waiting: integer(row, 'waiting'),
    }));
    return {
      waiting: counts.reduce((sum, { waiting }) => sum + waiting, 0),
      lanes: counts.toSorted((one, other) => other.waiting - one.waiting).slice(0, lanes),
    };
  };
}
