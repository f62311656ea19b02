import type { Command } from 'commander';
import { systemClock } from '../core/index.ts';
import type { Api, Whole } from './api/index.ts';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { describeMoved } from './describe-incident.ts';
import { findIncidentId } from './find-incident.ts';
import type { IncidentDetailAnswer } from './incident-answers.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';

export type IncidentFlags = ClientFlags & { readonly json?: true };

const NOTE = 'An incident goes by its id, by the end or the beginning of it, or as "latest".';

/** A command about one incident, which is its first argument. */
export function forIncident(name: string, summary: string, examples: readonly string[]): Command {
  const lines = examples.map((example) => `holdfast incident ${name} ${example}`);
  return withClient(newCommand(name, summary, lines, NOTE)).argument('<incident>', 'its id');
}

/** The same, of the newest open one unless another is named. */
export function ofIncident(name: string, summary: string, examples: readonly string[]): Command {
  const lines = examples.map((example) => `holdfast incident ${name} ${example}`.trimEnd());
  return withClient(newCommand(name, summary, lines, NOTE)).argument(
    '[incident]',
    'its id (default: the newest that is open)',
    'latest',
  );
}

/** Finds the incident, moves it, and says how it stands then. */
export async function moveAndPrint(
  flags: IncidentFlags,
  incident: string,
  move: (api: Api, id: string) => Promise<Whole<IncidentDetailAnswer>>,
): Promise<void> {
  const api = apiFrom(flags);
  const { answer, json } = await move(api, await findIncidentId(api, incident));
  printResult(flags, json, () => describeMoved(answer, systemClock.now()));
}
