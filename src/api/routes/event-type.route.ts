import { Type, type Static } from 'typebox';
import {
  checkedValue,
  withSchemas,
  type Contract,
  type Draft,
  type EventType,
  type EventTypeValue,
} from '../../change/index.ts';
import type { Principal } from '../auth.ts';
import { createPathCheck } from '../check.ts';
import { eventType } from '../field-shapes.ts';
import { assertNotDeeper } from '../nesting.ts';
import { pageFrom, pageJson } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { patched } from '../patch.ts';
import { findEventType, isVisibleTo } from '../resolve.ts';
import { route } from '../route.ts';
import {
  EventTypeIn,
  EventTypeOut,
  EventTypePatch,
  EventTypesQuery,
  EventTypeUpdate,
} from '../event-type-shapes.ts';
import { listOf } from '../page-shapes.ts';
import { eventTypeView } from '../views.ts';

/** Schemas are the one part of our records that a user shapes freely. */
const DEEPEST_SCHEMA = 100;
const checkName = createPathCheck('event_type_name', eventType);

/** Ours: schemas that break their contract are stored all the same, and that is written down. */
const Breaking = Type.Object({ allow_breaking: Type.Optional(Type.Boolean()) });

/** Throws `validation` for schemas too deep to be written as JSON. */
function draftOf(
  name: string,
  body: Static<typeof EventTypeUpdate>,
): Omit<Draft<EventType>, 'contract' | 'value'> {
  assertNotDeeper(body.schemas, DEEPEST_SCHEMA, 'schemas');
  return {
    name,
    description: body.description,
    archived: body.archived ?? false,
    deprecated: body.deprecated ?? false,
    featureFlag: body.featureFlag ?? null,
    schemas: body.schemas ?? null,
  };
}

/**
 * What a body says of the value; where it says nothing, as bodies of those who do not know of it, what was said stays.
 * Throws `validation`.
 */
function valueFor(
  known: EventType | null,
  given: Static<typeof EventTypeUpdate>['value'],
): EventTypeValue | null {
  if (given === undefined) return known?.value ?? null;
  if (given === null) return null;
  const { path, currency = null, currencyPath = null, unit } = given;
  return checkedValue({ path, currency, currencyPath, unit });
}

/**
 * The contract that goes with an event type's new schemas.
 * Throws `validation` for schemas that do not compile, and for those that break where they may not.
 */
function contractFor(
  known: EventType | null,
  schemas: EventType['schemas'],
  { query, principal }: { readonly query: Static<typeof Breaking>; readonly principal: Principal },
  { clock }: ApiParts,
): Contract | null {
  return withSchemas(known?.contract ?? null, known?.schemas ?? null, schemas, {
    actor: principal.actor,
    at: clock.now(),
    allowBreaking: query.allow_breaking ?? false,
  });
}

export const createEventType = route({
  method: 'POST',
  path: '/api/v1/event-type',
  operationId: 'v1.event-type.create',
  summary: 'Create an event type; one that was archived comes back as described.',
  access: 'organization',
  query: Breaking,
  body: EventTypeIn,
  answers: { 201: EventTypeOut },
  async handle(input, parts) {
    const { body, by } = input;
    const { configuration } = parts;
    const given = draftOf(body.name, body);
    const known = await configuration.eventTypes.byName(body.name);
    const contractOf = (now: EventType | null): Contract | null =>
      contractFor(now, given.schemas, input, parts);
    const replace = (now: EventType): EventType => ({
      ...now,
      ...given,
      contract: contractOf(now),
      value: valueFor(now, body.value),
    });
    const stored =
      known?.archived === true
        ? await configuration.eventTypes.update(known, replace, by())
        : await configuration.eventTypes.create(
            { ...given, contract: contractOf(null), value: valueFor(null, body.value) },
            by(),
          );
    return { status: 201, value: eventTypeView(stored, true) };
  },
});

export const listEventTypes = route({
  method: 'GET',
  path: '/api/v1/event-type',
  operationId: 'v1.event-type.list',
  summary: 'List event types by name.',
  access: 'portal',
  query: EventTypesQuery,
  answers: { 200: listOf(EventTypeOut) },
  async handle({ query, principal }, { configuration }) {
    const page = pageFrom(query, query.order === 'descending', (iterator) => iterator);
    const rows: EventType[] = [];
    const isShown = (row: EventType): boolean =>
      isVisibleTo(principal, row) && (query.include_archived === true || !row.archived);
    // Those not shown are passed over, so one reading may not fill a page.
    for (let after = page.after; ;) {
      const read = await configuration.eventTypes.list({
        afterUid: after,
        limit: page.limit,
        descending: page.descending,
      });
      rows.push(...read.filter(isShown));
      after = read.at(-1)?.name;
      if (read.length < page.limit || rows.length >= page.limit) break;
    }
    const write = (row: EventType): string =>
      JSON.stringify(eventTypeView(row, query.with_content ?? false));
    return {
      status: 200,
      json: pageJson(rows.slice(0, page.limit), page, ({ name }) => name, write),
    };
  },
});

export const getEventType = route({
  method: 'GET',
  path: '/api/v1/event-type/{event_type_name}',
  operationId: 'v1.event-type.get',
  summary: 'Get an event type.',
  access: 'portal',
  answers: { 200: EventTypeOut },
  async handle({ path, principal }, parts) {
    const found = await findEventType(parts, path('event_type_name'), principal);
    return { status: 200, value: eventTypeView(found, true) };
  },
});

export const putEventType = route({
  method: 'PUT',
  path: '/api/v1/event-type/{event_type_name}',
  operationId: 'v1.event-type.update',
  summary: 'Replace an event type; one that is not there yet is created.',
  access: 'organization',
  query: Breaking,
  body: EventTypeUpdate,
  answers: { 200: EventTypeOut, 201: EventTypeOut },
  async handle(input, parts) {
    const { path, body, by } = input;
    const { configuration } = parts;
    const name = path('event_type_name');
    const known = await configuration.eventTypes.byName(name);
    const given = draftOf(name, body);
    const contractOf = (now: EventType | null): Contract | null =>
      contractFor(now, given.schemas, input, parts);
    const replace = (now: EventType): EventType => ({
      ...now,
      ...given,
      contract: contractOf(now),
      value: valueFor(now, body.value),
    });
    if (known !== null) {
      const updated = await configuration.eventTypes.update(known, replace, by());
      return { status: 200, value: eventTypeView(updated, true) };
    }
    checkName(name);
    return {
      status: 201,
      value: eventTypeView(
        await configuration.eventTypes.create(
          { ...given, contract: contractOf(null), value: valueFor(null, body.value) },
          by(),
        ),
        true,
      ),
    };
  },
});

export const patchEventType = route({
  method: 'PATCH',
  path: '/api/v1/event-type/{event_type_name}',
  operationId: 'patch_event_type',
  summary: 'Change the given fields of an event type.',
  access: 'organization',
  query: Breaking,
  body: EventTypePatch,
  answers: { 200: EventTypeOut },
  async handle(input, parts) {
    const { path, body, principal, by } = input;
    const eventType = await findEventType(parts, path('event_type_name'), principal);
    assertNotDeeper(body.schemas, DEEPEST_SCHEMA, 'schemas');
    const patch = (known: EventType): EventType => ({
      ...known,
      description: patched(body.description, known.description),
      archived: patched(body.archived, known.archived),
      deprecated: patched(body.deprecated, known.deprecated),
      featureFlag: patched(body.featureFlag, known.featureFlag),
      schemas: patched(body.schemas, known.schemas),
      contract: contractFor(known, patched(body.schemas, known.schemas), input, parts),
      value: valueFor(known, body.value),
    });
    const updated = await parts.configuration.eventTypes.update(eventType, patch, by());
    return { status: 200, value: eventTypeView(updated, true) };
  },
});

export const deleteEventType = route({
  method: 'DELETE',
  path: '/api/v1/event-type/{event_type_name}',
  operationId: 'v1.event-type.delete',
  summary: 'Archive an event type; with expunge, remove it.',
  access: 'organization',
  query: Type.Object({ expunge: Type.Optional(Type.Boolean()) }),
  answers: { 204: null },
  async handle({ path, query, principal, by }, parts) {
    const known = await findEventType(parts, path('event_type_name'), principal);
    const { eventTypes } = parts.configuration;
    if (query.expunge === true) await eventTypes.remove(known.id, by());
    else await eventTypes.update(known, (now) => ({ ...now, archived: true }), by());
    return { status: 204 };
  },
});
