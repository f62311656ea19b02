import { sliAgeMs, sliUnitMs, type LaneAges } from '../ledger/index.ts';

/** Rows that wait to be written; where the ledger takes none for long, those of later minutes are not counted. */
const MOST_ROWS = 100_000;

/**
 * Counts looks at lanes that had something due by the age of their oldest delivery, a row for each lane and minute, until
 * the minute is over and the ledger has them.
 */
export class LaneAgeCounts {
  #minuteAt = 0;
  #current = new Map<number, number[]>();
  #over: LaneAges[] = [];

  look(endpointId: number, ageMs: number, now: number): void {
    this.#turn(now);
    let ages = this.#current.get(endpointId);
    if (ages === undefined) {
      ages = sliAgeMs.map(() => 0).concat(0);
      this.#current.set(endpointId, ages);
    }
    const found = sliAgeMs.findIndex((mostMs) => ageMs <= mostMs);
    const nth = found === -1 ? sliAgeMs.length : found;
    ages[nth] = (ages[nth] ?? 0) + 1;
  }

  /** Those of minutes that are over; they are the caller's from then on. */
  takeOver(now: number): readonly LaneAges[] {
    this.#turn(now);
    const rows = this.#over;
    this.#over = [];
    return rows;
  }

  /** All of them, at the end. */
  takeAll(): readonly LaneAges[] {
    return this.takeOver(Infinity);
  }

  /** They could not be written. */
  giveBack(rows: readonly LaneAges[]): void {
    this.#over = [...rows, ...this.#over].slice(0, MOST_ROWS);
  }

  #turn(now: number): void {
    const minuteAt = now === Infinity ? now : now - (now % sliUnitMs.minute);
    if (minuteAt === this.#minuteAt) return;
    for (const [endpointId, ages] of this.#current) {
      if (this.#over.length >= MOST_ROWS) break;
      this.#over.push({ at: this.#minuteAt, endpointId, ages });
    }
    this.#current = new Map();
    this.#minuteAt = minuteAt;
  }
}
