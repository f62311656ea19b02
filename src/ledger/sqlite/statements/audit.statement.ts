import type { DatabaseSync } from 'node:sqlite';
import { idAt, timeOfId } from '../../../core/index.ts';
import {
  findingKinds,
  type AuditMinute,
  type AuditRequest,
  type AuditResult,
  type Finding,
  type FindingKind,
} from '../../contract/audit.ts';
import { deliveryStates, type DeliveryState } from '../../records.ts';
import { integer, stateOf } from '../rows.ts';

const MINUTE_MS = 60_000;
// An id divided by this is the minute it was made in, counted from the ids' own epoch.
const IDS_PER_MINUTE = idAt(timeOfId(0) + MINUTE_MS);

type Mutable<Record_> = { -readonly [Key in keyof Record_]: Record_[Key] };

/**
 * The proof from raw rows. A message says which endpoints it was promised to; the deliveries say what became of
 * each. Both tables are read by ranges of their keys, a span of time at a time; nothing cached is believed.
 * Of a purged message the attempts are gone with reason: it was purged in the commit that saw them prove it delivered.
 */
export function prepareAudit(database: DatabaseSync): (request: AuditRequest) => AuditResult {
  const owed = database.prepare(
    `SELECT app_id, id / ${IDS_PER_MINUTE} AS minute, count(*) AS accepted, sum(json_array_length(matched)) AS matched
     FROM message WHERE id >= ? AND id < ? GROUP BY 2, 1`,
  );
  const there = database.prepare(
    `SELECT app_id, message_id / ${IDS_PER_MINUTE} AS minute, state, count(*) AS n
     FROM delivery WHERE message_id >= ? AND message_id < ? AND state BETWEEN -3 AND 4 GROUP BY 2, 1, 3`,
  );
  const find = {
    missing: database.prepare(
      `SELECT m.app_id, m.id AS message_id, e.value AS endpoint_id FROM message m, json_each(m.matched) e
       WHERE m.id >= ?1 AND m.id < ?2 AND ?3 IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM delivery d WHERE d.message_id = m.id AND d.endpoint_id = e.value AND d.state BETWEEN -3 AND 4)`,
    ),
    unpromised: database.prepare(
      `SELECT d.app_id, d.message_id, d.endpoint_id FROM delivery d JOIN message m ON m.id = d.message_id
       WHERE d.message_id >= ?1 AND d.message_id < ?2 AND ?3 IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM json_each(m.matched) e WHERE e.value = d.endpoint_id)`,
    ),
    lease_overdue: database.prepare(
      `SELECT app_id, message_id, endpoint_id FROM delivery
       WHERE message_id >= ?1 AND message_id < ?2 AND state = 1 AND due_at < ?3`,
    ),
    unproven: database.prepare(
      `SELECT app_id, message_id, endpoint_id FROM delivery d
       WHERE message_id >= ?1 AND message_id < ?2 AND state = 2 AND ?3 IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM attempt a WHERE a.message_id = d.message_id AND a.endpoint_id = d.endpoint_id
           AND a.outcome = 'delivered')
         AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = d.message_id AND m.purged_at IS NOT NULL)`,
    ),
    undated: database.prepare(
      `SELECT app_id, message_id, endpoint_id FROM delivery
       WHERE message_id >= ?1 AND message_id < ?2 AND state < 2 AND due_at IS NULL AND ?3 IS NOT NULL`,
    ),
    orphaned: database.prepare(
      `SELECT app_id, message_id, endpoint_id FROM delivery d
       WHERE message_id >= ?1 AND message_id < ?2 AND ?3 IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = d.message_id)`,
    ),
  } satisfies Record<FindingKind, unknown>;

  const read = ({ fromId, beforeId, leasesEndedBefore, nameAtMost }: AuditRequest): AuditResult => {
    const minutes = new Map<string, Mutable<AuditMinute>>();
    const minuteOf = (appId: number, minute: number): Mutable<AuditMinute> => {
      const key = `${minute}/${appId}`;
      const known = minutes.get(key);
      if (known !== undefined) return known;
      const states: Record<DeliveryState, number> = {
        scheduled: 0,
        in_flight: 0,
        delivered: 0,
        dead: 0,
        cancelled: 0,
      };
      const minuteAt = timeOfId(minute * IDS_PER_MINUTE);
      const made = { appId, minuteAt, accepted: 0, matched: 0, states };
      minutes.set(key, made);
      return made;
    };
    for (const row of owed.iterate(fromId, beforeId)) {
      const minute = minuteOf(integer(row, 'app_id'), integer(row, 'minute'));
      minute.accepted = integer(row, 'accepted');
      minute.matched = integer(row, 'matched');
    }
    for (const row of there.iterate(fromId, beforeId)) {
      const minute = minuteOf(integer(row, 'app_id'), integer(row, 'minute'));
      const state = stateOf(row);
      minute.states = { ...minute.states, [state]: minute.states[state] + integer(row, 'n') };
    }
    const findings: Finding[] = [];
    let unaccounted = 0;
    for (const kind of findingKinds) {
      for (const row of find[kind].iterate(fromId, beforeId, leasesEndedBefore)) {
        unaccounted += 1;
        if (findings.length >= nameAtMost) continue;
        findings.push({
          kind,
          appId: integer(row, 'app_id'),
          messageId: integer(row, 'message_id'),
          endpointId: integer(row, 'endpoint_id'),
        });
      }
    }
    return { minutes: [...minutes.values()], unaccounted, findings };
  };

  return (request) => {
    if (database.isTransaction) return read(request);
    // One snapshot for all of it: what is accepted between two of these statements would look like a difference.
    database.exec('BEGIN');
    try {
      return read(request);
    } finally {
      if (database.isTransaction) database.exec('ROLLBACK');
    }
  };
}

/** What a minute's sums say: owed minus the sum over the states; anything but 0 is unaccounted. */
export function difference(minute: AuditMinute): number {
  return minute.matched - deliveryStates.reduce((sum, state) => sum + minute.states[state], 0);
}
