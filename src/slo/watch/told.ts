import type { AlertFinding } from '../alerts/alert.ts';
import type { Alerts } from '../alerts/alerts.ts';

/** What the watch raised and did not clear yet, by its key. */
export class Told {
  readonly #alerts: Pick<Alerts, 'raise' | 'clear'>;
  readonly #firing = new Set<string>();
  /** Detectors say what they found once: what could not be raised is raised by the next look. */
  readonly #owed = new Map<string, AlertFinding>();

  constructor(alerts: Pick<Alerts, 'raise' | 'clear'>) {
    this.#alerts = alerts;
  }

  /** Those that were raised in an earlier life too. */
  get firing(): ReadonlySet<string> {
    return this.#firing;
  }

  get owed(): ReadonlyMap<string, AlertFinding> {
    return this.#owed;
  }

  restore(key: string): void {
    this.#firing.add(key);
  }

  /** It is to be raised, whatever becomes of the try. */
  owe(finding: AlertFinding): void {
    this.#owed.set(finding.key, finding);
  }

  async raise(finding: AlertFinding): Promise<void> {
    this.#firing.add(finding.key);
    this.owe(finding);
    await this.#alerts.raise(finding);
    this.#owed.delete(finding.key);
  }

  async clear(key: string): Promise<void> {
    this.#owed.delete(key);
    if (!this.#firing.has(key)) return;
    await this.#alerts.clear(key);
    this.#firing.delete(key);
  }
}
