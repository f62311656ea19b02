import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { integer } from './rows.ts';
import { countColumns, KEY, tableOf } from './sli-columns.ts';

/** What is added to one row; `touched` has a bit for each count that is. */
export type MinuteCounts = {
  readonly minuteAt: number;
  readonly endpointId: number;
  readonly appId: number;
  readonly eventType: string;
  readonly counts: readonly number[];
  readonly touched: number;
};

type Statement = { readonly statement: StatementSync; readonly columns: readonly number[] };

/** Minutes whose rows are known by their ids: what is accepted now, and what is delivered within a deadline. */
const MOST_MINUTES = 4;
/** Some 100 bytes each. */
const MOST_IDS = 65_536;
/** Statements that are kept of each kind, for as many sets of counts; there are few in practice. */
const MOST_STATEMENTS = 64;

/**
 * Writes the rows of minutes. A row that this process wrote before is added to by its id, which costs less than
 * looking for its key.
 */
export class MinuteRows {
  readonly #database: DatabaseSync;
  readonly #find: StatementSync;
  readonly #insertions = new Map<number, Statement>();
  readonly #updates = new Map<number, Statement>();
  readonly #ids = new Map<number, Map<string, number>>();
  #known = 0;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#find = database.prepare(
      `SELECT id FROM ${tableOf.minute} WHERE at = ? AND endpoint_id = ? AND app_id = ? AND event_type = ?`,
    );
    // What is wrong with them is found at the start.
    this.#insertion(1);
    this.#update(1);
  }

  add(row: MinuteCounts): void {
    const { minuteAt, endpointId, appId, eventType } = row;
    const ids = this.#idsOf(minuteAt);
    const key = `${endpointId} ${appId} ${eventType}`;
    const known = ids.get(key);
    if (known !== undefined && this.#addTo(known, row)) return;
    const found = this.#find.get(minuteAt, endpointId, appId, eventType);
    if (known === undefined) this.#known += 1;
    if (found === undefined) ids.set(key, this.#insert(row));
    else {
      const id = integer(found, 'id');
      ids.set(key, id);
      this.#addTo(id, row);
    }
  }

  /** Rows were deleted, or a commit was undone that may have made some: ids are no longer true. */
  clear(): void {
    this.#ids.clear();
    this.#known = 0;
  }

  /** False where the row has no such id any more: somebody else deleted it, and may have given its id to another. */
  #addTo(id: number, row: MinuteCounts): boolean {
    const { minuteAt, endpointId, appId, eventType, counts, touched } = row;
    const { statement, columns } = this.#update(touched);
    const values = columns.map((nth) => counts[nth] ?? 0);
    const { changes } = statement.run(...values, id, minuteAt, endpointId, appId, eventType);
    return changes === 1;
  }

  #insert({ minuteAt, endpointId, appId, eventType, counts, touched }: MinuteCounts): number {
    const { statement, columns } = this.#insertion(touched);
    const values = columns.map((nth) => counts[nth] ?? 0);
    const made = statement.run(minuteAt, endpointId, appId, eventType, ...values);
    return Number(made.lastInsertRowid);
  }

  #idsOf(minuteAt: number): Map<string, number> {
    const known = this.#ids.get(minuteAt);
    if (known !== undefined && this.#known < MOST_IDS) return known;
    if (this.#known >= MOST_IDS) this.clear();
    if (this.#ids.size >= MOST_MINUTES) {
      const oldestAt = Math.min(...this.#ids.keys());
      this.#known -= this.#ids.get(oldestAt)?.size ?? 0;
      this.#ids.delete(oldestAt);
    }
    const made = new Map<string, number>();
    this.#ids.set(minuteAt, made);
    return made;
  }

  #insertion(touched: number): Statement {
    return statementOf(this.#insertions, touched, (names) =>
      this.#database.prepare(
        `INSERT INTO ${tableOf.minute} (${KEY}, ${names.join(', ')}) VALUES (?, ?, ?, ?${', ?'.repeat(names.length)})`,
      ),
    );
  }

  #update(touched: number): Statement {
    return statementOf(this.#updates, touched, (names) =>
      this.#database.prepare(
        `UPDATE ${tableOf.minute} SET ${names.map((name) => `${name} = ${name} + ?`).join(', ')}
         WHERE id = ? AND at = ? AND endpoint_id = ? AND app_id = ? AND event_type = ?`,
      ),
    );
  }
}

/** By the counts that they touch: naming all 23 takes three times as long. */
function statementOf(
  known: Map<number, Statement>,
  touched: number,
  prepare: (names: readonly string[]) => StatementSync,
): Statement {
  const found = known.get(touched);
  if (found !== undefined) return found;
  const columns = countColumns.flatMap((_, nth) => ((touched >> nth) % 2 === 0 ? [] : [nth]));
  const statement = prepare(columns.map((nth) => countColumns[nth] ?? ''));
  if (known.size >= MOST_STATEMENTS) known.clear();
  const made = { statement, columns };
  known.set(touched, made);
  return made;
}
