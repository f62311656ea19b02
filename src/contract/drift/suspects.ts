import type { DriftExample } from './finding.ts';

const MOST_EXAMPLES = 5;
/** Suspects further apart have nothing to do with each other. */
const LONGEST_GAP = 2048;

/** The messages that raised the evidence lately. */
export class Suspects {
  examples: DriftExample[] = [];
  count = 0;
  firstNth = 0;
  firstMessageId = 0;
  lastNth = 0;

  add(nth: number, example: DriftExample): void {
    if (nth - this.lastNth > LONGEST_GAP) this.clear();
    if (this.count === 0) {
      this.firstNth = nth;
      this.firstMessageId = example.messageId;
    }
    this.count += 1;
    this.lastNth = nth;
    this.examples.push(example);
    if (this.examples.length > MOST_EXAMPLES) this.examples.shift();
  }

  clear(): void {
    this.examples = [];
    this.count = 0;
  }
}
