import { fault } from '../../core/index.ts';
import { changedOverrides, type Application, type Endpoint } from '../../change/index.ts';
import type { ChangeBy } from '../../ledger/index.ts';
import { withReason } from '../change-by.ts';
import {
  AlternateIn,
  LaneChangeIn,
  LaneOut,
  OpenCircuitIn,
  RestingLanesOut,
} from '../lane-shapes.ts';
import { backlogView, MOST_COUNTED, restingLaneView } from '../lane-view.ts';
import type { ApiParts } from '../parts.ts';
import { momentOf } from '../moment.ts';
import { findEndpoint } from '../resolve.ts';
import { route, type Answer } from '../route.ts';
import { ReasonIn } from '../delivery-shapes.ts';

/** Lanes that are listed at most. */
const MOST_LISTED = 250;

async function answerLane(
  { engine, ledger, idText }: ApiParts,
  application: Application,
  endpoint: Endpoint,
): Promise<Answer> {
  const backlog = await ledger.laneBacklog({ endpointId: endpoint.id, atMost: MOST_COUNTED + 1 });
  const figures = engine.laneFigures(endpoint);
  const lane = restingLaneView(application, endpoint, figures, idText);
  return { status: 200, value: { ...lane, ...backlogView(backlog) } };
}

type Changeable = Pick<
  Endpoint,
  'lane' | 'pausedAt' | 'pausedReason' | 'isAlternateInUse' | 'handCircuit'
>;

async function update(
  parts: ApiParts,
  known: Endpoint,
  change: (known: Endpoint) => Partial<Changeable>,
  by: ChangeBy,
): Promise<Endpoint> {
  const { endpoints } = parts.configuration;
  return endpoints.update(known, (now) => ({ ...now, ...change(now) }), by);
}

export const getLane = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/lane',
  operationId: 'v1.lane.get',
  summary: "Show an endpoint's lane: its policy, what it does now, why it rests and what waits.",
  access: 'portal',
  answers: { 200: LaneOut },
  async handle({ path, application }, parts) {
    const app = await application();
    return answerLane(parts, app, await findEndpoint(parts, app, path('endpoint_id')));
  },
});

export const patchLane = route({
  method: 'PATCH',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/lane',
  operationId: 'v1.lane.patch',
  summary: "Change fields of a lane's policy; null takes one back to the service's setting.",
  access: 'organization',
  body: LaneChangeIn,
  answers: { 200: LaneOut },
  async handle({ path, body, application, by }, parts) {
    const app = await application();
    const known = await findEndpoint(parts, app, path('endpoint_id'));
    const overridden = ({ lane }: Endpoint): Pick<Endpoint, 'lane'> => ({
      lane: changedOverrides(parts.settings, lane, body),
    });
    return answerLane(parts, app, await update(parts, known, overridden, by()));
  },
});

export const pauseLane = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/lane/pause',
  operationId: 'v1.lane.pause',
  summary:
    'Hold the deliveries of an endpoint back until it is resumed. They wait in the ledger; none is lost.',
  access: 'portal',
  body: ReasonIn,
  answers: { 200: LaneOut },
  async handle({ path, body, application, by }, parts) {
    const app = await application();
    const known = await findEndpoint(parts, app, path('endpoint_id'));
    const now = parts.clock.now();
    const paused = await update(
      parts,
      known,
      ({ pausedAt }) => ({ pausedAt: pausedAt ?? now, pausedReason: body.reason }),
      withReason(by(), body.reason),
    );
    return answerLane(parts, app, paused);
  },
});

export const resumeLane = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/lane/resume',
  operationId: 'v1.lane.resume',
  summary: 'Let the deliveries of a paused endpoint start again, at once.',
  access: 'portal',
  answers: { 200: LaneOut },
  async handle({ path, application, by }, parts) {
    const app = await application();
    const known = await findEndpoint(parts, app, path('endpoint_id'));
    const going = { pausedAt: null, pausedReason: null };
    const resumed = await update(parts, known, () => going, by());
    return answerLane(parts, app, resumed);
  },
});

export const switchAlternate = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/lane/alternate',
  operationId: 'v1.lane.switch-alternate',
  summary:
    'Send the deliveries of an endpoint to its alternate URL, retries of those that failed included, or back to the usual one.',
  access: 'portal',
  body: AlternateIn,
  answers: { 200: LaneOut },
  async handle({ path, body, application, by }, parts) {
    const app = await application();
    const known = await findEndpoint(parts, app, path('endpoint_id'));
    const { isInUse: isAlternateInUse, reason = '' } = body;
    const switched = ({ alternateUrl }: Endpoint): Pick<Endpoint, 'isAlternateInUse'> => {
      if (isAlternateInUse && alternateUrl === null) {
        throw fault('state_conflict', {
          field: 'alternateUrl',
          detail: 'The endpoint has no alternate URL. Give it one first: PATCH its alternateUrl.',
        });
      }
      return { isAlternateInUse };
    };
    const updated = await update(parts, known, switched, withReason(by(), reason));
    return answerLane(parts, app, updated);
  },
});

/** A circuit that nobody closes for longer than a retry schedule lasts is a pause, and a pause says so. */
const LONGEST_OPEN_MS = 30 * 86_400_000;

export const openCircuit = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/lane/circuit/open',
  operationId: 'v1.lane.open-circuit',
  summary:
    'Open the circuit of an endpoint by hand, until a moment or until it is closed by hand; with probes or without.',
  access: 'portal',
  body: OpenCircuitIn,
  answers: { 200: LaneOut },
  async handle({ path, body, application, by }, parts) {
    const app = await application();
    const known = await findEndpoint(parts, app, path('endpoint_id'));
    const openedAt = parts.clock.now();
    const { reason, withProbes = false } = body;
    const until = body.until === undefined ? null : momentOf(body.until, 'until');
    if (until !== null && (until <= openedAt || until > openedAt + LONGEST_OPEN_MS)) {
      const detail = 'A circuit closes in the future, and at most 30 days from now.';
      throw fault('validation', { field: 'until', detail });
    }
    const handCircuit = { openedAt, until, withProbes, reason };
    const opened = (): Pick<Endpoint, 'handCircuit'> => ({ handCircuit });
    const updated = await update(parts, known, opened, withReason(by(), reason));
    return answerLane(parts, app, updated);
  },
});

export const closeCircuit = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/lane/circuit/close',
  operationId: 'v1.lane.close-circuit',
  summary: 'Close a circuit that was opened by hand; it follows what attempts end in again.',
  access: 'portal',
  answers: { 200: LaneOut },
  async handle({ path, application, by }, parts) {
    const app = await application();
    const known = await findEndpoint(parts, app, path('endpoint_id'));
    const updated = await update(parts, known, () => ({ handCircuit: null }), by());
    return answerLane(parts, app, updated);
  },
});

export const listRestingLanes = route({
  method: 'GET',
  path: '/api/v1/lane',
  operationId: 'v1.lane.list-resting',
  summary:
    'List the lanes that hold work back now, the soonest to start first: paused, held, in order, or with an open circuit. At most 250.',
  access: 'organization',
  answers: { 200: RestingLanesOut },
  async handle(_input, parts) {
    const { engine, clock } = parts;
    const now = clock.now();
    const resting = Array.from(engine.restingLanes(), (lane) => ({
      endpointId: lane.endpointId,
      restsUntil: lane.restsUntil(now),
    }));
    // Infinity minus itself is no number: two that are paused are alike.
    resting.sort((one, other) =>
      one.restsUntil === other.restsUntil ? 0 : one.restsUntil - other.restsUntil,
    );
    const data: object[] = [];
    for (let from = 0; from < resting.length && data.length <= MOST_LISTED; from += MOST_LISTED) {
      const ids = resting.slice(from, from + MOST_LISTED).map(({ endpointId }) => endpointId);
      data.push(...(await restingViews(parts, ids)));
    }
    const value = { data: data.slice(0, MOST_LISTED), isMore: data.length > MOST_LISTED };
    return { status: 200, value };
  },
});

/** What waited for an endpoint that is gone or disabled is closed and waits no more: those are left out. */
async function restingViews(
  { engine, configuration, idText }: ApiParts,
  endpointIds: readonly number[],
): Promise<readonly object[]> {
  const views = await Promise.all(
    endpointIds.map(async (id) => {
      const endpoint = await configuration.endpoints.byId(id);
      if (endpoint === null || endpoint.disabled) return [];
      const application = await configuration.applications.byId(endpoint.appId);
      if (application === null) return [];
      return [restingLaneView(application, endpoint, engine.laneFigures(endpoint), idText)];
    }),
  );
  return views.flat();
}
