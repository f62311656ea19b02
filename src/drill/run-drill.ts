import { startStopwatch, type Log } from '../core/index.ts';
import { reviewDrill } from './after/review-drill.ts';
import type { Drill } from './drill.ts';
import { reportOn, type DrillReport } from './report.ts';
import { withScene } from './scene.ts';

export type RunOptions = {
  readonly seed: number;
  /** false: everything but the fault is staged. */
  readonly isFaulty?: boolean;
  /** After the play its incident is reviewed, and what is written of it goes into this folder. */
  readonly reviewFolder?: string;
  readonly note?: (line: string) => void;
  readonly log?: Log;
};

/** On the drill's clock: so long it waits at its end for deliveries that are still open. */
const SETTLE_MS = 180_000;

/** Plays one drill. Everything it started is gone once this resolves or throws. */
export async function runDrill(drill: Drill, options: RunOptions): Promise<DrillReport> {
  const { seed, isFaulty = true, reviewFolder, note = () => {}, log } = options;
  const { factor, settings } = drill;
  const elapsedMs = startStopwatch();
  const scene = {
    seed,
    factor,
    settings,
    isFaulty,
    note,
    settleMs: SETTLE_MS,
    ...(log === undefined ? {} : { log }),
  };
  const { result, account } = await withScene(scene, async (made) => {
    const verdict = await drill.play(made);
    if (reviewFolder === undefined) return verdict;
    const more = await reviewDrill(made, drill.name, verdict, reviewFolder);
    return { ...verdict, checks: [...verdict.checks, ...more] };
  });
  return reportOn(drill, seed, result, account, elapsedMs());
}
