import {
  fault,
  type Cancel,
  type Clock,
  type IdSource,
  type IdText,
  type Log,
  type Random,
  type Sealer,
} from '../../core/index.ts';
import type { Notifier } from '../../change/index.ts';
import type { Ledger } from '../../ledger/index.ts';
import type { SendResult } from '../notify/notification.ts';
import { notifierTraits } from '../notify/notifier.ts';
import { createSender } from '../notify/sender.ts';
import { AlertBatch } from './alert-batch.ts';
import { isOpenAlert, isSilenced, type Alert, type AlertFinding } from './alert.ts';
import {
  createAlertingReader,
  isMaintained,
  type Alerting,
  type AlertingSource,
} from './alerting.ts';
import { Grouping } from './grouping.ts';
import { HeldAlerts } from './held-alerts.ts';
import { incidentAlert, incidentTargets, type IncidentNotice } from './incident-alert.ts';
import { failureOf, isOfGone, keyOfNotifier, testFinding } from './notifier-alert.ts';
import { Outbox, type NotificationDoc, type OutboxFigures } from './outbox.ts';
import { withStandIns } from './plan.ts';
import { FLAP_MS, rulesOf } from './rules.ts';
import { moveAlert, type AlertMove } from './state.ts';
import { alertOf, storedAlertOf } from './stored.ts';

export type AlertsParts = {
  readonly ledger: Ledger;
  readonly configuration: AlertingSource;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly idText: IdText;
  readonly random: Random;
  readonly log: Log;
  readonly sealer: Sealer;
  readonly publicUrl: () => string;
  /** Of one try. */
  readonly sendTimeoutMs?: number;
};

export type AlertFigures = OutboxFigures & {
  readonly firing: number;
  readonly acknowledged: number;
  /** Of both. */
  readonly silenced: number;
};

export type Alerts = {
  /**
   * Something is wrong, or still is; may be called again and again. Resolves once it is durable.
   * Throws `overloaded` where 10,000 alerts are open.
   */
  raise(finding: AlertFinding): Promise<Alert>;
  /** Its condition is gone. The alert is resolved once that held for five minutes. */
  clear(key: string): Promise<void>;
  acknowledge(id: number, actor: string): Promise<Alert>;
  resolve(id: number, actor: string): Promise<Alert>;
  /** Until a moment; one that is past ends the silence. */
  silence(id: number, until: number, actor: string): Promise<Alert>;
  /** Open ones, and those that were resolved within the last hour; from memory. */
  current(): readonly Alert[];
  /** Somebody silenced it, or a maintenance window lies over it. */
  isHeldBack(alert: Alert): Promise<boolean>;
  /** Null: there is none, or it is forgotten. */
  byId(id: number): Promise<Alert | null>;
  /**
   * Tells of an incident, once, by the routes; says by which notifiers. What fails is tried again and handed over as
   * for alerts. All that is told of one incident is one thread, in its order.
   */
  tellIncident(notice: IncidentNotice): Promise<readonly string[]>;
  /** Tells something marked as a test, once, and says what the server said. */
  test(notifier: Notifier, actor: string): Promise<SendResult>;
  /** Does what is due by now; `start` calls it once a second. */
  tick(): Promise<void>;
  figures(): AlertFigures;
  /** Reads what is open: before anything else. */
  load(): Promise<void>;
  start(): void;
  /** What is pending stays so, and is sent by the next life. */
  stop(): Promise<void>;
};

/** What is told within it after the first goes together. */
const GROUP_MS = 300_000;
const TICK_MS = 1000;
const SEND_TIMEOUT_MS = 15_000;
const MOST_OPEN = 10_000;
/** Notifications of one incident that are looked through for who was told of it. */
const MOST_TOLD = 1000;
const PAGE = 1000;
const bounds = { key: 512, title: 300, text: 10_000, factsJson: 65_536, apps: 100 } as const;

type Commit = Pick<AlertBatch, 'alerts' | 'events' | 'notifications'>;

export function createAlerts(parts: AlertsParts): Alerts {
  const { ledger, configuration, clock, ids, log } = parts;
  const alerting = createAlertingReader(configuration);
  const grouping = new Grouping(GROUP_MS);
  const sender = createSender();
  const held = new HeldAlerts();
  let chain: Promise<unknown> = Promise.resolve();
  let cancel: Cancel | null = null;
  let isStopped = false;

  const outbox = new Outbox({
    ...parts,
    sender,
    alerting,
    sendTimeoutMs: parts.sendTimeoutMs ?? SEND_TIMEOUT_MS,
    failed(name, said) {
      void alerts.raise(failureOf(name, said)).catch((thrown: unknown) => {
        log.error({ err: thrown, notifier: name }, 'that a notifier fails could not be recorded');
      });
    },
    works,
    toldBy: (name, now) => held.toldBy(name, now),
    handOver: (alertId, take) =>
      inTurn(async () => {
        const known = await find(alertId);
        const notifications = await take(known);
        const alert = known === null ? null : withStandIns(known, notifications);
        const changed = alert === null || alert === known ? [] : [alert];
        await store({ alerts: changed, events: [], notifications: [...notifications] });
      }),
  });

  function works(name: string): void {
    if (held.of(keyOfNotifier(name))?.resolvedAt !== null) return;
    void alerts.clear(keyOfNotifier(name)).catch((thrown: unknown) => {
      log.error({ err: thrown, notifier: name }, 'that a notifier works could not be recorded');
    });
  }

  /** One after another: each decides by what the one before it left. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = chain.then(work);
    chain = turn.catch(() => undefined);
    return turn;
  }

  function untold({ key, title }: Alert): void {
    outbox.countUntold();
    log.warn({ key, title }, 'an alert has no notifier to tell it: make one, and a route to it');
  }

  function batchOf(how: Alerting, now: number): AlertBatch {
    return new AlertBatch({ ids, grouping, untold }, how, now);
  }

  async function store({ alerts: changed, events, notifications }: Commit): Promise<void> {
    if (changed.length > 0 || events.length > 0 || notifications.length > 0) {
      await ledger.storeAlerts({ alerts: changed.map(storedAlertOf), events, notifications });
      for (const alert of changed) held.keep(alert);
    }
    if (notifications.length > 0 && !isStopped) await outbox.look();
  }

  async function moveOne(known: Alert | null, move: AlertMove): Promise<Alert | null> {
    const now = clock.now();
    const batch = batchOf(await alerting(), now);
    const alert = batch.move(known, move);
    if (alert !== null) await store(batch);
    return alert;
  }

  async function find(id: number): Promise<Alert | null> {
    const known = held.byId(id);
    if (known !== null) return known;
    const stored = await ledger.alert(id);
    return stored === null ? null : alertOf(stored);
  }

  /** Throws `not_found`, or `state_conflict` where it is resolved. */
  function byHand(id: number, move: AlertMove): Promise<Alert> {
    return inTurn(async () => {
      const known = await find(id);
      if (known === null) throw fault('not_found', { field: 'alert_id' });
      const moved = await moveOne(known, move);
      if (moved !== null) return moved;
      throw fault('state_conflict', { detail: 'The alert is resolved already.' });
    });
  }

  async function tickOnce(): Promise<void> {
    const now = clock.now();
    const how = await alerting();
    const batch = batchOf(how, now);
    for (const known of held.values()) {
      if (isOpenAlert(known)) batch.move(known, { kind: isOfGone(known, how) ? 'clear' : 'tick' });
      else if (now - (known.resolvedAt ?? 0) >= FLAP_MS) held.forget(known.key);
    }
    await store(batch);
    await outbox.look();
  }

  function later(): void {
    if (isStopped) return;
    cancel = clock.after(TICK_MS, () => {
      void alerts
        .tick()
        .catch((thrown: unknown) => log.error({ err: thrown }, 'alerts could not be looked after'))
        .finally(later);
    });
  }

  const alerts: Alerts = {
    raise: (given) =>
      inTurn(async () => {
        const finding = bounded(given);
        const known = held.of(finding.key);
        const isOpen = known !== null && isOpenAlert(known);
        if (!isOpen && held.open >= MOST_OPEN) {
          throw fault('overloaded', { detail: `${MOST_OPEN} alerts are open, which is the most.` });
        }
        const moved = await moveOne(known, { kind: 'raise', finding, id: ids.next() });
        if (moved === null) throw new Error('an alert can always fire');
        return moved;
      }),
    clear: (key) =>
      inTurn(async () => {
        await moveOne(held.of(key), { kind: 'clear' });
      }),
    acknowledge: (id, actor) => byHand(id, { kind: 'acknowledge', actor }),
    resolve: (id, actor) => byHand(id, { kind: 'resolve', actor }),
    silence: (id, until, actor) => byHand(id, { kind: 'silence', until, actor }),
    current: () => [...held.values()],
    async isHeldBack(alert) {
      const now = clock.now();
      return isSilenced(alert, now) || isMaintained((await alerting()).windows, alert, now);
    },
    byId: find,
    tellIncident: (notice) =>
      inTurn(async () => {
        const [now, how] = [clock.now(), await alerting()];
        const publicId = parts.idText.format('incident', notice.id);
        const alert = incidentAlert(notice, publicId, now);
        const told = await ledger.notificationsOf({ alertId: notice.id, limit: MOST_TOLD });
        const before = new Set(told.map(({ notifier }) => notifier));
        const targets = incidentTargets(notice, alert, how, before, now);
        const doc: NotificationDoc = { cause: notice.cause, alert, tried: [], next: [] };
        const notifications = targets.map(({ notifier, dueAt }) => ({
          id: ids.next(),
          alertId: notice.id,
          notifier,
          groupKey: alert.group,
          dueAt,
          tries: 0,
          doc: JSON.stringify(doc),
        }));
        await store({ alerts: [], events: [], notifications });
        return targets.map(({ notifier }) => notifier);
      }),
    async test(notifier, actor) {
      const now = clock.now();
      const move: AlertMove = { kind: 'raise', finding: testFinding(actor), id: ids.next() };
      const alert = moveAlert(null, move, now, rulesOf(NOTHING))?.alert;
      if (alert === null || alert === undefined) throw new Error('an alert can always fire');
      const ended: Alert = { ...alert, state: 'resolved', resolvedAt: now };
      const entries = [outbox.entryOf({ cause: 'fired', alert })];
      // What it opens there, it closes.
      if (notifierTraits[notifier.kind].groupsItself) {
        entries.push(outbox.entryOf({ cause: 'resolved', alert: ended }));
      }
      const id = parts.idText.format('notification', ids.next());
      const result = await outbox.try(notifier, id, entries, true);
      if (result.isSent) works(notifier.name);
      return result;
    },
    tick: () => inTurn(tickOnce),
    figures: () => ({ ...outbox.figures(), ...held.figures(clock.now()) }),
    async load() {
      const ended = await ledger.endedAlerts({ since: clock.now() - FLAP_MS });
      for (const stored of ended) held.keep(alertOf(stored));
      for (let afterId: number | undefined; ;) {
        const page = { isOpen: true, limit: PAGE, descending: false, afterId };
        const read = await ledger.alerts(page);
        for (const stored of read) held.keep(alertOf(stored));
        afterId = read.at(-1)?.id;
        if (read.length < PAGE) break;
      }
    },
    start: later,
    async stop() {
      isStopped = true;
      cancel?.();
      await outbox.stop();
      await chain;
      await outbox.settled();
      await sender.close();
    },
  };
  return alerts;
}

const NOTHING: Alerting = { notifiers: new Map(), routes: [], windows: [] };

function bounded(finding: AlertFinding): AlertFinding {
  const { key, title, text, facts, appIds } = finding;
  return {
    ...finding,
    key: key.slice(0, bounds.key),
    title: title.slice(0, bounds.title),
    text: text.slice(0, bounds.text),
    facts: JSON.stringify(facts).length <= bounds.factsJson ? facts : {},
    ...(appIds === undefined ? {} : { appIds: appIds.slice(0, bounds.apps) }),
  };
}
