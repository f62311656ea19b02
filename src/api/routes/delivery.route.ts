import type { Static } from 'typebox';
import { timeOfId } from '../../core/index.ts';
import type { AttemptedMessage } from '../../ledger/index.ts';
import { idRange, ledgerPage, pageById, pageFrom, pageJson } from '../paging.ts';
import { filterTexts } from '../query-texts.ts';
import { findEndpoint, findMessage } from '../resolve.ts';
import { route } from '../route.ts';
import { DeliveryOut } from '../delivery-shapes.ts';
import {
  EndpointMessageOut,
  EndpointMessagesQuery,
  MessageEndpointOut,
} from '../message-shapes.ts';
import { listOf, PageQuery } from '../page-shapes.ts';
import { statesOfStatus, statusNames, statusOf } from '../statuses.ts';
import { deliveryView, endpointView, messageJson } from '../views.ts';
import { lastAttemptOf } from './attempt.route.ts';

export const listDeliveriesOfMessage = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/msg/{msg_id}/delivery',
  operationId: 'v1.delivery.list-by-msg',
  summary:
    'List the deliveries of a message: what became of it at each endpoint, and when the next attempt is due.',
  access: 'portal',
  answers: { 200: listOf(DeliveryOut) },
  async handle({ path, application }, parts) {
    const { idText, ledger } = parts;
    const message = await findMessage(parts, await application(), path('msg_id'));
    const deliveries = await ledger.deliveriesOf(message.id);
    const data = deliveries.map((delivery) => deliveryView(delivery, idText));
    return { status: 200, value: { data, done: true, iterator: null, prevIterator: null } };
  },
});

export const listAttemptedDestinations = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/msg/{msg_id}/endpoint',
  operationId: 'v1.message-attempt.list-attempted-destinations',
  summary: 'List the endpoints that a message was for, with its status at each.',
  access: 'portal',
  query: PageQuery,
  answers: { 200: listOf(MessageEndpointOut) },
  async handle({ path, query, application }, parts) {
    const { idText, ledger, configuration } = parts;
    const message = await findMessage(parts, await application(), path('msg_id'));
    const page = pageById(query, false, 'endpoint', idText);
    const all = await ledger.deliveriesOf(message.id);
    const rows = (page.descending ? all.toReversed() : all)
      .filter(
        ({ endpointId }) =>
          page.after === undefined ||
          (page.descending ? endpointId < page.after : endpointId > page.after),
      )
      .slice(0, page.limit);
    // Of a deleted endpoint is left where it was sent to.
    const found = await Promise.all(
      rows.map(async (delivery) => ({
        delivery,
        endpoint: await configuration.endpoints.byId(delivery.endpointId),
      })),
    );
    const attempts = found.some(({ endpoint }) => endpoint === null)
      ? await ledger.attemptsOf(message.id)
      : [];
    const write = ({ delivery, endpoint }: (typeof found)[number]): string => {
      const statusText = statusOf(delivery);
      const nextAttempt =
        delivery.state === 'scheduled' && delivery.dueAt !== null
          ? new Date(delivery.dueAt).toISOString()
          : null;
      const shown =
        endpoint === null
          ? goneEndpoint(
              idText.format('endpoint', delivery.endpointId),
              timeOfId(delivery.endpointId),
              lastAttemptOf(delivery, attempts)?.url,
            )
          : endpointView(endpoint, idText);
      return JSON.stringify({
        ...shown,
        status: statusNames.indexOf(statusText),
        statusText,
        nextAttempt,
      });
    };
    return {
      status: 200,
      json: pageJson(
        found,
        page,
        ({ delivery }) => idText.format('endpoint', delivery.endpointId),
        write,
      ),
    };
  },
});

/** What can be said of an endpoint that was deleted. */
function goneEndpoint(id: string, createdAt: number, url = 'https://deleted.invalid/'): object {
  const moment = new Date(createdAt).toISOString();
  return {
    id,
    url,
    description: 'deleted',
    disabled: true,
    createdAt: moment,
    updatedAt: moment,
  };
}

export const listAttemptedMessages = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/endpoint/{endpoint_id}/msg',
  operationId: 'v1.message-attempt.list-attempted-messages',
  summary:
    'List the messages that were attempted at an endpoint, the newest first, with their status there.',
  access: 'portal',
  query: EndpointMessagesQuery,
  answers: { 200: listOf(EndpointMessageOut) },
  async handle({ path, query, application }, parts) {
    const { idText, ledger } = parts;
    const endpoint = await findEndpoint(parts, await application(), path('endpoint_id'));
    const page = pageFrom(query, true, (iterator) => idText.parse('message', iterator));
    const rows = await ledger.attemptedMessages({
      endpointId: endpoint.id,
      filter: filterOf(query),
      ...ledgerPage(page),
    });
    const write = ({ message, delivery }: AttemptedMessage): string => {
      const statusText = statusOf(delivery);
      const nextAttempt =
        delivery.state === 'scheduled' && delivery.dueAt !== null
          ? new Date(delivery.dueAt).toISOString()
          : null;
      const more = JSON.stringify({
        status: statusNames.indexOf(statusText),
        statusText,
        nextAttempt,
      });
      return `${messageJson(message, idText, query.with_content ?? true).slice(0, -1)},${more.slice(1)}`;
    };
    return {
      status: 200,
      json: pageJson(rows, page, ({ message }) => idText.format('message', message.id), write),
    };
  },
});

function filterOf(query: Static<typeof EndpointMessagesQuery>) {
  return {
    eventTypes: filterTexts(query.event_types),
    channel: query.channel ?? undefined,
    tag: query.tag ?? undefined,
    states: typeof query.status === 'number' ? statesOfStatus(query.status) : undefined,
    ...idRange(query),
  };
}
