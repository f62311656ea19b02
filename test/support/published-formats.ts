import assert from 'node:assert/strict';

/** Checks of what notifiers send, written from the formats that their receivers publish. */
type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown, what: string): Fields {
  assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value), what);
  return value as Fields;
}

function textOf(value: unknown, what: string, most: number, least = 1): string {
  assert.equal(typeof value, 'string', what);
  const text = String(value);
  assert.ok(text.length >= least && text.length <= most, `${what} has ${text.length} characters`);
  return text;
}

function onlyKnown(fields: Fields, known: readonly string[], what: string): void {
  for (const name of Object.keys(fields)) assert.ok(known.includes(name), `${what}.${name}`);
}

function arrayOf(value: unknown, what: string, most: number): readonly unknown[] {
  assert.ok(Array.isArray(value) && value.length >= 1 && value.length <= most, what);
  return value;
}

/** Block Kit reference: blocks (50), header (150), section text (3,000), fields (10 × 2,000); text (40,000). */
export function assertSlack(body: unknown): void {
  const message = fieldsOf(body, 'message');
  onlyKnown(message, ['text', 'blocks'], 'message');
  assertMrkdwn(textOf(message['text'], 'text', 40_000));
  for (const each of arrayOf(message['blocks'], 'blocks', 50)) {
    const block = fieldsOf(each, 'block');
    if (block['type'] === 'header') {
      onlyKnown(block, ['type', 'text', 'block_id'], 'header');
      const text = fieldsOf(block['text'], 'header.text');
      assert.equal(text['type'], 'plain_text');
      textOf(text['text'], 'header.text.text', 150);
    } else if (block['type'] === 'section') {
      onlyKnown(block, ['type', 'text', 'fields', 'block_id', 'accessory', 'expand'], 'section');
      assert.ok(block['text'] !== undefined || block['fields'] !== undefined);
      if (block['text'] !== undefined) assertText(block['text'], 3000);
      if (block['fields'] !== undefined) {
        for (const field of arrayOf(block['fields'], 'fields', 10)) assertText(field, 2000);
      }
    } else assert.deepEqual(block, { type: 'divider' });
  }
}

function assertText(value: unknown, most: number): void {
  const text = fieldsOf(value, 'text');
  assert.equal(text['type'], 'mrkdwn');
  onlyKnown(text, ['type', 'text', 'verbatim'], 'text');
  assertMrkdwn(textOf(text['text'], 'text', most));
}

/** Every & begins one of three entities; every < begins a link of ours, never a mention like <!channel>. */
function assertMrkdwn(text: string): void {
  const rest = text.replaceAll(/<https:\/\/holdfast\.example\/[^<>|]*\|[^<>]*>/g, '');
  assert.doesNotMatch(rest, /[<>]/);
  assert.doesNotMatch(rest.replaceAll(/&(?:amp|lt|gt);/g, ''), /&/);
}

/** PagerDuty, Events API v2: "PD-CEF" and "Send an event"; 512 kB. */
export function assertPagerduty(bytes: Uint8Array): Fields {
  assert.ok(bytes.length <= 524_288, `${bytes.length} bytes`);
  const event = fieldsOf(JSON.parse(Buffer.from(bytes).toString()), 'event');
  const outer = ['routing_key', 'event_action', 'dedup_key', 'payload', 'images', 'links'];
  onlyKnown(event, [...outer, 'client', 'client_url'], 'event');
  textOf(event['routing_key'], 'routing_key', 32, 32);
  textOf(event['dedup_key'], 'dedup_key', 255);
  const action = String(event['event_action']);
  assert.ok(['trigger', 'acknowledge', 'resolve'].includes(action), action);
  if (action !== 'trigger') return event;
  const payload = fieldsOf(event['payload'], 'payload');
  const inner = ['summary', 'timestamp', 'source', 'severity', 'component', 'group', 'class'];
  onlyKnown(payload, [...inner, 'custom_details'], 'payload');
  textOf(payload['summary'], 'summary', 1024);
  textOf(payload['source'], 'source', 1024);
  assert.ok(['critical', 'error', 'warning', 'info'].includes(String(payload['severity'])));
  assertMoment(payload['timestamp']);
  if (event['links'] !== undefined) {
    for (const link of arrayOf(event['links'], 'links', 100)) {
      assert.ok(URL.canParse(String(fieldsOf(link, 'link')['href'])));
    }
  }
  return event;
}

/** Alertmanager, api/v2/openapi.yaml: postableAlerts; labels as in the data model of Prometheus. */
export function assertAlertmanager(body: unknown): readonly Fields[] {
  return arrayOf(body, 'postableAlerts', 10_000).map((each) => {
    const alert = fieldsOf(each, 'postableAlert');
    onlyKnown(
      alert,
      ['labels', 'annotations', 'startsAt', 'endsAt', 'generatorURL'],
      'postableAlert',
    );
    const labels = fieldsOf(alert['labels'], 'labels');
    assert.ok('alertname' in labels);
    for (const set of [labels, fieldsOf(alert['annotations'], 'annotations')]) {
      for (const [name, value] of Object.entries(set)) {
        assert.match(name, /^[a-zA-Z_][a-zA-Z0-9_]*$/);
        assert.ok(typeof value === 'string' && value !== '', name);
      }
    }
    assertMoment(alert['startsAt']);
    assertMoment(alert['endsAt']);
    assert.ok(String(alert['startsAt']) <= String(alert['endsAt']), 'it ends after it began');
    assert.ok(URL.canParse(String(alert['generatorURL'])));
    return alert;
  });
}

function assertMoment(value: unknown): void {
  assert.match(String(value), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/);
}
