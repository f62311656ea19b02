export { ContractGate, type SeenViolation, type Violation } from './contract-gate.ts';
export {
  createDriftWatch,
  type DriftFound,
  type DriftView,
  type DriftWatch,
} from './drift-watch.ts';
export {
  createIntake,
  type Admission,
  type Intake,
  type MessageDraft,
  type Reservation,
} from './intake.ts';
export { ValueGate, type MissedValue } from './value-gate.ts';
export { memberText, memberTexts } from './payload-text.ts';
