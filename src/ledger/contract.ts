import type { BucketCounts } from '../core/index.ts';
import type { Page } from './paging.ts';
import type { AlertReads, AlertWrites } from './alerts.ts';
import type { IncidentReads, IncidentWrites } from './incidents.ts';
import type { OutcomeCounts } from '../retry/index.ts';
import type {
  CorrectionProgress,
  CorrectionRecord,
  PreviewRequest,
  PreviewSlice,
  StartCorrection,
} from './corrections.ts';
import type { ReviewReads, ReviewWrites } from './reviews.ts';
import type { AffectedPage, AffectedQuery } from './affected.ts';
import type { SamplePage, SampleQuery } from './samples.ts';
import type {
  KeepSli,
  LaneAges,
  SliComparison,
  SliKept,
  SliDayQuery,
  SliOutcomesPage,
  SliOutcomesQuery,
  SliPage,
  SliQuery,
  SliSpan,
  SliTouched,
  SliValuePage,
} from './sli.ts';
import type {
  Act,
  ActFilter,
  ActKind,
  Attempt,
  AttemptTiming,
  AttemptTrigger,
  Certificate,
  CertificateLink,
  Change,
  ChangeBy,
  ChangeItem,
  ChangeKind,
  Delivery,
  DeliveryKey,
  DeliveryState,
  DetectorMemory,
  DriftMemory,
  LaneMemory,
  Message,
  Resource,
  ResourceKind,
  StoredTiming,
} from './records.ts';
import type { Sighting } from './sightings.ts';

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

export type Writes = DeliveryWrites & AlertWrites & IncidentWrites<Telling> & ReviewWrites;
export type Reads = DeliveryReads & AlertReads & IncidentReads & ReviewReads;

type DeliveryWrites = {
  /** Stores a message and all its deliveries, or says that its event id or idempotency key was seen before. */
  accept(acceptance: Acceptance): Promise<AcceptResult>;
  /** Accepts several in the one commit; each has its own result. */
  acceptAll(acceptances: readonly Acceptance[]): Promise<readonly AcceptResult[]>;
  /** Takes due deliveries of one lane under a lease and records their attempts as started. */
  claim(request: ClaimRequest): Promise<Window>;
  /** Records an attempt's outcome and the delivery's next state together. */
  settle(settlement: Settlement & Telling): Promise<SettleResult>;
  /** Changes what is remembered of a lane where no outcome does; null forgets it. */
  rememberLane(request: {
    readonly endpointId: number;
    readonly memory: LaneMemory | null;
  }): Promise<void>;
  /** Keeps timings of minutes that are over. */
  storeTimings(request: { readonly rows: readonly StoredTiming[] }): Promise<void>;
  /** Keeps what detectors know. */
  rememberDetectors(request: { readonly rows: readonly DetectorMemory[] }): Promise<void>;
  /** Keeps what is known of event types' payloads. */
  rememberDrift(request: { readonly rows: readonly DriftMemory[] }): Promise<void>;
  /** Gives claimed deliveries back unsent; their started attempt is taken back too. */
  release(claims: readonly LeaseKey[]): Promise<void>;
  /** At the start: leases that an earlier life of this process held end now. Resolves to their count. */
  endLeases(now: number): Promise<number>;
  /** Lets deliveries go on that claims have set aside. */
  resumeTypes(request: ResumeTypes): Promise<ResumedTypes>;
  /** Closes up to `limit` scheduled deliveries of a lane that will get no more attempts. */
  closeLane(request: CloseLane): Promise<number>;
  /** Makes one delivery due again, or creates it for an endpoint that was not matched at first. */
  replay(request: ActOnOne & { readonly dueAt: number }): Promise<ActOnOneResult>;
  /** Ends a scheduled or dead delivery by somebody's decision. */
  cancel(request: ActOnOne): Promise<ActOnOneResult>;
  /** Records an act on many deliveries; `stepAct` carries it out. */
  startAct(act: Omit<Act, 'done' | 'touched'> & { readonly dueFrom: number }): Promise<void>;
  /** Carries an act on by up to `limit` deliveries: dead letters become due, spaced at the act's rate. */
  stepAct(request: {
    readonly actId: number;
    readonly limit: number;
    readonly now: number;
  }): Promise<Act>;
  /** Records an act that corrects deliveries; `stepAct` carries it out. */
  startCorrection(request: StartCorrection): Promise<void>;
  /**
   * Schedules again what an audit found unaccounted, and promises what nobody promised. Resolves to the deliveries
   * it put right; where there are none, no act is recorded. A delivery without its message cannot be put right.
   */
  heal(request: HealRequest): Promise<number>;
  /** Removes a message's payload on request; what is still open of it is cancelled. False: there is none. */
  expungePayload(request: ExpungePayload): Promise<boolean>;
  /** Removes what an attempt kept of the response. False: there is no such attempt. */
  expungeResponse(request: {
    readonly messageId: number;
    readonly attemptId: number;
  }): Promise<boolean>;
  /**
   * One step of retention: removes payload and attempts of messages that are finished and older than their period,
   * and idempotency keys that have expired. A message is finished when every endpoint it was promised to has it, as
   * an attempt proves, or its delivery was cancelled; all others are looked at again in later steps.
   */
  purge(request: PurgeRequest): Promise<PurgeResult>;
  /** Writes resources and the change that tells of it, all in one commit or none. */
  change(request: ChangeRequest): Promise<ChangeResult>;
  /** Writes resources anew as they are sealed anew: no change of configuration, and none is recorded. */
  reseal(request: Resealing): Promise<void>;
  /** Records a change that was made elsewhere. */
  recordChange(change: RecordedChange): Promise<void>;
  /** Keeps an answer under an idempotency key until it expires. */
  remember(
    request: Remembered & { readonly key: string; readonly expiresAt: number },
  ): Promise<void>;
  /** Keeps the chain that a receiver shows; one that is new for it becomes a change. */
  observeCertificate(request: ObserveCertificate): Promise<ObserveResult>;
  /** Keeps what else a receiver shows; what is new for one that is known becomes a change. */
  observe(request: Observe): Promise<ObserveResult>;
  /** From now on deliveries are late so long after acceptance; messages accepted before keep their deadline. */
  setDeliveryDeadline(request: {
    readonly deadlineMs: number;
    readonly now: number;
  }): Promise<void>;
  /**
   * One step: counts late what is not delivered though its deadline passed, adds minutes that are over to hours and
   * days, and forgets those that were kept long enough.
   */
  keepSli(request: KeepSli): Promise<SliKept>;
  /** Which SLI minutes changed since a mark; none was given yet: null. Stores nothing. */
  sliTouched(request: { readonly since: number | null }): Promise<SliTouched>;
  /** Adds looks at lanes to their minutes, hours and days. */
  countAges(request: { readonly rows: readonly LaneAges[] }): Promise<void>;
};

type DeliveryReads = {
  certificates(
    request: { readonly expiresBefore?: number | undefined } & Page,
  ): Promise<readonly Certificate[]>;
  /** Of the peers seen since a moment, those whose certificates expire before another; the soonest first. */
  certificatesToRenew(request: {
    readonly expiresBefore: number;
    readonly seenSince: number;
    readonly limit: number;
  }): Promise<readonly Certificate[]>;
  /** How many certificates expire in [fromAt, beforeAt), as they were seen last. */
  expiringCertificates(request: {
    readonly fromAt: number;
    readonly beforeAt: number;
  }): Promise<number>;
  changes(request: ChangesQuery): Promise<readonly Change[]>;
  changesOf(request: { readonly ids: readonly number[] }): Promise<readonly Change[]>;
  /** The lanes that hold open deliveries, each with the moment its earliest one is due or its earliest lease ends. */
  lanes(request: Record<never, never>): Promise<readonly LaneHead[]>;
  /** Lanes in whose case something is remembered: those that fail, or wait in order. */
  laneMemories(
    request: Record<never, never>,
  ): Promise<readonly (LaneMemory & { readonly endpointId: number })[]>;
  detectorMemories(request: { readonly limit: number }): Promise<readonly DetectorMemory[]>;
  driftMemories(request: { readonly limit: number }): Promise<readonly DriftMemory[]>;
  /** Timings of an endpoint in [fromAt, beforeAt), in the order of their minutes. */
  timings(request: TimingsQuery): Promise<readonly StoredTiming[]>;
  /** What became of attempts, by the minute: of one endpoint, of one application, or of all. */
  outcomes(request: OutcomesQuery): Promise<readonly MinuteOutcomes[]>;
  /** Deliveries with what their first attempts met: what explanations are made of. */
  sampleDeliveries(query: SampleQuery): Promise<SamplePage>;
  /** What a lane holds scheduled, retries included, due or not; counted up to `atMost`. */
  laneBacklog(request: {
    readonly endpointId: number;
    readonly atMost: number;
  }): Promise<LaneBacklog>;
  /** What waits in all lanes, due or not, and the longest of them. */
  backlog(request: BacklogQuery): Promise<Backlog>;
  /** What a canary compares: first attempts of its endpoint in (afterId, beforeId), at most `limit` of them. */
  canaryCounts(request: CanaryCountsRequest): Promise<CanaryCounts>;
  /** How long first attempts took that delivered, in ms, the newest first; of the newest 20,000 in [fromId, beforeId). */
  firstDurations(request: FirstDurationsRequest): Promise<readonly number[]>;
  message(id: number): Promise<Message | null>;
  messageByEventId(request: {
    readonly appId: number;
    readonly eventId: string;
  }): Promise<Message | null>;
  messages(
    request: { readonly appId: number; readonly filter?: MessageFilter } & Page,
  ): Promise<readonly Message[]>;
  deliveriesOf(messageId: number): Promise<readonly Delivery[]>;
  /** Every attempt of a message that has ended, the newest first. */
  attemptsOf(messageId: number): Promise<readonly Attempt[]>;
  attemptsTo(
    request: { readonly endpointId: number; readonly filter?: AttemptFilter } & Page,
  ): Promise<readonly Attempt[]>;
  /** Messages that were attempted at an endpoint, by their first attempt there; `afterId` is a message's id. */
  attemptedMessages(request: AttemptedMessagesQuery): Promise<readonly AttemptedMessage[]>;
  /** Deliveries of an endpoint by state, of messages with ids in [fromId, beforeId). */
  endpointStats(request: EndpointStatsRequest): Promise<Readonly<Record<DeliveryState, number>>>;
  remembered(request: { readonly key: string; readonly now: number }): Promise<Remembered | null>;
  deadLetters(request: DeadLetterQuery): Promise<readonly DeadLetter[]>;
  act(id: number): Promise<ActProgress | null>;
  /** What an act was told to correct, and how far it is. Null: there is no such act, or it corrects nothing. */
  correction(actId: number): Promise<CorrectionProgress | null>;
  /** Audit rows of an act; `afterId` is a row's id. */
  correctionRecords(
    request: { readonly actId: number } & Page,
  ): Promise<readonly CorrectionRecord[]>;
  /** What a correction would do to a slice of the messages. */
  previewCorrection(request: PreviewRequest): Promise<PreviewSlice>;
  runningActs(request: Record<never, never>): Promise<readonly number[]>;
  acts(request: { readonly appId: number } & Page): Promise<readonly Act[]>;
  resource(request: { readonly kind: ResourceKind; readonly id: number }): Promise<Resource | null>;
  resourceByUid(request: {
    readonly kind: ResourceKind;
    readonly appId: number;
    readonly uid: string;
  }): Promise<Resource | null>;
  resources(
    request: { readonly kind: ResourceKind; readonly appId: number } & Page,
  ): Promise<readonly Resource[]>;
  /** Of all applications, in the order of their ids. */
  resourcesOfKind(request: { readonly kind: ResourceKind } & Page): Promise<readonly Resource[]>;
  /** Resources that have a uid, ordered by it. */
  resourcesByUid(request: ResourcesByUid): Promise<readonly Resource[]>;
  /**
   * The id of the message `distance` messages from `id` on, or before it; null where there are not so many. Cuts spans
   * of equal work for an audit, whatever their length in time.
   */
  messageAt(request: MessageAtRequest): Promise<number | null>;
  /** Who refers to a policy; without a name, to any. */
  policyUsers(request: PolicyUsersQuery): Promise<readonly PolicyUser[]>;
  /** Recomputes from raw rows what is owed and what is there, for messages with ids in [fromId, beforeId). */
  audit(request: AuditRequest): Promise<AuditResult>;
  /** SLI counts of minutes, hours or days; hours and days hold the minutes that are over by two minutes and more. */
  sli(request: SliQuery): Promise<SliPage>;
  /** The value that messages carried, by the same deliveries, units and groups, and by currency. */
  sliValue(query: SliQuery): Promise<SliValuePage>;
  /** Messages of a slice of which a delivery went badly, page by page. */
  affectedMessages(query: AffectedQuery): Promise<AffectedPage>;
  sliOutcomes(request: SliOutcomesQuery): Promise<SliOutcomesPage>;
  /** Four values by turns: endpoint, application, good, bad. */
  sliOfDay(request: SliDayQuery): Promise<readonly number[]>;
  /** SLI minutes held against messages, deliveries and attempts, in one snapshot. */
  compareSli(request: SliSpan & { readonly nameAtMost: number }): Promise<SliComparison>;
};

export type { Page } from './paging.ts';

export type Acceptance = {
  readonly message: Message & { readonly payload: string };
  readonly deliveries: readonly PlannedDelivery[];
  /** Needed where the message has an event id or an idempotency key: what tells a repetition from a conflict. */
  readonly contentHash: string | null;
  readonly idempotencyKey: string | null;
};

export type PlannedDelivery = {
  readonly endpointId: number;
  /** in_flight: claimed in the commit that accepts, so that the first attempt needs no second one. */
  readonly state: 'scheduled' | 'in_flight' | 'cancelled';
  readonly dueAt: number | null;
  readonly attemptId: number | null;
  readonly reason: string | null;
};

export type AcceptResult =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'repeated'; readonly messageId: number }
  | { readonly kind: 'conflict'; readonly field: 'eventId' | 'idempotency-key' };

export type ClaimRequest = {
  readonly endpointId: number;
  readonly now: number;
  readonly leaseEndsAt: number;
  /** One id per delivery that may be claimed: its length is the limit. */
  readonly attemptIds: readonly number[];
  /** At most so many of them may be deliveries that the retry policy scheduled again; those are claimed first. */
  readonly retries: number;
  /** Claiming stops once payloads add up to this. At least one delivery is claimed. */
  readonly payloadBytes: number;
  /** Event types whose deliveries are set aside instead, and stay scheduled: `resumeTypes` lets them go on. */
  readonly pausedTypes: readonly string[];
};

/** A lane's window: what was claimed, ended leases first, and when the lane needs attention next. */
export type Window = {
  readonly claims: readonly Claim[];
  /**
   * The earliest due time of a first attempt, or end of a lease, the leases just given included. Infinity: there is
   * none. `now` or earlier: more is due already.
   */
  readonly nextDueAt: number;
  /** The same for what the retry policy scheduled again. */
  readonly nextRetryAt: number;
  /** Deliveries of paused event types that were set aside: at most a few hundred at once. */
  readonly setAside: number;
};

/** One step of letting deliveries of a lane go on that were set aside, in the order of their due times. */
export type ResumeTypes = {
  readonly endpointId: number;
  /** Event types that stay set aside. */
  readonly pausedTypes: readonly string[];
  /** Where the step before ended; null: from the beginning. */
  readonly after: ResumeCursor | null;
  /** Deliveries looked at, at most. */
  readonly limit: number;
  /** The first is due then at the earliest, and each further one `everyMs` later; 0: each when it was due before. */
  readonly dueFrom: number;
  readonly everyMs: number;
};

export type ResumeCursor = {
  readonly isRetry: boolean;
  readonly dueAt: number;
  readonly messageId: number;
};

export type ResumedTypes = {
  /** Deliveries that go on. */
  readonly resumed: number;
  /** null: the end was reached. */
  readonly next: ResumeCursor | null;
};

export type LeaseKey = DeliveryKey & { readonly attemptId: number };

export type Claim = LeaseKey & {
  readonly appId: number;
  readonly nth: number;
  readonly trigger: AttemptTrigger;
  /** Attempts started in this round, this one included: a replay starts a round anew. */
  readonly attemptsInRound: number;
  readonly roundStartedAt: number;
  readonly leaseEndsAt: number;
  /** When it was due: what it waited since. */
  readonly dueAt: number;
  readonly traceparent: string | null;
  readonly eventType: string;
  readonly payload: string;
  /** The payload is a corrected one; `webhookNth` is what its webhook-id ends in, null where it is the message's own. */
  readonly corrected: { readonly webhookNth: number | null } | null;
};

export type Settlement = LeaseKey & {
  readonly nth: number;
  readonly trigger: AttemptTrigger;
  readonly outcome: string;
  readonly statusCode: number | null;
  readonly durationMs: number;
  readonly timing: AttemptTiming;
  readonly detail: string | null;
  readonly response: string;
  readonly url: string;
  /** The canary whose candidate it went to; null: the endpoint as it is. */
  readonly canaryId: number | null;
  /** The IP address it went to, or tried last; null: none. */
  readonly address: string | null;
  /** The chain that the peer showed, as `chainFingerprint` says; null: none. */
  readonly certificate: string | null;
  readonly state: 'scheduled' | 'delivered' | 'dead';
  /** scheduled: when it is due next. */
  readonly dueAt: number | null;
  /** dead: why. */
  readonly reason: string | null;
  /** What is to be remembered of the lane from now on, where that changes; null forgets it. */
  readonly lane?: LaneMemory | null;
};

/** stale: the lease had ended and the delivery moved on; the attempt is recorded all the same. */
export type SettleResult = 'settled' | 'stale';

export type CloseLane = {
  readonly endpointId: number;
  readonly state: 'dead' | 'cancelled';
  readonly reason: string;
  readonly limit: number;
};

export type ActOnOne = DeliveryKey & {
  readonly appId: number;
  readonly act: {
    readonly id: number;
    readonly kind: ActKind;
    readonly actor: string;
    readonly reason: string;
  };
};

export type ActOnOneResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'conflict'; readonly state: DeliveryState };

export type HealRequest = {
  readonly act: { readonly id: number; readonly actor: string; readonly reason: string };
  readonly keys: readonly DeliveryKey[];
  readonly now: number;
};

/** Messages that tell of an event: accepted in its commit, where it takes effect. */
export type Telling = { readonly notices?: readonly Acceptance[] };

export type ResourceWrite =
  /** A uid that exists is refused. */
  | { readonly mode: 'create'; readonly resource: Omit<Resource, 'revision'> }
  /** Compare-and-set: refused where another change came since the revision that was read. */
  | {
      readonly mode: 'update';
      readonly resource: Omit<Resource, 'revision'>;
      readonly expected: number;
      /** Written, and not listed among the change's items: what it takes over from another record. */
      readonly isFollowing?: boolean;
    }
  /** An application takes with it all that belongs to it. Without `expected` it goes whatever it is by now. */
  | {
      readonly mode: 'delete';
      readonly kind: ResourceKind;
      readonly id: number;
      readonly expected?: number;
      /** Endpoints that may go with an application: refused as stale where others are in it by now. */
      readonly owned?: readonly number[];
    }
  /** Nothing is written: what the others stand on must be as it was read. */
  | {
      readonly mode: 'expect';
      readonly kind: ResourceKind;
      readonly id: number;
      readonly expected: number;
    };

export type ChangeRequest = Telling & {
  readonly change: ChangeBy & { readonly id: number; readonly reverts?: readonly number[] };
  /** In their order; a uid may pass from one resource to another. */
  readonly writes: readonly ResourceWrite[];
};

/** Where one write is refused none is made: `at` is its place among them. */
export type ChangeResult =
  | { readonly kind: 'changed'; readonly deleted: readonly number[] }
  | { readonly kind: 'uid_taken' | 'stale' | 'missing'; readonly at: number };

/** Each with the document it had: where that is another by now nothing is written. */
export type Resealing = {
  readonly resources: readonly (Pick<Resource, 'kind' | 'id'> & {
    readonly before: string;
    readonly after: string;
  })[];
};

/** A change made elsewhere: one item, and never to be taken back from here. */
export type RecordedChange = ChangeBy & {
  readonly id: number;
  readonly item: ChangeItem;
};

export type ChangesQuery = Page & {
  /** Changes of what belongs to it, and of itself. */
  readonly appId?: number | undefined;
  /** Changes of one thing, each with the items of that thing alone. */
  readonly subjectId?: number | undefined;
  readonly kind?: ChangeKind | undefined;
  /** The name of what was changed, as the list has it; with a kind. */
  readonly subject?: string | undefined;
  /** Change ids, from (inclusive) and before (exclusive). */
  readonly fromId?: number | undefined;
  readonly beforeId?: number | undefined;
};

export type ExpungePayload = {
  readonly messageId: number;
  readonly appId: number;
  readonly act: { readonly id: number; readonly actor: string; readonly reason: string };
};

export type PurgeRequest = {
  readonly now: number;
  /** Rows that the step reads and removes at most, but for the last message's fan-out. It also ends after 10 ms. */
  readonly limit: number;
};

export type PurgeResult = {
  readonly messages: number;
  readonly attempts: number;
  readonly payloadBytes: number;
  readonly idempotencyKeys: number;
  /** Bytes by which the file was made smaller, as more of it was free than is of use soon. */
  readonly fileBytes: number;
  /** Milliseconds for which the step kept the ledger busy, without waiting for its turn and without its commit. */
  readonly tookMs: number;
  /** When the oldest message was accepted whose turn is still to come; null: all whose period has passed were seen. */
  readonly oldestDueAt: number | null;
  /** When the oldest message was accepted that outlives its period, as it is not finished; null: there is none. */
  readonly oldestUnfinishedAt: number | null;
  /** There is more to do now: a message whose turn is still to come, an expired key, free space to give back. */
  readonly isMore: boolean;
};

/** The first answer to a request that carried an idempotency key, and what tells a repetition from a conflict. */
export type Remembered = { readonly contentHash: string; readonly answer: string };

export type ObserveCertificate = {
  /** Of the change, or of the certificate where it is the first of its peer. */
  readonly id: number;
  /** host:port */
  readonly peer: string;
  /** Leaf to root, at least the leaf. */
  readonly chain: readonly CertificateLink[];
  readonly at: number;
};

/** known: it was seen before; held: it was not, and is told of together with what follows. */
export type ObserveResult = 'first' | 'known' | 'held' | 'changed';

export type Observe = {
  /** Of the change. */
  readonly id: number;
  readonly kind: 'address' | 'server';
  /** host:port */
  readonly peer: string;
  readonly shown: readonly Sighting[];
  readonly at: number;
  /** How long a peer is learned, from the first time it is seen: nothing is a change until then. */
  readonly learnMs: number;
};

export type MessageFilter = {
  readonly eventTypes?: readonly string[] | undefined;
  readonly channel?: string | undefined;
  readonly tag?: string | undefined;
  /** Message ids, from (inclusive) and before (exclusive). */
  readonly fromId?: number | undefined;
  readonly beforeId?: number | undefined;
};

export type AttemptFilter = Omit<MessageFilter, 'fromId' | 'beforeId'> & {
  readonly isDelivered?: boolean | undefined;
  /** 200 is 200 to 299; 0 is no status at all. */
  readonly codeClass?: number | undefined;
  /** Attempt ids, from (inclusive) and before (exclusive). */
  readonly fromId?: number | undefined;
  readonly beforeId?: number | undefined;
};

export type AttemptedMessagesQuery = Page & {
  readonly endpointId: number;
  readonly filter: MessageFilter & { readonly states?: readonly DeliveryState[] | undefined };
};

export type AttemptedMessage = { readonly message: Message; readonly delivery: Delivery };

export type EndpointStatsRequest = {
  readonly endpointId: number;
  readonly fromId: number;
  readonly beforeId: number;
};

export type ResourcesByUid = {
  readonly kind: ResourceKind;
  readonly appId: number;
  readonly afterUid?: string | undefined;
  readonly limit: number;
  readonly descending: boolean;
};

export type TimingsQuery = {
  readonly endpointId: number;
  readonly fromAt: number;
  readonly beforeAt: number;
};

export type PolicyUsersQuery = {
  readonly kind: 'application' | 'endpoint';
  readonly policy?: string;
  readonly limit: number;
};

export type PolicyUser = Pick<Resource, 'id' | 'appId' | 'uid'> & {
  readonly kind: PolicyUsersQuery['kind'];
  readonly policy: string;
};

export type OutcomesQuery = {
  /** At most one of both. */
  readonly endpointId?: number | undefined;
  readonly appId?: number | undefined;
  /** A whole minute. */
  readonly fromAt: number;
  readonly minutes: number;
  /** Attempts of an endpoint, or messages, that are read of a minute. */
  readonly perMinute: number;
};

/** In no order. Of messages also the minutes after the span, in which their retries were made; a minute may be missing. */
export type MinuteOutcomes = OutcomeCounts & {
  readonly minuteAt: number;
  /** More was there than is read: the counts are estimates. */
  readonly isSampled: boolean;
};

export type CanaryCountsRequest = {
  readonly canaryId: number;
  readonly endpointId: number;
  /** null: nothing is slow. */
  readonly slowAfterMs: number | null;
  /** After acceptance. */
  readonly deadlineMs: number;
  readonly now: number;
  readonly afterId: number;
  readonly beforeId: number;
  readonly limit: number;
};

/** First attempts of messages that were accepted in one second, by arm; without those that were interrupted. */
export type CanarySecond = {
  /** Milliseconds since the epoch, a whole second. */
  readonly secondAt: number;
  readonly isCandidate: boolean;
  readonly attempts: number;
  /** Of them, those whose deadline has passed: all that can be said of them is known. */
  readonly ripe: number;
  readonly failed: number;
  /** Ripe, and not delivered within the deadline. */
  readonly late: number;
  readonly slow: number;
};

export type CanaryCounts = {
  readonly seconds: readonly CanarySecond[];
  /** What to go on after. */
  readonly lastId: number;
  readonly isMore: boolean;
};

export type FirstDurationsRequest = {
  readonly endpointId: number;
  readonly fromId: number;
  readonly beforeId: number;
  /** null: those that went to no candidate. */
  readonly canaryId: number | null;
  readonly limit: number;
};

export type LaneBacklog = {
  readonly scheduled: number;
  /** The moment the earliest of them all is due; null: there is none. */
  readonly oldestDueAt: number | null;
};

export type BacklogQuery = {
  /** Deliveries that are counted; with more of them the lanes that come last are left out. */
  readonly atMost: number;
  /** So many lanes are named. */
  readonly lanes: number;
};

export type Backlog = {
  readonly waiting: number;
  /** Those with the most first. */
  readonly lanes: readonly { readonly endpointId: number; readonly waiting: number }[];
};

export type LaneHead = {
  readonly endpointId: number;
  readonly dueAt: number;
  /** The earliest due time of what is scheduled; Infinity where nothing is. */
  readonly scheduledAt: number;
  /** The same of what the retry policy scheduled again. */
  readonly retryAt: number;
  /** Deliveries of paused event types were set aside; none of the moments is about them. */
  readonly hasPaused: boolean;
};

export type DeadLetterQuery = Page & {
  readonly appId: number;
  readonly filter: ActFilter;
};

export type DeadLetter = Delivery & {
  readonly eventType: string;
  readonly lastOutcome: string | null;
  readonly lastStatusCode: number | null;
};

export type ActProgress = Act & { readonly states: Readonly<Record<DeliveryState, number>> };

export type MessageAtRequest = {
  readonly id: number;
  /** 1 or more. */
  readonly distance: number;
  readonly descending: boolean;
};

export type AuditRequest = {
  readonly fromId: number;
  readonly beforeId: number;
  /** Leases that ended before this moment are held by nobody. */
  readonly leasesEndedBefore: number;
  /** Findings are named up to this many; all are counted. */
  readonly nameAtMost: number;
};

export type AuditMinute = {
  readonly appId: number;
  /** Start of the minute, milliseconds since the epoch. */
  readonly minuteAt: number;
  readonly accepted: number;
  /** Deliveries owed: accepted × matched. */
  readonly matched: number;
  readonly states: Readonly<Record<DeliveryState, number>>;
};

export const findingKinds = [
  'missing',
  'unpromised',
  'lease_overdue',
  'unproven',
  'undated',
  'orphaned',
] as const;
/**
 * missing: promised, but no delivery is there · unpromised: a delivery nobody promised · lease_overdue: in flight,
 * but its lease ended and nobody took it · unproven: delivered, but no attempt says so · undated: open, but never due ·
 * orphaned: a delivery without its message.
 */
export type FindingKind = (typeof findingKinds)[number];
export type Finding = DeliveryKey & { readonly appId: number; readonly kind: FindingKind };

export type AuditResult = {
  readonly minutes: readonly AuditMinute[];
  readonly unaccounted: number;
  readonly findings: readonly Finding[];
};
