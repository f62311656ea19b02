import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Ledger } from '../../contract/ledger.ts';
import type { ObserveCertificate, ObserveResult } from '../../contract/receivers.ts';
import type { Certificate, CertificateLink } from '../../records.ts';
import { pageOf } from '../page.ts';
import { integer, stringsOrNull, text } from '../rows.ts';
import { prepareForgetChanges, prepareRecordChange } from './change.statement.ts';

type Query<Name extends keyof Ledger> = Ledger[Name] extends (request: infer Request) => unknown
  ? Request
  : never;
type Row = NonNullable<ReturnType<ReturnType<DatabaseSync['prepare']>['get']>>;

/** Peers that are remembered; those not seen for the longest time go, with their changes. */
const MOST_PEERS = 10_000;
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
  const record = prepareRecordChange(database);
  const lastKept = database.prepare(
    `SELECT last_seen_at FROM certificate ORDER BY last_seen_at DESC LIMIT 1 OFFSET ${MOST_PEERS}`,
  );
  const forgetPeers = database.prepare(
    'DELETE FROM certificate WHERE last_seen_at <= ? RETURNING peer',
  );
  const forgetChanges = prepareForgetChanges(database);

  const forgetOldest = (): void => {
    const last = lastKept.get();
    if (last === undefined) return;
    const seenAt = integer(last, 'last_seen_at');
    for (const row of forgetPeers.all(seenAt)) forgetChanges('certificate', text(row, 'peer'), 0);
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
    record({
      id,
      actor: peer,
      via: 'holdfast',
      reason: '',
      item: {
        kind: 'certificate',
        verb: 'observed',
        appId: 0,
        subjectId: null,
        subject: peer,
        before,
        after: json,
      },
    });
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

/** In the order of the index `certificate_expiry`. */
export function prepareCertificatesToRenew(
  database: DatabaseSync,
): (request: Query<'certificatesToRenew'>) => readonly Certificate[] {
  const statement = database.prepare(
    'SELECT * FROM certificate WHERE expires_at < ? AND +last_seen_at >= ? ORDER BY expires_at LIMIT ?',
  );
  return ({ expiresBefore, seenSince, limit }) =>
    statement.all(expiresBefore, seenSince, limit).map(certificateOf);
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
