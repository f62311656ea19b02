import type { SignalId } from '../rubric/signal.ts';

/** How much each signal counts; 1 where nothing is said. */
export type Weights = Readonly<Partial<Record<SignalId, number>>>;
