import type { Configuration } from '../../change/index.ts';
import type { IdText } from '../../core/index.ts';
import type { Explanation } from '../detect/explain.ts';
import type { Scope } from '../scope.ts';

/** Of more than so many an alert is about no one of them. */
const MOST = 100;
/** What accounts for less of the failures explains nothing. */
const LEAST_EXPLAINED = 0.5;

/**
 * Applications that an objective's alert is about: those of its slice, where it names any, or the one that most of the
 * failures are of. Undefined: it is about no application rather than others.
 */
export async function concernedApps(
  { apps, endpoints }: Scope,
  explanations: readonly Pick<Explanation, 'dimension' | 'value' | 'explained'>[],
  parts: {
    readonly configuration: { readonly endpoints: Pick<Configuration['endpoints'], 'byId'> };
    readonly idText: IdText;
  },
): Promise<readonly number[] | undefined> {
  if (apps !== null) return apps.size > MOST ? undefined : [...apps];
  if (endpoints !== null && endpoints.size <= MOST) {
    const found = await Promise.all(
      Array.from(endpoints, (id) => parts.configuration.endpoints.byId(id)),
    );
    return [...new Set(found.flatMap((endpoint) => (endpoint === null ? [] : [endpoint.appId])))];
  }
  for (const { dimension, value, explained } of explanations) {
    if (explained < LEAST_EXPLAINED) continue;
    const endpointId = dimension === 'endpoint' ? parts.idText.parse('endpoint', value) : undefined;
    const appId =
      endpointId === undefined
        ? parts.idText.parse('application', value)
        : (await parts.configuration.endpoints.byId(endpointId))?.appId;
    if (appId !== undefined) return [appId];
  }
  return undefined;
}
