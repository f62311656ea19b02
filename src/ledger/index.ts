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
  deliveryStates,
  type Act,
  type ActFilter,
  type ActKind,
  type Attempt,
  type AttemptTrigger,
  type Delivery,
  type DeliveryKey,
  type DeliveryState,
  type LaneMemory,
  type Message,
  type Resource,
  type ResourceKind,
} from './records.ts';
export { createAuditor, type Auditor, type AuditorFigures } from './auditor.ts';
export { openMemoryLedger } from './memory/memory-ledger.ts';
export {
  LEASE_GRACE_MS,
  readLedgerFile,
  type DirectReading,
  type IdSpan,
} from './sqlite/direct.ts';
export { difference } from './sqlite/statements/audit.statement.ts';
export { hasSqliteLedger, ledgerPath, openSqliteLedger } from './sqlite/sqlite-ledger.ts';
