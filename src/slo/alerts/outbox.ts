import type { Clock, IdSource, IdText, Log, Random, Sealer } from '../../core/index.ts';
import type { Notifier } from '../../change/index.ts';
import type {
  Ledger,
  NotificationResult,
  PendingNotification,
  StoredNotification,
} from '../../ledger/index.ts';
import { ALERTMANAGER_REPEAT_MS } from '../notify/alertmanager.ts';
import type { Entry, SendResult, TellCause } from '../notify/notification.ts';
import { notifierTraits } from '../notify/notifier.ts';
import type { Sender } from '../notify/sender.ts';
import type { Alert } from './alert.ts';
import type { Alerting } from './alerting.ts';
import { INCIDENT_KIND } from './incident-alert.ts';

/** What a pending notification holds. */
export type NotificationDoc = {
  readonly cause: TellCause;
  readonly alert: Alert;
  /** Notifiers that failed to tell it, and those still to be asked. */
  readonly tried: readonly string[];
  readonly next: readonly string[];
};

export type OutboxParts = {
  readonly ledger: Pick<
    Ledger,
    'dueNotifications' | 'notificationHeads' | 'notificationsOf' | 'settleNotifications'
  >;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly idText: IdText;
  readonly random: Random;
  readonly log: Log;
  readonly sealer: Sealer;
  readonly sender: Sender;
  readonly alerting: () => Promise<Alerting>;
  readonly publicUrl: () => string;
  readonly sendTimeoutMs: number;
  /** A notifier failed, or tells again. */
  readonly failed: (notifier: string, said: string) => void;
  readonly works: (notifier: string) => void;
  /** Alerts that are not resolved and were told by this notifier, or may be by now. */
  readonly toldBy: (notifier: string, now: number) => readonly Alert[];
  /** Stores what others are to tell of an alert, which they then hear the end of; nothing happens to it meanwhile. */
  readonly handOver: (
    alertId: number,
    take: (alert: Alert | null) => Promise<readonly PendingNotification[]>,
  ) => Promise<void>;
};

export type OutboxFigures = {
  readonly sent: number;
  /** Tries that failed. */
  readonly failedTries: number;
  /** Notifications that nobody could be told by any way. */
  readonly untold: number;
};

/** Waits between tries, ms; the last goes on. Twelve tries take an hour and a half. */
const WAITS_MS = [2000, 10_000, 30_000, 120_000, 300_000, 600_000];
const MOST_TRIES = 12;
/** Failed so often, those that stand in for it are told as well. */
const HANDS_OVER_AFTER = 3;
const JITTER = 0.2;
/** Notifications that one read takes. */
const BATCH = 100;

/**
 * Sends what is pending, one notification at a time for each notifier, so that a slow one holds up no other. A
 * notification is settled after it was sent: one that a crash came upon in between is sent again.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #running = new Map<string, Promise<void>>();
  /** By the notifier's name: when it is repeated next, and the tries of it that failed one after another. */
  readonly #repeats = new Map<string, { readonly dueAt: number; readonly tries: number }>();
  readonly #stop = new AbortController();
  #sent = 0;
  #failedTries = 0;
  #untold = 0;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  figures(): OutboxFigures {
    return { sent: this.#sent, failedTries: this.#failedTries, untold: this.#untold };
  }

  countUntold(): void {
    this.#untold += 1;
  }

  /** Begins to send what is due. */
  async look(): Promise<void> {
    const { ledger, clock, alerting } = this.#parts;
    const { notifiers } = await alerting();
    const now = clock.now();
    const heads = await ledger.notificationHeads({});
    for (const { notifier, nextDueAt } of heads) if (nextDueAt <= now) this.#begin(notifier);
    for (const { name, kind } of notifiers.values()) {
      if (kind === 'alertmanager' && this.#isRepeatDue(name, now)) this.#begin(name);
    }
  }

  /** Resolves when nothing is being sent any more. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) {
      await Promise.all(this.#running.values());
    }
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.settled();
  }

  /** One try, bounded in time. */
  async try(
    notifier: Notifier,
    id: string,
    entries: readonly Entry[],
    isTest: boolean,
  ): Promise<SendResult> {
    const { sender, sealer, clock, sendTimeoutMs } = this.#parts;
    const { name, kind, settings, sealedSecret } = notifier;
    const timeout = new AbortController();
    const cancel = clock.after(sendTimeoutMs, () => timeout.abort());
    const signal = AbortSignal.any([this.#stop.signal, timeout.signal]);
    const now = clock.now();
    try {
      const secret = sealedSecret === null ? null : sealer.open(sealedSecret);
      const notification = { id, at: now, isTest, entries };
      return await sender.send({ name, kind, settings, secret }, notification, now, signal);
    } catch (thrown) {
      this.#parts.log.error({ err: thrown, notifier: name }, 'a notification could not be written');
      return { isSent: false, isFinal: true, said: 'Holdfast could not write it; see the log.' };
    } finally {
      cancel();
    }
  }

  /** How a try ended that settles nothing: a test, or a repetition. */
  async remember(name: string, { isSent, said }: SendResult): Promise<void> {
    const { ledger, clock } = this.#parts;
    // Cut off by the stop, which says nothing of the notifier.
    if (this.#stop.signal.aborted && !isSent) return;
    const outcome = { notifier: name, at: clock.now(), isSent, said };
    await ledger.settleNotifications({ results: [], notifications: [], outcome });
  }

  entryOf({ cause, alert }: Pick<NotificationDoc, 'cause' | 'alert'>): Entry {
    const { idText, publicUrl } = this.#parts;
    const what = alert.kind === INCIDENT_KIND ? 'incident' : 'alert';
    const alertId = idText.format(what, alert.id);
    return { cause, alert, alertId, url: `${publicUrl()}/api/v1/${what}/${alertId}` };
  }

  #begin(name: string): void {
    if (this.#stop.signal.aborted || this.#running.has(name)) return;
    const work = this.#sendAll(name)
      .catch((thrown: unknown) => {
        this.#parts.log.error({ err: thrown, notifier: name }, 'notifications wait');
      })
      .finally(() => this.#running.delete(name));
    this.#running.set(name, work);
  }

  async #sendAll(name: string): Promise<void> {
    const { ledger, clock, alerting } = this.#parts;
    await this.#repeat(name);
    while (!this.#stop.signal.aborted) {
      const rows = await ledger.dueNotifications({
        notifier: name,
        now: clock.now(),
        limit: BATCH,
      });
      if (rows.length === 0) return;
      const { notifiers } = await alerting();
      for (const group of Map.groupBy(rows, ({ groupKey }) => groupKey).values()) {
        if (this.#stop.signal.aborted) return;
        await this.#sendGroup(
          name,
          notifiers.get(name),
          group.toSorted((a, b) => a.id - b.id),
        );
      }
    }
  }

  async #sendGroup(
    name: string,
    notifier: Notifier | undefined,
    rows: readonly StoredNotification[],
  ): Promise<void> {
    const { idText, clock } = this.#parts;
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || last === undefined) return;
    const text = idText.format('notification', first.id);
    const id = first === last ? text : `${text}-${idText.format('notification', last.id)}`;
    const entries = rows.map((row) => this.entryOf(docOf(row)));
    const result: SendResult =
      notifier === undefined
        ? { isSent: false, isFinal: true, said: 'There is no such notifier any more.' }
        : await this.try(notifier, id, entries, false);
    // Cut off by the stop: it stays as it was, and the next life sends it.
    if (this.#stop.signal.aborted && !result.isSent) return;
    await this.#settle(name, notifier, rows, result, clock.now());
  }

  async #settle(
    name: string,
    notifier: Notifier | undefined,
    rows: readonly StoredNotification[],
    result: SendResult,
    now: number,
  ): Promise<void> {
    const { ledger, log, failed, works } = this.#parts;
    const { said } = result;
    if (result.isSent) {
      this.#sent += 1;
      await ledger.settleNotifications({
        results: rows.map(({ id, tries, dueAt }) => ({
          id,
          state: 'sent',
          tries: tries + 1,
          dueAt,
          said,
        })),
        notifications: [],
        outcome: { notifier: name, at: now, isSent: true, said },
      });
      works(name);
      return;
    }
    this.#failedTries += 1;
    log.warn({ notifier: name, said, rows: rows.length }, 'a notifier failed');
    const results: NotificationResult[] = [];
    let isFailing = false;
    for (const row of rows) {
      const tries = row.tries + 1;
      const isOver = result.isFinal || tries >= MOST_TRIES;
      const state = isOver ? ('failed' as const) : ('pending' as const);
      results.push({ id: row.id, state, tries, dueAt: now + this.#waitMs(tries), said });
      if (!isOver && tries < HANDS_OVER_AFTER) continue;
      isFailing = true;
      for (const { id, dueAt } of await this.#handOver(row, notifier, now)) {
        results.push({ id, state: 'pending', tries: HANDS_OVER_AFTER, dueAt, said });
      }
    }
    // What is there no more has no outcome either.
    const outcome =
      notifier === undefined ? undefined : { notifier: name, at: now, isSent: false, said };
    await ledger.settleNotifications({ results, notifications: [], outcome });
    // What is there no more cannot be put right.
    if (isFailing && notifier !== undefined) failed(name, said);
  }

  /**
   * A row, and what waits behind it, each once; those behind, which need not be handed over again. What is handed over
   * is stored before it is settled: a crash in between hands it over again.
   */
  async #handOver(
    row: StoredNotification,
    notifier: Notifier | undefined,
    now: number,
  ): Promise<readonly StoredNotification[]> {
    const { ledger, handOver } = this.#parts;
    const { alertId } = row;
    const behind: StoredNotification[] = [];
    await handOver(alertId, async (alert) => {
      const all = await ledger.notificationsOf({ alertId, limit: BATCH });
      behind.push(
        ...all
          .filter(
            ({ id, notifier: name, state, tries }) =>
              id > row.id &&
              name === row.notifier &&
              state === 'pending' &&
              tries < HANDS_OVER_AFTER,
          )
          .toReversed(),
      );
      const rows = row.tries < HANDS_OVER_AFTER ? [row, ...behind] : behind;
      const isEnd = rows.every((each) => isOfEnd(docOf(each)));
      return rows
        .flatMap((each) => this.#standIn(each, notifier, now))
        .filter(
          ({ notifier: name }) =>
            // It hears of the end by itself.
            !isEnd || alert?.toldBy.every((target) => target.notifier !== name) !== false,
        );
    });
    return behind;
  }

  /** To the next one that stands in for it and was not tried yet. */
  #standIn(
    row: StoredNotification,
    notifier: Notifier | undefined,
    now: number,
  ): readonly PendingNotification[] {
    const { notifier: name } = row;
    const doc = docOf(row);
    const tried = [...doc.tried, name];
    const [next, ...rest] = [...(notifier?.fallback ?? []), ...doc.next].filter(
      (each) => !tried.includes(each),
    );
    if (next === undefined) {
      this.#untold += 1;
      const { key, title } = doc.alert;
      this.#parts.log.error(
        { notifier: name, key, title },
        'an alert could not be told, and no other notifier stands in',
      );
      return [];
    }
    const handed: NotificationDoc = { ...doc, tried, next: rest };
    return [
      {
        id: this.#parts.ids.next(),
        alertId: row.alertId,
        notifier: next,
        groupKey: row.groupKey,
        dueAt: Math.max(now, row.dueAt),
        tries: 0,
        doc: JSON.stringify(handed),
      },
    ];
  }

  #waitMs(tries: number): number {
    const waitMs = WAITS_MS[Math.min(tries, WAITS_MS.length) - 1] ?? 0;
    return Math.round(waitMs * (1 + JITTER * (2 * this.#parts.random.next() - 1)));
  }

  #isRepeatDue(name: string, now: number): boolean {
    return now >= (this.#repeats.get(name)?.dueAt ?? 0);
  }

  /** In the notifier's own turn: what is resolved meanwhile is told after it, never before. */
  async #repeat(name: string): Promise<void> {
    const { clock, alerting, toldBy, ids, idText, works, failed } = this.#parts;
    const notifier = (await alerting()).notifiers.get(name);
    const now = clock.now();
    const before = this.#repeats.get(name)?.tries ?? 0;
    if (notifier?.kind !== 'alertmanager' || !this.#isRepeatDue(name, now)) return;
    this.#repeats.set(name, { dueAt: now + ALERTMANAGER_REPEAT_MS, tries: 0 });
    const entries = toldBy(name, now).map((alert) => this.entryOf({ cause: 'reminded', alert }));
    if (entries.length === 0) return;
    const result = await this.try(
      notifier,
      idText.format('notification', ids.next()),
      entries,
      false,
    );
    await this.remember(name, result);
    if (result.isSent) {
      works(name);
      return;
    }
    if (this.#stop.signal.aborted) return;
    const tries = before + 1;
    const waitMs = Math.min(this.#waitMs(tries), ALERTMANAGER_REPEAT_MS);
    this.#repeats.set(name, { dueAt: clock.now() + waitMs, tries });
    if (result.isFinal || tries >= HANDS_OVER_AFTER) failed(name, result.said);
  }
}

/** Written by alerts.ts and here, and by nobody else. */
function docOf({ doc }: Pick<StoredNotification, 'doc'>): NotificationDoc {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return JSON.parse(doc) as NotificationDoc;
}

function isOfEnd({ cause }: NotificationDoc): boolean {
  return cause === 'resolved' || cause === 'acknowledged';
}

/** What may go together: alerts of one owner about one objective; alone, where the receiver groups by itself. */
export function groupKeyOf({ id, owner, group }: Alert, notifier: Notifier): string {
  return notifierTraits[notifier.kind].groupsItself ? `alert ${id}` : `${owner}\n${group}`;
}
