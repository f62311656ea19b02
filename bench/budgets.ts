import type { Target } from './measure.ts';

/** The budgets of DESIGN.md, and of the console, that the bench measures. Those of a lease count from its end. */
export const budgets = {
  ratioToBareClient: { atLeast: 0.35 },
  ratioToPeer: { atLeast: 3 },
  batchRatioToBareClient: { atLeast: 0.6 },
  latencyP50Ms: { atMost: 5 },
  latencyP99Ms: { atMost: 25 },
  diskBytesADelivery: { atMost: 2000 },
  drainRatio: { atLeast: 0.9 },
  backlogResidentMb: { atMost: 300 },
  backlogStartMs: { atMost: 2000 },
  healthyP99Ratio: { atMost: 1.2 },
  requestsAMessage: { atMost: 1.2 },
  sliCpuUs: { atMost: 11 },
  consoleInteractiveMs: { atMost: 1500 },
  consolePageDownMs: { atMost: 500 },
  consoleRows: { atMost: 100 },
  lost: { atMost: 0 },
} as const satisfies Record<string, Target>;

export const RESEND_AFTER_LEASE_MS = 5000;
