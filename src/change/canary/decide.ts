import { indicators, sumCells, type Cell, type Indicator } from './counts.ts';
import { evidenceOf, neededEvidence } from './evidence.ts';
import { runningMs, type CanaryPhase } from './phases.ts';
import type { CanaryStep } from './schedule.ts';

/** What a decision is made from; all of it is read from the canary's document and the ledger. */
export type CanaryFacts = {
  readonly phases: readonly CanaryPhase[];
  readonly steps: readonly CanaryStep[];
  readonly isPaused: boolean;
  readonly cells: readonly Cell[];
  /** null: not asked for, or met. */
  readonly peak: PeakNeed | null;
  readonly now: number;
};

/** The candidate must have gone through a minute of so many first attempts of the endpoint; so many was the most. */
export type PeakNeed = { readonly needed: number; readonly seen: number };

export type CanaryDecision =
  | { readonly kind: 'wait'; readonly waitsFor: readonly CanaryNeed[] }
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'promote' }
  | { readonly kind: 'roll_back'; readonly indicator: Indicator; readonly evidence: number };

export type CanaryNeed =
  | { readonly kind: 'resume' }
  | { readonly kind: 'minutes'; readonly leftMs: number }
  | { readonly kind: 'attempts'; readonly left: number }
  | ({ readonly kind: 'peak' } & PeakNeed);

/** What follows from all that is known. Evidence of harm goes first, paused or not. */
export function decideCanary(facts: CanaryFacts): CanaryDecision {
  const { cells, phases, steps, now } = facts;
  for (const indicator of indicators) {
    const evidence = evidenceOf(cells, phases, indicator);
    if (evidence >= neededEvidence(indicator)) return { kind: 'roll_back', indicator, evidence };
  }
  if (facts.isPaused) return { kind: 'wait', waitsFor: [{ kind: 'resume' }] };
  const at = phases.at(-1)?.step ?? 0;
  const isLast = at >= steps.length - 1;
  const { minutes = 0, atLeast = 0 } = steps[at] ?? {};
  const { candidate } = sumCells(cells, (cell) => phases[cell.phase]?.step === at);
  const leftMs = minutes * 60_000 - runningMs(phases, at, now);
  const left = atLeast - candidate.ripe;
  const waitsFor: CanaryNeed[] = [];
  if (leftMs > 0) waitsFor.push({ kind: 'minutes', leftMs });
  if (left > 0) waitsFor.push({ kind: 'attempts', left });
  if (isLast && facts.peak !== null) waitsFor.push({ kind: 'peak', ...facts.peak });
  if (waitsFor.length > 0) return { kind: 'wait', waitsFor };
  return isLast ? { kind: 'promote' } : { kind: 'step', step: at + 1 };
}
