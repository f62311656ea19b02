/** One figure of a scenario, as the table and the JSON line show it. */
export type Measure = {
  readonly name: string;
  readonly value: number;
  readonly unit: 'deliveries/s' | 'ratio' | 'µs' | 'ms' | 'bytes' | 'MB' | 'messages';
  /** Smallest and largest of the rounds. */
  readonly spread?: readonly [number, number];
  readonly target?: Target;
  readonly note?: string;
};

/** DESIGN's budgets. They are never moved: a miss is printed as one. */
export type Target = { readonly atLeast: number } | { readonly atMost: number };

export type ScenarioResult = {
  readonly measures: readonly Measure[];
  /** What must not happen whatever the speed: a message lost, an audit that does not add up. */
  readonly failures: readonly string[];
  /** Warnings and errors in the log of what was measured: they are shown, for they cost time. */
  readonly complaints: readonly string[];
  /** Conditions of the measurement, for people and, whole, in the JSON line. */
  readonly conditions: Readonly<Record<string, unknown>>;
};

/** Whether the target is met; undefined where there is none, or nothing was measured. */
export function isMet({ value, target }: Measure): boolean | undefined {
  if (target === undefined || !Number.isFinite(value)) return undefined;
  return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost;
}

/** The value as a share of its target; undefined where that says nothing. */
export function shareOfTarget({ value, target }: Measure): number | undefined {
  if (target === undefined || !Number.isFinite(value)) return undefined;
  const wanted = 'atLeast' in target ? target.atLeast : target.atMost;
  return wanted === 0 ? undefined : value / wanted;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
