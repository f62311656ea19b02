import {
  beginSpan,
  fault,
  timeOfId,
  type Clock,
  type IdText,
  type Log,
  type Random,
} from '../core/index.ts';
import type { Claim, Settlement } from '../ledger/index.ts';
import { decide, parseRetryAfter, type OutcomeClass } from '../retry/index.ts';
import type { Target } from './target.ts';
import { noTiming } from './timing.ts';
import type { Transport, TransportAnswer } from './transport.ts';

const USER_AGENT = 'Holdfast/0.1';

/** On the requests of a corrected delivery: the message that was corrected. */
const CORRECTS = 'holdfast-corrects';

/** On requests whose payload was made for the version that the endpoint is pinned to. */
const PAYLOAD_VERSION = 'holdfast-payload-version';

export type AttemptParts = {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly idText: IdText;
  readonly log: Log;
};

export type AttemptEnd = {
  readonly settlement: Settlement & { readonly outcome: OutcomeClass };
  /** What the answer asked for in its Retry-After. */
  readonly retryAfterMs: number | undefined;
  readonly disablesEndpoint: boolean;
};

/** Makes one attempt and decides what follows from its outcome. The attempt is on record already. */
export async function makeAttempt(
  claim: Claim,
  target: Target,
  parts: AttemptParts,
): Promise<AttemptEnd> {
  const { clock, idText, random } = parts;
  const { retry: policy } = target;
  const startedAt = clock.now();
  const span = beginSpan('holdfast.attempt', 'client', claim.traceparent, () => ({
    'server.address': target.host,
    'http.request.method': 'POST',
    'holdfast.message_id': idText.format('message', claim.messageId),
    'holdfast.endpoint_id': idText.format('endpoint', claim.endpointId),
    'holdfast.attempt': claim.nth,
  }));
  // Interruptions count as attempts: a delivery that takes the process down with it must come to an end too.
  const answer =
    claim.attemptsInRound > policy.delaysMs.length
      ? notSent
      : await sendSigned(claim, target, parts, startedAt, span.traceparent);
  const now = clock.now();
  span.end(
    answer.outcome === 'delivered' ? null : answer.outcome,
    answer.statusCode === null ? undefined : { 'http.response.status_code': answer.statusCode },
  );
  const retryAfterMs =
    answer.retryAfter === null ? undefined : parseRetryAfter(answer.retryAfter, now);
  const decision = decide({
    // What a canary tries does not cost a message: it is tried again, after a rollback as the endpoint is.
    outcomeClass:
      answer.outcome === 'conversion_failed' && target.canaryId !== null
        ? 'internal_error'
        : answer.outcome,
    retryAfterMs,
    attemptsInRound: claim.attemptsInRound,
    roundStartedAt: claim.roundStartedAt,
    policy,
    now,
    random,
  });
  const next =
    decision.kind === 'delivered'
      ? { state: 'delivered' as const, dueAt: null, reason: null }
      : decision.kind === 'retry'
        ? { state: 'scheduled' as const, dueAt: decision.dueAt, reason: answer.outcome }
        : { state: 'dead' as const, dueAt: null, reason: decision.reason };
  return {
    disablesEndpoint: decision.disablesEndpoint,
    retryAfterMs,
    settlement: {
      messageId: claim.messageId,
      endpointId: claim.endpointId,
      attemptId: claim.attemptId,
      nth: claim.nth,
      trigger: claim.trigger,
      outcome: answer.outcome,
      statusCode: answer.statusCode,
      durationMs: now - startedAt,
      timing: {
        ...answer.timing,
        queuedMs: Math.max(0, startedAt - claim.dueAt),
        failedPhase: answer.phase,
      },
      detail: answer.detail,
      response: answer.response,
      url: target.url,
      canaryId: target.canaryId,
      address: answer.address,
      certificate: answer.certificate,
      ...next,
    },
  };
}

const notSent: TransportAnswer = {
  outcome: 'interrupted',
  statusCode: null,
  retryAfter: null,
  response: '',
  detail: 'Not sent: all attempts of the policy were started, and the last ones were interrupted.',
  timing: noTiming,
  phase: null,
  address: null,
  certificate: null,
};

type SendParts = Pick<AttemptParts, 'idText' | 'transport' | 'log'>;

function sendSigned(
  claim: Claim,
  target: Target,
  { idText, transport, log }: SendParts,
  startedAt: number,
  traceparent: string | null,
): Promise<TransportAnswer> {
  try {
    const messageId = idText.format('message', claim.messageId);
    const { corrected } = claim;
    // A receiver that has the message already would take the same id for a repetition.
    const id =
      typeof corrected?.webhookNth === 'number'
        ? `${messageId}_c${corrected.webhookNth}`
        : messageId;
    const converted = target.pinned === null ? null : target.pinned(claim.eventType, claim.payload);
    if (converted?.kind === 'failed') {
      const { detail } = converted;
      return Promise.resolve({ ...notSent, outcome: 'conversion_failed', detail });
    }
    const body = converted === null ? claim.payload : converted.text;
    const timestampSeconds = Math.floor(startedAt / 1000);
    const timestamp = String(timestampSeconds);
    const signature = target.signer.sign(id, timestampSeconds, body);
    const headers = [
      'content-type',
      'application/json',
      'user-agent',
      USER_AGENT,
      ...target.headers,
    ];
    if (corrected !== null) headers.push(CORRECTS, messageId);
    if (converted !== null) headers.push(PAYLOAD_VERSION, converted.version);
    if (traceparent !== null && target.passesTrace) headers.push('traceparent', traceparent);
    for (const names of target.signatureHeaders) {
      headers.push(names.id, id, names.timestamp, timestamp, names.signature, signature);
    }
    return transport.send({
      origin: target.origin,
      path: target.path,
      headers,
      body,
    });
  } catch (thrown) {
    // Our bug, not the endpoint's: recorded as such, so that it is seen and the delivery goes on.
    const named = thrown instanceof Error ? thrown : fault('internal');
    log.error(
      { err: named, messageId: claim.messageId, acceptedAt: timeOfId(claim.messageId) },
      'an attempt threw',
    );
    return Promise.resolve({
      outcome: 'internal_error',
      statusCode: null,
      retryAfter: null,
      response: '',
      detail: named.message,
      timing: noTiming,
      phase: null,
      address: null,
      certificate: null,
    });
  }
}
