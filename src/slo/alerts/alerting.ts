import type { Configuration, Maintenance, Notifier, Route } from '../../change/index.ts';
import type { Alert } from './alert.ts';
import { inOrder } from './routing.ts';

/** How alerts are told, as it is configured now. */
export type Alerting = {
  readonly notifiers: ReadonlyMap<string, Notifier>;
  /** In the order in which they are asked. */
  readonly routes: readonly Route[];
  readonly windows: readonly Maintenance[];
};

export type AlertingSource = Pick<Configuration, 'notifiers' | 'routes' | 'maintenances'>;

/** Bound on each of notifiers, routes and maintenance windows. */
export const MOST_ALERTING = 1000;

/** Reads it from the ledger once, and anew after it was changed. */
export function createAlertingReader(source: AlertingSource): () => Promise<Alerting> {
  let known: Promise<Alerting> | null = null;
  source.notifiers.onChange(() => {
    known = null;
  });
  return () => {
    if (known !== null) return known;
    const reading = read(source);
    known = reading;
    reading.catch(() => {
      if (known === reading) known = null;
    });
    return reading;
  };
}

async function read({ notifiers, routes, maintenances }: AlertingSource): Promise<Alerting> {
  const page = { limit: MOST_ALERTING, descending: false };
  const [ways, taken, windows] = await Promise.all([
    notifiers.list(page),
    routes.list(page),
    maintenances.list({ ...page, descending: true }),
  ]);
  return {
    notifiers: new Map(ways.map((notifier) => [notifier.name, notifier])),
    routes: taken.toSorted(inOrder),
    windows,
  };
}

export function isMaintained(windows: readonly Maintenance[], alert: Alert, now: number): boolean {
  return windows.some(
    ({ fromAt, untilAt, owners, kinds, keyPrefix }) =>
      fromAt <= now &&
      now < untilAt &&
      (owners.length === 0 || owners.includes(alert.owner)) &&
      (kinds.length === 0 || kinds.includes(alert.kind)) &&
      alert.key.startsWith(keyPrefix),
  );
}
