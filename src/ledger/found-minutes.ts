import { sliUnitMs } from './contract/sli.ts';

/** Unaccounted deliveries found within a minute, an hour or a day (UTC). */
export type FoundSlot = {
  /** Its start, milliseconds since the epoch. */
  readonly at: number;
  readonly unitMs: number;
  readonly count: number;
};

/** What objectives read by the minute, and by the hour (slo/evaluate.ts). */
const MINUTES_MS = 3 * sliUnitMs.hour;
const HOURS_MS = 4 * sliUnitMs.day;
/** The longest period of an objective. */
const KEPT_MS = 91 * sliUnitMs.day;

/**
 * When the audit found what was unaccounted: a few hundred entries at most, however much is found, as minutes that are
 * over are added up to hours, and hours to days.
 *
 * What could be scheduled again is found once. What could not is found by every step, and counts once a minute.
 */
export class FoundMinutes {
  #slots: FoundSlot[];
  #minuteAt = 0;
  #healed = 0;
  #lasting = 0;

  /** @param state as `state()` gave it in an earlier life; what cannot be read is begun anew. */
  constructor(state: string | null = null) {
    this.#slots = state === null ? [] : parse(state);
  }

  get slots(): readonly FoundSlot[] {
    return this.#slots;
  }

  state(): string {
    return JSON.stringify(this.#slots.map(({ at, unitMs, count }) => [at, unitMs, count]));
  }

  /**
   * What one step found, and how much of it was scheduled again. True where that changes anything.
   */
  add(now: number, found: number, healed: number): boolean {
    if (found === 0) return false;
    const unitMs = sliUnitMs.minute;
    const minuteAt = now - (now % unitMs);
    if (minuteAt !== this.#minuteAt) {
      this.#minuteAt = minuteAt;
      this.#healed = 0;
      this.#lasting = 0;
    }
    const before = this.#healed + this.#lasting;
    this.#healed += Math.min(healed, found);
    this.#lasting = Math.max(this.#lasting, found - healed);
    const more = this.#healed + this.#lasting - before;
    if (more === 0) return false;
    this.#slots = compact([...this.#slots, { at: minuteAt, unitMs, count: more }], now);
    return true;
  }
}

function compact(slots: readonly FoundSlot[], now: number): FoundSlot[] {
  const sums = new Map<string, FoundSlot>();
  for (const slot of slots) {
    if (slot.at < now - KEPT_MS) continue;
    const age = now - slot.at;
    const due =
      age > HOURS_MS ? sliUnitMs.day : age > MINUTES_MS ? sliUnitMs.hour : sliUnitMs.minute;
    const unitMs = Math.max(due, slot.unitMs);
    const at = slot.at - (slot.at % unitMs);
    const key = `${at} ${unitMs}`;
    sums.set(key, { at, unitMs, count: slot.count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()];
}

function parse(state: string): FoundSlot[] {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `state` above
    const rows = JSON.parse(state) as (readonly [number, number, number])[];
    return rows.map(([at, unitMs, count]) => ({ at, unitMs, count }));
  } catch {
    return [];
  }
}
