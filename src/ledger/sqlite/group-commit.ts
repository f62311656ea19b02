import { BucketCounts, fault, isErrorCode, startStopwatch } from '../../core/index.ts';
import type { Ended, Operation } from './executor.ts';

type Caller = {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
};

const COMMIT_SECONDS = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
];
/** Operations in one commit at most: bounds its time and what it holds in memory. */
const LARGEST_GROUP = 1024;

/**
 * Requests that wait share one fsync: while a group is being committed the next one gathers, so the group grows
 * with the load by itself and an idle ledger answers at once.
 */
export class GroupCommit {
  readonly #run: (operations: readonly Operation[]) => Promise<readonly Ended[]>;
  readonly #defer: (work: () => void) => void;
  /** What waits, and at the same places who asked for it. */
  #operations: Operation[] = [];
  #callers: Caller[] = [];
  #busy = false;
  readonly #idle: (() => void)[] = [];
  groups = 0;
  operations = 0;
  /** How long groups took, in seconds. */
  readonly commitSeconds = new BucketCounts(COMMIT_SECONDS);

  constructor(
    run: (operations: readonly Operation[]) => Promise<readonly Ended[]>,
    defer: (work: () => void) => void,
  ) {
    this.#run = run;
    this.#defer = defer;
  }

  add(operation: Operation): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#operations.push(operation);
      this.#callers.push({ resolve, reject });
      if (this.#busy) return;
      this.#busy = true;
      this.#defer(() => void this.#work());
    });
  }

  /** Resolves once nothing waits. */
  settled(): Promise<void> {
    if (!this.#busy) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idle.push(resolve);
    });
  }

  async #work(): Promise<void> {
    while (this.#operations.length > 0) {
      const operations = this.#operations;
      const callers = this.#callers;
      // What comes from now on, and what is too much for one group, waits in new arrays.
      this.#operations = operations.length > LARGEST_GROUP ? operations.splice(LARGEST_GROUP) : [];
      this.#callers = callers.length > LARGEST_GROUP ? callers.splice(LARGEST_GROUP) : [];
      const elapsedMs = startStopwatch();
      try {
        const ended = await this.#run(operations);
        this.commitSeconds.add(elapsedMs() / 1000);
        this.groups += 1;
        this.operations += operations.length;
        callers.forEach((caller, index) => finish(caller, ended[index]));
      } catch (thrown) {
        for (const { reject } of callers) reject(thrown);
      }
    }
    this.#busy = false;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}

function finish({ resolve, reject }: Caller, ended: Ended | undefined): void {
  if (ended !== undefined && 'value' in ended) resolve(ended.value);
  else if (
    ended !== undefined &&
    isErrorCode(ended.fault.code) &&
    ended.fault.code !== 'internal'
  ) {
    reject(fault(ended.fault.code, { detail: ended.fault.detail }));
  } else reject(new Error(ended?.fault.detail ?? 'the ledger gave no answer'));
}
