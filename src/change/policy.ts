import { isDeepStrictEqual } from 'node:util';
import {
  changedOverrides,
  fault,
  lanePolicyOf,
  settingTable,
  type LaneOverrides,
  type LanePolicy,
  type LaneSettings,
} from '../core/index.ts';
import { parsePolicy, type RetryPolicy } from '../retry/index.ts';
import type { Endpoint, Policy } from './records.ts';

/** What a policy says: null, or an absent field, leaves it to whoever is asked next. */
export type PolicyTerms = Pick<Policy, 'retry' | 'lane' | 'throttleRate' | 'retentionDays'>;

/** All that is in force for one endpoint. */
export type PolicyInForce = {
  readonly retry: RetryPolicy;
  readonly lane: LanePolicy;
  /** Requests a second, at most; null: as many as its lane sends. */
  readonly throttleRate: number | null;
  readonly retentionDays: number;
};

/** What the service itself says, where nobody else does. */
export type PolicyBase = {
  readonly retry: RetryPolicy;
  readonly settings: LaneSettings & { readonly payloadRetentionDays: number };
};

/** Who may say something, the last one first in rank. */
export const policySources = [
  'service',
  'application_policy',
  'endpoint_policy',
  'endpoint',
] as const;
export type PolicySource = (typeof policySources)[number];

export type PolicyLayer = { readonly source: PolicySource; readonly terms: PolicyTerms };

/** The policies that an endpoint stands under; null: none, or one that is no more. */
export type PoliciesOf<Terms = Policy> = {
  readonly application: Terms | null;
  readonly endpoint: Terms | null;
};

export const throttleRateBounds = { min: 1, max: 65_535 } as const;
export const retentionBounds = settingTable.payloadRetentionDays;

/** Everyone who says something of an endpoint, beside the service, in ascending rank. */
export function layersOf(
  endpoint: Pick<Endpoint, 'lane' | 'throttleRate'>,
  { application, endpoint: own }: PoliciesOf<PolicyTerms>,
): readonly PolicyLayer[] {
  const { lane, throttleRate } = endpoint;
  return [
    ...(application === null
      ? []
      : [{ source: 'application_policy' as const, terms: application }]),
    ...(own === null ? [] : [{ source: 'endpoint_policy' as const, terms: own }]),
    { source: 'endpoint', terms: { retry: null, lane, throttleRate, retentionDays: null } },
  ];
}

/** Field by field, the highest in rank that says something: service, its application's policy, its own policy, itself. */
export function resolvePolicy(base: PolicyBase, layers: readonly PolicyLayer[]): PolicyInForce {
  let { retry } = base;
  let overrides: LaneOverrides = {};
  let throttleRate: number | null = null;
  let retentionDays = base.settings.payloadRetentionDays;
  for (const { terms } of layers) {
    if (terms.retry !== null) retry = { ...retry, ...terms.retry };
    if (terms.lane !== null) overrides = { ...overrides, ...terms.lane };
    throttleRate = terms.throttleRate ?? throttleRate;
    retentionDays = terms.retentionDays ?? retentionDays;
  }
  const lane = lanePolicyOf(base.settings, overrides);
  return {
    retry,
    // Each layer is in order by itself, but two of them may set one of these each.
    lane:
      lane.breakerLongestOpenMs < lane.breakerOpenMs
        ? { ...lane, breakerLongestOpenMs: lane.breakerOpenMs }
        : lane,
    throttleRate,
    retentionDays,
  };
}

/** Where each field of an endpoint's policy comes from, as dotted names: `retry.delaysMs`, `throttleRate`. */
export function policySourcesOf(
  base: PolicyBase,
  layers: readonly PolicyLayer[],
): Readonly<Record<string, PolicySource>> {
  const { retry, lane } = resolvePolicy(base, []);
  const sources: Record<string, PolicySource> = {
    throttleRate: 'service',
    retentionDays: 'service',
  };
  for (const name of Object.keys(retry)) sources[`retry.${name}`] = 'service';
  for (const name of Object.keys(lane)) sources[`lane.${name}`] = 'service';
  for (const { source, terms } of layers) {
    for (const name of Object.keys(terms.retry ?? {})) sources[`retry.${name}`] = source;
    for (const name of Object.keys(terms.lane ?? {})) sources[`lane.${name}`] = source;
    if (terms.throttleRate !== null) sources['throttleRate'] = source;
    if (terms.retentionDays !== null) sources['retentionDays'] = source;
  }
  return sources;
}

/**
 * The terms of a policy that will do. Throws `policy_invalid` for a retry field that is unknown or out of bounds, and
 * `validation` where the circuit's longest time would be shorter than its first.
 */
export function checkedTerms(base: PolicyBase, terms: PolicyTerms): PolicyTerms {
  const given = Object.keys(terms.retry ?? {});
  const whole = parsePolicy({ ...base.retry, ...terms.retry });
  const retry: Partial<RetryPolicy> = Object.fromEntries(
    Object.entries(whole).filter(([name]) => given.includes(name)),
  );
  return {
    retry: given.length === 0 ? null : retry,
    lane: terms.lane === null ? null : changedOverrides(base.settings, null, terms.lane),
    throttleRate: within('throttleRate', terms.throttleRate, throttleRateBounds),
    retentionDays: within('retentionDays', terms.retentionDays, retentionBounds),
  };
}

function within(
  field: string,
  value: number | null,
  { min, max }: { readonly min: number; readonly max: number },
): number | null {
  if (value === null || (Number.isInteger(value) && value >= min && value <= max)) return value;
  throw fault('validation', {
    field,
    detail: `"${field}" must be a whole number from ${min} to ${max}.`,
  });
}

export type PolicyDifference = {
  /** Dotted names of what acts on a single attempt, so that the arms of a canary can differ in it. */
  readonly perAttempt: readonly string[];
  /** Of what acts on the lane, or when a message is accepted: the same for all messages of an endpoint. */
  readonly perEndpoint: readonly string[];
};

/** In what two policies in force differ. The first delay is waited before there is an attempt. */
export function policyDifference(one: PolicyInForce, other: PolicyInForce): PolicyDifference {
  const [mine, others] = [partsOf(one), partsOf(other)];
  const differing = (part: 'perAttempt' | 'perEndpoint'): readonly string[] =>
    Object.keys(mine[part]).filter(
      (name) => !isDeepStrictEqual(mine[part][name], others[part][name]),
    );
  return { perAttempt: differing('perAttempt'), perEndpoint: differing('perEndpoint') };
}

function partsOf({
  retry: { delaysMs, ...retry },
  lane: { passTrace, ...lane },
  throttleRate,
  retentionDays,
}: PolicyInForce): Readonly<Record<keyof PolicyDifference, Readonly<Record<string, unknown>>>> {
  const perAttempt: Record<string, unknown> = {
    'retry.delaysMs': delaysMs.slice(1),
    'lane.passTrace': passTrace,
  };
  for (const [name, value] of Object.entries(retry)) perAttempt[`retry.${name}`] = value;
  const perEndpoint: Record<string, unknown> = {
    'retry.delaysMs.0': delaysMs[0],
    throttleRate,
    retentionDays,
  };
  for (const [name, value] of Object.entries(lane)) perEndpoint[`lane.${name}`] = value;
  return { perAttempt, perEndpoint };
}
