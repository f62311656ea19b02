export { EventTypeDrift, type DriftField, type DriftMessage } from './event-type-drift.ts';
export {
  driftKinds,
  driftStates,
  type DriftExample,
  type DriftFinding,
  type DriftKind,
  type DriftState,
} from './finding.ts';
