import type { CanarySecond } from '../../ledger/index.ts';
import { phaseAt, type CanaryPhase } from './phases.ts';

/** What is compared between the arms. */
export const indicators = ['failed', 'late', 'slow'] as const;
/**
 * failed: the first attempt did not deliver · late: not delivered within the deadline after acceptance ·
 * slow: the first attempt took longer than a threshold fixed before the canary began.
 */
export type Indicator = (typeof indicators)[number];

/** First attempts of one arm, and of them those of which each indicator is true. */
export type ArmCounts = Readonly<Record<Indicator, number>> & {
  readonly attempts: number;
  /** Of them, those whose deadline has passed: all that can be said of them is known. */
  readonly ripe: number;
};

/** What both arms did under one phase, in one block of time. */
export type Cell = {
  readonly phase: number;
  readonly block: number;
  readonly stable: ArmCounts;
  readonly candidate: ArmCounts;
};

/** Evidence can begin anew so often: see evidence.ts. */
export const BLOCK_MS = 900_000;

export const noCounts: ArmCounts = { attempts: 0, ripe: 0, failed: 0, late: 0, slow: 0 };

/** Adds rows of the ledger to the cells. Sums only, so it does not matter in which order or in how many parts. */
export function foldCounts(
  cells: readonly Cell[],
  phases: readonly CanaryPhase[],
  rows: readonly CanarySecond[],
): readonly Cell[] {
  const startAt = phases[0]?.fromAt ?? Infinity;
  const byKey = new Map(cells.map((cell) => [`${cell.phase} ${cell.block}`, cell]));
  for (const row of rows) {
    const phase = phaseAt(phases, row.secondAt);
    if (phase < 0) continue;
    const block = Math.floor((row.secondAt - startAt) / BLOCK_MS);
    const key = `${phase} ${block}`;
    const known = byKey.get(key) ?? { phase, block, stable: noCounts, candidate: noCounts };
    const arm = row.isCandidate ? 'candidate' : 'stable';
    byKey.set(key, { ...known, [arm]: addCounts(known[arm], row) });
  }
  return [...byKey.values()];
}

/** Both arms over all cells that `isWanted` names; all of them by default. */
export function sumCells(
  cells: readonly Cell[],
  isWanted: (cell: Cell) => boolean = () => true,
): { readonly stable: ArmCounts; readonly candidate: ArmCounts } {
  let [stable, candidate] = [noCounts, noCounts];
  for (const cell of cells) {
    if (!isWanted(cell)) continue;
    stable = addCounts(stable, cell.stable);
    candidate = addCounts(candidate, cell.candidate);
  }
  return { stable, candidate };
}

function addCounts(one: ArmCounts, other: ArmCounts): ArmCounts {
  return {
    attempts: one.attempts + other.attempts,
    ripe: one.ripe + other.ripe,
    failed: one.failed + other.failed,
    late: one.late + other.late,
    slow: one.slow + other.slow,
  };
}
