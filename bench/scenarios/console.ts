import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { ROOT } from '../../bin/runtime.js';
import { systemRandom } from '../../src/core/index.ts';
import { generateSecret } from '../../src/signature/index.ts';
import { budgets } from '../budgets.ts';
import { Child } from '../child.ts';
import { LONGEST_ASK_MS, strangersOf } from '../console-asks.ts';
import {
  launchBrowser,
  newContext,
  openMessages,
  openSession,
  visitOverview,
  watchOverview,
  type Ended,
  type Scrolled,
  type Visit,
} from '../console-browser.ts';
import type { WatcherCalls } from '../console-watchers.ts';
import { fillDelivered } from '../fill-delivered.ts';
import { prepareLedger } from '../fill-ledger.ts';
import { HoldfastProcess, type Listening } from '../holdfast-process.ts';
import type { Latencies } from '../latencies.ts';
import { readLedgerSums, type LedgerSums } from '../ledger-sums.ts';
import type { LoadCalls } from '../load.ts';
import { median, overRounds, type Measure, type ScenarioResult } from '../measure.ts';
import type { BenchOptions } from '../options.ts';
import { percentile } from '../percentile.ts';
import type { ReceiverCalls } from '../receiver.ts';
import type { Scenario } from '../scenario.ts';
import { newReceiver } from '../testbed.ts';

/**
 * A browser at the console of a Holdfast with many messages stored: how soon the overview is there, how a long list
 * scrolls, and what ten consoles that watch cost those who send messages meanwhile.
 */
export const consoleScenario: Scenario = {
  name: 'console',
  sentence:
    'The console with many messages stored: overview, a long list, ten consoles that watch.',
  isOnRequest: true,
  run,
};

const APPLICATIONS = 50;
const CONSOLES = 10;
/** A few percent of what two cores deliver. */
const PER_SECOND = 300;
const DAY_MS = 86_400_000;
const settings = { HOLDFAST_ALLOWED_SUBNETS: '127.0.0.0/8' };
const stored = {
  quick: { messages: 125_000, ofFirst: 100_000, overMs: DAY_MS },
  full: { messages: 1_000_000, ofFirst: 100_000, overMs: DAY_MS },
};
const sizes = {
  quick: { visits: 3, steps: 100, rounds: 2, seconds: 15 },
  full: { visits: 7, steps: 400, rounds: 5, seconds: 30 },
};
/** An overview that somebody else asked for is given again for two seconds. */
const BETWEEN_VISITS_MS = 2500;
/** Consoles come over so long, before anything is measured. */
const SETTLE_MS = 5000;
const LAST_ARRIVAL_MS = 30_000;
const POLL_MS = 50;

async function run(
  { isQuick, rounds: mostRounds, concurrency }: BenchOptions,
  progress: (line: string) => void,
): Promise<ScenarioResult> {
  const size = isQuick ? sizes.quick : sizes.full;
  const fill = isQuick ? stored.quick : stored.full;
  const rounds = Math.min(size.rounds, mostRounds);
  const receiver = newReceiver();
  const secret = generateSecret(systemRandom).text;
  const receiverUrl = await receiver.call('listen', { secret });
  const prepared = await prepareLedger({
    applications: APPLICATIONS,
    endpointsAMessage: 1,
    receiverUrl,
    secret,
    settings,
  });
  progress(`storing ${counted(fill.messages)} messages`);
  const { path: dataDir } = await fillDelivered(prepared, fill);
  const holdfast = new HoldfastProcess({ dataDir, settings });
  const at = await holdfast.listening();
  const cookie = await openSession(at);
  const isBuilt = existsSync(join(ROOT, 'console', 'dist', 'index.html'));
  const browser = isBuilt ? await launchBrowser() : null;
  const missing = isBuilt
    ? 'There is no browser (CHROMIUM names one)'
    : 'The console is not built (npm run console:build)';

  const applications = prepared.targets.map(({ application }) => application);
  const [first = ''] = applications;
  const scene: Scene = { browser, at, cookie, progress, holdfast };
  try {
    const visits = await visitAll(scene, size.visits);
    const list = await scrollAll(scene, first, size.steps);
    const load = new Child<LoadCalls>(new URL('../load.ts', import.meta.url));
    await load.call('prepare', { ...at, applications, connections: concurrency });
    const watchers = new Child<WatcherCalls>(new URL('../console-watchers.ts', import.meta.url));
    const watched = { ...scene, receiver, load, watchers };
    const turns = await takeTurns(watched, rounds, size.seconds);
    await browser?.close();

    progress('stopping, then auditing the ledger');
    const { sent, acknowledged } = await load.call('mark');
    const { received, changed, badSignatures } = await lastArrivals(receiver, acknowledged);
    await load.call('close');
    await holdfast.stop();
    const sums = readLedgerSums(dataDir);
    const { refusals } = await watchers.call('mark');
    return {
      measures: [
        ...visitMeasures(visits, fill.messages),
        ...listMeasures(list, fill.ofFirst),
        ...watchMeasures(turns, browser !== null),
      ],
      failures: [
        ...failuresOf(
          fill.messages,
          { sent, acknowledged, received, changed, badSignatures },
          sums,
        ),
        ...refusals.map((refusal) => `A console was refused: ${refusal}.`),
        ...turns.browser.flatMap(({ asked }) => (asked === null ? [] : strangersOf(asked))),
        ...turns.clients
          .filter(({ figures }) => figures < (CONSOLES * size.seconds) / 2)
          .map(({ figures }) => `Ten streams told ${figures} times in ${size.seconds} s.`),
      ],
      complaints: holdfast.complaints(),
      remarks: [
        `${counted(fill.messages)} messages of ${APPLICATIONS} applications over the last day, ${counted(fill.ofFirst)} of them of the application whose list is scrolled; 1 kB payloads, one in 5,000 dead, all others delivered.`,
        'Interactive: heading, figures and chart are drawn, nothing loads, no long task is under way. Cold: an empty cache; warm: the same browser again.',
        `Accepted: from the message leaving the sender to its answer, at ${PER_SECOND} messages/s, windows of ${size.seconds} s by turns. A console asks what the overview asks, as often as it does, and holds its stream of events.`,
        'The browser, the sender, the receiver and the service share the cores.',
        ...(browser === null ? [`${missing}: what needs one is not measured.`] : []),
        ...(isQuick
          ? [
              `Reduced from ${counted(stored.full.messages)} messages stored: the budget is for those.`,
            ]
          : []),
      ],
      conditions: { fill, size, rounds, perSecond: PER_SECOND, visits, list, turns: shown(turns) },
    };
  } finally {
    await browser?.close();
  }
}

type Scene = {
  readonly browser: Browser | null;
  readonly at: Listening;
  readonly cookie: string;
  readonly progress: (line: string) => void;
  readonly holdfast: HoldfastProcess;
};

/** `serviceCpuMs`: CPU time of the service meanwhile, whatever else it did. */
type SeenVisit = Visit & { readonly serviceCpuMs: number };
type Visits = { readonly cold: readonly SeenVisit[]; readonly warm: readonly SeenVisit[] };

async function visitAll(
  { browser, at, cookie, progress, holdfast }: Scene,
  visits: number,
): Promise<Visits> {
  const cold: SeenVisit[] = [];
  const warm: SeenVisit[] = [];
  if (browser === null) return { cold, warm };
  for (let nth = 0; nth < visits; nth += 1) {
    const context = await newContext(browser, at.url, cookie);
    for (const into of [cold, warm]) {
      await sleep(BETWEEN_VISITS_MS);
      const { cpuUs } = holdfast.usage();
      const visit = await visitOverview(context, at.url);
      into.push({ ...visit, serviceCpuMs: (holdfast.usage().cpuUs - cpuUs) / 1000 });
    }
    await context.close();
    progress(
      `overview: cold ${milliseconds(cold.at(-1))}, warm ${milliseconds(warm.at(-1))} (${nth + 1} of ${visits})`,
    );
  }
  return { cold, warm };
}

function visitMeasures({ cold, warm }: Visits, messages: number): readonly Measure[] {
  return [
    { name: 'cold', visits: cold },
    { name: 'warm', visits: warm },
  ].flatMap(({ name, visits }): readonly Measure[] => {
    const of = (pick: (visit: SeenVisit) => number): string =>
      `${Math.round(median(visits.map(pick)))} ms`;
    const note =
      visits.length === 0
        ? {}
        : {
            note: `last script after ${of(({ scriptsMs }) => scriptsMs)}, asked for the overview at ${of(({ askedMs }) => askedMs)}, answered at ${of(({ answeredMs }) => answeredMs)}; CPU of the page ${of(({ pageCpuMs }) => pageCpuMs)}, of the service ${of(({ serviceCpuMs }) => serviceCpuMs)}`,
          };
    return [
      {
        ...overRounds(
          `overview interactive, ${name}, ${counted(messages)} stored`,
          'ms',
          visits,
          ({ interactiveMs }) => interactiveMs,
        ),
        target: budgets.consoleInteractiveMs,
        ...note,
      },
      {
        ...overRounds(
          `the same with the stream's first figures, ${name}`,
          'ms',
          visits,
          ({ allFiguresMs }) => allFiguresMs,
        ),
        target: budgets.consoleInteractiveMs,
      },
    ];
  });
}

type List = {
  readonly fetching: Scrolled;
  readonly held: Scrolled;
  readonly end: Ended;
};

async function scrollAll(
  { browser, at, cookie, progress }: Scene,
  application: string,
  steps: number,
): Promise<List | null> {
  if (browser === null) return null;
  const context = await newContext(browser, at.url, cookie);
  const messages = await openMessages(context, at.url, application);
  const fetching = await messages.pageDown(steps);
  progress(`list: ${steps} pages down, ${Math.round(median(fetching.stepsMs))} ms each`);
  const end = await messages.end();
  progress(`list: all ${counted(end.rows)} rows after ${Math.round(end.ms)} ms`);
  const held = await messages.jump(steps);
  await context.close();
  return { fetching, held, end };
}

function listMeasures(list: List | null, rows: number): readonly Measure[] {
  const { fetching, held, end } = list ?? {
    fetching: { stepsMs: [], mostRows: Number.NaN },
    held: { stepsMs: [], mostRows: Number.NaN },
    end: { ms: Number.NaN, rows: Number.NaN, presses: 0 },
  };
  const stepsOf = (name: string, { stepsMs }: Scrolled): Measure => {
    const sorted = stepsMs.toSorted((one, other) => one - other);
    const atMs = (share: number): string => `${Math.round(percentile(sorted, share))} ms`;
    return {
      name,
      value: median(stepsMs),
      unit: 'ms',
      target: budgets.consolePageDownMs,
      ...(stepsMs.length === 0
        ? {}
        : {
            note: `p95 ${atMs(0.95)}, longest ${atMs(1)}, of ${stepsMs.length}; two frames at least`,
          }),
    };
  };
  return [
    stepsOf('a page down, with fetching', fetching),
    stepsOf(`a jump in ${counted(rows)} rows`, held),
    {
      name: 'rows in the page at once',
      value: Math.max(fetching.mostRows, held.mostRows),
      unit: 'rows',
      target: budgets.consoleRows,
    },
    {
      name: `End: all ${counted(rows)} rows fetched`,
      value: end.ms,
      unit: 'ms',
      ...(Number.isNaN(end.ms)
        ? {}
        : {
            note: `${counted(end.rows)} rows, 250 an answer${end.presses > 1 ? `; pressed ${end.presses} times, since answers came too late` : ''}`,
          }),
    },
  ];
}

/** Of one window, in which consoles watch or none does. */
type Turn = {
  readonly accepted: Latencies;
  readonly arrived: Latencies;
  /** CPU time of the service, in milliseconds a second. */
  readonly cpuMs: number;
  readonly mainThreadMs: number;
  /** Answers and figures that the consoles got. */
  readonly answers: number;
  readonly figures: number;
  /** CPU time of the browser's page, in milliseconds a second; NaN where there is none. */
  readonly pageCpuMs: number;
  /** By the browser's page; null where there is none. */
  readonly asked: ReadonlySet<string> | null;
};

/** Nobody watches · ten consoles without browsers · one of the ten is a browser's page. */
const watching = ['alone', 'clients', 'browser'] as const;
type Turns = Readonly<Record<(typeof watching)[number], readonly Turn[]>>;

type WatchedScene = Scene & {
  readonly receiver: Child<ReceiverCalls>;
  readonly load: Child<LoadCalls>;
  readonly watchers: Child<WatcherCalls>;
};

async function takeTurns(scene: WatchedScene, rounds: number, seconds: number): Promise<Turns> {
  const { browser, progress } = scene;
  const turns: Record<keyof Turns, Turn[]> = { alone: [], clients: [], browser: [] };
  for (let round = 0; round < rounds; round += 1) {
    // Each is first and last as often as the others, or nearly.
    const order = watching.map(
      (_kind, nth) => watching[(nth + round) % watching.length] ?? 'alone',
    );
    for (const kind of order) {
      if (kind === 'browser' && browser === null) continue;
      const turn = await takeTurn(scene, kind, seconds);
      turns[kind].push(turn);
      progress(
        `${kind}: accepted in ${turn.accepted.p50Ms.toFixed(1)} ms, p99 ${turn.accepted.p99Ms.toFixed(1)} ms (${round + 1} of ${rounds})`,
      );
    }
  }
  return turns;
}

async function takeTurn(
  { browser, at, cookie, holdfast, receiver, load, watchers }: WatchedScene,
  kind: keyof Turns,
  seconds: number,
): Promise<Turn> {
  const context =
    kind === 'browser' && browser !== null ? await newContext(browser, at.url, cookie) : null;
  const settled = sleep(SETTLE_MS);
  await load.call('startPaced', { perSecond: PER_SECOND });
  const page = context === null ? null : await watchOverview(context, at.url);
  const consoles = kind === 'alone' ? 0 : page === null ? CONSOLES : CONSOLES - 1;
  await watchers.call('start', { url: at.url, cookie, consoles, overMs: SETTLE_MS });
  await settled;

  const pageCpuMs = (await page?.cpuMs()) ?? Number.NaN;
  const usageBefore = holdfast.usage();
  const before = await watchers.call('mark');
  const startedAt = performance.now();
  await load.call('beginLatencies');
  await receiver.call('beginLatencies', { stream: 'holdfast' });
  await sleep(seconds * 1000);
  const accepted = await load.call('endLatencies');
  const arrived = await receiver.call('endLatencies', { stream: 'holdfast' });
  const tookS = (performance.now() - startedAt) / 1000;
  const usage = holdfast.usage();
  const { answers, figures } = await watchers.call('mark');
  const pageCpuAfterMs = (await page?.cpuMs()) ?? Number.NaN;

  await watchers.call('stop');
  await page?.close();
  await context?.close();
  await load.call('stop');
  return {
    accepted,
    arrived,
    cpuMs: (usage.cpuUs - usageBefore.cpuUs) / 1000 / tookS,
    mainThreadMs: (usage.mainThreadUs - usageBefore.mainThreadUs) / 1000 / tookS,
    answers: answers - before.answers,
    figures: figures - before.figures,
    pageCpuMs: (pageCpuAfterMs - pageCpuMs) / tookS,
    asked: page?.asked ?? null,
  };
}

function watchMeasures(turns: Turns, hasBrowser: boolean): readonly Measure[] {
  const { alone } = turns;
  const acceptedP99 = ({ accepted }: Turn): number => accepted.p99Ms;
  const ratios = (of: readonly Turn[], pick: (turn: Turn) => number): readonly number[] =>
    of.map((turn, round) => pick(turn) / pick(alone[round] ?? turn));
  const latencies = (name: string, of: readonly Turn[]): readonly Measure[] => [
    {
      ...overRounds(`accepted, p50, ${name}`, 'ms', of, ({ accepted }) => accepted.p50Ms),
      target: budgets.latencyP50Ms,
    },
    {
      ...overRounds(`accepted, p99, ${name}`, 'ms', of, acceptedP99),
      target: budgets.latencyP99Ms,
    },
    {
      ...overRounds(`accepted to received, p50, ${name}`, 'ms', of, ({ arrived }) => arrived.p50Ms),
      target: budgets.latencyP50Ms,
    },
    {
      ...overRounds(`accepted to received, p99, ${name}`, 'ms', of, ({ arrived }) => arrived.p99Ms),
      target: budgets.latencyP99Ms,
    },
  ];
  const against = (name: string, of: readonly Turn[]): readonly Measure[] => {
    const more = of.map((turn, round) => turn.cpuMs - (alone[round]?.cpuMs ?? Number.NaN));
    const main = of.map(
      (turn, nth) => turn.mainThreadMs - (alone[nth]?.mainThreadMs ?? Number.NaN),
    );
    const p50s = ratios(of, ({ accepted }) => accepted.p50Ms);
    return [
      {
        ...overRounds(`p99 accepted, ${name}, to nobody`, 'ratio', ratios(of, acceptedP99), itself),
        note: `p50 ${median(p50s).toFixed(2)}; of the medians p99 ${(median(of.map(acceptedP99)) / median(alone.map(acceptedP99))).toFixed(2)}`,
      },
      {
        ...overRounds(`CPU of the service for ${name}`, 'ms', more, itself),
        note: `a second; ${median(main).toFixed(1)} of it the main thread's; beside ${median(alone.map(({ cpuMs }) => cpuMs)).toFixed(0)} for the messages`,
      },
    ];
  };
  const withPage = hasBrowser ? turns.browser : [];
  return [
    ...latencies('nobody watches', alone),
    ...latencies('ten consoles', turns.clients),
    ...latencies('nine and a browser', withPage),
    ...against('ten consoles', turns.clients),
    ...against('nine and a browser', withPage),
    {
      ...overRounds('CPU of the page that watches', 'ms', withPage, ({ pageCpuMs }) => pageCpuMs),
      note: 'a second, its main thread',
    },
  ];
}

function itself(value: number): number {
  return value;
}

/** As JSON can have it. */
function shown(turns: Turns): object {
  const plain = (of: readonly Turn[]): readonly object[] =>
    of.map((turn) => ({ ...turn, asked: turn.asked === null ? null : [...turn.asked] }));
  return {
    alone: plain(turns.alone),
    clients: plain(turns.clients),
    browser: plain(turns.browser),
    longestAskMs: LONGEST_ASK_MS,
  };
}

type Arrived = {
  readonly received: number;
  readonly changed: number;
  readonly badSignatures: number;
};

async function lastArrivals(
  receiver: Child<ReceiverCalls>,
  acknowledged: number,
): Promise<Arrived> {
  const giveUpAt = performance.now() + LAST_ARRIVAL_MS;
  for (;;) {
    const mark = await receiver.call('mark', { stream: 'holdfast' });
    if (mark.received >= acknowledged || performance.now() > giveUpAt) return mark;
    await sleep(POLL_MS);
  }
}

/** What was stored is still there, and what was sent has arrived. */
function failuresOf(
  before: number,
  {
    sent,
    acknowledged,
    received,
    changed,
    badSignatures,
  }: Arrived & { readonly sent: number; readonly acknowledged: number },
  { states, unaccounted, fileFaults }: LedgerSums,
): readonly string[] {
  const ended = states.delivered + states.dead;
  const checks: readonly (readonly [isWrong: boolean, sentence: string])[] = [
    [acknowledged < sent, `${sent - acknowledged} of ${sent} messages were not acknowledged.`],
    [received < acknowledged, `${acknowledged - received} acknowledged messages never came.`],
    [
      ended !== before + received,
      `${before} were stored and ${received} received, but ${ended} are over: ${JSON.stringify(states)}.`,
    ],
    [changed > 0, `${changed} bodies were not what was sent.`],
    [badSignatures > 0, `${badSignatures} signatures did not verify.`],
    [unaccounted > 0, `The audit finds ${unaccounted} unaccounted deliveries.`],
    [fileFaults.length > 0, `The ledger's file is damaged: ${fileFaults.join('; ')}.`],
  ];
  return checks.filter(([isWrong]) => isWrong).map(([, sentence]) => sentence);
}

function counted(count: number): string {
  return count.toLocaleString('en');
}

function milliseconds(visit: Visit | undefined): string {
  return visit === undefined ? '–' : `${Math.round(visit.interactiveMs)} ms`;
}
