/**
 * SLI counts of one endpoint, application and event type in one minute (hour, day). All but the first attempts belong
 * to the minute in which the message was accepted; a first attempt belongs to the minute in which it ended
 * (docs/adr/0029).
 */
export type SliCounts = {
  /** Deliveries promised when their messages were accepted. */
  readonly accepted: number;
  /** Of them, those that are cancelled now, and those that are dead letters now. */
  readonly cancelled: number;
  readonly dead: number;
  /** Of them, delivered by their deadline. */
  readonly onTime: number;
  /** Of them, those whose deadline passed before they were delivered; they stay late whatever becomes of them. */
  readonly late: number;
  /** First attempts that delivered, and that did not; those that we interrupted ourselves are neither. */
  readonly firstOk: number;
  readonly firstBad: number;
  /** Deliveries by the time from acceptance to delivery: up to each of `sliLatencyMs`, and above. */
  readonly latency: readonly number[];
  /** Looks at lanes that had something due, by how long their oldest was: up to each of `sliAgeMs`, and above. */
  readonly ages: readonly number[];
};

export type SliRow = SliCounts & {
  /** Start of the minute, hour or day (UTC), milliseconds since the epoch; of a sum over time, of the first. */
  readonly at: number;
  /** null: a sum over all of them. */
  readonly appId: number | null;
  readonly endpointId: number | null;
  readonly eventType: string | null;
};

/** Upper bounds of the latency counts, in milliseconds, inclusive. */
export const sliLatencyMs: readonly number[] = [
  10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000,
];

/** Upper bounds of the counts by age, in milliseconds, inclusive. */
export const sliAgeMs: readonly number[] = [
  1000, 5000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000,
];

/** What was counted: `deliveries` all but the ages, `lanes` these alone, and no event types. */
export type SliSource = 'deliveries' | 'lanes';

/** Looks at the lane of one endpoint within a minute, by age as in `SliCounts`. */
export type LaneAges = {
  readonly at: number;
  readonly endpointId: number;
  readonly ages: readonly number[];
};

/**
 * The value that messages carry, summed for the same deliveries as the counts, in minor units of one currency; there is
 * a row only where one was carried. A sum of 2^53 - 1 stands for that and all beyond: it is no longer told apart.
 */
export type SliValues = {
  /** Of deliveries promised at acceptance. */
  readonly accepted: number;
  /** Of them, those that are cancelled now, and those that are dead letters now. */
  readonly cancelled: number;
  readonly dead: number;
  /** Those that a receiver has, whenever it got them. */
  readonly delivered: number;
  /** Those whose deadline passed before they were delivered. */
  readonly late: number;
  /** Late, and delivered after all or still open. */
  readonly delayed: number;
  /** Cancelled or dead now, and never delivered. */
  readonly lost: number;
};

export type SliValueRow = SliValues &
  Omit<SliRow, keyof SliCounts> & {
    /** ISO 4217. */
    readonly currency: string;
  };

export const sliUnits = ['minute', 'hour', 'day'] as const;
export type SliUnit = (typeof sliUnits)[number];

export const sliUnitMs: Readonly<Record<SliUnit, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** What rows keep apart beside their time; the others are added up. */
export const sliGroups = ['app', 'endpoint', 'event_type'] as const;
export type SliGroup = (typeof sliGroups)[number];

export type SliQuery = {
  /** `deliveries` where it does not say. */
  readonly of?: SliSource | undefined;
  readonly unit: SliUnit;
  readonly fromAt: number;
  readonly beforeAt: number;
  readonly appId?: number | undefined;
  readonly endpointId?: number | undefined;
  readonly eventType?: string | undefined;
  readonly groupBy: readonly SliGroup[];
};

export type SliPage = {
  /** In the order of their time. */
  readonly rows: readonly SliRow[];
  /** What to go on from; null: that was all. */
  readonly nextAt: number | null;
};

export type SliValuePage = {
  /** In the order of their time, one for each currency and group. */
  readonly rows: readonly SliValueRow[];
  readonly nextAt: number | null;
};

/** Outcomes of a span by endpoint, application and event type, added up over time, in the order of endpoints. */
export type SliOutcomesQuery = Pick<SliQuery, 'unit' | 'fromAt' | 'beforeAt'> & {
  /** `on_time`: by the service's own deadline. `freshness`: of lanes, which have no event type ('' in sums). */
  readonly indicator: 'on_time' | 'first_attempt' | 'freshness';
  /** Of freshness alone, milliseconds: looks at lanes up to it are good. */
  readonly deadlineMs?: number | undefined;
  /** `next` of the page before. */
  readonly after?: SliOutcomesCursor | undefined;
};

export type SliOutcomesCursor = readonly [
  at: number,
  endpointId: number,
  appId: number,
  eventType: string,
];

export type SliOutcomesPage = {
  /** Five values by turns: endpoint, application, event type, good, bad; what is on several pages is on each in part. */
  readonly sums: readonly (number | string)[];
  readonly next: SliOutcomesCursor | null;
};

/** Outcomes of one day (UTC) by endpoint and application, those included that are in no day's row yet. */
export type SliDayQuery = Pick<SliOutcomesQuery, 'indicator' | 'deadlineMs'> & {
  readonly dayAt: number;
  /** Absent: of all; then only of what had a bad outcome, and good ones of the same rows. */
  readonly endpointIds?: readonly number[] | undefined;
  readonly eventTypes?: readonly string[] | undefined;
};

export type KeepSli = {
  readonly now: number;
  /** Deliveries that are looked at, and rows rolled up and forgotten, at most; each but for one message's fan-out. */
  readonly limit: number;
  readonly minutesDays: number;
};

export type SliKept = {
  /** Deliveries whose deadline passed and that were counted late now. */
  readonly late: number;
  readonly isMore: boolean;
  /** When the oldest message was accepted that is still to be looked at though its deadline passed; null: none. */
  readonly oldestDueAt: number | null;
};

/** Minutes in which something was counted since a mark that was given before. */
export type SliTouched = {
  /** What to ask from next. It holds as long as the ledger is open. */
  readonly mark: number;
  /** null: too many, or there was no mark; any minute may have changed. */
  readonly minutes: readonly { readonly of: SliSource; readonly at: number }[] | null;
};

export type SliSpan = { readonly fromAt: number; readonly beforeAt: number };

export type SliDifference = Omit<SliRow, keyof SliCounts> & {
  readonly count: string;
  readonly counted: number;
  readonly recounted: number;
};

export type SliComparison = {
  /** Rows of minutes that were compared. */
  readonly rows: number;
  /** Counts that differ; some of them are named. */
  readonly differing: number;
  readonly differences: readonly SliDifference[];
  /** Minutes up to this one were not compared: messages were purged there, and their attempts with them. */
  readonly comparedFromAt: number;
};

/** The default deadline of a delivery, where a ledger was told none. */
export const DELIVERY_DEADLINE_MS = 60_000;

export type SliWrites = {
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

export type SliReads = {
  /** SLI counts of minutes, hours or days; hours and days hold the minutes that are over by two minutes and more. */
  sli(request: SliQuery): Promise<SliPage>;
  /** The value that messages carried, by the same deliveries, units and groups, and by currency. */
  sliValue(query: SliQuery): Promise<SliValuePage>;
  sliOutcomes(request: SliOutcomesQuery): Promise<SliOutcomesPage>;
  /** Four values by turns: endpoint, application, good, bad. */
  sliOfDay(request: SliDayQuery): Promise<readonly number[]>;
  /** SLI minutes held against messages, deliveries and attempts, in one snapshot. */
  compareSli(request: SliSpan & { readonly nameAtMost: number }): Promise<SliComparison>;
};
