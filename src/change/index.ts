export { createConfiguration, type Configuration } from './configuration.ts';
export {
  compareVersions,
  contractBounds,
  contractModes,
  noContract,
  schemaOf,
  unmetOf,
  withSchemas,
  type Consumer,
  type Contract,
  type ContractMode,
  type StoredBreak,
  type StoredConversion,
  type VersionChange,
} from './contract.ts';
export {
  createConversion,
  isVersionName,
  parseConversion,
  type Conversion,
  type Converted,
} from './conversion.ts';
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
} from '../core/index.ts';
export {
  isRevertible,
  type ChangeList,
  type RevertPreview,
  type WhichChanges,
} from './change-list.ts';
export { allFields, differences, type FieldChange, type Fields } from './difference.ts';
export { isForAdmins, kinds } from './kinds.ts';
export {
  fieldsOf,
  conflictChoices,
  type Conflict,
  type ConflictChoice,
  type Reverting,
} from './revert.ts';
export {
  notifierKinds,
  type Hours,
  type Maintenance,
  type Notifier,
  type NotifierKind,
  type NotifierSettings,
  type Route,
  type RouteMatch,
} from './alerting.ts';
export type { HandCircuit } from './hand-circuit.ts';
export { urlInUse } from './url-in-use.ts';
export { resumeRateBounds, type Pause } from './pauses/pause.ts';
export type { PauseLookup } from './pauses/held-pauses.ts';
export { checkedValue, valuePathBounds } from './event-type-value.ts';
export {
  automaticMitigations,
  checkIncidentRule,
  type AutomaticMitigation,
  type IncidentRule,
} from './incident-rule.ts';
export { createPolicyResolver } from './named-policies.ts';
export {
  checkedTerms,
  layersOf,
  policyDifference,
  policySources,
  policySourcesOf,
  resolvePolicy,
  retentionBounds,
  throttleRateBounds,
  type PolicyBase,
  type PolicyDifference,
  type PolicyInForce,
  type PolicySource,
  type PolicyTerms,
} from './policy.ts';
export { isMatch } from './match.ts';
export type { AttemptEvent, IncidentEvent, Notices } from './notices.ts';
export { openSecrets, sealSecrets } from './endpoint-secrets.ts';
export { assertOpens, resealDocument, sealedKinds, type SealedKind } from './reseal.ts';
export {
  eventTypeValueUnits,
  objectiveIndicators,
  signatureHeaderNames,
  tokenScopes,
  type Application,
  type Canary,
  type Draft,
  type Endpoint,
  type EventType,
  type EventTypeValue,
  type EventTypeValueUnit,
  type Objective,
  type ObjectiveIndicator,
  type ObjectiveSlice,
  type ObjectiveValue,
  type Policy,
  type SealedSecret,
  type SignatureHeaderNames,
  type Token,
  type TokenScope,
} from './records.ts';
export { type Canaries, type CanaryDraft } from './canary/canaries.ts';
export { candidateEndpoint, candidateFields } from './canary/canary.ts';
export { foldCounts, indicators, noCounts, type ArmCounts, type Cell } from './canary/counts.ts';
export { decideCanary } from './canary/decide.ts';
export { FALSE_ROLLBACKS, neededEvidence } from './canary/evidence.ts';
export { isCandidateOf, type CanaryPhase } from './canary/phases.ts';
export { checkSteps, defaultSteps, type CanaryStep } from './canary/schedule.ts';
export { percentileOf, slowThresholdOf } from './canary/slow-threshold.ts';
export {
  beginCanary,
  canaryStates,
  moveCanary,
  stepOf,
  type CanaryEvent,
  type CanaryProgress,
} from './canary/state.ts';
export { createCanaryWatch, type CanaryReport, type CanaryWatch } from './canary/watch.ts';
export { compareWords, needWords } from './canary/words.ts';
