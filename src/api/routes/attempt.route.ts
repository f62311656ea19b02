import type { Static } from 'typebox';
import { fault } from '../../core/index.ts';
import type { Attempt, AttemptFilter, Delivery, Message } from '../../ledger/index.ts';
import type { Principal } from '../auth.ts';
import { idRange, ledgerPage, pageById, pageJson } from '../paging.ts';
import { filterTexts } from '../query-texts.ts';
import { findEndpoint, findMessage } from '../resolve.ts';
import { route } from '../route.ts';
import { AttemptOut, AttemptsQuery } from '../attempt-shapes.ts';
import { ReplayOut } from '../delivery-shapes.ts';
import { listOf } from '../page-shapes.ts';
import { attemptView, type AttemptSight } from '../views.ts';
import { isOfClass, isOfStatus } from '../statuses.ts';

/** Svix counts what was delivered as success (0) and everything that ended otherwise as fail (2). */
function filterOf(
  query: Static<typeof AttemptsQuery>,
): AttemptFilter & { readonly isNone: boolean } {
  const status = query.status ?? undefined;
  return {
    eventTypes: filterTexts(query.event_types),
    channel: query.channel ?? undefined,
    tag: query.tag ?? undefined,
    isDelivered: status === undefined ? undefined : status === 0,
    codeClass: query.status_code_class ?? undefined,
    // An attempt is recorded once it ended: none is pending (1) or being sent (3).
    isNone: status === 1 || status === 3,
    ...idRange(query),
  };
}

function sightOf({ appId }: Principal, withContent?: boolean | null): AttemptSight {
  return { withContent: withContent ?? true, seesAddress: appId === null };
}

export const listAttemptsOfMessage = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/attempt/msg/{msg_id}',
  operationId: 'v1.message-attempt.list-by-msg',
  summary: 'List the attempts of a message, the newest first.',
  access: 'portal',
  query: AttemptsQuery,
  answers: { 200: listOf(AttemptOut) },
  async handle({ path, query, principal, application }, parts) {
    const { idText, ledger } = parts;
    const app = await application();
    const message = await findMessage(parts, app, path('msg_id'));
    const endpoint =
      typeof query.endpoint_id === 'string'
        ? await findEndpoint(parts, app, query.endpoint_id)
        : null;
    const page = pageById(query, true, 'attempt', idText);
    const { isNone, ...filter } = filterOf(query);
    const { eventTypes, channel, tag, fromId = 0, beforeId = Infinity } = filter;
    const isMessageWanted =
      !isNone &&
      (eventTypes === undefined || eventTypes.includes(message.eventType)) &&
      (channel === undefined || message.channels?.includes(channel) === true) &&
      (tag === undefined || message.tags?.includes(tag) === true);
    const wanted = ({ id, endpointId, outcome, statusCode }: Attempt): boolean =>
      (endpoint === null || endpointId === endpoint.id) &&
      isOfStatus(outcome, filter.isDelivered) &&
      isOfClass(statusCode, filter.codeClass) &&
      id >= fromId &&
      id < beforeId &&
      (page.after === undefined || (page.descending ? id < page.after : id > page.after));
    // A message's attempts are few: its fan-out times its attempts. They come the newest first.
    const all = isMessageWanted ? await ledger.attemptsOf(message.id) : [];
    const found = (page.descending ? all : all.toReversed()).filter(wanted).slice(0, page.limit);
    const idOf = ({ id }: Attempt): string => idText.format('attempt', id);
    const write = (row: Attempt): string =>
      JSON.stringify(attemptView(row, idText, sightOf(principal, query.with_content)));
    return { status: 200, json: pageJson(found, page, idOf, write) };
  },
});

export const listAttemptsToEndpoint = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/attempt/endpoint/{endpoint_id}',
  operationId: 'v1.message-attempt.list-by-endpoint',
  summary: 'List the attempts to an endpoint, the newest first.',
  access: 'portal',
  query: AttemptsQuery,
  answers: { 200: listOf(AttemptOut) },
  async handle({ path, query, principal, application }, parts) {
    const { idText, ledger } = parts;
    const endpoint = await findEndpoint(parts, await application(), path('endpoint_id'));
    const page = pageById(query, true, 'attempt', idText);
    const { isNone, ...filter } = filterOf(query);
    const attempts = isNone
      ? []
      : await ledger.attemptsTo({ endpointId: endpoint.id, filter, ...ledgerPage(page) });
    const idOf = ({ id }: Attempt): string => idText.format('attempt', id);
    const write = (row: Attempt): string =>
      JSON.stringify(attemptView(row, idText, sightOf(principal, query.with_content)));
    return { status: 200, json: pageJson(attempts, page, idOf, write) };
  },
});

export const getAttempt = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/msg/{msg_id}/attempt/{attempt_id}',
  operationId: 'v1.message-attempt.get',
  summary: 'Get an attempt.',
  access: 'portal',
  answers: { 200: AttemptOut },
  async handle({ path, principal, application }, parts) {
    const { idText, ledger } = parts;
    const message = await findMessage(parts, await application(), path('msg_id'));
    const id = idText.parse('attempt', path('attempt_id'));
    const attempt = (await ledger.attemptsOf(message.id)).find((found) => found.id === id);
    if (attempt === undefined) throw fault('not_found', { field: 'attempt_id' });
    return { status: 200, value: attemptView(attempt, idText, sightOf(principal)) };
  },
});

export const expungeAttemptContent = route({
  method: 'DELETE',
  path: '/api/v1/app/{app_id}/msg/{msg_id}/attempt/{attempt_id}/content',
  operationId: 'v1.message-attempt.expunge-content',
  summary: 'Remove what is kept of the response to an attempt.',
  access: 'organization',
  answers: { 204: null },
  async handle({ path, application }, parts) {
    const message = await findMessage(parts, await application(), path('msg_id'));
    const attemptId = parts.idText.parse('attempt', path('attempt_id'));
    const isDone =
      attemptId !== undefined &&
      (await parts.ledger.expungeResponse({ messageId: message.id, attemptId }));
    if (!isDone) throw fault('not_found', { field: 'attempt_id' });
    return { status: 204 };
  },
});

export const resend = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/msg/{msg_id}/endpoint/{endpoint_id}/resend',
  operationId: 'v1.message-attempt.resend',
  summary: 'Replay: send a message to one endpoint again, with all attempts anew.',
  access: 'portal',
  answers: { 202: ReplayOut },
  async handle({ path, application, principal }, parts) {
    const { idText, ledger, ids, clock, engine } = parts;
    const app = await application();
    const message = await findMessage(parts, app, path('msg_id'));
    const endpoint = await findEndpoint(parts, app, path('endpoint_id'));
    if (endpoint.disabled) {
      throw fault('state_conflict', { detail: 'The endpoint is disabled. Enable it first.' });
    }
    const act = {
      id: ids.next(),
      kind: 'replay' as const,
      actor: principal.actor,
      reason: 'Replayed on request.',
    };
    const key = { messageId: message.id, endpointId: endpoint.id, appId: app.id };
    const result = await ledger.replay({ ...key, act, dueAt: clock.now() });
    if (result.kind === 'missing') {
      throw fault('state_conflict', { detail: whyGone(message) });
    }
    // What is under way is being sent: that is what was asked for.
    if (result.kind === 'done') engine.wake(endpoint.id);
    return { status: 202, value: { act: idText.format('act', act.id) } };
  },
});

function whyGone({ purgedAt, retentionDays }: Message): string {
  return purgedAt === undefined
    ? 'The payload of this message was removed on request, so there is nothing to send.'
    : `The payload of this message was purged ${retentionDays} days after it was accepted, so there is nothing to send.`;
}

/** A delivery's last attempt, or undefined before the first. */
export function lastAttemptOf(
  delivery: Delivery,
  attempts: readonly Attempt[],
): Attempt | undefined {
  return attempts.find(({ endpointId }) => endpointId === delivery.endpointId);
}
