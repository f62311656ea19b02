import { setImmediate as nextTurn } from 'node:timers/promises';
import { beyondBudget, type RetryAllowance } from './allowance.ts';
import { outageOf, type OutcomeMinute } from './outcome-minutes.ts';
import type { RetryPolicy } from './policy.ts';
import { simulate, type Simulation } from './simulate.ts';

export type Compared = { readonly present: Simulation; readonly candidate: Simulation };

export const forecastScenes = ['day', 'outage'] as const;
/** day: the minutes as they were · outage: an hour in which everything fails, see `outageOf`. */
export type ForecastScene = (typeof forecastScenes)[number];

export const forecastWarningCodes = ['attempts', 'peak', 'retry_budget', 'dead_letters'] as const;

export type ForecastWarning = {
  readonly code: (typeof forecastWarningCodes)[number];
  readonly scene: ForecastScene;
  readonly text: string;
};

export type Forecast = Readonly<Record<ForecastScene, Compared>> & {
  readonly warnings: readonly ForecastWarning[];
};

/** A policy multiplies traffic from here on: all attempts, and those of the worst minute, beside the present policy. */
const MOST_ATTEMPTS_RATIO = 1.2;
const MOST_PEAK_RATIO = 1.5;
/** Below so many attempts more, a ratio says nothing. */
const LEAST_MORE = 1;

/**
 * Compares a policy with the one in force over the given minutes and over an outage, and warns where it would multiply
 * traffic: more than 1.2 times the attempts, a worst minute of more than 1.5 times, or more failing retries in a quarter
 * of an hour than the retry budgets let through, where it is known how many there are.
 */
export async function forecast(
  minutes: readonly OutcomeMinute[],
  present: RetryPolicy,
  candidate: RetryPolicy,
  allowance: RetryAllowance | null,
): Promise<Forecast> {
  const simulated = async (scene: readonly OutcomeMinute[], policy: RetryPolicy) => {
    await nextTurn(); // deliveries come in between
    return simulate(scene, policy);
  };
  const compared = async (scene: readonly OutcomeMinute[]): Promise<Compared> => ({
    present: await simulated(scene, present),
    candidate: await simulated(scene, candidate),
  });
  const outageMinutes = outageOf(minutes);
  const [day, outage] = [await compared(minutes), await compared(outageMinutes)];
  return {
    day,
    outage,
    warnings: [
      ...warningsOf('day', day, minutes, allowance),
      ...warningsOf('outage', outage, outageMinutes, allowance),
    ],
  };
}

const sceneWords: Readonly<Record<ForecastScene, string>> = {
  day: 'Over the last day',
  outage: 'In an outage of an hour',
};

function warningsOf(
  scene: ForecastScene,
  { present, candidate }: Compared,
  minutes: readonly OutcomeMinute[],
  allowance: RetryAllowance | null,
): readonly ForecastWarning[] {
  const words = sceneWords[scene];
  const warnings: ForecastWarning[] = [];
  const warn = (code: ForecastWarning['code'], text: string): void =>
    void warnings.push({ code, scene, text });
  if (isMore(candidate.attempts, present.attempts, MOST_ATTEMPTS_RATIO)) {
    warn(
      'attempts',
      `${words} it would make ${whole(candidate.attempts)} attempts instead of ${whole(present.attempts)}: ${ratio(candidate.attempts, present.attempts)} times the traffic.`,
    );
  }
  const [peak, presentPeak] = [candidate.peak.attempts, present.peak.attempts];
  if (isMore(peak, presentPeak, MOST_PEAK_RATIO)) {
    warn(
      'peak',
      `${words} its worst minute would have ${whole(peak)} attempts instead of ${whole(presentPeak)}: ${ratio(peak, presentPeak)} times as many.`,
    );
  }
  const [beyond = 0, presentBeyond = 0] = [candidate, present].map((one) =>
    allowance === null ? 0 : beyondBudget(one, minutes, allowance),
  );
  if (isMore(beyond, presentBeyond, MOST_ATTEMPTS_RATIO)) {
    warn(
      'retry_budget',
      `${words} the retry budget would hold back ${whole(beyond)} retries that it asks for. They wait in their lanes, and deliveries come later than the policy says.`,
    );
  }
  if (isMore(candidate.deadLetters, present.deadLetters, MOST_ATTEMPTS_RATIO)) {
    warn(
      'dead_letters',
      `${words} it would leave ${whole(candidate.deadLetters)} dead letters instead of ${whole(present.deadLetters)}.`,
    );
  }
  return warnings;
}

function isMore(value: number, present: number, most: number): boolean {
  return value - present >= LEAST_MORE && value > present * most;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function ratio(value: number, present: number): string {
  return present > 0 ? (value / present).toFixed(1) : 'many';
}
