import type { DatabaseSync } from 'node:sqlite';
import type { Ledger } from '../../contract/ledger.ts';
import type { ExpungePayload } from '../../contract/removal.ts';
import { codesOf } from '../rows.ts';
import { prepareInsertAct } from './act.statement.ts';
import { prepareForgetCorrections } from './corrected.statement.ts';

type ExpungeResponse = Parameters<Ledger['expungeResponse']>[0];

/**
 * Somebody asked for the payload to be gone, so what is scheduled of it can no longer be sent and is cancelled on
 * record; what is in flight has its bytes in memory and ends by itself.
 */
export function prepareExpungePayload(
  database: DatabaseSync,
): (request: ExpungePayload) => boolean {
  const insertAct = prepareInsertAct(database);
  const remove = database.prepare('UPDATE message SET payload = NULL WHERE id = ? AND app_id = ?');
  const cancel = database.prepare(
    `UPDATE delivery SET state = 4, due_at = NULL, reason = 'payload_expunged', act_id = ?
     WHERE message_id = ? AND state IN (${codesOf(['scheduled'])})`,
  );
  const forgetCorrections = prepareForgetCorrections(database);
  return ({ messageId, appId, act }) => {
    if (remove.run(messageId, appId).changes === 0) return false;
    forgetCorrections(messageId);
    const touched = Number(cancel.run(act.id, messageId).changes);
    const kind = 'expunge' as const;
    insertAct({
      ...act,
      kind,
      appId,
      filter: null,
      perSecond: null,
      dueFrom: 0,
      touched,
      done: true,
    });
    return true;
  };
}

export function prepareExpungeResponse(
  database: DatabaseSync,
): (request: ExpungeResponse) => boolean {
  const remove = database.prepare(
    `UPDATE attempt SET response = 'EXPUNGED' WHERE message_id = ? AND id = ?`,
  );
  return ({ messageId, attemptId }) => Number(remove.run(messageId, attemptId).changes) > 0;
}
