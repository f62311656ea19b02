import type { DatabaseSync } from 'node:sqlite';
import { idAt, timeOfId } from '../../../core/index.ts';
import { type KeepSli, type SliKept, sliUnitMs } from '../../contract/sli.ts';
import { addingOf, ageTableOf, countColumns, KEY, minuteOf, tableOf } from '../sli-columns.ts';
import { integer, integerOrNull, stateCode } from '../rows.ts';
import type { SliCounter } from '../sli-counter.ts';
import { dueBefore } from '../sli-state.ts';
import { addingValues, VALUE_KEY, valueColumns, valueTableOf } from '../sli-value-columns.ts';

const DAY_MS = sliUnitMs.day;
/** Minutes go into hours and days once they have been over for so long: most of what comes later is in them by then. */
const ROLL_AFTER_MS = 2 * sliUnitMs.minute;
const HOURS_KEPT_MS = 400 * DAY_MS;
const AGE_KEY = 'at, endpoint_id';
const NO_ENDPOINT = Number.MAX_SAFE_INTEGER;

export function prepareSetDeliveryDeadline(
  database: DatabaseSync,
  sli: SliCounter,
): (request: { readonly deadlineMs: number; readonly now: number }) => void {
  const newest = database.prepare('SELECT max(id) AS id FROM message');
  return ({ deadlineMs, now }) => {
    const state = sli.state();
    const last = state.deadlines.at(-1);
    if (last?.[1] === deadlineMs) return;
    const row = newest.get();
    const newestId = row === undefined ? null : integerOrNull(row, 'id');
    // A ledger without messages is told for the first time: there is nothing to keep apart.
    const deadlines =
      newestId === null
        ? [[0, deadlineMs] as const]
        : [...state.deadlines, [Math.max(idAt(now), newestId + 1), deadlineMs] as const];
    sli.setState({ ...state, deadlines });
  };
}

/**
 * One step of what SLI counts need beside the deliveries' own commits. Each part goes on at its cursor, which is
 * written with what it did. Walks deliveries and minutes by ranges of their keys.
 */
export function prepareKeepSli(
  database: DatabaseSync,
  sli: SliCounter,
): (request: KeepSli) => SliKept {
  const judge = prepareJudge(database, sli);
  const rollUp = prepareRollUp(database, sli);
  const forgetMinutes = prepareForget(database, tableOf.minute, KEY);
  const forgetHours = prepareForget(database, tableOf.hour, KEY);
  const forgetMinuteAges = prepareForget(database, ageTableOf.minute, AGE_KEY);
  const forgetHourAges = prepareForget(database, ageTableOf.hour, AGE_KEY);
  const forgetMinuteValues = prepareForget(database, valueTableOf.minute, VALUE_KEY);
  const forgetHourValues = prepareForget(database, valueTableOf.hour, VALUE_KEY);
  return ({ now, limit, minutesDays }) => {
    // What this commit counted so far belongs to the minutes that are read here.
    sli.flush();
    const judged = judge(now, limit);
    sli.flush();
    const isMoreToRoll = rollUp(now, limit);
    const state = sli.state();
    const minutesFrom = Math.min(minuteOf(now - minutesDays * DAY_MS), state.rolledAt);
    const hoursFrom = now - HOURS_KEPT_MS - ((now - HOURS_KEPT_MS) % sliUnitMs.hour);
    const minutes = forgetMinutes(minutesFrom, limit);
    const hours = forgetHours(hoursFrom, limit);
    const ages = [forgetMinuteAges(minutesFrom, limit), forgetHourAges(hoursFrom, limit)];
    const values = [forgetMinuteValues(minutesFrom, limit), forgetHourValues(hoursFrom, limit)];
    if (minutes > 0) sli.forgetMinutes();
    if (minutes + hours > 0) {
      sli.setState({
        ...state,
        minutesFrom: minutes > 0 ? Math.max(minutesFrom, state.minutesFrom) : state.minutesFrom,
        hoursFrom: hours > 0 ? Math.max(hoursFrom, state.hoursFrom) : state.hoursFrom,
      });
    }
    return {
      ...judged,
      isMore:
        judged.oldestDueAt !== null ||
        isMoreToRoll ||
        [minutes, hours, ...ages, ...values].includes(limit),
    };
  };
}

/** Looks once at every delivery whose deadline has passed. */
function prepareJudge(
  database: DatabaseSync,
  sli: SliCounter,
): (now: number, limit: number) => Omit<SliKept, 'isMore'> {
  const cut = database.prepare(
    `SELECT message_id FROM delivery WHERE message_id >= ? AND message_id < ? ORDER BY message_id LIMIT 1 OFFSET ?`,
  );
  const missed = database.prepare(
    `SELECT message_id, endpoint_id, state FROM delivery d
     WHERE message_id >= ? AND message_id < ? AND state NOT IN (2, 4) AND late IS NULL AND NOT EXISTS (
       SELECT 1 FROM attempt a WHERE a.message_id = d.message_id AND a.endpoint_id = d.endpoint_id
         AND a.outcome = 'delivered')`,
  );
  return (now, limit) => {
    const state = sli.state();
    const fromId = state.judgedBefore;
    const dueId = dueBefore(state, now);
    // An idle ledger is not written to.
    if (dueId <= fromId || cut.get(fromId, dueId, 0) === undefined) {
      return { late: 0, oldestDueAt: null };
    }
    const next = cut.get(fromId, dueId, limit);
    // All deliveries of a message are looked at together.
    const beforeId = next === undefined ? dueId : Math.max(integer(next, 'message_id'), fromId + 1);
    const rows = missed.all(fromId, beforeId);
    for (const row of rows) {
      const messageId = integer(row, 'message_id');
      const endpointId = integer(row, 'endpoint_id');
      const isLost = integer(row, 'state') === stateCode.dead;
      sli.late(messageId, endpointId, sli.subjectOf(messageId, endpointId), isLost);
    }
    sli.setState({ ...state, judgedBefore: beforeId });
    return { late: rows.length, oldestDueAt: beforeId < dueId ? timeOfId(beforeId) : null };
  };
}

/** Adds a minute, or some endpoints of it, to its hour and its day. What comes later is added there as it is counted. */
function prepareRollUp(
  database: DatabaseSync,
  sli: SliCounter,
): (now: number, limit: number) => boolean {
  const next = database.prepare(
    `SELECT at, endpoint_id FROM sli_minute WHERE (at, endpoint_id) >= (?, ?) AND at < ?
     ORDER BY at, endpoint_id LIMIT 1`,
  );
  const cut = database.prepare(
    `SELECT endpoint_id FROM sli_minute WHERE at = ? AND endpoint_id >= ? ORDER BY endpoint_id LIMIT 1 OFFSET ?`,
  );
  const columns = countColumns.join(', ');
  const addTo = (unit: 'hour' | 'day') =>
    database.prepare(
      `INSERT INTO ${tableOf[unit]} (${KEY}, ${columns})
       SELECT at - at % ${sliUnitMs[unit]}, endpoint_id, app_id, event_type, ${columns} FROM sli_minute
       WHERE at = ? AND endpoint_id >= ? AND endpoint_id < ? ON CONFLICT DO UPDATE SET ${addingOf(countColumns)}`,
    );
  const values = valueColumns.join(', ');
  const addValuesTo = (unit: 'hour' | 'day') =>
    database.prepare(
      `INSERT INTO ${valueTableOf[unit]} (${VALUE_KEY}, ${values})
       SELECT at - at % ${sliUnitMs[unit]}, endpoint_id, app_id, event_type, currency, ${values} FROM sli_value_minute
       WHERE at = ? AND endpoint_id >= ? AND endpoint_id < ? ON CONFLICT DO UPDATE SET ${addingValues(valueColumns)}`,
    );
  const additions = [addTo('hour'), addTo('day'), addValuesTo('hour'), addValuesTo('day')];
  return (now, limit) => {
    const state = sli.state();
    const beforeAt = minuteOf(now - ROLL_AFTER_MS);
    const row = next.get(state.rolledAt, state.rolledEndpoint, beforeAt);
    if (row === undefined) return false;
    const at = integer(row, 'at');
    const fromEndpoint = integer(row, 'endpoint_id');
    const found = cut.get(at, fromEndpoint, limit);
    const beforeEndpoint =
      found === undefined ? null : Math.max(integer(found, 'endpoint_id'), fromEndpoint + 1);
    for (const add of additions) add.run(at, fromEndpoint, beforeEndpoint ?? NO_ENDPOINT);
    // Whoever added hours up did it without this minute.
    if (at < now - sliUnitMs.hour) sli.touched.note('deliveries', at);
    const rolledAt = beforeEndpoint === null ? at + sliUnitMs.minute : at;
    sli.setState({ ...state, rolledAt, rolledEndpoint: beforeEndpoint ?? 0 });
    return beforeEndpoint !== null || rolledAt < beforeAt;
  };
}

function prepareForget(
  database: DatabaseSync,
  table: string,
  key: string,
): (beforeAt: number, limit: number) => number {
  const forget = database.prepare(
    `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE at < ? ORDER BY at LIMIT ?)`,
  );
  return (beforeAt, limit) => Number(forget.run(beforeAt, limit).changes);
}
