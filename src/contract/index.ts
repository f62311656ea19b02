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
