import type { IdText } from '../../core/index.ts';
import type { Configuration, Objective } from '../../change/index.ts';
import type { Alert } from '../alerts/alert.ts';
import { EndpointWatch } from './endpoint-watch.ts';
import { ofService } from './of-service.ts';
import type { SliceBin } from './slice-bins.ts';
import type { Told } from './told.ts';

/** Endpoints that have an alert of their own at a time: where more fail, it is the objective's alert that helps. */
const MOST_ENDPOINTS = 100;
const KEY = /^fast_burn endpoint (\S+)$/;

export type EndpointAlertsParts = {
  readonly configuration: Pick<Configuration, 'endpoints'>;
  readonly idText: IdText;
  readonly told: Told;
  /** Logs what a piece of work throws, so that the rest goes on. */
  readonly each: (what: string, work: () => Promise<void>) => Promise<void>;
};

/** Raises and clears the alerts of endpoints that fail for themselves. */
export class EndpointAlerts {
  readonly #parts: EndpointAlertsParts;
  readonly #watch = new EndpointWatch();

  constructor(parts: EndpointAlertsParts) {
    this.#parts = parts;
  }

  /** What is good may be seen a minute later; that one fails, or that it is over before it lasts, may not. */
  wants(isMinute: boolean): boolean {
    return (isMinute && this.#watch.isFollowing) || this.#watch.isHeld;
  }

  async look(bin: SliceBin, { owner, consumers }: Objective): Promise<void> {
    const { configuration, idText, told, each } = this.#parts;
    let open = [...told.firing].filter(isOfEndpoint).length;
    for (const { endpointId, finding } of this.#watch.feed(bin)) {
      // It is found anew once there is room and it still fails.
      if (open >= MOST_ENDPOINTS) {
        this.#watch.forget(endpointId);
        continue;
      }
      open += 1;
      const endpoint = await configuration.endpoints.byId(endpointId);
      const host = endpoint === null ? '' : ` (${new URL(endpoint.url).host})`;
      const publicId = idText.format('endpoint', endpointId);
      const slice = `endpoint ${publicId}${host}`;
      const alert = ofService('fast_burn', slice, finding, owner, endpoint?.appId);
      const key = `fast_burn endpoint ${publicId}`;
      await each(key, () => told.raise({ ...alert, key, consumers }));
    }
    for (const key of told.firing) {
      const endpointId = this.#idOf(key);
      if (endpointId === undefined) continue;
      const endpoint = await configuration.endpoints.byId(endpointId);
      // Nothing is sent to it any more, so it could never show that it is well again.
      if (endpoint === null || endpoint.disabled) this.#watch.forget(endpointId);
      if (!this.#watch.isRaised(endpointId)) await told.clear(key);
    }
  }

  /** An alert that is open since an earlier life; one that is of no endpoint says nothing. */
  restore(key: string, alert: () => Pick<Alert, 'firedAt' | 'facts'>, now: number): void {
    const endpointId = this.#idOf(key);
    if (endpointId !== undefined) this.#watch.restore(endpointId, alert(), now);
  }

  #idOf(key: string): number | undefined {
    return this.#parts.idText.parse('endpoint', KEY.exec(key)?.[1] ?? '');
  }
}

/** Whether an alert's key is of an endpoint by itself. */
export function isOfEndpoint(key: string): boolean {
  return KEY.test(key);
}
