import { openSecrets, sealSecrets } from '../../change/index.ts';
import { generateSecret, parseSecret } from '../../signature/index.ts';
import { pageFrom, pageJson } from '../paging.ts';
import { findEndpoint } from '../resolve.ts';
import { route } from '../route.ts';
import { EndpointIn, EndpointOut, EndpointSecretOut, listOf, PageQuery } from '../shapes.ts';
import { endpointView } from '../views.ts';

export const createEndpoint = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/endpoint',
  operationId: 'v1.endpoint.create',
  summary: 'Create an endpoint: a URL of the customer that gets messages.',
  access: 'token',
  body: EndpointIn,
  answers: { 201: EndpointOut },
  async handle({ body, application }, { configuration, guard, sealer, random, idText }) {
    const { id: appId } = await application();
    guard.assertUrlAllowed(body.url);
    const current =
      body.secret === undefined || body.secret === null
        ? generateSecret(random)
        : parseSecret(body.secret);
    const created = await configuration.createEndpoint({
      appId,
      uid: body.uid ?? null,
      url: body.url,
      description: body.description ?? '',
      disabled: body.disabled ?? false,
      disabledReason: null,
      eventTypes: body.eventTypes ?? null,
      channels: body.channels ?? null,
      metadata: body.metadata ?? {},
      throttleRate: body.throttleRate ?? null,
      secrets: sealSecrets({ current, old: [] }, sealer),
    });
    return { status: 201, value: endpointView(created, idText) };
  },
});

export const listEndpoints = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/endpoint',
  operationId: 'v1.endpoint.list',
  summary: 'List the endpoints of an application, the oldest first.',
  access: 'token',
  query: PageQuery,
  answers: { 200: listOf(EndpointOut) },
  async handle({ query, application }, { configuration, idText }) {
    const { id: appId } = await application();
    const page = pageFrom(query, 'endpoint', idText, false);
    const endpoints = await configuration.endpoints(appId, page);
    const idOf = ({ id }: { readonly id: number }): string => idText.format('endpoint', id);
    return {
      status: 200,
      json: pageJson(endpoints, page, idOf, (row) => JSON.stringify(endpointView(row, idText))),
    };
  },
});

export const getEndpoint = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}',
  operationId: 'v1.endpoint.get',
  summary: 'Get an endpoint by id or uid.',
  access: 'token',
  answers: { 200: EndpointOut },
  async handle({ path, application }, parts) {
    const endpoint = await findEndpoint(parts, await application(), path('endpoint_id'));
    return { status: 200, value: endpointView(endpoint, parts.idText) };
  },
});

export const getEndpointSecret = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/secret',
  operationId: 'v1.endpoint.get-secret',
  summary: 'Get the secret that the receiver verifies signatures with.',
  access: 'token',
  answers: { 200: EndpointSecretOut },
  async handle({ path, application }, parts) {
    const endpoint = await findEndpoint(parts, await application(), path('endpoint_id'));
    return {
      status: 200,
      value: { key: openSecrets(endpoint.secrets, parts.sealer).current.text },
    };
  },
});
