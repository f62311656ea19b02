import type { Command } from 'commander';
import { systemClock } from '../core/index.ts';
import { apiFrom, withClient } from './client-options.ts';
import { describeMoved, describeTimeline } from './describe-incident.ts';
import { findIncidentId } from './find-incident.ts';
import { forIncident, moveAndPrint, ofIncident, type IncidentFlags } from './incident-flags.ts';
import { incidentUpdateCommand } from './incident-update.command.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { collect, moment, wholeNumber } from './values.ts';

/** What people do to an incident. */
export function incidentActCommands(): readonly Command[] {
  return [
    openCommand(),
    ackCommand(),
    incidentUpdateCommand(),
    noteCommand(),
    markCommand(),
    roleCommand(),
    severityCommand(),
    plainCommand('review', 'take what is fixed into review'),
    plainCommand('close', 'close what was reviewed'),
    reasonCommand('decline', 'say that it is no incident, and why', '"A load test."'),
    mergeCommand(),
    reopenCommand(),
  ];
}

type OpenFlags = IncidentFlags & {
  readonly severity?: number;
  readonly summary?: string;
  readonly owner?: string;
  readonly objective?: string;
  readonly app?: readonly string[];
  readonly endpoint?: readonly string[];
  readonly since?: string;
  readonly detected?: string;
  readonly drill?: true;
  readonly retrospective?: true;
};

function openCommand(): Command {
  return withClient(
    newCommand('open', 'open an incident by hand', [
      'holdfast incident open "Invoices are late" --since 20m --severity 2',
      'holdfast incident open "Orders lost" --app acme --endpoint acme/orders',
      'holdfast incident open "The outage of May" --retrospective --since 2026-05-01T10:00Z --detected 2026-05-01T10:20Z',
    ]),
  )
    .argument('<title>', 'what is broken, in a sentence')
    .option('--severity <n>', '1 (the worst) to 4 (default 3)', wholeNumber('--severity', 1, 4))
    .option('--summary <text>', 'what else is known')
    .option('--owner <team>', 'who it belongs to')
    .option('--objective <name>', 'the objective that is broken')
    .option('--app <application>', 'only this application, by id or uid; may be repeated', collect)
    .option(
      '--endpoint <endpoint>',
      'only this endpoint: its id, or application/endpoint; may be repeated',
      collect,
    )
    .option(
      '--since <moment>',
      'when the impact began: 20m ago, or a date',
      moment('--since', systemClock),
    )
    .option(
      '--detected <moment>',
      'when it was noticed (default now)',
      moment('--detected', systemClock),
    )
    .option('--drill', 'a staged one: it counts in no figures')
    .option('--retrospective', 'of the past: nothing is watched, nobody is told')
    .action(async (title: string, flags: OpenFlags) => {
      const { severity, summary, owner, objective, app, endpoint, since, detected } = flags;
      const { answer, json } = await apiFrom(flags).openIncident({
        title,
        severity,
        summary,
        owner,
        slice: { objective, appIds: app, endpointIds: endpoint },
        impactStartAt: since,
        detectedAt: detected,
        isDrill: flags.drill,
        isRetrospective: flags.retrospective,
      });
      printResult(flags, json, () => describeMoved(answer, systemClock.now()));
    });
}

function ackCommand(): Command {
  return ofIncident('ack', 'say that you look after it', ['', '4xKq --note "on my way"'])
    .option('--note <text>', 'what the timeline is to say')
    .action((incident: string, flags: IncidentFlags & { readonly note?: string }) =>
      moveAndPrint(flags, incident, (api, id) =>
        api.moveIncident(id, 'acknowledge', { note: flags.note }),
      ),
    );
}

type NoteFlags = IncidentFlags & { readonly at?: string; readonly link?: readonly string[] };

function noteCommand(): Command {
  return forIncident('note', 'write on the timeline, also of what happened before', [
    '4xKq "Asked the customer."',
    '4xKq "The queue grew" --at 40m --link https://graphs.example/d/1',
  ])
    .argument('<text>', 'what happened')
    .option('--at <moment>', 'when: 40m ago, or a date (default now)', moment('--at', systemClock))
    .option('--link <url>', 'where the evidence is; may be repeated', collect)
    .action(async (incident: string, text: string, flags: NoteFlags) => {
      const api = apiFrom(flags);
      const evidence = flags.link?.map((url) => ({ kind: 'url', url }));
      const id = await findIncidentId(api, incident);
      const { answer, json } = await api.noteOnIncident(id, { text, at: flags.at, evidence });
      printResult(flags, json, () => describeTimeline([answer], systemClock.now()));
    });
}

type MarkFlags = IncidentFlags & { readonly at?: string; readonly why?: string };

function markCommand(): Command {
  return forIncident('mark', 'set a marker of the present episode, with how you know', [
    '4xKq mitigated --why "no failure for five minutes" --at 10m',
    '4xKq fixed --why "the new version held for an hour"',
  ])
    .argument(
      '<marker>',
      'impactStart, detected, acknowledged, mitigated, causeLocated or fixed; once set it stays',
    )
    .option('--why <text>', 'how you know')
    .option('--at <moment>', 'when: 10m ago, or a date (default now)', moment('--at', systemClock))
    .action((incident: string, marker: string, { why, at, ...flags }: MarkFlags) =>
      moveAndPrint(flags, incident, (api, id) =>
        api.moveIncident(id, 'marker', { marker, at, note: why }),
      ),
    );
}

function roleCommand(): Command {
  return forIncident('role', 'give a role to somebody', ['4xKq lead ada', '4xKq scribe nobody'])
    .argument('<role>', 'lead, communications or scribe')
    .argument('<who>', 'a name; "nobody" takes the role back')
    .action((incident: string, role: string, who: string, flags: IncidentFlags) =>
      moveAndPrint(flags, incident, (api, id) =>
        api.moveIncident(id, 'role', { role, who: who === 'nobody' ? null : who }),
      ),
    );
}

function severityCommand(): Command {
  return forIncident('severity', 'set the severity, with a reason', ['4xKq 1 "All invoices."'])
    .argument('<n>', '1 (the worst) to 4', wholeNumber('severity', 1, 4))
    .argument('<reason>', 'why')
    .action((incident: string, severity: number, reason: string, flags: IncidentFlags) =>
      moveAndPrint(flags, incident, (api, id) =>
        api.moveIncident(id, 'severity', { severity, reason }),
      ),
    );
}

function plainCommand(name: 'review' | 'close', summary: string): Command {
  return forIncident(name, summary, ['4xKq']).action((incident: string, flags: IncidentFlags) =>
    moveAndPrint(flags, incident, (api, id) => api.moveIncident(id, name, {})),
  );
}

function reasonCommand(name: 'decline', summary: string, example: string): Command {
  return forIncident(name, summary, [`4xKq ${example}`])
    .argument('<reason>', 'why')
    .action((incident: string, reason: string, flags: IncidentFlags) =>
      moveAndPrint(flags, incident, (api, id) => api.moveIncident(id, name, { reason })),
    );
}

function mergeCommand(): Command {
  return forIncident('merge', 'end it as a part of another one', ['4xKq 9cBz'])
    .argument('<into>', 'the other one')
    .action((incident: string, other: string, flags: IncidentFlags) =>
      moveAndPrint(flags, incident, async (api, id) =>
        api.moveIncident(id, 'merge', { into: await findIncidentId(api, other) }),
      ),
    );
}

function reopenCommand(): Command {
  return forIncident('reopen', 'begin a new episode: the impact is back', [
    '4xKq "Failures again" --since 10m',
  ])
    .argument('<reason>', 'what is back')
    .option('--since <moment>', 'since when (default now)', moment('--since', systemClock))
    .action(
      (incident: string, reason: string, flags: IncidentFlags & { readonly since?: string }) =>
        moveAndPrint(flags, incident, (api, id) =>
          api.moveIncident(id, 'reopen', { reason, at: flags.since }),
        ),
    );
}
