import type { DatabaseSync } from 'node:sqlite';
import { timeOfId } from '../../../core/index.ts';
import type { Acceptance, AcceptResult } from '../../contract/acceptance.ts';
import { integer, stateCode, text } from '../rows.ts';
import type { SliCounter } from '../sli-counter.ts';
import type { RetentionPeriods } from './retention-period.statement.ts';

/** Svix keeps idempotency keys for 12 h; so do we. */
const IDEMPOTENCY_MS = 12 * 3_600_000;

/**
 * One row for the message, one for each delivery. Appends at the end of both tables; `message_of_app` and, for open
 * deliveries, `delivery_open` take one entry each. Write lock of the whole file, as every commit here.
 */
export function prepareAccept(
  database: DatabaseSync,
  periods: RetentionPeriods,
  sli: SliCounter,
): (acceptance: Acceptance) => AcceptResult {
  const findEventId = database.prepare(
    'SELECT id, content_hash FROM message WHERE app_id = ? AND event_id = ?',
  );
  const findKey = database.prepare(
    'SELECT message_id, content_hash FROM idempotency WHERE key = ? AND expires_at > ?',
  );
  const insertKey = database.prepare(
    'INSERT OR REPLACE INTO idempotency (key, content_hash, message_id, expires_at) VALUES (?, ?, ?, ?)',
  );
  const forgetKeys = database.prepare(
    'DELETE FROM idempotency WHERE key IN (SELECT key FROM idempotency WHERE expires_at <= ? LIMIT 4)',
  );
  const insertMessage = database.prepare(
    `INSERT INTO message (id, app_id, event_type, event_id, channels, tags, retention_days, traceparent, matched, content_hash, value, currency, payload)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertDelivery = database.prepare(
    `INSERT INTO delivery (message_id, endpoint_id, app_id, state, attempts, due_at, attempt_id, reason)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );

  return (acceptance) => {
    const { message, deliveries, contentHash, idempotencyKey } = acceptance;
    const acceptedAt = timeOfId(message.id);
    if (idempotencyKey !== null) {
      const seen = findKey.get(idempotencyKey, acceptedAt);
      if (seen !== undefined) {
        return text(seen, 'content_hash') === contentHash
          ? { kind: 'repeated', messageId: integer(seen, 'message_id') }
          : { kind: 'conflict', field: 'idempotency-key' };
      }
    }
    if (message.eventId !== null) {
      const seen = findEventId.get(message.appId, message.eventId);
      if (seen !== undefined) {
        return seen['content_hash'] === contentHash
          ? { kind: 'repeated', messageId: integer(seen, 'id') }
          : { kind: 'conflict', field: 'eventId' };
      }
    }
    if (idempotencyKey !== null && contentHash !== null) {
      forgetKeys.run(acceptedAt);
      insertKey.run(idempotencyKey, contentHash, message.id, acceptedAt + IDEMPOTENCY_MS);
    }
    periods.use(message.retentionDays, message.id);
    insertMessage.run(
      message.id,
      message.appId,
      message.eventType,
      message.eventId,
      message.channels === null ? null : JSON.stringify(message.channels),
      message.tags === null ? null : JSON.stringify(message.tags),
      message.retentionDays,
      message.traceparent,
      JSON.stringify(message.matched),
      contentHash,
      message.value?.amount ?? null,
      message.value?.currency ?? null,
      message.payload,
    );
    for (const delivery of deliveries) {
      insertDelivery.run(
        message.id,
        delivery.endpointId,
        message.appId,
        stateCode[delivery.state],
        delivery.state === 'in_flight' ? 1 : 0,
        delivery.dueAt,
        delivery.attemptId,
        delivery.reason,
      );
    }
    sli.accepted(acceptance);
    return { kind: 'accepted' };
  };
}
