/**
 * Every family of our own in /metrics. docs/reference/metrics.md is written from this table, and metrics.ts reads a
 * figure for each. A name, once released, keeps its meaning.
 */
export type MetricFamily = {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
  readonly help: string;
};

const counter = (help: string, labels: readonly string[] = []): MetricFamily => ({
  type: 'counter',
  labels,
  help,
});
const gauge = (help: string, labels: readonly string[] = []): MetricFamily => ({
  type: 'gauge',
  labels,
  help,
});
const histogram = (help: string, labels: readonly string[] = []): MetricFamily => ({
  type: 'histogram',
  labels,
  help,
});

export const metricFamilies = {
  holdfast_messages_accepted_total: counter('Messages accepted since the start.'),
  holdfast_messages_waiting: gauge('Messages that wait for their commit.'),
  holdfast_contract_violations_total: counter(
    'Payloads that did not follow the contract of their event type; beyond 200 event types they are "other".',
    ['event_type', 'mode'],
  ),
  holdfast_message_values_total: counter(
    'Messages of event types that say where a payload has its value: "carried", or why there was none.',
    ['result'],
  ),
  holdfast_attempts_total: counter('Attempts that ended, by outcome.', ['outcome']),
  holdfast_deliveries_total: counter('What attempts led to: delivered, dead, or scheduled again.', [
    'state',
  ]),
  holdfast_delivery_seconds: histogram('From acceptance to the answer that delivered it.'),
  holdfast_attempt_phase_seconds: histogram(
    'Time of attempts by phase, endpoint and host; endpoints beyond metricsEndpoints are "other".',
    ['endpoint', 'host', 'phase'],
  ),
  holdfast_in_flight: gauge('Requests under way.'),
  holdfast_held: gauge('Deliveries under a lease of this process.'),
  holdfast_held_bytes: gauge('Payloads of the deliveries that are held.'),
  holdfast_lanes: gauge('Lanes with work.'),
  holdfast_lag_seconds: gauge('How late the oldest due delivery is, by whether its lane rests.', [
    'rests',
  ]),
  holdfast_breakers: gauge('Circuits by state; a closed one is not counted.', ['state']),
  holdfast_canaries: gauge('Canaries that go on, by state.', ['state']),
  holdfast_alerts: gauge('Alerts that are not resolved, by state; silenced ones are in both.', [
    'state',
  ]),
  holdfast_incidents_open: gauge('Incidents that did not end, by severity; drills are left out.', [
    'severity',
  ]),
  holdfast_incidents_lasting: gauge('Of them, those whose impact lasts.', ['severity']),
  holdfast_incident_unacknowledged_seconds: gauge(
    'For how long the oldest of these that nobody acknowledged is detected; 0 where there is none.',
    ['severity'],
  ),
  holdfast_incident_update_overdue_seconds: gauge(
    'For how long an update about one of these is overdue; 0 where none is.',
  ),
  holdfast_incident_detect_seconds: gauge(
    'Median of the last 90 days from the start of the impact to its detection; NaN where there is none. Drills are left out.',
  ),
  holdfast_incident_acknowledge_seconds: gauge(
    'Median of the last 90 days from the detection to the first acknowledgement.',
  ),
  holdfast_incident_mitigate_seconds: gauge(
    'The same from the detection to the end of the impact.',
  ),
  holdfast_incident_spells: gauge(
    'Of how many spells of impact these medians are, by which; of a few they say little.',
    ['median'],
  ),
  holdfast_notifications_sent_total: counter('Notifications that were sent since the start.'),
  holdfast_notification_tries_failed_total: counter('Tries to send one that failed.'),
  holdfast_notifications_untold_total: counter(
    'Notifications that no notifier could tell: no route leads to one, or all that stand in failed.',
  ),
  holdfast_ledger_commits_total: counter('Commits of the ledger.'),
  holdfast_ledger_operations_total: counter(
    'Operations in them: their quotient is the size of a commit.',
  ),
  holdfast_ledger_commit_seconds: histogram('How long commits took, fsync included.'),
  holdfast_sli_accepted: gauge(
    'Deliveries promised to messages that were accepted in the last whole minute, over all endpoints; NaN while the ledger cannot be read, as all of these.',
  ),
  holdfast_sli_first_attempts: gauge(
    'First attempts that ended in the last whole minute, by result: "ok" or "bad".',
    ['result'],
  ),
  holdfast_sli_deadline: gauge(
    'Deliveries of messages accepted in the last minute whose deadlines have all passed: "on_time" or "late".',
    ['result'],
  ),
  holdfast_sli_late_total: counter('Deliveries found undelivered when their deadline passed.'),
  holdfast_sli_behind_seconds: gauge(
    'Age of the oldest message whose deadline passed and that was not looked at; 0: there is none.',
  ),
  holdfast_unaccounted: gauge('Deliveries that the last step of the audit found unaccounted.'),
  holdfast_audit_found_total: counter('Unaccounted deliveries found since the start.'),
  holdfast_audit_healed_total: counter('Of them, scheduled again.'),
  holdfast_audit_passes_total: counter('Whole passes of the audit over the ledger.'),
  holdfast_purged_messages_total: counter('Messages purged since the start.'),
  holdfast_purged_attempts_total: counter('Attempts that were purged with them.'),
  holdfast_purged_payload_bytes_total: counter('Bytes of payload that were purged with them.'),
  holdfast_file_given_back_bytes_total: counter(
    "Bytes by which purging made the ledger's file smaller.",
  ),
  holdfast_retention_steps_total: counter('Steps of retention.'),
  holdfast_retention_step_seconds: gauge('What the last step kept the ledger busy for.'),
  holdfast_retention_oldest_seconds: gauge(
    'Age of the oldest message that is to be purged ("due"), and of the oldest that outlives its period, as it is not finished ("unfinished"); 0: there is none.',
    ['message'],
  ),
  holdfast_drift_findings_total: counter('Changes in payloads that were found, by kind.', ['kind']),
  holdfast_drift_looked_total: counter('Messages looked at for drift.'),
  holdfast_drift_skipped_total: counter('Messages not looked at, by reason.', ['reason']),
  holdfast_drift_seconds_total: counter('Time spent on looking.'),
  holdfast_certificates_expiring: gauge(
    'Certificates of receivers that expire within 21 days, as they were seen last; NaN while the ledger cannot be read.',
  ),
} as const satisfies Readonly<Record<string, MetricFamily>>;

export type MetricName = keyof typeof metricFamilies;
