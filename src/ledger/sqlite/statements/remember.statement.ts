import type { DatabaseSync } from 'node:sqlite';
import type { Remembered } from '../../contract/idempotency.ts';
import type { Ledger } from '../../contract/ledger.ts';
import { text } from '../rows.ts';

type Remember = Parameters<Ledger['remember']>[0];
type Recall = Parameters<Ledger['remembered']>[0];

export function prepareRemember(database: DatabaseSync): (request: Remember) => void {
  const insert = database.prepare(
    'INSERT OR REPLACE INTO idempotency (key, content_hash, answer, expires_at) VALUES (?, ?, ?, ?)',
  );
  return ({ key, contentHash, answer, expiresAt }) => {
    insert.run(key, contentHash, answer, expiresAt);
  };
}

export function prepareRemembered(database: DatabaseSync): (request: Recall) => Remembered | null {
  const read = database.prepare(
    'SELECT content_hash, answer FROM idempotency WHERE key = ? AND expires_at > ? AND answer IS NOT NULL',
  );
  return ({ key, now }) => {
    const row = read.get(key, now);
    return row === undefined
      ? null
      : { contentHash: text(row, 'content_hash'), answer: text(row, 'answer') };
  };
}
