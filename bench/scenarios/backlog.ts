import { setTimeout as sleep } from 'node:timers/promises';
import { systemRandom } from '../../src/core/index.ts';
import { generateSecret } from '../../src/signature/index.ts';
import { MILESTONE_EVERY } from '../arrivals.ts';
import { budgets } from '../budgets.ts';
import type { Child } from '../child.ts';
import { copyDataFolder, removeDataFolder, type DataFolder } from '../disk.ts';
import { fillLedger, prepareLedger } from '../fill-ledger.ts';
import { HoldfastProcess } from '../holdfast-process.ts';
import { readLedgerSums, type LedgerSums } from '../ledger-sums.ts';
import { overRounds, type ScenarioResult } from '../measure.ts';
import type { BenchOptions } from '../options.ts';
import type { ReceiverCalls } from '../receiver.ts';
import type { Scenario } from '../scenario.ts';
import { newReceiver } from '../testbed.ts';

/**
 * Holdfast starts on a ledger full of deliveries that are due. Small and large backlogs take turns, each life on a
 * fresh copy of the filled folder, and the drain rate is taken between the same two counts after the start: in both
 * the process is equally warm, and in the large one nearly all is still pending.
 */
export const backlog: Scenario = {
  name: 'backlog',
  sentence: 'Start, drain rate and memory with many deliveries pending, against few.',
  run,
};

const APPLICATIONS = 8;
const ENDPOINTS_A_MESSAGE = 4;
const settings = { HOLDFAST_ALLOWED_SUBNETS: '127.0.0.0/8' };
const POLL_MS = 20;
const GIVE_UP_MS = 120_000;

const sizes = {
  quick: { small: 5000, middle: null, large: 50_000, rounds: 1, memorySeconds: 2 },
  full: { small: 10_000, middle: 100_000, large: 1_000_000, rounds: 5, memorySeconds: 30 },
};
/** Counts between which the drain rate is taken, as shares of the small backlog: it is not yet running dry. */
const FROM_SHARE = 0.2;
const TO_SHARE = 0.9;

type Life = {
  readonly deliveries: number;
  /** From launching the process to the first delivery's arrival. */
  readonly startMs: number;
  readonly perSecond: number;
  readonly peakResidentBytes: number;
  readonly received: number;
  readonly repeated: number;
  readonly sums: LedgerSums;
  readonly failures: readonly string[];
  readonly complaints: readonly string[];
};

async function run(
  { isQuick, rounds: mostRounds }: BenchOptions,
  progress: (line: string) => void,
): Promise<ScenarioResult> {
  const size = isQuick ? sizes.quick : sizes.full;
  const rounds = Math.min(size.rounds, mostRounds);
  const receiver = newReceiver();
  const secret = generateSecret(systemRandom).text;
  const receiverUrl = await receiver.call('listen', {
    secret,
    endpointsAMessage: ENDPOINTS_A_MESSAGE,
  });
  const empty = await prepareLedger({
    applications: APPLICATIONS,
    endpointsAMessage: ENDPOINTS_A_MESSAGE,
    receiverUrl,
    secret,
    settings,
  });
  const fill = async (deliveries: number): Promise<Filled> => {
    progress(`filling a ledger with ${counted(deliveries)} deliveries`);
    return { folder: await fillLedger(empty, deliveries), deliveries };
  };
  const window = [size.small * FROM_SHARE, size.small * TO_SHARE] as const;
  const live = async (filled: Filled, memorySeconds = 0): Promise<Life> => {
    const life = await lifeOn(filled, receiver, window, memorySeconds);
    progress(
      `${counted(filled.deliveries)} pending: first after ${Math.round(life.startMs)} ms, ${Math.round(life.perSecond)}/s`,
    );
    return life;
  };

  const fewPending = await fill(size.small);
  const manyPending = await fill(size.large);
  const small: Life[] = [];
  const large: Life[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const memorySeconds = round === rounds - 1 ? size.memorySeconds : 0;
    const smallTurn = async (): Promise<unknown> => small.push(await live(fewPending));
    const largeTurn = async (): Promise<unknown> =>
      large.push(await live(manyPending, memorySeconds));
    for (const turn of round % 2 === 0 ? [smallTurn, largeTurn] : [largeTurn, smallTurn]) {
      await turn();
    }
  }
  removeDataFolder(manyPending.folder.path);
  const middle = size.middle === null ? [] : [await live(await fill(size.middle))];
  await receiver.stop();

  const lives = [...small, ...middle, ...large];
  const ratios = large.map((life, round) => life.perSecond / (small[round]?.perSecond ?? 0));
  const [few, many] = [counted(size.small), counted(size.large)];
  const startMs = (life: Life): number => life.startMs;
  const residentMb = (life: Life): number => life.peakResidentBytes / 1e6;
  const perSecond = (life: Life): number => life.perSecond;
  return {
    measures: [
      overRounds(`start to first delivery, ${few} pending`, 'ms', small, startMs),
      {
        ...overRounds(`start to first delivery, ${many} pending`, 'ms', large, startMs),
        target: budgets.backlogStartMs,
      },
      overRounds(`drain rate, ${few} pending`, 'deliveries/s', small, perSecond),
      overRounds(`drain rate, ${many} pending`, 'deliveries/s', large, perSecond),
      {
        ...overRounds(`drain rate, ${many} to ${few} pending`, 'ratio', ratios, (ratio) => ratio),
        target: budgets.drainRatio,
        note: `rounds: ${ratios.map((ratio) => ratio.toFixed(3)).join(' ')}`,
      },
      overRounds(`peak resident memory, ${few} pending`, 'MB', small, residentMb),
      {
        ...overRounds(`peak resident memory, ${many} pending`, 'MB', large, residentMb),
        value: Math.max(...large.map(residentMb)),
        target: budgets.backlogResidentMb,
        note: `the largest of the rounds, the last of which drained ${size.memorySeconds} s longer`,
      },
      ...middle.flatMap((life) => [
        {
          name: `start to first delivery, ${counted(life.deliveries)} pending`,
          value: life.startMs,
          unit: 'ms' as const,
        },
        {
          name: `peak resident memory, ${counted(life.deliveries)} pending`,
          value: residentMb(life),
          unit: 'MB' as const,
        },
      ]),
    ],
    failures: lives.flatMap(({ failures }) => failures),
    complaints: lives.flatMap(({ complaints }) => complaints),
    remarks: [
      `${APPLICATIONS} applications with ${ENDPOINTS_A_MESSAGE} endpoints each, 1 kB payloads accepted over the last hour, the file in the system's cache.`,
      `Drain rates between delivery ${counted(window[0])} and ${counted(window[1])} after each start, by turns.`,
      ...(isQuick
        ? [
            `Reduced from ${counted(sizes.full.large)} and ${counted(sizes.full.small)} pending in ${sizes.full.rounds} rounds: the budgets are for those.`,
          ]
        : []),
    ],
    conditions: { size, ratios, small, middle, large },
  };
}

type Filled = { readonly folder: DataFolder; readonly deliveries: number };

/** One process on a copy of the folder, from its launch until the window is over, and what its ledger says then. */
async function lifeOn(
  { folder, deliveries }: Filled,
  receiver: Child<ReceiverCalls>,
  [from, to]: readonly [number, number],
  memorySeconds: number,
): Promise<Life> {
  await receiver.call('reset');
  const { badSignatures } = await receiver.call('mark', { stream: 'holdfast' });
  const copy = copyDataFolder(folder);
  const holdfast = new HoldfastProcess({ dataDir: copy.path, settings });
  await untilReceived(receiver, to + MILESTONE_EVERY);
  await sleep(memorySeconds * 1000);
  const { peakResidentBytes } = holdfast.usage();
  await holdfast.stop();
  const mark = await receiver.call('mark', { stream: 'holdfast' });
  const milestones = await receiver.call('milestonesUs', { stream: 'holdfast' });
  const atUs = (count: number): number => milestones[count / MILESTONE_EVERY] ?? Number.NaN;
  const sums = readLedgerSums(copy.path);
  removeDataFolder(copy.path);
  const { received, repeated, changed } = mark;
  return {
    deliveries,
    startMs: (atUs(0) - holdfast.launchedAtUs) / 1000,
    perSecond: ((to - from) / (atUs(to) - atUs(from))) * 1e6,
    peakResidentBytes,
    received,
    repeated,
    sums,
    failures: failuresOf(deliveries, sums, {
      received,
      changed,
      badSignatures: mark.badSignatures - badSignatures,
    }),
    complaints: holdfast.complaints(),
  };
}

async function untilReceived(receiver: Child<ReceiverCalls>, count: number): Promise<void> {
  const giveUpAt = performance.now() + GIVE_UP_MS;
  for (;;) {
    const { received } = await receiver.call('mark', { stream: 'holdfast' });
    if (received >= count) return;
    if (performance.now() > giveUpAt) throw new Error(`${received} of ${count} came in time`);
    await sleep(POLL_MS);
  }
}

/** What was not delivered must still be pending: the two add up, and nothing came that the ledger does not know. */
function failuresOf(
  deliveries: number,
  { states, unaccounted, fileFaults }: LedgerSums,
  arrived: Readonly<Record<'received' | 'changed' | 'badSignatures', number>>,
): readonly string[] {
  const { delivered, scheduled } = states;
  const checks: readonly (readonly [isWrong: boolean, sentence: string])[] = [
    [
      delivered + scheduled !== deliveries,
      `Of ${deliveries} pending, ${delivered} are delivered and ${scheduled} scheduled: ${JSON.stringify(states)}.`,
    ],
    [
      delivered !== arrived.received,
      `${arrived.received} were received, but the ledger has ${delivered} delivered.`,
    ],
    [arrived.changed > 0, `${arrived.changed} bodies were not what was sent.`],
    [arrived.badSignatures > 0, `${arrived.badSignatures} signatures did not verify.`],
    [unaccounted > 0, `The audit finds ${unaccounted} unaccounted deliveries.`],
    [fileFaults.length > 0, `The ledger's file is damaged: ${fileFaults.join('; ')}.`],
  ];
  return checks.filter(([isWrong]) => isWrong).map(([, sentence]) => sentence);
}

function counted(count: number): string {
  return count.toLocaleString('en');
}
