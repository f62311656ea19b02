import { isDeepStrictEqual } from 'node:util';
import { fault, type HoldfastError, type IdText } from '../../core/index.ts';
import type { DriftFinding } from '../../contract/index.ts';
import type { DriftView } from '../../intake/index.ts';
import { DriftFindingOut, DriftIn, DriftOut } from '../drift-shapes.ts';
import { route } from '../route.ts';

const EMPTY: DriftView = { looked: 0, fields: [], ignoredFields: [], findings: [] };

function findingView(finding: DriftFinding, idText: IdText): unknown {
  const text = (id: number): string => idText.format('message', id);
  return {
    ...finding,
    sinceMessageId: text(finding.sinceMessageId),
    foundMessageId: text(finding.foundMessageId),
    examples: finding.examples.map(({ messageId, value }) => ({
      messageId: text(messageId),
      value,
    })),
  };
}

/** The newest finding first. */
function view(drift: DriftView, idText: IdText): unknown {
  return {
    ...drift,
    findings: drift.findings.map((finding) => findingView(finding, idText)).toReversed(),
  };
}

export const getDrift = route({
  method: 'GET',
  path: '/api/v1/event-type/{event_type_name}/drift',
  operationId: 'v1.event-type.get-drift',
  summary: 'Tell what is known of the payloads of an event type, and what changed in them.',
  access: 'organization',
  answers: { 200: DriftOut },
  handle({ path }, { drift, idText }) {
    const known = drift.of(path('event_type_name')) ?? EMPTY;
    return Promise.resolve({ status: 200, value: view(known, idText) });
  },
});

export const putDrift = route({
  method: 'PUT',
  path: '/api/v1/event-type/{event_type_name}/drift',
  operationId: 'v1.event-type.set-drift',
  summary:
    'Name the fields of an event type that raise no findings; what is below them raises none either.',
  access: 'organization',
  body: DriftIn,
  answers: { 200: DriftOut },
  async handle({ path, body: { ignoredFields }, by }, { drift, idText, configuration }) {
    const subject = path('event_type_name');
    const before = drift.of(subject)?.ignoredFields ?? [];
    const known = await drift.ignore(subject, ignoredFields);
    if (known === null) throw unknownTo('event_type_name', 'No message of it was looked at yet.');
    if (!isDeepStrictEqual(known.ignoredFields, before)) {
      await configuration.changes.record('drift', {
        by: by(),
        subject,
        appId: 0,
        before: { ignoredFields: before },
        facts: { ignoredFields: known.ignoredFields },
      });
    }
    return { status: 200, value: view(known, idText) };
  },
});

export const acceptDrift = route({
  method: 'POST',
  path: '/api/v1/event-type/{event_type_name}/drift/{finding}/accept',
  operationId: 'v1.event-type.accept-drift',
  summary: 'Take what was found as normal from now on; it is not reported again.',
  access: 'organization',
  answers: { 200: DriftFindingOut },
  async handle({ path, by }, { drift, idText, configuration }) {
    const subject = path('event_type_name');
    const id = Number(path('finding'));
    const before = drift.of(subject)?.findings.find((finding) => finding.id === id);
    const accepted = await drift.accept(subject, id);
    if (accepted === null) throw unknownTo('finding', 'There is no such finding.');
    if (before !== undefined && before.state !== 'accepted') {
      await configuration.changes.record('drift', {
        by: by(),
        subject,
        appId: 0,
        before: { ...before },
        facts: { ...accepted },
      });
    }
    return { status: 200, value: findingView(accepted, idText) };
  },
});

function unknownTo(field: string, detail: string): HoldfastError {
  return fault('not_found', { field, detail });
}
