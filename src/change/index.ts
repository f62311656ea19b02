export { createConfiguration, type Configuration } from './configuration.ts';
export {
  checkHeaders,
  openHeaders,
  sealHeaders,
  type EndpointHeaders,
} from './endpoint-headers.ts';
export {
  changedOverrides,
  laneFieldNames,
  lanePolicyOf,
  lanePolicyTable,
  type LaneChange,
  type LaneField,
  type LaneOverrides,
  type LanePolicy,
  type LaneSettings,
} from './lane-policy.ts';
export {
  isRevertible,
  type ChangeList,
  type RevertPreview,
  type WhichChanges,
} from './change-list.ts';
export { allFields, differences, type FieldChange, type Fields } from './difference.ts';
export { kinds } from './kinds.ts';
export {
  fieldsOf,
  conflictChoices,
  type Conflict,
  type ConflictChoice,
  type Reverting,
} from './revert.ts';
export { isMatch } from './match.ts';
export type { AttemptEvent, Notices } from './notices.ts';
export { openSecrets, sealSecrets } from './endpoint-secrets.ts';
export { assertOpens, createReseal, resealEndpoint } from './reseal.ts';
export {
  signatureHeaderNames,
  tokenScopes,
  type Application,
  type Draft,
  type Endpoint,
  type EventType,
  type SealedSecret,
  type SignatureHeaderNames,
  type Token,
  type TokenScope,
} from './records.ts';
export {
  beginCanary,
  moveCanary,
  type CanaryProgress,
} from './canary/state.ts';
export { decideCanary, type CanaryDecision } from './canary/decide.ts';
export { FALSE_ROLLBACKS } from './canary/evidence.ts';
export { foldCounts, noCounts, type Cell } from './canary/counts.ts';
export { isCandidateOf, phaseAt } from './canary/phases.ts';
export { defaultSteps } from './canary/schedule.ts';
export { slowThresholdOf } from './canary/slow-threshold.ts';
