import type { Static } from 'typebox';
import { fault } from '../../core/index.ts';
import type { Draft, Route } from '../../change/index.ts';
import { MOST_ALERTING } from '../../slo/index.ts';
import { alertingName, RouteIn, RouteOut, RouteUpdate } from '../alert-shapes.ts';
import { routeView } from '../alert-view.ts';
import { createPathCheck } from '../check.ts';
import { hoursOf, matchOf } from '../route-match.ts';
import { pageFrom, pageJson } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { route } from '../route.ts';
import { listOf, OrderedPageQuery } from '../page-shapes.ts';

const PATH = '/api/v1/route/{route_name}';
const POSITION = 100;
const checkName = createPathCheck('route_name', alertingName);

async function find({ configuration }: ApiParts, name: string): Promise<Route> {
  const found = await configuration.routes.byName(name);
  if (found !== null) return found;
  throw fault('not_found', { field: 'route_name', detail: `No route is named "${name}".` });
}

/** Throws `validation` for hours in no form and for notifiers that are not there. */
async function draftOf(
  body: Static<typeof RouteUpdate>,
  { configuration }: ApiParts,
): Promise<Omit<Draft<Route>, 'name'>> {
  const { escalation = [], match, notifiers } = body;
  const page = { limit: MOST_ALERTING, descending: false };
  const known = new Set((await configuration.notifiers.list(page)).map(({ name }) => name));
  const named = [...notifiers, ...escalation.flatMap((step) => step.notifiers)];
  const missing = named.find((name) => !known.has(name));
  if (missing !== undefined) {
    throw fault('validation', {
      field: 'notifiers',
      detail: `There is no notifier named "${missing}". Create it first.`,
    });
  }
  return {
    description: body.description ?? '',
    position: body.position ?? POSITION,
    match: matchOf(match),
    notifiers,
    continue: body.continue ?? false,
    escalation,
    quietHours: hoursOf('quietHours', body.quietHours),
  };
}

async function create(
  draft: Draft<Route>,
  by: Parameters<ApiParts['configuration']['routes']['create']>[1],
  { configuration }: ApiParts,
): Promise<Route> {
  const all = await configuration.routes.list({ limit: MOST_ALERTING, descending: false });
  if (all.length < MOST_ALERTING) return configuration.routes.create(draft, by);
  throw fault('validation', {
    field: 'name',
    detail: `There are ${MOST_ALERTING} routes already, which is the most.`,
  });
}

export const createRoute = route({
  method: 'POST',
  path: '/api/v1/route',
  operationId: 'v1.route.create',
  summary: 'Create a route: which alerts are told by which notifiers, and who next.',
  access: 'admin',
  body: RouteIn,
  answers: { 201: RouteOut },
  async handle({ body, by }, parts) {
    const { name, ...given } = body;
    const created = await create({ name, ...(await draftOf(given, parts)) }, by(), parts);
    return { status: 201, value: routeView(created, parts.idText) };
  },
});

export const listRoutes = route({
  method: 'GET',
  path: '/api/v1/route',
  operationId: 'v1.route.list',
  summary: 'List routes by name.',
  access: 'admin',
  query: OrderedPageQuery,
  answers: { 200: listOf(RouteOut) },
  async handle({ query }, { configuration, idText }) {
    const page = pageFrom(query, query.order === 'descending', (iterator) => iterator);
    const { limit, descending, after: afterUid } = page;
    const rows = await configuration.routes.list({ limit, descending, afterUid });
    const write = (row: Route): string => JSON.stringify(routeView(row, idText));
    return { status: 200, json: pageJson(rows, page, ({ name }) => name, write) };
  },
});

export const getRoute = route({
  method: 'GET',
  path: PATH,
  operationId: 'v1.route.get',
  summary: 'Get a route by its name.',
  access: 'admin',
  answers: { 200: RouteOut },
  async handle({ path }, parts) {
    return { status: 200, value: routeView(await find(parts, path('route_name')), parts.idText) };
  },
});

export const putRoute = route({
  method: 'PUT',
  path: PATH,
  operationId: 'v1.route.update',
  summary: 'Replace a route; one that is not there yet is created.',
  access: 'admin',
  body: RouteUpdate,
  answers: { 200: RouteOut, 201: RouteOut },
  async handle({ path, body, by }, parts) {
    const { configuration, idText } = parts;
    const name = path('route_name');
    const draft = await draftOf(body, parts);
    const known = await configuration.routes.byName(name);
    if (known !== null) {
      const updated = await configuration.routes.update(
        known,
        (now) => ({ ...now, ...draft }),
        by(),
      );
      return { status: 200, value: routeView(updated, idText) };
    }
    checkName(name);
    const created = await create({ name, ...draft }, by(), parts);
    return { status: 201, value: routeView(created, idText) };
  },
});

export const deleteRoute = route({
  method: 'DELETE',
  path: PATH,
  operationId: 'v1.route.delete',
  summary: 'Delete a route.',
  access: 'admin',
  answers: { 204: null },
  async handle({ path, by }, parts) {
    const { id } = await find(parts, path('route_name'));
    await parts.configuration.routes.remove(id, by());
    return { status: 204 };
  },
});
