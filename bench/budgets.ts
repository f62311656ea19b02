import type { Target } from './measure.ts';

/** The budgets of DESIGN.md that the bench measures so far. */
export const budgets = {
  ratioToBareClient: { atLeast: 0.35 },
  ratioToPeer: { atLeast: 3 },
  latencyP50Ms: { atMost: 5 },
  latencyP99Ms: { atMost: 25 },
  diskBytesADelivery: { atMost: 2000 },
} as const satisfies Record<string, Target>;
