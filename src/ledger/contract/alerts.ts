import type { Page } from './paging.ts';

/** An alert as src/slo/alerts writes it: what is asked for is a column, all else one document. */
export type StoredAlert = {
  readonly id: number;
  readonly key: string;
  /** null: it is not resolved. */
  readonly endedAt: number | null;
  readonly state: string;
  readonly severity: string;
  readonly kind: string;
  readonly owner: string;
  /** By its name; null: it is over none. */
  readonly objective: string | null;
  readonly silencedUntil: number | null;
  readonly doc: string;
};

/** With the applications that it is about; none: it is about no application rather than others. */
export type NewStoredAlert = StoredAlert & { readonly appIds: readonly number[] };

/** What is not given is not asked for; of lists one value must hold. */
export type AlertFilter = {
  readonly isOpen?: boolean | undefined;
  readonly states?: readonly string[] | undefined;
  readonly severities?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  /** Whole, in capitals or not. */
  readonly owner?: string | undefined;
  readonly objective?: string | undefined;
  readonly appId?: number | undefined;
  /** Whether it is silenced at that moment. */
  readonly silenced?: { readonly is: boolean; readonly at: number } | undefined;
};

/** One line of an alert's history; the id tells when. */
export type StoredAlertEvent = {
  readonly id: number;
  readonly alertId: number;
  readonly kind: string;
  readonly actor: string;
  readonly detail: string;
};

/** What one notifier is to be told of one alert; `groupKey`: those that may go together. */
export type PendingNotification = {
  readonly id: number;
  readonly alertId: number;
  readonly notifier: string;
  readonly groupKey: string;
  readonly dueAt: number;
  readonly tries: number;
  readonly doc: string;
};

export const notificationStates = ['pending', 'sent', 'failed'] as const;
export type NotificationState = (typeof notificationStates)[number];

export type StoredNotification = PendingNotification & {
  readonly state: NotificationState;
  /** What the notifier's server said last; null: nothing yet. */
  readonly said: string | null;
};

export type NotificationResult = {
  readonly id: number;
  readonly state: NotificationState;
  readonly tries: number;
  readonly dueAt: number;
  readonly said: string;
};

/** What waits for one notifier. */
export type NotificationHead = {
  readonly notifier: string;
  readonly pending: number;
  readonly nextDueAt: number;
};

export type AlertWrites = {
  /** Alerts as they are now, with what happened and who is to be told, in one commit. Old history goes. */
  storeAlerts(request: {
    readonly alerts: readonly NewStoredAlert[];
    readonly events: readonly StoredAlertEvent[];
    readonly notifications: readonly PendingNotification[];
  }): Promise<void>;
  /** What became of notifications, and who is to be told in their place. */
  settleNotifications(request: {
    readonly results: readonly NotificationResult[];
    readonly notifications: readonly PendingNotification[];
  }): Promise<void>;
};

export type AlertReads = {
  alert(id: number): Promise<StoredAlert | null>;
  alerts(request: AlertFilter & Page): Promise<readonly StoredAlert[]>;
  /** Those that ended since then. */
  endedAlerts(request: { readonly since: number }): Promise<readonly StoredAlert[]>;
  alertEvents(request: { readonly alertId: number } & Page): Promise<readonly StoredAlertEvent[]>;
  /** Of one alert, the newest first. */
  notificationsOf(request: {
    readonly alertId: number;
    readonly limit: number;
  }): Promise<readonly StoredNotification[]>;
  /**
   * Of one notifier, those that are due, in the order of their due times; none of an alert while an older one of it
   * waits.
   */
  dueNotifications(request: {
    readonly notifier: string;
    readonly now: number;
    readonly limit: number;
  }): Promise<readonly StoredNotification[]>;
  notificationHeads(request: Record<never, never>): Promise<readonly NotificationHead[]>;
};

/** Bounds on what is kept. Alerts that are not resolved are never forgotten. */
export const alertBounds = {
  /** Resolved alerts; the oldest go, with their history. */
  resolved: 10_000,
  /** Lines of one alert's history; the oldest go. */
  events: 500,
  /** What waits for one notifier; the oldest fail. */
  pending: 1000,
  /** Notifications that were sent or failed; the oldest go. */
  done: 10_000,
} as const;
