/** Steps that people count in. */
const STEPS = [1, 2, 5, 10] as const;

/**
 * Round numbers from 0 up to the first one that is not below `most`, about `count` steps apart.
 *
 * @param most above 0; anything else gives 0 and 1.
 */
export function ticksTo(most: number, count: number): readonly number[] {
  if (!(most > 0) || !Number.isFinite(most)) return [0, 1];
  const raw = most / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = (STEPS.find((one) => one * power >= raw * (1 - 1e-9)) ?? 10) * power;
  const last = Math.ceil(most / step - 1e-9);
  // Multiplied, not added up, and rounded to the step's digits: 0.3 and not 0.30000000000000004.
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Array.from({ length: last + 1 }, (_, place) => Number((place * step).toFixed(digits)));
}

/** Maps [0, most] onto [from, to]. */
export function linearScale(most: number, from: number, to: number): (value: number) => number {
  return (value) => from + (value / most) * (to - from);
}
