import type { IdText } from '../core/index.ts';
import type { Policy, PolicyInForce } from '../change/index.ts';
import type { Change } from '../ledger/index.ts';
import type { Compared, Forecast, Outage, Simulation } from '../retry/index.ts';
import { inSteps, loadOf } from '../retry/index.ts';
import { momentText } from './moment.ts';

export function policyView(policy: Policy, idText: IdText): object {
  const { id, name, description, version, retry, lane, throttleRate, retentionDays } = policy;
  return {
    id: idText.format('policy', id),
    name,
    description,
    version,
    retry,
    lane,
    throttleRate,
    retentionDays,
    createdAt: momentText(policy.createdAt),
    updatedAt: momentText(policy.updatedAt),
  };
}

/** The version that a change left of a policy; none where it took the policy away. */
export function policyVersionView(
  { id: changeId, actor, reason, items }: Change,
  policyId: number,
  idText: IdText,
): readonly object[] {
  return items
    .filter(({ kind, subjectId }) => kind === 'policy' && subjectId === policyId)
    .flatMap(({ after }) => {
      if (after === null) return [];
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by change/ as the document of a policy
      const policy = JSON.parse(after) as Policy;
      const view = policyView(policy, idText);
      return [{ ...view, changeId: idText.format('change', changeId), actor, reason }];
    });
}

export const STEP_MINUTES = 15;
/** Two days: what comes after them is in the sums. */
const MOST_STEPS = 192;

type SeriesOf = {
  readonly present: readonly number[];
  readonly candidate: readonly number[];
};

/** Both policies' attempts in each quarter of an hour, as far as either of them makes any. */
function seriesOf({ present, candidate }: Compared): SeriesOf {
  const steps = ({ perMinute }: Simulation): readonly number[] =>
    inSteps(perMinute, STEP_MINUTES, MOST_STEPS).map(rounded);
  const [now, then] = [steps(present), steps(candidate)];
  const last = Math.max(now.findLastIndex(isSome), then.findLastIndex(isSome));
  return { present: now.slice(0, last + 1), candidate: then.slice(0, last + 1) };
}

export function sceneView(compared: Compared): object {
  const series = seriesOf(compared);
  return {
    present: simulationView(compared.present, series.present),
    candidate: simulationView(compared.candidate, series.candidate),
  };
}

/** What a policy, with its retry budget, makes of an outage that was asked about. */
export function loadView({ retry, lane }: PolicyInForce, outage: Outage): object {
  const load = loadOf(retry, outage, {
    percent: lane.retryBudgetPercent,
    perSecond: lane.retryBudgetPerSecond,
  });
  return {
    perSecond: load.perSecond.map(rounded),
    withinBudget: load.withinBudget.map(rounded),
    peakPerSecond: rounded(load.peakPerSecond),
    budgetPerSecond: rounded(load.budgetPerSecond),
    heldBack: rounded(load.heldBack),
    amplification: rounded(load.amplification),
  };
}

/** The scenes of a forecast as they are plotted: one under the other, over the same hours. */
export function forecastPanels({ day, outage }: Forecast) {
  const scenes = [
    { title: 'The last day again', series: seriesOf(day) },
    { title: 'An outage of an hour', series: seriesOf(outage) },
  ];
  const steps = Math.max(2, ...scenes.map(({ series }) => series.present.length));
  return {
    hours: Array.from({ length: steps }, (_, step) => (step * STEP_MINUTES) / 60),
    panels: scenes.map(({ title, series }) => ({
      title,
      unit: `attempts in ${STEP_MINUTES} minutes`,
      curves: [
        { name: 'present policy', values: series.present },
        { name: 'this policy', values: series.candidate },
      ],
    })),
  };
}

function simulationView(simulation: Simulation, series: readonly number[]): object {
  const { messages, attempts, amplification, delivered, deadLetters } = simulation;
  return {
    messages: rounded(messages),
    attempts: rounded(attempts),
    amplification: rounded(amplification),
    delivered: rounded(delivered),
    deadLetters: rounded(deadLetters),
    peakPerMinute: rounded(simulation.peak.attempts),
    oldestDeliveryMs: simulation.oldestDeliveryMs,
    series,
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function isSome(value: number): boolean {
  return value > 0;
}
