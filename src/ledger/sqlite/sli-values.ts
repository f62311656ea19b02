import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { MessageValue } from '../records.ts';
import { sliUnits, type SliUnit, type SliValues } from '../sli.ts';
import {
  addedValue,
  addingValues,
  VALUE_KEY,
  valueColumns,
  valueTableOf,
} from './sli-value-columns.ts';
import { eachSlot, type SliState } from './sli-state.ts';

/** How many times a delivery's value enters each sum. */
export type ValueTimes = { readonly [Name in keyof SliValues]?: number };

export type ValueSubject = MessageValue & {
  readonly minuteAt: number;
  readonly endpointId: number;
  readonly appId: number;
  readonly eventType: string;
};

type Pending = { readonly subject: ValueSubject; readonly sums: number[] };

/**
 * Sums in memory of what messages carry, while a commit gathers; rows at its end. Where no message carries a value it
 * is an empty map.
 */
export class ValueSums {
  readonly #pending = new Map<string, Pending>();
  readonly #statements: Readonly<Record<SliUnit, StatementSync>>;

  constructor(database: DatabaseSync) {
    const addTo = (unit: SliUnit): StatementSync =>
      database.prepare(
        `INSERT INTO ${valueTableOf[unit]} (${VALUE_KEY}, ${valueColumns.join(', ')})
         VALUES (?, ?, ?, ?, ?${', ?'.repeat(valueColumns.length)})
         ON CONFLICT DO UPDATE SET ${addingValues(valueColumns)}`,
      );
    const [minute, hour, day] = sliUnits;
    this.#statements = { [minute]: addTo(minute), [hour]: addTo(hour), [day]: addTo(day) };
  }

  add(subject: ValueSubject, times: ValueTimes): void {
    const { minuteAt, endpointId, appId, eventType, amount, currency } = subject;
    if (amount === 0) return;
    const key = `${minuteAt} ${endpointId} ${appId} ${currency} ${eventType}`;
    let row = this.#pending.get(key);
    if (row === undefined) {
      row = { subject, sums: valueColumns.map(() => 0) };
      this.#pending.set(key, row);
    }
    for (const [nth, name] of valueColumns.entries()) {
      const count = times[name] ?? 0;
      if (count !== 0) row.sums[nth] = addedValue(row.sums[nth] ?? 0, count * amount);
    }
  }

  flush(state: SliState): void {
    if (this.#pending.size === 0) return;
    for (const { subject, sums } of this.#pending.values()) {
      const { minuteAt, endpointId, appId, eventType, currency } = subject;
      eachSlot(state, minuteAt, endpointId, (unit, at) => {
        this.#statements[unit].run(at, endpointId, appId, eventType, currency, ...sums);
      });
    }
    this.#pending.clear();
  }

  forget(): void {
    this.#pending.clear();
  }
}
