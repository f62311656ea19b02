import { fault, timeOfId, type Clock } from '../core/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Evaluator } from '../slo/index.ts';
import { movementOf, BEFORE_MS, type Movement } from './hypotheses.ts';
import { presentEpisode, type Hypothesis, type Incident } from './incident.ts';
import type { Incidents } from './incidents.ts';
import { metricProblem, narrowedTo, type OutcomeMetricParts } from './outcome-metric.ts';

export type JudgeParts = OutcomeMetricParts & {
  readonly incidents: Incidents;
  readonly ledger: Pick<Ledger, 'changesOf'>;
  readonly evaluator: Pick<Evaluator, 'minutes'>;
  readonly clock: Clock;
};

export type Judgement = { readonly incident: Incident; readonly movement: Movement | null };

/**
 * Confirms a hypothesis, which takes that the SLI it must move did move, over the incident's slice, after the change that
 * tests it; or refutes it. The counts are pinned on the timeline either way. Throws `not_found`, `validation`, and `state_conflict` with
 * the counts where the SLI did not move, or the metric is a proxy.
 *
 * @param testedBy the change that tests it, where it is none of those the hypothesis names.
 */
export async function judgeHypothesis(
  parts: JudgeParts,
  given: {
    readonly incidentId: number;
    readonly hypothesisId: number;
    readonly state: 'confirmed' | 'refuted';
    readonly verdict: string;
    readonly testedBy: number | null;
    readonly actor: string;
  },
): Promise<Judgement> {
  const { incidentId, hypothesisId: id, state, verdict, testedBy, actor } = given;
  const incident = await parts.incidents.byId(incidentId);
  if (incident === null) throw fault('not_found', { field: 'incident_id' });
  const hypothesis = incident.hypotheses.find((each) => each.id === id);
  if (hypothesis === undefined) throw fault('not_found', { field: 'hypothesis_id' });
  const movement = await readMovement(parts, incident, hypothesis, testedBy);
  if (state === 'confirmed') {
    const problem = await metricProblem(incident, hypothesis.metric, parts);
    if (problem !== null) throw fault('state_conflict', { detail: problem });
    assertMoved(movement);
  }
  const seen = [verdict.trim(), movement?.text ?? ''].filter((text) => text !== '').join(' ');
  const move = {
    kind: 'judge_hypothesis',
    id,
    state,
    verdict: seen,
    pinned: movement,
  } as const;
  return { incident: await parts.incidents.move(incidentId, move, actor), movement };
}

/** Whether its metric moved after the change that tests it. Null: there is no such change, or no such objective. */
async function readMovement(
  { configuration, idText, ledger, evaluator, clock }: Omit<JudgeParts, 'incidents'>,
  incident: Incident,
  { metric, changeIds }: Pick<Hypothesis, 'metric' | 'changeIds'>,
  testedBy: number | null,
): Promise<Movement | null> {
  const objective = await configuration.objectives.byName(metric);
  const named = testedBy === null ? changeIds : [testedBy];
  if (objective === null || named.length === 0) return null;
  const changes = await ledger.changesOf({ ids: named });
  // Blamed and taken back since: what tests it is that it is gone. What is said to test it did so when it was made.
  const moments = changes.map(({ id, revertedBy }) =>
    timeOfId(testedBy === null ? (revertedBy ?? id) : id),
  );
  if (moments.length === 0) return null;
  const changedAt = Math.max(...moments);
  const now = clock.now();
  const impactStartAt = presentEpisode(incident).markers.impactStart?.at ?? incident.openedAt;
  const fromAt = Math.min(impactStartAt, changedAt - BEFORE_MS);
  const narrowed = narrowedTo(incident.slice, objective, idText);
  const slots = await evaluator.minutes(narrowed, fromAt, now + 1);
  return movementOf(slots, { impactStartAt, changedAt, now });
}

function assertMoved(movement: Movement | null): void {
  if (movement === null) {
    throw fault('state_conflict', {
      detail:
        'Nothing tested it yet. Name a change that would move the SLI, or make one, and say which.',
    });
  }
  if (movement.verdict !== 'moved') {
    throw fault('state_conflict', { detail: `It is not confirmed. ${movement.text}` });
  }
}
