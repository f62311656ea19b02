import type { Static, TSchema } from 'typebox';
import { fault, timeOfId } from '../../core/index.ts';
import {
  metricProblem,
  nextUpdateAt,
  updateEveryMs,
  type Incident,
  type IncidentMove,
} from '../../incident/index.ts';
import { FixIn, HypothesisIn, PreventionIn } from '../incident-cause-shapes.ts';
import {
  AcknowledgeIn,
  IncidentMoveIn,
  MarkerIn,
  MergeIn,
  ReasonIn,
  ReopenIn,
  ReviewMarkerIn,
  RoleIn,
  SeverityIn,
  UpdateIn,
} from '../incident-move-shapes.ts';
import { IncidentDetailOut } from '../incident-shapes.ts';
import { evidenceOf, findIncident, incidentIdOf, pastMoment } from '../incident-resolve.ts';
import { incidentDetail } from '../incident-detail.ts';
import type { ApiParts } from '../parts.ts';
import { route, type Route } from '../route.ts';
import { INCIDENT_PATH } from './incident.route.ts';

const MINUTE_MS = 60_000;

type Given<Body> = {
  readonly body: Body;
  readonly actor: string;
  readonly now: number;
  readonly incident: Incident;
};

/** A route that moves one incident and answers with it. `moveOf` says by what the request moves it. */
function moveRoute<Body extends TSchema>(
  name: string,
  summary: string,
  body: Body,
  moveOf: (given: Given<Static<Body>>, parts: ApiParts) => IncidentMove | Promise<IncidentMove>,
): Route {
  return route({
    method: 'POST',
    path: `${INCIDENT_PATH}/${name}`,
    operationId: `v1.incident.${name}`,
    summary,
    access: 'organization',
    body,
    answers: { 200: IncidentDetailOut },
    async handle(input, parts) {
      const { incidents, clock } = parts;
      const { actor } = input.by();
      const incident = await findIncident(parts, input.path('incident_id'));
      const given = { body: input.body, actor, now: clock.now(), incident };
      const move = await moveOf(given, parts);
      return {
        status: 200,
        value: await incidentDetail(await incidents.move(incident.id, move, actor), parts),
      };
    },
  });
}

export const acknowledgeIncident = moveRoute(
  'acknowledge',
  'Say that somebody looks after it. The first one counts; again it changes nothing.',
  AcknowledgeIn,
  ({ body: { note = '' } }) => ({ kind: 'acknowledge', note }),
);

export const assignRole = moveRoute(
  'role',
  'Give a role to somebody, or with null to nobody.',
  RoleIn,
  ({ body: { role, who } }) => ({ kind: 'assign', role, who }),
);

export const setSeverity = moveRoute(
  'severity',
  'Set the severity, with a reason. From then on the impact moves it no more.',
  SeverityIn,
  ({ body: { severity, reason }, now }, { settings }) => {
    const everyMs = updateEveryMs(severity, settings.incidentUpdateMinutes * MINUTE_MS);
    const updateDueBy = everyMs === null ? null : now + everyMs;
    return { kind: 'set_severity', severity, reason, updateDueBy };
  },
);

export const setMarker = moveRoute(
  'marker',
  'Set a marker of the present episode, with how it is known. A marker that is set stays as it is.',
  MarkerIn,
  ({ body: { marker, at, note = '', evidence = [] }, now }) => ({
    kind: 'mark',
    marker,
    at: at === undefined ? now : pastMoment(at, 'at', now),
    source: 'person',
    note,
    evidence: evidenceOf(evidence),
  }),
);

export const setReviewMarker = moveRoute(
  'review-marker',
  'Set a marker of what follows when the impact is over.',
  ReviewMarkerIn,
  ({ body: { marker, at, note = '' }, now }) => ({
    kind: 'mark_review',
    marker,
    at: at === undefined ? now : pastMoment(at, 'at', now),
    source: 'person',
    note,
  }),
);

export const writeUpdate = moveRoute(
  'update',
  'Tell how it stands: one text for responders, and one for the owners of endpoints, which the status feed shows.',
  UpdateIn,
  ({ body: { responders, owners = '', nextInMinutes }, now, incident }, { settings }) => {
    const updateMs = settings.incidentUpdateMinutes * MINUTE_MS;
    const nextDueAt = nextUpdateAt(incident, nextInMinutes, now, updateMs);
    return { kind: 'update', responders, owners, nextDueAt };
  },
);

export const addHypothesis = moveRoute(
  'hypothesis',
  'State a cause, the outcome metric that it must move, and what would refute it. The metric is an SLI that counts all that the incident hits.',
  HypothesisIn,
  async ({ body, actor, now, incident }, parts) => {
    const { cause, metric, refutedBy, changeIds = [], copiedFrom = null } = body;
    const problem = await metricProblem(incident, metric, parts);
    if (problem !== null) throw fault('validation', { field: 'metric', detail: problem });
    const changes = await Promise.all(
      changeIds.map((text) => changeIdOf(text, 'changeIds', parts)),
    );
    const from = copiedFrom === null ? null : await findIncident(parts, copiedFrom, 'copiedFrom');
    return {
      kind: 'add_hypothesis',
      hypothesis: {
        id: parts.ids.next(),
        state: 'open',
        cause,
        metric,
        refutedBy,
        changeIds: changes,
        by: actor,
        at: now,
        copiedFrom: from?.id ?? null,
        judgedAt: null,
        judgedBy: null,
        verdict: '',
      },
    };
  },
);

export const addFix = moveRoute(
  'fix',
  'Record what removed this cause, with the change that carries it where there is one.',
  FixIn,
  async ({ body, actor, now }, parts) => {
    const { text, changeId = null, inForceAt } = body;
    const change = changeId === null ? null : await changeIdOf(changeId, 'changeId', parts);
    const since =
      inForceAt === undefined
        ? change === null
          ? now
          : timeOfId(change)
        : pastMoment(inForceAt, 'inForceAt', now);
    const fix = {
      id: parts.ids.next(),
      text,
      changeId: change,
      inForceAt: since,
      by: actor,
      at: now,
      heldAt: null,
    };
    return { kind: 'add_fix', fix };
  },
);

export const addPrevention = moveRoute(
  'prevention',
  'Record what removes the class of causes.',
  PreventionIn,
  ({ body: { text }, actor, now }, { ids }) => ({
    kind: 'add_prevention',
    prevention: { id: ids.next(), text, by: actor, at: now },
  }),
);

export const reviewIncident = moveRoute(
  'review',
  'Take what is fixed into review.',
  IncidentMoveIn,
  () => ({ kind: 'review' }),
);

export const closeIncident = moveRoute(
  'close',
  'Close what was reviewed. Mitigations are undone by then, or it is said why they stay.',
  IncidentMoveIn,
  () => ({ kind: 'close' }),
);

export const declineIncident = moveRoute(
  'decline',
  'Say that it is no incident, and why.',
  ReasonIn,
  ({ body: { reason } }) => ({ kind: 'decline', reason }),
);

export const reopenIncident = moveRoute(
  'reopen',
  'Begin a new episode: the impact is back. Markers of the ones before stay.',
  ReopenIn,
  ({ body: { reason, at }, now }) => ({
    kind: 'reopen',
    reason,
    at: at === undefined ? now : pastMoment(at, 'at', now),
  }),
);

export const mergeIncident = route({
  method: 'POST',
  path: `${INCIDENT_PATH}/merge`,
  operationId: 'v1.incident.merge',
  summary: 'End it as a part of another one, which takes over its alerts.',
  access: 'organization',
  body: MergeIn,
  answers: { 200: IncidentDetailOut },
  async handle({ path, body, by }, parts) {
    const id = incidentIdOf(parts, path('incident_id'));
    const into = await findIncident(parts, body.into, 'into');
    return {
      status: 200,
      value: await incidentDetail(await parts.incidents.merge(id, into.id, by().actor), parts),
    };
  },
});

/** Throws `not_found`, naming the field. */
export async function changeIdOf(
  text: string,
  field: string,
  { idText, configuration }: ApiParts,
): Promise<number> {
  const id = idText.parse('change', text);
  const change = id === undefined ? null : await configuration.changes.byId(id);
  if (change !== null) return change.id;
  throw fault('not_found', { field, detail: `No change has the id "${text}".` });
}
