import { fault, idAt } from '../../core/index.ts';
import type { Application } from '../../change/index.ts';
import type { Act, ActFilter, DeadLetter } from '../../ledger/index.ts';
import { momentOf } from '../moment.ts';
import { ledgerPage, pageById, pageJson } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { findEndpoint, findMessage } from '../resolve.ts';
import { route, type Answer } from '../route.ts';
import {
  ActOut,
  CancelManyIn,
  DeadLetterQuery,
  DeliveryOut,
  ReasonIn,
  RedriveIn,
} from '../delivery-shapes.ts';
import { listOf, PageQuery } from '../page-shapes.ts';
import { actView, deliveryView } from '../views.ts';

type Wanted = {
  readonly endpointId?: string | undefined;
  readonly deadReason?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
};

async function filterFrom(
  parts: ApiParts,
  application: Application,
  wanted: Wanted,
): Promise<ActFilter> {
  const endpoint =
    wanted.endpointId === undefined
      ? undefined
      : await findEndpoint(parts, application, wanted.endpointId);
  return {
    states: ['dead'],
    endpointId: endpoint?.id,
    reason: wanted.deadReason,
    fromId: wanted.since === undefined ? undefined : idAt(momentOf(wanted.since, 'since')),
    beforeId: wanted.until === undefined ? undefined : idAt(momentOf(wanted.until, 'until')),
  };
}

export const listDeadLetters = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/dead-letter',
  operationId: 'v1.dead-letter.list',
  summary: 'List dead letters: deliveries out of attempts, or refused; the newest first.',
  access: 'portal',
  query: DeadLetterQuery,
  answers: { 200: listOf(DeliveryOut) },
  async handle({ query, application }, parts) {
    const { idText, ledger } = parts;
    const app = await application();
    const page = pageById(query, true, 'message', idText);
    const { endpoint_id: endpointId, reason: deadReason, since, until } = query;
    const filter = await filterFrom(parts, app, { endpointId, deadReason, since, until });
    const request = { appId: app.id, filter, ...ledgerPage(page), limit: page.shown };
    const rows = await ledger.deadLetters(request);
    const data = page.isBackwards ? rows.toReversed() : rows;
    // A page holds all deliveries of its last message, so the message alone says where the next one begins.
    const iteratorOf = (row: DeadLetter | undefined, prefix = ''): string | null =>
      row === undefined ? null : prefix + idText.format('message', row.messageId);
    const value = {
      data: data.map((row) => deliveryView(row, idText)),
      done: rows.length < page.shown,
      iterator: iteratorOf(data.at(-1)),
      prevIterator: iteratorOf(data[0], '-'),
    };
    return { status: 200, value };
  },
});

async function startAct(
  parts: ApiParts,
  application: Application,
  act: {
    readonly kind: 'redrive' | 'cancel';
    readonly actor: string;
    readonly reason: string;
    readonly perSecond: number | null;
  },
  wanted: Wanted,
): Promise<Answer> {
  const { ledger, ids, clock, acts, idText } = parts;
  const filter = await filterFrom(parts, application, wanted);
  const id = ids.next();
  await ledger.startAct({ ...act, id, appId: application.id, filter, dueFrom: clock.now() });
  acts.run(id);
  const begun = await ledger.act(id);
  if (begun === null) throw new Error(`act ${id} was just stored`);
  return { status: 202, value: actView(begun, idText) };
}

export const redrive = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/redrive',
  operationId: 'v1.redrive.create',
  summary:
    'Send dead letters again, at a limited rate. The answer names an act whose progress can be read.',
  access: 'portal',
  body: RedriveIn,
  answers: { 202: ActOut },
  async handle({ body, application, principal }, parts) {
    const {
      reason = 'Redriven on request.',
      perSecond = parts.settings.redrivePerSecond,
      ...wanted
    } = body;
    return startAct(
      parts,
      await application(),
      { kind: 'redrive', actor: principal.actor, reason, perSecond },
      wanted,
    );
  },
});

export const cancelMany = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/dead-letter/cancel',
  operationId: 'v1.dead-letter.cancel',
  summary: 'Cancel dead letters by filter, with a reason: nobody will send them again by redrive.',
  access: 'portal',
  body: CancelManyIn,
  answers: { 202: ActOut },
  async handle({ body, application, principal }, parts) {
    const { reason, ...wanted } = body;
    return startAct(
      parts,
      await application(),
      { kind: 'cancel', actor: principal.actor, reason, perSecond: null },
      wanted,
    );
  },
});

export const cancelOne = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/msg/{msg_id}/endpoint/{endpoint_id}/cancel',
  operationId: 'v1.delivery.cancel',
  summary: 'Cancel one delivery that is scheduled or dead, with a reason.',
  access: 'portal',
  body: ReasonIn,
  answers: { 200: ActOut },
  async handle({ path, body, application, principal }, parts) {
    const { idText, ledger, ids } = parts;
    const app = await application();
    const message = await findMessage(parts, app, path('msg_id'));
    const endpoint = await findEndpoint(parts, app, path('endpoint_id'));
    const act = {
      id: ids.next(),
      kind: 'cancel' as const,
      actor: principal.actor,
      reason: body.reason,
    };
    const result = await ledger.cancel({
      messageId: message.id,
      endpointId: endpoint.id,
      appId: app.id,
      act,
    });
    if (result.kind === 'missing') {
      throw fault('not_found', { detail: 'This message has no delivery to that endpoint.' });
    }
    if (result.kind === 'conflict') {
      throw fault('state_conflict', {
        detail: `The delivery is ${result.state}; only a scheduled or dead one can be cancelled.`,
      });
    }
    const done = await ledger.act(act.id);
    if (done === null) throw new Error(`act ${act.id} was just stored`);
    return { status: 200, value: actView(done, idText) };
  },
});

export const getAct = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/act/{act_id}',
  operationId: 'v1.act.get',
  summary: 'Get an act (replay, redrive, cancel) and the states of the deliveries it touched last.',
  access: 'portal',
  answers: { 200: ActOut },
  async handle({ path, application }, { ledger, idText }) {
    const { id: appId } = await application();
    const id = idText.parse('act', path('act_id'));
    const act = id === undefined ? null : await ledger.act(id);
    if (act === null || act.appId !== appId) throw fault('not_found', { field: 'act_id' });
    return { status: 200, value: actView(act, idText) };
  },
});

export const listActs = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/act',
  operationId: 'v1.act.list',
  summary: "List the acts on an application's deliveries, the newest first: who did what, and why.",
  access: 'portal',
  query: PageQuery,
  answers: { 200: listOf(ActOut) },
  async handle({ query, application }, { ledger, idText }) {
    const { id: appId } = await application();
    const page = pageById(query, true, 'act', idText);
    const rows = await ledger.acts({ appId, ...ledgerPage(page) });
    const write = (row: Act): string => JSON.stringify(actView(row, idText));
    const idOf = ({ id }: Act): string => idText.format('act', id);
    return { status: 200, json: pageJson(rows, page, idOf, write) };
  },
});
