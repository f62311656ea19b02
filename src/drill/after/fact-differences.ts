import { sayMoney } from '../../core/index.ts';
import type { RecordedFact } from '../../story/index.ts';
import { listAt, momentAt, textAt, type Json } from '../json.ts';
import type { Alert } from '../record.ts';
import type { Recount } from './recount.ts';

/** What facts are held against, each read over the API by another route. */
export type Records = {
  readonly incident: Json;
  readonly alerts: readonly Alert[];
  readonly changes: readonly Json[];
  readonly items: readonly Json[];
  readonly recount: Recount;
  /** Deliveries that the audit found and scheduled again, since the service started. */
  readonly healed: number;
};

const markerNames = {
  impact_start: 'impactStart',
  detected: 'detected',
  acknowledged: 'acknowledged',
  mitigated: 'mitigated',
  cause_located: 'causeLocated',
  fixed: 'fixed',
} as const;

const durations = {
  'time.to_detect': ['impactStart', 'detected'],
  'time.to_acknowledge': ['detected', 'acknowledged'],
  'time.to_mitigate': ['detected', 'mitigated'],
  'time.to_locate_cause': ['detected', 'causeLocated'],
  'time.to_fix': ['detected', 'fixed'],
  'time.customer_visible': ['impactStart', 'mitigated'],
} as const;

/** Facts that another figure was found for, and each that differs from it, in words. Pure. */
export function factDifferences(
  facts: readonly RecordedFact[],
  records: Records,
): { readonly compared: number; readonly differing: readonly string[] } {
  const expected = expectedValues(records);
  let compared = 0;
  const differing: string[] = [];
  for (const { name, value, text } of facts) {
    const known = expected.get(name);
    if (known === undefined) continue;
    compared += 1;
    const isMoney = name.startsWith('impact.money.');
    const currency = name.split('.')[2]?.toUpperCase() ?? '';
    const isSaid = !isMoney || text === sayMoney(Number(known), currency);
    if (value !== known || !isSaid) differing.push(`${name} is ${value}, the record has ${known}`);
  }
  for (const name of ['impact.deliveries', 'impact.failed', 'impact.late', 'time.to_detect']) {
    if (!facts.some((fact) => fact.name === name)) differing.push(`there is no ${name}`);
  }
  return { compared, differing };
}

/** By the names of facts: what the rows, markers and records say. */
function expectedValues(records: Records): ReadonlyMap<string, number | string> {
  const { incident, alerts, changes, items } = records;
  const values = new Map<string, number | string>(impactValues(records));
  const set = (name: string, value: number | string | null): void => {
    if (value !== null && value !== '') values.set(name, value);
  };
  const episode = listAt(incident, 'episodes').at(-1);
  const marker = (name: string): number | null => momentAt(episode, 'markers', name, 'at');
  for (const [name, own] of Object.entries(markerNames)) set(`marker.${name}`, marker(own));
  for (const [name, [from, to]] of Object.entries(durations)) {
    const [start, end] = [marker(from), marker(to)];
    if (start !== null && end !== null) set(name, end - start);
  }
  listAt(episode, 'alerts').forEach((attached, nth) => {
    const alert = alerts.find(({ id }) => id === textAt(attached, 'alertId'));
    if (alert === undefined) return;
    // An alert that got worse is told of anew; what was attached is what it said first.
    set(`alert.${nth + 1}.kind`, alert.kind);
  });
  const each = (name: string, field: string, text: string, moment?: string): void =>
    listAt(incident, field).forEach((row, nth) => {
      set(`${name}.${nth + 1}.${text === 'title' ? 'title' : text}`, textAt(row, text));
      if (moment !== undefined) set(`${name}.${nth + 1}.at`, momentAt(row, moment));
    });
  each('mitigation', 'mitigations', 'title', 'at');
  each('fix', 'fixes', 'text');
  each('prevention', 'preventions', 'text');
  each('hypothesis', 'hypotheses', 'cause');
  each('hypothesis', 'hypotheses', 'verdict');
  listAt(incident, 'fixes').forEach((fix, nth) => {
    const change = changes.find((row) => textAt(row, 'id') === textAt(fix, 'changeId'));
    if (change === undefined) return;
    const item = listAt(change, 'items')[0];
    set(`fix.${nth + 1}.in_force_at`, momentAt(item, 'after', 'at') ?? momentAt(change, 'at'));
  });
  items.forEach((item, nth) => {
    set(`action.${nth + 1}.text`, textAt(item, 'text'));
    set(`action.${nth + 1}.due_at`, momentAt(item, 'dueAt'));
    const last = listAt(item, 'results').at(-1);
    if (last === undefined) return;
    set(`action.${nth + 1}.result`, textAt(last, 'text'));
    set(`action.${nth + 1}.verified_at`, momentAt(last, 'at'));
  });
  set('mitigation.count', listAt(incident, 'mitigations').length);
  set('fix.count', listAt(incident, 'fixes').length);
  set('prevention.count', listAt(incident, 'preventions').length);
  set('action.count', items.length);
  return values;
}

function impactValues({
  incident,
  recount,
  healed,
}: Records): readonly (readonly [string, number | string])[] {
  const { deliveries, failed, late, people, money, carried } = recount;
  // What the audit found carries as much as what was beside it does on average: no row says it.
  const isOfAudit = listAt(incident, 'episodes').some((episode) =>
    listAt(episode, 'alerts').some((alert) => textAt(alert, 'kind') === 'unaccounted'),
  );
  const counts = [
    'deliveries',
    'failed',
    'late',
    'dead',
    'messages',
    'endpoints',
    'applications',
  ] as const;
  const shares: readonly (readonly [string, number])[] =
    deliveries === 0
      ? []
      : [
          ['impact.failed_share', Math.min(1, failed / deliveries)],
          ['impact.late_share', Math.min(1, late / deliveries)],
        ];
  const currencies = listAt(incident, 'impact', 'money').map((row) => textAt(row, 'currency'));
  return [
    ...counts.map((name) => [`impact.${name}`, recount[name]] as const),
    ['impact.lost', isOfAudit ? healed : 0],
    ...(people === null ? [] : [['impact.people', people] as const]),
    ...shares,
    ...currencies.flatMap((currency) => {
      const { delayed, lost } = isOfAudit
        ? { delayed: Math.round(((carried.get(currency) ?? 0) / deliveries) * healed), lost: 0 }
        : (money.get(currency) ?? { delayed: 0, lost: 0 });
      const name = `impact.money.${currency.toLowerCase()}`;
      return [
        [`${name}.delayed`, delayed],
        [`${name}.lost`, lost],
      ] as const;
    }),
  ];
}
