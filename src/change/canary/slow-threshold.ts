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
  const sorted = durationsMs.toSorted((one, other) => one - other);
  return Math.max(1, sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 1);
}
