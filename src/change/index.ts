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
  type VersionChange,
} from './contract.ts';
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
export { createPolicyResolver } from './named-policies.ts';
export {
  checkedTerms,
  layersOf,
  policySources,
  policySourcesOf,
  resolvePolicy,
  retentionBounds,
  throttleRateBounds,
  type PolicyBase,
  type PolicyInForce,
  type PolicySource,
  type PolicyTerms,
} from './policy.ts';
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
  type Policy,
  type SealedSecret,
  type SignatureHeaderNames,
  type Token,
  type TokenScope,
} from './records.ts';
