import type { Log } from '../core/index.ts';

/** Work under way that nobody awaits where it began: a drain waits for it here. */
export class OwnedWork {
  readonly #log: Log;
  readonly #underWay = new Set<Promise<void>>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** What it throws is logged: it was to deal with every fault itself. */
  own(work: Promise<void>): void {
    this.#underWay.add(work);
    work.then(
      () => this.#underWay.delete(work),
      (thrown: unknown) => {
        this.#underWay.delete(work);
        this.#log.error({ err: thrown }, 'delivery met an error of its own');
      },
    );
  }

  /** Resolves once nothing is under way, work included that other work began meanwhile. Rejects as it does. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }
}
