/**
 * Outcomes of one slice between two moments. A minute is usual; ten seconds let an outage be seen within the minute.
 * Bins come in order and do not overlap; a detector takes any length up to an hour.
 */
export type Bin = {
  /** Milliseconds since 1970. */
  readonly startAt: number;
  /** Exclusive. */
  readonly endAt: number;
  /** Outcomes of any kind: for the first-attempt indicator all first attempts that ended in the bin. */
  readonly total: number;
  /** Of them, the bad ones. */
  readonly bad: number;
};

/** A bin of many endpoints that says whose failures they were. Endpoints without a failure are left out. */
export type SharedBin = Bin & {
  readonly failing: readonly EndpointFailures[];
};

export type EndpointFailures = {
  readonly endpointId: number;
  readonly bad: number;
};

export const SECOND_MS = 1000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
/** 365 days. */
export const YEAR_MS = 365 * DAY_MS;

/** An alarm that did not end by then is how things are: it is learned. */
export const LONGEST_ALARM_MS = 7 * DAY_MS;
