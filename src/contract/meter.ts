/**
 * Bounds the steps of one check. Schemas that refer to each other can lead to the same place of a payload in more
 * ways than anyone could walk; and a small schema over a large payload is a lot of work too.
 */
export class Meter {
  #left = 0;

  /** @param steps that may be spent from now on. */
  fill(steps: number): void {
    this.#left = steps;
  }

  /** Throws StepsSpent. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new StepsSpent();
  }
}

export class StepsSpent extends Error {}
