export type {
  Acceptance,
  AttemptedMessage,
  AttemptFilter,
  MessageFilter,
  AcceptResult,
  ActOnOneResult,
  ActProgress,
  AuditMinute,
  AuditResult,
  Claim,
  DeadLetter,
  Finding,
  FindingKind,
  LaneBacklog,
  Ledger,
  LeaseKey,
  Page,
  PlannedDelivery,
  Settlement,
  Window,
} from './contract.ts';
export { findingKinds } from './contract.ts';
export {
  attemptPhases,
  deliveryStates,
  type Act,
  type ActFilter,
  type ActKind,
  type Attempt,
  type AttemptPhase,
  type AttemptTiming,
  type AttemptTrigger,
  type Certificate,
  type CertificateLink,
  type Delivery,
  type DeliveryKey,
  type DeliveryState,
  type DriftMemory,
  type LaneMemory,
  type Message,
  type ObservedChange,
  type Resource,
  type ResourceKind,
  timedPhases,
  type StoredTiming,
  type TimedPhase,
} from './records.ts';
export { createAuditor, type Auditor, type AuditorFigures } from './auditor.ts';
export { createRetention, type Retention, type RetentionFigures } from './retention.ts';
export { openMemoryLedger } from './memory/memory-ledger.ts';
export {
  LEASE_GRACE_MS,
  readLedgerFile,
  type DirectReading,
  type IdSpan,
} from './sqlite/direct.ts';
export { difference } from './sqlite/statements/audit.statement.ts';
export { hasSqliteLedger, ledgerPath, openSqliteLedger } from './sqlite/sqlite-ledger.ts';
