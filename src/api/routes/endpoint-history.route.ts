import { Type } from 'typebox';
import { fault, idAt, type Clock } from '../../core/index.ts';
import { findEndpoint, isVisibleTo } from '../resolve.ts';
import { momentOf } from '../moment.ts';
import { route } from '../route.ts';
import { EndpointStatsOut, RecoverIn, RecoverOut } from '../endpoint-shapes.ts';
import { MessageOut, SendExampleIn } from '../message-shapes.ts';
import { messageJson } from '../views.ts';
import { exampleOf } from '../schema-example.ts';

const DAY_MS = 86_400_000;
/** Svix's event type for trying an endpoint out; it needs no definition. */
const PING = 'svix.ping';
const STATS_DEFAULT_MS = 28 * DAY_MS;

export const getEndpointStats = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/stats',
  operationId: 'v1.endpoint.get-stats',
  summary:
    'Count the deliveries of an endpoint by status; the last 28 days unless asked otherwise.',
  access: 'portal',
  query: Type.Object({
    since: Type.Optional(Type.String({ format: 'date-time' })),
    until: Type.Optional(Type.String({ format: 'date-time' })),
  }),
  answers: { 200: EndpointStatsOut },
  async handle({ path, query, application }, parts) {
    const endpoint = await findEndpoint(parts, await application(), path('endpoint_id'));
    const { fromId, beforeId } = rangeOf(query, parts.clock, STATS_DEFAULT_MS);
    const counts = await parts.ledger.endpointStats({ endpointId: endpoint.id, fromId, beforeId });
    return {
      status: 200,
      value: {
        success: counts.delivered,
        pending: counts.scheduled,
        sending: counts.in_flight,
        fail: counts.dead,
        canceled: counts.cancelled,
      },
    };
  },
});

export const recoverEndpoint = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/recover',
  operationId: 'v1.endpoint.recover',
  summary:
    'Redrive what failed for an endpoint since a moment, and what it missed while it was disabled.',
  access: 'portal',
  body: RecoverIn,
  answers: { 202: RecoverOut },
  async handle({ path, body, application, principal }, parts) {
    const { ids, ledger, acts, idText, clock, settings } = parts;
    const app = await application();
    const endpoint = await findEndpoint(parts, app, path('endpoint_id'));
    const { fromId, beforeId } = rangeOf(
      { since: body.since, until: body.until ?? undefined },
      clock,
      0,
    );
    const id = ids.next();
    await ledger.startAct({
      id,
      kind: 'redrive',
      appId: app.id,
      actor: principal.actor,
      reason: 'Recovered on request.',
      filter: { states: ['dead', 'cancelled'], endpointId: endpoint.id, fromId, beforeId },
      perSecond: settings.redrivePerSecond,
      dueFrom: clock.now(),
    });
    acts.run(id);
    const updatedAt = new Date(clock.now()).toISOString();
    return {
      status: 202,
      value: {
        id: idText.format('act', id),
        status: 'running',
        task: 'endpoint.recover',
        updatedAt,
      },
    };
  },
});

/** Throws `validation` where `since` is not before `until`. */
function rangeOf(
  { since, until }: { readonly since?: string | undefined; readonly until?: string | undefined },
  clock: Clock,
  defaultMs: number,
): { readonly fromId: number; readonly beforeId: number } {
  const untilAt = until === undefined ? clock.now() + 1 : momentOf(until, 'until');
  const sinceAt = since === undefined ? untilAt - defaultMs : momentOf(since, 'since');
  if (sinceAt >= untilAt) {
    throw fault('validation', {
      field: 'since',
      detail: '"since" must lie before "until", and before now.',
    });
  }
  return { fromId: idAt(sinceAt), beforeId: idAt(untilAt) };
}

export const sendExample = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/send-example',
  operationId: 'v1.endpoint.send-example',
  summary: 'Send an example of an event type to one endpoint, made from its schema.',
  access: 'portal',
  body: SendExampleIn,
  answers: { 200: MessageOut },
  async handle({ path, body, application, principal }, parts) {
    const { configuration, intake, idText } = parts;
    const app = await application();
    const endpoint = await findEndpoint(parts, app, path('endpoint_id'));
    const isPing = body.eventType === PING;
    const found = isPing ? null : await configuration.eventTypes.byName(body.eventType);
    const eventType = found !== null && isVisibleTo(principal, found) ? found : null;
    if (eventType === null && !isPing) {
      throw fault('not_found', {
        field: 'eventType',
        detail: `No event type is named "${body.eventType}".`,
      });
    }
    const message = await intake.accept({
      appId: app.id,
      eventType: body.eventType,
      eventId: null,
      channels: null,
      tags: null,
      payload:
        eventType === null ? '{"success":true}' : JSON.stringify(exampleOf(eventType.schemas)),
      retentionDays: null,
      traceparent: null,
      idempotencyKey: null,
      onlyTo: endpoint,
    });
    return { status: 200, json: messageJson(message, idText, true) };
  },
});
