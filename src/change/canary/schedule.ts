import { fault } from '../../core/index.ts';

/** One step: so much of the traffic, for at least so long and at least so many first attempts of the candidate. */
export type CanaryStep = {
  /** Of the messages accepted, 0.01..99.99 in hundredths: without another arm there is nothing to compare with. */
  readonly percent: number;
  /** 0..43,200. */
  readonly minutes: number;
  /** 0..1,000,000; a first attempt counts once its deadline has passed. */
  readonly atLeast: number;
};

/**
 * What a canary does unless told otherwise. The first step is where harm is stopped, so it is small; the last one is
 * where a small harm is found, as it compares most: `npm run measure -- canary`.
 */
export const defaultSteps: readonly CanaryStep[] = [
  { percent: 5, minutes: 30, atLeast: 100 },
  { percent: 25, minutes: 30, atLeast: 500 },
  { percent: 50, minutes: 60, atLeast: 4000 },
];

/** Throws `validation` naming the step. */
export function checkSteps(steps: readonly CanaryStep[]): readonly CanaryStep[] {
  if (steps.length === 0 || steps.length > 20) {
    throw fault('validation', { field: 'steps', detail: 'A canary has 1 to 20 steps.' });
  }
  let before = 0;
  for (const [index, { percent }] of steps.entries()) {
    const hundredths = percent * 100;
    const field = `steps.${index}.percent`;
    if (Math.abs(hundredths - Math.round(hundredths)) > 1e-6 || percent <= 0 || percent >= 100) {
      throw fault('validation', {
        field,
        detail: 'A step takes 0.01 to 99.99 percent, in hundredths: both arms need messages.',
      });
    }
    if (percent < before) {
      throw fault('validation', { field, detail: 'A step takes no less than the one before it.' });
    }
    before = percent;
  }
  return steps;
}
