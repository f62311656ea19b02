import { seededRandom } from '../../src/core/index.ts';
import { lanePolicyOf, type Endpoint } from '../../src/change/index.ts';
import { Lane, SharedRate, type LaneParts } from '../../src/delivery/lane.ts';
import type { Claim } from '../../src/ledger/index.ts';

/** Nothing binds: each test tightens the gate it is about. */
const calmSettings: LaneParts['settings'] = {
  laneConcurrency: 32,
  adaptiveConcurrency: 'off',
  breakerFailures: 0,
  breakerFailurePercent: 0,
  breakerOpenMs: 1_000,
  breakerLongestOpenMs: 8_000,
  retryBudgetPercent: 10,
  retryBudgetPerSecond: 10_000,
  longestHoldMs: 300_000,
  disableAfterMs: 0,
  leaseMs: 30_000,
  attemptTimeoutMs: 15_000,
};

export function endpointWith(given: Partial<Endpoint> = {}): Endpoint {
  return {
    id: 1,
    appId: 1,
    uid: null,
    url: 'https://one.example/hook',
    description: '',
    disabled: false,
    disabledReason: null,
    eventTypes: null,
    channels: null,
    metadata: {},
    throttleRate: null,
    applicationThrottleRate: null,
    policy: null,
    lane: null,
    pausedAt: null,
    pausedReason: null,
    alternateUrl: null,
    isAlternateInUse: false,
    handCircuit: null,
    payloadVersions: null,
    signatureHeaders: 'standard',
    sealedHeaders: null,
    secrets: [],
    createdAt: 0,
    updatedAt: 0,
    revision: 1,
    ...given,
  };
}

/** A lane that follows an endpoint of that form, at moment 0. */
export function laneWith(
  settings: Partial<LaneParts['settings']> = {},
  given: Partial<Endpoint> = {},
): Lane {
  const endpoint = endpointWith(given);
  const shared = endpoint.applicationThrottleRate;
  const bucket = shared === null ? null : new SharedRate(shared, shared, 0);
  const parts = {
    settings: { ...calmSettings, ...settings },
    policyOf: ({ lane, throttleRate }: Endpoint) => ({
      lane: lanePolicyOf({ ...calmSettings, ...settings }, lane),
      throttleRate,
    }),
    random: seededRandom(1),
    rateOf: () => bucket,
    pauses: { of: () => null, typesOf: () => new Set<string>() },
  };
  const lane = new Lane(endpoint.id, parts, 0);
  lane.follow(endpoint, 0);
  return lane;
}

let claims = 0;

export function claimWith(given: Partial<Claim> = {}): Claim {
  claims += 1;
  return {
    messageId: claims,
    endpointId: 1,
    attemptId: claims,
    appId: 1,
    nth: given.attemptsInRound ?? 1,
    trigger: 'scheduled',
    attemptsInRound: 1,
    roundStartedAt: 0,
    leaseEndsAt: 30_000,
    dueAt: 0,
    traceparent: null,
    eventType: 'invoice.paid',
    payload: '{}',
    corrected: null,
    ...given,
  };
}
