import {
  createCanaryWatch,
  createConfiguration,
  createPolicyResolver,
  type Application,
  type Configuration,
  type Endpoint,
} from '../../src/change/index.ts';
import {
  createIdSource,
  createIdText,
  readSettings,
  seededRandom,
  silentLog,
} from '../../src/core/index.ts';
import { createActRunner } from '../../src/delivery/index.ts';
import {
  createMitigations,
  type MitigationContext,
  type Mitigations,
} from '../../src/incident/index.ts';
import { openMemoryLedger, resourceKinds, type Ledger } from '../../src/ledger/index.ts';
import { defaultPolicy } from '../../src/retry/index.ts';
import { START } from './ledger-scene.ts';
import { somebody } from './somebody.ts';

export type MitigationScene = {
  readonly configuration: Configuration;
  readonly ledger: Ledger;
  readonly mitigations: Mitigations;
  readonly applications: readonly Application[];
  /** Two of the first application, one of the second. */
  readonly endpoints: readonly Endpoint[];
  readonly now: () => number;
  readonly move: (ms: number) => void;
  /** All documents of configuration, as they are stored, but for when and how often they were written. */
  readonly documents: () => Promise<ReadonlyMap<number, string>>;
};

/** A real ledger in memory with a configuration that has a little of everything. */
export async function openMitigationScene(): Promise<MitigationScene> {
  let moment = START;
  const clock = { now: () => (moment += 1), after: () => () => {} };
  const ledger = openMemoryLedger({ clock, random: seededRandom(1) });
  const ids = createIdSource(clock);
  const idText = createIdText(ledger.mark);
  const settings = readSettings({}, (name) => name);
  const configuration = createConfiguration({ ledger, ids, idText, clock, settings });
  const policyOf = createPolicyResolver({ retry: defaultPolicy, settings }, configuration.policies);
  const log = silentLog;
  const { canaries } = configuration;
  const watch = createCanaryWatch({ ledger, canaries, clock, log, leaseMs: settings.leaseMs });
  const mitigations = createMitigations({
    configuration,
    ledger,
    acts: createActRunner({ ledger, clock, log }, async () => {}),
    policyOf,
    retry: defaultPolicy,
    canaryReport: (canary) => watch.report(canary),
    ids,
    idText,
    clock,
  });
  await configuration.policies.create(
    {
      name: 'patient',
      description: '',
      retry: { delaysMs: [0, 1000] },
      lane: { concurrency: 8 },
      throttleRate: null,
      retentionDays: 20,
    },
    somebody,
  );
  const application = (uid: string, policy: string | null) =>
    configuration.applications.create(
      { uid, name: uid, metadata: {}, throttleRate: null, policy, signatureHeaders: 'standard' },
      somebody,
    );
  const applications = [await application('acme', null), await application('umbra', 'patient')];
  const endpoint = (appId: number, uid: string, given: Partial<Endpoint> = {}) =>
    configuration.endpoints.create(
      {
        appId,
        uid,
        url: `https://${uid}.example/`,
        alternateUrl: null,
        isAlternateInUse: false,
        handCircuit: null,
        description: '',
        disabled: false,
        disabledReason: null,
        eventTypes: null,
        channels: null,
        metadata: { team: 'a', zone: 'b' },
        throttleRate: null,
        policy: null,
        lane: null,
        pausedAt: null,
        pausedReason: null,
        payloadVersions: null,
        sealedHeaders: null,
        secrets: [{ sealed: 'a', expiresAt: null }],
        ...given,
      },
      somebody,
    );
  const [acme, umbra] = applications.map(({ id }) => id);
  const endpoints = [
    await endpoint(acme ?? 0, 'one', { alternateUrl: 'https://other.example/' }),
    await endpoint(acme ?? 0, 'two', {
      lane: { adaptive: false, concurrency: 4 },
      throttleRate: 9,
    }),
    await endpoint(umbra ?? 0, 'three', { policy: 'patient' }),
  ];
  return {
    configuration,
    ledger,
    mitigations,
    applications,
    endpoints,
    now: () => moment,
    move: (ms) => void (moment += ms),
    async documents() {
      const found = new Map<number, string>();
      for (const kind of resourceKinds) {
        const rows = await ledger.resourcesOfKind({ kind, limit: 1000, descending: false });
        for (const { id, uid, doc } of rows) {
          // A policy's version counts its updates.
          const without = (name: string, value: unknown): unknown =>
            name === 'updatedAt' || name === 'version' ? undefined : value;
          found.set(id, `${kind} ${uid} ${JSON.stringify(JSON.parse(doc, without))}`);
        }
      }
      return found;
    },
  };
}

export const noContext: MitigationContext = {
  slice: { objective: null, appIds: [], endpointIds: [], eventTypes: [] },
  counts: [],
  suspects: [],
  impactStartAt: START,
  ownChangeIds: [],
};
