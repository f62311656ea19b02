export {
  driftKinds,
  driftStates,
  EventTypeDrift,
  MESSAGES_PER_ALARM,
  type DriftExample,
  type DriftField,
  type DriftFinding,
  type DriftKind,
  type DriftMessage,
  type DriftState,
} from './drift/index.ts';
