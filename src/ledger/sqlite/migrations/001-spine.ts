/** Time first: what is written now lies together, and so does what is rolled up and forgotten. */
const SLI_KEY = 'at, endpoint_id, app_id, event_type';
const SLI_COLUMNS = `
  at INTEGER NOT NULL,
  endpoint_id INTEGER NOT NULL,
  app_id INTEGER NOT NULL,
  event_type TEXT NOT NULL,
${[
  'accepted',
  'cancelled',
  'dead',
  'on_time',
  'late',
  'first_ok',
  'first_bad',
  ...Array.from({ length: 16 }, (_, nth) => `latency_${nth}`),
]
  .map((name) => `  ${name} INTEGER NOT NULL DEFAULT 0`)
  .join(',\n')}`;

/** Looks at lanes that had something due, by the age of their oldest delivery. */
const FRESHNESS_COLUMNS = `
  at INTEGER NOT NULL,
  endpoint_id INTEGER NOT NULL,
  app_id INTEGER NOT NULL,
${Array.from({ length: 9 }, (_, nth) => `  age_${nth} INTEGER NOT NULL DEFAULT 0,`).join('\n')}
  PRIMARY KEY (at, endpoint_id)
`;

/** Beside them, and only where messages carry a value: sums in minor units of the currency. */
const SLI_VALUE_COLUMNS = `
  at INTEGER NOT NULL,
  endpoint_id INTEGER NOT NULL,
  app_id INTEGER NOT NULL,
  event_type TEXT NOT NULL,
  currency TEXT NOT NULL,
${['accepted', 'cancelled', 'dead', 'delivered', 'late', 'delayed', 'lost']
  .map((name) => `  ${name} INTEGER NOT NULL DEFAULT 0,`)
  .join('\n')}
  PRIMARY KEY (at, endpoint_id, app_id, event_type, currency)
`;

/**
 * Keys follow the ways rows are read, so that few indexes are left:
 * - a message's deliveries and a delivery's attempts lie beside each other under the pair that names them;
 * - ids carry their time, so a span of time is a range of keys;
 * - `delivery_open` holds open deliveries only: a lane's window, its ended leases and the list of lanes all read it,
 *   and a finished delivery costs it nothing. `due_at` of a delivery in flight is the end of its lease.
 * - `payload` is the last column: what does not ask for it reads none of its pages;
 * - retention walks messages by their ids once for each period in use (`retention_period`) and looks again at those
 *   that were not finished then (`retention_waiting`); no index of its own is written when a message is accepted.
 * - a correction's row is its audit row and stays; the whole text lies apart, so that it can go with the message's.
 *   `webhook_nth` is what its webhook-id ends in, and the attempts after `webhook_after` have carried that id.
 * - `value` of a message: what it carries, in minor units of `currency`; both NULL where nothing was said.
 * - `late` of a delivery: 1 its deadline passed before it was delivered, and that was counted; 0 it was not promised at
 *   acceptance, so it is held to no deadline; otherwise NULL.
 * States: -3 and -2 the next two, of an event type that is paused, -1 scheduled again by the retry policy, 0 scheduled, 1 in_flight, 2 delivered, 3 dead, 4 cancelled.
 * Notifications: 0 pending, 1 sent, 2 failed.
 * Triggers: 0 scheduled, 1 manual. Phases of an attempt: 0 dns, 1 connect, 2 tls, 3 send, 4 first_byte,
 * 5 last_byte; of timings: 0 queued, 1 to 6 the same, 7 total. `_us` are microseconds.
 */
export const spine = `
CREATE TABLE ledger (
  mark TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT;

CREATE TABLE resource (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  app_id INTEGER NOT NULL,
  uid TEXT,
  doc TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  revision INTEGER NOT NULL
) STRICT;
CREATE INDEX resource_list ON resource (kind, app_id);
CREATE INDEX resource_policy ON resource (kind, json_extract(doc, '$.policy')) WHERE json_extract(doc, '$.policy') IS NOT NULL;
CREATE UNIQUE INDEX resource_uid ON resource (kind, app_id, uid) WHERE uid IS NOT NULL;

CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  app_id INTEGER NOT NULL,
  event_type TEXT NOT NULL,
  event_id TEXT,
  channels TEXT,
  tags TEXT,
  retention_days INTEGER NOT NULL,
  traceparent TEXT,
  matched TEXT NOT NULL,
  content_hash TEXT,
  purged_at INTEGER,
  value INTEGER,
  currency TEXT,
  payload TEXT
) STRICT;
CREATE INDEX message_of_app ON message (app_id);
CREATE UNIQUE INDEX message_event_id ON message (app_id, event_id) WHERE event_id IS NOT NULL;

CREATE TABLE delivery (
  message_id INTEGER NOT NULL,
  endpoint_id INTEGER NOT NULL,
  app_id INTEGER NOT NULL,
  state INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER,
  attempt_id INTEGER,
  trigger INTEGER NOT NULL DEFAULT 0,
  reason TEXT,
  round_from INTEGER NOT NULL DEFAULT 0,
  round_at INTEGER,
  act_id INTEGER,
  late INTEGER,
  PRIMARY KEY (message_id, endpoint_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_open ON delivery (endpoint_id, state, due_at) WHERE state < 2;
CREATE INDEX delivery_closed_of_app ON delivery (app_id, state) WHERE state > 2;
CREATE INDEX delivery_closed_of_endpoint ON delivery (endpoint_id, state) WHERE state > 2;
CREATE INDEX delivery_act ON delivery (act_id, state) WHERE act_id IS NOT NULL;

CREATE TABLE lane (
  endpoint_id INTEGER PRIMARY KEY,
  failing_since INTEGER,
  resume_at INTEGER
) STRICT;

CREATE TABLE attempt (
  message_id INTEGER NOT NULL,
  endpoint_id INTEGER NOT NULL,
  nth INTEGER NOT NULL,
  id INTEGER NOT NULL,
  trigger INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  status_code INTEGER,
  duration_ms INTEGER NOT NULL,
  detail TEXT,
  response TEXT NOT NULL,
  url TEXT NOT NULL,
  queued_ms INTEGER,
  dns_us INTEGER,
  connect_us INTEGER,
  tls_us INTEGER,
  send_us INTEGER,
  first_byte_us INTEGER,
  last_byte_us INTEGER,
  failed_phase INTEGER,
  canary_id INTEGER,
  address TEXT,
  certificate TEXT,
  PRIMARY KEY (message_id, endpoint_id, nth)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_of_endpoint ON attempt (endpoint_id, id);

CREATE TABLE timing (
  endpoint_id INTEGER NOT NULL,
  minute_at INTEGER NOT NULL,
  phase INTEGER NOT NULL,
  id INTEGER NOT NULL,
  histogram TEXT NOT NULL,
  PRIMARY KEY (endpoint_id, minute_at, phase, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX timing_minute ON timing (minute_at);

CREATE TABLE sli_minute (
  id INTEGER PRIMARY KEY,${SLI_COLUMNS},
  UNIQUE (${SLI_KEY})
) STRICT;
CREATE TABLE sli_hour (${SLI_COLUMNS},
  PRIMARY KEY (${SLI_KEY})
) STRICT, WITHOUT ROWID;
CREATE TABLE sli_day (${SLI_COLUMNS},
  PRIMARY KEY (${SLI_KEY})
) STRICT, WITHOUT ROWID;

CREATE TABLE freshness_minute (${FRESHNESS_COLUMNS}) STRICT, WITHOUT ROWID;
CREATE TABLE freshness_hour (${FRESHNESS_COLUMNS}) STRICT, WITHOUT ROWID;
CREATE TABLE freshness_day (${FRESHNESS_COLUMNS}) STRICT, WITHOUT ROWID;
CREATE TABLE sli_value_minute (${SLI_VALUE_COLUMNS}) STRICT, WITHOUT ROWID;
CREATE TABLE sli_value_hour (${SLI_VALUE_COLUMNS}) STRICT, WITHOUT ROWID;
CREATE TABLE sli_value_day (${SLI_VALUE_COLUMNS}) STRICT, WITHOUT ROWID;

CREATE TABLE sli_state (
  id INTEGER PRIMARY KEY,
  judged_before INTEGER NOT NULL,
  rolled_at INTEGER NOT NULL,
  rolled_endpoint INTEGER NOT NULL,
  minutes_from INTEGER NOT NULL,
  hours_from INTEGER NOT NULL,
  attempts_from INTEGER NOT NULL,
  deadlines TEXT NOT NULL
) STRICT;

CREATE TABLE detector_state (
  key TEXT PRIMARY KEY,
  state TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE drift_state (
  event_type TEXT PRIMARY KEY,
  state TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE alert (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  ended_at INTEGER,
  state TEXT NOT NULL,
  severity TEXT NOT NULL,
  kind TEXT NOT NULL,
  owner TEXT NOT NULL COLLATE NOCASE,
  objective TEXT,
  silenced_until INTEGER,
  doc TEXT NOT NULL
) STRICT;
CREATE INDEX alert_open ON alert (id) WHERE ended_at IS NULL;
CREATE INDEX alert_ended ON alert (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX alert_owner ON alert (owner, id);
CREATE INDEX alert_kind ON alert (kind, id);
CREATE INDEX alert_objective ON alert (objective, id) WHERE objective IS NOT NULL;

CREATE TABLE alert_app (
  app_id INTEGER NOT NULL,
  alert_id INTEGER NOT NULL,
  PRIMARY KEY (app_id, alert_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_app_alert ON alert_app (alert_id);

CREATE TABLE alert_event (
  id INTEGER PRIMARY KEY,
  alert_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX alert_event_of_alert ON alert_event (alert_id);

CREATE TABLE notification (
  id INTEGER PRIMARY KEY,
  alert_id INTEGER NOT NULL,
  notifier TEXT NOT NULL,
  group_key TEXT NOT NULL,
  state INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  said TEXT,
  doc TEXT NOT NULL
) STRICT;
CREATE INDEX notification_pending ON notification (notifier, due_at) WHERE state = 0;
CREATE INDEX notification_done ON notification (id) WHERE state > 0;
CREATE INDEX notification_of_alert ON notification (alert_id);

CREATE TABLE incident (
  id INTEGER PRIMARY KEY,
  newest_id INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  system_row_count INTEGER NOT NULL,
  ended_at INTEGER,
  state TEXT NOT NULL,
  severity INTEGER NOT NULL,
  owner TEXT NOT NULL COLLATE NOCASE,
  cause_class TEXT NOT NULL,
  is_drill INTEGER NOT NULL,
  doc TEXT NOT NULL
) STRICT;
CREATE INDEX incident_open ON incident (id) WHERE ended_at IS NULL;
CREATE INDEX incident_owner ON incident (owner, id);
CREATE INDEX incident_cause ON incident (cause_class, id);
CREATE INDEX incident_severity ON incident (severity, id);

CREATE TABLE incident_alert (
  alert_id INTEGER NOT NULL,
  incident_id INTEGER NOT NULL,
  PRIMARY KEY (alert_id, incident_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE incident_row (
  incident_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (incident_id, at, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE postmortem (
  incident_id INTEGER PRIMARY KEY,
  doc TEXT NOT NULL
) STRICT;

CREATE TABLE postmortem_version (
  incident_id INTEGER NOT NULL,
  nth INTEGER NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (incident_id, nth)
) STRICT, WITHOUT ROWID;

CREATE TABLE action_item (
  id INTEGER PRIMARY KEY,
  incident_id INTEGER NOT NULL,
  due_at INTEGER,
  is_open INTEGER NOT NULL,
  doc TEXT NOT NULL
) STRICT;
CREATE INDEX action_item_of_incident ON action_item (incident_id, id);
CREATE INDEX action_item_open ON action_item (id) WHERE is_open = 1;

CREATE TABLE idempotency (
  key TEXT PRIMARY KEY,
  content_hash TEXT NOT NULL,
  message_id INTEGER,
  answer TEXT,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_expiry ON idempotency (expires_at);

CREATE TABLE certificate (
  id INTEGER PRIMARY KEY,
  peer TEXT NOT NULL UNIQUE,
  chain TEXT NOT NULL,
  known TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX certificate_seen ON certificate (last_seen_at);
CREATE INDEX certificate_expiry ON certificate (expires_at);

CREATE TABLE observation (
  kind TEXT NOT NULL,
  peer TEXT NOT NULL,
  memory TEXT NOT NULL,
  last_seen_at INTEGER NOT NULL,
  PRIMARY KEY (kind, peer)
) STRICT, WITHOUT ROWID;
CREATE INDEX observation_seen ON observation (kind, last_seen_at);

CREATE TABLE change (
  id INTEGER PRIMARY KEY,
  actor TEXT NOT NULL,
  via TEXT NOT NULL,
  reason TEXT NOT NULL,
  reverts TEXT,
  reverted_by INTEGER
) STRICT;

CREATE TABLE change_item (
  change_id INTEGER NOT NULL,
  nth INTEGER NOT NULL,
  kind TEXT NOT NULL,
  verb TEXT NOT NULL,
  app_id INTEGER NOT NULL,
  subject_id INTEGER,
  subject TEXT NOT NULL,
  before TEXT,
  after TEXT,
  PRIMARY KEY (change_id, nth)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_item_of_app ON change_item (app_id, change_id);
CREATE INDEX change_item_of_kind ON change_item (kind, change_id);
CREATE INDEX change_item_of_resource ON change_item (subject_id, change_id) WHERE subject_id IS NOT NULL;
CREATE INDEX change_item_of_other ON change_item (kind, subject, change_id) WHERE subject_id IS NULL;

CREATE TABLE retention_period (
  days INTEGER PRIMARY KEY,
  cursor INTEGER NOT NULL
) STRICT;

CREATE TABLE retention_waiting (
  message_id INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE act (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  app_id INTEGER NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  filter TEXT,
  per_second INTEGER,
  due_from INTEGER,
  cursor INTEGER NOT NULL DEFAULT 0,
  touched INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL,
  counts TEXT
) STRICT;
CREATE INDEX act_running ON act (done) WHERE done = 0;
CREATE INDEX act_of_app ON act (app_id);

CREATE TABLE correction (
  id INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL,
  endpoint_id INTEGER NOT NULL,
  nth INTEGER NOT NULL,
  act_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  before_hash TEXT NOT NULL,
  after_hash TEXT NOT NULL,
  webhook_nth INTEGER,
  webhook_after INTEGER NOT NULL,
  changes TEXT
) STRICT;
CREATE UNIQUE INDEX correction_of_delivery ON correction (message_id, endpoint_id, nth);
CREATE INDEX correction_of_act ON correction (act_id);

CREATE TABLE corrected_payload (
  correction_id INTEGER PRIMARY KEY,
  payload TEXT NOT NULL
) STRICT;
`;
