import type { Cell, Indicator } from './counts.ts';
import type { CanaryPhase } from './phases.ts';

/**
 * Whether the candidate does worse, by a test that may be looked at after every message and stopped at any moment.
 *
 * A message's arm is drawn by a hash of its id, with probability p of being the candidate's. If the candidate is no
 * worse, then a failure that happened says nothing about the draw: it lies in the candidate's arm with probability
 * p, however high the failure rate is, however it drifts, and though failures come in clusters; an outage of the receiver
 * hits both arms in the ratio p : 1 - p. If the candidate multiplies the odds of failing by r, the probability is
 *
 *     q = p r / (1 - p + p r)
 *
 * The product of q/p over the candidate's failures and (1-q)/(1-p) over the others is then a martingale of mean 1
 * under "no worse", and so is any mixture of such products whose weights add up to 1. By Ville's inequality it ever
 * reaches 1/α with probability at most α: the chance that a good candidate is rolled back, over its whole life.
 * Sources: J. Ville, Étude critique de la notion de collectif (1939); A. Ramdas, P. Grünwald, V. Vovk, G. Shafer,
 * Game-theoretic statistics and safe anytime-valid inference (Statistical Science, 2023); R. Turner, A. Ly,
 * P. Grünwald, Generic E-variables for exact sequential k-sample tests (2024).
 *
 * The mixture is over ratios, and over the block of time (`BLOCK_MS`) from which failures are counted: hundreds of
 * failures of an outage in both arms speak for "no worse" and would bury what comes after them. Half of the weight
 * counts from the canary's start; block k has 1 / (2 k (k+1)); blocks still to come stand at 1.
 * The factors depend on counts alone, not on their order, so what is read again after a restart gives the same value.
 */
export function evidenceOf(
  cells: readonly Cell[],
  phases: readonly CanaryPhase[],
  indicator: Indicator,
): number {
  const last = cells.reduce((most, { block }) => Math.max(most, block), 0);
  // Most blocks of a healthy endpoint hold nothing of the kind, and leave everything as it is.
  const newestFirst = cells
    .filter(({ candidate, stable }) => candidate[indicator] + stable[indicator] > 0)
    .toSorted((one, other) => other.block - one.block);
  const logs = RATIOS.map(() => 0);
  // Blocks that have not come yet: 1/2 of the sum of 1 / (k (k+1)) over k > last.
  let total = 0.5 / (last + 1);
  let next = 0;
  let mean = 1;
  for (let block = last; block >= 0; block -= 1) {
    for (; newestFirst[next]?.block === block; next += 1) {
      const cell = newestFirst[next];
      const p = cell === undefined ? 0 : (phases[cell.phase]?.percent ?? 0) / 100;
      if (cell === undefined || p <= 0 || p >= 1) continue;
      addLogs(logs, p, cell.candidate[indicator], cell.stable[indicator]);
      mean = meanOf(logs);
    }
    total += (block === 0 ? 0.5 : 0.5 / (block * (block + 1))) * mean;
  }
  return total;
}

/** Odds of failing in the candidate's arm, as a multiple of those in the other, that the mixture bets on. */
const RATIOS = [1.25, 1.6, 2.5, 5, 15, 100] as const;
/** e^600 and more is certain enough, and no Infinity. */
const MOST_LOG = 600;

function meanOf(logs: readonly number[]): number {
  return logs.reduce((sum, log) => sum + Math.exp(Math.min(log, MOST_LOG)), 0) / logs.length;
}

function addLogs(logs: number[], p: number, candidate: number, stable: number): void {
  for (const [index, ratio] of RATIOS.entries()) {
    // log of (q/p)^candidate ((1-q)/(1-p))^stable
    const added = candidate * Math.log(ratio) - (candidate + stable) * Math.log(1 - p + p * ratio);
    logs[index] = (logs[index] ?? 0) + added;
  }
}

/** The chance that a canary rolls back a candidate that is no worse: over its whole life, all indicators together. */
export const FALSE_ROLLBACKS = 0.01;
/** How that chance is shared; by the union bound it holds however the indicators hang together. */
const SHARES: Readonly<Record<Indicator, number>> = { failed: 0.5, late: 0.25, slow: 0.25 };

/** From this evidence on the candidate is rolled back. */
export function neededEvidence(indicator: Indicator): number {
  return 1 / (FALSE_ROLLBACKS * SHARES[indicator]);
}
