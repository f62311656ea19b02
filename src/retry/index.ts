export type { RetryAllowance } from './allowance.ts';
export { classifyError } from './classify-error.ts';
export { classifyStatus } from './classify-status.ts';
export {
  decide,
  firstAttemptAt,
  type DeadReason,
  type DecideInput,
  type Decision,
} from './decide.ts';
export {
  forecast,
  forecastScenes,
  forecastWarningCodes,
  type Compared,
  type Forecast,
  type ForecastScene,
} from './forecast.ts';
export { loadBounds, loadOf, type Load, type Outage } from './load.ts';
export { isOutcomeClass, outcomeClasses, outcomeMeanings, type OutcomeClass } from './outcome.ts';
export { outcomeMinutes, type OutcomeCounts, type OutcomeMinute } from './outcome-minutes.ts';
export { parsePolicy } from './parse-policy.ts';
export { planOf, type PlannedAttempt, type RetryPlan } from './plan.ts';
export { defaultPolicy, policyBounds, type RetryPolicy } from './policy.ts';
export { LONGEST_RETRY_AFTER_MS, parseRetryAfter } from './retry-after.ts';
export { inSteps, simulate, simulationAssumptions, type Simulation } from './simulate.ts';
export { formatSchedule, parseSchedule } from './schedule.ts';
