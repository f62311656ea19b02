import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { TestScope } from '../support/service-scope.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { until } from '../support/service-until.ts';

const HOSTILE = `<script>alert(1)</script> ]]> & "quoted" 'text' \u202egnp.exe\u0000\u000b\ud800 --> </title>`;
const START = Date.now();
const ago = (minutes: number): string => new Date(START - minutes * 60_000).toISOString();

const scope = new TestScope();
let service: TestService;

before(async () => {
  service = await startTestService(scope, { publicUrl: 'https://holdfast.example' });
  for (const uid of ['acme', 'bolt']) {
    await ask('POST', '/app', { name: `${uid} name`, uid });
    await ask('POST', `/app/${uid}/endpoint`, { url: 'http://127.0.0.1:9/', uid: `${uid}-end` });
  }
});
after(() => scope.end());

async function ask(method: string, path: string, body?: unknown) {
  const answer = await service.call(method, `/api/v1${path}`, body);
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.json;
}

async function linkOf(appId?: string): Promise<string> {
  const { url } = await ask('POST', '/status/link', { name: 'for the test', appId });
  return new URL(url).pathname;
}

const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  service.call('GET', path, undefined, { token: null, headers });

/** The feed is read from the ledger every five seconds. */
async function feedWith(path: string, text: string): Promise<string> {
  return until(async () => {
    const answer = await get(path);
    assert.equal(answer.status, 200, answer.text);
    return answer.text.includes(text) && answer.text;
  }, `the feed to tell of ${text}`);
}

async function openWith(fields: object, responders: string, owners: string): Promise<string> {
  const { id } = await ask('POST', '/incident', { detectedAt: ago(10), ...fields });
  await ask('POST', `/incident/${id}/update`, { responders, owners });
  return id;
}

describe('what the feed tells, and to whom', () => {
  test('of an application: what concerns it, in the words for owners, and nothing of another', async () => {
    await openWith(
      { title: 'acme-secret-title', slice: { appIds: ['acme'] } },
      'acme-for-responders',
      'acme-for-owners',
    );
    await openWith(
      { title: 'bolt-secret-title', slice: { endpointIds: ['bolt/bolt-end'] } },
      'bolt-for-responders',
      'bolt-for-owners',
    );
    const both = { title: 'all-secret-title', owner: 'platform-team', summary: 'all-summary' };
    await openWith(both, 'all-for-responders', 'all-for-owners');
    const [acme, bolt, all] = [await linkOf('acme'), await linkOf('bolt'), await linkOf()];
    for (const form of ['', '/status.json', '/atom.xml', '/rss.xml']) {
      const ofAcme = await feedWith(acme + form, 'all-for-owners');
      assert.match(ofAcme, /acme-for-owners/);
      assert.doesNotMatch(ofAcme, /bolt/);
      const ofBolt = await feedWith(bolt + form, 'all-for-owners');
      assert.match(ofBolt, /bolt-for-owners/);
      assert.doesNotMatch(ofBolt, /acme/);
      const ofAll = await feedWith(all + form, 'all-for-owners');
      assert.match(ofAll, /acme-for-owners[^]*|bolt-for-owners/);
      for (const text of [ofAcme, ofBolt, ofAll]) {
        assert.doesNotMatch(text, /secret-title|for-responders|platform-team|all-summary|app_|ep_/);
      }
    }
  });

  test('what was written of one application is not told to others when the incident grows', async () => {
    const id = await openWith(
      { title: 'grows', slice: { appIds: ['acme'] } },
      'ours',
      'grown-for-acme-alone',
    );
    await ask('PATCH', `/incident/${id}`, { slice: {} });
    await ask('POST', `/incident/${id}/update`, { responders: 'ours', owners: 'grown-for-all' });
    const bolt = await linkOf('bolt');
    const ofBolt = await feedWith(`${bolt}/status.json`, 'grown-for-all');
    assert.doesNotMatch(ofBolt, /grown-for-acme-alone/);
    assert.match(
      await feedWith(`${await linkOf('acme')}/status.json`, 'grown-for-all'),
      /acme-alone/,
    );
  });

  test('no drill, nothing of the past, nothing declined, and nothing slight before somebody wrote of it', async () => {
    const drill = await openWith({ title: 'one', isDrill: true }, 'x', 'hidden-drill');
    await openWith({ title: 'two', isRetrospective: true }, 'x', 'hidden-past');
    const declined = await openWith({ title: 'three' }, 'x', 'hidden-declined');
    await ask('POST', `/incident/${declined}/decline`, { reason: 'a test' });
    const slight = await ask('POST', '/incident', { title: 'four', severity: 3 });
    const severe = await ask('POST', '/incident', { title: 'five', severity: 2 });
    const json = await feedWith(`${await linkOf()}/status.json`, severe.id);
    assert.doesNotMatch(json, /hidden/);
    for (const id of [drill, declined, slight.id]) assert.ok(!json.includes(id));
  });

  test('one that became a part of another is told with it', async () => {
    const part = await openWith({ title: 'part' }, 'x', 'told-of-the-part');
    const whole = await openWith({ title: 'whole' }, 'x', 'told-of-the-whole');
    await ask('POST', `/incident/${part}/merge`, { into: whole });
    const path = `${await linkOf()}/status.json`;
    type Entry = { readonly id: string; readonly updates: readonly { readonly text: string }[] };
    const told = await until(async () => {
      const { json } = await get(path);
      const current = Array.from<Entry>(json.current);
      return current.every(({ id }) => id !== part) && current.find(({ id }) => id === whole);
    }, 'the merge to be told');
    assert.deepEqual(
      new Set(told.updates.map(({ text }) => text)),
      new Set(['told-of-the-part', 'told-of-the-whole']),
    );
  });

  test('it goes on, is over, and is resolved, with the moments of each', async () => {
    const id = await openWith({ title: 'course', detectedAt: ago(50) }, 'x', 'course-begun');
    const path = `${await linkOf()}/status.json`;
    await ask('POST', `/incident/${id}/marker`, { marker: 'mitigated', note: 'x', at: ago(30) });
    await ask('POST', `/incident/${id}/marker`, { marker: 'fixed', note: 'x', at: ago(20) });
    const entry = await until(async () => {
      const { json } = await get(path);
      return Array.from<{ id: string }>(json.past).find((each) => each.id === id);
    }, 'the end to be told');
    const { state, since, mitigatedAt, resolvedAt } = { ...Object(entry) };
    assert.deepEqual(
      [state, since, mitigatedAt, resolvedAt],
      ['resolved', ago(50), ago(30), ago(20)],
    );
  });
});

describe('the forms of the feed', () => {
  test('hostile text stays text in the page, in Atom and in RSS', async () => {
    await openWith({ title: HOSTILE, severity: 1 }, HOSTILE, `hostile-mark ${HOSTILE}`);
    const path = await linkOf();
    const page = await feedWith(path, 'hostile-mark');
    assert.doesNotMatch(page, /<script|\u202e|<\/title> --/);
    assert.match(page, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
    for (const form of ['/atom.xml', '/rss.xml']) {
      const xml = await feedWith(path + form, 'hostile-mark');
      // oxlint-disable-next-line no-control-regex -- what XML 1.0 has no place for
      assert.doesNotMatch(xml, /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|<script|]]>|\u202e/);
      assert.equal(xml, xml.toWellFormed());
      assertBalanced(xml);
    }
  });

  test('Atom has what RFC 4287 requires of a feed and of each entry, and ids that stay', async () => {
    const path = `${await linkOf('acme')}/atom.xml`;
    const xml = await feedWith(path, 'acme-for-owners');
    assertBalanced(xml);
    const [head = '', ...entries] = xml.split('<entry>');
    const one = (text: string, element: string): string => {
      const found = Array.from(
        text.matchAll(new RegExp(`<${element}(?: [^>]*)?>([^<]*)</${element}>`, 'g')),
        ([, inner = '']) => inner,
      );
      assert.equal(found.length, 1, `${element} in ${text}`);
      return found[0] ?? '';
    };
    assert.match(head, /<feed xmlns="http:\/\/www\.w3\.org\/2005\/Atom"/);
    assert.match(
      one(head, 'id'),
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    assert.ok(one(head, 'title').length > 0);
    assert.match(head, /<author><name>[^<]+<\/name><\/author>/);
    assert.ok(
      head.includes(
        `<link rel="self" type="application/atom+xml" href="https://holdfast.example${path}"/>`,
      ),
    );
    const updated = entries.map((entry) => one(entry, 'updated'));
    assert.ok(entries.length >= 3);
    for (const entry of entries) {
      one(entry, 'title');
      one(entry, 'content');
      assert.match(entry, /<link rel="alternate" type="text\/html" href="https:/);
      assert.match(one(entry, 'published'), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
    assert.equal(one(head, 'updated'), updated.toSorted().at(-1));
    const ids = entries.map((entry) => one(entry, 'id'));
    assert.equal(new Set(ids).size, ids.length);
    const again = await feedWith(path, 'acme-for-owners');
    assert.ok(ids.every((id) => again.includes(id)));
  });

  test('an answer that the reader has already is not sent again', async () => {
    const path = `${await linkOf('bolt')}/status.json`;
    await feedWith(path, 'bolt-for-owners');
    const first = await get(path);
    const etag = first.headers.get('etag') ?? '';
    assert.match(etag, /^"[\w-]{20,}"$/);
    assert.match(first.headers.get('cache-control') ?? '', /^public, max-age=\d+$/);
    const again = await get(path, { 'if-none-match': `"other", W/${etag}` });
    assert.deepEqual([again.status, again.text], [304, '']);
    assert.equal((await get(path, { 'if-none-match': '"other"' })).status, 200);
  });

  test('the page runs nothing and loads nothing, and the link opens nothing else', async () => {
    const path = await linkOf();
    const { text, headers } = await get(path);
    assert.match(headers.get('content-type') ?? '', /^text\/html/);
    assert.match(
      headers.get('content-security-policy') ?? '',
      /^default-src 'none'; style-src 'sha256-/,
    );
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.doesNotMatch(text, /<script|<img|src=|@import|url\(/);
    assert.match(text, /<html lang="en">/);
    const token = path.replace('/status/', '');
    for (const other of ['/api/v1/incident', '/api/v1/app', '/metrics', '/board']) {
      assert.equal((await service.call('GET', other, undefined, { token })).status, 401, other);
    }
    assert.equal((await get(`/board/${token}`)).status, 404);
  });

  test('a link ends when it is revoked, and one of an application when that is deleted', async () => {
    const made = await ask('POST', '/status/link', { name: 'short' });
    const path = new URL(made.url).pathname;
    assert.equal((await get(path)).status, 200);
    await ask('DELETE', `/token/${made.id}`);
    assert.equal((await get(path)).status, 404);
    await ask('POST', '/app', { name: 'brief', uid: 'brief' });
    const brief = await linkOf('brief');
    assert.equal((await get(`${brief}/rss.xml`)).status, 200);
    await ask('DELETE', '/app/brief');
    assert.equal((await get(`${brief}/rss.xml`)).status, 404);
    assert.equal((await get('/status/hfs_nothing')).status, 404);
    const nobody = await service.call('POST', '/api/v1/status/link', { name: 'x', appId: 'none' });
    assert.equal(nobody.status, 404);
  });

  test('without a link there is a feed only where the setting says so', async (t) => {
    assert.equal((await get('/status')).status, 404);
    const open = await startTestService(t, { statusAccess: 'public' });
    const answer = await open.call('GET', '/status', undefined, { token: null });
    assert.equal(answer.status, 200);
    assert.match(answer.text, /Deliveries are as they should be\./);
    const atom = await open.call('GET', '/status/atom.xml', undefined, { token: null });
    assert.match(atom.headers.get('content-type') ?? '', /^application\/atom\+xml/);
    assertBalanced(atom.text);
  });
});

/** Every element that opens is closed in its turn, and no text holds what only markup may. */
function assertBalanced(xml: string): void {
  const open: string[] = [];
  const rest = xml.replace(/^<\?xml [^?]*\?>/, '');
  for (const [tag, close, name = '', end] of rest.matchAll(
    /<(\/?)([\w:]+)((?: [\w:]+="[^"<]*")*\/?)>/g,
  )) {
    if (close === '/') assert.equal(open.pop(), name, tag);
    else if (end?.endsWith('/') !== true) open.push(name);
  }
  assert.deepEqual(open, []);
  const text = rest.replaceAll(/<\/?[\w:]+(?: [\w:]+="[^"<]*")*\/?>/g, '');
  assert.doesNotMatch(text, /[<>]|&(?!amp;|lt;|gt;|quot;|#39;)/);
}
