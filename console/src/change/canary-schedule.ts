import type { Operations } from '../api/index.ts';

type Step = NonNullable<Operations['v1.canary.start']['body']['steps']>[number];

/** The usual schedule, as a beginning for one's own. */
export const stepsText = '5% / 30 / 100\n25% / 30 / 500\n50% / 60 / 4000';

const STEP = /^(\d+(?:\.\d+)?)\s*%?\s*\/\s*(\d+)\s*(?:m|min)?\s*\/\s*(\d+)$/;

/** Steps from their lines; null: one of them is none, or there is none. */
export function stepsIn(text: string): readonly Step[] | null {
  const steps: Step[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const [, percent, minutes, atLeast] = STEP.exec(line.trim()) ?? [];
    if (percent === undefined) return null;
    steps.push({ percent: Number(percent), minutes: Number(minutes), atLeast: Number(atLeast) });
  }
  return steps.length === 0 ? null : steps;
}
