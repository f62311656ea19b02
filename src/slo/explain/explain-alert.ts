import type { Configuration } from '../../change/index.ts';
import type { IdText } from '../../core/index.ts';
import type { Alert } from '../alerts/alert.ts';
import { HOUR_MS } from '../detect/bin.ts';
import { everything } from '../objective.ts';
import type { Explainer } from './explainer.ts';
import type { SliceExplanation } from './explanation.ts';

type Parts = {
  readonly configuration: Pick<Configuration, 'objectives' | 'endpoints'>;
  readonly idText: IdText;
  readonly explainer: Explainer;
};

/** What was well before it fired is what it is compared with. */
const BEFORE_MS = HOUR_MS;

/**
 * What explains an alert: of its objective's slice, or for an alert of one endpoint of that endpoint's application, from
 * an hour before it fired until it was resolved. null: it is not about outcomes of deliveries, or its objective is gone.
 */
export async function explainAlert(alert: Alert, parts: Parts): Promise<SliceExplanation | null> {
  const objective = await objectiveOf(alert.key, parts);
  if (objective === null) return null;
  const beforeAt = alert.resolvedAt;
  return parts.explainer.explain({
    objective,
    fromAt: alert.firedAt - BEFORE_MS,
    ...(beforeAt === null ? {} : { beforeAt }),
  });
}

async function objectiveOf(
  key: string,
  { configuration, idText }: Parts,
): Promise<Parameters<Explainer['explain']>[0]['objective'] | null> {
  const name = objectiveNameOf(key);
  if (name !== undefined) return configuration.objectives.byName(name);
  const endpointId = idText.parse('endpoint', /\b(ep_\S+)$/.exec(key)?.[1] ?? '');
  const endpoint = endpointId === undefined ? null : await configuration.endpoints.byId(endpointId);
  if (endpoint === null) return null;
  const appIds = [idText.format('application', endpoint.appId)];
  return { indicator: 'first_attempt', deadlineMs: null, slice: { ...everything, appIds } };
}

/** The objective whose alert has this key; undefined: none's. */
export function objectiveNameOf(key: string): string | undefined {
  return /^\S+ objective (\S+)$/.exec(key)?.[1];
}
