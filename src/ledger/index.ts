export type {
  Acceptance,
  AttemptedMessage,
  AttemptFilter,
  MessageFilter,
  AcceptResult,
  CanarySecond,
  ActOnOneResult,
  ActProgress,
  ChangeRequest,
  ChangeResult,
  ChangesQuery,
  RecordedChange,
  ResourceWrite,
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
  PolicyUser,
  Settlement,
  ResumeCursor,
  ResumeTypes,
  Window,
} from './contract.ts';
export {
  alertBounds,
  notificationStates,
  type AlertReads,
  type AlertWrites,
  type NotificationHead,
  type NotificationResult,
  type NotificationState,
  type PendingNotification,
  type StoredAlert,
  type StoredAlertEvent,
  type StoredNotification,
} from './alerts.ts';
export type {
  ActionItemsQuery,
  ReviewReads,
  ReviewWrites,
  StoredActionItem,
  StoredPostmortem,
  StoredVersion,
} from './reviews.ts';
export type {
  IncidentReads,
  IncidentWrites,
  StoredIncident,
  StoredTimelineRow,
  TimelinePlace,
  TimelineQuery,
} from './incidents.ts';
export { findingKinds } from './contract.ts';
export {
  addCounts,
  correctableStates,
  type CorrectionCounts,
  type CorrectionExample,
  type CorrectionOrder,
  type CorrectionProgress,
  type CorrectionRecord,
  type SkipReason,
} from './corrections.ts';
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
  changeKinds,
  changeVerbs,
  changeWays,
  type Change,
  type ChangeBy,
  type ChangeItem,
  type ChangeKind,
  type ChangeVerb,
  type ChangeWay,
  type Delivery,
  type DeliveryKey,
  type DeliveryState,
  type DetectorMemory,
  type DriftMemory,
  type LaneMemory,
  type Message,
  type MessageValue,
  type Resource,
  type ResourceKind,
  resourceKinds,
  timedPhases,
  type StoredTiming,
  type TimedPhase,
} from './records.ts';
export type { SampledDelivery, SamplePage, SampleQuery } from './samples.ts';
export type { Sighting } from './sightings.ts';
export { createAuditor, type Auditor, type AuditorFigures } from './auditor.ts';
export { readLastDay, type LastDay, type OutcomeScope } from './last-day.ts';
export { createRetention, type Retention, type RetentionFigures } from './retention.ts';
export {
  DELIVERY_DEADLINE_MS,
  sliAgeMs,
  sliGroups,
  sliLatencyMs,
  sliUnitMs,
  sliUnits,
  type LaneAges,
  type SliComparison,
  type SliCounts,
  type SliDifference,
  type SliGroup,
  type SliOutcomesQuery,
  type SliPage,
  type SliQuery,
  type SliRow,
  type SliSource,
  type SliTouched,
  type SliUnit,
  type SliValuePage,
  type SliValueRow,
  type SliValues,
} from './sli.ts';
export type { FoundSlot } from './found-minutes.ts';
export type { Slice } from './affected.ts';
export {
  impactOf,
  LEAST_RATE_MS,
  ImpactSums,
  readImpact,
  type Impact,
  type ImpactMoney,
  type ImpactRequest,
} from './impact.ts';
export { createSliKeeper, type SliKeeper, type SliKeeperFigures } from './sli-keeper.ts';
export { openMemoryLedger } from './memory/memory-ledger.ts';
export {
  LEASE_GRACE_MS,
  readLedgerFile,
  type DirectReading,
  type IdSpan,
  type SliProof,
} from './sqlite/direct.ts';
export { forgetDeliveries, type Forgotten } from './sqlite/forget-deliveries.ts';
export { difference } from './sqlite/statements/audit.statement.ts';
export { hasSqliteLedger, ledgerPath, openSqliteLedger } from './sqlite/sqlite-ledger.ts';
