import { timeOfId, type IdText } from '../core/index.ts';
import type { Application, Endpoint, EventType, Token } from '../change/index.ts';
import { chainFingerprint, EXPIRY_WARNING_MS } from '../delivery/index.ts';
import type {
  Act,
  ActProgress,
  Attempt,
  Certificate,
  CertificateLink,
  DeadLetter,
  Delivery,
  Message,
} from '../ledger/index.ts';
import { momentText as moment } from './moment.ts';

/** How records look from outside. */

export function applicationView(application: Application, idText: IdText): object {
  const { name, uid, metadata, throttleRate, people = null, createdAt, updatedAt } = application;
  return {
    id: idText.format('application', application.id),
    name,
    ...(uid === null ? {} : { uid }),
    ...(throttleRate === null ? {} : { throttleRate }),
    ...(people === null ? {} : { people }),
    metadata,
    signatureHeaders: application.signatureHeaders,
    createdAt: moment(createdAt),
    updatedAt: moment(updatedAt),
  };
}

export function endpointView(endpoint: Endpoint, idText: IdText): object {
  const { uid, url, description, disabled, eventTypes, channels, metadata, throttleRate } =
    endpoint;
  return {
    id: idText.format('endpoint', endpoint.id),
    uid,
    url,
    alternateUrl: endpoint.alternateUrl,
    isAlternateInUse: endpoint.isAlternateInUse,
    description,
    disabled,
    eventTypes,
    channels,
    metadata,
    throttleRate,
    createdAt: moment(endpoint.createdAt),
    updatedAt: moment(endpoint.updatedAt),
  };
}

/** What stands for a payload that was removed, with Svix and here. */
const GONE = '{"expired":true}';

/** JSON text, as the payload goes out exactly as it came in. */
export function messageJson(message: Message, idText: IdText, withContent: boolean): string {
  const { eventType, eventId, channels, tags, value } = message;
  const rest = JSON.stringify({
    id: idText.format('message', message.id),
    eventType,
    timestamp: moment(timeOfId(message.id)),
    eventId,
    channels,
    ...(tags === null ? {} : { tags }),
    ...(value === undefined ? {} : { value }),
  });
  const payload = withContent ? (message.payload ?? GONE) : '{}';
  return `${rest.slice(0, -1)},"payload":${payload}}`;
}

const attemptStatus = (outcome: string): { status: number; statusText: string } =>
  outcome === 'delivered'
    ? { status: 0, statusText: 'success' }
    : { status: 2, statusText: 'fail' };

/** Which of an attempt's fields the caller wants, and may see. */
export type AttemptSight = {
  readonly withContent: boolean;
  /** What names resolve to in the network that this service stands in is not for one application's token. */
  readonly seesAddress: boolean;
};

export function attemptView(
  attempt: Attempt,
  idText: IdText,
  { withContent, seesAddress }: AttemptSight,
): object {
  return {
    id: idText.format('attempt', attempt.id),
    msgId: idText.format('message', attempt.messageId),
    endpointId: idText.format('endpoint', attempt.endpointId),
    url: attempt.url,
    ...attemptStatus(attempt.outcome),
    responseStatusCode: attempt.statusCode ?? 0,
    response: withContent ? attempt.response : '{}',
    responseDurationMs: attempt.durationMs,
    triggerType: attempt.trigger === 'manual' ? 1 : 0,
    timestamp: moment(timeOfId(attempt.id)),
    outcome: attempt.outcome,
    canaryId: attempt.canaryId === null ? null : idText.format('canary', attempt.canaryId),
    detail: attempt.detail,
    address: seesAddress ? attempt.address : null,
    certificate: attempt.certificate,
    timing: attempt.timing,
  };
}

export function deliveryView(delivery: Delivery | DeadLetter, idText: IdText): object {
  const { state, reason, attempts, dueAt } = delivery;
  return {
    msgId: idText.format('message', delivery.messageId),
    endpointId: idText.format('endpoint', delivery.endpointId),
    state,
    reason,
    attempts,
    nextAttempt: state === 'scheduled' && dueAt !== null ? moment(dueAt) : null,
    ...('eventType' in delivery
      ? {
          eventType: delivery.eventType,
          lastOutcome: delivery.lastOutcome,
          lastStatusCode: delivery.lastStatusCode,
        }
      : {}),
  };
}

export function actView(act: Act | ActProgress, idText: IdText): object {
  const { kind, actor, reason, perSecond, done, touched } = act;
  return {
    id: idText.format('act', act.id),
    kind,
    actor,
    reason,
    at: moment(timeOfId(act.id)),
    perSecond,
    done,
    touched,
    ...('states' in act ? { states: act.states } : {}),
  };
}

export function eventTypeView(eventType: EventType, withSchemas: boolean): object {
  const { name, description, archived, deprecated, featureFlag, schemas, value } = eventType;
  return {
    name,
    description,
    archived,
    deprecated,
    featureFlag,
    schemas: withSchemas ? schemas : null,
    value: value ?? null,
    createdAt: moment(eventType.createdAt),
    updatedAt: moment(eventType.updatedAt),
  };
}

/** Without the hash: it is nobody's business. */
export function tokenView(
  { id, name, scope, isRevoked, createdAt }: Token,
  idText: IdText,
): object {
  return { id: idText.format('token', id), name, scope, isRevoked, createdAt: moment(createdAt) };
}

const linkView = ({ validFrom, validTo, ...link }: CertificateLink): object => ({
  ...link,
  validFrom: moment(validFrom),
  validTo: moment(validTo),
});

export function certificateView(certificate: Certificate, idText: IdText, now: number): object {
  const { id, peer, chain, expiresAt, firstSeenAt, lastSeenAt } = certificate;
  return {
    id: idText.format('certificate', id),
    peer,
    fingerprint: chainFingerprint(chain),
    chain: chain.map(linkView),
    expiresAt: moment(expiresAt),
    isExpiring: expiresAt - now < EXPIRY_WARNING_MS,
    firstSeenAt: moment(firstSeenAt),
    lastSeenAt: moment(lastSeenAt),
  };
}
