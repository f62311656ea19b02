import type { Claim, ClaimRequest, LeaseKey, Window } from '../contract/leases.ts';
import type { Cursor, Every, Flat } from './flat.ts';

/** Claims and releases as flat.ts says that they travel: values in a fixed order. */
export function pushClaimRequest(flat: unknown[], request: ClaimRequest): void {
  flat.push(
    request.endpointId,
    request.now,
    request.leaseEndsAt,
    request.retries,
    request.payloadBytes,
    request.attemptIds,
    request.pausedTypes,
  );
}

export function readClaimRequest(flat: Flat, cursor: Cursor): unknown {
  let at = cursor.at;
  const request = {
    endpointId: flat[at++],
    now: flat[at++],
    leaseEndsAt: flat[at++],
    retries: flat[at++],
    payloadBytes: flat[at++],
    attemptIds: flat[at++],
    pausedTypes: flat[at++],
  } satisfies Every<ClaimRequest>;
  cursor.at = at;
  return request;
}

/** What all claims of a window share, its request's endpoint and lease, travels once. */
export function pushWindow(flat: unknown[], request: ClaimRequest, window: Window): void {
  const { claims } = window;
  flat.push(
    window.nextDueAt,
    window.nextRetryAt,
    window.setAside,
    request.endpointId,
    request.leaseEndsAt,
    claims.length,
  );
  for (const claim of claims) {
    flat.push(
      claim.messageId,
      claim.attemptId,
      claim.appId,
      claim.nth,
      claim.trigger,
      claim.attemptsInRound,
      claim.roundStartedAt,
      claim.dueAt,
      claim.traceparent,
      claim.eventType,
      claim.payload,
      claim.corrected,
    );
  }
}

export function readWindow(flat: Flat, cursor: Cursor): unknown {
  let at = cursor.at;
  const nextDueAt = flat[at++];
  const nextRetryAt = flat[at++];
  const setAside = flat[at++];
  const endpointId = flat[at++];
  const leaseEndsAt = flat[at++];
  const count = Number(flat[at++]);
  const claims: unknown[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    claims.push({
      messageId: flat[at++],
      endpointId,
      attemptId: flat[at++],
      appId: flat[at++],
      nth: flat[at++],
      trigger: flat[at++],
      attemptsInRound: flat[at++],
      roundStartedAt: flat[at++],
      leaseEndsAt,
      dueAt: flat[at++],
      traceparent: flat[at++],
      eventType: flat[at++],
      payload: flat[at++],
      corrected: flat[at++],
    } satisfies Every<Claim>);
  }
  cursor.at = at;
  return { claims, nextDueAt, nextRetryAt, setAside } satisfies Every<Window>;
}

export function pushLeaseKeys(flat: unknown[], keys: readonly LeaseKey[]): void {
  flat.push(keys.length);
  for (const { messageId, endpointId, attemptId } of keys) {
    flat.push(messageId, endpointId, attemptId);
  }
}

export function readLeaseKeys(flat: Flat, cursor: Cursor): unknown {
  let at = cursor.at;
  const count = Number(flat[at++]);
  const keys: unknown[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    keys.push({
      messageId: flat[at++],
      endpointId: flat[at++],
      attemptId: flat[at++],
    } satisfies Every<LeaseKey>);
  }
  cursor.at = at;
  return keys;
}
