import { Option, type Command } from 'commander';
import { conflictChoices } from '../change/index.ts';
import { fault } from '../core/index.ts';
import type { Api } from './api/index.ts';
import type { RevertAnswer } from './change-answers.ts';
import { apiFrom, withClient, withWhy } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { describeRevert } from './describe-change.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { durationWithin } from './values.ts';
import { wrapText } from './wrap-text.ts';

type Flags = ClientFlags & {
  readonly last?: number;
  readonly app?: string;
  readonly onConflict: string;
  readonly yes?: true;
  readonly json?: true;
};

const MINUTE_MS = 60_000;
const LONGEST_SPAN_MS = 14 * 24 * 60 * MINUTE_MS;

export function changeRevertCommand(): Command {
  const command = withClient(
    newCommand(
      'revert',
      'take changes back: shows what that comes to, and does it with --yes',
      [
        'holdfast change revert chg_0UzzMBeSa3fk2Qp',
        'holdfast change revert chg_0UzzMBeSa3fk2Qp --yes --why "deliveries time out"',
        'holdfast change revert --last 30m --app acme --yes',
        'holdfast change revert chg_0UzzMBeSa3fk2Qp --yes --on-conflict keep',
      ],
      'A revert is a change itself, and can be taken back like any other.',
    ),
  );
  return withWhy(command)
    .argument('[ids...]', 'ids of changes; or say --last')
    .option(
      '--last <time>',
      'all that were made since, such as 30m or 2h',
      durationWithin('--last', 1000, LONGEST_SPAN_MS),
    )
    .option('--app <application>', 'with --last: only changes of this application')
    .addOption(
      new Option(
        '--on-conflict <choice>',
        'what becomes of a value that a later change altered: nothing is done at all, it stays, or it goes back too',
      )
        .choices(conflictChoices)
        .default('refuse'),
    )
    .option('--yes', 'do it')
    .action(revert);
}

async function revert(ids: readonly string[], flags: Flags): Promise<void> {
  const api = apiFrom(flags);
  const { onConflict } = flags;
  const preview = await api.previewRevert({ ...whichOf(ids, flags), onConflict });
  if (flags.yes !== true) {
    printResult(flags, preview, (shown) => describePreview(shown, onConflict));
    return;
  }
  printResult(flags, await carriedOut(api, preview, flags), describeRevert);
}

/** Takes back what was seen, and nothing that was changed since. */
async function carriedOut(
  api: Api,
  preview: RevertAnswer,
  { onConflict, json }: Flags,
): Promise<RevertAnswer> {
  if (preview.reverts.length === 0) return preview;
  if (json !== true && preview.conflicts.length > 0 && onConflict === 'refuse') {
    console.log(describeRevert(preview));
  }
  return api.revert({ changeIds: preview.reverts, onConflict });
}

function whichOf(ids: readonly string[], { last, app }: Flags): object {
  if ((ids.length === 0) === (last === undefined)) {
    throw fault('validation', {
      field: '--last',
      detail: 'Say which changes: either ids, as "holdfast change list" shows them, or --last 30m.',
    });
  }
  if (last !== undefined) return { lastMinutes: last / MINUTE_MS, appId: app };
  if (app === undefined) return { changeIds: ids };
  throw fault('validation', { field: '--app', detail: '--app goes with --last, not with ids.' });
}

function describePreview(preview: RevertAnswer, onConflict: string): string {
  if (preview.reverts.length === 0) return 'There is no change to take back.';
  const { items, conflicts } = preview;
  if (items.length === 0 && conflicts.length === 0) return describeRevert(preview);
  const next =
    conflicts.length > 0 && onConflict === 'refuse'
      ? 'Nothing was changed. Say --yes, and --on-conflict keep to leave what is in the way as it is, or --on-conflict overwrite to take it back too.'
      : 'Nothing was changed. Say --yes to do it.';
  return `${describeRevert(preview)}\n\n${wrapText(next)}`;
}
