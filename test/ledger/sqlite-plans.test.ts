import assert from 'node:assert/strict';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import type { ActFilter } from '../../src/ledger/index.ts';
import { migrations } from '../../src/ledger/sqlite/migrations/index.ts';
import { prepareReads, prepareWrites } from '../../src/ledger/sqlite/operations.ts';
import { SliCounter } from '../../src/ledger/sqlite/sli-counter.ts';

/** A connection that remembers what was prepared on it. */
class Recorder extends DatabaseSync {
  readonly prepared = new Set<string>();

  override prepare(sql: string): StatementSync {
    this.prepared.add(sql);
    return super.prepare(sql);
  }

  planOf(sql: string): readonly string[] {
    return super
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map((row) => String(row['detail']));
  }
}

const database = new Recorder(':memory:');
for (const migration of migrations) database.exec(migration);
prepareWrites(database, new SliCounter(database));
const reads = prepareReads(database);

// Lists with filters are put together when they are asked for.
const page = { limit: 10, descending: true, afterId: 5 } as const;
const span = { fromId: 1, beforeId: 9 } as const;
const messageFilter = { eventTypes: ['a'], channel: 'b', tag: 'c', ...span } as const;
reads.messages({ appId: 1, ...page });
reads.messages({ appId: 1, filter: messageFilter, ...page });
reads.attemptsTo({ endpointId: 1, ...page });
reads.attemptsTo({
  endpointId: 1,
  filter: { ...messageFilter, codeClass: 500, isDelivered: false },
  ...page,
});
reads.attemptedMessages({ endpointId: 1, filter: {}, ...page });
reads.attemptedMessages({ endpointId: 1, filter: { ...messageFilter, states: ['dead'] }, ...page });
const deadLetters = (filter: Partial<ActFilter>, descending = true): void =>
  void reads.deadLetters({
    appId: 1,
    filter: { states: ['dead'], ...filter },
    ...page,
    descending,
  });
deadLetters({});
deadLetters({}, false);
deadLetters({ reason: 'gone', ...span });
deadLetters({ endpointId: 1 });
deadLetters({ endpointId: 1, reason: 'gone', ...span }, false);

const alertFilters = [
  {},
  { isOpen: true },
  { isOpen: false },
  { owner: 'a' },
  { isOpen: true, owner: 'a', states: ['firing'], silenced: { is: false, at: 1 } },
  { kinds: ['a'] },
  { kinds: ['a', 'b'], severities: ['page', 'ticket'] },
  { objective: 'a', isOpen: true },
  { appId: 1 },
  { appId: 1, isOpen: true, owner: 'a', kinds: ['a'] },
] as const;
for (const filter of alertFilters) reads.alerts({ ...page, ...filter });
const incidentFilters = [
  {},
  { isOpen: true },
  { isOpen: false, severities: [1, 2], isDrill: false },
  { owner: 'a', fromId: 1 },
  { isOpen: true, owner: 'a', states: ['open', 'mitigated'] },
  { causeClasses: ['deploy'] },
  { severities: [1] },
] as const;
for (const filter of incidentFilters) reads.incidents({ ...page, ...filter });
reads.changes({ ...page });
reads.changes({ ...page, ...span, appId: 1 });
reads.changes({ ...page, subjectId: 1 });
reads.changes({ ...page, ...span, kind: 'deploy' });

const sliSpan = { fromAt: 0, beforeAt: 60_000 } as const;
reads.sli({ unit: 'minute', ...sliSpan, groupBy: [] });
reads.sliValue({ unit: 'minute', ...sliSpan, groupBy: ['endpoint'], endpointId: 1 });
reads.affectedMessages({ fromId: 1, beforeId: 2, limit: 10 });
reads.affectedMessages({ fromId: 1, beforeId: 2, limit: 10, appIds: [1], eventTypes: ['a'] });
reads.sli({ unit: 'hour', ...sliSpan, groupBy: ['endpoint', 'event_type'], appId: 1 });
reads.sli({ unit: 'minute', ...sliSpan, groupBy: ['endpoint'], endpointId: 1, eventType: 'a' });

reads.sliOutcomes({ unit: 'minute', fromAt: 0, beforeAt: 120_000, indicator: 'on_time' });
reads.sliOfDay({ dayAt: 0, indicator: 'on_time' });
reads.sliOfDay({ dayAt: 0, indicator: 'first_attempt', endpointIds: [1], eventTypes: ['a'] });

/** Statements that contain all of the parts. */
function statementsWith(...parts: readonly string[]): readonly string[] {
  return [...database.prepared].filter((sql) => parts.every((part) => sql.includes(part)));
}

/** What a hot statement is told by a part of it, and the plan that its index was made for. */
const hot: readonly {
  readonly what: string;
  readonly parts: readonly string[];
  readonly plan: readonly string[];
}[] = [
  {
    what: "a lane's window, both ranges",
    parts: ['FROM delivery d INDEXED BY delivery_open LEFT JOIN message', 'd.due_at <= ?'],
    plan: [
      'SEARCH d USING INDEX delivery_open (endpoint_id=? AND state=? AND due_at<?)',
      'SEARCH m USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN',
    ],
  },
  {
    what: "a lane's next moment",
    parts: ['SELECT min(due_at) AS due_at FROM delivery'],
    plan: [
      'SEARCH delivery USING COVERING INDEX delivery_open (endpoint_id=? AND state=? AND due_at>?)',
    ],
  },
  {
    what: 'the lanes, each by one step in the index',
    parts: ['WITH RECURSIVE lane', 'lease_at'],
    plan: [
      'CO-ROUTINE lane',
      'SETUP',
      'SEARCH delivery USING COVERING INDEX delivery_open',
      'RECURSIVE STEP',
      'SCAN lane',
      'CORRELATED SCALAR SUBQUERY 2',
      'SEARCH delivery USING COVERING INDEX delivery_open (endpoint_id>?)',
      'SCAN lane',
      'CORRELATED SCALAR SUBQUERY 4',
      'SEARCH d USING COVERING INDEX delivery_open (endpoint_id=? AND state=?)',
      'CORRELATED SCALAR SUBQUERY 5',
      'SEARCH d USING COVERING INDEX delivery_open (endpoint_id=? AND state=?)',
      'CORRELATED SCALAR SUBQUERY 6',
      'SEARCH d USING COVERING INDEX delivery_open (endpoint_id=? AND state=?)',
      'CORRELATED SCALAR SUBQUERY 7',
      'SEARCH d USING COVERING INDEX delivery_open (endpoint_id=? AND state<?)',
    ],
  },
  {
    what: 'what was set aside, walking on from a cursor',
    parts: ['INDEXED BY delivery_open LEFT JOIN message', 'd.due_at >= ?3'],
    plan: [
      'SEARCH d USING COVERING INDEX delivery_open (endpoint_id=? AND state=? AND due_at>?)',
      'SEARCH m USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN',
    ],
  },
  {
    what: 'the text of a correction',
    parts: ['SELECT c.nth, c.webhook_nth'],
    plan: [
      'SEARCH c USING INDEX correction_of_delivery (message_id=? AND endpoint_id=?)',
      'SEARCH p USING INTEGER PRIMARY KEY (rowid=?)',
    ],
  },
  {
    what: 'a correction, walking on from its cursor',
    parts: ['SELECT id, event_type FROM message'],
    plan: ['SEARCH message USING INDEX message_of_app (app_id=? AND rowid>? AND rowid<?)'],
  },
  {
    what: 'retention, looking for texts that were corrected',
    parts: ['SELECT p.correction_id'],
    plan: [
      'SEARCH c USING COVERING INDEX correction_of_delivery (message_id=?)',
      'SEARCH p USING INTEGER PRIMARY KEY (rowid=?)',
    ],
  },
  {
    what: 'the backlog of a lane, one range of the index and four of its entries',
    parts: ['AS first_at'],
    plan: [
      'SCAN CONSTANT ROW',
      'SCALAR SUBQUERY 2',
      'CO-ROUTINE (subquery-1)',
      'SEARCH delivery USING COVERING INDEX delivery_open (endpoint_id=? AND state>? AND state<?)',
      'SCAN (subquery-1)',
      'SCALAR SUBQUERY 3',
      'SEARCH d USING COVERING INDEX delivery_open (endpoint_id=? AND state=?)',
      'SCALAR SUBQUERY 4',
      'SEARCH d USING COVERING INDEX delivery_open (endpoint_id=? AND state=?)',
      'SCALAR SUBQUERY 5',
      'SEARCH d USING COVERING INDEX delivery_open (endpoint_id=? AND state=?)',
      'SCALAR SUBQUERY 6',
      'SEARCH d USING COVERING INDEX delivery_open (endpoint_id=? AND state=?)',
    ],
  },
  {
    what: 'what a canary compares, a range of the index by endpoint',
    parts: ['AS is_candidate'],
    plan: [
      'CO-ROUTINE first',
      'SEARCH a USING INDEX attempt_of_endpoint (endpoint_id=? AND id>? AND id<?)',
      'CORRELATED SCALAR SUBQUERY 1',
      'SEARCH b USING PRIMARY KEY (message_id=? AND endpoint_id=? AND nth>?)',
      'SCAN first',
      'USE TEMP B-TREE FOR GROUP BY',
    ],
  },
  {
    what: 'a sample of all deliveries, a range of the key from its end',
    parts: ['(d.message_id, d.endpoint_id) < (?1, ?2)'],
    plan: [
      'SEARCH d USING PRIMARY KEY (message_id>? AND (message_id,endpoint_id)<(?,?))',
      'SEARCH a USING PRIMARY KEY (message_id=? AND endpoint_id=? AND nth=?) LEFT-JOIN',
      'SEARCH m USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN',
    ],
  },
  {
    what: 'a sample of an application, without sorting',
    parts: ['m.app_id = ?5 AND m.id <= ?1'],
    plan: [
      'SEARCH m USING INDEX message_of_app (app_id=? AND rowid>? AND rowid<?)',
      'SEARCH d USING PRIMARY KEY (message_id=?)',
      'SEARCH a USING PRIMARY KEY (message_id=? AND endpoint_id=? AND nth=?) LEFT-JOIN',
    ],
  },
  {
    what: 'a sample of an endpoint, without sorting',
    parts: ['a.endpoint_id = ?3 AND a.id < ?1'],
    plan: [
      'SEARCH a USING INDEX attempt_of_endpoint (endpoint_id=? AND id>? AND id<?)',
      'SEARCH d USING PRIMARY KEY (message_id=? AND endpoint_id=?)',
      'SEARCH m USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN',
    ],
  },
  {
    what: 'outcomes of a span, a walk along the key',
    parts: ['(at, endpoint_id, app_id, event_type) > (?, ?, ?, ?)'],
    plan: [
      'SEARCH sli_minute USING INDEX sqlite_autoindex_sli_minute_1 ((at,endpoint_id,app_id,event_type)>(?,?,?,?) AND at<?)',
    ],
  },
  {
    what: 'the next SLI minute',
    parts: ['SELECT min(at) AS at FROM sli_minute'],
    plan: ['SEARCH sli_minute USING COVERING INDEX sqlite_autoindex_sli_minute_1 (at>? AND at<?)'],
  },
  {
    what: 'the SLI minute of an endpoint',
    parts: ['FROM sli_minute WHERE at = ? AND endpoint_id = ? AND event_type'],
    plan: ['SEARCH sli_minute USING INDEX sqlite_autoindex_sli_minute_1 (at=? AND endpoint_id=?)'],
  },
  {
    what: 'the SLI value of a minute and an endpoint',
    parts: ['FROM sli_value_minute WHERE at = ? AND endpoint_id = ?'],
    plan: [
      'SEARCH sli_value_minute USING PRIMARY KEY (at=? AND endpoint_id=?)',
      'USE TEMP B-TREE FOR GROUP BY',
    ],
  },
  {
    what: 'messages of which a delivery went badly',
    parts: ['SELECT DISTINCT d.message_id FROM delivery d', "'interrupted')))) )"],
    plan: [
      'CO-ROUTINE (subquery-2)',
      'SEARCH d USING PRIMARY KEY (message_id>? AND message_id<?)',
      'CORRELATED SCALAR SUBQUERY 1',
      'SEARCH a USING PRIMARY KEY (message_id=? AND endpoint_id=? AND nth=?)',
      'SCAN (subquery-2)',
    ],
  },
  {
    what: 'the deliveries whose deadline passed',
    parts: ['state NOT IN (2, 4) AND late IS NULL'],
    plan: [
      'SEARCH d USING PRIMARY KEY (message_id>? AND message_id<?)',
      'CORRELATED SCALAR SUBQUERY 1',
      'SEARCH a USING PRIMARY KEY (message_id=? AND endpoint_id=?)',
    ],
  },
  {
    what: 'how far the next look at deadlines goes',
    parts: ['SELECT message_id FROM delivery WHERE message_id >= ? AND message_id < ? ORDER'],
    plan: ['SEARCH delivery USING PRIMARY KEY (message_id>? AND message_id<?)'],
  },
  {
    what: 'the SLI minutes to roll up next',
    parts: ['SELECT at, endpoint_id FROM sli_minute'],
    plan: [
      'SEARCH sli_minute USING COVERING INDEX sqlite_autoindex_sli_minute_1 ((at,endpoint_id)>(?,?) AND at<?)',
    ],
  },
  {
    what: 'counting certificates by their expiry',
    parts: ['AS certificates FROM certificate'],
    plan: [
      'SEARCH certificate USING COVERING INDEX certificate_expiry (expires_at>? AND expires_at<?)',
    ],
  },
  {
    what: 'the timings of an endpoint',
    parts: ['SELECT * FROM timing'],
    plan: ['SEARCH timing USING PRIMARY KEY (endpoint_id=? AND minute_at>? AND minute_at<?)'],
  },
  {
    what: 'the outcomes of an endpoint by the minute',
    parts: ['SELECT id, nth, trigger, outcome FROM attempt WHERE endpoint_id'],
    plan: ['SEARCH attempt USING INDEX attempt_of_endpoint (endpoint_id=? AND id>? AND id<?)'],
  },
  {
    what: 'the outcomes of a message',
    parts: ['SELECT id, nth, trigger, outcome FROM attempt WHERE message_id'],
    plan: ['SEARCH attempt USING PRIMARY KEY (message_id=?)'],
  },
  {
    what: 'the messages of an application by the minute',
    parts: ['SELECT id FROM message WHERE app_id = ? AND id >= ?'],
    plan: ['SEARCH message USING COVERING INDEX message_of_app (app_id=? AND rowid>? AND rowid<?)'],
  },
  {
    what: 'all messages by the minute',
    parts: ['SELECT id FROM message WHERE id >= ? AND id < ?'],
    plan: ['SEARCH message USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
  },
  {
    what: 'notifications that are due',
    parts: ['SELECT n.* FROM notification n'],
    plan: [
      'SEARCH n USING INDEX notification_pending (notifier=? AND due_at<?)',
      'CORRELATED SCALAR SUBQUERY 1',
      'SEARCH o USING INDEX notification_of_alert (alert_id=? AND rowid<?)',
    ],
  },
  {
    what: 'the alerts of an owner',
    parts: ['SELECT * FROM alert WHERE owner = ? AND id <'],
    plan: ['SEARCH alert USING INDEX alert_owner (owner=? AND id<?)'],
  },
  {
    what: 'the alerts over an objective',
    parts: ['SELECT * FROM alert WHERE ended_at IS NULL AND objective = ? AND id <'],
    plan: ['SEARCH alert USING INDEX alert_objective (objective=? AND id<?)'],
  },
  {
    what: 'the incidents of an owner',
    parts: ['SELECT * FROM incident WHERE owner = ?'],
    plan: ['SEARCH incident USING INDEX incident_owner (owner=? AND id>? AND id<?)'],
  },
  {
    what: 'alerts that ended lately',
    parts: ['SELECT * FROM alert WHERE ended_at >= ?'],
    plan: ['SEARCH alert USING INDEX alert_ended (ended_at>?)'],
  },
  {
    what: 'a page of a timeline',
    parts: ['SELECT * FROM incident_row', '(at, id) >', '(?, ?)\n', 'ORDER BY at ASC'],
    plan: ['SEARCH incident_row USING PRIMARY KEY (incident_id=? AND (at,id)>(?,?))'],
  },
  {
    what: 'who refers to a policy',
    parts: ['INDEXED BY resource_policy', 'LIMIT', "= ? AND json_extract(doc, '$.policy') ="],
    plan: ['SEARCH resource USING INDEX resource_policy (kind=? AND <expr>=?)'],
  },
  {
    what: 'taking a delivery',
    parts: ['UPDATE delivery SET state = 1'],
    plan: ['SEARCH delivery USING PRIMARY KEY (message_id=? AND endpoint_id=?)'],
  },
  {
    what: 'settling a delivery',
    parts: ['UPDATE delivery SET state = ?', 'trigger = 0'],
    plan: ['SEARCH delivery USING PRIMARY KEY (message_id=? AND endpoint_id=?)'],
  },
  {
    what: 'looking for an event id',
    parts: ['SELECT id, content_hash FROM message'],
    plan: ['SEARCH message USING INDEX message_event_id (app_id=? AND event_id=?)'],
  },
  {
    what: 'looking for an idempotency key',
    parts: ['SELECT message_id, content_hash FROM idempotency'],
    plan: ['SEARCH idempotency USING PRIMARY KEY (key=?)'],
  },
  {
    what: 'forgetting idempotency keys',
    parts: ['DELETE FROM idempotency', 'LIMIT 4'],
    plan: [
      'SEARCH idempotency USING PRIMARY KEY (key=?)',
      'LIST SUBQUERY 1',
      'SEARCH idempotency USING COVERING INDEX idempotency_expiry (expires_at<?)',
    ],
  },
  {
    what: 'retention, forgetting idempotency keys',
    parts: ['DELETE FROM idempotency', 'LIMIT ?'],
    plan: [
      'SEARCH idempotency USING PRIMARY KEY (key=?)',
      'LIST SUBQUERY 1',
      'SEARCH idempotency USING COVERING INDEX idempotency_expiry (expires_at<?)',
    ],
  },
  {
    what: 'retention, walking on from its cursor',
    parts: ['octet_length(payload)', 'id > ?'],
    plan: ['SEARCH message USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
  },
  {
    what: 'retention, asking whether a message is finished',
    parts: ['AS is_proven'],
    plan: [
      'SEARCH d USING PRIMARY KEY (message_id=?)',
      'CORRELATED SCALAR SUBQUERY 1',
      'SEARCH a USING PRIMARY KEY (message_id=? AND endpoint_id=?)',
    ],
  },
  {
    what: 'retention, going round those that wait',
    parts: ['FROM retention_waiting WHERE message_id >'],
    plan: ['SEARCH retention_waiting USING INTEGER PRIMARY KEY (rowid>?)'],
  },
  {
    what: 'the messages of an application',
    parts: ['SELECT m.* FROM message m WHERE m.app_id = ? AND m.id < ? ORDER BY'],
    plan: ['SEARCH m USING INDEX message_of_app (app_id=? AND rowid<?)'],
  },
  {
    what: 'the attempts to an endpoint',
    parts: ['SELECT a.* FROM attempt a WHERE a.endpoint_id = ? AND a.id < ? ORDER BY'],
    plan: ['SEARCH a USING INDEX attempt_of_endpoint (endpoint_id=? AND id<?)'],
  },
];

describe('the plans of the statements', () => {
  for (const { what, parts, plan } of hot) {
    it(`has the index it was written for: ${what}`, () => {
      const statements = statementsWith(...parts);
      assert.equal(statements.length, 1, `one statement has ${parts.join(' and ')}`);
      for (const sql of statements) assert.deepEqual(database.planOf(sql), plan, sql);
    });
  }

  for (const [what, isOfEndpoint, index] of [
    ['an application', false, 'delivery_closed_of_app (app_id=? AND state=?'],
    ['an endpoint', true, 'delivery_closed_of_endpoint (endpoint_id=? AND state=?'],
  ] as const) {
    it(`walks the dead letters of ${what} by their index, from the page on`, () => {
      const statements = statementsWith('INDEXED BY delivery_closed', 'last_outcome').filter(
        (sql) => sql.includes('d.endpoint_id = ?') === isOfEndpoint,
      );
      assert.ok(statements.length >= 2);
      for (const sql of statements) {
        const [walk = '', ...rest] = database.planOf(sql);
        assert.ok(walk.startsWith(`SEARCH d USING INDEX ${index}`), walk);
        assert.match(walk, /message_id[<>]/, 'a later page costs what the first one does');
        assert.ok(!rest.includes('USE TEMP B-TREE FOR ORDER BY'));
      }
    });
  }

  /** Statements that may read all of something or sort, and why that is bounded. */
  const excused: readonly (readonly [part: string, plan: string, why: string])[] = [
    ['FROM lane', 'SCAN lane', 'the lanes themselves are what is listed'],
    ['AS first_at', 'SCAN', 'one row, and the entries that a bounded read has found'],
    ['AS waiting FROM', 'SCAN', 'what waits is counted up to a bound, once a minute'],
    ['FROM attempted WHERE endpoint_id IS NOT NULL', 'SCAN attempted', 'the endpoints there are'],
    ['FROM sli_hour WHERE at = ?', 'GROUP BY', 'the rows of one hour'],
    ['sum(good), sum(bad)', '', "a day's rows, with the minutes that are not in it, by endpoint"],
    ['FROM sli_value_minute WHERE', 'GROUP BY', 'the values of one minute'],
    ['SELECT DISTINCT d.message_id', 'SCAN', 'the messages of one page'],
    ['json_each', 'VIRTUAL TABLE', 'the elements of one row'],
    ['FROM attempt WHERE message_id = ?', 'ORDER BY', 'the attempts of one message'],
    ['GROUP BY 2, 1', 'GROUP BY', 'an audit groups a span it has chosen'],
    ['GROUP BY d.state', 'GROUP BY', 'five states'],
    ['FROM retention_period', 'SCAN retention_period', 'the periods in use are few'],
    ['d.endpoint_id LIMIT', 'LAST TERM', 'the deliveries of one message'],
    ['AS is_candidate', '', 'the attempts of one bounded read, by second and arm'],
    ['SELECT duration_ms FROM (', '', 'the newest attempts of an endpoint, up to a bound'],
    ['WHERE kind = ? AND id', 'ORDER BY', 'canaries are few'],
    ['FROM certificate ORDER BY last_seen_at', 'certificate_seen', 'the bound on peers'],
    ['WHERE n.state > 0', 'notification_done', 'the bound on notifications that are done'],
    ['FROM incident_alert a', 'ORDER BY', 'the incidents of one alert'],
    ['GROUP BY notifier', 'notification_pending', 'what waits is bounded for each notifier'],
    [
      'FROM detector_state',
      'SCAN detector_state',
      'what detectors know is read once, at the start',
    ],
    ['FROM drift_state', 'SCAN drift_state', 'what is known is read once, at the start'],
  ];

  it('scans no table and sorts nothing, but where it is excused', () => {
    assert.ok(database.prepared.size > 60);
    const used = new Set<string>();
    for (const sql of database.prepared) {
      for (const line of database.planOf(sql)) {
        if (!/^SCAN|TEMP B-TREE/.test(line)) continue;
        const excuse = excused.find(([part, plan]) => sql.includes(part) && line.includes(plan));
        assert.ok(excuse !== undefined, `${line}\n${sql}`);
        used.add(excuse[2]);
      }
    }
    assert.deepEqual([...used].toSorted(), excused.map(([, , why]) => why).toSorted());
  });
});
