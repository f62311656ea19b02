import type { Static, TSchema } from 'typebox';
import { fault } from '../../core/index.ts';
import {
  actionBounds,
  actionItemOf,
  notReplayed,
  type ActionFields,
  type ActionItem,
  type ActionMove,
  type NotReplayed,
  type Verification,
} from '../../review/index.ts';
import type { VerificationIn } from '../action-item-shapes.ts';
import {
  ActionItemIn,
  ActionItemOut,
  ActionItemPatch,
  ActionMoveIn,
  ActionsQuery,
  IncidentActionsQuery,
  NotDoingIn,
  ResultIn,
} from '../action-item-shapes.ts';
import { actionItemView } from '../action-item-view.ts';
import type { Principal } from '../auth.ts';
import { evidenceOf, findIncident, sliceOf } from '../incident-resolve.ts';
import { momentOf } from '../moment.ts';
import { assertNotDeeper } from '../nesting.ts';
import { pageById, pageJson, type PageRequest } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { route, type Answer, type Route } from '../route.ts';
import { listOf } from '../page-shapes.ts';
import { INCIDENT_PATH } from './incident.route.ts';

const PATH = '/api/v1/action/{item_id}';
/** What JSON.stringify and whoever reads it by recursion bear. */
const DEEPEST = 100;

export const addActionItem = route({
  method: 'POST',
  path: `${INCIDENT_PATH}/action`,
  operationId: 'v1.action.create',
  summary:
    'Add an action item to an incident: its type, owner, date, measurable end, and how it is verified.',
  access: 'organization',
  body: ActionItemIn,
  answers: { 201: ActionItemOut },
  async handle({ path, body, by, principal }, parts) {
    const { id } = await findIncident(parts, path('incident_id'));
    const { type, text } = body;
    const none = { owner: '', dueAt: null, end: '', verification: null };
    const draft = { ...none, ...(await fieldsOf(body, principal, parts)), type, text };
    const item = await parts.reviews.addItem(id, draft, by().actor);
    return { status: 201, value: viewOf(item, parts) };
  },
});

export const listIncidentActions = route({
  method: 'GET',
  path: `${INCIDENT_PATH}/action`,
  operationId: 'v1.action.list-of-incident',
  summary: 'List the action items of an incident, the oldest first.',
  access: 'organization',
  query: IncidentActionsQuery,
  answers: { 200: listOf(ActionItemOut) },
  async handle({ path, query }, parts) {
    const { id: incidentId } = await findIncident(parts, path('incident_id'));
    return listItems(query, { incidentId }, parts);
  },
});

export const listActions = route({
  method: 'GET',
  path: '/api/v1/action',
  operationId: 'v1.action.list',
  summary:
    'List action items of all incidents, the oldest first; with overdue=true those whose date has passed.',
  access: 'organization',
  query: ActionsQuery,
  answers: { 200: listOf(ActionItemOut) },
  handle({ query }, parts) {
    const { overdue = false, open } = query;
    const filter = overdue ? { isOpen: true, dueBefore: parts.clock.now() + 1 } : { isOpen: open };
    return listItems(query, filter, parts);
  },
});

/** The ledger lists them forwards alone: pages before one are read from the first on. */
async function listItems(
  query: PageRequest,
  filter: { incidentId?: number; isOpen?: boolean | undefined; dueBefore?: number },
  parts: ApiParts,
): Promise<Answer> {
  const { ledger, idText } = parts;
  const page = pageById(query, false, 'action_item', idText);
  const items: ActionItem[] = [];
  if (page.isBackwards) {
    for (let afterId: number | undefined; ;) {
      const read = await ledger.actionItems({ ...filter, afterId, limit: PAGE });
      const before = read.filter(({ id }) => id < (page.after ?? Infinity));
      items.push(...before.map(actionItemOf));
      items.splice(0, items.length - page.limit);
      if (before.length < PAGE) break;
      afterId = read.at(-1)?.id;
    }
    items.reverse();
  } else {
    const read = { ...filter, afterId: page.after, limit: page.limit };
    items.push(...(await ledger.actionItems(read)).map(actionItemOf));
  }
  const write = (item: ActionItem): string => JSON.stringify(viewOf(item, parts));
  const textOf = ({ id }: ActionItem): string => idText.format('action_item', id);
  return { status: 200, json: pageJson(items, page, textOf, write) };
}

const PAGE = 250;

export const getAction = route({
  method: 'GET',
  path: PATH,
  operationId: 'v1.action.get',
  summary: 'Show an action item, with what its verifications came to.',
  access: 'organization',
  answers: { 200: ActionItemOut },
  async handle({ path }, parts) {
    const item = await parts.reviews.item(itemIdOf(path('item_id'), parts));
    return { status: 200, value: viewOf(item, parts) };
  },
});

function actRoute<Body extends TSchema>(
  given: Pick<Route, 'method' | 'path' | 'operationId' | 'summary'>,
  body: Body,
  act: (
    id: number,
    given: { readonly body: Static<Body>; readonly actor: string; readonly principal: Principal },
    parts: ApiParts,
  ) => Promise<ActionItem>,
): Route {
  return route({
    ...given,
    access: 'organization',
    body,
    answers: { 200: ActionItemOut },
    async handle(input, parts) {
      const id = itemIdOf(input.path('item_id'), parts);
      const { body: sent, principal } = input;
      const item = await act(id, { body: sent, actor: input.by().actor, principal }, parts);
      return { status: 200, value: viewOf(item, parts) };
    },
  });
}

const moveTo =
  (move: ActionMove) =>
  (id: number, { actor }: { readonly actor: string }, { reviews }: ApiParts): Promise<ActionItem> =>
    reviews.moveItem(id, move, actor);

export const patchAction = actRoute(
  {
    method: 'PATCH',
    path: PATH,
    operationId: 'v1.action.patch',
    summary:
      'Change an open action item. Another end or verification forgets the results of the one before.',
  },
  ActionItemPatch,
  async (id, { body, actor, principal }, parts) => {
    const { type, text } = body;
    const fields: ActionFields = {
      ...(await fieldsOf(body, principal, parts)),
      ...(type === undefined ? {} : { type }),
      ...(text === undefined ? {} : { text }),
    };
    return parts.reviews.moveItem(id, { kind: 'change', fields }, actor);
  },
);

export const doneAction = actRoute(
  {
    method: 'POST',
    path: `${PATH}/done`,
    operationId: 'v1.action.done',
    summary: 'Say that it is done. Where it has a verification, that has held by then.',
  },
  ActionMoveIn,
  moveTo({ kind: 'done' }),
);

export const notDoingAction = actRoute(
  {
    method: 'POST',
    path: `${PATH}/not-doing`,
    operationId: 'v1.action.not-doing',
    summary: 'Say that it is not done, and why. The reason shows wherever the item does.',
  },
  NotDoingIn,
  (id, { body: { reason }, actor }, { reviews }) =>
    reviews.moveItem(id, { kind: 'not_doing', reason }, actor),
);

export const reopenAction = actRoute(
  {
    method: 'POST',
    path: `${PATH}/reopen`,
    operationId: 'v1.action.reopen',
    summary: 'Open one again that was done, or was not to be done.',
  },
  ActionMoveIn,
  moveTo({ kind: 'reopen' }),
);

export const verifyAction = actRoute(
  {
    method: 'POST',
    path: `${PATH}/verify`,
    operationId: 'v1.action.verify',
    summary:
      'Run its verification now, and keep what it comes to: a detector over the recorded minutes, a canary, a contract.',
  },
  ActionMoveIn,
  (id, { actor }, { reviews }) => reviews.verify(id, actor),
);

export const tellResult = actRoute(
  {
    method: 'POST',
    path: `${PATH}/result`,
    operationId: 'v1.action.tell-result',
    summary:
      'Tell what a verification came to that runs elsewhere: a drill, a command, or what somebody saw behind a link.',
  },
  ResultIn,
  (id, { body: { isHeld, text }, actor }, { reviews }) => reviews.tell(id, isHeld, text, actor),
);

function viewOf(item: ActionItem, { clock, idText }: ApiParts): object {
  return actionItemView(item, clock.now(), idText);
}

function itemIdOf(text: string, { idText }: ApiParts): number {
  const id = idText.parse('action_item', text);
  if (id !== undefined) return id;
  throw fault('not_found', { field: 'item_id', detail: `No action item has the id "${text}".` });
}

/** Fields that creating and changing one share. Throws `validation`. */
async function fieldsOf(
  { owner, dueAt, end, verification }: Static<typeof ActionItemPatch>,
  principal: Principal,
  parts: ApiParts,
): Promise<Pick<ActionFields, 'owner' | 'dueAt' | 'end' | 'verification'>> {
  return {
    ...(owner === undefined ? {} : { owner }),
    ...(dueAt === undefined ? {} : { dueAt: dueAt === null ? null : dueMoment(dueAt) }),
    ...(end === undefined ? {} : { end }),
    ...(verification === undefined
      ? {}
      : {
          verification:
            verification === null ? null : await verificationOf(verification, principal, parts),
        }),
  };
}

function dueMoment(text: string): number {
  const at = momentOf(text, 'dueAt');
  if (at >= 0) return at;
  throw fault('validation', { field: 'dueAt', detail: 'It cannot lie before 1970.' });
}

const REPLAYED = 'burn_rate, outage, fast_burn, small_step, silence';

type Proposed = Extract<Static<typeof VerificationIn>, { kind: 'detector' }>['proposed'];

function isNotReplayed(
  proposed: Proposed,
): proposed is Extract<Proposed, { detector: NotReplayed }> {
  return Object.hasOwn(notReplayed, proposed.detector);
}

async function verificationOf(
  given: Static<typeof VerificationIn>,
  principal: Principal,
  parts: ApiParts,
): Promise<Verification> {
  switch (given.kind) {
    case 'link':
      evidenceOf([{ kind: 'url', url: given.url }]);
      return given;
    case 'detector': {
      const { indicator = 'first_attempt', proposed } = given;
      if (isNotReplayed(proposed)) {
        throw fault('validation', {
          field: 'verification',
          detail: `"${proposed.detector}" cannot be replayed over an incident. ${notReplayed[proposed.detector]} What can be: ${REPLAYED}; or verify it by a drill.`,
        });
      }
      if (proposed.detector === 'burn_rate' && proposed.shortMinutes > proposed.longMinutes) {
        throw fault('validation', {
          field: 'verification',
          detail: 'The short window is not longer than the long one.',
        });
      }
      return { kind: 'detector', indicator, proposed };
    }
    case 'canary': {
      const { endpointIds } = await sliceOf(parts, principal, { endpointIds: [given.endpointId] });
      return { kind: 'canary', endpointId: endpointIds[0] ?? 0 };
    }
    case 'contract': {
      const { eventType, payload, wanted = 'refuses' } = given;
      assertNotDeeper(payload, DEEPEST, 'verification');
      if (JSON.stringify(payload).length > actionBounds.payloadJson) {
        throw fault('validation', {
          field: 'verification',
          detail: `The payload is over ${actionBounds.payloadJson} characters.`,
        });
      }
      return { kind: 'contract', eventType, payload, wanted };
    }
    default:
      return given;
  }
}
