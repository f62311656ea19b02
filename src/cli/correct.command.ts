import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { fault, systemClock } from '../core/index.ts';
import type { Api } from './api/index.ts';
import { apiFrom, withClient, type AppFlags } from './client-options.ts';
import { conditionFrom, multiplicationFrom } from './correction-flags.ts';
import type { CorrectionAnswer, CorrectionPreviewAnswer } from './correction-answers.ts';
import { describeAct, followAct } from './follow-act.ts';
import { abortOnSignals } from './interruption.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { createProgress, silentProgress } from './progress.ts';
import { counted, formatCount, formatTable } from './table.ts';
import { collect, moment, wholeNumber } from './values.ts';

type Flags = AppFlags & {
  readonly endpoint?: string;
  readonly eventType?: readonly string[];
  readonly state?: readonly string[];
  readonly since?: string;
  readonly until?: string;
  readonly where?: readonly string[];
  readonly multiply?: readonly string[];
  readonly round?: string;
  readonly patch?: string;
  readonly webhookId?: string;
  readonly perSecond?: number;
  readonly reason?: string;
  readonly preview?: true;
  readonly yes?: true;
  readonly wait?: true;
};

/** How often a correction under way is asked for. */
const LOOK_AGAIN_MS = 200;

export function correctCommand(): Command {
  return withClient(
    newCommand(
      'correct',
      'correct payloads as declared and send them, previewed',
      [
        `holdfast correct --app acme --event-type invoice.paid --multiply data.amount=100 --where 'data.amount<1000'`,
        `holdfast correct --app acme --multiply 'lines[].price=0.01' --round exact --per-second 20 --reason "cents sent for dollars" --yes`,
        'holdfast correct --app acme --state delivered --patch fix.json --reason "wrong currency" --yes --json',
      ],
      'Without --yes nothing is changed: it shows what would be. A condition is path<value, with < <= > >= = != or a path alone.',
    ),
  )
    .requiredOption('--app <application>', 'id or uid of the application')
    .option('--endpoint <endpoint>', 'only deliveries to this endpoint, by id or uid')
    .option(
      '--event-type <name>',
      'only messages of this type; may be given several times',
      collect,
    )
    .option(
      '--state <state>',
      'scheduled, dead, delivered, cancelled; may be given several times (default scheduled and dead)',
      collect,
    )
    .option(
      '--since <moment>',
      'only messages accepted since: 2h ago, or a date',
      moment('--since', systemClock),
    )
    .option('--until <moment>', 'only messages accepted before', moment('--until', systemClock))
    .option(
      '--where <condition>',
      'only payloads that say so; all that are given must hold',
      collect,
    )
    .option(
      '--multiply <path=factor>',
      'a field times a factor; may be given several times',
      collect,
    )
    .option('--round <how>', 'integers that get decimals: exact, half_up, half_even, down, up')
    .option('--patch <file>', 'a JSON Patch (RFC 6902) instead')
    .option('--webhook-id <which>', 'same or new (default: new where it was delivered before)')
    .option(
      '--per-second <number>',
      'deliveries a second that are sent again (default: the setting redrivePerSecond)',
      wholeNumber('--per-second', 1, 10_000),
    )
    .option('--reason <text>', 'the reason, kept in the ledger')
    .option('--preview', 'only show what would be changed, as without --yes')
    .option('--yes', 'change it')
    .option('--wait', 'until all that was corrected came to an end; a paused endpoint holds it up')
    .action(async (flags: Flags) => correct(flags));
}

async function correct(flags: Flags): Promise<void> {
  const signal = abortOnSignals();
  const api = apiFrom(flags, signal);
  if (flags.yes !== true || flags.preview === true) {
    const found = await api.previewCorrection(flags.app, bodyOf(flags, true));
    printResult(flags, found, () => describePreview(found));
    return;
  }
  if (flags.reason === undefined) {
    throw fault('validation', {
      field: '--reason',
      detail: 'Say why with --reason: it stands beside every record that is changed.',
    });
  }
  const begun = await api.correct(flags.app, bodyOf(flags, false));
  const done = await follow(api, begun, flags, signal);
  printResult(flags, done, () => describeEnd(done, flags));
}

async function follow(
  api: Api,
  begun: CorrectionAnswer,
  flags: Flags,
  signal: AbortSignal,
): Promise<CorrectionAnswer> {
  const isQuiet = flags.json === true && !process.stderr.isTTY;
  const progress = isQuiet ? silentProgress : createProgress(process.stderr, systemClock);
  try {
    let act = begun;
    while (!act.done) {
      progress.show(
        `walked ${formatCount(act.counts.messages)}, corrected ${formatCount(act.touched)}`,
      );
      await wait(LOOK_AGAIN_MS, undefined, { signal });
      act = await api.correction(flags.app, act.id);
    }
    if (flags.wait !== true) return act;
    await followAct(api, flags.app, act, {
      signal,
      onChange: (state) => progress.show(describeAct(state)),
    });
    return await api.correction(flags.app, act.id);
  } finally {
    progress.end();
  }
}

/** JSON text: numbers go out as they were typed. */
function bodyOf(flags: Flags, isPreview: boolean): string {
  const { endpoint, eventType, state, since, until, webhookId, perSecond } = flags;
  const rest = JSON.stringify({
    endpointId: endpoint,
    eventTypes: eventType,
    states: state,
    since,
    until,
    webhookId,
    perSecond,
    reason: flags.reason ?? 'A preview.',
    preview: isPreview,
  });
  return `${rest.slice(0, -1)},"correction":${declarationOf(flags)}}`;
}

function declarationOf({ where = [], multiply = [], round, patch }: Flags): string {
  if ((patch === undefined) === (multiply.length === 0)) {
    throw fault('validation', {
      field: '--multiply',
      detail: 'Say what to correct: --multiply path=factor, or --patch and a file, not both.',
    });
  }
  const operations =
    patch === undefined
      ? `[${multiply.map((each) => multiplicationFrom(each, round)).join(',')}]`
      : patchFrom(patch);
  return `{"where":[${where.map(conditionFrom).join(',')}],"operations":${operations}}`;
}

function patchFrom(file: string): string {
  try {
    const json = readFileSync(file, 'utf8');
    JSON.parse(json);
    return json;
  } catch (cause) {
    throw fault('validation', {
      field: '--patch',
      detail: `The JSON Patch in ${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      cause,
    });
  }
}

function describePreview({ counts, isWhole, examples }: CorrectionPreviewAnswer): string {
  const rows = examples.flatMap(({ msgId, state, changes }) =>
    changes.map((change) => ({ msgId, state, ...change })),
  );
  const table = formatTable(
    [
      { title: 'MESSAGE', value: ({ msgId }) => msgId },
      { title: 'STATE', value: ({ state }) => state },
      { title: 'FIELD', value: ({ path }) => path },
      { title: 'BEFORE', value: ({ before }) => before ?? '' },
      { title: 'AFTER', value: ({ after }) => after ?? '' },
    ],
    rows,
  );
  const seen = isWhole ? '' : ' There are more messages than a preview looks at.';
  return [
    ...(rows.length === 0 ? [] : [table, '']),
    `Would correct ${counted(counts.corrected, 'delivery', 'deliveries')} of ${formatCount(counts.deliveries)} in ${counted(counts.messages, 'message')}.${seen}`,
    ...describeSkipped(counts.skipped),
    'Nothing was changed. Say --yes to correct them.',
  ].join('\n');
}

function describeEnd({ id, counts, states, touched }: CorrectionAnswer, { app }: Flags): string {
  return [
    `Corrected ${counted(touched, 'delivery', 'deliveries')} of ${app} (${id}): ${formatCount(states.scheduled)} scheduled, ${formatCount(states.delivered)} delivered, ${formatCount(states.dead)} dead.`,
    ...describeSkipped(counts.skipped),
  ].join('\n');
}

function describeSkipped(skipped: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(skipped).map(
    ([reason, count]) => `Left ${formatCount(count)} alone: ${reason}.`,
  );
}
