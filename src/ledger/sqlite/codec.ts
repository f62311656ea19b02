import type { Acceptance, Settlement, Telling } from '../contract.ts';
import type { Ended, Operation } from './executor.ts';

/**
 * How operations and their ends travel between threads: one flat array a group. A structured clone writes and looks
 * up every property's name, in both threads: of the two operations that every delivery takes, accept and settle,
 * only the values travel, in a fixed order, and the others as they are. Strings come out as they went in, lone
 * surrogates included, and so do undefined, null, Infinity and every double.
 */
export type Flat = readonly unknown[];

/** What the next values in a flat array are. */
const OTHER = 0;
const ACCEPT = 1;
const SETTLE = 2;

export function encodeOperations(operations: readonly Operation[]): Flat {
  const flat: unknown[] = [];
  for (const [name, request] of operations) {
    if (name === 'accept') {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- assembleLedger ties names to requests
      pushAcceptance(flat, request as Acceptance);
    } else if (name === 'settle') {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- assembleLedger ties names to requests
      pushSettlement(flat, request as Settlement & Telling);
    } else flat.push(OTHER, name, request);
  }
  return flat;
}

export function decodeOperations(flat: Flat): Operation[] {
  const operations: Operation[] = [];
  const cursor = { at: 0 };
  while (cursor.at < flat.length) {
    const kind = flat[cursor.at];
    cursor.at += 1;
    if (kind === ACCEPT) operations.push(['accept', readAcceptance(flat, cursor)]);
    else if (kind === SETTLE) operations.push(['settle', readSettlement(flat, cursor)]);
    else {
      operations.push([String(flat[cursor.at]), flat[cursor.at + 1]]);
      cursor.at += 2;
    }
  }
  return operations;
}

function pushAcceptance(flat: unknown[], acceptance: Acceptance): void {
  const { message, deliveries } = acceptance;
  flat.push(
    ACCEPT,
    message.id,
    message.appId,
    message.eventType,
    message.eventId,
    message.channels,
    message.tags,
    message.payload,
    message.retentionDays,
    message.traceparent,
    message.matched,
    acceptance.contentHash,
    acceptance.idempotencyKey,
    deliveries.length,
  );
  for (const delivery of deliveries) {
    flat.push(
      delivery.endpointId,
      delivery.state,
      delivery.dueAt,
      delivery.attemptId,
      delivery.reason,
    );
  }
}

type Cursor = { at: number };

/** `satisfies` finds a field of the contract that is forgotten here. */
function readAcceptance(flat: Flat, cursor: Cursor): unknown {
  let at = cursor.at;
  const message = {
    id: flat[at++],
    appId: flat[at++],
    eventType: flat[at++],
    eventId: flat[at++],
    channels: flat[at++],
    tags: flat[at++],
    payload: flat[at++],
    retentionDays: flat[at++],
    traceparent: flat[at++],
    matched: flat[at++],
  } satisfies Every<Omit<Acceptance['message'], 'purgedAt'>>;
  const contentHash = flat[at++];
  const idempotencyKey = flat[at++];
  const count = Number(flat[at++]);
  const deliveries: unknown[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    deliveries.push({
      endpointId: flat[at++],
      state: flat[at++],
      dueAt: flat[at++],
      attemptId: flat[at++],
      reason: flat[at++],
    } satisfies Every<Acceptance['deliveries'][number]>);
  }
  cursor.at = at;
  return { message, deliveries, contentHash, idempotencyKey } satisfies Every<Acceptance>;
}

function pushSettlement(flat: unknown[], settlement: Settlement & Telling): void {
  const { timing } = settlement;
  flat.push(
    SETTLE,
    settlement.messageId,
    settlement.endpointId,
    settlement.attemptId,
    settlement.nth,
    settlement.trigger,
    settlement.outcome,
    settlement.statusCode,
    settlement.durationMs,
    timing.queuedMs,
    timing.dnsMs,
    timing.connectMs,
    timing.tlsMs,
    timing.sentMs,
    timing.firstByteMs,
    timing.lastByteMs,
    timing.failedPhase,
    settlement.detail,
    settlement.response,
    settlement.url,
    settlement.state,
    settlement.dueAt,
    settlement.reason,
    settlement.canaryId,
    settlement.lane,
    settlement.notices,
  );
}

function readSettlement(flat: Flat, cursor: Cursor): unknown {
  let at = cursor.at;
  const settlement = {
    messageId: flat[at++],
    endpointId: flat[at++],
    attemptId: flat[at++],
    nth: flat[at++],
    trigger: flat[at++],
    outcome: flat[at++],
    statusCode: flat[at++],
    durationMs: flat[at++],
    timing: {
      queuedMs: flat[at++],
      dnsMs: flat[at++],
      connectMs: flat[at++],
      tlsMs: flat[at++],
      sentMs: flat[at++],
      firstByteMs: flat[at++],
      lastByteMs: flat[at++],
      failedPhase: flat[at++],
    } satisfies Every<Settlement['timing']>,
    detail: flat[at++],
    response: flat[at++],
    url: flat[at++],
    state: flat[at++],
    dueAt: flat[at++],
    reason: flat[at++],
    canaryId: flat[at++],
  } satisfies Every<Omit<Settlement, 'lane'>>;
  const lane = flat[at++];
  const notices = flat[at++];
  cursor.at = at;
  if (lane === undefined && notices === undefined) return settlement;
  return {
    ...settlement,
    ...(lane === undefined ? {} : { lane }),
    ...(notices === undefined ? {} : { notices }),
  };
}

type Every<Request> = { readonly [Name in keyof Required<Request>]: unknown };

/** The two ends that nearly every operation has travel as a number, the others as they are. */
const ACCEPTED = 0;
const SETTLED = 1;

export function encodeEnds(ends: readonly Ended[]): Flat {
  return ends.map((end) => {
    if (!('value' in end)) return end;
    if (end.value === 'settled') return SETTLED;
    return isAccepted(end.value) ? ACCEPTED : end;
  });
}

export function decodeEnds(flat: Flat): readonly Ended[] {
  return flat.map((end): Ended => {
    if (end === ACCEPTED) return { value: { kind: 'accepted' } };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- encodeEnds gives back what it does not know as it came
    return end === SETTLED ? { value: 'settled' } : (end as Ended);
  });
}

function isAccepted(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'accepted'
  );
}
