import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Ledger, ObserveCertificate, ObserveResult } from '../../contract.ts';
import {
  observedKinds,
  type Certificate,
  type CertificateLink,
  type ObservedChange,
} from '../../records.ts';
import { pageOf } from '../page.ts';
import { integer, stringsOrNull, text } from '../rows.ts';

type Query<Name extends keyof Ledger> = Ledger[Name] extends (request: infer Request) => unknown
  ? Request
  : never;
type Row = NonNullable<ReturnType<ReturnType<DatabaseSync['prepare']>['get']>>;

/** Peers that are remembered; those not seen for the longest time go, and their observed changes with them. */
const MOST_PEERS = 10_000;
/** Observed changes kept of one peer, the newest: whoever shows another certificate each time fills no disk. */
const MOST_CHANGES = 32;
/** Chains by which a peer is known; machines behind one name may each have their own. */
const MOST_KNOWN = 8;

/** The peer's row, and where its chain is new to us the observed change, in one commit. */
export function prepareObserveCertificate(
  database: DatabaseSync,
): (request: ObserveCertificate) => ObserveResult {
  const find = database.prepare('SELECT * FROM certificate WHERE peer = ?');
  const insert = database.prepare(
    `INSERT INTO certificate (id, peer, chain, known, expires_at, first_seen_at, last_seen_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    `UPDATE certificate SET chain = ?, known = ?, expires_at = ?, first_seen_at = ?, last_seen_at = ? WHERE peer = ?`,
  );
  const record = database.prepare(
    `INSERT INTO observed_change (id, kind, subject, before, after) VALUES (?, 'certificate', ?, ?, ?)`,
  );
  const forgetChanges = database.prepare(
    `DELETE FROM observed_change WHERE subject = ? AND id <= (
       SELECT id FROM observed_change WHERE subject = ? ORDER BY id DESC LIMIT 1 OFFSET ${MOST_CHANGES})`,
  );
  const lastKept = database.prepare(
    `SELECT last_seen_at FROM certificate ORDER BY last_seen_at DESC LIMIT 1 OFFSET ${MOST_PEERS}`,
  );
  const forgetChangesOfPeers = database.prepare(
    'DELETE FROM observed_change WHERE subject IN (SELECT peer FROM certificate WHERE last_seen_at <= ?)',
  );
  const forgetPeers = database.prepare('DELETE FROM certificate WHERE last_seen_at <= ?');

  const forgetOldest = (): void => {
    const last = lastKept.get();
    if (last === undefined) return;
    const seenAt = integer(last, 'last_seen_at');
    forgetChangesOfPeers.run(seenAt);
    forgetPeers.run(seenAt);
  };

  return ({ id, peer, chain, at }) => {
    const json = JSON.stringify(chain);
    const digest = digestOf(chain);
    const expiresAt = Math.min(...chain.map(({ validTo }) => validTo));
    const row = find.get(peer);
    if (row === undefined) {
      insert.run(id, peer, json, JSON.stringify([digest]), expiresAt, at, at);
      forgetOldest();
      return 'first';
    }
    const known = stringsOrNull(row, 'known') ?? [];
    const before = text(row, 'chain');
    const isNew = !known.includes(digest);
    const recent = [digest, ...known.filter((each) => each !== digest)].slice(0, MOST_KNOWN);
    const firstSeenAt = before === json ? integer(row, 'first_seen_at') : at;
    update.run(json, JSON.stringify(recent), expiresAt, firstSeenAt, at, peer);
    if (!isNew) return 'known';
    record.run(id, peer, before, json);
    forgetChanges.run(peer, peer);
    return 'changed';
  };
}

export function prepareCertificates(
  database: DatabaseSync,
): (request: Query<'certificates'>) => readonly Certificate[] {
  const page = pageOf(database, 'SELECT * FROM certificate WHERE expires_at < ?', 'id');
  return ({ expiresBefore = Number.MAX_SAFE_INTEGER, ...bounds }) =>
    page([expiresBefore], bounds).map(certificateOf);
}

/** From the index `certificate_expiry` alone: the chains are not read. */
export function prepareExpiringCertificates(
  database: DatabaseSync,
): (request: Query<'expiringCertificates'>) => number {
  const statement = database.prepare(
    'SELECT count(*) AS certificates FROM certificate WHERE expires_at >= ? AND expires_at < ?',
  );
  return ({ fromAt, beforeAt }) => {
    const row = statement.get(fromAt, beforeAt);
    return row === undefined ? 0 : integer(row, 'certificates');
  };
}

export function prepareObservedChanges(
  database: DatabaseSync,
): (request: Query<'observedChanges'>) => readonly ObservedChange[] {
  const page = pageOf(database, 'SELECT * FROM observed_change WHERE true', 'id');
  return (request) => page([], request).map(observedChangeOf);
}

function digestOf(chain: readonly CertificateLink[]): string {
  const hash = createHash('sha256');
  for (const { fingerprint } of chain) hash.update(fingerprint);
  return hash.digest('base64url');
}

function certificateOf(row: Row): Certificate {
  return {
    id: integer(row, 'id'),
    peer: text(row, 'peer'),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written above
    chain: JSON.parse(text(row, 'chain')) as readonly CertificateLink[],
    expiresAt: integer(row, 'expires_at'),
    firstSeenAt: integer(row, 'first_seen_at'),
    lastSeenAt: integer(row, 'last_seen_at'),
  };
}

function observedChangeOf(row: Row): ObservedChange {
  const kind = observedKinds.find((known) => known === row['kind']);
  if (kind === undefined) {
    throw new TypeError(`unknown kind of observed change: ${text(row, 'kind')}`);
  }
  const before: unknown = JSON.parse(text(row, 'before'));
  const after: unknown = JSON.parse(text(row, 'after'));
  return { id: integer(row, 'id'), kind, subject: text(row, 'subject'), before, after };
}
