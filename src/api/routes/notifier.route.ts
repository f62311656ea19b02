import type { Static } from 'typebox';
import { fault } from '../../core/index.ts';
import type { Draft, Notifier } from '../../change/index.ts';
import { checkNotifier, MOST_ALERTING } from '../../slo/index.ts';
import {
  alertingName,
  NotifierIn,
  NotifierOut,
  NotifierTestOut,
  NotifierUpdate,
  AlertMoveIn,
} from '../alert-shapes.ts';
import { notifierView } from '../alert-view.ts';
import { createPathCheck } from '../check.ts';
import { pageFrom, pageJson } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { route } from '../route.ts';
import { listOf, OrderedPageQuery } from '../page-shapes.ts';

const PATH = '/api/v1/notifier/{notifier_name}';
const checkName = createPathCheck('notifier_name', alertingName);

async function find({ configuration }: ApiParts, name: string): Promise<Notifier> {
  const found = await configuration.notifiers.byName(name);
  if (found !== null) return found;
  throw fault('not_found', { field: 'notifier_name', detail: `No notifier is named "${name}".` });
}

/** @param known whose secret stays where the body gives none. */
function draftOf(
  body: Static<typeof NotifierUpdate>,
  known: Notifier | null,
  { sealer }: ApiParts,
): Omit<Draft<Notifier>, 'name'> {
  const { kind, description = '', settings = {}, fallback = [] } = body;
  const isKept = body.secret === undefined && known !== null && known.kind === kind;
  const kept = isKept ? known.sealedSecret : null;
  const secret = isKept ? (kept === null ? null : sealer.open(kept)) : (body.secret ?? null);
  checkNotifier(kind, settings, secret);
  const sealedSecret = isKept ? kept : secret === null ? null : sealer.seal(secret);
  return { kind, description, settings, sealedSecret, fallback };
}

async function create(
  draft: Draft<Notifier>,
  by: Parameters<ApiParts['configuration']['notifiers']['create']>[1],
  { configuration }: ApiParts,
): Promise<Notifier> {
  const all = await configuration.notifiers.list({ limit: MOST_ALERTING, descending: false });
  if (all.length < MOST_ALERTING) return configuration.notifiers.create(draft, by);
  throw fault('validation', {
    field: 'name',
    detail: `There are ${MOST_ALERTING} notifiers already, which is the most.`,
  });
}

export const createNotifier = route({
  method: 'POST',
  path: '/api/v1/notifier',
  operationId: 'v1.notifier.create',
  summary: 'Create a notifier: a way by which people are told of alerts.',
  access: 'admin',
  body: NotifierIn,
  answers: { 201: NotifierOut },
  async handle({ body, by }, parts) {
    const { name, ...given } = body;
    const created = await create({ name, ...draftOf(given, null, parts) }, by(), parts);
    return { status: 201, value: notifierView(created, parts.idText) };
  },
});

export const listNotifiers = route({
  method: 'GET',
  path: '/api/v1/notifier',
  operationId: 'v1.notifier.list',
  summary: 'List notifiers by name, without their secrets.',
  access: 'admin',
  query: OrderedPageQuery,
  answers: { 200: listOf(NotifierOut) },
  async handle({ query }, { configuration, idText }) {
    const page = pageFrom(query, query.order === 'descending', (iterator) => iterator);
    const { limit, descending, after: afterUid } = page;
    const rows = await configuration.notifiers.list({ limit, descending, afterUid });
    const write = (row: Notifier): string => JSON.stringify(notifierView(row, idText));
    return { status: 200, json: pageJson(rows, page, ({ name }) => name, write) };
  },
});

export const getNotifier = route({
  method: 'GET',
  path: PATH,
  operationId: 'v1.notifier.get',
  summary: 'Get a notifier by its name, without its secret.',
  access: 'admin',
  answers: { 200: NotifierOut },
  async handle({ path }, parts) {
    const found = await find(parts, path('notifier_name'));
    return { status: 200, value: notifierView(found, parts.idText) };
  },
});

export const putNotifier = route({
  method: 'PUT',
  path: PATH,
  operationId: 'v1.notifier.update',
  summary:
    'Replace a notifier; one that is not there yet is created. Without a secret its own stays.',
  access: 'admin',
  body: NotifierUpdate,
  answers: { 200: NotifierOut, 201: NotifierOut },
  async handle({ path, body, by }, parts) {
    const { configuration, idText } = parts;
    const name = path('notifier_name');
    const known = await configuration.notifiers.byName(name);
    if (known !== null) {
      const replace = (now: Notifier): Notifier => ({ ...now, ...draftOf(body, now, parts) });
      const updated = await configuration.notifiers.update(known, replace, by());
      return { status: 200, value: notifierView(updated, idText) };
    }
    checkName(name);
    const created = await create({ name, ...draftOf(body, null, parts) }, by(), parts);
    return { status: 201, value: notifierView(created, idText) };
  },
});

export const deleteNotifier = route({
  method: 'DELETE',
  path: PATH,
  operationId: 'v1.notifier.delete',
  summary: 'Delete a notifier. Routes that name it tell nobody by it any more.',
  access: 'admin',
  answers: { 204: null },
  async handle({ path, by }, parts) {
    const { id } = await find(parts, path('notifier_name'));
    await parts.configuration.notifiers.remove(id, by());
    return { status: 204 };
  },
});

export const testNotifier = route({
  method: 'POST',
  path: `${PATH}/test`,
  operationId: 'v1.notifier.test',
  summary: 'Send a notification that is marked as a test, and tell what the server said.',
  access: 'admin',
  body: AlertMoveIn,
  answers: { 200: NotifierTestOut },
  async handle({ path, by }, parts) {
    const notifier = await find(parts, path('notifier_name'));
    const { isSent, said } = await parts.alerts.test(notifier, by().actor);
    return { status: 200, value: { isSent, said } };
  },
});
