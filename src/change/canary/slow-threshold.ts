/** Fewer durations than this say nothing about what is slow. */
const FEWEST = 50;

/**
 * What counts as slow, in ms: what one in twenty of the endpoint's first attempts took longer than, before the canary
 * began. It is fixed from then on; a threshold that moved with the arms would bend the test. Null: too few to say, and
 * the canary does not compare times.
 * @param durationsMs of first attempts that delivered.
 */
export function slowThresholdOf(durationsMs: readonly number[]): number | null {
  if (durationsMs.length < FEWEST) return null;
  return Math.max(1, percentileOf(durationsMs, 0.95) ?? 1);
}

/** The value that a share of all values does not exceed; null where there is none. */
export function percentileOf(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
