import { assertNever } from '../../core/index.ts';
import { nextPhaseAt, type CanaryPhase } from './phases.ts';
import type { CanaryStep } from './schedule.ts';

export const canaryStates = ['running', 'paused', 'promoted', 'rolled_back', 'stopped'] as const;
export type CanaryState = (typeof canaryStates)[number];

/** The part of a canary that moves. */
export type CanaryProgress = {
  readonly state: CanaryState;
  readonly phases: readonly CanaryPhase[];
  readonly steps: readonly CanaryStep[];
  readonly endedAt: number | null;
  /** Why it is in its state, in a sentence; null while it runs as it began. */
  readonly stateReason: string | null;
};

export type CanaryEvent =
  | { readonly kind: 'step'; readonly step: number }
  | {
      readonly kind: 'pause' | 'resume' | 'stop' | 'promote' | 'roll_back';
      readonly reason: string;
    };

/** The first phase of a canary that begins now. */
export function beginCanary(steps: readonly CanaryStep[], now: number): CanaryProgress {
  return {
    state: 'running',
    phases: [{ fromAt: nextPhaseAt(now), percent: steps[0]?.percent ?? 0, step: 0 }],
    steps,
    endedAt: null,
    stateReason: null,
  };
}

/**
 *               ┌──step──┐
 *               ▼        │
 *     (start) ► running ─┘ ──pause──► paused
 *                 │  ▲ ◄────resume──────┘
 *                 │  │
 *                 ├── promote ───► promoted      (from paused too)
 *                 ├── roll_back ─► rolled_back   (from paused too)
 *                 └── stop ──────► stopped       (from paused too)
 *
 * The last three are ends. While it is paused no more messages go to the candidate, and its time stands still; those
 * that went there keep to it with their retries. Null: the event does not fit the state.
 */
export function moveCanary<Canary extends CanaryProgress>(
  canary: Canary,
  event: CanaryEvent,
  now: number,
): Canary | null {
  const { state } = canary;
  if (state !== 'running' && state !== 'paused') return null;
  switch (event.kind) {
    case 'step':
      return state === 'running' && canary.steps[event.step] !== undefined
        ? { ...canary, phases: phasesAfter(canary, event.step, now) }
        : null;
    case 'pause':
      if (state !== 'running') return null;
      return {
        ...canary,
        state: 'paused',
        stateReason: event.reason,
        phases: phasesAfter(canary, null, now),
      };
    case 'resume':
      if (state !== 'paused') return null;
      return {
        ...canary,
        state: 'running',
        stateReason: null,
        phases: phasesAfter(canary, stepOf(canary), now),
      };
    case 'promote':
      return { ...canary, state: 'promoted', stateReason: event.reason, endedAt: now };
    case 'roll_back':
      return { ...canary, state: 'rolled_back', stateReason: event.reason, endedAt: now };
    case 'stop':
      return { ...canary, state: 'stopped', stateReason: event.reason, endedAt: now };
    default:
      return assertNever(event);
  }
}

/** The step that a canary is at. */
export function stepOf({ phases }: Pick<CanaryProgress, 'phases'>): number {
  return phases.at(-1)?.step ?? 0;
}

/** A phase more; one that has not begun yet is replaced. @param step null: nothing to the candidate. */
function phasesAfter(
  canary: CanaryProgress,
  step: number | null,
  now: number,
): readonly CanaryPhase[] {
  const fromAt = nextPhaseAt(now);
  const percent = step === null ? 0 : (canary.steps[step]?.percent ?? 0);
  const begun = canary.phases.filter((phase) => phase.fromAt < fromAt);
  return [...begun, { fromAt, percent, step: step ?? stepOf(canary) }];
}
