import type { DatabaseSync } from 'node:sqlite';
import type { Observe, ObserveResult } from '../../contract/receivers.ts';
import { look, type Memory } from '../../sightings.ts';
import { integer, text } from '../rows.ts';
import { prepareForgetChanges, prepareRecordChange } from './change.statement.ts';

/** Peers that are remembered of each kind; those not seen for the longest time go, with their changes. */
const MOST_PEERS = 10_000;
/** A peer that nothing was sent to for so long is forgotten too. */
const FORGET_PEER_MS = 90 * 86_400_000;

/** What is known of the peer, by primary key, and where it shows something new the change, in one commit. */
export function prepareObserve(database: DatabaseSync): (request: Observe) => ObserveResult {
  const find = database.prepare('SELECT memory FROM observation WHERE kind = ? AND peer = ?');
  const insert = database.prepare(
    'INSERT INTO observation (kind, peer, memory, last_seen_at) VALUES (?, ?, ?, ?)',
  );
  const update = database.prepare(
    'UPDATE observation SET memory = ?, last_seen_at = ? WHERE kind = ? AND peer = ?',
  );
  const record = prepareRecordChange(database);
  const lastKept = database.prepare(
    `SELECT last_seen_at FROM observation WHERE kind = ?
     ORDER BY last_seen_at DESC LIMIT 1 OFFSET ${MOST_PEERS}`,
  );
  const forget = database.prepare(
    'DELETE FROM observation WHERE kind = ? AND last_seen_at <= ? RETURNING peer',
  );
  const forgetChanges = prepareForgetChanges(database);

  const forgetOldest = (kind: Observe['kind'], at: number): void => {
    const last = lastKept.get(kind);
    const seenAt = Math.max(
      at - FORGET_PEER_MS,
      last === undefined ? 0 : integer(last, 'last_seen_at'),
    );
    for (const row of forget.all(kind, seenAt)) forgetChanges(kind, text(row, 'peer'), 0);
  };

  return ({ id, kind, peer, shown, at, learnMs }) => {
    const row = find.get(kind, peer);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written below
    const known = row === undefined ? null : (JSON.parse(text(row, 'memory')) as Memory);
    const { memory, change, isHeld } = look(known, shown, { at, learnMs });
    const json = JSON.stringify(memory);
    if (known === null) {
      insert.run(kind, peer, json, at);
      forgetOldest(kind, at);
      return 'first';
    }
    update.run(json, at, kind, peer);
    if (change === null) return isHeld ? 'held' : 'known';
    record({
      id,
      actor: peer,
      via: 'holdfast',
      reason: '',
      item: {
        kind,
        verb: 'observed',
        appId: 0,
        subjectId: null,
        subject: peer,
        before: JSON.stringify(change.before),
        after: JSON.stringify(change.after),
      },
    });
    return 'changed';
  };
}
