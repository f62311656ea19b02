import type { Command } from 'commander';
import { fault } from '../core/index.ts';
import { resumeRateBounds } from '../change/index.ts';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { pausedWords } from './pause-answers.ts';
import { wholeNumber } from './values.ts';
import { wrapText } from './wrap-text.ts';

type Flags = ClientFlags & {
  readonly app?: string;
  readonly eventType?: string;
  readonly service?: true;
  readonly rate?: number;
  readonly why: string;
  readonly json?: true;
};

const { min, max } = resumeRateBounds;

export function pauseBeginCommand(): Command {
  return withClient(
    newCommand(
      'begin',
      'hold deliveries back; they are accepted and wait, none is lost',
      [
        'holdfast pause begin --app acme --why "they move house"',
        'holdfast pause begin --event-type invoice.paid --rate 50 --why "wrong amounts"',
        'holdfast pause begin --event-type invoice.paid --app acme --why "theirs alone"',
        'holdfast pause begin --service --why "the disk is moved"',
      ],
      'One endpoint is paused by "holdfast lane pause".',
    ),
  )
    .option('--app <application>', 'id or uid of the application')
    .option('--event-type <name>', 'only deliveries of this event type')
    .option('--service', 'everything, as before work on the machine')
    .option(
      '--rate <deliveries>',
      'of an event type: so many a second to each endpoint, once it is over (default 100)',
      wholeNumber('--rate', min, max),
    )
    .requiredOption('--why <text>', 'the reason, shown to whoever looks at a lane')
    .action(async (flags: Flags) => {
      const { app: appId, eventType, rate: resumePerSecond, why: reason } = flags;
      const isAll = appId === undefined && eventType === undefined;
      if (isAll !== (flags.service === true)) {
        throw fault('validation', {
          field: 'pause begin',
          detail: 'Say what to pause: --app, --event-type, both of them, or --service alone.',
        });
      }
      const given = { appId, eventType, reason, resumePerSecond };
      const pause = await apiFrom(flags).beginPause(given);
      printResult(flags, pause, () =>
        [
          wrapText(
            `Paused: ${pausedWords(pause)}. Messages are accepted as before and wait in the ledger. To go on:`,
          ),
          `  holdfast pause end ${pause.id}`,
        ].join('\n'),
      );
    });
}
