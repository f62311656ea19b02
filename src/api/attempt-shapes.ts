import { Type } from 'typebox';
import { attemptPhases } from '../ledger/index.ts';
import { dateTime } from './field-shapes.ts';
import { EndpointMessagesQuery } from './message-shapes.ts';

const phaseMs = Type.Union([Type.Number({ minimum: 0 }), Type.Null()]);
/** Milliseconds of each phase, null where there was none; `failedPhase` is null where a whole answer came. */
const AttemptTimingOut = Type.Object({
  queuedMs: phaseMs,
  dnsMs: phaseMs,
  connectMs: phaseMs,
  tlsMs: phaseMs,
  sentMs: phaseMs,
  firstByteMs: phaseMs,
  lastByteMs: phaseMs,
  failedPhase: Type.Union([...attemptPhases.map((phase) => Type.Literal(phase)), Type.Null()]),
});

export const AttemptOut = Type.Object({
  id: Type.String(),
  endpointId: Type.String(),
  msgId: Type.String(),
  url: Type.String(),
  response: Type.String(),
  responseStatusCode: Type.Integer(),
  responseDurationMs: Type.Integer(),
  status: Type.Integer(),
  statusText: Type.String(),
  triggerType: Type.Integer(),
  timestamp: dateTime,
  /** Ours: the class of the outcome, and what went wrong where there was no answer. */
  outcome: Type.String(),
  detail: Type.Union([Type.String(), Type.Null()]),
  /** Ours: the canary whose candidate it went to. */
  canaryId: Type.Union([Type.String(), Type.Null()]),
  /** Ours: the IP address it went to or tried last; null also for tokens of one application. */
  address: Type.Union([Type.String(), Type.Null()]),
  /** Ours: the chain that the receiver showed, as `fingerprint` of a certificate has it. */
  certificate: Type.Union([Type.String(), Type.Null()]),
  /** Ours: where its time went. */
  timing: AttemptTimingOut,
});

export const AttemptsQuery = Type.Object({
  ...EndpointMessagesQuery.properties,
  status_code_class: Type.Optional(
    Type.Union([0, 100, 200, 300, 400, 500].map((code) => Type.Literal(code))),
  ),
  endpoint_id: Type.Optional(Type.String({ maxLength: 256 })),
});
