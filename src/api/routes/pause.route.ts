import { fault, type IdText } from '../../core/index.ts';
import type { Pause } from '../../change/index.ts';
import { withReason } from '../change-by.ts';
import { momentText } from '../moment.ts';
import type { ApiParts } from '../parts.ts';
import { patched } from '../patch.ts';
import { PauseIn, PauseOut, PausePatch, PausesOut } from '../pause-shapes.ts';
import { findApplicationOrNull } from '../resolve.ts';
import { route } from '../route.ts';

/** What waited is let go on at this rate, where nobody says. */
const RESUME_PER_SECOND = 100;

function pauseView(pause: Pause, idText: IdText): object {
  const { id, appId, eventType, reason, resumePerSecond, createdAt } = pause;
  return {
    id: idText.format('pause', id),
    appId: appId === 0 ? null : idText.format('application', appId),
    eventType,
    reason,
    resumePerSecond,
    since: momentText(createdAt),
  };
}

function findPause({ configuration, idText }: ApiParts, text: string): Pause {
  const id = idText.parse('pause', text);
  const pause = id === undefined ? null : configuration.pauses.byId(id);
  if (pause === null) throw fault('not_found', { field: 'pause_id' });
  return pause;
}

export const beginPause = route({
  method: 'POST',
  path: '/api/v1/pause',
  operationId: 'v1.pause.begin',
  summary:
    'Hold back the deliveries of an application, of an event type, or of the whole service. They are accepted and wait in the ledger; none is lost.',
  access: 'organization',
  body: PauseIn,
  answers: { 201: PauseOut },
  async handle({ body, principal, by }, parts) {
    const { configuration, idText } = parts;
    const { appId, eventType = null, reason } = body;
    const application =
      appId === undefined ? null : await findApplicationOrNull(parts, principal, appId);
    if (appId !== undefined && application === null) throw fault('not_found', { field: 'appId' });
    const { resumePerSecond = eventType === null ? null : RESUME_PER_SECOND } = body;
    const draft = { appId: application?.id ?? 0, eventType, reason, resumePerSecond };
    const begun = await configuration.pauses.begin(draft, withReason(by(), reason));
    return { status: 201, value: pauseView(begun, idText) };
  },
});

export const listPauses = route({
  method: 'GET',
  path: '/api/v1/pause',
  operationId: 'v1.pause.list',
  summary: 'List the pauses of applications, event types and the service, the oldest first.',
  access: 'organization',
  answers: { 200: PausesOut },
  async handle(_input, { configuration, idText }) {
    const data = configuration.pauses.list().map((pause) => pauseView(pause, idText));
    return { status: 200, value: { data } };
  },
});

export const patchPause = route({
  method: 'PATCH',
  path: '/api/v1/pause/{pause_id}',
  operationId: 'v1.pause.patch',
  summary: 'Change the reason of a pause, or the rate at which what waits goes on after it.',
  access: 'organization',
  body: PausePatch,
  answers: { 200: PauseOut },
  async handle({ path, body, by }, parts) {
    const patch = (known: Pause): Pause => ({
      ...known,
      reason: patched(body.reason, known.reason),
      resumePerSecond: patched(body.resumePerSecond, known.resumePerSecond),
    });
    const known = findPause(parts, path('pause_id'));
    const updated = await parts.configuration.pauses.update(known, patch, by());
    return { status: 200, value: pauseView(updated, parts.idText) };
  },
});

export const endPause = route({
  method: 'DELETE',
  path: '/api/v1/pause/{pause_id}',
  operationId: 'v1.pause.end',
  summary: 'End a pause: what waits goes on, of an event type at the rate of the pause.',
  access: 'organization',
  answers: { 204: null },
  async handle({ path, by }, parts) {
    const { id } = findPause(parts, path('pause_id'));
    const isEnded = await parts.configuration.pauses.end(id, by());
    if (!isEnded) throw fault('not_found', { field: 'pause_id' });
    return { status: 204 };
  },
});
