import type { BucketCounts } from '../../core/index.ts';
import type { AcceptanceWrites } from './acceptance.ts';
import type { ActReads, ActWrites } from './acts.ts';
import type { AffectedReads } from './affected.ts';
import type { AlertReads, AlertWrites } from './alerts.ts';
import type { AuditReads, AuditWrites } from './audit.ts';
import type { CanaryReads } from './canaries.ts';
import type { ChangeReads, ChangeWrites } from './changes.ts';
import type { CorrectionReads, CorrectionWrites } from './corrections.ts';
import type { IdempotencyReads, IdempotencyWrites } from './idempotency.ts';
import type { IncidentReads, IncidentWrites } from './incidents.ts';
import type { LaneReads, LaneWrites } from './lanes.ts';
import type { LeaseWrites } from './leases.ts';
import type { MemoryReads, MemoryWrites } from './memories.ts';
import type { MessageReads } from './messages.ts';
import type { OutcomeReads } from './outcomes.ts';
import type { ReceiverReads, ReceiverWrites } from './receivers.ts';
import type { RemovalWrites } from './removal.ts';
import type { ResourceReads } from './resources.ts';
import type { ReviewReads, ReviewWrites } from './reviews.ts';
import type { SampleReads } from './samples.ts';
import type { SliReads, SliWrites } from './sli.ts';
import type { TimingReads, TimingWrites } from './timings.ts';

/**
 * The ledger's contract. Every call is one atomic operation and resolves once it is durable (writes) or read
 * (reads); calls made while a commit is under way share the next one, so callers never batch by hand, and a
 * networked store can turn the operations that wait into a few statements of many rows.
 * Faults: `ledger_full`, `ledger_corrupt`, `ledger_unavailable`; after any of them nothing of the call is stored.
 */
export type Ledger = Writes & Reads & Lifecycle;

export type Lifecycle = {
  /** Six digits that mark this ledger's public ids. */
  readonly mark: string;
  /** The newest id stored when the ledger was opened; id sources start after it. */
  readonly newestId: number;
  /** Commits so far, operations in them, and how long they took: what /metrics shows. */
  figures(): LedgerFigures;
  /** Waits for what was asked, then lets go of file and lock. */
  close(): Promise<void>;
};

export type LedgerFigures = {
  readonly commits: number;
  readonly operations: number;
  /** How long they took, fsync included, in seconds. */
  readonly commitSeconds: BucketCounts;
};

export type Writes = AcceptanceWrites &
  IdempotencyWrites &
  LeaseWrites &
  LaneWrites &
  ActWrites &
  CorrectionWrites &
  RemovalWrites &
  AuditWrites &
  ChangeWrites &
  ReceiverWrites &
  TimingWrites &
  MemoryWrites &
  SliWrites &
  AlertWrites &
  IncidentWrites &
  ReviewWrites;

export type Reads = IdempotencyReads &
  LaneReads &
  MessageReads &
  ActReads &
  CorrectionReads &
  AuditReads &
  ChangeReads &
  ResourceReads &
  CanaryReads &
  ReceiverReads &
  TimingReads &
  OutcomeReads &
  MemoryReads &
  SampleReads &
  AffectedReads &
  SliReads &
  AlertReads &
  IncidentReads &
  ReviewReads;
