import type { Ledger } from '../ledger/index.ts';
import { MINUTE_MS, readRows, type Scope } from '../slo/index.ts';
import type { Impact, Incident } from './incident.ts';
import { floorToMinute, type MeasureParts } from './measure.ts';
import type { SeverityFacts } from './severity.ts';

export type ImpactParts = {
  readonly ledger: Pick<Ledger, 'sli'>;
  /** Unaccounted deliveries that the audit found. */
  readonly unaccounted: () => number;
} & Pick<MeasureParts, 'idText'>;

export type ImpactRead = SeverityFacts & {
  /** Applications with a bad outcome. */
  readonly hitAppIds: readonly number[];
};

/** Minutes are read for so long; what lasts longer is read by the hour. */
const MINUTES_MS = 6 * 60 * MINUTE_MS;

/**
 * What customers felt in the episodes of an incident, as the ledger counted it: from impact start until it was over, or
 * until now. Of the hours of a long one the first is counted whole.
 */
export async function readImpact(
  incident: Pick<Incident, 'slice' | 'episodes'>,
  parts: ImpactParts,
  now: number,
): Promise<ImpactRead> {
  const { slice, episodes } = incident;
  const scope: Scope = {
    apps: setOf(slice.appIds),
    endpoints: setOf(slice.endpointIds),
    eventTypes: setOf(slice.eventTypes),
  };
  const sums = { failed: 0, late: 0, dead: 0, deliveries: 0 };
  const [endpoints, apps] = [new Set<number>(), new Set<number>()];
  let serviceDeliveries = 0;
  let fromAt = now;
  for (const { markers } of episodes) {
    const startAt = floorToMinute(markers.impactStart?.at ?? now);
    const endAt = markers.mitigated?.at ?? now + 1;
    fromAt = Math.min(fromAt, startAt);
    const unit = endAt - startAt > MINUTES_MS ? 'hour' : 'minute';
    const span = { unit, fromAt: startAt, beforeAt: Math.max(endAt, startAt + 1) } as const;
    await readRows(parts.ledger, scope, span, ['app', 'endpoint'], (row) => {
      sums.failed += row.firstBad;
      sums.late += row.late;
      sums.dead += row.dead;
      sums.deliveries += Math.max(row.accepted, row.firstOk + row.firstBad);
      if (row.firstBad + row.late + row.dead === 0) return;
      if (row.endpointId !== null) endpoints.add(row.endpointId);
      if (row.appId !== null) apps.add(row.appId);
    });
    await readRows(parts.ledger, everything, span, [], (row) => {
      serviceDeliveries += Math.max(row.accepted, row.firstOk + row.firstBad);
    });
  }
  const isOfAudit = episodes.some(({ alerts }) =>
    alerts.some(({ kind }) => kind === 'unaccounted'),
  );
  const impact: Impact = {
    ...sums,
    at: now,
    fromAt,
    lost: isOfAudit ? parts.unaccounted() : 0,
    messages: 0,
    endpoints: endpoints.size,
    applications: apps.size,
    people: null,
    money: [],
  };
  return { impact, serviceDeliveries, hitAppIds: [...apps] };
}

const everything: Scope = { apps: null, endpoints: null, eventTypes: null };

function setOf<Value>(values: readonly Value[]): ReadonlySet<Value> | null {
  return values.length === 0 ? null : new Set(values);
}
