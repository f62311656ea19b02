import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { AffectedPage, AffectedQuery } from '../../contract/affected.ts';
import { statementCache } from '../conditions.ts';
import { integer } from '../rows.ts';

/**
 * A range of the deliveries' key. What was delivered in time by one attempt, as nearly all are, is told from its row
 * alone; of the others the first attempt is one step in the key of attempts.
 */
export function prepareAffectedMessages(
  database: DatabaseSync,
): (query: AffectedQuery) => AffectedPage {
  const prepare = statementCache(database);
  const cut = database.prepare(
    'SELECT message_id FROM delivery WHERE message_id >= ? AND message_id < ? ORDER BY message_id LIMIT 1 OFFSET ?',
  );
  return ({ fromId, beforeId, limit, appIds, endpointIds, eventTypes }) => {
    const next = cut.get(fromId, beforeId, limit);
    // All deliveries of a message are looked at together.
    const cutId = next === undefined ? null : Math.max(integer(next, 'message_id'), fromId + 1);
    const conditions: string[] = [];
    const values: SQLInputValue[] = [fromId, cutId ?? beforeId];
    const oneOf = (column: string, among: readonly (string | number)[] | undefined): void => {
      if (among === undefined) return;
      conditions.push(`AND ${column} IN (SELECT value FROM json_each(?))`);
      values.push(JSON.stringify(among));
    };
    oneOf('d.app_id', appIds);
    oneOf('d.endpoint_id', endpointIds);
    oneOf('(SELECT m.event_type FROM message m WHERE m.id = d.message_id)', eventTypes);
    const read = prepare(
      `SELECT count(*) AS messages FROM (
         SELECT DISTINCT d.message_id FROM delivery d WHERE d.message_id >= ? AND d.message_id < ?
           AND d.late IS NOT 0 AND (d.late = 1 OR d.state = 3 OR ((d.state <> 2 OR d.attempts > 1) AND EXISTS (
             SELECT 1 FROM attempt a WHERE a.message_id = d.message_id AND a.endpoint_id = d.endpoint_id
               AND a.nth = 1 AND a.outcome NOT IN ('delivered', 'interrupted')))) ${conditions.join(' ')})`,
    );
    const row = read.get(...values);
    return {
      messages: row === undefined ? 0 : integer(row, 'messages'),
      nextId: cutId,
    };
  };
}
