import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import {
  createIdSource,
  createIdText,
  createSealer,
  fault,
  seededRandom,
} from '../../../src/core/index.ts';
import {
  candidateEndpoint,
  createConfiguration,
  resealDocument,
  assertOpens,
  type Canary,
  type Configuration,
  type Endpoint,
} from '../../../src/change/index.ts';
import { fieldsAtOdds, promotedEndpoint } from '../../../src/change/canary/canary.ts';
import { beginCanary } from '../../../src/change/canary/state.ts';
import { openMemoryLedger, type ChangeBy, type Ledger } from '../../../src/ledger/index.ts';

const NOW = 1_800_000_000_000;
const DAY_MS = 86_400_000;
const by: ChangeBy = { actor: 'ann', via: 'api', reason: '' };

const endpoint: Endpoint = {
  id: 5,
  appId: 1,
  uid: null,
  url: 'https://old.example/',
  description: '',
  disabled: false,
  disabledReason: null,
  eventTypes: null,
  channels: null,
  metadata: {},
  throttleRate: null,
  policy: null,
  applicationThrottleRate: null,
  lane: null,
  pausedAt: null,
  pausedReason: null,
  alternateUrl: null,
  isAlternateInUse: false,
  handCircuit: null,
  payloadVersions: null,
  signatureHeaders: 'standard',
  sealedHeaders: 'old headers',
  secrets: [
    { sealed: 'current', expiresAt: null },
    { sealed: 'older', expiresAt: NOW + 1000 },
    { sealed: 'gone', expiresAt: NOW - 1 },
  ],
  createdAt: NOW,
  updatedAt: NOW,
  revision: 1,
};

describe('a candidate', () => {
  it('differs from the endpoint in what it names, and in nothing else', () => {
    assert.deepEqual(candidateEndpoint(endpoint, {}), endpoint);
    assert.deepEqual(
      candidateEndpoint(endpoint, { url: 'https://new.example/', passTrace: true }),
      { ...endpoint, url: 'https://new.example/', lane: { passTrace: true } },
    );
    assert.equal(candidateEndpoint(endpoint, { sealedHeaders: null }).sealedHeaders, null);
    assert.deepEqual(
      candidateEndpoint(endpoint, { policy: 'eager', payloadVersions: { 'a.b': '1' } }),
      { ...endpoint, policy: 'eager', payloadVersions: { 'a.b': '1' } },
    );
    const pinned = { ...endpoint, policy: 'eager', payloadVersions: { 'a.b': '1' } };
    assert.deepEqual(candidateEndpoint(pinned, { policy: null, payloadVersions: null }), endpoint);
  });

  it('signs with its secret alone, and with the replaced ones beside it once promoted', () => {
    const candidate = { sealedSecret: 'new' };
    assert.deepEqual(candidateEndpoint(endpoint, candidate).secrets, [
      { sealed: 'new', expiresAt: null },
    ]);
    assert.deepEqual(promotedEndpoint(endpoint, candidate, NOW).secrets, [
      { sealed: 'new', expiresAt: null },
      { sealed: 'current', expiresAt: NOW + DAY_MS },
      { sealed: 'older', expiresAt: NOW + 1000 },
    ]);
    assert.deepEqual(promotedEndpoint(endpoint, { url: 'x' }, NOW).secrets, endpoint.secrets);
  });

  it('is at odds with another change of its own fields alone', () => {
    const candidate = { url: 'https://new.example/', sealedHeaders: 'new' };
    const next = { ...endpoint, url: 'https://other.example/', secrets: [], description: 'x' };
    assert.deepEqual(fieldsAtOdds(candidate, endpoint, next), ['url']);
    assert.deepEqual(fieldsAtOdds(candidate, endpoint, { ...endpoint, sealedHeaders: null }), [
      'headers',
    ]);
    assert.deepEqual(fieldsAtOdds(candidate, endpoint, { ...endpoint, lane: {} }), []);
    const pinned = { ...endpoint, policy: 'eager', payloadVersions: { 'a.b': '1' } };
    assert.deepEqual(fieldsAtOdds({ policy: null, payloadVersions: null }, endpoint, pinned), [
      'policy',
      'payloadVersions',
    ]);
  });

  it('is sealed anew with the key, secret and headers', () => {
    const random = seededRandom(7);
    const [old, next] = [random.bytes(32), random.bytes(32)];
    const before = createSealer([old], random);
    const canary: Canary = {
      id: 9,
      appId: 1,
      endpointId: 5,
      createdAt: NOW,
      updatedAt: NOW,
      revision: 1,
      sealedHeaders: before.seal('{"x-a":"1"}'),
      sealedSecret: before.seal('whsec_x'),
      slowAfterMs: null,
      deadlineMs: 60_000,
      peakNeeded: null,
      result: null,
      ...beginCanary([{ percent: 5, minutes: 1, atLeast: 1 }], NOW),
    };
    const both = createSealer([next, old], random);
    const doc = resealDocument('canary', JSON.stringify(canary), both);
    assert.ok(doc !== null);
    assertOpens('canary', doc, createSealer([next], random));
    assert.equal(resealDocument('canary', doc, both), null);
    assert.throws(() =>
      assertOpens('canary', JSON.stringify(canary), createSealer([next], random)),
    );
  });
});

describe('a promotion', () => {
  function openConfiguration(
    context: TestContext,
    change: (ledger: Ledger) => Ledger['change'],
  ): { readonly configuration: Configuration; readonly ledger: Ledger } {
    const clock = { now: () => NOW, after: () => () => {} };
    const memory = openMemoryLedger({ clock, random: seededRandom(1) });
    context.after(() => memory.close());
    const ledger: Ledger = { ...memory, change: change(memory) };
    const ids = createIdSource(clock);
    const idText = createIdText('000000');
    const settings = { operationalApplication: 'none', payloadRetentionDays: 90 };
    return { ledger, configuration: createConfiguration({ ledger, ids, idText, clock, settings }) };
  }

  it('writes endpoint and canary together or neither, and can be tried again', async (context) => {
    let isFull = false;
    const { configuration } = openConfiguration(
      context,
      (ledger) => (request) =>
        isFull ? Promise.reject(fault('ledger_full')) : ledger.change(request),
    );
    const { applications, endpoints, canaries } = configuration;
    const application = await applications.create(
      {
        uid: null,
        name: 'a',
        metadata: {},
        throttleRate: null,
        policy: null,
        signatureHeaders: 'standard',
      },
      by,
    );
    const made = await endpoints.create({ ...endpoint, appId: application.id }, by);
    const canary = await canaries.start(
      made,
      {
        url: 'https://new.example/',
        deadlineMs: 60_000,
        steps: [{ percent: 5, minutes: 1, atLeast: 1 }],
        peakPercent: null,
      },
      by,
    );
    isFull = true;
    const promote = (): Promise<Canary> =>
      canaries.move(canary.id, { kind: 'promote', reason: 'done' }, by, null);
    await assert.rejects(promote, { code: 'ledger_full' });
    assert.equal(canaries.activeOf(made.id)?.state, 'running');
    const { revision } = (await endpoints.byId(made.id)) ?? made;
    assert.deepEqual(await endpoints.byId(made.id), { ...made, revision });
    isFull = false;
    assert.equal((await promote()).state, 'promoted');
    assert.equal(canaries.activeOf(made.id), null);
    const promoted = await endpoints.byId(made.id);
    assert.equal(promoted?.url, 'https://new.example/');
    assert.equal(promoted?.revision, (await canaries.byId(canary.id))?.revision);
  });

  it('leaves a canary that goes on to be known again by a process that opens the ledger', async (context) => {
    const { configuration, ledger } = openConfiguration(
      context,
      (memory) => (request) => memory.change(request),
    );
    const application = await configuration.applications.create(
      {
        uid: null,
        name: 'a',
        metadata: {},
        throttleRate: null,
        policy: null,
        signatureHeaders: 'standard',
      },
      by,
    );
    const made = await configuration.endpoints.create({ ...endpoint, appId: application.id }, by);
    const steps = [{ percent: 5, minutes: 1, atLeast: 1 }];
    const draft = { passTrace: true, deadlineMs: 60_000, steps, peakPercent: null };
    const canary = await configuration.canaries.start(made, draft, by);
    const clock = { now: () => NOW, after: () => () => {} };
    const other = createConfiguration({
      ledger,
      clock,
      ids: createIdSource(clock, 1),
      idText: createIdText('000000'),
      settings: { operationalApplication: 'none', payloadRetentionDays: 90 },
    });
    assert.equal(other.canaries.activeOf(made.id), null);
    await other.canaries.load();
    assert.deepEqual(other.canaries.activeOf(made.id), canary);
  });
});
