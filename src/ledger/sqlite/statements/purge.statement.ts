import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { idAt, startStopwatch, timeOfId } from '../../../core/index.ts';
import type { PurgeRequest, PurgeResult } from '../../contract/removal.ts';
import { integer, integerOrNull, numbers, stateCode, textOrNull } from '../rows.ts';
import { endedAtSql, minuteOf } from '../sli-columns.ts';
import type { SliCounter } from '../sli-counter.ts';
import { prepareRemoveCorrectedPayloads } from './corrected.statement.ts';
import type { RetentionPeriod, RetentionPeriods } from './retention-period.statement.ts';

type Row = NonNullable<ReturnType<StatementSync['get']>>;

const DAY_MS = 86_400_000;
/** Writes that wait share the step's commit: it ends after this long, where the disk is slow. */
const STEP_MS = 10;
/** Freeing a payload reads all of its pages. */
const STEP_BYTES = 8_388_608;
/** This share of the file may be free, for what comes next to use again; what is over it is given back. */
const FREE_SHARE = 0.25;
const SHRINK_PAGES = 128;
/** What a message of another period counts, of which nothing but the row is read. */
const PASSED_OVER = 0.1;
/** Rows read at once: what a step that ends early has read for nothing. */
const WINDOW = 64;

/** All that stays of a message. `octet_length` reads the record's header, not the payload. */
const KEPT =
  'id, app_id, event_type, event_id, channels, tags, retention_days, matched, content_hash';
const SEEN = `${KEPT}, purged_at, octet_length(payload) AS bytes`;

/**
 * Walks the messages of each period in use by ranges of their key, from where the step before ended up to the end of
 * the period; what is not finished then goes to `retention_waiting`, which later steps go round and round. Deliveries
 * and attempts are ranges of their keys. Write lock of the whole file, as every commit here.
 *
 * A message's row is deleted and inserted again, not updated: SQLite joins half-empty pages only where a row is
 * deleted. Updated rows kept 1.3 kB each of payloads of 1 kB, these 0.15 kB (docs/adr/0016).
 */
export function preparePurge(
  database: DatabaseSync,
  periods: RetentionPeriods,
  sli: SliCounter,
): (request: PurgeRequest) => PurgeResult {
  const walk = database.prepare(
    `SELECT ${SEEN} FROM message WHERE id > ? AND id < ? ORDER BY id LIMIT ?`,
  );
  const read = database.prepare(`SELECT ${SEEN} FROM message WHERE id = ?`);
  const deliveriesOf = database.prepare(
    `SELECT endpoint_id, state, state = 2 AND EXISTS (
       SELECT 1 FROM attempt a WHERE a.message_id = d.message_id AND a.endpoint_id = d.endpoint_id
         AND a.outcome = 'delivered') AS is_proven
     FROM delivery d WHERE message_id = ?`,
  );
  const lastAttempt = database.prepare(
    `SELECT max(${endedAtSql('a')}) AS ended_at FROM attempt a WHERE message_id = ? AND nth = 1`,
  );
  const removeAttempts = database.prepare('DELETE FROM attempt WHERE message_id = ?');
  const removeMessage = database.prepare('DELETE FROM message WHERE id = ?');
  const removeCorrected = prepareRemoveCorrectedPayloads(database);
  const insertPurged = database.prepare(
    `INSERT INTO message (${KEPT}, purged_at) VALUES (${'?, '.repeat(9)}?)`,
  );
  const wait = database.prepare('INSERT OR IGNORE INTO retention_waiting (message_id) VALUES (?)');
  const waiting = database.prepare(
    'SELECT message_id FROM retention_waiting WHERE message_id > ? ORDER BY message_id LIMIT ?',
  );
  const oldestWaiting = database.prepare(
    'SELECT min(message_id) AS message_id FROM retention_waiting',
  );
  const stopWaiting = database.prepare('DELETE FROM retention_waiting WHERE message_id = ?');
  const forgetKeys = database.prepare(
    'DELETE FROM idempotency WHERE key IN (SELECT key FROM idempotency WHERE expires_at <= ? LIMIT ?)',
  );
  /** Where the round through those that wait goes on; a restart begins it anew. */
  let waitingAfter = 0;
  let steps = 0;
  const pageBytes = pragma(database, 'page_size');
  const pages = pragma(database, 'page_count');
  const freePages = pragma(database, 'freelist_count');
  const shrink = database.prepare(`PRAGMA incremental_vacuum(${SHRINK_PAGES})`);
  /** Pages over the share that may be free; a few are not worth the work. */
  const spare = (): number => freePages() - Math.ceil(pages() * FREE_SHARE) - SHRINK_PAGES;

  return ({ now, limit }) => {
    const tookMs = startStopwatch();
    const idempotencyKeys = Number(forgetKeys.run(now, limit).changes);
    const elapsedMs = startStopwatch();
    let attemptsFrom = 0;
    const sums = { messages: 0, attempts: 0, payloadBytes: 0 };
    let rows = 0;
    const isOver = (most: number): boolean =>
      rows >= most || sums.payloadBytes >= STEP_BYTES || elapsedMs() >= STEP_MS;

    /** False: it is not finished. */
    const purge = (message: Row): boolean => {
      const id = integer(message, 'id');
      const deliveries = deliveriesOf.all(id);
      rows += 1 + deliveries.length;
      if (!isFinished(numbers(message, 'matched'), deliveries)) return false;
      const last = lastAttempt.get(id);
      const endedAt = last === undefined ? null : integerOrNull(last, 'ended_at');
      if (endedAt !== null) attemptsFrom = Math.max(attemptsFrom, minuteOf(endedAt) + 60_000);
      const attempts = Number(removeAttempts.run(id).changes);
      removeMessage.run(id);
      insertPurged.run(
        id,
        integer(message, 'app_id'),
        textOrNull(message, 'event_type'),
        textOrNull(message, 'event_id'),
        textOrNull(message, 'channels'),
        textOrNull(message, 'tags'),
        integer(message, 'retention_days'),
        textOrNull(message, 'matched'),
        textOrNull(message, 'content_hash'),
        now,
      );
      rows += attempts;
      sums.messages += 1;
      sums.attempts += attempts;
      sums.payloadBytes += (integerOrNull(message, 'bytes') ?? 0) + removeCorrected(id);
      return true;
    };

    /** Goes on with one period. Where it ends early, it tells when the next message was accepted. */
    const walkPeriod = ({ days, cursor: from }: RetentionPeriod, most: number): number | null => {
      const beforeId = idAt(now - days * DAY_MS);
      let cursor = from;
      for (;;) {
        const window = walk.all(cursor, beforeId, WINDOW);
        for (const message of window) {
          if (isOver(most)) {
            periods.moveTo({ days, cursor });
            return timeOfId(integer(message, 'id'));
          }
          cursor = integer(message, 'id');
          const isItsTurn =
            integer(message, 'retention_days') === days && message['purged_at'] === null;
          if (!isItsTurn) rows += PASSED_OVER;
          else if (!purge(message)) wait.run(cursor);
        }
        if (window.length < WINDOW) break;
      }
      if (cursor !== from) periods.moveTo({ days, cursor });
      return null;
    };

    /** Goes once round those that wait, at most. */
    const lookAgain = (most: number): void => {
      const begunAfter = waitingAfter;
      let isSecondHalf = false;
      while (!isOver(most)) {
        const window = waiting.all(waitingAfter, WINDOW);
        for (const row of window) {
          const id = integer(row, 'message_id');
          if (isOver(most) || (isSecondHalf && id > begunAfter)) return;
          waitingAfter = id;
          rows += 1;
          const message = read.get(id);
          if (message === undefined || message['purged_at'] !== null || purge(message)) {
            stopWaiting.run(id);
          }
        }
        if (window.length === WINDOW) continue;
        waitingAfter = 0;
        if (isSecondHalf || begunAfter === 0) return;
        isSecondHalf = true;
      }
    };

    // Each has its share of the rows, and each begins a step in its turn: none waits for ever behind a slow one.
    const parts = [...periods.all(), null];
    const dueAt: number[] = [];
    parts.forEach((_, index) => {
      const part = parts[(steps + index) % parts.length] ?? null;
      const most = rows + Math.ceil((limit - rows) / (parts.length - index));
      if (part === null) {
        lookAgain(most);
        return;
      }
      const oldestAt = walkPeriod(part, most);
      if (oldestAt !== null) dueAt.push(oldestAt);
    });
    const state = sli.state();
    if (attemptsFrom > state.attemptsFrom) sli.setState({ ...state, attemptsFrom });
    steps += 1;
    const pagesBefore = pages();
    if (dueAt.length === 0 && spare() > 0) shrink.all();
    const pagesGiven = pagesBefore - pages();
    const waitingId = oldestWaiting.get()?.['message_id'];
    return {
      ...sums,
      idempotencyKeys,
      fileBytes: pagesGiven * pageBytes(),
      tookMs: tookMs(),
      oldestDueAt: dueAt.length === 0 ? null : Math.min(...dueAt),
      oldestUnfinishedAt: typeof waitingId === 'number' ? timeOfId(waitingId) : null,
      isMore: dueAt.length > 0 || idempotencyKeys === limit || (pagesGiven > 0 && spare() > 0),
    };
  };
}

function pragma(database: DatabaseSync, name: string): () => number {
  const read = database.prepare(`PRAGMA ${name}`);
  return () => {
    const row = read.get();
    return row === undefined ? 0 : integer(row, name);
  };
}

/**
 * Every promise was kept, as an attempt proves, or taken back. The proof goes with the attempts, so what the audit
 * would call missing or unproven is not purged: it would never be found again.
 */
function isFinished(matched: readonly number[], deliveries: readonly Row[]): boolean {
  const finished = new Set<number>();
  for (const delivery of deliveries) {
    const state = integer(delivery, 'state');
    const isProven = integer(delivery, 'is_proven') === 1;
    if (!isProven && state !== stateCode.cancelled) return false;
    finished.add(integer(delivery, 'endpoint_id'));
  }
  return matched.every((endpointId) => finished.has(endpointId));
}
