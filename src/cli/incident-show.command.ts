import type { Command } from 'commander';
import { systemClock } from '../core/index.ts';
import { apiFrom, withClient } from './client-options.ts';
import { describeIncident, describeTimeline, incidentTable } from './describe-incident.ts';
import { findIncidentId } from './find-incident.ts';
import type { ShownIncident } from './incident-next.ts';
import { ofIncident, type IncidentFlags } from './incident-flags.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { moment, wholeNumber } from './values.ts';

/** Of the timeline, under an incident. */
const NEWEST_ROWS = 4;
const SUSPECTS = 10;

type ListFlags = IncidentFlags & {
  readonly all?: true;
  readonly state?: string;
  readonly severity?: string;
  readonly owner?: string;
  readonly cause?: string;
  readonly drill?: boolean;
  readonly since?: string;
  readonly limit: number;
};

export function incidentListCommand(): Command {
  return withClient(
    newCommand('list', 'incidents that are open, the newest first', [
      'holdfast incident list',
      'holdfast incident list --owner billing --severity 1,2',
      'holdfast incident list --all --cause deploy --no-drill --since 30d --limit 20',
    ]),
  )
    .option('--all', 'those that ended as well')
    .option('--state <states>', 'only these: open, mitigated, fixed, closed, ...; with commas')
    .option('--severity <numbers>', 'only these, 1 is the worst; with commas')
    .option('--owner <team>', 'only those of this team')
    .option('--cause <classes>', 'only of these classes of causes: deploy, network, ...')
    .option('--drill', 'only drills')
    .option('--no-drill', 'no drills')
    .option('--since <moment>', 'only opened since: 7d, or a date', moment('--since', systemClock))
    .option('--limit <n>', 'at most so many', wholeNumber('--limit', 1, 10_000), 100)
    .action(async (flags: ListFlags) => {
      const { state, severity, owner, cause, drill, since, limit } = flags;
      const open = flags.all || state !== undefined ? undefined : 'true';
      const isDrill = drill === undefined ? undefined : String(drill);
      const query = { open, state, severity, owner, cause_class: cause, drill: isDrill, since };
      const found = await apiFrom(flags).incidents(query, limit);
      printResult(flags, found, (shown) => incidentTable(shown, systemClock.now()));
    });
}

export function incidentShowCommand(): Command {
  return ofIncident('show', 'an incident: what is broken, what changed, what to do next', [
    '',
    '4xKq',
    'latest --json',
  ]).action(async (incident: string, flags: IncidentFlags) => {
    const api = apiFrom(flags);
    const id = await findIncidentId(api, incident);
    const [found, suspects, menu, timeline] = await Promise.all([
      api.incident(id),
      api.suspects(id, SUSPECTS),
      api.mitigationMenu(id),
      api.timeline(id, { order: 'descending' }, NEWEST_ROWS),
    ]);
    const shown: ShownIncident = {
      incident: found.answer,
      suspects: suspects.answer,
      menu: menu.answer,
      timeline,
    };
    const result = { incident: found.json, suspects: suspects.json, menu: menu.json, timeline };
    printResult(flags, result, () => describeIncident(shown, systemClock.now()));
  });
}

export function incidentTimelineCommand(): Command {
  return ofIncident('timeline', 'what happened, in the order in which it happened', [
    '',
    '4xKq --kind update',
    '4xKq --newest --limit 20',
  ])
    .option('--kind <kind>', 'only rows of this kind: alert, change, mitigation, update, note, ...')
    .option('--newest', 'the newest first')
    .option('--limit <n>', 'at most so many', wholeNumber('--limit', 1, 100_000), 200)
    .action(
      async (
        incident: string,
        flags: IncidentFlags & {
          readonly kind?: string;
          readonly newest?: true;
          readonly limit: number;
        },
      ) => {
        const api = apiFrom(flags);
        const order = flags.newest ? 'descending' : 'ascending';
        const id = await findIncidentId(api, incident);
        const rows = await api.timeline(id, { kind: flags.kind, order }, flags.limit);
        printResult(flags, rows, (shown) => describeTimeline(shown, systemClock.now()));
      },
    );
}
