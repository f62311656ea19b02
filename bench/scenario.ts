import type { ScenarioResult } from './measure.ts';
import type { BenchOptions } from './options.ts';

/** One file of scenarios/: what is measured together, in one go. */
export type Scenario = {
  /** For `--only`. */
  readonly name: string;
  readonly sentence: string;
  /** Runs only where it is asked for. */
  readonly isOnRequest?: boolean;
  /** Processes and folders that it leaves behind when it throws are cleared by the caller. */
  readonly run: (
    options: BenchOptions,
    progress: (line: string) => void,
  ) => Promise<ScenarioResult>;
};
