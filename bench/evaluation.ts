import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import {
  createConfiguration,
  type Application,
  type Configuration,
  type Draft,
  type Objective,
} from '../src/change/index.ts';
import {
  createIdSource,
  createIdText,
  createSealer,
  silentLog,
  systemRandom,
  type Clock,
} from '../src/core/index.ts';
import {
  createAuditor,
  createSliKeeper,
  openSqliteLedger,
  type Ledger,
} from '../src/ledger/index.ts';
import { noTiming } from '../src/delivery/index.ts';
import {
  createAlerts,
  createEvaluator,
  createExplainer,
  createWatch,
  everything,
  makeDefaultObjectives,
} from '../src/slo/index.ts';
import { makeDataFolder } from './disk.ts';
import { usageOf } from './process-usage.ts';

/**
 * What watching costs: CPU time a minute of the main thread and of the ledger's threads, for all looks of a minute at
 * every objective, beside the same minute's deliveries, which are not counted. `npm run bench:evaluation -- [--endpoints N]`
 * With `--explain N` instead: one explanation of an hour that holds N attempts, from the ledger and from what the watch has.
 */
const MINUTE_MS = 60_000;
const LOOK_MS = 10_000;
const HOUR_MS = 3_600_000;
const DEADLINE_MS = 60_000;
const ENDPOINTS_AN_APPLICATION = 10;
const OBJECTIVES = 50;
const MINUTES = 3;
const eventTypes = ['invoice.paid', 'invoice.due', 'order.made'] as const;
const by = { actor: 'bench', via: 'api', reason: '' } as const;

const { values } = parseArgs({
  options: {
    endpoints: { type: 'string', default: '10000' },
    explain: { type: 'string', default: '0' },
  },
});
const wanted = Number(values.endpoints);
const explained = Number(values.explain);

let now = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
const clock: Clock = { now: () => now, after: () => () => {} };
const ledger = await openSqliteLedger({ dataDir: makeDataFolder().path });
const ids = createIdSource(clock);
const idText = createIdText(ledger.mark);
const configuration = createConfiguration({
  ledger,
  ids,
  idText,
  clock,
  settings: { operationalApplication: '', payloadRetentionDays: 90 },
});
const endpoints = await prepare(configuration);
await makeDefaultObjectives(configuration, ledger, DEADLINE_MS);
const auditor = createAuditor({ ledger, clock, ids, log: silentLog, auditMs: MINUTE_MS });
const evaluator = createEvaluator({
  ledger,
  configuration,
  idText,
  clock,
  deliveryDeadlineMs: DEADLINE_MS,
  unaccounted: () => auditor.figures().foundAt,
});
const alerts = createAlerts({
  ledger,
  configuration,
  clock,
  ids,
  idText,
  random: systemRandom,
  log: silentLog,
  sealer: createSealer([new Uint8Array(32).fill(7)], systemRandom),
  publicUrl: () => 'http://127.0.0.1',
});
const keeper = createSliKeeper({ ledger, clock, log: silentLog, sliMinutesDays: 14 });
const explainer = createExplainer({
  ledger,
  configuration,
  idText,
  clock,
  deliveryDeadlineMs: DEADLINE_MS,
  counted: evaluator.counted,
});
await alerts.load();
/** Delivery makes it anew each time it looks, and gives it to whoever asks until then. */
let due: ReturnType<Parameters<typeof createWatch>[0]['delivery']['dueLanes']> = {
  at: now,
  lanes: [],
};
const watch = createWatch({
  ledger,
  configuration,
  idText,
  clock,
  log: silentLog,
  alerts,
  evaluator,
  explainer,
  auditor,
  deliveryDeadlineMs: DEADLINE_MS,
  backlogLimit: 1_000_000,
  attemptTimeoutMs: 15_000,
  delivery: {
    overdue: () => ({ at: now, lanes: [] }),
    dueLanes: () => due,
    loadedLanes: (most) =>
      endpoints
        .slice(0, most)
        .map(({ id }) => ({ endpointId: id, sending: 4, places: 32, answerMs: 40 })),
    lagMs: () => 0,
    deadLetters: () => 0,
  },
});
await watch.load();

const rows: object[] = [];
const record = (what: string, usages: readonly Spent[]): void => {
  const middle = (one: (spent: Spent) => number): string => {
    const sorted = usages.map(one).toSorted((left, right) => left - right);
    return ((sorted[Math.floor(sorted.length / 2)] ?? 0) / 1000).toFixed(0);
  };
  rows.push({
    what,
    'main thread, ms CPU': middle(({ mainUs }) => mainUs),
    'ledger threads, ms CPU': middle(({ ledgerUs }) => ledgerUs),
    'together, ms CPU': middle(({ mainUs, ledgerUs }) => mainUs + ledgerUs),
  });
};

if (explained > 0) await explainHour(explained);
else await watchMinutes();
console.log(
  `${cpus().length} CPUs, ${endpoints.length} endpoints, ${explained > 0 ? `${explained} attempts in the hour` : 'a delivery a minute each; CPU a minute'}`,
);
console.table(rows);
await watch.stop();
await alerts.stop();
await ledger.close();

async function watchMinutes(): Promise<void> {
  await deliverMinute(() => false);
  await watch.look();
  for (const objectives of [3, 3 + OBJECTIVES]) {
    if (objectives > 3) await addObjectives();
    for (const [what, isBad] of [
      ['nothing fails', () => false],
      ['1 % of endpoints fail', (nth: number) => nth % 100 === 7],
      ['all endpoints fail', () => true],
    ] as const) {
      const spent: Spent[] = [];
      for (let minute = 0; minute < MINUTES; minute += 1) {
        await deliverMinute(isBad);
        spent.push(await minuteOfLooks());
      }
      // The first minute reads what later ones keep.
      record(`${objectives} objectives, ${what}`, spent.slice(1));
    }
  }
  const all = await configuration.objectives.list({ limit: 1000, descending: false });
  now += MINUTE_MS;
  record('status of every objective, once', [
    await spentOn(async () => {
      for (const objective of all) await evaluator.status(objective);
    }),
  ]);
  now += MINUTE_MS;
  record('worst endpoints of one objective over all, once', [
    await spentOn(async () => {
      const first = all.find(({ indicator }) => indicator === 'first_attempt');
      if (first !== undefined) await evaluator.worstEndpoints(first, 10);
    }),
  ]);
}

/** The endpoint of every hundredth fails in the last ten minutes of it. */
async function explainHour(attempts: number): Promise<void> {
  const minutes = HOUR_MS / MINUTE_MS;
  const objective = (await configuration.objectives.list({ limit: 10, descending: false })).find(
    ({ indicator }) => indicator === 'first_attempt',
  );
  if (objective === undefined) throw new Error('there is no objective over first attempts');
  await watch.look();
  for (let minute = 0; minute < minutes; minute += 1) {
    const isOver = minute >= minutes - 10;
    await deliverMinute((nth) => isOver && nth % 100 === 7, attempts / minutes);
    now += MINUTE_MS - 1;
    // What nobody asks for is let go of.
    await evaluator.status(objective);
    now += 1;
  }
  now -= 1;
  for (const [what, at] of [
    ['from the ledger, as who asks for it gets it', undefined],
    ['from memory, as an alert gets it', now],
  ] as const) {
    const spent: Spent[] = [];
    let counted = '';
    for (let round = 0; round < 3; round += 1) {
      const startedAt = performance.now();
      spent.push(
        await spentOn(async () => {
          const { exact, sample } = await explainer.explain({
            objective,
            fromAt: now - HOUR_MS + 1,
            ...(at === undefined ? {} : { at }),
          });
          explainer.release();
          counted = `${exact.bad} of ${exact.total} bad, ${sample.lookedAt} looked at`;
        }),
      );
      console.log(
        `${what}: ${counted}; ${(performance.now() - startedAt).toFixed(0)} ms by the clock`,
      );
    }
    record(what, spent);
  }
}

type Spent = { readonly mainUs: number; readonly ledgerUs: number };
type Receiver = { readonly id: number; readonly appId: number };

async function spentOn(work: () => Promise<void>): Promise<Spent> {
  const before = usageOf(process.pid);
  await work();
  const after = usageOf(process.pid);
  const sum = (threads: readonly number[]): number => threads.reduce((total, us) => total + us, 0);
  return {
    mainUs: after.mainThreadUs - before.mainThreadUs,
    ledgerUs: sum(after.workerThreadsUs) - sum(before.workerThreadsUs),
  };
}

/** The looks of one minute, in which its deliveries are new. */
function minuteOfLooks(): Promise<Spent> {
  return spentOn(async () => {
    for (let at = 0; at < MINUTE_MS; at += LOOK_MS) {
      now += LOOK_MS;
      const oldestDueAt = now - 900;
      due = { at: now, lanes: endpoints.map(({ id }) => ({ endpointId: id, oldestDueAt })) };
      await watch.look();
    }
  });
}

async function prepare({ applications, endpoints: made }: Configuration): Promise<Receiver[]> {
  const receivers: Receiver[] = [];
  for (let nth = 0; nth < wanted / ENDPOINTS_AN_APPLICATION; nth += 1) {
    const application = await applications.create(applicationDraft(nth), by);
    const created = await Promise.all(
      Array.from({ length: ENDPOINTS_AN_APPLICATION }, (_, place) =>
        made.create(endpointDraft(application, nth, place), by),
      ),
    );
    // Intake holds both, or nothing could be accepted.
    await Promise.all([made.of(application.id), applications.byId(application.id)]);
    receivers.push(...created.map(({ id }) => ({ id, appId: application.id })));
  }
  return receivers;
}

/** Slices of every kind, and over everything. */
async function addObjectives(): Promise<void> {
  const { objectives } = configuration;
  const apps = [...new Set(endpoints.map(({ appId }) => appId))];
  for (let nth = 0; nth < OBJECTIVES; nth += 1) {
    const appId = idText.format('application', apps[(nth * 19) % apps.length] ?? 0);
    const slices = [
      { ...everything, appIds: [appId] },
      { ...everything, eventTypes: [eventTypes[nth % eventTypes.length] ?? ''] },
      { ...everything, applicationMetadata: { tier: nth % 2 === 0 ? 'gold' : 'free' } },
      everything,
    ];
    const indicators = ['first_attempt', 'on_time', 'freshness'] as const;
    const indicator = indicators[nth % indicators.length] ?? 'first_attempt';
    const slice = slices[Math.floor(nth / 3) % slices.length] ?? everything;
    const draft: Draft<Objective> = {
      name: `objective-${nth}`,
      description: '',
      indicator,
      target: 0.999,
      deadlineMs: indicator === 'first_attempt' ? null : DEADLINE_MS,
      periodDays: 30,
      owner: `team-${nth % 7}`,
      consumers: [],
      slice: indicator === 'freshness' ? { ...slice, eventTypes: [] } : slice,
      value: null,
    };
    await objectives.create(draft, by);
  }
}

/** A first attempt to every endpoint, of which some fail, and a look at every lane. */
async function deliverMinute(
  isBad: (nth: number) => boolean,
  count = endpoints.length,
): Promise<void> {
  const deliveries = Array.from({ length: count }, (_, nth) => {
    const endpoint = endpoints[nth % endpoints.length];
    if (endpoint === undefined) throw new Error('there are no endpoints');
    return deliveryOf(endpoint, nth % endpoints.length, isBad(nth % endpoints.length));
  });
  for (let from = 0; from < deliveries.length; from += 500) {
    const some = deliveries.slice(from, from + 500);
    await ledger.acceptAll(some.map(({ acceptance }) => acceptance));
    await Promise.all(some.map(({ settlement }) => ledger.settle(settlement)));
  }
  const ages = [29, 1, 0, 0, 0, 0, 0, 0, 0];
  const at = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  await ledger.countAges({ rows: endpoints.map(({ id }) => ({ at, endpointId: id, ages })) });
  for (let isMore = true; isMore;) ({ isMore } = await keeper.step());
}

type Delivery = {
  readonly acceptance: Parameters<Ledger['acceptAll']>[0][number];
  readonly settlement: Parameters<Ledger['settle']>[0];
};

function deliveryOf({ id: endpointId, appId }: Receiver, nth: number, isBad: boolean): Delivery {
  const [id, attemptId] = [ids.next(), ids.next()];
  const dueAt = now + MINUTE_MS;
  return {
    acceptance: {
      message: {
        id,
        appId,
        eventType: eventTypes[nth % eventTypes.length] ?? '',
        eventId: null,
        channels: null,
        tags: null,
        payload: '{}',
        retentionDays: 90,
        traceparent: null,
        matched: [endpointId],
      },
      deliveries: [{ endpointId, state: 'in_flight', dueAt, attemptId, reason: null }],
      contentHash: null,
      idempotencyKey: null,
    },
    settlement: {
      messageId: id,
      endpointId,
      attemptId,
      nth: 1,
      trigger: 'scheduled',
      outcome: isBad ? 'server_error' : 'delivered',
      statusCode: isBad ? 500 : 200,
      timing: { ...noTiming, queuedMs: 0, failedPhase: null },
      durationMs: 12,
      detail: null,
      response: 'ok',
      url: 'https://example.com/hook',
      address: '192.0.2.1',
      certificate: null,
      canaryId: null,
      ...(isBad
        ? { state: 'dead', dueAt: null, reason: 'bench' }
        : { state: 'delivered', dueAt: null, reason: null }),
    },
  };
}

function applicationDraft(nth: number): Draft<Application> {
  return {
    uid: null,
    name: `bench-${nth}`,
    metadata: { tier: nth % 10 === 0 ? 'gold' : 'free' },
    throttleRate: null,
    policy: null,
    signatureHeaders: 'standard',
  };
}

function endpointDraft({ id: appId }: Application, nth: number, place: number) {
  return {
    appId,
    uid: null,
    url: `https://bench-${nth}.example/${place}`,
    description: '',
    disabled: false,
    disabledReason: null,
    alternateUrl: null,
    isAlternateInUse: false,
    handCircuit: null,
    eventTypes: null,
    channels: null,
    metadata: {},
    throttleRate: null,
    policy: null,
    lane: null,
    pausedAt: null,
    pausedReason: null,
    payloadVersions: null,
    sealedHeaders: null,
    secrets: [{ sealed: 'a', expiresAt: null }],
  };
}
