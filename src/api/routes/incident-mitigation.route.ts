import { fault } from '../../core/index.ts';
import {
  mitigationMenu,
  type DescribedMitigation,
  type Interaction,
  type Mitigated,
} from '../../incident/index.ts';
import { incidentDetail } from '../incident-detail.ts';
import { findIncident } from '../incident-resolve.ts';
import { MitigatedOut } from '../incident-answer-shapes.ts';
import { ReasonIn } from '../incident-move-shapes.ts';
import { IncidentDetailOut } from '../incident-shapes.ts';
import { MenuOut, MitigationIn, UndoIn } from '../mitigation-shapes.ts';
import { mitigationView } from '../incident-view.ts';
import { targetOf, targetView } from '../mitigation-target.ts';
import type { ApiParts } from '../parts.ts';
import { route } from '../route.ts';
import { INCIDENT_PATH } from './incident.route.ts';

const PATH = `${INCIDENT_PATH}/mitigation/{mitigation_id}`;

export const getMenu = route({
  method: 'GET',
  path: `${INCIDENT_PATH}/mitigation-menu`,
  operationId: 'v1.incident.get-mitigation-menu',
  summary:
    'Show what would stop the impact: what each does and costs, how long it takes, its risk, how it is undone, and what speaks for it.',
  access: 'organization',
  answers: { 200: MenuOut },
  async handle({ path }, parts) {
    const incident = await findIncident(parts, path('incident_id'));
    const offers = await parts.mitigate.offers(incident);
    const data = offers.map(({ target, because, interactions, touches: _, ...offer }) => ({
      ...describedView(offer),
      target: targetView(target, parts.idText),
      because,
      interactions: interactions.map((each) => interactionView(each, parts)),
    }));
    return { status: 200, value: { data, kinds: mitigationMenu.map(describedView) } };
  },
});

export const mitigate = route({
  method: 'POST',
  path: `${INCIDENT_PATH}/mitigation`,
  operationId: 'v1.incident.mitigate',
  summary: 'Apply a mitigation: a change that one call takes back.',
  access: 'organization',
  body: MitigationIn,
  answers: { 201: MitigatedOut },
  async handle({ path, body, by }, parts) {
    const { id: incidentId } = await findIncident(parts, path('incident_id'));
    const target = targetOf(body.target ?? {}, parts.idText);
    const given = { incidentId, kind: body.kind, target, by: by(), isAutomatic: false };
    return { status: 201, value: await mitigatedView(await parts.mitigate.apply(given), parts) };
  },
});

export const undo = route({
  method: 'POST',
  path: `${PATH}/undo`,
  operationId: 'v1.incident.undo-mitigation',
  summary: 'Take a mitigation back: exactly what it changed, in one change.',
  access: 'organization',
  body: UndoIn,
  answers: { 200: MitigatedOut },
  async handle({ path, body, by }, parts) {
    const { id: incidentId } = await findIncident(parts, path('incident_id'));
    const mitigationId = mitigationIdOf(path('mitigation_id'), parts);
    const choice = body.onConflict ?? 'refuse';
    const undone = await parts.mitigate.undo({ incidentId, mitigationId, by: by(), choice });
    return { status: 200, value: await mitigatedView(undone, parts) };
  },
});

export const keep = route({
  method: 'POST',
  path: `${PATH}/keep`,
  operationId: 'v1.incident.keep-mitigation',
  summary: 'Say why a mitigation stays when the incident is closed.',
  access: 'organization',
  body: ReasonIn,
  answers: { 200: IncidentDetailOut },
  async handle({ path, body, by }, parts) {
    const incident = await findIncident(parts, path('incident_id'));
    const id = mitigationIdOf(path('mitigation_id'), parts);
    if (!incident.mitigations.some((each) => each.id === id)) throw unknown(path('mitigation_id'));
    const move = { kind: 'keep_mitigation', id, reason: body.reason } as const;
    const kept = await parts.incidents.move(incident.id, move, by().actor);
    return { status: 200, value: await incidentDetail(kept, parts) };
  },
});

function mitigationIdOf(text: string, { idText }: ApiParts): number {
  const id = idText.parse('mitigation', text);
  if (id === undefined) throw unknown(text);
  return id;
}

function unknown(text: string): Error {
  return fault('not_found', {
    field: 'mitigation_id',
    detail: `No mitigation of the incident has the id "${text}".`,
  });
}

async function mitigatedView(
  { incident, mitigation, interactions }: Mitigated,
  parts: ApiParts,
): Promise<object> {
  return {
    incident: await incidentDetail(incident, parts),
    mitigation: mitigationView(mitigation, parts.idText),
    interactions: interactions.map((each) => interactionView(each, parts)),
  };
}

function describedView(mitigation: DescribedMitigation): object {
  const { kind, title, does, costs, timeToEffect, risk, undo: undone, isReversible } = mitigation;
  return { kind, title, does, costs, timeToEffect, risk, undo: undone, isReversible };
}

function interactionView(
  { verdict, mitigationId, words }: Interaction,
  { idText }: ApiParts,
): object {
  return { verdict, mitigationId: idText.format('mitigation', mitigationId), text: words };
}
