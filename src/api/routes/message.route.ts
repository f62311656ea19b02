import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { fault } from '../../core/index.ts';
import { memberText } from '../../intake/index.ts';
import { pageFrom, pageJson } from '../paging.ts';
import { findMessage } from '../resolve.ts';
import { route } from '../route.ts';
import { listOf, MessageIn, MessageOut, PageQuery } from '../shapes.ts';
import { messageJson } from '../views.ts';

const DEFAULT_RETENTION_DAYS = 90;
const WithContent = Type.Object({ with_content: Type.Optional(Type.Boolean()) });

export const createMessage = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/msg',
  operationId: 'v1.message.create',
  summary: 'Send a message. 202 means: it and its deliveries are stored durably.',
  access: 'token',
  query: WithContent,
  body: MessageIn,
  answers: { 202: MessageOut },
  async handle(
    { body, bodyText, query, idempotencyKey, actor, application },
    { intake, idText, settings },
  ) {
    const { id: appId } = await application();
    const payload = memberText(bodyText, 'payload');
    if (payload === undefined) throw fault('validation', { field: 'payload' });
    if (Buffer.byteLength(payload) > settings.payloadLimitBytes) {
      throw fault('payload_too_large', { field: 'payload' });
    }
    const message = await intake.accept({
      appId,
      eventType: body.eventType,
      eventId: body.eventId ?? null,
      channels: body.channels ?? null,
      tags: body.tags ?? null,
      payload,
      retentionDays: body.payloadRetentionPeriod ?? DEFAULT_RETENTION_DAYS,
      // A key belongs to the one who sent it and to what it was sent for.
      idempotencyKey:
        idempotencyKey === null
          ? null
          : createHash('sha256').update(`${actor}\n${appId}\n${idempotencyKey}`).digest('base64'),
    });
    return { status: 202, json: messageJson(message, idText, query.with_content ?? true) };
  },
});

export const listMessages = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/msg',
  operationId: 'v1.message.list',
  summary: 'List the messages of an application, the newest first.',
  access: 'token',
  query: Type.Object({ ...PageQuery.properties, ...WithContent.properties }),
  answers: { 200: listOf(MessageOut) },
  async handle({ query, application }, { ledger, idText }) {
    const { id: appId } = await application();
    const page = pageFrom(query, 'message', idText, true);
    const messages = await ledger.messages({ appId, ...page });
    const idOf = ({ id }: { readonly id: number }): string => idText.format('message', id);
    const json = pageJson(messages, page, idOf, (row) =>
      messageJson(row, idText, query.with_content ?? true),
    );
    return { status: 200, json };
  },
});

export const getMessage = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/msg/{msg_id}',
  operationId: 'v1.message.get',
  summary: 'Get a message.',
  access: 'token',
  query: WithContent,
  answers: { 200: MessageOut },
  async handle({ path, query, application }, parts) {
    const message = await findMessage(parts, await application(), path('msg_id'));
    return { status: 200, json: messageJson(message, parts.idText, query.with_content ?? true) };
  },
});
