import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { MessageValue } from '../records.ts';
import { sliUnits, type SliUnit, type SliValues } from '../contract/sli.ts';
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

/** What a commit's deliveries of one minute, endpoint, application and event type carry, by currency. */
export type CarriedSums = Map<string, number[]>;

type Carrying = {
  readonly minuteAt: number;
  readonly endpointId: number;
  readonly appId: number;
  readonly eventType: string;
};
type AddValues = { readonly statement: StatementSync; readonly columns: readonly number[] };

export function carry(
  sums: CarriedSums,
  { amount, currency }: MessageValue,
  times: ValueTimes,
): void {
  let ofCurrency = sums.get(currency);
  if (ofCurrency === undefined) {
    ofCurrency = valueColumns.map(() => 0);
    sums.set(currency, ofCurrency);
  }
  for (let nth = 0; nth < valueColumns.length; nth += 1) {
    const name = valueColumns[nth];
    const count = name === undefined ? 0 : (times[name] ?? 0);
    if (count !== 0) ofCurrency[nth] = addedValue(ofCurrency[nth] ?? 0, count * amount);
  }
}

/** Writes them, naming only the sums that changed. */
export class ValueRows {
  readonly #database: DatabaseSync;
  readonly #statements: Readonly<Record<SliUnit, Map<number, AddValues>>>;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = { minute: new Map(), hour: new Map(), day: new Map() };
    // What is wrong with them is found at the start.
    for (const unit of sliUnits) this.#statementFor(unit, 1);
  }

  write(state: SliState, of: Carrying, sums: CarriedSums): void {
    const { minuteAt, endpointId, appId, eventType } = of;
    for (const [currency, ofCurrency] of sums) {
      let touched = 0;
      for (let nth = 0; nth < ofCurrency.length; nth += 1) {
        if (ofCurrency[nth] !== 0) touched |= 1 << nth;
      }
      if (touched === 0) continue;
      eachSlot(state, minuteAt, endpointId, (unit, at) => {
        const { statement, columns } = this.#statementFor(unit, touched);
        const values = columns.map((nth) => ofCurrency[nth] ?? 0);
        statement.run(at, endpointId, appId, eventType, currency, ...values);
      });
    }
  }

  /** At most 127 for each unit, of which few occur. */
  #statementFor(unit: SliUnit, touched: number): AddValues {
    const known = this.#statements[unit];
    const found = known.get(touched);
    if (found !== undefined) return found;
    const columns = valueColumns.flatMap((_, nth) => ((touched >> nth) % 2 === 0 ? [] : [nth]));
    const names = valueColumns.filter((_, nth) => columns.includes(nth));
    const statement = this.#database.prepare(
      `INSERT INTO ${valueTableOf[unit]} (${VALUE_KEY}, ${names.join(', ')})
       VALUES (?, ?, ?, ?, ?${', ?'.repeat(names.length)})
       ON CONFLICT DO UPDATE SET ${addingValues(names)}`,
    );
    const made = { statement, columns };
    known.set(touched, made);
    return made;
  }
}
