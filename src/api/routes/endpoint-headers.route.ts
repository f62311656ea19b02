import {
  checkHeaders,
  openHeaders,
  sealHeaders,
  type Endpoint,
  type EndpointHeaders,
} from '../../change/index.ts';
import type { ChangeBy } from '../../ledger/index.ts';
import type { ApiParts } from '../parts.ts';
import { findEndpoint } from '../resolve.ts';
import { route } from '../route.ts';
import {
  EndpointHeadersIn,
  EndpointHeadersOut,
  EndpointHeadersPatchIn,
} from '../endpoint-shapes.ts';

/** Headers whose values grant something: their names are shown, their values never again. */
const SENSITIVE = new Set([
  'authorization',
  'proxy-authenticate',
  'proxy-authorization',
  'www-authenticate',
  'x-auth-token',
]);

export const getEndpointHeaders = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/headers',
  operationId: 'v1.endpoint.get-headers',
  summary: 'Get the headers that requests to an endpoint carry; of sensitive ones only the names.',
  access: 'portal',
  answers: { 200: EndpointHeadersOut },
  async handle({ path, application }, parts) {
    const endpoint = await findEndpoint(parts, await application(), path('endpoint_id'));
    const all = Object.entries(openHeaders(endpoint.sealedHeaders, parts.sealer));
    const isSensitive = ([name]: readonly [string, string]): boolean =>
      SENSITIVE.has(name.toLowerCase());
    const headers = Object.fromEntries(all.filter((entry) => !isSensitive(entry)));
    const sensitive = all.filter(isSensitive).map(([name]) => name);
    return { status: 200, value: { headers, sensitive } };
  },
});

export const putEndpointHeaders = route({
  method: 'PUT',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/headers',
  operationId: 'v1.endpoint.update-headers',
  summary: 'Replace the headers that requests to an endpoint carry.',
  access: 'portal',
  body: EndpointHeadersIn,
  answers: { 204: null },
  async handle({ path, body, application, by }, parts) {
    const endpoint = await findEndpoint(parts, await application(), path('endpoint_id'));
    await store(parts, endpoint, () => body.headers, by());
    return { status: 204 };
  },
});

export const patchEndpointHeaders = route({
  method: 'PATCH',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/headers',
  operationId: 'v1.endpoint.patch-headers',
  summary: 'Change the given headers; null removes one, and deleteHeaders those it names.',
  access: 'portal',
  body: EndpointHeadersPatchIn,
  answers: { 204: null },
  async handle({ path, body, application, by }, parts) {
    const endpoint = await findEndpoint(parts, await application(), path('endpoint_id'));
    const given = Object.entries(body.headers);
    checkHeaders(Object.fromEntries(given.map(([name, value]) => [name, value ?? ''])));
    // By names in small letters: those that differ only in case are one header.
    const merge = (known: EndpointHeaders): EndpointHeaders => {
      const merged = new Map<string, readonly [string, string]>();
      for (const [name, value] of Object.entries(known)) {
        merged.set(name.toLowerCase(), [name, value]);
      }
      for (const name of body.deleteHeaders ?? []) merged.delete(name.toLowerCase());
      for (const [name, value] of given) {
        merged.delete(name.toLowerCase());
        if (value !== null) merged.set(name.toLowerCase(), [name, value]);
      }
      return Object.fromEntries(merged.values());
    };
    await store(parts, endpoint, merge, by());
    return { status: 204 };
  },
});

/** Headers that are what they were are left sealed as they are: sealed anew they would look changed. */
async function store(
  { sealer, configuration }: ApiParts,
  endpoint: Endpoint,
  headersFrom: (known: EndpointHeaders) => EndpointHeaders,
  by: ChangeBy,
): Promise<void> {
  const modify = (now: Endpoint): Endpoint => {
    const known = openHeaders(now.sealedHeaders, sealer);
    const headers = checkHeaders(headersFrom(known));
    const isSame = JSON.stringify(headers) === JSON.stringify(known);
    return isSame ? now : { ...now, sealedHeaders: sealHeaders(headers, sealer) };
  };
  await configuration.endpoints.update(endpoint, modify, by);
}
