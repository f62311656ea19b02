/**
 * What a measurement of judgement reports: not how fast, but how right. Each is one file `NAME.measure.ts`, listed in
 * main.ts; its table also stands in docs/reliability.md, with the command that made it.
 */
export type Measurement = {
  readonly name: string;
  /** What is measured, in a sentence. */
  readonly sentence: string;
  run(options: MeasureOptions, progress: (line: string) => void): Promise<MeasureReport>;
};

export type MeasureOptions = {
  /** Fewer draws: for a look and for CI, not for figures to quote. */
  readonly isQuick: boolean;
  /** Every draw follows from it. */
  readonly seed: number;
};

export type MeasureReport = {
  readonly columns: readonly string[];
  /** A cell for each column. */
  readonly rows: readonly (readonly (string | number)[])[];
  /** Budgets, each with whether it was met; a missed one is a figure, not a failure. */
  readonly targets: readonly MeasureTarget[];
  readonly remarks: readonly string[];
};

export type MeasureTarget = {
  readonly name: string;
  readonly measured: number;
  readonly target: string;
  readonly isMet: boolean;
};
