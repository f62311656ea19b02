import { fault, type Clock, type ErrorCode, type Random } from '../../src/core/index.ts';
import type { Ledger } from '../../src/ledger/index.ts';
import { readNames, writeNames } from '../../src/ledger/sqlite/operations.ts';

export type LedgerOfLifeParts = {
  /** The store that outlives every life. */
  readonly store: Ledger;
  /** The life's own clock: its timers do not run once the life is over. */
  readonly clock: Clock;
  readonly random: Random;
  /** What every write fails with now; null while the disk is well. */
  readonly writeFault: () => ErrorCode | null;
  /** What every read fails with now. */
  readonly readFault: () => ErrorCode | null;
};

/** The longest a simulated commit takes, and the longest way of its answer. */
const SLOWEST_COMMIT_MS = 8;
const SLOWEST_ANSWER_MS = 3;

/**
 * A ledger as one life of the process sees it: calls wait for a commit that takes time, and its answer takes time
 * too. When the life ends, what had not reached the store never will, and what had is there although nobody heard.
 */
export function ledgerOfLife(parts: LedgerOfLifeParts): Ledger {
  const { store } = parts;
  const writes = new Pipeline(parts, parts.writeFault);
  const reads = new Pipeline(parts, parts.readFault);
  const isRead = new Set<string>(readNames);
  const slowed = [...writeNames, ...readNames].map((name) => {
    const pipeline = isRead.has(name) ? reads : writes;
    // Every operation of the contract has this form.
    const operation = store[name] as (request: unknown) => Promise<unknown>;
    return [name, (request: unknown) => pipeline.add(() => operation(request))] as const;
  });
  return { ...store, ...Object.fromEntries(slowed), close: async () => {} };
}

/** Operations in the order they were asked for, those that wait together in one commit. */
class Pipeline {
  readonly #parts: LedgerOfLifeParts;
  readonly #fault: () => ErrorCode | null;
  #waiting: (() => Promise<() => void>)[] = [];
  #isBusy = false;

  constructor(parts: LedgerOfLifeParts, faultNow: () => ErrorCode | null) {
    this.#parts = parts;
    this.#fault = faultNow;
  }

  add<Result>(operation: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(async () => {
        const code = this.#fault();
        try {
          if (code !== null) throw fault(code);
          const result = await operation();
          return () => resolve(result);
        } catch (thrown) {
          return () => reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
        }
      });
      this.#commitSoon();
    });
  }

  #commitSoon(): void {
    if (this.#isBusy || this.#waiting.length === 0) return;
    this.#isBusy = true;
    const { clock, random } = this.#parts;
    clock.after(Math.floor(random.next() * SLOWEST_COMMIT_MS), () => {
      const group = this.#waiting;
      this.#waiting = [];
      void Promise.all(group.map((commit) => commit())).then((answers) =>
        clock.after(Math.floor(random.next() * SLOWEST_ANSWER_MS), () => {
          for (const answer of answers) answer();
          this.#isBusy = false;
          this.#commitSoon();
        }),
      );
    });
  }
}
