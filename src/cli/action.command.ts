import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { fault, systemClock } from '../core/index.ts';
import type { Api, Whole } from './api/index.ts';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { actionTable, describeAction } from './describe-review.ts';
import { findIncidentId } from './find-incident.ts';
import { newCommand, newGroup } from './new-command.ts';
import { oneLine } from './one-line.ts';
import { printResult } from './output.ts';
import { proposedDetector } from './proposed-detector.ts';
import type { ActionAnswer } from './review-answers.ts';
import { isWholeId, matchId } from './short-id.ts';
import { momentAhead, wholeNumber } from './values.ts';

type Flags = ClientFlags & { readonly json?: true };

const NOTE = 'An action item goes by its id, or by the end or the beginning of it.';
const TYPES = ['investigate', 'detect', 'mitigate', 'repair', 'prevent'] as const;
/** Looked among for what is named by a part of its id. */
const MOST = 1000;

export function actionCommand(): Command {
  return newGroup(
    'action',
    'action items: who does what until when, verified',
    [
      'holdfast action overdue',
      'holdfast action add 4xKq "Refuse a chain without its root" --type prevent --owner edge --due 7d --drill new-chain',
      'holdfast action add 4xKq "Alert on half of them failing" --type detect --owner edge --due 7d --detector outage:share=0.5,endpoints=1',
      'holdfast action verify 9cBz',
      'holdfast action not-doing 9cBz "The product ends in May."',
    ],
    [
      listCommand(),
      overdueCommand(),
      showCommand(),
      addCommand(),
      plainCommand('done', 'say that it is done'),
      notDoingCommand(),
      plainCommand('reopen', 'open one again'),
      verifyCommand(),
    ],
  );
}

function listCommand(): Command {
  return withClient(
    newCommand('list', 'action items that are open, of one incident or of all', [
      'holdfast action list',
      'holdfast action list --incident 4xKq',
      'holdfast action list --all',
    ]),
  )
    .option('--incident <incident>', 'all of this incident')
    .option('--all', 'closed ones too')
    .option('--limit <n>', 'at most so many', wholeNumber('--limit', 1, 100_000), 200)
    .action(
      async (
        flags: Flags & {
          readonly incident?: string;
          readonly all?: true;
          readonly limit: number;
        },
      ) => {
        const api = apiFrom(flags);
        const incident =
          flags.incident === undefined ? null : await findIncidentId(api, flags.incident);
        const query = flags.all === true ? {} : { open: 'true' };
        printResult(flags, await api.actions(incident, query, flags.limit), actionTable);
      },
    );
}

function overdueCommand(): Command {
  return withClient(
    newCommand('overdue', 'action items whose date has passed, the oldest first', [
      'holdfast action overdue',
    ]),
  )
    .option('--limit <n>', 'at most so many', wholeNumber('--limit', 1, 100_000), 200)
    .action(async (flags: Flags & { readonly limit: number }) => {
      const items = await apiFrom(flags).actions(null, { overdue: 'true' }, flags.limit);
      printResult(flags, items, actionTable);
    });
}

function ofItem(name: string, summary: string, examples: readonly string[]): Command {
  const lines = examples.map((example) => `holdfast action ${name} ${example}`);
  return withClient(newCommand(name, summary, lines, NOTE)).argument('<item>', 'its id');
}

async function printItem(
  flags: Flags,
  item: string,
  act: (api: Api, id: string) => Promise<Whole<ActionAnswer>>,
): Promise<ActionAnswer> {
  const api = apiFrom(flags);
  const { answer, json } = await act(api, await findItemId(api, item));
  printResult(flags, json, () => describeAction(answer, systemClock.now()));
  return answer;
}

async function findItemId(api: Api, text: string): Promise<string> {
  if (isWholeId('item_', text)) return text;
  const all = await api.actions(null, {}, MOST);
  return matchId(
    all.map(({ id }) => id),
    text,
    { what: 'action item', isNumbered: false },
  );
}

function showCommand(): Command {
  return ofItem('show', 'one in full, with its last result', ['9cBz']).action(
    async (item: string, flags: Flags) => {
      await printItem(flags, item, (api, id) => api.action(id));
    },
  );
}

type AddFlags = Flags & {
  readonly type: string;
  readonly owner?: string;
  readonly due?: string;
  readonly end?: string;
  readonly drill?: string;
  readonly detector?: string;
  readonly indicator?: string;
  readonly canary?: string;
  readonly contract?: string;
  readonly payload?: string;
  readonly accepts?: true;
  readonly command?: readonly string[];
  readonly link?: string;
};

function addCommand(): Command {
  const ways = ['drill', 'detector', 'canary', 'contract', 'command', 'link'];
  const way = (flags: string, description: string): Option => {
    const option = new Option(flags, description);
    return option.conflicts(ways.filter((each) => each !== option.attributeName()));
  };
  return withClient(
    newCommand(
      'add',
      'add an action item to an incident',
      [
        'holdfast action add 4xKq "Find out why it failed over by half" --type investigate',
        'holdfast action add 4xKq "Timeouts go through a canary" --type prevent --canary acme/orders',
        'holdfast action add 4xKq "Amounts are whole numbers" --type prevent --contract invoice.paid --payload bad.json',
        'holdfast action add 4xKq "The test of the failover" --type prevent --command npm test -- failover',
      ],
      'A command runs on your machine alone, and only when you say so.',
    ),
  )
    .argument('<incident>', 'its id')
    .argument('<text>', 'what is to be done')
    .addOption(
      new Option('--type <type>', TYPES.join(', ')).choices([...TYPES]).makeOptionMandatory(),
    )
    .option('--owner <team>', 'who does it')
    .option('--due <date>', 'a date, or how long from now: 7d', momentAhead('--due', systemClock))
    .option('--end <text>', 'by what it is seen to be done')
    .addOption(way('--drill <name>', 'verified by a drill that passes'))
    .addOption(
      way(
        '--detector <detector>',
        'verified by a detector that would have fired: outage:share=0.5,endpoints=1',
      ),
    )
    .addOption(
      new Option('--indicator <name>', 'what the detector looks at').choices([
        'first_attempt',
        'on_time',
      ]),
    )
    .addOption(way('--canary <endpoint>', 'verified by a canary that ended at this endpoint'))
    .addOption(way('--contract <type>', "verified by an event type's contract refusing --payload"))
    .option('--payload <file>', 'what the contract must refuse, as JSON')
    .option('--accepts', 'what the contract must accept instead')
    .addOption(way('--command <words...>', 'verified by a command that ends with 0'))
    .addOption(way('--link <url>', 'verified by what somebody sees there'))
    .action(async (incident: string, text: string, flags: AddFlags) => {
      const api = apiFrom(flags);
      const { type, owner, due, end } = flags;
      const verification = verificationOf(flags);
      const body = { type, text, owner, dueAt: due, end, verification };
      const { answer, json } = await api.addAction(await findIncidentId(api, incident), body);
      printResult(flags, json, () => describeAction(answer, systemClock.now()));
    });
}

function verificationOf(flags: AddFlags): object | undefined {
  const { drill, detector, indicator, canary, contract, payload, accepts, command, link } = flags;
  if (drill !== undefined) return { kind: 'drill', name: drill };
  if (detector !== undefined) {
    return { kind: 'detector', indicator, proposed: proposedDetector(detector) };
  }
  if (canary !== undefined) return { kind: 'canary', endpointId: canary };
  if (command !== undefined) return { kind: 'command', command };
  if (link !== undefined) return { kind: 'link', url: link };
  if (contract === undefined) return undefined;
  const wanted = accepts === true ? 'accepts' : 'refuses';
  return { kind: 'contract', eventType: contract, payload: payloadFrom(payload), wanted };
}

function payloadFrom(file: string | undefined): unknown {
  if (file === undefined) {
    throw fault('validation', {
      field: '--payload',
      detail: 'Name the payload that the contract is to judge: --payload FILE.',
    });
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw fault('validation', {
      field: '--payload',
      detail: `${file} holds no JSON: ${reason}.`,
      cause,
    });
  }
}

function plainCommand(name: 'done' | 'reopen', summary: string): Command {
  return ofItem(name, summary, ['9cBz']).action(async (item: string, flags: Flags) => {
    await printItem(flags, item, (api, id) => api.moveAction(id, name, {}));
  });
}

function notDoingCommand(): Command {
  return ofItem('not-doing', 'say that it is not done, and why', ['9cBz "It ends in May."'])
    .argument('<reason>', 'why')
    .action(async (item: string, reason: string, flags: Flags) => {
      await printItem(flags, item, (api, id) => api.moveAction(id, 'not-doing', { reason }));
    });
}

type VerifyFlags = Flags & {
  readonly held?: string;
  readonly notHeld?: string;
  readonly run?: true;
};

function verifyCommand(): Command {
  return ofItem('verify', 'run its verification, and keep what it comes to', [
    '9cBz',
    '9cBz --run                      # a command, on this machine',
    '9cBz --held "The graph is flat."  # what you saw behind a link',
  ])
    .addOption(new Option('--held <text>', 'what you saw, and that it holds').conflicts('notHeld'))
    .option('--not-held <text>', 'what you saw, and that it does not')
    .option('--run', 'run its command on this machine: somebody else may have written it')
    .action(async (item: string, flags: VerifyFlags) => {
      const { isHeld } = await verify(item, flags);
      if (!isHeld) process.exitCode = 1;
    });
}

async function verify(item: string, flags: VerifyFlags): Promise<{ readonly isHeld: boolean }> {
  const answer = await printItem(flags, item, async (api, id) => {
    const { answer: known } = await api.action(id);
    const tell = (isHeld: boolean, text: string): Promise<Whole<ActionAnswer>> =>
      api.moveAction(id, 'result', { isHeld, text: text.slice(0, LONGEST_RESULT) });
    if (flags.held !== undefined) return tell(true, flags.held);
    if (flags.notHeld !== undefined) return tell(false, flags.notHeld);
    const { verification } = known;
    switch (verification?.kind) {
      case 'command': {
        const { isHeld, text } = runCommand(verification.command, flags.run === true);
        return tell(isHeld, text);
      }
      case 'drill': {
        const { isHeld, text } = await playDrill(verification.name);
        return tell(isHeld, text);
      }
      case 'link':
        throw fault('validation', {
          field: '--held',
          detail: `Look at ${oneLine(verification.url)}, and tell what you saw: --held TEXT or --not-held TEXT.`,
        });
      default:
        return api.moveAction(id, 'verify', {});
    }
  });
  return { isHeld: answer.results.at(-1)?.isHeld === true };
}

const LONGEST_RESULT = 2000;
const COMMAND_MS = 600_000;

/** Without a shell: what is written is one program and its arguments. */
function runCommand(
  command: readonly string[],
  isAllowed: boolean,
): { readonly isHeld: boolean; readonly text: string } {
  const line = oneLine(command.join(' '));
  if (!isAllowed) {
    throw fault('validation', {
      field: '--run',
      detail: `Its command runs on this machine: ${line}. Look at it, then give --run.`,
    });
  }
  const [program = '', ...given] = command;
  // What it prints goes where it does not mix with the answer.
  const { status, signal, error } = spawnSync(program, given, {
    stdio: ['ignore', process.stderr, process.stderr],
    timeout: COMMAND_MS,
  });
  const ended =
    error !== undefined
      ? `did not run: ${error.message}`
      : `ended with ${status ?? `signal ${String(signal)}`}`;
  return { isHeld: status === 0, text: `"${line}" ${ended}.` };
}

async function playDrill(
  name: string,
): Promise<{ readonly isHeld: boolean; readonly text: string }> {
  // Loaded only here: it needs all of the service's parts.
  const { drills, runDrill } = await import('../drill/index.ts');
  const drill = drills.find((each) => each.name === name);
  if (drill === undefined) {
    throw fault('validation', {
      field: 'name',
      detail: `There is no drill "${oneLine(name)}". There are ${drills.map((each) => each.name).join(', ')}.`,
    });
  }
  const report = await runDrill(drill, { seed: 1 });
  const missed = report.checks.filter(({ isShown }) => !isShown);
  const text =
    missed.length === 0
      ? `The drill "${name}" passed: all ${report.checks.length} checks are shown.`
      : `The drill "${name}" missed ${missed.length} of ${report.checks.length}: ${missed.map(({ mustShow }) => mustShow).join('; ')}.`;
  return { isHeld: report.isPassed, text };
}
