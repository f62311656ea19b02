import type { Static } from 'typebox';
import { fault, HoldfastError } from '../../core/index.ts';
import type { Application, Endpoint } from '../../change/index.ts';
import type { ChangeBy } from '../../ledger/index.ts';
import { checkHeaders, sealHeaders, sealSecrets } from '../../change/index.ts';
import { generateSecret, parseSecret } from '../../signature/index.ts';
import { ledgerPage, pageById, pageJson } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { patched } from '../patch.ts';
import { assertMayCreate, findEndpoint, findEndpointOrNull } from '../resolve.ts';
import { route } from '../route.ts';
import { EndpointIn, EndpointOut, EndpointPatch, EndpointUpdate } from '../endpoint-shapes.ts';
import { listOf, OrderedPageQuery } from '../page-shapes.ts';
import { endpointView } from '../views.ts';

type Given = Static<typeof EndpointUpdate>;
type Changeable = Pick<
  Endpoint,
  | 'uid'
  | 'url'
  | 'alternateUrl'
  | 'description'
  | 'disabled'
  | 'disabledReason'
  | 'eventTypes'
  | 'channels'
  | 'metadata'
  | 'throttleRate'
>;

/** An endpoint that filters by a name nobody sends would get nothing, in silence. Throws `validation`. */
async function assertEventTypesExist(
  names: readonly string[] | null | undefined,
  { configuration }: ApiParts,
): Promise<void> {
  const found = await Promise.all(
    (names ?? []).map((name) => configuration.eventTypes.byName(name)),
  );
  const missing = (names ?? []).filter((_name, index) => found[index]?.archived !== false);
  if (missing.length === 0) return;
  throw fault('validation', {
    field: 'eventTypes',
    detail: `These event types do not exist: ${missing.slice(0, 5).join(', ')}. Create them first (POST /api/v1/event-type).`,
  });
}

/** Vetted as the usual URL is. */
function alternateOf(
  given: string | null | undefined,
  guard: ApiParts['guard'],
): string | null | undefined {
  if (typeof given !== 'string') return given;
  try {
    return guard.assertUrlAllowed(given).href;
  } catch (thrown) {
    if (!(thrown instanceof HoldfastError)) throw thrown;
    throw fault(thrown.code, { field: 'alternateUrl', detail: thrown.message });
  }
}

/** What a body says of an endpoint, with what it leaves out at its default. Throws for a URL that must not be. */
function draftOf(body: Given, { guard }: ApiParts): Changeable {
  return {
    uid: body.uid ?? null,
    url: guard.assertUrlAllowed(body.url).href,
    alternateUrl: alternateOf(body.alternateUrl, guard) ?? null,
    description: body.description ?? '',
    disabled: body.disabled ?? false,
    disabledReason: null,
    eventTypes: body.eventTypes ?? null,
    channels: body.channels ?? null,
    metadata: body.metadata ?? {},
    throttleRate: body.throttleRate ?? null,
  };
}

/** Throws as `create` would, and stores nothing. Resolves to the URL. */
export async function assertDraft(
  body: Given & Pick<Static<typeof EndpointIn>, 'secret' | 'headers'>,
  parts: ApiParts,
): Promise<string> {
  await assertEventTypesExist(body.eventTypes, parts);
  checkHeaders(body.headers ?? {});
  if (typeof body.secret === 'string') parseSecret(body.secret);
  return draftOf(body, parts).url;
}

async function create(
  parts: ApiParts,
  application: Application,
  body: Given & Pick<Static<typeof EndpointIn>, 'secret' | 'headers'>,
  by: ChangeBy,
): Promise<Endpoint> {
  const { configuration, sealer, random } = parts;
  await assertEventTypesExist(body.eventTypes, parts);
  const given = body.secret ?? null;
  const current = given === null ? generateSecret(random) : parseSecret(given);
  const draft = {
    ...draftOf(body, parts),
    appId: application.id,
    policy: null,
    lane: null,
    payloadVersions: null,
    pausedAt: null,
    pausedReason: null,
    isAlternateInUse: false,
    handCircuit: null,
    sealedHeaders: sealHeaders(checkHeaders(body.headers ?? {}), sealer),
    secrets: sealSecrets({ current, old: [] }, sealer),
  };
  return configuration.endpoints.create(draft, by);
}

export const createEndpoint = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/endpoint',
  operationId: 'v1.endpoint.create',
  summary: 'Create an endpoint: a URL of the customer that gets messages.',
  access: 'portal',
  body: EndpointIn,
  answers: { 201: EndpointOut },
  async handle({ body, application, by }, parts) {
    const created = await create(parts, await application(), body, by());
    return { status: 201, value: endpointView(created, parts.idText) };
  },
});

export const listEndpoints = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/endpoint',
  operationId: 'v1.endpoint.list',
  summary: 'List the endpoints of an application, the newest first unless asked otherwise.',
  access: 'portal',
  query: OrderedPageQuery,
  answers: { 200: listOf(EndpointOut) },
  async handle({ query, application }, { configuration, idText }) {
    const { id: appId } = await application();
    const page = pageById(query, query.order !== 'ascending', 'endpoint', idText);
    const endpoints = await configuration.endpoints.list(appId, ledgerPage(page));
    const idOf = ({ id }: Endpoint): string => idText.format('endpoint', id);
    const write = (row: Endpoint): string => JSON.stringify(endpointView(row, idText));
    return { status: 200, json: pageJson(endpoints, page, idOf, write) };
  },
});

export const getEndpoint = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}',
  operationId: 'v1.endpoint.get',
  summary: 'Get an endpoint by id or uid.',
  access: 'portal',
  answers: { 200: EndpointOut },
  async handle({ path, application }, parts) {
    const endpoint = await findEndpoint(parts, await application(), path('endpoint_id'));
    return { status: 200, value: endpointView(endpoint, parts.idText) };
  },
});

export const putEndpoint = route({
  method: 'PUT',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}',
  operationId: 'v1.endpoint.update',
  summary:
    'Replace an endpoint, its secrets and headers aside; a uid that is not there yet is created.',
  access: 'portal',
  body: EndpointUpdate,
  answers: { 200: EndpointOut, 201: EndpointOut },
  async handle({ path, body, application, by }, parts) {
    const app = await application();
    const known = await findEndpointOrNull(parts, app, path('endpoint_id'));
    if (known === null) {
      assertMayCreate(parts, 'endpoint', path('endpoint_id'));
      const created = await create(parts, app, body, by());
      return { status: 201, value: endpointView(created, parts.idText) };
    }
    await assertEventTypesExist(body.eventTypes, parts);
    const draft = draftOf(body, parts);
    const replace = (now: Endpoint): Endpoint => ({
      ...now,
      ...draft,
      // Clients that know nothing of it must not take it away.
      alternateUrl: body.alternateUrl === undefined ? now.alternateUrl : draft.alternateUrl,
    });
    const updated = await parts.configuration.endpoints.update(known, replace, by());
    return { status: 200, value: endpointView(updated, parts.idText) };
  },
});

export const patchEndpoint = route({
  method: 'PATCH',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}',
  operationId: 'patch_endpoint',
  summary: 'Change the given fields of an endpoint.',
  access: 'portal',
  body: EndpointPatch,
  answers: { 200: EndpointOut },
  async handle({ path, body, application, by }, parts) {
    const endpoint = await findEndpoint(parts, await application(), path('endpoint_id'));
    await assertEventTypesExist(body.eventTypes, parts);
    const url = body.url === undefined ? undefined : parts.guard.assertUrlAllowed(body.url).href;
    const alternateUrl = alternateOf(body.alternateUrl, parts.guard);
    const patch = (known: Endpoint): Endpoint => {
      const disabled = patched(body.disabled, known.disabled);
      return {
        ...known,
        uid: patched(body.uid, known.uid),
        url: patched(url, known.url),
        alternateUrl: patched(alternateUrl, known.alternateUrl),
        description: patched(body.description, known.description),
        disabled,
        disabledReason: disabled ? known.disabledReason : null,
        eventTypes: patched(body.eventTypes, known.eventTypes),
        channels: patched(body.channels, known.channels),
        metadata: patched(body.metadata, known.metadata) ?? {},
        throttleRate: patched(body.throttleRate, known.throttleRate),
      };
    };
    const updated = await parts.configuration.endpoints.update(endpoint, patch, by());
    return { status: 200, value: endpointView(updated, parts.idText) };
  },
});

export const deleteEndpoint = route({
  method: 'DELETE',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}',
  operationId: 'v1.endpoint.delete',
  summary: 'Delete an endpoint; what is still scheduled for it is cancelled on record.',
  access: 'portal',
  answers: { 204: null },
  async handle({ path, application, by }, parts) {
    const { id } = await findEndpoint(parts, await application(), path('endpoint_id'));
    await parts.configuration.endpoints.remove(id, by());
    parts.engine.wake(id);
    return { status: 204 };
  },
});
