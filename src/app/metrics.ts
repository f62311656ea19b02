import { collectDefaultMetrics, Counter, Gauge, Registry, type Metric } from 'prom-client';
import type { BucketCounts, IdText } from '../core/index.ts';
import { breakerStates, type Engine, type Tally } from '../delivery/index.ts';
import type { Intake } from '../intake/index.ts';
import type { Auditor, Ledger } from '../ledger/index.ts';

/**
 * What /metrics tells, in Prometheus' text format. Everything is read from figures at the moment it is asked for:
 * nothing is counted twice, and deliveries pay for none of it. Names and meanings are in docs/reference/metrics.md.
 */
export type Metrics = {
  readonly contentType: string;
  text(): Promise<string>;
};

export type MetricsParts = {
  readonly ledger: Ledger;
  readonly engine: Engine;
  readonly intake: Intake;
  readonly auditor: Auditor;
  readonly tally: Tally;
  readonly idText: IdText;
};

export function createMetrics(parts: MetricsParts): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const family = familiesIn(registry);
  const { engine, ledger, auditor, tally, intake } = parts;

  family.counter('holdfast_messages_accepted', 'Messages accepted since the start.', [], () => [
    { value: intake.figures().accepted },
  ]);
  family.gauge('holdfast_messages_waiting', 'Messages that wait for their commit.', [], () => [
    { value: intake.figures().waiting },
  ]);
  family.counter('holdfast_attempts', 'Attempts that ended, by outcome.', ['outcome'], () =>
    Object.entries(tally.figures().attempts).map(([outcome, value]) => ({
      labels: { outcome },
      value,
    })),
  );
  family.counter(
    'holdfast_deliveries',
    'What attempts led to: delivered, dead, or scheduled again.',
    ['state'],
    () =>
      Object.entries(tally.figures().ended).map(([state, value]) => ({ labels: { state }, value })),
  );
  family.histogram(
    'holdfast_delivery_seconds',
    'From acceptance to the answer that delivered it.',
    () => [{ labels: {}, counts: tally.figures().latency }],
  );
  family.histogram(
    'holdfast_attempt_phase_seconds',
    'Time of attempts by phase, endpoint and host; endpoints beyond metricsEndpoints are "other".',
    () =>
      tally.figures().phases.map(({ endpointId, host, phase, counts }) => ({
        labels: {
          endpoint: endpointId === null ? 'other' : parts.idText.format('endpoint', endpointId),
          host: host ?? 'other',
          phase,
        },
        counts,
      })),
  );
  family.gauge('holdfast_in_flight', 'Requests under way.', [], () => [
    { value: engine.figures().sending },
  ]);
  family.gauge('holdfast_held', 'Deliveries under a lease of this process.', [], () => [
    { value: engine.figures().held },
  ]);
  family.gauge('holdfast_held_bytes', 'Payloads of the deliveries that are held.', [], () => [
    { value: engine.figures().heldBytes },
  ]);
  family.gauge('holdfast_lanes', 'Lanes with work.', [], () => [{ value: engine.figures().lanes }]);
  family.gauge(
    'holdfast_lag_seconds',
    'How late the oldest due delivery is, by whether its lane rests.',
    ['rests'],
    () => {
      const { lagMs, restingLagMs } = engine.lag();
      return [
        { labels: { rests: 'no' }, value: lagMs / 1000 },
        { labels: { rests: 'yes' }, value: restingLagMs / 1000 },
      ];
    },
  );
  family.gauge(
    'holdfast_breakers',
    'Circuits by state; a closed one is not counted.',
    ['state'],
    () => {
      const counts = engine.breakers();
      return breakerStates
        .filter((state) => state !== 'closed')
        .map((state) => ({ labels: { state }, value: counts[state] }));
    },
  );
  family.counter('holdfast_ledger_commits', 'Commits of the ledger.', [], () => [
    { value: ledger.figures().commits },
  ]);
  family.counter(
    'holdfast_ledger_operations',
    'Operations in them: their quotient is the size of a commit.',
    [],
    () => [{ value: ledger.figures().operations }],
  );
  family.histogram(
    'holdfast_ledger_commit_seconds',
    'How long commits took, fsync included.',
    () => [{ labels: {}, counts: ledger.figures().commitSeconds }],
  );
  family.gauge(
    'holdfast_unaccounted',
    'Deliveries that the last step of the audit found unaccounted.',
    [],
    () => [{ value: auditor.figures().unaccounted }],
  );
  family.counter(
    'holdfast_audit_found',
    'Unaccounted deliveries found since the start.',
    [],
    () => [{ value: auditor.figures().found }],
  );
  family.counter('holdfast_audit_healed', 'Of them, scheduled again.', [], () => [
    { value: auditor.figures().healed },
  ]);
  family.counter('holdfast_audit_passes', 'Whole passes of the audit over the ledger.', [], () => [
    { value: auditor.figures().passes },
  ]);
  return { contentType: registry.contentType, text: () => registry.metrics() };
}

type Sample = { readonly labels?: Readonly<Record<string, string>>; readonly value: number };
type Counts = {
  readonly labels: Readonly<Record<string, string>>;
  readonly counts: BucketCounts;
};

/** Families whose samples are read when they are asked for. */
function familiesIn(registry: Registry) {
  return {
    counter(name: string, help: string, labelNames: readonly string[], read: () => Sample[]): void {
      const counter: Counter = new Counter({
        name: `${name}_total`,
        help,
        labelNames: [...labelNames],
        registers: [registry],
        collect() {
          counter.reset();
          for (const { labels = {}, value } of read()) counter.inc(labels, value);
        },
      });
    },
    gauge(name: string, help: string, labelNames: readonly string[], read: () => Sample[]): void {
      const gauge: Gauge = new Gauge({
        name,
        help,
        labelNames: [...labelNames],
        registers: [registry],
        collect() {
          gauge.reset();
          for (const { labels = {}, value } of read()) gauge.set(labels, value);
        },
      });
    },
    /** prom-client's own histogram only observes one by one; the registry asks any object for its samples. */
    histogram(name: string, help: string, read: () => Counts[]): void {
      const family = {
        name,
        async get() {
          const values = read().flatMap(({ labels, counts }) => samplesOf(name, labels, counts));
          return { name, help, type: 'histogram', aggregator: 'sum', values };
        },
      };
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the registry calls get() and reads the name
      registry.registerMetric(family as unknown as Metric);
    },
  };
}

function samplesOf(
  name: string,
  labels: Readonly<Record<string, string>>,
  { bounds, counts, sum }: BucketCounts,
): readonly object[] {
  let total = 0;
  const buckets = Array.from(counts, (count, index) => {
    total += count;
    const le = bounds[index] ?? '+Inf';
    return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: total };
  });
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: total },
  ];
}
