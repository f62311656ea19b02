import type { Static } from 'typebox';
import { fault } from '../../core/index.ts';
import type { Draft, Objective } from '../../change/index.ts';
import {
  checkedObjective,
  everything,
  FRESHNESS_DEADLINE_MS,
  MOST_OBJECTIVES,
  readBurnReplay,
  readHistory,
  readOpenSlo,
  writeOpenSlo,
} from '../../slo/index.ts';
import { createCheck, createPathCheck } from '../check.ts';
import {
  ObjectiveHistoryOut,
  ObjectiveHistoryQuery,
  ObjectiveIn,
  ObjectiveName,
  ObjectiveOut,
  ObjectivePatch,
  ObjectivePreviewOut,
  ObjectivePut,
  ObjectiveReplayOut,
  ObjectiveStatusOut,
  ObjectiveStatusQuery,
  OpenSloIn,
  OpenSloOut,
  OpenSloReadOut,
} from '../objective-shapes.ts';
import {
  endpointsView,
  objectiveView,
  replayView,
  statusView,
  termsView,
} from '../objective-view.ts';
import { momentText } from '../moment.ts';
import { pageFrom, pageJson } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { route } from '../route.ts';
import { listOf, OrderedPageQuery } from '../page-shapes.ts';

const PERIOD_DAYS = 30;
/** Endpoints that a status names, unless asked otherwise. */
const ENDPOINTS = 10;
const checkName = createPathCheck('objective_name', ObjectiveName);

type Given = Static<typeof ObjectivePut>;

/** What a body says, with what it leaves out. Throws `validation`. */
function draftOf(name: string, body: Given, { settings }: ApiParts): Draft<Objective> {
  const { indicator, target, owner, consumers = [], slice = {}, value = null } = body;
  const { description = '', periodDays = PERIOD_DAYS, deadlineMs } = body;
  const defaultMs =
    indicator === 'on_time'
      ? settings.deliveryDeadlineMs
      : indicator === 'freshness'
        ? FRESHNESS_DEADLINE_MS
        : null;
  return checkedObjective(
    {
      name,
      description,
      indicator,
      target,
      deadlineMs: deadlineMs ?? defaultMs,
      periodDays,
      owner,
      consumers,
      slice: { ...everything, ...slice },
      value,
    },
    settings.deliveryDeadlineMs,
  );
}

async function find({ configuration }: ApiParts, name: string): Promise<Objective> {
  const found = await configuration.objectives.byName(name);
  if (found !== null) return found;
  throw fault('not_found', { field: 'objective_name', detail: `No objective is named "${name}".` });
}

async function assertRoom({ configuration }: ApiParts): Promise<void> {
  const page = { limit: MOST_OBJECTIVES, descending: false };
  if ((await configuration.objectives.list(page)).length < MOST_OBJECTIVES) return;
  throw fault('validation', {
    field: 'name',
    detail: `There are ${MOST_OBJECTIVES} objectives already, which is the most. Delete one first.`,
  });
}

export const createObjective = route({
  method: 'POST',
  path: '/api/v1/objective',
  operationId: 'v1.objective.create',
  summary: 'Create an objective: what is promised of which deliveries, by whom and to whom.',
  access: 'organization',
  body: ObjectiveIn,
  answers: { 201: ObjectiveOut },
  async handle({ body, by }, parts) {
    const { name, ...given } = body;
    const draft = draftOf(name, given, parts);
    await assertRoom(parts);
    const created = await parts.configuration.objectives.create(draft, by());
    return { status: 201, value: objectiveView(created, parts.idText) };
  },
});

export const listObjectives = route({
  method: 'GET',
  path: '/api/v1/objective',
  operationId: 'v1.objective.list',
  summary: 'List objectives by name.',
  access: 'organization',
  query: OrderedPageQuery,
  answers: { 200: listOf(ObjectiveOut) },
  async handle({ query }, { configuration, idText }) {
    const page = pageFrom(query, query.order === 'descending', (iterator) => iterator);
    const { limit, descending, after: afterUid } = page;
    const objectives = await configuration.objectives.list({ limit, descending, afterUid });
    const write = (row: Objective): string => JSON.stringify(objectiveView(row, idText));
    return { status: 200, json: pageJson(objectives, page, ({ name }) => name, write) };
  },
});

export const previewObjective = route({
  method: 'POST',
  path: '/api/v1/objective/preview',
  operationId: 'v1.objective.preview',
  summary:
    'Hold an objective against what was recorded, without storing it: what its budget would be now.',
  access: 'organization',
  body: ObjectiveIn,
  answers: { 200: ObjectivePreviewOut },
  async handle({ body }, parts) {
    const { name, ...given } = body;
    const draft = draftOf(name, given, parts);
    const status = await parts.evaluator.status(draft);
    const endpoints = await parts.evaluator.worstEndpoints(draft, ENDPOINTS);
    const value = {
      objective: termsView(draft),
      status: statusView(status),
      endpoints: endpointsView(endpoints, parts.idText),
    };
    return { status: 200, value };
  },
});

export const replayObjective = route({
  method: 'POST',
  path: '/api/v1/objective/replay',
  operationId: 'v1.objective.replay',
  summary:
    'Tell when the burn rates of an objective would have raised an alert over the last 30 days, without storing it.',
  access: 'organization',
  body: ObjectiveIn,
  answers: { 200: ObjectiveReplayOut },
  async handle({ body }, parts) {
    const { name, ...given } = body;
    const draft = draftOf(name, given, parts);
    const replay = await readBurnReplay(parts.evaluator, draft, parts.clock.now());
    return { status: 200, value: replayView(replay) };
  },
});

/** Slices and values stand in documents as JSON of any shape. */
const checkRead = createCheck(ObjectiveIn, 'body');

export const readObjectives = route({
  method: 'POST',
  path: '/api/v1/objective/openslo',
  operationId: 'v1.objective.read-openslo',
  summary: 'Read objectives from OpenSLO v1 documents in YAML or JSON, without storing them.',
  access: 'organization',
  body: OpenSloIn,
  answers: { 200: OpenSloReadOut },
  async handle({ body }, parts) {
    const objectives = readOpenSlo(body.yaml).map((read) => {
      const { name, ...given } = checkRead(read);
      return termsView(draftOf(name, given, parts));
    });
    return { status: 200, value: { objectives } };
  },
});

export const getObjectiveOpenSlo = route({
  method: 'GET',
  path: '/api/v1/objective/{objective_name}/openslo',
  operationId: 'v1.objective.get-openslo',
  summary: 'Show an objective as a document of OpenSLO v1 in YAML.',
  access: 'organization',
  answers: { 200: OpenSloOut },
  async handle({ path }, parts) {
    const objective = await find(parts, path('objective_name'));
    return { status: 200, value: { yaml: writeOpenSlo(objective) } };
  },
});

export const getObjectiveHistory = route({
  method: 'GET',
  path: '/api/v1/objective/{objective_name}/history',
  operationId: 'v1.objective.get-history',
  summary: 'Tell the outcomes of an objective by the hour of a week, or by the day of its period.',
  access: 'organization',
  query: ObjectiveHistoryQuery,
  answers: { 200: ObjectiveHistoryOut },
  async handle({ path, query }, parts) {
    const { unit = 'day' } = query;
    const now = parts.clock.now();
    const objective = await find(parts, path('objective_name'));
    const slots = await readHistory(parts.evaluator, objective, unit, now);
    const shown = slots.map(({ at, good, bad }) => ({ at: momentText(at), good, bad }));
    return { status: 200, value: { at: momentText(now), unit, slots: shown } };
  },
});

export const getObjective = route({
  method: 'GET',
  path: '/api/v1/objective/{objective_name}',
  operationId: 'v1.objective.get',
  summary: 'Get an objective by its name.',
  access: 'organization',
  answers: { 200: ObjectiveOut },
  async handle({ path }, parts) {
    const found = await find(parts, path('objective_name'));
    return { status: 200, value: objectiveView(found, parts.idText) };
  },
});

export const putObjective = route({
  method: 'PUT',
  path: '/api/v1/objective/{objective_name}',
  operationId: 'v1.objective.update',
  summary: 'Replace an objective; one that is not there yet is created.',
  access: 'organization',
  body: ObjectivePut,
  answers: { 200: ObjectiveOut, 201: ObjectiveOut },
  async handle({ path, body, by }, parts) {
    const { objectives } = parts.configuration;
    const name = path('objective_name');
    const known = await objectives.byName(name);
    const draft = draftOf(name, body, parts);
    if (known !== null) {
      const updated = await objectives.update(known, (now) => ({ ...now, ...draft }), by());
      return { status: 200, value: objectiveView(updated, parts.idText) };
    }
    checkName(name);
    await assertRoom(parts);
    const created = await objectives.create(draft, by());
    return { status: 201, value: objectiveView(created, parts.idText) };
  },
});

export const patchObjective = route({
  method: 'PATCH',
  path: '/api/v1/objective/{objective_name}',
  operationId: 'v1.objective.patch',
  summary: 'Change the given fields of an objective.',
  access: 'organization',
  body: ObjectivePatch,
  answers: { 200: ObjectiveOut },
  async handle({ path, body, by }, parts) {
    const patch = (known: Objective): Objective => ({
      ...known,
      ...draftOf(known.name, { ...givenOf(known, body.indicator), ...body }, parts),
    });
    const known = await find(parts, path('objective_name'));
    const updated = await parts.configuration.objectives.update(known, patch, by());
    return { status: 200, value: objectiveView(updated, parts.idText) };
  },
});

/** A deadline goes with its indicator: another indicator does not inherit it. */
function givenOf(
  { indicator, target, owner, ...objective }: Objective,
  next: Objective['indicator'] = indicator,
): Given {
  const { description, deadlineMs, periodDays, consumers, slice, value } = objective;
  return {
    indicator,
    target,
    owner,
    description,
    ...(next === indicator ? { deadlineMs } : {}),
    periodDays,
    consumers: [...consumers],
    slice: {
      ...slice,
      appIds: [...slice.appIds],
      endpointIds: [...slice.endpointIds],
      eventTypes: [...slice.eventTypes],
    },
    value: value === null ? null : { ...value },
  };
}

export const deleteObjective = route({
  method: 'DELETE',
  path: '/api/v1/objective/{objective_name}',
  operationId: 'v1.objective.delete',
  summary: 'Delete an objective. What was recorded stays.',
  access: 'organization',
  answers: { 204: null },
  async handle({ path, by }, parts) {
    const { id } = await find(parts, path('objective_name'));
    await parts.configuration.objectives.remove(id, by());
    return { status: 204 };
  },
});

export const getObjectiveStatus = route({
  method: 'GET',
  path: '/api/v1/objective/{objective_name}/status',
  operationId: 'v1.objective.get-status',
  summary:
    'Tell how an objective stands: budget left, burn rates of an hour, six hours and three days, a forecast, and the endpoints with the most bad outcomes.',
  access: 'organization',
  query: ObjectiveStatusQuery,
  answers: { 200: ObjectiveStatusOut },
  async handle({ path, query }, parts) {
    const objective = await find(parts, path('objective_name'));
    const status = await parts.evaluator.status(objective);
    const asked = query.endpoints ?? ENDPOINTS;
    const endpoints = asked === 0 ? [] : await parts.evaluator.worstEndpoints(objective, asked);
    const value = {
      objective: objectiveView(objective, parts.idText),
      status: statusView(status),
      endpoints: endpointsView(endpoints, parts.idText),
    };
    return { status: 200, value };
  },
});
