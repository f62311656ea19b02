import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { TestScope } from '../support/service-scope.ts';
import { startTestService, type TestService } from '../support/service.ts';

const scope = new TestScope();
let service: TestService;

before(async () => {
  service = await startTestService(scope);
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

const START = Date.now();
const ago = (minutes: number): string => new Date(START - minutes * 60_000).toISOString();

describe('an incident that somebody opens', () => {
  test('goes from open to closed, and keeps what was done and by whom', async () => {
    const opened = await ask('POST', '/incident', {
      title: 'Invoices are late',
      impactStartAt: ago(12),
      detectedAt: ago(10),
      owner: 'billing',
    });
    assert.equal(opened.state, 'open');
    assert.equal(opened.detectedBy, 'person');
    assert.equal(opened.severity, 3);
    assert.equal(opened.durations.timeToDetectMs, 2 * 60_000);
    const path = `/incident/${opened.id}`;
    const acknowledged = await ask('POST', `${path}/acknowledge`, { note: 'on it' });
    assert.equal(acknowledged.markers.acknowledged.by, 'admin');
    await ask('POST', `${path}/role`, { role: 'lead', who: 'ada' });
    const severe = await ask('POST', `${path}/severity`, { severity: 1, reason: 'all invoices' });
    assert.equal(severe.isSeverityByHand, true);
    await ask('POST', `${path}/hypothesis`, {
      cause: 'The new timeout is shorter than the answer takes.',
      metric: 'on-time',
      refutedBy: 'Failures go on with the old timeout.',
    });
    const words = { responders: 'Timeout is suspected.', owners: 'Invoices arrive late.' };
    const told = await ask('POST', `${path}/update`, { ...words, nextInMinutes: 15 });
    const inMs = Date.parse(told.updateDueAt) - Date.parse(told.updatedAt);
    assert.ok(Math.abs(inMs - 15 * 60_000) < 1000, String(inMs));
    const over = { marker: 'mitigated', at: ago(4), note: 'the failures ended' };
    const mitigated = await ask('POST', `${path}/marker`, over);
    assert.equal(mitigated.state, 'mitigated');
    assert.equal(mitigated.updateDueAt, null);
    const { durations, markers } = mitigated;
    assert.equal(durations.timeToMitigateMs, 6 * 60_000);
    assert.equal(durations.customerVisibleMs, 8 * 60_000);
    assert.deepEqual([markers.mitigated.source, markers.mitigated.by], ['person', 'admin']);
    await refused(409, 'POST', `${path}/close`, {});
    await ask('POST', `${path}/fix`, { text: 'The timeout is 15 s again.', inForceAt: ago(3) });
    await ask('POST', `${path}/marker`, { marker: 'fixed', note: 'no failure for an hour' });
    await ask('POST', `${path}/prevention`, { text: 'Timeouts are tried by a canary first.' });
    await ask('POST', `${path}/review`, {});
    await ask('POST', `${path}/review-marker`, { marker: 'postmortem', note: 'read by all' });
    const lacking = await refused(409, 'POST', `${path}/close`, {});
    assert.match(lacking.detail, /postmortem/);
    await ask('POST', `${path}/severity`, { severity: 3, reason: 'two invoices' });
    const closed = await ask('POST', `${path}/close`, {});
    assert.equal(closed.state, 'closed');
    assert.deepEqual([closed.fixes.length, closed.preventions.length], [1, 1]);
    assert.equal(closed.roles.lead, 'ada');
    assert.ok((await call('GET', '/incident?open=false')).text.includes(opened.id));
  });

  test('is refused by field where its moments or texts cannot be', async () => {
    const future = new Date(Date.now() + 60_000).toISOString();
    const field = async (path: string, body: object) =>
      Array.from<string>((await refused(422, 'POST', path, body)).detail[0].loc).at(-1);
    const plain = { title: 'One' };
    assert.equal(await field('/incident', { title: '' }), 'title');
    assert.equal(await field('/incident', { ...plain, detectedAt: future }), 'detectedAt');
    assert.equal(
      await field('/incident', { ...plain, impactStartAt: ago(1), detectedAt: ago(2) }),
      'impactStartAt',
    );
    assert.equal(await field('/incident', { ...plain, slice: { appIds: ['nobody'] } }), 'appIds');
    assert.equal(
      await field('/incident', { ...plain, slice: { endpointIds: ['no/body'] } }),
      'endpointIds',
    );
    const { id } = await ask('POST', '/incident', plain);
    const path = `/incident/${id}`;
    assert.equal(await field(`${path}/marker`, { marker: 'mitigated' }), 'note');
    assert.equal(
      await field(`${path}/marker`, { marker: 'mitigated', note: 'x', at: ago(60) }),
      'at',
    );
    assert.equal(await field(`${path}/marker`, { marker: 'fixed', note: 'x' }), 'marker');
    const proxy = { cause: 'Locks.', metric: 'lock-waits', refutedBy: 'No locks.' };
    assert.equal(await field(`${path}/hypothesis`, proxy), 'metric');
    const located = { marker: 'causeLocated', note: 'Locks.' };
    assert.equal(await field(`${path}/marker`, located), 'marker');
    const script = { text: 'see', evidence: [{ kind: 'url', url: 'javascript:alert(1)' }] };
    assert.equal(await field(`${path}/timeline`, script), 'evidence');
    assert.equal(await field(`${path}/merge`, { into: id }), 'into');
    assert.equal((await refused(404, 'GET', '/incident/inc_nothing')).field, 'incident_id');
    const foreign = { into: 'inc_nothing' };
    assert.equal((await refused(404, 'POST', `${path}/merge`, foreign)).field, 'into');
    const unknown = { text: 'Back as it was.', changeId: 'chg_nothing' };
    assert.equal((await refused(404, 'POST', `${path}/fix`, unknown)).field, 'changeId');
  });

  test('is declined with a reason, and then nothing moves it', async () => {
    const { id } = await ask('POST', '/incident', { title: 'A load test' });
    const path = `/incident/${id}`;
    await refused(422, 'POST', `${path}/decline`, { reason: '' });
    const declined = await ask('POST', `${path}/decline`, { reason: 'It was announced.' });
    assert.deepEqual([declined.state, declined.declinedBecause], ['declined', 'It was announced.']);
    assert.equal((await refused(409, 'POST', `${path}/acknowledge`, {})).code, 'state_conflict');
  });

  test('is merged into another, which says so on its timeline', async () => {
    const [one, other] = [
      await ask('POST', '/incident', { title: 'One half' }),
      await ask('POST', '/incident', { title: 'The other half' }),
    ];
    const merged = await ask('POST', `/incident/${one.id}/merge`, { into: other.id });
    assert.deepEqual([merged.state, merged.mergedInto], ['merged', other.id]);
    const { data } = await ask('GET', `/incident/${other.id}/timeline?kind=note`);
    assert.match(data[0].text, /One half/);
    await refused(409, 'POST', `/incident/${other.id}/merge`, { into: one.id });
    const staged = await ask('POST', '/incident', { title: 'Staged', isDrill: true });
    await refused(409, 'POST', `/incident/${staged.id}/merge`, { into: other.id });
  });

  test('begins a second episode when it is back, and the markers of the first stay', async () => {
    const { id } = await ask('POST', '/incident', { title: 'Again', detectedAt: ago(30) });
    const path = `/incident/${id}`;
    await ask('POST', `${path}/marker`, { marker: 'mitigated', note: 'quiet', at: ago(20) });
    const back = await ask('POST', `${path}/reopen`, { reason: 'Failures again', at: ago(5) });
    assert.deepEqual([back.state, back.episode], ['open', 2]);
    assert.equal(back.episodes[0].durations.timeToMitigateMs, 10 * 60_000);
    assert.equal(back.markers.mitigated, undefined);
  });

  test('is described anew, and its slice is named by ids or uids', async () => {
    const app = await ask('POST', '/app', { name: 'Acme', uid: 'acme' });
    const endpoint = await ask('POST', '/app/acme/endpoint', {
      url: 'http://127.0.0.1:9/',
      uid: 'main',
    });
    const { id } = await ask('POST', '/incident', { title: 'Of one customer' });
    const slice = { appIds: ['acme'], endpointIds: ['acme/main'] };
    const fields = { title: 'Of Acme', causeClass: 'dependency', slice };
    const patched = await ask('PATCH', `/incident/${id}`, fields);
    assert.deepEqual([patched.title, patched.causeClass], ['Of Acme', 'dependency']);
    assert.deepEqual(patched.slice.appIds, [app.id]);
    assert.deepEqual(patched.slice.endpointIds, [endpoint.id]);
    assert.deepEqual(patched.names, ['application acme', 'endpoint acme/main']);
  });
});

describe('an incident in retrospect', () => {
  const past = {
    title: 'The lost weekend',
    isRetrospective: true,
    impactStartAt: '2026-03-01T10:00:00.000Z',
    detectedAt: '2026-03-01T10:20:00.000Z',
    markers: [
      { marker: 'fixed', at: '2026-03-01T12:00:00.000Z', note: 'deployed' },
      { marker: 'mitigated', at: '2026-03-01T10:50:00.000Z', note: 'rolled back' },
    ],
  };

  test('has the markers of its time, in whatever order they are given', async () => {
    const found = { marker: 'causeLocated', at: '2026-03-01T10:40:00.000Z', note: 'remembered' };
    const { markers: known } = await ask('POST', '/incident', {
      ...past,
      markers: [...past.markers, found],
    });
    assert.equal(known.causeLocated.note, 'remembered');
    const { state, durations, markers, updateDueAt } = await ask('POST', '/incident', past);
    assert.equal(state, 'fixed');
    assert.deepEqual(durations, {
      timeToDetectMs: 20 * 60_000,
      timeToMitigateMs: 30 * 60_000,
      customerVisibleMs: 50 * 60_000,
    });
    assert.equal(markers.fixed.note, 'deployed');
    assert.equal(updateDueAt, null, 'nobody waits for word of the past');
  });

  test('is not stored at all where its markers are out of order', async () => {
    const before = (await ask('GET', '/incident?limit=250')).data.length;
    const markers = [{ marker: 'mitigated', at: '2026-03-01T09:00:00.000Z', note: 'early' }];
    await refused(422, 'POST', '/incident', { ...past, markers });
    assert.equal((await ask('GET', '/incident?limit=250')).data.length, before);
  });
});

describe('the timeline', () => {
  test('stands in the order of what happened, whenever it was written, with its evidence', async () => {
    const { id } = await ask('POST', '/incident', { title: 'Told late', detectedAt: ago(60) });
    const path = `/incident/${id}/timeline`;
    const url = 'https://graphs.example/d/1';
    await ask('POST', path, { text: 'Queue grew', at: ago(90), evidence: [{ kind: 'url', url }] });
    await ask('POST', path, { text: 'Now' });
    const { data } = await ask('GET', path);
    const rows = Array.from<{ text: string; at: string }>(data);
    assert.equal(rows[0]?.text, 'Queue grew');
    assert.equal(rows.at(-1)?.text, 'Now');
    assert.deepEqual(data[0].evidence, [{ kind: 'url', url }]);
    assert.equal(data[0].kind, 'evidence');
    const moments = rows.map(({ at }) => at);
    assert.deepEqual(moments, moments.toSorted());
    const down = await ask('GET', `${path}?order=descending`);
    assert.equal(down.data[0].text, 'Now');
  });

  test('is read page by page in both directions without losing or repeating a row', async () => {
    const { id } = await ask('POST', '/incident', { title: 'Long', detectedAt: ago(300) });
    const path = `/incident/${id}/timeline`;
    // Rows of one moment are the ones that a page could lose.
    const at = ago(100);
    for (let nth = 0; nth < 23; nth += 1) await ask('POST', path, { text: `row ${nth}`, at });
    const all = Array.from<{ id: string }>((await ask('GET', `${path}?limit=250`)).data);
    for (const order of ['ascending', 'descending']) {
      const seen: string[] = [];
      for (let iterator = '', isDone = false; !isDone;) {
        const query = `limit=5&order=${order}${iterator === '' ? '' : `&iterator=${iterator}`}`;
        const page = await ask('GET', `${path}?${query}`);
        seen.push(...Array.from<{ id: string }>(page.data).map((row) => row.id));
        if (seen.length === 10) {
          const back = await ask(
            'GET',
            `${path}?limit=5&order=${order}&iterator=${page.prevIterator}`,
          );
          assert.deepEqual(
            Array.from<{ id: string }>(back.data).map((row) => row.id),
            seen.slice(0, 5),
          );
        }
        ({ iterator, done: isDone } = page);
      }
      const expected = all.map((row) => row.id);
      assert.deepEqual(seen, order === 'ascending' ? expected : expected.toReversed());
    }
    await refused(422, 'GET', `${path}?iterator=row_1.1`);
    const notes = await ask('GET', `${path}?kind=note&limit=3`);
    assert.equal(notes.data.length, 3);
    assert.equal(notes.done, false);
    const kinds = Array.from<{ kind: string }>(notes.data).map(({ kind }) => kind);
    assert.deepEqual(new Set(kinds), new Set(['note']));
  });
});

test('no token is called what the service calls itself, however it is written', async () => {
  for (const name of ['holdfast', 'HoldFast', ' holdfast ']) {
    const { detail } = await refused(422, 'POST', '/token', { name, scope: 'write' });
    assert.match(JSON.stringify(detail), /Name the token for who holds it/);
  }
});

test('the list has what is asked for, page by page', async () => {
  const open = async (body: object) =>
    (await ask('POST', '/incident', { title: 'Listed', owner: 'listed', ...body })).id as string;
  const first = await open({ severity: 1 });
  const since = new Date().toISOString();
  const second = await open({ severity: 2, isDrill: true });
  const third = await open({ owner: 'Listed', severity: 4 });
  await ask('PATCH', `/incident/${third}`, { causeClass: 'deploy' });
  await ask('POST', `/incident/${first}/decline`, { reason: 'a test' });
  const listed = async (query: string): Promise<readonly string[]> => {
    const answer = await ask('GET', `/incident?owner=LISTED&${query}`);
    const incidents: readonly { readonly id: string }[] = answer.data;
    return incidents.map(({ id }) => id);
  };
  assert.deepEqual(await listed(''), [third, second, first]);
  assert.deepEqual(await listed('open=true'), [third, second]);
  assert.deepEqual(await listed('state=declined,closed'), [first]);
  assert.deepEqual(await listed('severity=1&severity=2'), [second, first]);
  assert.deepEqual(await listed('cause_class=deploy'), [third]);
  assert.deepEqual(await listed('drill=true'), [second]);
  assert.deepEqual(await listed('drill=false'), [third, first]);
  assert.deepEqual(await listed(`since=${since}`), [third, second]);
  const page = await ask('GET', '/incident?owner=listed&drill=false&limit=1');
  assert.deepEqual([page.done, page.data[0].id], [false, third]);
  const rest = `/incident?owner=listed&drill=false&limit=1&iterator=${page.iterator}`;
  const next = await ask('GET', rest);
  assert.deepEqual([next.done, next.data[0].id], [true, first]);
  for (const query of ['severity=5', 'state=over', 'cause_class=chance', 'since=yesterday']) {
    await refused(422, 'GET', `/incident?${query}`);
  }
});

test('a token that reads sees incidents and moves none, and one of an application sees none', async () => {
  const { id } = await ask('POST', '/incident', { title: 'Whose' });
  const { token } = await ask('POST', '/token', { name: 'reader', scope: 'read' });
  const as = (method: string, path: string, body: unknown, bearer: string) =>
    service.call(method, `/api/v1${path}`, body, { token: bearer });
  assert.equal((await as('GET', `/incident/${id}`, undefined, token)).status, 200);
  assert.equal((await as('POST', `/incident/${id}/acknowledge`, {}, token)).status, 403);
  await ask('POST', '/app', { name: 'Portal', uid: 'portal' });
  const portal = (await ask('POST', '/auth/app-portal-access/portal', {})).token;
  assert.equal((await as('GET', '/incident', undefined, portal)).status, 403);
  assert.equal((await as('GET', `/incident/${id}`, undefined, portal)).status, 403);
});
