import { createHash } from 'node:crypto';
import type { Static } from 'typebox';
import { fault, isCurrency } from '../../core/index.ts';
import type { Application } from '../../change/index.ts';
import { memberText, type MessageDraft } from '../../intake/index.ts';
import type { ChangeBy, Message, MessageValue } from '../../ledger/index.ts';
import type { Principal } from '../auth.ts';
import { idRange, ledgerPage, pageById, pageJson } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { filterTexts } from '../query-texts.ts';
import { findApplicationOrNull, findMessage } from '../resolve.ts';
import { route } from '../route.ts';
import { MessageIn, MessageOut, MessagesQuery, WithContent } from '../message-shapes.ts';
import { listOf } from '../page-shapes.ts';
import { messageJson } from '../views.ts';
import { createBrought } from '../application-draft.ts';

/**
 * A message as intake takes it. `text` is the JSON that `body` was parsed from: the payload goes on as it was written.
 * Throws `payload_too_large`, and `validation` for a raw payload that is no JSON object, or one that its event type's
 * contract refuses.
 */
export function messageDraft(
  body: Static<typeof MessageIn>,
  text: string,
  appId: number,
  { idempotencyKey, traceparent }: Pick<MessageDraft, 'idempotencyKey' | 'traceparent'>,
  { settings, contracts, values }: Pick<ApiParts, 'settings' | 'contracts' | 'values'>,
): MessageDraft {
  const raw = rawPayloadOf(body);
  const payload = raw?.text ?? memberText(text, 'payload');
  if (payload === undefined) throw fault('validation', { field: 'payload' });
  if (Buffer.byteLength(payload) > settings.payloadLimitBytes) {
    throw fault('payload_too_large', { field: 'payload' });
  }
  // Before anything is counted: whoever is refused has no value.
  const own = ownValueOf(body);
  const violation = contracts.check(body.eventType, payload);
  const value = own ?? values.read(body.eventType, raw === undefined ? body.payload : raw.value);
  return {
    appId,
    eventType: body.eventType,
    eventId: body.eventId ?? null,
    channels: body.channels ?? null,
    tags: body.tags ?? null,
    payload,
    retentionDays: body.payloadRetentionPeriod ?? null,
    idempotencyKey,
    traceparent,
    violation,
    ...(value === null ? {} : { value: { ...value, isOwn: own !== null } }),
  };
}

/** Svix's clients put a payload that must go out letter by letter beside an empty one, as text (`messageInRaw`). */
function rawPayloadOf(
  body: Static<typeof MessageIn>,
): { readonly text: string; readonly value: unknown } | undefined {
  const { rawPayload, headers } = body.transformationsParams ?? {};
  if (rawPayload === undefined) return undefined;
  const type = headers?.['content-type'] ?? 'application/json';
  const value = type.startsWith('application/json') ? objectOf(rawPayload) : null;
  if (value !== null) return { text: rawPayload, value };
  throw fault('validation', {
    field: 'transformationsParams.rawPayload',
    detail: 'A raw payload must be the text of a JSON object, sent as application/json.',
  });
}

function objectOf(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** What the message says of its value itself; it goes before what its event type says. Throws `validation`. */
function ownValueOf({ value }: Static<typeof MessageIn>): MessageValue | null {
  if (value === undefined || value === null) return null;
  if (isCurrency(value.currency)) return value;
  throw fault('validation', {
    field: 'value.currency',
    detail: `"${value.currency}" is no currency of ISO 4217, such as EUR.`,
  });
}

/** Messages may bring their application with them; one that is there already is left as it is. */
async function applicationFor(
  parts: ApiParts,
  principal: Principal,
  idOrUid: string,
  body: Static<typeof MessageIn>,
  find: () => Promise<Application>,
  by: () => ChangeBy,
): Promise<Application> {
  if (body.application === undefined || body.application === null) return find();
  const known = await findApplicationOrNull(parts, principal, idOrUid);
  if (known !== null) return known;
  return createBrought(parts, idOrUid, body.application, by());
}

export const createMessage = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/msg',
  operationId: 'v1.message.create',
  summary: 'Send a message. 202 means: it and its deliveries are stored durably.',
  access: 'organization',
  keepsKey: true,
  query: WithContent,
  body: MessageIn,
  answers: { 202: MessageOut },
  async handle(
    { path, body, bodyText, query, idempotencyKey, traceparent, principal, application, by },
    parts,
  ) {
    // Before anything is stored: a message that is refused creates no application.
    const draft = messageDraft(body, bodyText, 0, { idempotencyKey: null, traceparent }, parts);
    const app = await applicationFor(parts, principal, path('app_id'), body, application, by);
    // A key belongs to the one who sent it and to what it was sent for.
    const key =
      idempotencyKey === null
        ? null
        : createHash('sha256')
            .update(`${principal.hash}\n${app.id}\n${idempotencyKey}`)
            .digest('base64');
    const message = await parts.intake.accept({ ...draft, appId: app.id, idempotencyKey: key });
    return { status: 202, json: messageJson(message, parts.idText, query.with_content ?? true) };
  },
});

export const listMessages = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/msg',
  operationId: 'v1.message.list',
  summary: 'List the messages of an application, the newest first.',
  access: 'portal',
  query: MessagesQuery,
  answers: { 200: listOf(MessageOut) },
  async handle({ query, application }, { ledger, idText }) {
    const { id: appId } = await application();
    const page = pageById(query, true, 'message', idText);
    const filter = {
      eventTypes: filterTexts(query.event_types),
      channel: query.channel ?? undefined,
      tag: query.tag ?? undefined,
      ...idRange(query),
    };
    const messages = await ledger.messages({ appId, filter, ...ledgerPage(page) });
    const idOf = ({ id }: Message): string => idText.format('message', id);
    const write = (row: Message): string => messageJson(row, idText, query.with_content ?? true);
    return { status: 200, json: pageJson(messages, page, idOf, write) };
  },
});

export const getMessage = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/msg/{msg_id}',
  operationId: 'v1.message.get',
  summary: 'Get a message by its id, or by its event id.',
  access: 'portal',
  query: WithContent,
  answers: { 200: MessageOut },
  async handle({ path, query, application }, parts) {
    const message = await findMessage(parts, await application(), path('msg_id'));
    return { status: 200, json: messageJson(message, parts.idText, query.with_content ?? true) };
  },
});

export const expungeMessageContent = route({
  method: 'DELETE',
  path: '/api/v1/app/{app_id}/msg/{msg_id}/content',
  operationId: 'v1.message.expunge-content',
  summary:
    "Remove a message's payload for good; what is still scheduled of it is cancelled on record.",
  access: 'organization',
  answers: { 204: null },
  async handle({ path, application, principal }, parts) {
    const app = await application();
    const { id } = await findMessage(parts, app, path('msg_id'));
    const act = {
      id: parts.ids.next(),
      actor: principal.actor,
      reason: 'Payload expunged on request.',
    };
    await parts.ledger.expungePayload({ messageId: id, appId: app.id, act });
    return { status: 204 };
  },
});
