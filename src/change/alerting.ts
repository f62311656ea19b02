import type { Stamped } from './stamped.ts';

export const notifierKinds = ['slack', 'smtp', 'pagerduty', 'alertmanager', 'webhook'] as const;
export type NotifierKind = (typeof notifierKinds)[number];

/** A way by which people are told of alerts; `name` is its uid. */
export type Notifier = Stamped & {
  readonly name: string;
  readonly kind: NotifierKind;
  readonly description: string;
  readonly settings: NotifierSettings;
  /**
   * slack: the webhook's URL · smtp: the password · pagerduty: the routing key · alertmanager: a bearer token ·
   * webhook: the signing secret. Sealed.
   */
  readonly sealedSecret: string | null;
  /** Names of notifiers that are told in its place where it fails. */
  readonly fallback: readonly string[];
};

/** Of its kind; what the kind has not is absent. */
export type NotifierSettings = {
  /** alertmanager, webhook; pagerduty, where it is not PagerDuty's own. */
  readonly url?: string;
  readonly host?: string;
  readonly port?: number;
  /** none · starttls: required · tls: from the first byte. */
  readonly tls?: 'none' | 'starttls' | 'tls';
  readonly username?: string;
  readonly from?: string;
  readonly to?: readonly string[];
};

/** Hours of the week in a time zone: src/slo/alerts/local-time.ts says how they are read. */
export type Hours = {
  /** As in the IANA database. */
  readonly timeZone: string;
  /** 1: Monday … 7: Sunday; empty: all of them. */
  readonly days: readonly number[];
  /** HH:MM */
  readonly from: string;
  readonly until: string;
};

/** What an empty list leaves open, it matches. */
export type RouteMatch = {
  readonly owners: readonly string[];
  readonly severities: readonly string[];
  readonly kinds: readonly string[];
  readonly hours: Hours | null;
};

/** Which alerts are told by which notifiers; `name` is its uid. */
export type Route = Stamped & {
  readonly name: string;
  readonly description: string;
  /** Routes are asked in rising order. */
  readonly position: number;
  readonly match: RouteMatch;
  readonly notifiers: readonly string[];
  /** Later routes are asked too. */
  readonly continue: boolean;
  /** Who else is told where nobody acknowledged it for so long. */
  readonly escalation: readonly {
    readonly afterMinutes: number;
    readonly notifiers: readonly string[];
  }[];
  /** What is no page waits for their end. */
  readonly quietHours: Hours | null;
};

/** Within it alerts are recorded, and nobody is told until its end. */
export type Maintenance = Stamped & {
  readonly fromAt: number;
  readonly untilAt: number;
  readonly reason: string;
  /** Empty lists match all. */
  readonly owners: readonly string[];
  readonly kinds: readonly string[];
  /** Keys that begin so; empty: all. */
  readonly keyPrefix: string;
};
