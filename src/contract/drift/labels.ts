import { CONTINUES, RateEvidence } from './evidence.ts';
import { isBlockFull, LEAST_KNOWN, MOST_KNOWN } from './memory.ts';

/** More different labels than this are no enumeration. */
const MOST_LABELS = 32;
const LONGEST_LABEL = 64;

export type NewLabel = { readonly evidence: number; readonly isNew: boolean };

/**
 * The labels that a field takes, while they are few: the values of an enumeration, or the JSON types. How likely a new
 * one is follows Good and Turing (Good 1953, Biometrika 40:237): as likely as labels that were seen only once are
 * frequent, and half a label more. A field with too many labels is open, and never judged again.
 */
export class Labels {
  readonly #evidence = new RateEvidence();
  #past = new Map<string, number>();
  #previous = new Map<string, number>();
  #recent = new Map<string, number>();
  #known = 0;
  #recentCount = 0;
  #isOpen = false;
  /** How likely a label is new. */
  #newRate = 1;
  #last = '';

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Null: it is open, or too little is known yet. */
  see(label: string): NewLabel | null {
    if (this.#isOpen) return null;
    if (label.length > LONGEST_LABEL) {
      this.#open();
      return null;
    }
    const judged = this.#known < LEAST_KNOWN ? null : this.#judge(label);
    this.#last = label;
    count(this.#recent, label, 1);
    this.#recentCount += 1;
    if (this.#recent.size > MOST_LABELS) {
      this.#open();
      return null;
    }
    if (isBlockFull(this.#recentCount, this.#known)) this.#fold();
    return judged;
  }

  /** How often it came lately. */
  recently(label: string): number {
    return (this.#recent.get(label) ?? 0) + (this.#previous.get(label) ?? 0);
  }

  /** The most frequent first; the lately seen ones come last. */
  values(): readonly string[] {
    const past = [...this.#past].toSorted(([, a], [, b]) => b - a).map(([label]) => label);
    return [...new Set([...past, ...this.#previous.keys(), ...this.#recent.keys()])];
  }

  /** From here on the labels seen lately are as normal as all others. */
  accept(): void {
    this.#fold();
    this.#fold();
    // Seen once or twice they would make further new labels look likely.
    for (const [label, times] of this.#past) this.#past.set(label, Math.max(2, times));
    this.#learn();
    this.rearm();
  }

  rearm(): void {
    this.#evidence.evidence.reset();
  }

  toRow(): LabelsRow {
    if (this.#isOpen) return null;
    return [
      [...this.#past].map(([label, times]) => [label, Math.round(times * 100) / 100]),
      [...this.#previous],
      [...this.#recent],
      this.#evidence.evidence.toRow(),
    ];
  }

  static fromRow(row: LabelsRow): Labels {
    const made = new Labels();
    if (row === null) {
      made.#open();
      return made;
    }
    const [past, previous, recent, sums] = row;
    made.#past = new Map(past);
    made.#previous = new Map(previous);
    made.#recent = new Map(recent);
    made.#learn();
    made.#recentCount = sum(made.#recent);
    made.#evidence.evidence.restore(sums);
    return made;
  }

  #judge(label: string): NewLabel {
    const isNew = !this.#past.has(label);
    const rate = label === this.#last ? Math.max(CONTINUES, this.#newRate) : this.#newRate;
    return { evidence: this.#evidence.see(isNew, rate), isNew };
  }

  #fold(): void {
    for (const [label, times] of this.#previous) count(this.#past, label, times);
    this.#previous = this.#recent;
    this.#recent = new Map();
    this.#recentCount = 0;
    this.#known = sum(this.#past);
    if (this.#past.size > MOST_LABELS) this.#open();
    else if (this.#known > MOST_KNOWN) {
      const by = MOST_KNOWN / this.#known;
      for (const [label, times] of this.#past) {
        if (times * by < 0.1) this.#past.delete(label);
        else this.#past.set(label, times * by);
      }
    }
    this.#learn();
  }

  #learn(): void {
    this.#known = sum(this.#past);
    let once = 0;
    for (const times of this.#past.values()) if (times < 1.5) once += 1;
    this.#newRate = Math.min(0.999, (once + 0.5) / (this.#known + 1));
  }

  #open(): void {
    this.#isOpen = true;
    this.#past.clear();
    this.#previous.clear();
    this.#recent.clear();
  }
}

/** Past, previous block, block under way, evidence; null: open. */
export type LabelsRow =
  | readonly [
      past: readonly LabelCount[],
      previous: readonly LabelCount[],
      recent: readonly LabelCount[],
      sums: readonly number[],
    ]
  | null;
type LabelCount = readonly [label: string, times: number];

function count(into: Map<string, number>, label: string, times: number): void {
  into.set(label, (into.get(label) ?? 0) + times);
}

function sum(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const times of counts.values()) total += times;
  return total;
}
