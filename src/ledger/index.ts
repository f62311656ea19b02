export type { Acceptance, AcceptResult, PlannedDelivery } from './contract/acceptance.ts';
export type { ActOnOneResult, ActProgress } from './contract/acts.ts';
export {
  findingKinds,
  type AuditMinute,
  type AuditResult,
  type Finding,
  type FindingKind,
} from './contract/audit.ts';
export type { CanarySecond } from './contract/canaries.ts';
export type {
  ChangeRequest,
  ChangeResult,
  ChangesQuery,
  RecordedChange,
  ResourceWrite,
} from './contract/changes.ts';
export type { LaneBacklog, ResumeCursor, ResumeTypes } from './contract/lanes.ts';
export type { Claim, LeaseKey, Settlement, Window } from './contract/leases.ts';
export type { Ledger } from './contract/ledger.ts';
export type {
  AttemptedMessage,
  AttemptFilter,
  MessageFilter,
  DeadLetter,
} from './contract/messages.ts';
export type { Page } from './contract/paging.ts';
export type { PolicyUser } from './contract/resources.ts';
export {
  alertBounds,
  notificationStates,
  type AlertReads,
  type AlertWrites,
  type NotificationHead,
  type NotificationResult,
  type NotificationState,
  type PendingNotification,
  type AlertFilter,
  type NewStoredAlert,
  type StoredAlert,
  type StoredAlertEvent,
  type StoredNotification,
} from './contract/alerts.ts';
export type {
  ActionItemsQuery,
  ReviewReads,
  ReviewWrites,
  StoredActionItem,
  StoredPostmortem,
  StoredVersion,
} from './contract/reviews.ts';
export type {
  IncidentFilter,
  IncidentReads,
  NewStoredIncident,
  IncidentWrites,
  NewTimelineRow,
  StoredIncident,
  StoredTimelineRow,
  TimelineLength,
  TimelinePlace,
  TimelineQuery,
} from './contract/incidents.ts';
export {
  addCounts,
  correctableStates,
  type CorrectionCounts,
  type CorrectionExample,
  type CorrectionOrder,
  type CorrectionProgress,
  type CorrectionRecord,
  type SkipReason,
} from './contract/corrections.ts';
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
export type { SampledDelivery, SamplePage, SampleQuery } from './contract/samples.ts';
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
  type SliDayQuery,
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
} from './contract/sli.ts';
export type { FoundSlot } from './found-minutes.ts';
export type { Slice } from './contract/affected.ts';
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
