import { isDeepStrictEqual } from 'node:util';
import type { IdSource } from '../../core/index.ts';
import type { PendingNotification, StoredAlertEvent } from '../../ledger/index.ts';
import { notifierTraits } from '../notify/notifier.ts';
import type { Alert } from './alert.ts';
import type { Alerting } from './alerting.ts';
import type { Grouping } from './grouping.ts';
import { groupKeyOf, type NotificationDoc } from './outbox.ts';
import { planTelling, type Telling } from './plan.ts';
import { rulesOf } from './rules.ts';
import { moveAlert, type AlertMove } from './state.ts';

export type AlertBatchParts = {
  readonly ids: IdSource;
  readonly grouping: Grouping;
  /** There is nobody to be told of it. */
  readonly untold: (alert: Alert) => void;
};

/** Moves of alerts, with their history and what is to be told of them: all that goes into one commit. */
export class AlertBatch {
  readonly alerts: Alert[] = [];
  readonly events: StoredAlertEvent[] = [];
  readonly notifications: PendingNotification[] = [];
  readonly #parts: AlertBatchParts;
  readonly #how: Alerting;
  readonly #now: number;

  constructor(parts: AlertBatchParts, how: Alerting, now: number) {
    this.#parts = parts;
    this.#how = how;
    this.#now = now;
  }

  /** Moves one alert and notes what follows. Null: it is not possible in its state. */
  move(known: Alert | null, move: AlertMove): Alert | null {
    const { ids, untold } = this.#parts;
    const moved = moveAlert(known, move, this.#now, rulesOf(this.#how));
    if (moved === null || moved.alert === null) return null;
    let { alert } = moved;
    for (const effect of moved.effects) {
      if (effect.kind === 'record') {
        const { event: kind, actor, detail } = effect;
        this.events.push({ id: ids.next(), alertId: alert.id, kind, actor, detail });
        continue;
      }
      if (effect.kind === 'untold') {
        untold(alert);
        continue;
      }
      const telling = planTelling(alert, effect, this.#how, this.#now);
      ({ alert } = telling);
      if (telling.targets.length === 0 && telling.cause === 'escalated') untold(alert);
      this.#notify(telling);
    }
    if (!isDeepStrictEqual(alert, known)) this.alerts.push(alert);
    return alert;
  }

  #notify({ alert, cause, targets }: Telling): void {
    const { grouping, ids } = this.#parts;
    for (const { notifier: name, dueAt } of targets) {
      const notifier = this.#how.notifiers.get(name);
      if (notifier === undefined) continue;
      const groupKey = groupKeyOf(alert, notifier);
      const doc: NotificationDoc = { cause, alert, tried: [], next: [] };
      this.notifications.push({
        id: ids.next(),
        alertId: alert.id,
        notifier: name,
        groupKey,
        dueAt: notifierTraits[notifier.kind].groupsItself
          ? dueAt
          : grouping.dueAt(name, groupKey, dueAt),
        tries: 0,
        doc: JSON.stringify(doc),
      });
    }
  }
}
