import { isActive } from './canary.ts';
import type { Canary } from '../records.ts';

/** The canaries that go on, by endpoint: what delivery asks for with every message comes from memory. */
export class HeldCanaries {
  readonly #byEndpoint = new Map<number, Canary>();

  of(endpointId: number): Canary | null {
    // Most installations have none at a time.
    return this.#byEndpoint.size === 0 ? null : (this.#byEndpoint.get(endpointId) ?? null);
  }

  all(): readonly Canary[] {
    return [...this.#byEndpoint.values()];
  }

  /** As it was just written, or read. */
  keep(canary: Canary): void {
    if (isActive(canary)) this.#byEndpoint.set(canary.endpointId, canary);
    else if (this.#byEndpoint.get(canary.endpointId)?.id === canary.id) {
      this.#byEndpoint.delete(canary.endpointId);
    }
  }

  forget(endpointId: number): void {
    this.#byEndpoint.delete(endpointId);
  }
}
