export { classifyError } from './classify-error.ts';
export { classifyStatus } from './classify-status.ts';
export {
  decide,
  firstAttemptAt,
  type DeadReason,
  type DecideInput,
  type Decision,
} from './decide.ts';
export { isOutcomeClass, outcomeClasses, outcomeMeanings, type OutcomeClass } from './outcome.ts';
export { parsePolicy } from './parse-policy.ts';
export { defaultPolicy, type RetryPolicy } from './policy.ts';
export { LONGEST_RETRY_AFTER_MS, parseRetryAfter } from './retry-after.ts';
export { formatSchedule, parseSchedule } from './schedule.ts';
