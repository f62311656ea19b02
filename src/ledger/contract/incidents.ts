import type { Telling } from './acceptance.ts';
import type { Page } from './paging.ts';

/** An incident as src/incident writes it: what is asked for is a column, all else one document. */
export type StoredIncident = {
  readonly id: number;
  /** Closed, declined or merged; null: none of them. */
  readonly endedAt: number | null;
  readonly state: string;
  readonly severity: number;
  readonly owner: string;
  readonly causeClass: string;
  readonly isDrill: boolean;
  readonly doc: string;
};

/** With the alerts that belong to it. */
export type NewStoredIncident = StoredIncident & { readonly alertIds: readonly number[] };

/** What is not given is not asked for; of lists one value must hold. */
export type IncidentFilter = {
  readonly isOpen?: boolean | undefined;
  readonly states?: readonly string[] | undefined;
  readonly severities?: readonly number[] | undefined;
  readonly causeClasses?: readonly string[] | undefined;
  /** Whole, in capitals or not. */
  readonly owner?: string | undefined;
  readonly isDrill?: boolean | undefined;
  /** Ids from here on: an id tells when it was opened. */
  readonly fromId?: number | undefined;
};

/** One row of an incident's timeline. */
export type StoredTimelineRow = {
  readonly id: number;
  readonly incidentId: number;
  /** When it happened, which may be long before it was written. */
  readonly at: number;
  readonly kind: string;
  readonly doc: string;
};

/** Rows by the service are counted apart. */
export type NewTimelineRow = StoredTimelineRow & { readonly isBySystem: boolean };

export type TimelineLength = {
  /** All of them. */
  readonly rows: number;
  /** Those by the service. */
  readonly bySystem: number;
};

/** Where a page of a timeline goes on. */
export type TimelinePlace = { readonly at: number; readonly id: number };

export type TimelineQuery = {
  readonly incidentId: number;
  /** Exclusive; absent: from the beginning (or the end, where it descends). */
  readonly after?: TimelinePlace | undefined;
  /** Only rows of this kind. */
  readonly kind?: string | undefined;
  readonly limit: number;
  readonly descending: boolean;
};

export type IncidentWrites = {
  /**
   * Incidents as they are now with the rows that tell of it, and messages that tell others, in one commit. Rows belong
   * to incidents that are there.
   */
  storeIncidents(
    request: {
      readonly incidents: readonly NewStoredIncident[];
      readonly rows: readonly NewTimelineRow[];
    } & Telling,
  ): Promise<void>;
};

export type IncidentReads = {
  incident(id: number): Promise<StoredIncident | null>;
  incidents(request: IncidentFilter & Page): Promise<readonly StoredIncident[]>;
  /** The incident that an alert belongs to: rather one that is open, and one that was merged last; null: none. */
  incidentOfAlert(alertId: number): Promise<number | null>;
  /** In the order of (at, id). */
  timeline(request: TimelineQuery): Promise<readonly StoredTimelineRow[]>;
  /** Rows of an incident's timeline; 0 where there is no such incident. */
  timelineLength(incidentId: number): Promise<TimelineLength>;
};
