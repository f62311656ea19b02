import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { TestScope } from '../support/service-scope.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { until } from '../support/service-until.ts';

const scope = new TestScope();
let service: TestService;

before(async () => {
  service = await startTestService(scope);
  await ask('POST', '/app', { name: 'Acme', uid: 'acme' });
  await ask('POST', '/app/acme/endpoint', { url: 'http://127.0.0.1:9/', uid: 'orders' });
});
after(() => scope.end());

const call = (method: string, path: string, body?: unknown) =>
  service.call(method, `/api/v1${path}`, body);

async function ask(method: string, path: string, body?: unknown) {
  const answer = await call(method, path, body);
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.json;
}

async function refused(status: number, method: string, path: string, body?: unknown) {
  const answer = await call(method, path, body);
  assert.equal(answer.status, status, answer.text);
  return answer.json;
}

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

type Named = { readonly name: string; readonly value: unknown; readonly evidence: { id: string } };
type Result = { readonly isHeld: boolean; readonly text: string };

function lastOf(results: readonly Result[]): Result {
  const last = results.at(-1);
  assert.ok(last !== undefined);
  return last;
}

/** The field that a refusal names. */
function fieldOf({ detail }: { detail: readonly { loc: readonly string[] }[] }): unknown {
  return detail[0]?.loc.at(-1);
}

/** Of the past: nothing is watched. */
async function anIncident(title = 'Invoices were late'): Promise<string> {
  const markers = [{ marker: 'mitigated', at: ago(10), note: 'the failures ended' }];
  const { id } = await ask('POST', '/incident', {
    title,
    impactStartAt: ago(30),
    detectedAt: ago(28),
    isRetrospective: true,
    markers,
  });
  return id;
}

describe('a postmortem over the API', () => {
  test('is there by itself once the impact is over', async () => {
    const id = await anIncident();
    const found = await until(async () => {
      const answer = await call('GET', `/incident/${id}/postmortem`);
      return answer.status === 200 && answer.json;
    }, 'the postmortem to be drafted');
    assert.deepEqual([found.state, found.version, found.shown.by], ['draft', 1, 'holdfast']);
    assert.match(found.text, /Invoices were late/);
    const names = Array.from<Named, string>(found.facts, ({ name }) => name);
    assert.ok(names.includes('time.to_detect'));
  });

  test('is written, reviewed and published; versions page both ways', async () => {
    const id = await anIncident();
    const path = `/incident/${id}/postmortem`;
    await ask('POST', path, { template: 'short' });
    const markdown = '# Late\n\nFound after {{fact:time.to_detect}}.\n';
    const edited = await ask('PUT', path, { markdown, basedOn: 1, note: 'shorter' });
    assert.equal(edited.version, 2);
    assert.match(edited.text, /Found after 2 min\./);
    const stale = await refused(409, 'PUT', path, { markdown, basedOn: 1 });
    assert.match(stale.detail, /Version 2 is there by now, by admin/);
    await ask('POST', `${path}/submit`, {});
    await ask('POST', `${path}/comment`, { text: 'Since when?', quote: 'after 2 min' });
    assert.match(
      (await refused(409, 'POST', `${path}/publish`, {})).detail,
      /comments are open: 1/,
    );
    const wrong = await refused(422, 'POST', `${path}/comment`, {
      text: 'x',
      quote: 'after 3 min',
    });
    assert.equal(fieldOf(wrong), 'quote');
    const { comments, text } = await ask('POST', `${path}/comment/1/resolve`, {});
    const [{ anchor }] = comments;
    assert.equal(String(text).slice(anchor.start, anchor.end), 'after 2 min');
    assert.equal((await refused(404, 'POST', `${path}/comment/none/resolve`, {})).field, 'comment');
    const published = await ask('POST', `${path}/publish`, {});
    assert.deepEqual([published.state, published.publishedVersion], ['published', 3]);
    const incident = await ask('GET', `/incident/${id}`);
    assert.match(incident.reviewMarkers.postmortem.note, /Version 3/);
    await ask('POST', `${path}/return`, { reason: 'more is known' });
    const nthsOf = ({ data }: { data: { version: number }[] }) => data.map((each) => each.version);
    const first = await ask('GET', `${path}/version?limit=2`);
    assert.deepEqual(nthsOf(first), [4, 3]);
    assert.equal(first.data[1].frozenAt === null, false);
    const second = await ask('GET', `${path}/version?limit=2&iterator=${first.iterator}`);
    assert.deepEqual(nthsOf(second), [2, 1]);
    const back = await ask('GET', `${path}/version?limit=2&iterator=${second.prevIterator}`);
    assert.deepEqual(nthsOf(back), [4, 3]);
  });

  test('is exported as documents in which each number has its source', async () => {
    const id = await anIncident('<b>Late</b> & more');
    const path = `/incident/${id}/postmortem`;
    await ask('POST', path, {});
    await ask('PUT', path, { markdown: '# {{fact:incident.title}}\n\n{{fact:time.to_detect}}\n' });
    const markdown = await ask('GET', `${path}/export`);
    assert.match(markdown.text, /^# \\<b\\>Late/);
    assert.match(markdown.text, /2 min\[\^1\]\n\n\[\^1\]: `time\.to_detect`, from a person, 2/);
    const html = await ask('GET', `${path}/export?format=html&version=2`);
    assert.equal(html.type, 'text/html; charset=utf-8');
    assert.match(html.text, /<h1>&lt;b&gt;Late&lt;\/b&gt; &amp; more<\/h1>/);
    const json = JSON.parse((await ask('GET', `${path}/export?format=json`)).text);
    assert.deepEqual([json.format, json.facts.length], ['holdfast-postmortem/1', 2]);
    assert.equal((await refused(404, 'GET', `${path}/export?version=9`)).field, 'version');
  });

  test('is asked for by its incident, its texts by their fields', async () => {
    const { id } = await ask('POST', '/incident', { title: 'It goes on' });
    const path = `/incident/${id}/postmortem`;
    assert.match((await refused(404, 'GET', path)).detail, /no postmortem yet/);
    await refused(404, 'POST', `${path}/submit`, {});
    await refused(422, 'PUT', path, { markdown: '' });
    await refused(422, 'PUT', path, { markdown: 'x'.repeat(100_001) });
    assert.equal((await refused(404, 'GET', '/incident/inc_none/fact')).field, 'incident_id');
    const { data } = await ask('GET', `/incident/${id}/fact`);
    const title = Array.from<Named>(data).find(({ name }) => name === 'incident.title');
    assert.deepEqual([title?.value, title?.evidence.id], ['It goes on', id]);
    assert.match((await refused(409, 'GET', `/incident/${id}/drill-file`)).detail, /SLI minutes/);
  });
});

describe('action items over the API', () => {
  test('have what they need, in turn: owner, date, verification; and are overdue by their date', async () => {
    const id = await anIncident();
    const path = `/incident/${id}/action`;
    const item = await ask('POST', path, { type: 'prevent', text: 'Refuse it' });
    assert.deepEqual([item.owner, item.dueAt, item.state], ['', null, 'open']);
    const changed = await ask('PATCH', `/action/${item.id}`, { owner: 'billing', dueAt: ago(60) });
    assert.deepEqual([changed.owner, changed.isOverdue], ['billing', true]);
    const later = new Date(Date.now() + 86_400_000).toISOString();
    const other = await ask('POST', path, { type: 'detect', text: 'Alert', dueAt: later });
    const idsOf = async (list: string): Promise<readonly string[]> =>
      Array.from<{ id: string }, string>((await ask('GET', list)).data, (each) => each.id);
    assert.deepEqual(await idsOf(path), [item.id, other.id]);
    const overdue = await idsOf('/action?overdue=true');
    assert.ok(overdue.includes(item.id) && !overdue.includes(other.id));
    const first = await ask('GET', `${path}?limit=1`);
    const second = await ask('GET', `${path}?limit=1&iterator=${first.iterator}`);
    assert.deepEqual(second.data[0].id, other.id);
    const back = await ask('GET', `${path}?limit=1&iterator=${second.prevIterator}`);
    assert.deepEqual(back.data[0].id, item.id);
    await refused(422, 'POST', `/action/${item.id}/not-doing`, { reason: '' });
    const ended = await ask('POST', `/action/${item.id}/not-doing`, { reason: 'It ends in May.' });
    assert.deepEqual(
      [ended.state, ended.reason, ended.isOverdue],
      ['not_doing', 'It ends in May.', false],
    );
    assert.ok(!(await idsOf('/action?open=true')).includes(item.id));
    assert.equal((await ask('POST', `/action/${item.id}/reopen`, {})).reason, '');
    await ask('POST', `/action/${item.id}/done`, {});
    assert.match(
      (await refused(409, 'POST', `/action/${item.id}/done`, {})).detail,
      /done already/,
    );
    assert.equal((await refused(404, 'GET', '/action/item_none')).field, 'item_id');
  });

  test('are verified by a contract, a canary, or a detector over what was recorded', async () => {
    const id = await anIncident();
    await ask('POST', '/event-type', {
      name: 'invoice.paid',
      description: 'for the test',
      schemas: { 1: { type: 'object', properties: { amount: { type: 'integer' } } } },
    });
    const add = (verification: object) =>
      ask('POST', `/incident/${id}/action`, { type: 'prevent', text: 'A guardrail', verification });
    const verified = async (itemId: string) =>
      lastOf((await ask('POST', `/action/${itemId}/verify`, {})).results);
    const payload = { amount: 'ten' };
    const contract = await add({ kind: 'contract', eventType: 'invoice.paid', payload });
    const open = await verified(contract.id);
    assert.deepEqual([open.isHeld, /takes it all the same/.test(open.text)], [false, true]);
    await refused(409, 'POST', `/action/${contract.id}/done`, {});
    await ask('PATCH', '/event-type/invoice.paid/contract', { mode: 'reject' });
    const closed = await verified(contract.id);
    assert.deepEqual(
      [closed.isHeld, /payload\.amount must be integer/.test(closed.text)],
      [true, true],
    );
    await ask('POST', `/action/${contract.id}/done`, {});
    const canary = await add({ kind: 'canary', endpointId: 'acme/orders' });
    assert.match(canary.verification.endpointId, /^ep_/);
    assert.match((await verified(canary.id)).text, /Nothing was ever tried/);
    const proposed = { detector: 'outage', share: 0.5, endpoints: 1 };
    const detector = await add({ kind: 'detector', proposed });
    assert.equal(detector.verification.indicator, 'first_attempt');
    assert.match((await verified(detector.id)).text, /No SLI minutes of the impact/);
    const field = async (verification: object) => {
      const body = { type: 'prevent', text: 'x', verification };
      return fieldOf(await refused(422, 'POST', `/incident/${id}/action`, body));
    };
    assert.equal(await field({ kind: 'link', url: 'javascript:alert(1)' }), 'evidence');
    assert.equal(await field({ kind: 'canary', endpointId: 'no/body' }), 'endpointIds');
    const windows = { target: 0.99, burnRate: 10, longMinutes: 5, shortMinutes: 60 };
    assert.equal(
      await field({ kind: 'detector', proposed: { detector: 'burn_rate', ...windows } }),
      'verification',
    );
    const verification = { kind: 'detector', proposed: { detector: 'growth' } };
    const body = { type: 'detect', text: 'x', verification };
    const { detail } = await refused(422, 'POST', `/incident/${id}/action`, body);
    assert.match(
      detail[0].msg,
      /"growth" cannot be replayed .* no gauge is in an SLI minute\. What can be/,
    );
  });

  test('that run elsewhere keep what they are told, and only they', async () => {
    const id = await anIncident();
    const add = (verification: object) =>
      ask('POST', `/incident/${id}/action`, { type: 'prevent', text: 'A guardrail', verification });
    const command = await add({ kind: 'command', command: ['npm', 'test'] });
    const told = { isHeld: true, text: '"npm test" ended with 0.' };
    assert.match(
      (await refused(409, 'POST', `/action/${command.id}/verify`, {})).detail,
      /your machine/,
    );
    const kept = await ask('POST', `/action/${command.id}/result`, told);
    assert.deepEqual([kept.isVerified, kept.results[0].by], [true, 'admin']);
    const contract = await add({ kind: 'contract', eventType: 'a', payload: 1 });
    assert.match(
      (await refused(409, 'POST', `/action/${contract.id}/result`, told)).detail,
      /runs here/,
    );
  });
});

describe('who may', () => {
  test('read a review, and who may write one', async () => {
    const id = await anIncident();
    await ask('POST', `/incident/${id}/postmortem`, {});
    const item = await ask('POST', `/incident/${id}/action`, { type: 'repair', text: 'Mend it' });
    const { token: reader } = await ask('POST', '/token', { name: 'reader', scope: 'read' });
    const { token: portal } = await ask('POST', '/auth/app-portal-access/acme', {});
    const status = async (token: string | null, method: string, path: string, body?: object) =>
      (await service.call(method, `/api/v1${path}`, body, { token })).status;
    const reads = [
      `/incident/${id}/postmortem`,
      `/incident/${id}/fact`,
      '/action',
      `/action/${item.id}`,
    ];
    for (const path of reads) {
      assert.deepEqual(
        [
          await status(reader, 'GET', path),
          await status(portal, 'GET', path),
          await status(null, 'GET', path),
        ],
        [200, 403, 401],
        path,
      );
    }
    const edit = { markdown: '# x' };
    assert.equal(await status(reader, 'PUT', `/incident/${id}/postmortem`, edit), 403);
    assert.equal(await status(portal, 'PUT', `/incident/${id}/postmortem`, edit), 403);
    assert.equal(await status(reader, 'POST', `/action/${item.id}/done`, {}), 403);
    assert.equal(await status(reader, 'POST', `/action/${item.id}/verify`, {}), 403);
  });
});
