import type { DatabaseSync } from 'node:sqlite';
import { timeOfId } from '../../../core/index.ts';
import type {
  CanaryCounts,
  CanaryCountsRequest,
  FirstDurationsRequest,
} from '../../contract/canaries.ts';
import { integer } from '../rows.ts';

/** Ids of a second and of a minute: an id is 8192 steps of a millisecond (core/ids.ts). */
const SECOND = 8_192_000;
/** First attempts that `firstDurations` looks at, the newest, to find those that are asked for. */
const LOOKED_AT = 20_000;

/**
 * First attempts of an endpoint by the second of their message and by arm, in the order of their ids: a range of
 * `attempt_of_endpoint`, which holds `nth` too. Whether a delivery was late needs a second look at those alone whose
 * first attempt did not deliver. What was interrupted says nothing about either arm.
 */
export function prepareCanaryCounts(
  database: DatabaseSync,
): (request: CanaryCountsRequest) => CanaryCounts {
  const read = database.prepare(
    `WITH first AS (
       SELECT a.id, a.message_id / ${SECOND} AS second, a.canary_id IS ?1 AS is_candidate,
              a.outcome <> 'interrupted' AS counts, a.outcome <> 'delivered' AS failed, a.duration_ms > ?2 AS slow,
              a.message_id / 8192 + ?3 <= ?4 AS ripe,
              (a.outcome = 'delivered' AND a.id / 8192 + a.duration_ms <= a.message_id / 8192 + ?3)
              OR (a.outcome <> 'delivered' AND EXISTS (
                SELECT 1 FROM attempt b WHERE b.message_id = a.message_id AND b.endpoint_id = a.endpoint_id AND b.nth > 1
                  AND b.outcome = 'delivered' AND b.id / 8192 + b.duration_ms <= a.message_id / 8192 + ?3)) AS on_time
       FROM attempt a INDEXED BY attempt_of_endpoint
       WHERE a.endpoint_id = ?5 AND a.id > ?6 AND a.id < ?7 AND a.nth = 1 ORDER BY a.id LIMIT ?8)
     SELECT second, is_candidate, count(*) AS looked_at, max(id) AS last_id, sum(counts) AS attempts,
            sum(counts AND ripe) AS ripe, sum(counts AND failed) AS failed, sum(counts AND ripe AND NOT on_time) AS late,
            sum(counts AND slow) AS slow
     FROM first GROUP BY second, is_candidate`,
  );
  return ({ canaryId, endpointId, slowAfterMs, deadlineMs, now, afterId, beforeId, limit }) => {
    const nowOfIds = now - timeOfId(0);
    const slow = slowAfterMs ?? Number.MAX_SAFE_INTEGER;
    const values = [canaryId, slow, deadlineMs, nowOfIds, endpointId, afterId, beforeId, limit];
    const rows = read.all(...values);
    let [lookedAt, lastId] = [0, afterId];
    const seconds = rows.map((row) => {
      lookedAt += integer(row, 'looked_at');
      lastId = Math.max(lastId, integer(row, 'last_id'));
      return {
        secondAt: timeOfId(integer(row, 'second') * SECOND),
        isCandidate: integer(row, 'is_candidate') === 1,
        attempts: integer(row, 'attempts'),
        ripe: integer(row, 'ripe'),
        failed: integer(row, 'failed'),
        late: integer(row, 'late'),
        slow: integer(row, 'slow'),
      };
    });
    return { seconds, lastId, isMore: lookedAt === limit };
  };
}

export function prepareFirstDurations(
  database: DatabaseSync,
): (request: FirstDurationsRequest) => readonly number[] {
  const read = database.prepare(
    `SELECT duration_ms FROM (
       SELECT canary_id, outcome, duration_ms FROM attempt INDEXED BY attempt_of_endpoint
       WHERE endpoint_id = ? AND id >= ? AND id < ? AND nth = 1 ORDER BY id DESC LIMIT ${LOOKED_AT})
     WHERE canary_id IS ? AND outcome = 'delivered' LIMIT ?`,
  );
  return ({ endpointId, fromId, beforeId, canaryId, limit }) =>
    read
      .all(endpointId, fromId, beforeId, canaryId, limit)
      .map((row) => integer(row, 'duration_ms'));
}
