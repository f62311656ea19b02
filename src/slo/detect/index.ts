export { Baseline, type BaselineState } from './baseline.ts';
export {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  YEAR_MS,
  type Bin,
  type EndpointFailures,
  type SharedBin,
} from './bin.ts';
export { budgetOf, costPerWeek, type Budget, type BudgetUse } from './budget.ts';
export {
  budgetSpentAtFiring,
  BurnRates,
  timeToFireMs,
  workbookRules,
  type BurnRatesState,
  type BurnRule,
} from './burn-rate.ts';
export { Cusum, type CusumRates, type CusumState } from './cusum.ts';
export { cusumThreshold } from './cusum-threshold.ts';
export { Explain, type Explanation, type Sample } from './explain.ts';
export { CAP_MS, FailureCap } from './failure-cap.ts';
export {
  defaultFastBurn,
  FastBurn,
  type FastBurnOptions,
  type FastBurnState,
} from './fast-burn.ts';
export {
  detectorKinds,
  type Certainty,
  type DetectorKind,
  type Finding,
  type Quantity,
  type Severity,
} from './finding.ts';
export { FirstDeadLetter } from './first-dead-letter.ts';
export { defaultLeadMs, Growth, type GrowthOptions, type GrowthState } from './growth.ts';
export { defaultOutage, Outage, type OutageOptions, type OutageState } from './outage.ts';
export {
  betaBelow,
  binomialAtLeast,
  lnGamma,
  poissonAtMost,
  poissonUpper,
  wilson,
} from './probability.ts';
export { sayFinding } from './say.ts';
export { ShiryaevRoberts, type ShiryaevRobertsState } from './shiryaev-roberts.ts';
export { defaultSilence, Silence, type SilenceOptions, type SilenceState } from './silence.ts';
export {
  defaultSmallStep,
  SmallStep,
  type SmallStepOptions,
  type SmallStepState,
} from './small-step.ts';
export { Stuck, STUCK_MS, type LaneLook, type StuckState } from './stuck.ts';
export { Unaccounted, type AuditLook } from './unaccounted.ts';
