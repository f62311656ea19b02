import { setTimeout as wait } from 'node:timers/promises';
import { createIdText, fault, seededRandom, systemClock, systemRandom } from '../../core/index.ts';
import {
  readLedgerFile,
  type DeliveryState,
  type DirectReading,
  type SliProof,
} from '../../ledger/index.ts';
import { mapStates } from '../answers.ts';
import { createApi, type Api } from '../api/index.ts';
import { auditFile } from '../audit-file.ts';
import { reportOn, type AuditReport } from '../audit-report.ts';
import { createClient } from '../client.ts';
import { followAct } from '../follow-act.ts';
import type { Progress } from '../progress.ts';
import { formatCount } from '../table.ts';
import { createDemoReceiver, digestOf, freePorts, type DemoReceiver } from './demo-receiver.ts';
import { loadExamples, loadVerifier, type Example } from './development-packages.ts';
import { startServiceProcess, type ServiceProcess } from './service-process.ts';

export type DemoOptions = {
  readonly dataDir: string;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly progress: Progress;
};

/** What was observed, on both sides of the wire; summary.ts draws the conclusions. */
export type DemoResult = {
  readonly examples: number;
  readonly payloadBytes: { readonly min: number; readonly max: number };
  /** Every accepted message and the digest of its payload as sent. */
  readonly sent: ReadonlyMap<string, string>;
  readonly receivers: readonly ObservedReceiver[];
  readonly audit: AuditReport;
  readonly sli: SliProof;
  readonly redriven: number;
  readonly tookMs: number;
};

export type ObservedReceiver = {
  readonly name: string;
  readonly acknowledged: ReadonlyMap<string, ReadonlySet<string>>;
  readonly signatureFailures: number;
  readonly attempts: number;
  readonly deliveries: number;
  readonly firstAttemptSuccesses: number;
  readonly delivered: number;
  readonly deadLettered: number;
  readonly redriven: number;
};

const APP = 'demo';
/** Five attempts within about 3 s instead of ten within 75 hours. */
export const RETRY_SCHEDULE = '0s,250ms,500ms,1s,1500ms';
const FAIL_SHARE = 0.2;
/** The third receiver comes back when this many deliveries to it are dead; the others are still being retried. */
const DEAD_BEFORE_RETURN = 24;
const SENDERS = 8;
const REDRIVE_PER_SECOND = 200;
/** A round leaves one in 3,000 deliveries to the second receiver dead, so a third round is rare. */
const REDRIVE_ROUNDS = 5;
const LOOK_EVERY_MS = 50;
const LONGEST_MS = 90_000;
/** More than there can be of either. */
const EVERYTHING = 1_000_000;

/** Sends all examples through a service of its own to three receivers, one of them down at first, and redrives. */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const timeout = AbortSignal.timeout(LONGEST_MS);
  try {
    return await withService({ ...options, signal: AbortSignal.any([options.signal, timeout]) });
  } catch (thrown) {
    if (!timeout.aborted || options.signal.aborted) throw thrown;
    throw fault('internal', {
      cause: thrown,
      detail: `The demo did not come to an end within ${LONGEST_MS / 1000} s. Run it again with --keep and look at its ledger with "holdfast audit".`,
    });
  }
}

async function withService(options: DemoOptions): Promise<DemoResult> {
  const { dataDir, seed, signal, progress } = options;
  const examples = await loadExamples();
  const verifierFor = await loadVerifier();
  const [healthy = 0, failing = 0, down = 0] = await freePorts(3, systemRandom);
  const random = seededRandom(seed);
  const receivers = [
    createDemoReceiver({ name: 'healthy', port: healthy, failShare: 0, random }),
    createDemoReceiver({ name: 'fails 20 %', port: failing, failShare: FAIL_SHARE, random }),
    createDemoReceiver({ name: 'was down', port: down, failShare: 0, random }),
  ] as const;
  progress.note(`Starting Holdfast with a new ledger in ${dataDir}`);
  const service = await startServiceProcess({
    dataDir,
    signal,
    settings: {
      allowedSubnets: '127.0.0.0/8',
      retrySchedule: RETRY_SCHEDULE,
      // Dead letters are what is shown: with its circuit open the third receiver would get nothing, and nothing die.
      breakerFailures: '0',
      breakerFailurePercent: '0',
      retryBudgetPerSecond: '1000',
      auditMs: '1000',
    },
  });
  try {
    await receivers[0].open();
    await receivers[1].open();
    return await observe({ ...options, examples, verifierFor, receivers, service });
  } finally {
    await service.stop();
    await Promise.all(receivers.map((receiver) => receiver.close()));
  }
}

type Stage = DemoOptions & {
  readonly examples: readonly Example[];
  readonly verifierFor: Awaited<ReturnType<typeof loadVerifier>>;
  readonly receivers: readonly [DemoReceiver, DemoReceiver, DemoReceiver];
  readonly service: ServiceProcess;
};

async function observe(stage: Stage): Promise<DemoResult> {
  const { examples, verifierFor, receivers, service, signal, progress, dataDir } = stage;
  const startedAt = systemClock.now();
  const api = createApi(createClient({ url: service.url, token: service.token }, {}, signal));
  await api.createApplication(APP, 'Demo');
  const endpoints: readonly Endpoint[] = await inTurn(receivers, async (receiver) => {
    const id = await api.createEndpoint(APP, receiver.name.replaceAll(/\W+/g, '-'), receiver.url);
    receiver.useVerifier(verifierFor(await api.endpointSecret(APP, id)));
    return { id, receiver };
  });
  const [, , down] = endpoints;
  if (down === undefined) throw new Error('there are three endpoints');
  const reading = readLedgerFile(dataDir);
  const sent = new Map<string, string>();
  const look = (): Figures => {
    const figures = figuresOf(reading);
    progress.show(describe(sent.size, examples.length, figures));
    return figures;
  };
  try {
    progress.note('Receivers: one healthy, one that fails 20 % at random, one that is down');
    await Promise.all([sendAll(api, examples, sent), bringBack(api, down, look, stage)]);
    await until(() => look().open === 0, signal);
    const rounds = await redriveAll(api, stage, look);
    progress.end();
    const observed = await inTurn(endpoints, (endpoint) => observeEndpoint(api, endpoint, rounds));
    return {
      examples: examples.length,
      payloadBytes: extremes(examples),
      sent,
      receivers: observed,
      // The service still runs: the proof is read from the file beside it.
      audit: auditNow(reading),
      sli: reading.sli({ nameAtMost: 10 }),
      redriven: rounds.reduce((sum, { touched }) => sum + touched, 0),
      tookMs: systemClock.now() - startedAt,
    };
  } finally {
    reading.close();
  }
}

type Endpoint = { readonly id: string; readonly receiver: DemoReceiver };

/** Several senders at once, as real ones would. */
async function sendAll(
  api: Api,
  examples: readonly Example[],
  sent: Map<string, string>,
): Promise<void> {
  const queue = examples.values();
  const sender = async (): Promise<void> => {
    for (const { eventType, payload } of queue) {
      // Each carries something, so that the proof holds the sums against the rows too.
      const value = JSON.stringify({ amount: payload.length, currency: 'EUR' });
      const json = `{"eventType":${JSON.stringify(eventType)},"value":${value},"payload":${payload}}`;
      const { id } = await api.sendMessage(APP, { json });
      sent.set(id, digestOf(payload));
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

async function bringBack(
  api: Api,
  { id, receiver }: Endpoint,
  look: () => Figures,
  { signal, progress }: Stage,
): Promise<void> {
  await until(async () => {
    look();
    const dead = await api.deadLetters(APP, { endpoint: id }, DEAD_BEFORE_RETURN);
    return dead.length >= DEAD_BEFORE_RETURN;
  }, signal);
  await receiver.open();
  progress.note(
    `${DEAD_BEFORE_RETURN} deliveries to the third receiver are dead letters; it comes back`,
  );
}

type RedriveRound = {
  readonly touched: number;
  readonly dead: readonly { readonly msgId: string; readonly endpointId: string }[];
};

async function redriveAll(
  api: Api,
  { signal, progress }: Stage,
  look: () => Figures,
): Promise<readonly RedriveRound[]> {
  const rounds: RedriveRound[] = [];
  while (rounds.length < REDRIVE_ROUNDS) {
    const dead = await api.deadLetters(APP, {}, EVERYTHING);
    if (dead.length === 0) break;
    progress.note(`Redriving ${formatCount(dead.length)} dead letters`);
    const options = { why: 'The receiver is back.', perSecond: REDRIVE_PER_SECOND };
    const begun = await api.redrive(APP, {}, options);
    const act = await followAct(api, APP, begun, { signal, onChange: () => void look() });
    rounds.push({ touched: act.touched, dead });
  }
  return rounds;
}

async function observeEndpoint(
  api: Api,
  { id, receiver }: Endpoint,
  rounds: readonly RedriveRound[],
): Promise<ObservedReceiver> {
  const attempts = await api.attemptsTo(APP, id, EVERYTHING);
  // The newest come first, so the last one that is seen of a message is its first.
  const first = new Map(attempts.map(({ msgId, outcome }) => [msgId, outcome]));
  const delivered = new Set(
    attempts.filter(({ outcome }) => outcome === 'delivered').map(({ msgId }) => msgId),
  );
  const dead = await api.deadLetters(APP, { endpoint: id }, EVERYTHING);
  const redriven = rounds.flatMap((round) =>
    round.dead.filter(({ endpointId }) => endpointId === id),
  );
  return {
    name: receiver.name,
    acknowledged: receiver.acknowledged,
    signatureFailures: receiver.signatureFailures(),
    attempts: attempts.length,
    deliveries: first.size,
    firstAttemptSuccesses: [...first.values()].filter((outcome) => outcome === 'delivered').length,
    delivered: delivered.size,
    deadLettered: new Set([...redriven, ...dead].map(({ msgId }) => msgId)).size,
    redriven: redriven.length,
  };
}

type Figures = {
  readonly states: Readonly<Record<DeliveryState, number>>;
  /** Scheduled or in flight. */
  readonly open: number;
};

function figuresOf(reading: DirectReading): Figures {
  const { minutes } = reading.audit({ now: systemClock.now(), nameAtMost: 0 });
  const states = mapStates((state) =>
    minutes.reduce((sum, minute) => sum + minute.states[state], 0),
  );
  return { states, open: states.scheduled + states.in_flight };
}

function auditNow(reading: DirectReading): AuditReport {
  const options = { clock: systemClock, nameAtMost: EVERYTHING, onProgress() {} };
  const result = auditFile(reading, options);
  return reportOn(result, createIdText(reading.mark), (id) => reading.applicationUid(id));
}

function describe(sent: number, examples: number, { states }: Figures): string {
  const parts = [
    `${states.delivered} delivered`,
    `${states.scheduled} scheduled`,
    `${states.in_flight} in flight`,
    `${states.dead} dead`,
  ];
  return `sent ${sent} of ${examples}: ${parts.join(', ')}`;
}

async function until(
  isReached: () => boolean | Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  while (!(await isReached())) await wait(LOOK_EVERY_MS, undefined, { signal });
}

async function inTurn<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

function extremes(examples: readonly Example[]): DemoResult['payloadBytes'] {
  const bytes = examples.map(({ payload }) => Buffer.byteLength(payload));
  return { min: Math.min(...bytes), max: Math.max(...bytes) };
}
