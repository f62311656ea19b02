import type { DatabaseSync } from 'node:sqlite';
import { idAt, timeOfId } from '../../../core/index.ts';
import type { MinuteOutcomes, OutcomesQuery } from '../../contract/outcomes.ts';
import { integer, text, triggerCode } from '../rows.ts';

type Row = NonNullable<ReturnType<ReturnType<DatabaseSync['prepare']>['get']>>;

const MINUTE_MS = 60_000;
/** Attempts that are read of one message: a fan-out over more endpoints is seen in part. */
const MOST_OF_MESSAGE = 200;

/**
 * First attempts and retries by minute, and those that failed. Of one endpoint by `attempt_of_endpoint`; of an
 * application or of all by the messages accepted in each minute (`message_of_app`, or the table's key) and their
 * attempts, which lie beside each other. A minute with more than `perMinute` of them is estimated from its first ones.
 */
export function prepareOutcomes(
  database: DatabaseSync,
): (request: OutcomesQuery) => readonly MinuteOutcomes[] {
  const columns = 'id, nth, trigger, outcome';
  const ofEndpoint = database.prepare(
    `SELECT ${columns} FROM attempt WHERE endpoint_id = ? AND id >= ? AND id < ? ORDER BY id LIMIT ?`,
  );
  const ofMessage = database.prepare(
    `SELECT ${columns} FROM attempt WHERE message_id = ? ORDER BY endpoint_id, nth LIMIT ?`,
  );
  const ofApp = database.prepare(
    'SELECT id FROM message WHERE app_id = ? AND id >= ? AND id < ? ORDER BY id LIMIT ?',
  );
  const ofAll = database.prepare(
    'SELECT id FROM message WHERE id >= ? AND id < ? ORDER BY id LIMIT ?',
  );
  return ({ endpointId, appId, fromAt, minutes, perMinute }) => {
    const found = new Map<number, Counts>();
    const countsOf = (minuteAt: number): Counts => {
      const known = found.get(minuteAt);
      if (known !== undefined) return known;
      const made = { firsts: 0, firstsFailed: 0, retries: 0, retriesFailed: 0, isSampled: false };
      found.set(minuteAt, made);
      return made;
    };
    for (let minute = 0; minute < minutes; minute += 1) {
      const minuteAt = fromAt + minute * MINUTE_MS;
      const span = [idAt(minuteAt), idAt(minuteAt + MINUTE_MS), perMinute] as const;
      const rows =
        endpointId !== undefined
          ? ofEndpoint.all(endpointId, ...span)
          : appId === undefined
            ? ofAll.all(...span)
            : ofApp.all(appId, ...span);
      const weight = weightOf(rows, minuteAt, perMinute);
      if (weight > 1) countsOf(minuteAt).isSampled = true;
      const attempts =
        endpointId === undefined
          ? rows.flatMap((row) => ofMessage.all(integer(row, 'id'), MOST_OF_MESSAGE))
          : rows;
      for (const attempt of attempts) {
        const madeAt = timeOfId(integer(attempt, 'id'));
        count(countsOf(madeAt - (madeAt % MINUTE_MS)), attempt, weight);
      }
    }
    return Array.from(found, ([minuteAt, counts]) => ({ minuteAt, ...counts }));
  };
}

type Counts = {
  firsts: number;
  firstsFailed: number;
  retries: number;
  retriesFailed: number;
  isSampled: boolean;
};

/** How many each row stands for: where the limit was reached, the rest of the minute goes on as it began. */
function weightOf(rows: readonly Row[], minuteAt: number, perMinute: number): number {
  const last = rows.at(-1);
  if (last === undefined || rows.length < perMinute) return 1;
  const took = timeOfId(integer(last, 'id')) - minuteAt + 1;
  return Math.max(1, MINUTE_MS / took);
}

function count(counts: Counts, row: Row, weight: number): void {
  const isFailed = text(row, 'outcome') !== 'delivered';
  if (integer(row, 'nth') === 1) {
    counts.firsts += weight;
    if (isFailed) counts.firstsFailed += weight;
  } else if (integer(row, 'trigger') === triggerCode.scheduled) {
    counts.retries += weight;
    if (isFailed) counts.retriesFailed += weight;
  }
}
