import { fault } from '../../core/index.ts';
import type { Attempt } from '../../ledger/index.ts';
import { pageFrom, pageJson } from '../paging.ts';
import { findEndpoint, findMessage } from '../resolve.ts';
import { route } from '../route.ts';
import { AttemptOut, DeliveryOut, listOf, PageQuery } from '../shapes.ts';
import { attemptView, deliveryView } from '../views.ts';

export const listAttemptsOfMessage = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/attempt/msg/{msg_id}',
  operationId: 'v1.message-attempt.list-by-msg',
  summary: 'List the attempts of a message, the newest first.',
  access: 'token',
  query: PageQuery,
  answers: { 200: listOf(AttemptOut) },
  async handle({ path, query, application }, parts) {
    const { idText, ledger } = parts;
    const message = await findMessage(parts, await application(), path('msg_id'));
    const page = pageFrom(query, 'attempt', idText, true);
    const before = page.afterId ?? Infinity;
    const attempts = (await ledger.attemptsOf(message.id))
      .filter(({ id }) => id < before)
      .slice(0, page.limit);
    const idOf = ({ id }: Attempt): string => idText.format('attempt', id);
    return {
      status: 200,
      json: pageJson(attempts, page, idOf, (row) => JSON.stringify(attemptView(row, idText))),
    };
  },
});

export const listAttemptsToEndpoint = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/attempt/endpoint/{endpoint_id}',
  operationId: 'v1.message-attempt.list-by-endpoint',
  summary: 'List the attempts to an endpoint, the newest first.',
  access: 'token',
  query: PageQuery,
  answers: { 200: listOf(AttemptOut) },
  async handle({ path, query, application }, parts) {
    const { idText, ledger } = parts;
    const endpoint = await findEndpoint(parts, await application(), path('endpoint_id'));
    const page = pageFrom(query, 'attempt', idText, true);
    const attempts = await ledger.attemptsTo({ endpointId: endpoint.id, ...page });
    const idOf = ({ id }: Attempt): string => idText.format('attempt', id);
    return {
      status: 200,
      json: pageJson(attempts, page, idOf, (row) => JSON.stringify(attemptView(row, idText))),
    };
  },
});

export const listDeliveriesOfMessage = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/msg/{msg_id}/delivery',
  operationId: 'v1.delivery.list-by-msg',
  summary: 'List the deliveries of a message: what became of it at each endpoint.',
  access: 'token',
  answers: { 200: listOf(DeliveryOut) },
  async handle({ path, application }, parts) {
    const { idText, ledger } = parts;
    const message = await findMessage(parts, await application(), path('msg_id'));
    const deliveries = await ledger.deliveriesOf(message.id);
    const data = deliveries.map((delivery) => deliveryView(delivery, idText));
    return { status: 200, value: { data, done: true, iterator: null, prevIterator: null } };
  },
});

export const resend = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/msg/{msg_id}/endpoint/{endpoint_id}/resend',
  operationId: 'v1.message-attempt.resend',
  summary: 'Replay: send a message to one endpoint again, with all attempts anew.',
  access: 'token',
  answers: { 202: null },
  async handle({ path, application, actor }, parts) {
    const { idText, ledger, ids, clock, engine } = parts;
    const app = await application();
    const message = await findMessage(parts, app, path('msg_id'));
    const endpoint = await findEndpoint(parts, app, path('endpoint_id'));
    const key = { messageId: message.id, endpointId: endpoint.id, appId: app.id };
    const act = { id: ids.next(), kind: 'replay' as const, actor, reason: 'Replayed on request.' };
    const result = await ledger.replay({ ...key, act, dueAt: clock.now() });
    if (result.kind === 'missing') {
      throw fault('not_found', {
        field: 'msg_id',
        detail: 'The payload of this message was purged.',
      });
    }
    if (result.kind === 'conflict') {
      throw fault('state_conflict', {
        detail: 'An attempt of this delivery is under way. Wait for its end.',
      });
    }
    engine.wake(endpoint.id);
    return { status: 202, value: { act: idText.format('act', act.id) } };
  },
});
