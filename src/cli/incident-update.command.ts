import type { Command } from 'commander';
import { fault } from '../core/index.ts';
import { apiFrom } from './client-options.ts';
import { findIncidentId } from './find-incident.ts';
import type { UpdateDraftAnswer } from './incident-answers.ts';
import { forIncident, moveAndPrint, type IncidentFlags } from './incident-flags.ts';
import { oneLine } from './one-line.ts';
import { printResult } from './output.ts';
import { shortId } from './short-id.ts';
import { durationWithin } from './values.ts';
import { hanging } from './wrap-text.ts';

const LONGEST_PAUSE_MS = 7 * 86_400_000;

type Flags = IncidentFlags & {
  readonly owners?: string;
  readonly drafted?: true;
  readonly next?: number;
};

/** What is told; or where nobody says what, a draft from the facts, which is shown and told to nobody. */
export function incidentUpdateCommand(): Command {
  return forIncident('update', 'tell how it stands; without a text: show a draft', [
    '4xKq "A new certificate is suspected."',
    '4xKq "Reverted, watching." --owners "Deliveries arrive again." --next 15m',
    '4xKq             # what the facts would say; nothing is sent',
    '4xKq --drafted   # send that, to responders and to owners',
  ])
    .argument('[text]', 'for responders')
    .option('--owners <text>', 'for owners of endpoints; the status feed shows it')
    .option('--drafted', 'send what the facts say where you give no text')
    .option(
      '--next <time>',
      'when word is due again: 15m, 1h; 0: no more (default 30m while it lasts)',
      durationWithin('--next', 0, LONGEST_PAUSE_MS),
    )
    .action(async (incident: string, text: string | undefined, flags: Flags) => {
      if (text === undefined && flags.drafted === undefined) {
        await showDraft(incident, flags);
        return;
      }
      await moveAndPrint(flags, incident, async (api, id) => {
        const draft = flags.drafted === undefined ? null : (await api.draftUpdate(id)).answer;
        return api.moveIncident(id, 'update', {
          responders: text ?? draft?.responders,
          owners: flags.owners ?? draft?.owners,
          nextInMinutes: flags.next === undefined ? undefined : Math.ceil(flags.next / 60_000),
        });
      });
    });
}

async function showDraft(incident: string, flags: Flags): Promise<void> {
  if (flags.owners !== undefined || flags.next !== undefined) {
    throw fault('validation', {
      field: 'text',
      detail: 'Give the text for responders, or --drafted to send what the facts say.',
    });
  }
  const api = apiFrom(flags);
  const id = await findIncidentId(api, incident);
  const { answer, json } = await api.draftUpdate(id);
  printResult(flags, json, () => describeDraft(answer, shortId(id, [])));
}

function describeDraft({ responders, owners }: UpdateDraftAnswer, name: string): string {
  const indented = (text: string): string =>
    text
      .split('\n')
      .map((line) => hanging('  ', oneLine(line)))
      .join('\n');
  return [
    'For responders',
    indented(responders),
    '',
    'For owners of endpoints, and on the status feed',
    indented(owners),
    '',
    'Nothing was sent. Send it as it is:',
    `  holdfast incident update ${name} --drafted`,
  ].join('\n');
}
