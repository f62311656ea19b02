import { CONTINUES, highestRate, RateEvidence } from './evidence.ts';
import { isBlockFull, LEAST_KNOWN, MOST_KNOWN } from './memory.ts';

/**
 * How often a field is there where its parent is, and the evidence that it is missing from a part of messages. Traffic
 * comes in bursts of alike messages, so being missing twice in a row is no second surprise: how often a field goes
 * missing is learned from the messages after one that had it, how often it stays so from those after one that had not.
 */
export class Presence {
  readonly #evidence = new RateEvidence();
  /** Messages after one with the field, and those without it among them; then the same after one without it. */
  #past: Counts = [0, 0, 0, 0];
  #previous: Counts = [0, 0, 0, 0];
  #recent: Counts = [0, 0, 0, 0];
  #wasAbsent = false;
  #starts = 1;
  #stays = 1;
  /** Where it is often missing, only a row of messages without it says something. */
  isUsual = true;

  /** Evidence that it vanishes; 0 while too little is known. */
  see(isPresent: boolean): number {
    const known = this.#past[0] + this.#past[2];
    const rate = this.#wasAbsent ? this.#stays : this.#starts;
    const evidence = known < LEAST_KNOWN ? 0 : this.#evidence.see(!isPresent, rate);
    const at = this.#wasAbsent ? 2 : 0;
    this.#recent[at] += 1;
    if (!isPresent) this.#recent[at === 0 ? 1 : 3] += 1;
    this.#wasAbsent = !isPresent;
    if (isBlockFull(this.#recent[0] + this.#recent[2], known)) this.#fold();
    return evidence;
  }

  /** The share of messages with it, of those that have its parent. */
  share(): number {
    let known = 0;
    let absent = 0;
    for (const counts of [this.#past, this.#previous, this.#recent]) {
      known += counts[0] + counts[2];
      absent += counts[1] + counts[3];
    }
    return known === 0 ? 1 : 1 - absent / known;
  }

  /** Learns anew, from nothing. */
  accept(): void {
    this.#past = [0, 0, 0, 0];
    this.#previous = [0, 0, 0, 0];
    this.#recent = [0, 0, 0, 0];
    this.rearm();
  }

  rearm(): void {
    this.#evidence.evidence.reset();
  }

  toRow(): PresenceRow {
    return [
      [...this.#past, ...this.#previous, ...this.#recent].map(
        (count) => Math.round(count * 100) / 100,
      ),
      this.#wasAbsent ? 1 : 0,
      this.#evidence.evidence.toRow(),
    ];
  }

  static fromRow([counts, wasAbsent, sums]: PresenceRow): Presence {
    const made = new Presence();
    const at = (from: number): Counts => [
      counts[from] ?? 0,
      counts[from + 1] ?? 0,
      counts[from + 2] ?? 0,
      counts[from + 3] ?? 0,
    ];
    made.#past = at(0);
    made.#previous = at(4);
    made.#recent = at(8);
    made.#wasAbsent = wasAbsent === 1;
    made.#learn();
    made.#evidence.evidence.restore(sums);
    return made;
  }

  #fold(): void {
    const [a, b, c, d] = this.#past;
    const [e, f, g, h] = this.#previous;
    const by = Math.min(1, MOST_KNOWN / (a + c + e + g));
    this.#past = [(a + e) * by, (b + f) * by, (c + g) * by, (d + h) * by];
    this.#previous = this.#recent;
    this.#recent = [0, 0, 0, 0];
    this.#learn();
  }

  #learn(): void {
    const [present, starts, absent, stays] = this.#past;
    this.isUsual = starts + stays <= (present + absent) * (1 - USUALLY);
    this.#starts = highestRate(starts, present);
    this.#stays = Math.max(CONTINUES, absent === 0 ? 0 : highestRate(stays, absent));
  }
}

const USUALLY = 0.9;

type Counts = [afterPresent: number, starts: number, afterAbsent: number, stays: number];

export type PresenceRow = readonly [
  counts: readonly number[],
  wasAbsent: 0 | 1,
  sums: readonly number[],
];
