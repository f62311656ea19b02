import { fault, HoldfastError } from '../../core/index.ts';
import { memberTexts, type MessageDraft } from '../../intake/index.ts';
import { createCheck } from '../check.ts';
import { route } from '../route.ts';
import { BatchOut, MessageIn } from '../message-shapes.ts';
import { messageDraft } from './message.route.ts';

const MOST_MESSAGES = 1000;
const checkMessage = createCheck(MessageIn, 'body');

export const createMessages = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/msg/batch',
  operationId: 'v1.message.create-batch',
  summary:
    'Send up to 1,000 messages in one commit: a JSON array, or a message a line (NDJSON). Each has its own result.',
  access: 'organization',
  keepsKey: true,
  accepts: 'application/x-ndjson',
  answers: { 202: BatchOut },
  async handle({ bodyText, idempotencyKey, traceparent, application }, parts) {
    if (idempotencyKey !== null) {
      throw fault('validation', {
        field: 'idempotency-key',
        detail: 'A batch takes no idempotency key; give each message an eventId instead.',
      });
    }
    const { id: appId } = await application();
    const texts = textsOf(bodyText);
    const drafts = texts.map((text) => {
      try {
        const body = checkMessage(JSON.parse(text));
        return messageDraft(body, text, appId, { idempotencyKey: null, traceparent }, parts);
      } catch (thrown) {
        return failureOf(thrown);
      }
    });
    const accepted = await parts.intake.acceptAll(
      drafts.filter((draft): draft is MessageDraft => !('code' in draft)),
    );
    let next = 0;
    const data = drafts.map((draft) => {
      if ('code' in draft) {
        return { status: draft.status, code: draft.code, detail: draft.detail, field: draft.field };
      }
      const result = accepted[next];
      next += 1;
      if (result === undefined) throw new Error('a message of the batch has no result');
      if (result instanceof HoldfastError) return failureOf(result);
      return {
        status: 202,
        id: parts.idText.format('message', result.id),
        eventId: result.eventId,
      };
    });
    const isWhole = data.every(({ status }) => status === 202);
    return {
      status: 202,
      value: { data, accepted: data.filter(({ status }) => status === 202).length, isWhole },
    };
  },
});

type Failure = {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly field?: string | undefined;
};

function failureOf(thrown: unknown): Failure {
  const named =
    thrown instanceof HoldfastError ? thrown : fault('malformed_json', { field: 'body' });
  return { status: named.status, code: named.code, detail: named.message, field: named.field };
}

/** The messages' own texts: elements of an array, or lines. Throws `malformed_json`, `validation`. */
function textsOf(bodyText: string): readonly string[] {
  const texts = bodyText.trimStart().startsWith('[')
    ? memberTexts(bodyText)
    : bodyText.split('\n').filter((line) => line.trim() !== '');
  if (texts.length > 0 && texts.length <= MOST_MESSAGES) return texts;
  throw fault('validation', {
    field: 'body',
    detail: `A batch has 1 to ${MOST_MESSAGES} messages, not ${texts.length}.`,
  });
}
