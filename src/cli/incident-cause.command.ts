import type { Command } from 'commander';
import { systemClock } from '../core/index.ts';
import { apiFrom } from './client-options.ts';
import { describeExplanation } from './describe-explanation.ts';
import { describeMoved, describeSuspects } from './describe-incident.ts';
import { findIncidentId } from './find-incident.ts';
import { forIncident, moveAndPrint, ofIncident, type IncidentFlags } from './incident-flags.ts';
import { printResult } from './output.ts';
import { matchId } from './short-id.ts';
import { collect, moment, wholeNumber } from './values.ts';
import { foldText } from './wrap-text.ts';

/** From what changed to what removed the cause. */
export function incidentCauseCommands(): readonly Command[] {
  return [
    suspectsCommand(),
    explainCommand(),
    hypothesisCommand(),
    judgeCommand(),
    fixCommand(),
    preventionCommand(),
  ];
}

function suspectsCommand(): Command {
  return ofIncident('suspects', 'what changed before it, the likeliest cause first', [
    '',
    '4xKq --limit 20',
  ])
    .option('--limit <n>', 'at most so many', wholeNumber('--limit', 1, 50), 5)
    .action(async (incident: string, flags: IncidentFlags & { readonly limit: number }) => {
      const api = apiFrom(flags);
      const { answer, json } = await api.suspects(await findIncidentId(api, incident), flags.limit);
      printResult(flags, json, () => describeSuspects(answer, systemClock.now()));
    });
}

function explainCommand(): Command {
  return ofIncident('explain', 'what the deliveries that failed have in common', [
    '',
    '4xKq',
  ]).action(async (incident: string, flags: IncidentFlags) => {
    const api = apiFrom(flags);
    const answer = await api.incidentExplanation(await findIncidentId(api, incident));
    printResult(flags, answer.whole, () => describeExplanation('The incident', answer));
  });
}

type HypothesisFlags = IncidentFlags & {
  readonly metric: string;
  readonly refutedBy: string;
  readonly change?: readonly string[];
};

function hypothesisCommand(): Command {
  return forIncident('hypothesis', 'state a cause, and what would show it wrong', [
    '4xKq "The new timeout is too short." --metric on-time --refuted-by "It fails with 15 s too."',
  ])
    .argument('<cause>', 'in a sentence')
    .requiredOption('--metric <objective>', 'the objective whose SLI it must move')
    .requiredOption('--refuted-by <text>', 'what would show it wrong')
    .option(
      '--change <change>',
      'a change that it blames, or that tests it; may be repeated',
      collect,
    )
    .action((incident: string, cause: string, flags: HypothesisFlags) =>
      moveAndPrint(flags, incident, (api, id) =>
        api.moveIncident(id, 'hypothesis', {
          cause,
          metric: flags.metric,
          refutedBy: flags.refutedBy,
          changeIds: flags.change,
        }),
      ),
    );
}

type JudgeFlags = IncidentFlags & { readonly verdict?: string; readonly testedBy?: string };

function judgeCommand(): Command {
  return forIncident('judge', 'confirm a hypothesis by what the SLI did, or refute it', [
    '4xKq 1 confirmed',
    '4xKq 2 refuted --verdict "It failed without it too."',
  ])
    .argument('<hypothesis>', 'its number in "show", or its id')
    .argument('<state>', 'confirmed or refuted')
    .option('--verdict <text>', 'what was seen')
    .option('--tested-by <change>', 'the change that tests it, where it names none')
    .action(async (incident: string, which: string, state: string, flags: JudgeFlags) => {
      const api = apiFrom(flags);
      const id = await findIncidentId(api, incident);
      const { hypotheses } = (await api.incident(id)).answer;
      const ids = hypotheses.map((each) => each.id);
      const hypothesis = matchId(ids, which, { what: 'hypothesis', isNumbered: true });
      const { verdict, testedBy } = flags;
      const { answer, json } = await api.judgeHypothesis(id, hypothesis, {
        state,
        verdict,
        testedBy,
      });
      printResult(flags, json, () =>
        [
          ...(answer.seen === '' ? [] : [foldText(answer.seen), '']),
          describeMoved(answer.incident, systemClock.now()),
        ].join('\n'),
      );
    });
}

type FixFlags = IncidentFlags & { readonly change?: string; readonly since?: string };

function fixCommand(): Command {
  return forIncident('fix', 'record what removed the cause', [
    '4xKq "The timeout is 15 s again." --change chg_2ElJJWpdogqNhEJ',
    '4xKq "Deployed 4.7.2." --since 20m',
  ])
    .argument('<text>', 'what removes it')
    .option('--change <change>', 'the change that carries it')
    .option(
      '--since <moment>',
      "since when it is in force (default: the change's moment, or now)",
      moment('--since', systemClock),
    )
    .action((incident: string, text: string, { change, since, ...flags }: FixFlags) =>
      moveAndPrint(flags, incident, (api, id) =>
        api.moveIncident(id, 'fix', { text, changeId: change, inForceAt: since }),
      ),
    );
}

function preventionCommand(): Command {
  return forIncident('prevention', 'record what removes the class of causes', [
    '4xKq "Timeouts are tried by a canary first."',
  ])
    .argument('<text>', 'what removes it')
    .action((incident: string, text: string, flags: IncidentFlags) =>
      moveAndPrint(flags, incident, (api, id) => api.moveIncident(id, 'prevention', { text })),
    );
}
