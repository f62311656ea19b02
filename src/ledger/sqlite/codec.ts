import type { Acceptance, Telling } from '../contract/acceptance.ts';
import type { ClaimRequest, LeaseKey, Settlement, Window } from '../contract/leases.ts';
import {
  pushClaimRequest,
  pushLeaseKeys,
  pushWindow,
  readClaimRequest,
  readLeaseKeys,
  readWindow,
} from './claim-codec.ts';
import type { MessageValue } from '../records.ts';
import type { Ended, Operation } from './executor.ts';
import type { Cursor, Every, Flat } from './flat.ts';

/** What the next values in a flat array are. */
const OTHER = 0;
const ACCEPT = 1;
const SETTLE = 2;
const CLAIM = 3;
const RELEASE = 4;

export function encodeOperations(operations: readonly Operation[]): Flat {
  const flat: unknown[] = [];
  for (const [name, request] of operations) {
    if (name === 'accept') {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- assembleLedger ties names to requests
      pushAcceptance(flat, request as Acceptance);
    } else if (name === 'settle') {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- assembleLedger ties names to requests
      pushSettlement(flat, request as Settlement & Telling);
    } else if (name === 'claim') {
      flat.push(CLAIM);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- assembleLedger ties names to requests
      pushClaimRequest(flat, request as ClaimRequest);
    } else if (name === 'release') {
      flat.push(RELEASE);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- assembleLedger ties names to requests
      pushLeaseKeys(flat, request as readonly LeaseKey[]);
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
    else if (kind === CLAIM) operations.push(['claim', readClaimRequest(flat, cursor)]);
    else if (kind === RELEASE) operations.push(['release', readLeaseKeys(flat, cursor)]);
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
    message.value?.amount,
    message.value?.currency,
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

/** `satisfies` finds a field of the contract that is forgotten here. */
function readAcceptance(flat: Flat, cursor: Cursor): unknown {
  let at = cursor.at;
  const plain = {
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
  } satisfies Every<Omit<Acceptance['message'], 'value' | 'purgedAt'>>;
  const value = { amount: flat[at++], currency: flat[at++] } satisfies Every<MessageValue>;
  const message = value.amount === undefined ? plain : { ...plain, value };
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
    settlement.address,
    settlement.certificate,
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
    address: flat[at++],
    certificate: flat[at++],
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

/** Of the ends, the two that nearly every operation has are a number, windows are flat, the others travel as they are. */
const ACCEPTED = 0;
const SETTLED = 1;
const WINDOW = 2;

/** @param operations whose ends they are, in the same order */
export function encodeEnds(operations: readonly Operation[], ends: readonly Ended[]): Flat {
  const flat: unknown[] = [];
  ends.forEach((end, index) => {
    const [name, request] = operations[index] ?? [];
    if (!('value' in end)) flat.push(end);
    else if (name === 'claim') {
      flat.push(WINDOW);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- assembleLedger ties names to requests and results
      pushWindow(flat, request as ClaimRequest, end.value as Window);
    } else if (end.value === 'settled') flat.push(SETTLED);
    else flat.push(isAccepted(end.value) ? ACCEPTED : end);
  });
  return flat;
}

export function decodeEnds(flat: Flat): readonly Ended[] {
  const ends: Ended[] = [];
  const cursor = { at: 0 };
  while (cursor.at < flat.length) {
    const end = flat[cursor.at];
    cursor.at += 1;
    if (end === ACCEPTED) ends.push({ value: { kind: 'accepted' } });
    else if (end === SETTLED) ends.push({ value: 'settled' });
    else if (end === WINDOW) ends.push({ value: readWindow(flat, cursor) });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- encodeEnds gives back what it does not know as it came
    else ends.push(end as Ended);
  }
  return ends;
}

function isAccepted(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'accepted'
  );
}
