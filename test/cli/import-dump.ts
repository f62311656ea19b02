import assert from 'node:assert/strict';
import type { Json, Service } from './processes.ts';

/** Resolves to the parsed answer; undefined where there is none. */
export async function send(
  service: Service,
  method: string,
  path: string,
  body: object,
): Promise<Json> {
  const response = await fetch(`${service.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** A list that fits on one page. */
export async function all(service: Service, path: string): Promise<readonly Json[]> {
  const { data, done }: Json = await service.call(
    `${path}${path.includes('?') ? '&' : '?'}limit=250`,
  );
  assert.equal(done, true, 'more than one page was not meant');
  return data;
}

/** Everything a server has, by uid or by the id that it had at the first server. */
export async function dump(service: Service): Promise<Json> {
  const eventTypes = await all(service, '/event-type?include_archived=true&with_content=true');
  const applications = await all(service, '/app');
  const entries = await Promise.all(
    applications.map(async (application: Json) => {
      const path = `/app/${application.id}/endpoint`;
      const endpoints = await all(service, path);
      const own = await Promise.all(
        endpoints.map(async (endpoint: Json) => {
          const { key } = await service.call(`${path}/${endpoint.id}/secret`);
          const headers = await service.call(`${path}/${endpoint.id}/headers`);
          return [nameOf(endpoint), { ...fields(endpoint), key, headers }] as const;
        }),
      );
      return [nameOf(application), { ...fields(application), endpoints: byName(own) }] as const;
    }),
  );
  return { eventTypes: eventTypes.map(fields), applications: byName(entries) };
}

function byName(entries: readonly (readonly [string, Json])[]): Json {
  const found = Object.fromEntries(entries);
  assert.equal(Object.keys(found).length, entries.length, 'something is there twice');
  return found;
}

const nameOf = ({ id, uid, metadata }: Json): string => uid ?? metadata.svix_id ?? id;

function fields({ id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...rest }: Json): Json {
  if (rest.metadata === undefined) return rest;
  const { svix_id: note, ...metadata } = rest.metadata;
  assert.equal(note === undefined || (rest.uid ?? null) === null, true, 'a note beside a uid');
  return { ...rest, metadata };
}

/** As the report has them. */
export const counts = (copied: number, updated: number, equal: number, failed = 0) => ({
  copied,
  updated,
  equal,
  failed,
});
