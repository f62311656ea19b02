import type { DatabaseSync } from 'node:sqlite';
import type { Settlement, SettleResult } from '../../contract/leases.ts';
import { integerOrNull, microseconds, phaseCode, RETRY, stateCode, triggerCode } from '../rows.ts';
import type { SliCounter } from '../sli-counter.ts';
import { prepareInterrupt } from './interrupt.statement.ts';
import { prepareRememberLane } from './lane.statement.ts';

/**
 * The outcome and the next step in one commit. The attempt's id fences: only the holder of the current lease moves
 * the delivery. Whoever asked for the attempt has it now: the next one comes by schedule (`trigger`).
 * A late success still counts while the delivery is open, as the receiver has it. What is known of an attempt stands,
 * but for "interrupted", which says that nothing was known.
 */
export function prepareSettle(
  database: DatabaseSync,
  sli: SliCounter,
): (settlement: Settlement) => SettleResult {
  const insertAttempt = database.prepare(
    `INSERT INTO attempt (message_id, endpoint_id, nth, id, trigger, outcome, status_code, duration_ms, detail, response, url,
       queued_ms, dns_us, connect_us, tls_us, send_us, first_byte_us, last_byte_us, failed_phase, canary_id,
       address, certificate)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET outcome = excluded.outcome, status_code = excluded.status_code,
       duration_ms = excluded.duration_ms, detail = excluded.detail, response = excluded.response, url = excluded.url,
       queued_ms = excluded.queued_ms, dns_us = excluded.dns_us, connect_us = excluded.connect_us, tls_us = excluded.tls_us,
       send_us = excluded.send_us, first_byte_us = excluded.first_byte_us, last_byte_us = excluded.last_byte_us,
       failed_phase = excluded.failed_phase, canary_id = excluded.canary_id,
       address = excluded.address, certificate = excluded.certificate
     WHERE attempt.id = excluded.id AND attempt.outcome = 'interrupted'`,
  );
  const moveOn = database.prepare(
    `UPDATE delivery SET state = ?, due_at = ?, trigger = 0
     WHERE message_id = ? AND endpoint_id = ? AND state = 1 AND attempt_id = ?`,
  );
  // What is in flight has no reason, so the others leave it alone, and are spared the trigger that sees what dies.
  const die = database.prepare(
    `UPDATE delivery SET state = 3, due_at = ?, reason = ?, trigger = 0
     WHERE message_id = ? AND endpoint_id = ? AND state = 1 AND attempt_id = ?`,
  );
  const deliveredLate = database.prepare(
    `UPDATE delivery SET state = 2, due_at = NULL, reason = NULL WHERE message_id = ? AND endpoint_id = ? AND state < 2`,
  );
  const findHolder = database.prepare(
    `SELECT message_id, attempts, attempt_id, trigger, due_at FROM delivery WHERE message_id = ? AND endpoint_id = ? AND state = 1`,
  );
  const interrupt = prepareInterrupt(database);
  const remember = prepareRememberLane(database);

  return (settlement) => {
    const { messageId, endpointId, attemptId, timing } = settlement;
    const written = insertAttempt.run(
      messageId,
      endpointId,
      settlement.nth,
      attemptId,
      triggerCode[settlement.trigger],
      settlement.outcome,
      settlement.statusCode,
      settlement.durationMs,
      settlement.detail,
      settlement.response,
      settlement.url,
      timing.queuedMs,
      microseconds(timing.dnsMs),
      microseconds(timing.connectMs),
      microseconds(timing.tlsMs),
      microseconds(timing.sentMs),
      microseconds(timing.firstByteMs),
      microseconds(timing.lastByteMs),
      timing.failedPhase === null ? null : phaseCode[timing.failedPhase],
      settlement.canaryId,
      settlement.address,
      settlement.certificate,
    );
    if (settlement.lane !== undefined) remember(endpointId, settlement.lane);
    const { state, dueAt, reason } = settlement;
    const code = state === 'scheduled' ? RETRY : stateCode[state];
    const { changes } =
      state === 'dead'
        ? die.run(dueAt, reason, messageId, endpointId, attemptId)
        : moveOn.run(code, dueAt, messageId, endpointId, attemptId);
    sli.settled(settlement, written.changes === 1, changes === 1);
    if (changes === 1) return 'settled';
    if (settlement.state === 'delivered') {
      // Whoever holds the delivery now may never be heard of again, and nobody will look for that attempt.
      const holder = findHolder.get(messageId, endpointId);
      if (holder !== undefined) interrupt(endpointId, holder, integerOrNull(holder, 'due_at') ?? 0);
      deliveredLate.run(messageId, endpointId);
    }
    return 'stale';
  };
}
