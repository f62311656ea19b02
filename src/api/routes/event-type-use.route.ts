import { Type } from 'typebox';
import { fault } from '../../core/index.ts';
import { schemaOf, type Endpoint } from '../../change/index.ts';
import { latestVersion } from '../../contract/index.ts';
import type { ApiParts } from '../parts.ts';
import { pageById } from '../paging.ts';
import { findEventType } from '../resolve.ts';
import { route } from '../route.ts';
import { exampleOf } from '../schema-example.ts';
import { EventTypeExampleOut, ReceiverOut } from '../event-type-shapes.ts';
import { listOf, PageQuery } from '../page-shapes.ts';

/** Endpoints that one page looks at: which event types an endpoint takes is in no index. */
const MOST_LOOKED_AT = 5000;
const READ = 500;

async function receiverView(
  { id, appId, description, url, disabled, eventTypes, channels, payloadVersions }: Endpoint,
  name: string,
  { configuration, idText }: ApiParts,
): Promise<object> {
  const application = await configuration.applications.byId(appId);
  return {
    appId: idText.format('application', appId),
    appName: application?.name ?? '',
    endpointId: idText.format('endpoint', id),
    name: description || url,
    disabled,
    takesAll: eventTypes === null,
    channels,
    version: payloadVersions?.[name] ?? null,
  };
}

export const listReceivers = route({
  method: 'GET',
  path: '/api/v1/event-type/{event_type_name}/endpoint',
  operationId: 'v1.event-type.list-endpoints',
  summary:
    'List the endpoints of all applications that take an event type, and the version that each is pinned to. A page looks at 5,000 endpoints at most, so it may be empty and not the last.',
  access: 'organization',
  query: PageQuery,
  answers: { 200: listOf(ReceiverOut) },
  async handle({ path, query, principal }, parts) {
    const { name } = await findEventType(parts, path('event_type_name'), principal);
    const page = pageById(query, false, 'endpoint', parts.idText);
    const found: Endpoint[] = [];
    let lookedAt = 0;
    let afterId = page.after;
    let isEnd = false;
    while (!isEnd && found.length < page.shown && lookedAt < MOST_LOOKED_AT) {
      const read = await parts.configuration.endpoints.listAll({
        afterId,
        limit: READ,
        descending: false,
      });
      isEnd = read.length < READ;
      for (const endpoint of read) {
        if (found.length >= page.shown) {
          isEnd = false;
          break;
        }
        afterId = endpoint.id;
        lookedAt += 1;
        if (endpoint.eventTypes?.includes(name) !== false) found.push(endpoint);
      }
    }
    const data = await Promise.all(found.map((endpoint) => receiverView(endpoint, name, parts)));
    const iterator =
      isEnd || afterId === undefined ? null : parts.idText.format('endpoint', afterId);
    return { status: 200, value: { data, done: isEnd, iterator, prevIterator: null } };
  },
});

export const getEventTypeExample = route({
  method: 'GET',
  path: '/api/v1/event-type/{event_type_name}/example',
  operationId: 'v1.event-type.get-example',
  summary:
    'Give an example of a payload, made of a version of the schema; without one named, of that in force.',
  access: 'portal',
  query: Type.Object({ version: Type.Optional(Type.String({ maxLength: 256 })) }),
  answers: { 200: EventTypeExampleOut },
  async handle({ path, query, principal }, parts) {
    const { schemas } = await findEventType(parts, path('event_type_name'), principal);
    const version = query.version ?? latestVersion(schemas) ?? null;
    const schema = version === null ? null : schemaOf(schemas, version);
    if (schema === undefined) {
      throw fault('not_found', { field: 'version', detail: `There is no version "${version}".` });
    }
    const payload = exampleOf(version === null ? null : { [version]: schema });
    return { status: 200, value: { version, payload } };
  },
});
