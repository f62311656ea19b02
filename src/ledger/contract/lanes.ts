import type { LaneMemory } from '../records.ts';

export type LaneWrites = {
  /** Changes what is remembered of a lane where no outcome does; null forgets it. */
  rememberLane(request: {
    readonly endpointId: number;
    readonly memory: LaneMemory | null;
  }): Promise<void>;
  /** Lets deliveries go on that claims have set aside. */
  resumeTypes(request: ResumeTypes): Promise<ResumedTypes>;
  /** Closes up to `limit` scheduled deliveries of a lane that will get no more attempts. */
  closeLane(request: CloseLane): Promise<number>;
};

export type LaneReads = {
  /** The lanes that hold open deliveries, each with the moment its earliest one is due or its earliest lease ends. */
  lanes(request: Record<never, never>): Promise<readonly LaneHead[]>;
  /** Lanes in whose case something is remembered: those that fail, or wait in order. */
  laneMemories(
    request: Record<never, never>,
  ): Promise<readonly (LaneMemory & { readonly endpointId: number })[]>;
  /** What a lane holds scheduled, retries included, due or not; counted up to `atMost`. */
  laneBacklog(request: {
    readonly endpointId: number;
    readonly atMost: number;
  }): Promise<LaneBacklog>;
  /** What waits in all lanes, due or not, and the longest of them. */
  backlog(request: BacklogQuery): Promise<Backlog>;
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

export type CloseLane = {
  readonly endpointId: number;
  readonly state: 'dead' | 'cancelled';
  readonly reason: string;
  readonly limit: number;
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
