import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { idAt, timeOfId } from '../../../core/index.ts';
import type { SampledDelivery, SamplePage, SampleQuery } from '../../contract/samples.ts';
import { attemptPhases } from '../../records.ts';
import { integer, integerOrNull, stateCode, textOrNull } from '../rows.ts';

type Row = NonNullable<ReturnType<StatementSync['get']>>;

/** In the order of `attemptPhases`; the wait before the attempt is compared with them in microseconds. */
const PHASE_COLUMNS = [
  'dns_us',
  'connect_us',
  'tls_us',
  'send_us',
  'first_byte_us',
  'last_byte_us',
] as const;
const COLUMNS = `d.message_id, d.endpoint_id, d.app_id, d.state, a.id, a.outcome, a.status_code, a.duration_ms, a.detail,
  a.queued_ms, ${PHASE_COLUMNS.map((name) => `a.${name}`).join(', ')}, a.failed_phase, a.canary_id, a.address,
  a.certificate, m.event_type`;
const FIRST = 'a.message_id = d.message_id AND a.endpoint_id = d.endpoint_id AND a.nth = 1';

/**
 * Of all: a range of the key of `delivery` from its end, with the first attempt and the message by their keys. Of one
 * application: its messages by `message_of_app`. Of one endpoint: its first attempts by `attempt_of_endpoint`. No locks
 * beyond the snapshot of one page.
 */
export function prepareSampleDeliveries(
  database: DatabaseSync,
): (query: SampleQuery) => SamplePage {
  const ofAll = database.prepare(
    `SELECT ${COLUMNS} FROM delivery d LEFT JOIN attempt a ON ${FIRST} LEFT JOIN message m ON m.id = d.message_id
     WHERE (d.message_id, d.endpoint_id) < (?1, ?2) AND d.message_id >= ?3
     ORDER BY d.message_id DESC, d.endpoint_id DESC LIMIT ?4`,
  );
  const ofApp = database.prepare(
    `SELECT ${COLUMNS} FROM message m INDEXED BY message_of_app CROSS JOIN delivery d ON d.message_id = m.id
     LEFT JOIN attempt a ON ${FIRST}
     WHERE m.app_id = ?5 AND m.id <= ?1 AND m.id >= ?3 AND (m.id < ?1 OR d.endpoint_id < ?2)
     ORDER BY m.id DESC, d.endpoint_id DESC LIMIT ?4`,
  );
  const ofEndpoint = database.prepare(
    `SELECT ${COLUMNS} FROM attempt a INDEXED BY attempt_of_endpoint
     CROSS JOIN delivery d ON d.message_id = a.message_id AND d.endpoint_id = a.endpoint_id
     LEFT JOIN message m ON m.id = a.message_id
     WHERE a.endpoint_id = ?3 AND a.id < ?1 AND a.id >= ?2 AND a.nth = 1 ORDER BY a.id DESC LIMIT ?4`,
  );
  const deliveredBy = database.prepare(
    `SELECT 1 FROM attempt WHERE message_id = ? AND endpoint_id = ? AND nth > 1 AND outcome = 'delivered'
       AND id / 8192 + duration_ms <= ? LIMIT 1`,
  );

  const rowsOf = ({ appId, endpointId, fromAt, beforeAt, after, limit }: SampleQuery): Row[] => {
    const [fromId, beforeId] = [idAt(fromAt), idAt(beforeAt)];
    if (endpointId !== undefined) {
      return ofEndpoint.all(after?.[0] ?? beforeId, fromId, endpointId, limit);
    }
    const [messageId, beforeEndpoint] = after ?? [beforeId, 0];
    return appId === undefined
      ? ofAll.all(messageId, beforeEndpoint, fromId, limit)
      : ofApp.all(messageId, beforeEndpoint, fromId, limit, appId);
  };

  /** null: it is not decided, or counts for nothing. */
  const isBad = (row: Row, { deadlineMs, now }: SampleQuery): boolean | null => {
    const outcome = textOrNull(row, 'outcome');
    if (deadlineMs === null) {
      return outcome === null || outcome === 'interrupted' ? null : outcome !== 'delivered';
    }
    const messageId = integer(row, 'message_id');
    const deadlineAt = timeOfId(messageId) + deadlineMs;
    if (outcome === 'delivered') {
      const endedAt = timeOfId(integer(row, 'id')) + integer(row, 'duration_ms');
      return endedAt > deadlineAt;
    }
    const inTime = deadlineAt - timeOfId(0);
    if (deliveredBy.get(messageId, integer(row, 'endpoint_id'), inTime) !== undefined) return false;
    if (now <= deadlineAt || integer(row, 'state') === stateCode.cancelled) return null;
    return true;
  };

  return (query) => {
    const rows = rowsOf(query);
    const sampled: SampledDelivery[] = [];
    let good = 0;
    for (const row of rows) {
      const bad = isBad(row, query);
      if (bad === null) continue;
      if (!bad) {
        good += 1;
        if (good % query.oneOf !== 0) continue;
      }
      sampled.push(sampleOf(row, bad, bad ? 1 : query.oneOf));
    }
    const last = rows.at(-1);
    const next =
      last === undefined || rows.length < query.limit
        ? null
        : query.endpointId === undefined
          ? ([integer(last, 'message_id'), integer(last, 'endpoint_id')] as const)
          : ([integer(last, 'id'), 0] as const);
    return { rows: sampled, lookedAt: rows.length, next };
  };
}

function sampleOf(row: Row, bad: boolean, weight: number): SampledDelivery {
  const code = integerOrNull(row, 'failed_phase');
  return {
    appId: integer(row, 'app_id'),
    endpointId: integer(row, 'endpoint_id'),
    eventType: textOrNull(row, 'event_type'),
    isBad: bad,
    weight,
    at: timeOfId(integerOrNull(row, 'id') ?? integer(row, 'message_id')),
    outcome: textOrNull(row, 'outcome'),
    statusCode: integerOrNull(row, 'status_code'),
    detail: bad ? textOrNull(row, 'detail') : null,
    failedPhase: code === null ? null : (attemptPhases[code] ?? null),
    longestPhase: longestOf(row),
    canaryId: integerOrNull(row, 'canary_id'),
    address: textOrNull(row, 'address'),
    certificate: textOrNull(row, 'certificate'),
  };
}

function longestOf(row: Row): SampledDelivery['longestPhase'] {
  let most = (integerOrNull(row, 'queued_ms') ?? 0) * 1000;
  let longest: SampledDelivery['longestPhase'] = most > 0 ? 'queued' : null;
  PHASE_COLUMNS.forEach((column, nth) => {
    const took = integerOrNull(row, column) ?? 0;
    if (took <= most) return;
    most = took;
    longest = attemptPhases[nth] ?? null;
  });
  return longest;
}
