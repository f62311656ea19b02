import { incidentOf, type IncidentView } from './incident-record.ts';
import { momentAt, textAt, type Json } from './json.ts';
import type { Scene } from './scene.ts';

/** What was asked of the product to stop the impact, and what it said. */
export type Mitigated = {
  readonly kind: string;
  readonly status: number;
  readonly json: Json;
  /** null: it was refused. */
  readonly at: number | null;
};

/** So long a responder reads before acting: an incident's page, its suspects and the menu. */
const READING_MS = 120_000;

/** Waits for the product to open an incident, and reads it; null: it opened none within `ms`. */
export async function noticed(
  scene: Scene,
  faultAt: number,
  ms: number,
): Promise<IncidentView | null> {
  const incident = await scene.within(ms, () => incidentOf(scene.record, faultAt));
  if (incident !== null) await scene.wait(READING_MS);
  return incident;
}

/** Waits until the product says that an incident is mitigated, `ms` at most. */
export async function over(scene: Scene, incident: IncidentView | null, ms: number): Promise<void> {
  if (incident === null) return;
  await scene.within(ms, async () => {
    const json = await scene.record.incident(incident.id);
    return momentAt(json, 'episodes', 0, 'markers', 'mitigated', 'at');
  });
}

/** Applies one mitigation of an incident, by one call. */
export async function mitigate(
  { api, clock }: Scene,
  incident: IncidentView,
  kind: string,
  target: Json,
): Promise<Mitigated> {
  const path = `/incident/${incident.id}/mitigation`;
  const { status, json } = await api.call('POST', path, { kind, target });
  return { kind, status, json, at: status < 300 ? clock.now() : null };
}

/** Takes a mitigation back, by one call; the answer's status. */
export async function undo(
  { api }: Scene,
  incident: IncidentView,
  { json }: Mitigated,
): Promise<number> {
  const id = textAt(json, 'mitigation', 'id');
  const { status } = await api.call('POST', `/incident/${incident.id}/mitigation/${id}/undo`, {});
  return status;
}

export function saidOf(tried: Mitigated | undefined): string {
  if (tried === undefined) return 'not tried';
  const detail = textAt(tried.json, 'detail');
  return `${tried.kind}: ${tried.status} ${detail}`.trim();
}
