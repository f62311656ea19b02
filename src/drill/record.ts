import type { Api } from './api.ts';
import { at, listAt, momentAt, numberAt, textAt, type Json } from './json.ts';

/** An alert as the API shows it. */
export type Alert = {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  /** `page` or `ticket`. */
  readonly severity: string;
  readonly text: string;
  readonly owner: string;
  readonly firedAt: number;
  readonly facts: Json;
};

/** What the product itself wrote down, read over its API. */
export type ProductRecord = {
  /** All alerts, the oldest first. */
  alerts(): Promise<readonly Alert[]>;
  /** All incidents, the oldest first; null: the product keeps none. */
  incidents(): Promise<readonly Json[] | null>;
  /** What an incident's own pages say; undefined: there is no such page. */
  incident(id: string, part?: string): Promise<Json | undefined>;
  /** All changes that were made, told of or observed, the oldest first. */
  changes(): Promise<readonly Json[]>;
};

const MOST = 1000;

export function createRecord(api: Api): ProductRecord {
  return {
    async alerts() {
      const rows = await api.list('/alert', MOST);
      return rows.map(alertOf).toSorted((one, other) => one.firedAt - other.firedAt);
    },
    async incidents() {
      const { status } = await api.call('GET', '/incident?limit=1');
      if (status === 404) return null;
      return (await api.list('/incident', MOST)).toReversed();
    },
    async incident(id, part = '') {
      const { status, json } = await api.call('GET', `/incident/${id}${part}`);
      return status === 200 ? json : undefined;
    },
    changes: async () => (await api.list('/change', MOST)).toReversed(),
  };
}

function alertOf(json: Json): Alert {
  return {
    id: textAt(json, 'id'),
    key: textAt(json, 'key'),
    kind: textAt(json, 'kind'),
    severity: textAt(json, 'severity'),
    text: textAt(json, 'text'),
    owner: textAt(json, 'owner'),
    firedAt: momentAt(json, 'firedAt') ?? 0,
    facts: at(json, 'facts') ?? null,
  };
}

/** One value of a dimension that an alert names as what failing deliveries have in common. */
export type Explained = {
  readonly dimension: string;
  readonly value: string;
  readonly bad: number;
  readonly total: number;
};

/** The best explanation first; of the last alert that has any. */
export function explanationsOf(alerts: readonly Pick<Alert, 'facts'>[]): readonly Explained[] {
  const found = alerts.findLast(({ facts }) => listAt(facts, 'explanations').length > 0);
  return listAt(found?.facts, 'explanations').map((row) => ({
    dimension: textAt(row, 'dimension'),
    value: textAt(row, 'value'),
    bad: numberAt(row, 'bad'),
    total: numberAt(row, 'total'),
  }));
}

/** From 1; null: none of them is. */
export function rankOf<Item>(
  items: readonly Item[],
  isTrue: (item: Item) => boolean,
): number | null {
  const index = items.findIndex(isTrue);
  return index < 0 ? null : index + 1;
}

/**
 * The place of the true cause among what alerts offer: the rows that explain the last one that has some; where none
 * has, the first alert itself, if it names it.
 */
export function rankAmongAlerts(alerts: readonly Alert[], names: readonly string[]): number | null {
  const explained = explanationsOf(alerts);
  if (explained.length > 0) return rankOf(explained, ({ value }) => names.includes(value));
  return rankOf(alerts.slice(0, 1), ({ key, text }) =>
    names.some((name) => key.includes(name) || text.includes(name)),
  );
}

/** Alerts from before the fault, and those whose key names nothing that was staged. */
export function strangers(
  alerts: readonly Alert[],
  faultAt: number,
  names: readonly string[],
): readonly string[] {
  return alerts
    .filter(({ key, firedAt }) => firedAt < faultAt || !names.some((name) => key.includes(name)))
    .map(({ key }) => key);
}
