import type { Page } from '../ledger/index.ts';
import type { Endpoint } from './records.ts';

/** Endpoints of one application that are loaded at once; more than any fan-out we accept. */
const ENDPOINTS_OF_ONE = 100_000;

/** The endpoints of recently used applications, in memory. One load at a time for each; a write drops it. */
export class HeldEndpoints {
  readonly #load: (appId: number, page: Page) => Promise<readonly Endpoint[]>;
  readonly #most: number;
  readonly #held = new Map<number, readonly Endpoint[]>();
  readonly #loading = new Map<number, Promise<readonly Endpoint[]>>();

  constructor(load: (appId: number, page: Page) => Promise<readonly Endpoint[]>, most: number) {
    this.#load = load;
    this.#most = most;
  }

  of(appId: number): readonly Endpoint[] | Promise<readonly Endpoint[]> {
    return this.#held.get(appId) ?? this.#loading.get(appId) ?? this.#begin(appId);
  }

  forget(appId: number): void {
    this.#held.delete(appId);
    this.#loading.delete(appId);
  }

  #begin(appId: number): Promise<readonly Endpoint[]> {
    const load = this.#load(appId, { limit: ENDPOINTS_OF_ONE, descending: false })
      .then((endpoints) => {
        // Where a write came in between, this load was dropped: its answer may be older than that write.
        if (this.#loading.get(appId) !== load) return this.of(appId);
        this.#keep(appId, endpoints);
        return endpoints;
      })
      .finally(() => {
        if (this.#loading.get(appId) === load) this.#loading.delete(appId);
      });
    this.#loading.set(appId, load);
    return load;
  }

  #keep(appId: number, endpoints: readonly Endpoint[]): void {
    this.#held.set(appId, endpoints);
    const [oldest] = this.#held.keys();
    if (this.#held.size > this.#most && oldest !== undefined) this.#held.delete(oldest);
  }
}
