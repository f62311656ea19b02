import type { Outcomes } from '../indicator.ts';
import type { Scope } from '../scope.ts';
import type { RowKey, RowKeys } from './row-keys.ts';

/** What differs between two states of a minute's row. */
export type ChangedRow = RowKey & Outcomes;

/** Values of one row in what the ledger gives. */
const WIDTH = 5;
/** Of them, the last two. */
const GOOD = 3;
const BAD = 4;
const BYTE = 0xff;

/** Counts of one byte where all of them fit, which is nearly always. */
type Counts = Uint8Array | Float64Array;

/** The rows of one minute in the order of endpoints, some 6 bytes each; what they are of is shared among minutes. */
export class OutcomeRows {
  readonly size: number;
  readonly #keys: RowKeys;
  readonly #places: Uint32Array;
  readonly #good: Counts;
  readonly #bad: Counts;
  #changed: {
    readonly since: OutcomeRows | undefined;
    readonly rows: readonly ChangedRow[];
  } | null = null;

  /** @param sums as the ledger gives them: endpoint, application, event type, good, bad by turns. */
  constructor(sums: readonly (number | string)[], keys: RowKeys) {
    this.size = sums.length / WIDTH;
    this.#keys = keys;
    this.#places = new Uint32Array(this.size);
    for (let nth = 0; nth < this.size; nth += 1) {
      const at = nth * WIDTH;
      const [endpointId, appId] = [Number(sums[at]), Number(sums[at + 1])];
      this.#places[nth] = keys.placeOf(endpointId, appId, String(sums[at + 2]));
    }
    this.#good = countsOf(sums, GOOD);
    this.#bad = countsOf(sums, BAD);
  }

  sumIn(scope: Scope): Outcomes {
    const isAll = scope.apps === null && scope.endpoints === null && scope.eventTypes === null;
    let good = 0;
    let bad = 0;
    for (let nth = 0; nth < this.size; nth += 1) {
      if (!isAll && !isRowIn(scope, this.#keyOf(nth))) continue;
      good += this.#good[nth] ?? 0;
      bad += this.#bad[nth] ?? 0;
    }
    return { good, bad };
  }

  /** Adds each row to what is summed for its key; false where keys are others. */
  addTo(sums: RowSums): boolean {
    if (sums.keys !== this.#keys) return false;
    for (let nth = 0; nth < this.size; nth += 1) {
      sums.add(this.#places[nth] ?? 0, this.#good[nth] ?? 0, this.#bad[nth] ?? 0);
    }
    return true;
  }

  *rows(): Generator<ChangedRow> {
    for (let nth = 0; nth < this.size; nth += 1) yield this.#rowAt(nth);
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
    const known = new RowSums(this.#keys);
    if (before !== undefined) known.addAll(before);
    const rows: ChangedRow[] = [];
    for (let nth = 0; nth < this.size; nth += 1) {
      const place = this.#places[nth] ?? 0;
      const good = (this.#good[nth] ?? 0) - known.goodOf(place);
      const bad = (this.#bad[nth] ?? 0) - known.badOf(place);
      if (good !== 0 || bad !== 0) rows.push({ ...this.#keyOf(nth), good, bad });
    }
    return rows;
  }

  #keyOf(nth: number): RowKey {
    return this.#keys.at(this.#places[nth] ?? 0);
  }

  #rowAt(nth: number): ChangedRow {
    return { ...this.#keyOf(nth), good: this.#good[nth] ?? 0, bad: this.#bad[nth] ?? 0 };
  }
}

/** Rows of several minutes added up. */
export class RowSums {
  readonly keys: RowKeys;
  #good: Float64Array;
  #bad: Float64Array;
  #isThere: Uint8Array;
  /** In the order in which they came. */
  readonly #places: number[] = [];

  constructor(keys: RowKeys) {
    this.keys = keys;
    this.#good = new Float64Array(keys.size);
    this.#bad = new Float64Array(keys.size);
    this.#isThere = new Uint8Array(keys.size);
  }

  addAll(rows: OutcomeRows): void {
    if (rows.addTo(this)) return;
    // They were read when other keys were in use.
    for (const { endpointId, appId, eventType, good, bad } of rows.rows()) {
      this.add(this.keys.placeOf(endpointId, appId, eventType), good, bad);
    }
  }

  add(place: number, good: number, bad: number): void {
    if (place >= this.#isThere.length) this.#grow();
    if (this.#isThere[place] === 0) {
      this.#isThere[place] = 1;
      this.#places.push(place);
    }
    this.#good[place] = (this.#good[place] ?? 0) + good;
    this.#bad[place] = (this.#bad[place] ?? 0) + bad;
  }

  goodOf(place: number): number {
    return this.#good[place] ?? 0;
  }

  badOf(place: number): number {
    return this.#bad[place] ?? 0;
  }

  all(): readonly ChangedRow[] {
    return this.#places.map((place) => ({
      ...this.keys.at(place),
      good: this.goodOf(place),
      bad: this.badOf(place),
    }));
  }

  #grow(): void {
    const size = 2 * this.keys.size;
    this.#good = grown(this.#good, new Float64Array(size));
    this.#bad = grown(this.#bad, new Float64Array(size));
    this.#isThere = grown(this.#isThere, new Uint8Array(size));
  }
}

function grown<Numbers extends Float64Array | Uint8Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}

function countsOf(sums: readonly (number | string)[], column: number): Counts {
  const counts = new Float64Array(sums.length / WIDTH);
  let isSmall = true;
  for (let nth = 0; nth < counts.length; nth += 1) {
    const count = Number(sums[nth * WIDTH + column]);
    counts[nth] = count;
    isSmall &&= count >= 0 && count <= BYTE;
  }
  return isSmall ? Uint8Array.from(counts) : counts;
}

export function isRowIn({ apps, endpoints, eventTypes }: Scope, row: RowKey): boolean {
  return (
    (apps === null || apps.has(row.appId)) &&
    (endpoints === null || endpoints.has(row.endpointId)) &&
    // Lanes have no event type.
    (eventTypes === null || row.eventType === '' || eventTypes.has(row.eventType))
  );
}
