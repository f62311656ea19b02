import type { Command } from 'commander';
import { systemClock } from '../core/index.ts';
import type { ActAnswer } from './answers.ts';
import type { Api } from './api/index.ts';
import { apiFrom, withClient, withFilter, type FilterFlags } from './client-options.ts';
import { describeAct, followAct } from './follow-act.ts';
import { abortOnSignals, isInterruption } from './interruption.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { createProgress, silentProgress } from './progress.ts';
import { counted, formatCount } from './table.ts';
import { wholeNumber } from './values.ts';

type Flags = FilterFlags & {
  readonly rate?: number;
  readonly why?: string;
  readonly wait: boolean;
};

export function redriveCommand(): Command {
  return withClient(
    withFilter(
      newCommand('redrive', 'send dead letters again, at a limited rate', [
        'holdfast redrive --app acme',
        'holdfast redrive --app acme --endpoint main --since 2h --rate 20 --why "they fixed it"',
        'holdfast redrive --app acme --no-wait --json',
      ]),
    ),
  )
    .option(
      '--rate <number>',
      'deliveries a second (default: redrivePerSecond)',
      wholeNumber('--rate', 1, 10_000),
    )
    .option('--why <text>', 'the reason, kept in the ledger')
    .option('--wait', 'until all came to an end: delivered, dead again or cancelled', true)
    .option('--no-wait', 'only start it; the service carries it out')
    .action(async (flags: Flags) => redrive(flags));
}

async function redrive(flags: Flags): Promise<void> {
  const { app, why, rate: perSecond } = flags;
  const signal = abortOnSignals();
  const api = apiFrom(flags, signal);
  const begun = await api.redrive(app, flags, { why, perSecond });
  const act = flags.wait ? await follow(api, begun, flags, signal) : begun;
  printResult(flags, act, () =>
    flags.wait ? describeEnd(act, app) : `Started ${act.id}; the service carries it out.`,
  );
}

async function follow(
  api: Api,
  begun: ActAnswer,
  flags: Flags,
  signal: AbortSignal,
): Promise<ActAnswer> {
  const isQuiet = flags.json === true && !process.stderr.isTTY;
  const progress = isQuiet ? silentProgress : createProgress(process.stderr, systemClock);
  try {
    return await followAct(api, flags.app, begun, {
      signal,
      onChange: (act) => progress.show(describeAct(act)),
    });
  } catch (thrown) {
    if (isInterruption(thrown)) {
      progress.note(`No longer watched: ${begun.id} goes on in the service.`);
    }
    throw thrown;
  } finally {
    progress.end();
  }
}

function describeEnd({ id, touched, states }: ActAnswer, app: string): string {
  if (touched === 0) return `No dead letter of ${app} matched; nothing was sent.`;
  const again =
    states.dead === 0
      ? ''
      : ` "holdfast dead-letter list --app ${app}" shows those that are dead again.`;
  return `Redrove ${counted(touched, 'dead letter')} (${id}): ${formatCount(states.delivered)} delivered, ${formatCount(states.dead)} dead again, ${formatCount(states.cancelled)} cancelled.${again}`;
}
