import { idAt, type Clock, type Log } from '../core/index.ts';
import { urlInUse, type Configuration, type Endpoint } from '../change/index.ts';
import type { Ledger } from '../ledger/index.ts';

/** An endpoint is not disabled for fewer failures than this, however long ago the first one was. */
const LEAST_FAILURES = 10;

export type AutoDisableParts = {
  readonly configuration: Configuration;
  readonly ledger: Pick<Ledger, 'attemptsTo'>;
  readonly clock: Clock;
  readonly log: Log;
  /** An endpoint has just been disabled. */
  readonly disabled: (endpointId: number) => void;
};

/** Disables endpoints that said that they want no more, or did nothing but fail for too long. */
export class AutoDisable {
  readonly #parts: AutoDisableParts;
  /** Endpoints that are being disabled: requests that end together must not each do it. */
  readonly #underWay = new Set<number>();

  constructor(parts: AutoDisableParts) {
    this.#parts = parts;
  }

  /** @param afterMs of nothing but failures; 0: never. */
  async failing(endpoint: Endpoint, failingSince: number, afterMs: number): Promise<void> {
    const { clock, ledger, log } = this.#parts;
    if (afterMs === 0 || clock.now() - failingSince < afterMs) return;
    try {
      const failures = await ledger.attemptsTo({
        endpointId: endpoint.id,
        filter: { fromId: idAt(failingSince) },
        // The first one's id may be older than its start, and is then not among them: one more is waited for.
        limit: LEAST_FAILURES,
        descending: true,
      });
      if (failures.length === LEAST_FAILURES) {
        await this.disable(endpoint, 'failing', failingSince);
      }
    } catch (thrown) {
      log.error({ err: thrown, endpointId: endpoint.id }, 'failures could not be counted');
    }
  }

  /** Only while the endpoint is what answered: somebody may have given it another URL in the meantime. */
  async disable(endpoint: Endpoint, reason: string, failSince: number | null): Promise<void> {
    const { configuration, log } = this.#parts;
    const { endpoints } = configuration;
    if (this.#underWay.has(endpoint.id)) return;
    this.#underWay.add(endpoint.id);
    try {
      const current = await endpoints.byId(endpoint.id);
      if (current === null || current.disabled || urlInUse(current) !== urlInUse(endpoint)) return;
      await endpoints.disable(current, reason, failSince);
      log.warn({ endpointId: endpoint.id, reason, failSince }, 'an endpoint was disabled');
      this.#parts.disabled(endpoint.id);
    } catch (thrown) {
      log.error({ err: thrown, endpointId: endpoint.id }, 'an endpoint could not be disabled');
    } finally {
      this.#underWay.delete(endpoint.id);
    }
  }
}
