import type { DatabaseSync } from 'node:sqlite';
import { integer, integerOrNull, text } from '../rows.ts';

export type CorrectedPayload = {
  readonly payload: string;
  readonly nth: number;
  readonly webhookNth: number | null;
  readonly webhookAfter: number;
};

/** The text of a delivery's last correction; null where there is none. One look into `correction_of_delivery`. */
export function prepareCorrectedPayload(
  database: DatabaseSync,
): (messageId: number, endpointId: number) => CorrectedPayload | null {
  const read = database.prepare(
    `SELECT c.nth, c.webhook_nth, c.webhook_after, p.payload
     FROM correction c INDEXED BY correction_of_delivery CROSS JOIN corrected_payload p ON p.correction_id = c.id
     WHERE c.message_id = ? AND c.endpoint_id = ? ORDER BY c.nth DESC LIMIT 1`,
  );
  return (messageId, endpointId) => {
    const row = read.get(messageId, endpointId);
    if (row === undefined) return null;
    return {
      payload: text(row, 'payload'),
      nth: integer(row, 'nth'),
      webhookNth: integerOrNull(row, 'webhook_nth'),
      webhookAfter: integer(row, 'webhook_after'),
    };
  };
}

/** With the message's own payload go those that were made of it; their audit rows stay. Gives the bytes removed. */
export function prepareRemoveCorrectedPayloads(
  database: DatabaseSync,
): (messageId: number) => number {
  const find = database.prepare(
    `SELECT p.correction_id, octet_length(p.payload) AS bytes
     FROM correction c INDEXED BY correction_of_delivery CROSS JOIN corrected_payload p ON p.correction_id = c.id
     WHERE c.message_id = ?`,
  );
  const remove = database.prepare('DELETE FROM corrected_payload WHERE correction_id = ?');
  return (messageId) => {
    let bytes = 0;
    for (const row of find.all(messageId)) {
      bytes += integer(row, 'bytes');
      remove.run(integer(row, 'correction_id'));
    }
    return bytes;
  };
}

/** On request the values that were changed go too; the hashes tell nothing of them. */
export function prepareForgetCorrections(database: DatabaseSync): (messageId: number) => void {
  const removePayloads = prepareRemoveCorrectedPayloads(database);
  const forget = database.prepare('UPDATE correction SET changes = NULL WHERE message_id = ?');
  return (messageId) => {
    removePayloads(messageId);
    forget.run(messageId);
  };
}
