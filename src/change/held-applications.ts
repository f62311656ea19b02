import type { Application } from './records.ts';

/** Recently used applications in memory, by id and by uid. */
export class HeldApplications {
  readonly #most: number;
  readonly #held = new Map<number | string, Application>();
  /** Counts what was forgotten: an answer that was read before must not stay. */
  #forgotten = 0;

  constructor(most: number) {
    this.#most = most;
  }

  async get(
    key: number | string,
    load: () => Promise<Application | null>,
  ): Promise<Application | null> {
    const held = this.#held.get(key);
    if (held !== undefined) return held;
    const forgotten = this.#forgotten;
    const application = await load();
    if (application !== null && forgotten === this.#forgotten) this.#hold(application);
    return application;
  }

  forget(id: number): void {
    this.#forgotten += 1;
    const held = this.#held.get(id);
    this.#held.delete(id);
    if (held !== undefined && held.uid !== null) this.#held.delete(held.uid);
  }

  #hold(application: Application): void {
    if (this.#held.size >= 2 * this.#most) this.#held.clear();
    this.#held.set(application.id, application);
    if (application.uid !== null) this.#held.set(application.uid, application);
  }
}
