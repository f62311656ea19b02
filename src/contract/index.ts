export {
  breakingOf,
  compareSchemas,
  compatibilities,
  type Comparison,
  type CompatibilityRequired,
} from './compatibility.ts';
export type { Breaks, Difference } from './difference.ts';
export { createPayloadCheck, type PayloadCheck, type Problem } from './payload-check.ts';
export { consumerSchema, unmetBy, type Reliance } from './reliance.ts';
export { compareVersions, latestVersion, versionsOf } from './version-order.ts';
export {
  driftKinds,
  driftStates,
  EventTypeDrift,
  type DriftExample,
  type DriftField,
  type DriftFinding,
  type DriftKind,
  type DriftMessage,
  type DriftState,
} from './drift/index.ts';
