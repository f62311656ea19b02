import { collectDefaultMetrics, Registry, type Metric } from 'prom-client';
import type { BucketCounts, Clock, IdText } from '../core/index.ts';
import type { Canaries } from '../change/index.ts';
import { breakerStates, EXPIRY_WARNING_MS, type Engine, type Tally } from '../delivery/index.ts';
import type { ContractGate, DriftWatch, Intake, ValueGate } from '../intake/index.ts';
import {
  sliUnitMs,
  type Auditor,
  type Ledger,
  type Retention,
  type SliKeeper,
  type SliRow,
} from '../ledger/index.ts';
import type { Alerts } from '../slo/index.ts';
import { createIncidentMetrics, type IncidentMetricsParts } from './incident-metrics.ts';
import { metricFamilies, type MetricFamily, type MetricName } from './metric-families.ts';

/**
 * What /metrics tells, in Prometheus' text format. Everything is read from figures at the moment it is asked for:
 * nothing is counted twice, and deliveries pay for none of it. Names and meanings are in docs/reference/metrics.md.
 */
export type Metrics = {
  readonly contentType: string;
  text(): Promise<string>;
};

export type MetricsParts = {
  readonly alerts: Pick<Alerts, 'figures'>;
  readonly ledger: Ledger;
  readonly engine: Engine;
  readonly intake: Intake;
  readonly contracts: ContractGate;
  readonly values: Pick<ValueGate, 'figures'>;
  readonly drift: DriftWatch;
  readonly auditor: Auditor;
  readonly retention: Retention;
  readonly sliKeeper: SliKeeper;
  /** The default deadline of a delivery. */
  readonly deliveryDeadlineMs: number;
  readonly tally: Tally;
  readonly idText: IdText;
  readonly clock: Clock;
  readonly canaries: Pick<Canaries, 'active'>;
  readonly incidents: IncidentMetricsParts['incidents'];
};

type Labels = Readonly<Record<string, string | number>>;
type Sample = { readonly metricName?: string; readonly labels?: Labels; readonly value: number };
type Samples = readonly Sample[] | Promise<readonly Sample[]>;
type SliName = 'accepted' | 'onTime' | 'late' | 'firstOk' | 'firstBad';
/** A deadline that passed is noticed within two steps of the scan. */
const NOTICED_MS = 2000;
type Readers = Readonly<Record<MetricName, () => Samples>>;

export function createMetrics(parts: MetricsParts): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const readers = readersOf(parts);
  for (const [name, { type, help }] of Object.entries<MetricFamily>(metricFamilies)) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a key of the table
    const read = readers[name as MetricName];
    const get = async (): Promise<object> => ({ name, help, type, values: await read() });
    // prom-client's own kinds count one by one; the registry asks any object for its samples.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the registry calls get() and reads the name
    registry.registerMetric({ name, get } as unknown as Metric);
  }
  return { contentType: registry.contentType, text: () => registry.metrics() };
}

function readersOf({
  alerts,
  engine,
  ledger,
  auditor,
  retention,
  sliKeeper,
  deliveryDeadlineMs,
  tally,
  intake,
  contracts,
  values,
  drift,
  idText,
  clock,
  canaries,
  incidents,
}: MetricsParts): Readers {
  /** All endpoints' counts of the last minute that was over `agoMs` ago; null while the ledger cannot be read. */
  const sliMinute = async (agoMs: number): Promise<Partial<SliRow> | null> => {
    const minuteMs = sliUnitMs.minute;
    const beforeAt = Math.floor((clock.now() - agoMs) / minuteMs) * minuteMs;
    const span = { fromAt: beforeAt - minuteMs, beforeAt };
    const page = await ledger.sli({ unit: 'minute', ...span, groupBy: [] }).catch(() => null);
    return page === null ? null : (page.rows[0] ?? {});
  };
  const countOf = (minute: Partial<SliRow> | null, name: SliName): number =>
    minute === null ? Number.NaN : (minute[name] ?? 0);
  const incident = createIncidentMetrics({ ledger, clock, incidents });
  return {
    holdfast_messages_accepted_total: () => one(intake.figures().accepted),
    holdfast_messages_waiting: () => one(intake.figures().waiting),
    holdfast_contract_violations_total: () =>
      contracts.counts().flatMap(({ eventType, warn, reject }) => [
        { labels: { event_type: eventType, mode: 'warn' }, value: warn },
        { labels: { event_type: eventType, mode: 'reject' }, value: reject },
      ]),
    holdfast_message_values_total: () => {
      const { carried, missed } = values.figures();
      return by('result', { carried, ...missed });
    },
    holdfast_attempts_total: () => by('outcome', tally.figures().attempts),
    holdfast_deliveries_total: () => by('state', tally.figures().ended),
    holdfast_delivery_seconds: () =>
      buckets('holdfast_delivery_seconds', {}, tally.figures().latency),
    holdfast_attempt_phase_seconds: () =>
      tally.figures().phases.flatMap(({ endpointId, host, phase, counts }) => {
        const endpoint = endpointId === null ? 'other' : idText.format('endpoint', endpointId);
        const labels = { endpoint, host: host ?? 'other', phase };
        return buckets('holdfast_attempt_phase_seconds', labels, counts);
      }),
    holdfast_in_flight: () => one(engine.figures().sending),
    holdfast_held: () => one(engine.figures().held),
    holdfast_held_bytes: () => one(engine.figures().heldBytes),
    holdfast_lanes: () => one(engine.figures().lanes),
    holdfast_lag_seconds: () => {
      const { lagMs, restingLagMs } = engine.lag();
      return by('rests', { no: lagMs / 1000, yes: restingLagMs / 1000 });
    },
    holdfast_breakers: () => {
      const counts = engine.breakers();
      return breakerStates
        .filter((state) => state !== 'closed')
        .map((state) => ({ labels: { state }, value: counts[state] }));
    },
    holdfast_canaries: () => {
      const active = canaries.active();
      const running = active.filter(({ state }) => state === 'running').length;
      return by('state', { running, paused: active.length - running });
    },
    holdfast_alerts: () => {
      const { firing, acknowledged, silenced } = alerts.figures();
      return by('state', { firing, acknowledged, silenced });
    },
    holdfast_incidents_open: () => by('severity', incident.openBySeverity()),
    holdfast_incidents_lasting: () => by('severity', incident.lastingBySeverity()),
    holdfast_incident_unacknowledged_seconds: () =>
      by('severity', incident.unacknowledgedSeconds()),
    holdfast_incident_update_overdue_seconds: () => one(incident.overdueSeconds()),
    holdfast_incident_acknowledge_seconds: async () =>
      one((await incident.medians()).acknowledgeSeconds),
    holdfast_incident_detect_seconds: async () => one((await incident.medians()).detectSeconds),
    holdfast_incident_mitigate_seconds: async () => one((await incident.medians()).mitigateSeconds),
    holdfast_incident_spells: async () => {
      const { detected, acknowledged, mitigated } = await incident.medians();
      return by('median', { detect: detected, acknowledge: acknowledged, mitigate: mitigated });
    },
    holdfast_notifications_sent_total: () => one(alerts.figures().sent),
    holdfast_notification_tries_failed_total: () => one(alerts.figures().failedTries),
    holdfast_notifications_untold_total: () => one(alerts.figures().untold),
    holdfast_ledger_commits_total: () => one(ledger.figures().commits),
    holdfast_ledger_operations_total: () => one(ledger.figures().operations),
    holdfast_ledger_commit_seconds: () =>
      buckets('holdfast_ledger_commit_seconds', {}, ledger.figures().commitSeconds),
    holdfast_sli_accepted: async () => one(countOf(await sliMinute(0), 'accepted')),
    holdfast_sli_first_attempts: async () => {
      const minute = await sliMinute(0);
      return by('result', { ok: countOf(minute, 'firstOk'), bad: countOf(minute, 'firstBad') });
    },
    holdfast_sli_deadline: async () => {
      const minute = await sliMinute(deliveryDeadlineMs + NOTICED_MS);
      return by('result', { on_time: countOf(minute, 'onTime'), late: countOf(minute, 'late') });
    },
    holdfast_sli_late_total: () => one(sliKeeper.figures().late),
    holdfast_sli_behind_seconds: () => {
      const { oldestDueAt } = sliKeeper.figures();
      return one(oldestDueAt === null ? 0 : (clock.now() - oldestDueAt) / 1000);
    },
    holdfast_unaccounted: () => one(auditor.figures().unaccounted),
    holdfast_audit_found_total: () => one(auditor.figures().found),
    holdfast_audit_healed_total: () => one(auditor.figures().healed),
    holdfast_audit_passes_total: () => one(auditor.figures().passes),
    holdfast_purged_messages_total: () => one(retention.figures().messages),
    holdfast_purged_attempts_total: () => one(retention.figures().attempts),
    holdfast_purged_payload_bytes_total: () => one(retention.figures().payloadBytes),
    holdfast_file_given_back_bytes_total: () => one(retention.figures().fileBytes),
    holdfast_retention_steps_total: () => one(retention.figures().steps),
    holdfast_retention_step_seconds: () => one(retention.figures().lastStepMs / 1000),
    holdfast_retention_oldest_seconds: () => {
      const { oldestDueAt, oldestUnfinishedAt } = retention.figures();
      const age = (at: number | null): number => (at === null ? 0 : (clock.now() - at) / 1000);
      return by('message', { due: age(oldestDueAt), unfinished: age(oldestUnfinishedAt) });
    },
    holdfast_drift_findings_total: () => by('kind', drift.figures().findings),
    holdfast_drift_looked_total: () => one(drift.figures().looked),
    holdfast_drift_skipped_total: () => by('reason', drift.figures().skipped),
    holdfast_drift_seconds_total: () => one(drift.figures().spentMs / 1000),
    holdfast_certificates_expiring: async () => {
      const fromAt = clock.now();
      const beforeAt = fromAt + EXPIRY_WARNING_MS;
      // A ledger in trouble is when all other figures are needed most.
      return one(await ledger.expiringCertificates({ fromAt, beforeAt }).catch(() => Number.NaN));
    },
  };
}

function one(value: number): readonly Sample[] {
  return [{ value }];
}

function by(label: string, values: Readonly<Record<string, number>>): readonly Sample[] {
  return Object.entries(values).map(([name, value]) => ({ labels: { [label]: name }, value }));
}

function buckets(
  name: MetricName,
  labels: Labels,
  { bounds, counts, sum }: BucketCounts,
): readonly Sample[] {
  let total = 0;
  const samples = Array.from(counts, (count, index): Sample => {
    total += count;
    const le = bounds[index] ?? '+Inf';
    return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: total };
  });
  return [
    ...samples,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: total },
  ];
}
