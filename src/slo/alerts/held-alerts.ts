import { isOpenAlert, isSilenced, type Alert } from './alert.ts';

/** Alerts in memory, by their keys: open ones, and those resolved so shortly ago that they could fire again. */
export class HeldAlerts {
  readonly #byKey = new Map<string, Alert>();
  #open = 0;

  /** How many are open. */
  get open(): number {
    return this.#open;
  }

  values(): Iterable<Alert> {
    return this.#byKey.values();
  }

  of(key: string): Alert | null {
    return this.#byKey.get(key) ?? null;
  }

  byId(id: number): Alert | null {
    for (const alert of this.#byKey.values()) if (alert.id === id) return alert;
    return null;
  }

  keep(alert: Alert): void {
    const before = this.of(alert.key);
    this.#open += Number(isOpenAlert(alert)) - Number(before !== null && isOpenAlert(before));
    this.#byKey.set(alert.key, alert);
  }

  /** One that is resolved. */
  forget(key: string): void {
    this.#byKey.delete(key);
  }

  /** Open ones that this notifier told of, or may have told of by now. */
  toldBy(name: string, now: number): readonly Alert[] {
    return [...this.#byKey.values()].filter(
      (alert) =>
        isOpenAlert(alert) &&
        alert.toldBy.some(({ notifier, dueAt }) => notifier === name && dueAt <= now),
    );
  }

  figures(now: number): {
    readonly firing: number;
    readonly acknowledged: number;
    readonly silenced: number;
  } {
    const open = [...this.#byKey.values()].filter(isOpenAlert);
    return {
      firing: open.filter(({ state }) => state === 'firing').length,
      acknowledged: open.filter(({ state }) => state === 'acknowledged').length,
      silenced: open.filter((alert) => isSilenced(alert, now)).length,
    };
  }
}
