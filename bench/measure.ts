/** One figure of a scenario, as the table and the JSON line show it. */
export type Measure = {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  /** Smallest and largest of the rounds. */
  readonly spread?: readonly [number, number];
  readonly target?: Target;
  readonly note?: string;
};

export type Unit =
  | 'deliveries/s'
  | 'ratio'
  | 'µs'
  | 'ms'
  | 'bytes'
  | 'MB'
  | 'MB/h'
  | 'messages'
  | 'rows'
  | 'requests a message';

/** DESIGN's budgets. They are never moved: a miss is printed as one. */
export type Target = { readonly atLeast: number } | { readonly atMost: number };

export type ScenarioResult = {
  readonly measures: readonly Measure[];
  /** What must not happen whatever the speed: a message lost, an audit that does not add up. */
  readonly failures: readonly string[];
  /** Sentences under the table: what was measured how, and which sizes were reduced. */
  readonly remarks?: readonly string[];
  /** Warnings and errors in the log of what was measured: they are shown, for they cost time. */
  readonly complaints: readonly string[];
  /** Conditions of the measurement, for the JSON line. */
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

/** By how much of the target it is missed, 0.1 being a tenth; undefined where it is met or cannot be told. */
export function missedBy(measure: Measure): number | undefined {
  const share = shareOfTarget(measure);
  return share === undefined || isMet(measure) !== false ? undefined : Math.abs(1 - share);
}

/** The median over the rounds, with the smallest and the largest. */
export function overRounds<Round>(
  name: string,
  unit: Unit,
  rounds: readonly Round[],
  pick: (round: Round) => number,
): Measure {
  const values = rounds.map(pick);
  const spread = [Math.min(...values), Math.max(...values)] as const;
  return { name, unit, value: median(values), spread };
}

/** The middle one, or the mean of the middle two. NaN where there are none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
