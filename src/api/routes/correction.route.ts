import { fault, idAt, startStopwatch, timeOfId, type IdText } from '../../core/index.ts';
import { parseCorrection } from '../../correction/index.ts';
import type { Application } from '../../change/index.ts';
import { memberText } from '../../intake/index.ts';
import {
  addCounts,
  type Act,
  type ActProgress,
  type CorrectionCounts,
  type CorrectionExample,
  type CorrectionOrder,
  type CorrectionProgress,
  type CorrectionRecord,
} from '../../ledger/index.ts';
import {
  CorrectionIn,
  CorrectionOut,
  CorrectionPreviewOut,
  CorrectionRecordOut,
  CorrectionRecordsQuery,
} from '../correction-shapes.ts';
import { momentOf, momentText } from '../moment.ts';
import { ledgerPage, pageFrom, pageJson } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { findEndpoint } from '../resolve.ts';
import { route, type Answer } from '../route.ts';
import { listOf } from '../page-shapes.ts';
import { actView } from '../views.ts';
import type { Static } from 'typebox';

/** What a preview walks, and how long, at most. It says so where that is not all. */
const PREVIEW_MESSAGES = 100_000;
const PREVIEW_MS = 5_000;
/** The ledger's readers take turns: a slice is a few milliseconds. */
const SLICE_MESSAGES = 1_000;
const EXAMPLES = 20;
/** What the receiver has not taken yet. */
const USUAL_STATES = ['scheduled', 'dead'] as const;

/** Throws `validation` for a correction that is none, `not_found` for an endpoint that is not there. */
async function orderFrom(
  parts: ApiParts,
  application: Application,
  body: Static<typeof CorrectionIn>,
  bodyText: string,
): Promise<CorrectionOrder> {
  const { endpointId, since, until, eventTypes, states = USUAL_STATES, webhookId } = body;
  // As it was written: a patch may put in a number that JavaScript cannot hold.
  const declaration = memberText(bodyText, 'correction') ?? '';
  parseCorrection(declaration);
  const endpoint =
    endpointId === undefined ? undefined : await findEndpoint(parts, application, endpointId);
  return {
    states,
    endpointId: endpoint?.id,
    eventTypes,
    fromId: since === undefined ? undefined : idAt(momentOf(since, 'since')),
    beforeId: until === undefined ? undefined : idAt(momentOf(until, 'until')),
    declaration,
    webhookId,
    maxBytes: parts.settings.payloadLimitBytes,
  };
}

export const correct = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/correction',
  operationId: 'v1.correction.create',
  summary:
    'Correct payloads by a declared correction and send them, at a limited rate; with preview, say what that would do. Without preview the answer names an act whose progress can be read.',
  access: 'organization',
  body: CorrectionIn,
  answers: { 200: CorrectionPreviewOut, 202: CorrectionOut },
  async handle({ body, bodyText, application, principal }, parts) {
    const { ledger, ids, clock, acts, idText, settings } = parts;
    const app = await application();
    const order = await orderFrom(parts, app, body, bodyText);
    if (body.preview === true) return preview(parts, app, order);
    const id = ids.next();
    const { reason, perSecond = settings.redrivePerSecond } = body;
    const { actor } = principal;
    const dueFrom = clock.now();
    await ledger.startCorrection({ id, appId: app.id, actor, reason, perSecond, dueFrom, order });
    acts.run(id);
    const begun = await readCorrection(parts, app.id, id);
    if (begun === null) throw new Error(`act ${id} was just stored`);
    return { status: 202, json: correctionJson(begun, idText) };
  },
});

async function preview(
  { ledger, idText }: ApiParts,
  { id: appId }: Application,
  order: CorrectionOrder,
): Promise<Answer> {
  const elapsedMs = startStopwatch();
  const examples: CorrectionExample[] = [];
  let counts: CorrectionCounts = {
    messages: 0,
    deliveries: 0,
    matched: 0,
    corrected: 0,
    skipped: {},
  };
  let cursor = 0;
  let isWhole = false;
  while (!isWhole && counts.messages < PREVIEW_MESSAGES && elapsedMs() < PREVIEW_MS) {
    const slice = await ledger.previewCorrection({
      appId,
      order,
      afterId: cursor,
      limit: Math.min(SLICE_MESSAGES, PREVIEW_MESSAGES - counts.messages),
      examples: EXAMPLES - examples.length,
    });
    examples.push(...slice.examples);
    counts = addCounts(counts, slice.counts);
    ({ cursor, isDone: isWhole } = slice);
  }
  return {
    status: 200,
    value: {
      counts,
      isWhole,
      walkedUntil: counts.messages === 0 ? null : momentText(timeOfId(cursor)),
      examples: examples.map(({ messageId, endpointId, ...example }) => ({
        msgId: idText.format('message', messageId),
        endpointId: idText.format('endpoint', endpointId),
        ...example,
      })),
    },
  };
}

export const getCorrection = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/correction/{correction_id}',
  operationId: 'v1.correction.get',
  summary: 'Get a correction: how it was declared, how far it is, and what it skipped and why.',
  access: 'organization',
  answers: { 200: CorrectionOut },
  async handle({ path, application }, parts) {
    const { id: appId } = await application();
    const found = await findCorrection(parts, appId, path('correction_id'));
    return { status: 200, json: correctionJson(found, parts.idText) };
  },
});

export const listCorrectionRecords = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/correction/{correction_id}/record',
  operationId: 'v1.correction.list-records',
  summary:
    'List the audit rows of a correction, one for each delivery that was corrected: before, after, who, when, and what became of it.',
  access: 'organization',
  query: CorrectionRecordsQuery,
  answers: { 200: listOf(CorrectionRecordOut) },
  async handle({ path, query, application }, parts) {
    const { ledger, idText } = parts;
    const { id: appId } = await application();
    const { act } = await findCorrection(parts, appId, path('correction_id'));
    const page = pageFrom(query, false, (text) =>
      /^\d{1,15}$/.test(text) ? Number(text) : undefined,
    );
    const rows = await ledger.correctionRecords({ actId: act.id, ...ledgerPage(page) });
    const write = (row: CorrectionRecord): string =>
      JSON.stringify(correctionRecordView(row, act, idText));
    return { status: 200, json: pageJson(rows, page, ({ id }) => String(id), write) };
  },
});

type Found = { readonly act: ActProgress; readonly progress: CorrectionProgress };

async function readCorrection(
  { ledger }: ApiParts,
  appId: number,
  id: number,
): Promise<Found | null> {
  const [progress, act] = await Promise.all([ledger.correction(id), ledger.act(id)]);
  return progress === null || act === null || act.appId !== appId ? null : { act, progress };
}

async function findCorrection(parts: ApiParts, appId: number, text: string): Promise<Found> {
  const id = parts.idText.parse('act', text);
  const found = id === undefined ? null : await readCorrection(parts, appId, id);
  if (found !== null) return found;
  throw fault('not_found', {
    field: 'correction_id',
    detail: `No correction of this application has the id "${text}".`,
  });
}

/** The declaration goes out as it came in. */
function correctionJson({ act, progress }: Found, idText: IdText): string {
  const rest = JSON.stringify({ ...actView(act, idText), counts: progress.counts });
  return `${rest.slice(0, -1)},"correction":${progress.order.declaration}}`;
}

function correctionRecordView(
  record: CorrectionRecord,
  { actor, reason }: Act,
  idText: IdText,
): object {
  const { messageId, endpointId, nth, webhookNth, changes, beforeHash, afterHash, state } = record;
  const msgId = idText.format('message', messageId);
  return {
    msgId,
    endpointId: idText.format('endpoint', endpointId),
    nth,
    webhookId: webhookNth === null ? msgId : `${msgId}_c${webhookNth}`,
    changes,
    beforeHash,
    afterHash,
    actor,
    reason,
    at: momentText(record.at),
    state,
  };
}
