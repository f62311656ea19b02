/** What a test's context does for one test, for all tests of a file: they share what is slow to start. */
export type Cleanup = { after(end: () => unknown): void };

export class TestScope implements Cleanup {
  readonly #ends: (() => unknown)[] = [];

  after(end: () => unknown): void {
    this.#ends.push(end);
  }

  /** The last that was begun ends first. */
  async end(): Promise<void> {
    for (const end of this.#ends.toReversed()) await end();
  }
}
