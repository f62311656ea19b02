import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Configuration } from '../../change/index.ts';
import { LABEL } from './explanation.ts';

/** What configuration says of an endpoint, as dimensions have it. */
export type EndpointFacts = {
  readonly host: string;
  /** host:port, as what was seen of receivers is known by. */
  readonly peer: string;
  /** By name; null: none, its own or its application's. */
  readonly policy: string | null;
  readonly labels: Readonly<Record<string, string>>;
};

type Parts = { readonly configuration: Pick<Configuration, 'applications' | 'endpoints'> };

/** Keys of metadata that become dimensions: those that most endpoints have. */
const MOST_LABELS = 8;

/** Facts of endpoints as they are configured now, read by the application. What was deleted has none. */
export class AllEndpointFacts {
  readonly #parts: Parts;
  readonly #facts = new Map<number, EndpointFacts>();
  readonly #names = new Map<number, string>();
  /** By application: its endpoints' keys of metadata, and how many have them. */
  readonly #keys = new Map<number, Map<string, number>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async load(appIds: Iterable<number>): Promise<void> {
    const { applications, endpoints } = this.#parts.configuration;
    for (const appId of appIds) {
      if (this.#names.has(appId)) continue;
      await nextTurn();
      const application = await applications.byId(appId);
      this.#names.set(appId, application?.name ?? '');
      const keys = new Map<string, number>();
      this.#keys.set(appId, keys);
      for (const endpoint of await endpoints.of(appId)) {
        const { host, hostname, port, protocol } = new URL(endpoint.url);
        this.#facts.set(endpoint.id, {
          host,
          peer: `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`,
          policy: endpoint.policy ?? application?.policy ?? null,
          labels: endpoint.metadata,
        });
        for (const key of Object.keys(endpoint.metadata)) {
          keys.set(key, (keys.get(key) ?? 0) + 1);
        }
      }
    }
  }

  of(endpointId: number): EndpointFacts | undefined {
    return this.#facts.get(endpointId);
  }

  nameOf(appId: number): string | null {
    return this.#names.get(appId) ?? null;
  }

  /** Dimensions that follow from the endpoint alone. An endpoint without a label has the value `(none)` there. */
  valuesOf(endpointId: number, labelKeys: readonly string[]): Readonly<Record<string, string>> {
    const facts = this.#facts.get(endpointId);
    if (facts === undefined) return {};
    const values: Record<string, string> = { host: facts.host, policy: facts.policy ?? '(none)' };
    for (const key of labelKeys) values[`${LABEL}${key}`] = facts.labels[key] ?? '(none)';
    return values;
  }

  labelKeys(appIds: Iterable<number>): readonly string[] {
    const all = new Map<string, number>();
    for (const appId of appIds) {
      for (const [key, count] of this.#keys.get(appId) ?? []) {
        all.set(key, (all.get(key) ?? 0) + count);
      }
    }
    return [...all]
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, MOST_LABELS)
      .map(([key]) => key);
  }
}
