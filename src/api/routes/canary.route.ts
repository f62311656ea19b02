import type { Static } from 'typebox';
import { fault } from '../../core/index.ts';
import {
  checkHeaders,
  checkSteps,
  defaultSteps,
  sealHeaders,
  type Application,
  type Canary,
  type CanaryDraft,
  type CanaryEvent,
  type Endpoint,
} from '../../change/index.ts';
import { parseSecret } from '../../signature/index.ts';
import { withReason } from '../change-by.ts';
import { CanaryIn, CanaryMoveIn, CanaryOut, CanarySummaryOut } from '../canary-shapes.ts';
import { candidatePolicy, canarySummary, canaryView } from '../canary-view.ts';
import { checkedPayloadVersions } from '../payload-versions.ts';
import { ledgerPage, pageById, pageJson } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { assertPolicyThere, findEndpoint } from '../resolve.ts';
import { route, type Answer, type RouteInput } from '../route.ts';
import { listOf, PageQuery } from '../page-shapes.ts';

const DEADLINE_SECONDS = 60;

/** Fields that a reader may look for here, and why a canary has them not. */
const refused: Readonly<Record<string, string>> = {
  eventTypes:
    'It decides which messages match, before there is a delivery whose arm could be drawn.',
  channels: 'It decides which messages match, before there is a delivery whose arm could be drawn.',
  throttleRate: 'It acts on the lane, which both arms share.',
  concurrency: 'It acts on the lane, which both arms share.',
  lane: 'It acts on the lane, which both arms share.',
  disabled: 'It acts on the whole endpoint.',
  signatureHeaders: 'It belongs to the application, and goes for all of its endpoints.',
};

/** Throws `validation` for a policy whose trial would compare nothing. */
function assertDiffers(endpoint: Endpoint, policy: string | null, { engine }: ApiParts): void {
  const { perAttempt, perEndpoint } = candidatePolicy(endpoint, { policy }, engine);
  if (perAttempt.length > 0) return;
  const shared = perEndpoint.length === 0 ? '' : ` (it changes ${perEndpoint.join(', ')})`;
  throw fault('validation', {
    field: 'policy',
    detail: `That policy changes nothing here that acts on a single attempt${shared}, so there is nothing to compare.`,
  });
}

async function draftOf(
  endpoint: Endpoint,
  body: Static<typeof CanaryIn>,
  parts: ApiParts,
): Promise<CanaryDraft> {
  const { guard, sealer } = parts;
  for (const [field, why] of Object.entries(refused)) {
    if (Object.hasOwn(body, field)) {
      throw fault('validation', { field, detail: `A canary cannot try ${field}. ${why}` });
    }
  }
  const { url, headers, secret, passTrace, policy, payloadVersions } = body;
  const all = [url, headers, secret, passTrace, policy, payloadVersions];
  if (all.every((given) => given === undefined)) {
    throw fault('validation', {
      field: 'body',
      detail: 'Say what to try: url, headers, secret, passTrace, policy or payloadVersions.',
    });
  }
  if (policy !== undefined) {
    assertPolicyThere(policy, parts);
    assertDiffers(endpoint, policy, parts);
  }
  return {
    ...(policy === undefined ? {} : { policy }),
    ...(payloadVersions === undefined
      ? {}
      : { payloadVersions: await checkedPayloadVersions(payloadVersions, parts) }),
    ...(url === undefined ? {} : { url: guard.assertUrlAllowed(url).href }),
    ...(passTrace === undefined ? {} : { passTrace }),
    ...(headers === undefined ? {} : { sealedHeaders: sealHeaders(checkHeaders(headers), sealer) }),
    ...(secret === undefined ? {} : { sealedSecret: sealer.seal(parseSecret(secret).text) }),
    steps: checkSteps(body.steps ?? defaultSteps),
    deadlineMs: (body.deadlineSeconds ?? DEADLINE_SECONDS) * 1000,
    peakPercent: body.peakPercent ?? null,
  };
}

const PATH = '/api/v1/app/{app_id}/endpoint/{endpoint_id}/canary';

export const startCanary = route({
  method: 'POST',
  path: PATH,
  operationId: 'v1.canary.start',
  summary:
    'Try a change of an endpoint on a share of its messages first; it steps up, and is promoted or rolled back by itself.',
  access: 'organization',
  body: CanaryIn,
  answers: { 201: CanaryOut },
  async handle(input, parts) {
    const endpoint = await findEndpoint(
      parts,
      await input.application(),
      input.path('endpoint_id'),
    );
    const draft = await draftOf(endpoint, input.body, parts);
    const by = withReason(input.by(), input.body.reason ?? '');
    const canary = await parts.configuration.canaries.start(endpoint, draft, by);
    return { status: 201, value: await canaryView(canary, endpoint, parts) };
  },
});

async function find(
  parts: ApiParts,
  application: Application,
  endpointId: string,
): Promise<{ readonly endpoint: Endpoint; readonly canary: Canary }> {
  const endpoint = await findEndpoint(parts, application, endpointId);
  const canary = await parts.configuration.canaries.lastOf(endpoint);
  if (canary !== null) return { endpoint, canary };
  throw fault('not_found', { detail: 'This endpoint never had a canary.' });
}

export const getCanary = route({
  method: 'GET',
  path: PATH,
  operationId: 'v1.canary.get',
  summary:
    "Show an endpoint's canary, or the last one it had: both arms side by side, its step, and what it waits for.",
  access: 'portal',
  answers: { 200: CanaryOut },
  async handle({ path, application }, parts) {
    const { canary, endpoint } = await find(parts, await application(), path('endpoint_id'));
    return { status: 200, value: await canaryView(canary, endpoint, parts) };
  },
});

async function move(
  input: RouteInput<unknown, Static<typeof CanaryMoveIn>>,
  parts: ApiParts,
  kind: 'pause' | 'resume' | 'promote' | 'stop',
): Promise<Answer> {
  const endpointId = input.path('endpoint_id');
  const { canary, endpoint } = await find(parts, await input.application(), endpointId);
  const by = withReason(input.by(), input.body.reason ?? '');
  const event: CanaryEvent = { kind, reason: by.reason || `${by.actor} asked for it.` };
  const { stable, candidate, evidence } = await parts.canaries.report(canary);
  const result = { stable, candidate, evidence };
  const moved = await parts.configuration.canaries.move(canary.id, event, by, result);
  return { status: 200, value: await canaryView(moved, endpoint, parts) };
}

export const pauseCanary = route({
  method: 'POST',
  path: `${PATH}/pause`,
  operationId: 'v1.canary.pause',
  summary:
    'Send no more messages to the candidate until the canary is resumed; its time stands still.',
  access: 'organization',
  body: CanaryMoveIn,
  answers: { 200: CanaryOut },
  handle: (input, parts) => move(input, parts, 'pause'),
});

export const resumeCanary = route({
  method: 'POST',
  path: `${PATH}/resume`,
  operationId: 'v1.canary.resume',
  summary: 'Let a paused canary go on at its step.',
  access: 'organization',
  body: CanaryMoveIn,
  answers: { 200: CanaryOut },
  handle: (input, parts) => move(input, parts, 'resume'),
});

export const promoteCanary = route({
  method: 'POST',
  path: `${PATH}/promote`,
  operationId: 'v1.canary.promote',
  summary: 'Write what the canary tries to the endpoint now, without waiting for its schedule.',
  access: 'organization',
  body: CanaryMoveIn,
  answers: { 200: CanaryOut },
  handle: (input, parts) => move(input, parts, 'promote'),
});

export const stopCanary = route({
  method: 'POST',
  path: `${PATH}/stop`,
  operationId: 'v1.canary.stop',
  summary: 'End a canary; the endpoint stays as it was.',
  access: 'organization',
  body: CanaryMoveIn,
  answers: { 200: CanaryOut },
  handle: (input, parts) => move(input, parts, 'stop'),
});

export const listCanaries = route({
  method: 'GET',
  path: '/api/v1/canary',
  operationId: 'v1.canary.list',
  summary: 'List the canaries of all applications, the newest first.',
  access: 'organization',
  query: PageQuery,
  answers: { 200: listOf(CanarySummaryOut) },
  async handle({ query }, { configuration, idText }) {
    const page = pageById(query, true, 'canary', idText);
    const rows = await configuration.canaries.list(ledgerPage(page));
    const idOf = ({ id }: Canary): string => idText.format('canary', id);
    const write = (row: Canary): string => JSON.stringify(canarySummary(row, idText));
    return { status: 200, json: pageJson(rows, page, idOf, write) };
  },
});
