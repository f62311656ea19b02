import type { Outcomes } from '../indicator.ts';
import type { Scope } from '../scope.ts';

/** What differs between two states of a minute's row. */
export type ChangedRow = {
  readonly appId: number;
  readonly endpointId: number;
  readonly eventType: string;
  readonly good: number;
  readonly bad: number;
};

/** Values of one row in what the ledger gives. */
const WIDTH = 5;
/** Numbers of one row here. */
const NUMBERS = 4;

/** The rows of one minute in the order of endpoints, some 40 bytes each. Event types are shared texts. */
export class OutcomeRows {
  readonly size: number;
  readonly #numbers: Float64Array;
  readonly #types: readonly string[];
  #changed: {
    readonly since: OutcomeRows | undefined;
    readonly rows: readonly ChangedRow[];
  } | null = null;

  /** @param sums as the ledger gives them: endpoint, application, event type, good, bad by turns. */
  constructor(sums: readonly (number | string)[], texts: Map<string, string>) {
    this.size = sums.length / WIDTH;
    this.#numbers = new Float64Array(this.size * NUMBERS);
    const types: string[] = [];
    for (let nth = 0; nth < this.size; nth += 1) {
      const at = nth * WIDTH;
      const to = nth * NUMBERS;
      this.#numbers[to] = Number(sums[at]);
      this.#numbers[to + 1] = Number(sums[at + 1]);
      this.#numbers[to + 2] = Number(sums[at + 3]);
      this.#numbers[to + 3] = Number(sums[at + 4]);
      const type = String(sums[at + 2]);
      const known = texts.get(type);
      if (known === undefined) texts.set(type, type);
      types.push(known ?? type);
    }
    this.#types = types;
  }

  sumIn({ apps, endpoints, eventTypes }: Scope): Outcomes {
    const numbers = this.#numbers;
    let good = 0;
    let bad = 0;
    for (let nth = 0; nth < this.size; nth += 1) {
      const at = nth * NUMBERS;
      if (apps !== null && !apps.has(numbers[at + 1] ?? 0)) continue;
      if (endpoints !== null && !endpoints.has(numbers[at] ?? 0)) continue;
      // Lanes have no event type.
      const type = this.#types[nth] ?? '';
      if (eventTypes !== null && type !== '' && !eventTypes.has(type)) continue;
      good += numbers[at + 2] ?? 0;
      bad += numbers[at + 3] ?? 0;
    }
    return { good, bad };
  }

  /** What is otherwise than in an earlier state of the same minute. Kept for whoever asks the same again. */
  changedSince(before: OutcomeRows | undefined): readonly ChangedRow[] {
    if (this.#changed === null || this.#changed.since !== before) {
      this.#changed = { since: before, rows: this.#changesSince(before) };
      // Or each state would hold the one before it for ever.
      if (before !== undefined) before.#changed = null;
    }
    return this.#changed.rows;
  }

  #changesSince(before: OutcomeRows | undefined): readonly ChangedRow[] {
    const rows: ChangedRow[] = [];
    let from = 0;
    for (let nth = 0; nth < this.size; nth += 1) {
      const row = this.#rowAt(nth);
      if (before !== undefined) from = before.#placeOf(row.endpointId, from);
      const known = before === undefined ? undefined : before.#find(from, row);
      const good = row.good - (known?.good ?? 0);
      const bad = row.bad - (known?.bad ?? 0);
      if (good !== 0 || bad !== 0) rows.push({ ...row, good, bad });
    }
    return rows;
  }

  /** Of the first row of an endpoint, or of a later one where it has none. */
  #placeOf(endpointId: number, from: number): number {
    let place = from;
    while (this.#endpointAt(place) < endpointId) place += 1;
    return place;
  }

  /** Infinity beyond the last. */
  #endpointAt(nth: number): number {
    return nth < this.size ? (this.#numbers[nth * NUMBERS] ?? 0) : Infinity;
  }

  #rowAt(nth: number): ChangedRow {
    const at = nth * NUMBERS;
    return {
      endpointId: this.#numbers[at] ?? 0,
      appId: this.#numbers[at + 1] ?? 0,
      eventType: this.#types[nth] ?? '',
      good: this.#numbers[at + 2] ?? 0,
      bad: this.#numbers[at + 3] ?? 0,
    };
  }

  /** Among the rows of its endpoint, which begin at `from`. */
  #find(from: number, { endpointId, appId, eventType }: ChangedRow): ChangedRow | undefined {
    for (let nth = from; this.#endpointAt(nth) === endpointId; nth += 1) {
      const isIt = this.#types[nth] === eventType && this.#numbers[nth * NUMBERS + 1] === appId;
      if (isIt) return this.#rowAt(nth);
    }
    return undefined;
  }
}

export function isRowIn({ apps, endpoints, eventTypes }: Scope, row: ChangedRow): boolean {
  return (
    (apps === null || apps.has(row.appId)) &&
    (endpoints === null || endpoints.has(row.endpointId)) &&
    (eventTypes === null || row.eventType === '' || eventTypes.has(row.eventType))
  );
}
