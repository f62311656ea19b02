import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { readSettings } from '../../src/core/index.ts';
import {
  createPolicyResolver,
  layersOf,
  policySourcesOf,
  resolvePolicy,
  type Policy,
  type PolicyTerms,
} from '../../src/change/index.ts';
import { NamedPolicies } from '../../src/change/named-policies.ts';
import { defaultPolicy } from '../../src/retry/index.ts';
import { endpointWith } from '../support/lane-scene.ts';

const base = { retry: defaultPolicy, settings: readSettings({}, (name) => name) };

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const terms: fc.Arbitrary<PolicyTerms> = fc.record({
  retry: optional(
    fc.record(
      { jitter: fc.constantFrom(0, 0.1, 0.5), delaysMs: fc.constantFrom([0], [0, 1000]) },
      { requiredKeys: [] },
    ),
  ),
  lane: optional(
    fc.record(
      {
        concurrency: fc.integer({ min: 1, max: 9 }),
        ordered: fc.boolean(),
        breakerOpenMs: fc.integer({ min: 1000, max: 900_000 }),
        breakerLongestOpenMs: fc.integer({ min: 1000, max: 900_000 }),
      },
      { requiredKeys: [] },
    ),
  ),
  throttleRate: optional(fc.integer({ min: 1, max: 100 })),
  retentionDays: optional(fc.integer({ min: 5, max: 90 })),
});

function policyOf(name: string, given: PolicyTerms): Policy {
  const stamps = { id: 1, createdAt: 0, updatedAt: 0, revision: 1 };
  return { ...stamps, name, description: '', version: 1, ...given };
}

/** The first of them that says something. */
function said<Value>(...values: readonly (Value | null | undefined)[]): Value {
  const found = values.find((value) => value !== null && value !== undefined);
  assert.ok(found !== undefined && found !== null);
  return found;
}

describe('policies in force', () => {
  it('take each field from the highest in rank that says something', () => {
    fc.assert(
      fc.property(terms, terms, terms, (ofApp, ofEndpoint, own) => {
        const endpoint = endpointWith({ lane: own.lane, throttleRate: own.throttleRate });
        const policies = {
          application: policyOf('a', ofApp),
          endpoint: policyOf('e', ofEndpoint),
        };
        const layers = layersOf(endpoint, policies);
        const inForce = resolvePolicy(base, layers);
        const sources = policySourcesOf(base, layers);
        const { retry, settings } = base;
        assert.equal(
          inForce.retry.jitter,
          said(ofEndpoint.retry?.jitter, ofApp.retry?.jitter, retry.jitter),
        );
        const lanes = [own.lane, ofEndpoint.lane, ofApp.lane];
        assert.equal(
          inForce.lane.concurrency,
          said(...lanes.map((lane) => lane?.concurrency), settings.laneConcurrency),
        );
        assert.equal(
          inForce.throttleRate,
          own.throttleRate ?? ofEndpoint.throttleRate ?? ofApp.throttleRate,
        );
        assert.equal(
          inForce.retentionDays,
          said(ofEndpoint.retentionDays, ofApp.retentionDays, settings.payloadRetentionDays),
        );
        assert.ok(inForce.lane.breakerLongestOpenMs >= inForce.lane.breakerOpenMs);
        const isOwn = own.lane?.concurrency !== undefined;
        assert.equal(sources['lane.concurrency'] === 'endpoint', isOwn);
        assert.equal(
          sources['retentionDays'] === 'service',
          ofEndpoint.retentionDays === null && ofApp.retentionDays === null,
        );
      }),
    );
  });

  it('are resolved once for a record, and anew after a policy or a reference changed', () => {
    const named = new NamedPolicies();
    const policyFor = createPolicyResolver(base, named);
    const endpoint = endpointWith({ policy: 'mine' });
    const first = policyFor(endpoint);
    assert.equal(policyFor(endpoint), first);
    const none = { retry: null, lane: null, throttleRate: null, retentionDays: null };
    named.put(policyOf('mine', { ...none, retentionDays: 6 }));
    assert.equal(policyFor(endpoint).retentionDays, 6);
    named.put(policyOf('ours', { ...none, retentionDays: 9, throttleRate: 3 }));
    assert.equal(policyFor(endpoint).throttleRate, null);
    assert.equal(named.refer(endpoint.appId, 'ours'), true);
    assert.equal(named.refer(endpoint.appId, 'ours'), false);
    assert.deepEqual([policyFor(endpoint).throttleRate, policyFor(endpoint).retentionDays], [3, 6]);
    named.remove('mine');
    assert.equal(policyFor(endpoint).retentionDays, 9);
    named.refer(endpoint.appId, null);
    assert.deepEqual(policyFor(endpoint), first);
  });
});
