import { fault } from '../core/index.ts';
import {
  layersOf,
  resolvePolicy,
  type Endpoint,
  type Policy,
  type PolicyInForce,
  type PolicyTerms,
} from '../change/index.ts';
import { readLastDay, type OutcomeScope } from '../ledger/index.ts';
import {
  forecast,
  outcomeMinutes,
  type Forecast,
  type OutcomeMinute,
  type RetryAllowance,
} from '../retry/index.ts';
import type { Principal } from './auth.ts';
import type { ApiParts } from './parts.ts';
import { findApplication, findEndpoint } from './resolve.ts';

/** Where a policy would apply: to an endpoint, to an application, in the place of a policy, or everywhere. */
export type PolicyPlace = {
  readonly name?: string | undefined;
  readonly appId?: string | undefined;
  readonly endpointId?: string | undefined;
};

export type PolicyForecast = {
  readonly present: PolicyInForce;
  readonly candidate: PolicyInForce;
  readonly basis: 'recorded' | 'assumed';
  readonly fromAt: number;
  readonly sampledMinutes: number;
  readonly forecast: Forecast;
};

type Place = {
  readonly scope: OutcomeScope;
  /** Lanes it would apply to; null: not counted. */
  readonly lanes: number | null;
  readonly inForce: (terms: PolicyTerms | null) => PolicyInForce;
  readonly presentTerms: PolicyTerms | null;
};

/** Simulates the terms at a place beside what is in force there. Throws `not_found` where there is no such place. */
export async function forecastPolicy(
  terms: PolicyTerms,
  place: PolicyPlace,
  principal: Principal,
  parts: ApiParts,
): Promise<PolicyForecast> {
  const { scope, lanes, inForce, presentTerms } = await placeOf(place, principal, parts);
  const [present, candidate] = [inForce(presentTerms), inForce(terms)];
  const day = await readLastDay(parts.ledger, scope, parts.clock.now());
  const isRecorded = day.minutes.some(({ firsts }) => firsts > 0);
  const minutes = isRecorded ? outcomeMinutes(day.minutes) : day.minutes.map(() => assumed);
  const { retryBudgetPercent: percent, retryBudgetPerSecond: perSecond } = candidate.lane;
  const allowance: RetryAllowance | null = lanes === null ? null : { lanes, percent, perSecond };
  return {
    present,
    candidate,
    basis: isRecorded ? 'recorded' : 'assumed',
    fromAt: day.fromAt,
    sampledMinutes: day.sampledMinutes,
    forecast: await forecast(minutes, present.retry, candidate.retry, allowance),
  };
}

const assumed: OutcomeMinute = { firsts: 1, failing: 0, retriesFailing: 0 };
const noTerms = { lane: null, throttleRate: null } as const;

async function placeOf(
  { name, appId, endpointId }: PolicyPlace,
  principal: Principal,
  parts: ApiParts,
): Promise<Place> {
  const { engine, configuration } = parts;
  const { policies } = configuration;
  const base = engine.policyBase;
  if (appId === undefined) {
    if (endpointId !== undefined) {
      throw fault('validation', { field: 'appId', detail: 'Name the application too (appId).' });
    }
    const under = (terms: PolicyTerms | null): PolicyInForce =>
      resolvePolicy(base, terms === null ? [] : [{ source: 'endpoint_policy', terms }]);
    return { scope: {}, lanes: null, inForce: under, presentTerms: named(name, parts) };
  }
  const application = await findApplication(parts, principal, appId);
  const own = policies.ofApplication(application.id);
  if (endpointId === undefined) {
    const endpoints = await configuration.endpoints.of(application.id);
    return {
      scope: { appId: application.id },
      lanes: Math.max(1, endpoints.length),
      inForce: (terms) =>
        resolvePolicy(base, layersOf(noTerms, { application: terms, endpoint: null })),
      presentTerms: named(name, parts) ?? own,
    };
  }
  const endpoint: Endpoint = await findEndpoint(parts, application, endpointId);
  return {
    scope: { endpointId: endpoint.id },
    lanes: 1,
    inForce: (terms) =>
      resolvePolicy(base, layersOf(endpoint, { application: own, endpoint: terms })),
    presentTerms: named(name, parts) ?? policies.policiesOf(endpoint).endpoint,
  };
}

function named(name: string | undefined, { configuration }: ApiParts): Policy | null {
  if (name === undefined) return null;
  const policy = configuration.policies.byName(name);
  if (policy !== null) return policy;
  throw fault('not_found', { field: 'name', detail: `No policy is named "${name}".` });
}
