import type { Draft, Objective } from '../../change/index.ts';
import { sayMoney } from '../../core/index.ts';
import { costPerWeek } from '../detect/budget.ts';
import { workbookRules, type BurnRule } from '../detect/burn-rate.ts';
import { HOUR_MS, type SharedBin } from '../detect/bin.ts';
import type { Finding } from '../detect/finding.ts';
import type { FailureCapState } from '../detect/failure-cap.ts';
import { Outage, type OutageState } from '../detect/outage.ts';
import { Silence, type SilenceState } from '../detect/silence.ts';
import { SmallStep, type SmallStepState } from '../detect/small-step.ts';
import type { ObjectiveStatus } from '../status.ts';

/** Detectors of one objective: small steps, outages and silence see bins; burn rates are read off its status. */
export type ObjectiveWatch = {
  feed(bin: SharedBin): readonly Finding[];
  /** Which detectors hold that something is wrong. */
  raised(): ReadonlySet<'small_step' | 'outage' | 'silence'>;
  state(): string;
  /** What grows with the endpoints that fail, the same text until it changes; null: none failed in six hours. */
  failures(): string | null;
};

type State = {
  readonly smallStep: SmallStepState;
  readonly outage: OutageState;
  readonly silence: SilenceState;
};

/** @param state and failures as they were given in an earlier life; what cannot be read is begun anew. */
export function createObjectiveWatch(
  state: string | null,
  failures: string | null = null,
): ObjectiveWatch {
  const known = parse<State>(state);
  const counted = parse<FailureCapState>(failures);
  const smallStep = new SmallStep(undefined, known?.smallStep, counted);
  const outage = new Outage(undefined, known?.outage);
  const silence = new Silence(undefined, known?.silence);
  let said: { readonly state: FailureCapState; readonly text: string } | null = null;
  return {
    feed: (bin) =>
      [outage.feed(bin), smallStep.feed(bin), silence.feed(bin)].filter(
        (finding) => finding !== null,
      ),
    raised() {
      const names = new Set<'small_step' | 'outage' | 'silence'>();
      if (smallStep.isRaised) names.add('small_step');
      if (outage.isRaised) names.add('outage');
      if (silence.isRaised) names.add('silence');
      return names;
    },
    state: () =>
      JSON.stringify({
        smallStep: smallStep.state(),
        outage: outage.state(),
        silence: silence.state(),
      } satisfies State),
    failures() {
      const now = smallStep.failures();
      if (said?.state !== now) said = { state: now, text: JSON.stringify(now) };
      return now.length === 0 ? null : said.text;
    },
  };
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- whoever wrote it knows
function parse<Known>(state: string | null): Known | undefined {
  if (state === null) return undefined;
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written above
    return JSON.parse(state) as Known;
  } catch {
    return undefined;
  }
}

/** So few bad outcomes are no burn: at ten deliveries an hour one failure would be a thousandfold one. */
export const LEAST_BAD = 3;

/**
 * The worst of the workbook's rules that a status breaks: burn rates of both its windows are above the rule's.
 * null: none.
 */
export function burningOf(
  objective: Draft<Objective>,
  { at, ruleBurn: burn }: ObjectiveStatus,
  rules: readonly BurnRule[] = workbookRules,
): Finding | null {
  for (const rule of rules) {
    const long = burn.find(({ windowMs }) => windowMs === rule.longMs);
    const short = burn.find(({ windowMs }) => windowMs === rule.shortMs);
    if (long === undefined || short === undefined || long.bad < LEAST_BAD) continue;
    if (long.rate < rule.burnRate || short.rate < rule.burnRate) continue;
    const of = long.good + long.bad;
    return {
      detector: 'burn_rate',
      severity: rule.severity,
      seenAt: at,
      sinceAt: at - rule.longMs,
      observed: { unit: 'share', value: long.bad / of, bad: long.bad, of },
      against: { unit: 'burn_rate', value: rule.burnRate },
      sure: { kind: 'rule', name: `target ${objective.target * 100} %, the SRE workbook's rule` },
    };
  }
  return null;
}

/** What it costs in a week if it goes on, minor units of each currency; nothing where nobody says what a delivery is worth. */
export function risksOf(
  finding: Finding,
  status: ObjectiveStatus,
): readonly { readonly perWeek: number; readonly currency: string }[] {
  const { observed, against } = finding;
  if (observed.unit !== 'share') return [];
  const baseline = against.unit === 'share' ? against.value : 0;
  const hour = status.burn.find(({ windowMs }) => windowMs === 6 * HOUR_MS);
  const perHour = hour === undefined ? 0 : (hour.good + hour.bad) / 6;
  const bad = costPerWeek(observed.value, baseline, perHour);
  return status.atRisk
    .filter(({ perBad }) => perBad > 0)
    .map(({ perBad, currency }) => ({ perWeek: Math.round(bad * perBad), currency }));
}

/** The same in words; null: nothing. */
export function sayRisks(risks: ReturnType<typeof risksOf>): string | null {
  if (risks.length === 0) return null;
  const sums = risks.map(({ perWeek, currency }) => sayMoney(perWeek, currency));
  return `About ${sums.join(' and ')} a week at this rate.`;
}
