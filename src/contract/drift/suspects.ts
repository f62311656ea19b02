import type { DriftExample } from './finding.ts';

const MOST_EXAMPLES = 5;
/** Suspects further apart have nothing to do with each other. */
const LONGEST_GAP = 1024;

/** The messages that raised the evidence lately. */
export class Suspects {
  examples: DriftExample[] = [];
  count = 0;
  firstNth = 0;
  firstMessageId = 0;
  lastNth = 0;
  /** Numbers of the examples' messages. */
  #nths: number[] = [];

  add(nth: number, example: DriftExample): void {
    if (nth - this.lastNth > LONGEST_GAP) this.clear();
    if (this.count === 0) {
      this.firstNth = nth;
      this.firstMessageId = example.messageId;
    }
    this.count += 1;
    this.lastNth = nth;
    this.examples.push(example);
    this.#nths.push(nth);
    if (this.examples.length > MOST_EXAMPLES) {
      this.examples.shift();
      this.#nths.shift();
    }
  }

  /** One in as many messages as usually lie between two examples; null: there is but one. */
  share(): number | null {
    const gaps = this.#nths.slice(1).map((nth, index) => nth - (this.#nths[index] ?? 0));
    const median = gaps.toSorted((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)];
    return median === undefined ? null : 1 / Math.max(1, median);
  }

  clear(): void {
    this.examples = [];
    this.#nths = [];
    this.count = 0;
  }
}
