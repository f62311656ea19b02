import type { Command } from 'commander';
import { fault, systemClock } from '../core/index.ts';
import type { Api, Whole } from './api/index.ts';
import { apiFrom, withWhy } from './client-options.ts';
import { describeMoved, mitigationWords } from './describe-incident.ts';
import { describeMenu } from './describe-menu.ts';
import { findIncidentId } from './find-incident.ts';
import { forIncident, moveAndPrint, ofIncident, type IncidentFlags } from './incident-flags.ts';
import type { MitigatedAnswer } from './mitigation-answers.ts';
import { oneLine } from './one-line.ts';
import { printResult } from './output.ts';
import { matchId, shortId } from './short-id.ts';
import { foldText } from './wrap-text.ts';

/** What stops the impact, and takes back what was tried. */
export function incidentMitigateCommands(): readonly Command[] {
  return [menuCommand(), mitigateCommand(), undoCommand(), keepCommand()];
}

function menuCommand(): Command {
  return ofIncident('menu', 'what would stop the impact, the cheapest first', ['', '4xKq']).action(
    async (incident: string, flags: IncidentFlags) => {
      const api = apiFrom(flags);
      const id = await findIncidentId(api, incident);
      const { answer, json } = await api.mitigationMenu(id);
      printResult(flags, json, () => describeMenu(answer, shortId(id, [])));
    },
  );
}

type MitigateFlags = IncidentFlags & { readonly target?: string; readonly why?: string };

function mitigateCommand(): Command {
  return withWhy(
    forIncident('mitigate', 'apply a mitigation: one call takes it back', [
      '4xKq 1',
      '4xKq pause_endpoint --target \'{"endpointId":"ep_2ElJJWpdogqNhEJ"}\'',
    ]),
  )
    .argument('<mitigation>', 'its number in "menu", or its kind')
    .option('--target <json>', 'what it is applied to (default: as the menu offers it)')
    .action(async (incident: string, which: string, flags: MitigateFlags) => {
      const api = apiFrom(flags);
      const id = await findIncidentId(api, incident);
      const { kind, target } =
        flags.target === undefined
          ? await offerOf(api, id, which)
          : { kind: which, target: parsed(flags.target) };
      print(flags, await api.mitigate(id, kind, target));
    });
}

type UndoFlags = IncidentFlags & { readonly onConflict?: string; readonly why?: string };

function undoCommand(): Command {
  return withWhy(
    forIncident('undo', 'take a mitigation back', ['4xKq 1', '4xKq 1 --on-conflict keep']),
  )
    .argument('<mitigation>', 'its number in "show", or its id')
    .option('--on-conflict <choice>', 'where somebody altered the same since: keep or overwrite')
    .action(async (incident: string, which: string, flags: UndoFlags) => {
      const api = apiFrom(flags);
      const id = await findIncidentId(api, incident);
      const mitigation = await mitigationOf(api, id, which);
      print(flags, await api.undoMitigation(id, mitigation, flags.onConflict));
    });
}

function keepCommand(): Command {
  return forIncident('keep', 'say why a mitigation stays when it is closed', [
    '4xKq 1 "It became how things are."',
  ])
    .argument('<mitigation>', 'its number in "show", or its id')
    .argument('<reason>', 'why')
    .action((incident: string, which: string, reason: string, flags: IncidentFlags) =>
      moveAndPrint(flags, incident, async (api, id) =>
        api.keepMitigation(id, await mitigationOf(api, id, which), reason),
      ),
    );
}

async function offerOf(
  api: Api,
  id: string,
  which: string,
): Promise<{ readonly kind: string; readonly target: object }> {
  const { answer: offers } = await api.mitigationMenu(id);
  const ofKind = offers.filter(({ kind }) => kind === which);
  const offer = /^\d{1,3}$/.test(which)
    ? offers[Number(which) - 1]
    : ofKind.length === 1
      ? ofKind[0]
      : undefined;
  if (offer !== undefined) return offer;
  throw fault('validation', {
    field: 'mitigation',
    detail:
      ofKind.length > 1
        ? `The menu offers ${ofKind.length} of "${which}". Name one by its number in "holdfast incident menu".`
        : `The menu does not offer "${which}" now. See "holdfast incident menu", or give --target.`,
  });
}

async function mitigationOf(api: Api, id: string, which: string): Promise<string> {
  const { mitigations } = (await api.incident(id)).answer;
  const ids = mitigations.map((each) => each.id);
  return matchId(ids, which, { what: 'mitigation', isNumbered: true });
}

function print(flags: IncidentFlags, { answer, json }: Whole<MitigatedAnswer>): void {
  const now = systemClock.now();
  printResult(flags, json, () =>
    [
      foldText(mitigationWords(answer.mitigation, now)),
      ...answer.interactions.map(({ text }) => foldText(`CAREFUL: ${oneLine(text)}`)),
      '',
      describeMoved(answer.incident, now),
    ].join('\n'),
  );
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below.
  }
  throw fault('validation', { field: '--target', detail: '--target takes a JSON object.' });
}
