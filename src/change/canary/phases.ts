import { timeOfId } from '../../core/index.ts';
import { isCandidate } from './arm.ts';

/**
 * From `fromAt` on, `percent` of the messages accepted go to the candidate, until the next phase begins. 0 while the
 * canary is paused. `fromAt` is a whole second, so that counts by second never mix two phases.
 */
export type CanaryPhase = {
  readonly fromAt: number;
  readonly percent: number;
  /** The step of the schedule that it belongs to. */
  readonly step: number;
};

/** A phase begins so long after it was decided, at least: until then its commit is durable and every lane knows it. */
const LEAD_MS = 500;

/** The first moment that a phase decided now can begin. */
export function nextPhaseAt(now: number): number {
  return Math.ceil((now + LEAD_MS) / 1000) * 1000;
}

/** The phase in force at a moment; -1 before the first. */
export function phaseAt(phases: readonly CanaryPhase[], at: number): number {
  let index = phases.length - 1;
  while (index >= 0 && (phases[index]?.fromAt ?? 0) > at) index -= 1;
  return index;
}

/**
 * Whether a message is the candidate's: decided by the phase in which it was accepted and by nothing that happens
 * later, so its retries stay in its arm, a restart changes nothing, and what waited before the canary began is not
 * part of it.
 */
export function isCandidateOf(
  canaryId: number,
  phases: readonly CanaryPhase[],
  messageId: number,
): boolean {
  const phase = phases[phaseAt(phases, timeOfId(messageId))];
  return phase !== undefined && isCandidate(canaryId, messageId, phase.percent);
}

/** For how long messages went to the candidate in one step, without its pauses, in ms. */
export function runningMs(phases: readonly CanaryPhase[], step: number, now: number): number {
  let sum = 0;
  for (const [index, phase] of phases.entries()) {
    if (phase.step !== step || phase.percent === 0) continue;
    const end = phases[index + 1]?.fromAt ?? Infinity;
    sum += Math.max(0, Math.min(end, now) - phase.fromAt);
  }
  return sum;
}
