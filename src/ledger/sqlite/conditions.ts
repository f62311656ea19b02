import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { MessageFilter } from '../contract/messages.ts';

/** The conditions of one query: texts of SQL and the values for their places, in order. */
export type Conditions = {
  readonly sql: readonly string[];
  readonly values: readonly SQLInputValue[];
};

export const none: Conditions = { sql: [], values: [] };

/** A condition, or none where a value is missing. */
export function condition(
  sql: string,
  ...values: readonly (SQLInputValue | undefined)[]
): Conditions {
  const given = values.filter((value) => value !== undefined);
  return given.length < values.length ? none : { sql: [sql], values: given };
}

export function all(...parts: readonly Conditions[]): Conditions {
  return { sql: parts.flatMap(({ sql }) => sql), values: parts.flatMap(({ values }) => values) };
}

/**
 * A column that has one of some values, or none where no list is given; no value of an empty list holds. By an index
 * where it is one value; several would have to be sorted, so they are looked for in the order of the page.
 */
export function oneOf(column: string, values: readonly SQLInputValue[] | undefined): Conditions {
  if (values === undefined) return none;
  const test =
    values.length === 1 ? `${column} = ?` : `+${column} IN (${values.map(() => '?').join(', ')})`;
  return { sql: [test], values };
}

/** Of rows with `ended_at`: those that did not end, those that did, or both. */
export function endedCondition(isOpen: boolean | undefined): Conditions {
  if (isOpen === undefined) return none;
  return { sql: [`ended_at IS ${isOpen ? '' : 'NOT '}NULL`], values: [] };
}

/** What a filter asks of the message itself, for a table that is named `m` in the query. */
export function messageConditions({ eventTypes, channel, tag }: MessageFilter): Conditions {
  const places = eventTypes?.map(() => '?').join(', ');
  return all(
    places === undefined ? none : condition(`m.event_type IN (${places})`, ...(eventTypes ?? [])),
    condition('EXISTS (SELECT 1 FROM json_each(m.channels) WHERE value = ?)', channel),
    condition('EXISTS (SELECT 1 FROM json_each(m.tags) WHERE value = ?)', tag),
  );
}

/** Statements by their text: filters come in few combinations, and preparing costs more than running. */
export function statementCache(database: DatabaseSync): (sql: string) => StatementSync {
  const prepared = new Map<string, StatementSync>();
  return (sql) => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    if (prepared.size >= LARGEST_CACHE) prepared.clear();
    prepared.set(sql, statement);
    return statement;
  };
}

const LARGEST_CACHE = 256;
