import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { routes } from '../../../src/api/index.ts';
import { createBrowser, type Browser } from '../../support/browser.ts';
import { TestScope } from '../../support/service-scope.ts';
import { countRows, startTestService, type TestService } from '../../support/service.ts';

const scope = new TestScope();
let service: TestService;
let browser: Browser;

before(async () => {
  service = await startTestService(scope);
  browser = createBrowser(service);
  await browser.signIn(service.token);
});
after(() => scope.end());

const pathOf = (path: string): string => path.replaceAll(/\{\w+\}/g, 'something');
const changing = [
  ...routes.filter(({ method, access }) => method !== 'GET' && access !== 'public'),
  { method: 'DELETE', path: '/session' },
];

/** What a page elsewhere can make a browser send, and what it cannot know. */
const attacks: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
  'no token': { 'x-csrf-token': null },
  'an empty token': { 'x-csrf-token': '' },
  'a wrong token': { 'x-csrf-token': 'AAAAAAAAAAAAAAAAAAAAAA' },
  'another site': { 'sec-fetch-site': 'cross-site' },
  'another host of the site': { 'sec-fetch-site': 'same-site' },
  'an address that somebody typed': { 'sec-fetch-site': 'none' },
  'another origin, by an old browser': {
    'sec-fetch-site': null,
    origin: 'https://evil.example',
  },
  'an origin without a name': { 'sec-fetch-site': null, origin: 'null' },
};

describe('a cookie changes nothing for another page', () => {
  for (const { method, path } of changing) {
    test(`${method} ${path}`, async () => {
      const rows = countRows(service.dataDir);
      for (const [what, headers] of Object.entries(attacks)) {
        const body = method === 'DELETE' ? undefined : {};
        const { status, json } = await browser.send(method, pathOf(path), { body, headers });
        assert.deepEqual([what, status, json?.code], [what, 403, 'csrf_refused']);
      }
      assert.deepEqual(countRows(service.dataDir), rows);
      assert.equal((await browser.send('GET', '/session')).status, 200, 'still signed in');
    });
  }
});

test('the token of another session is a wrong one', async () => {
  const other = createBrowser(service);
  await other.signIn(service.token);
  const { status } = await browser.send('POST', '/api/v1/app', {
    body: { name: 'never' },
    headers: { 'x-csrf-token': other.csrf },
  });
  assert.equal(status, 403);
});

test('our own page is let in, by an old browser too', async () => {
  const body = (): object => ({ name: 'own', uid: crypto.randomUUID() });
  const modern = await browser.send('POST', '/api/v1/app', { body: body() });
  const old = await browser.send('POST', '/api/v1/app', {
    body: body(),
    headers: { 'sec-fetch-site': null, origin: service.url },
  });
  assert.deepEqual([modern.status, old.status], [201, 201]);
});

test('another page signs nobody in', async () => {
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': null, origin: 'https://evil.example' },
  ]) {
    const { status, json } = await createBrowser(service).send('POST', '/session', {
      body: { token: service.token },
      headers,
    });
    assert.deepEqual([status, json.code], [403, 'csrf_refused']);
  }
  // A form can send no JSON.
  const form = await createBrowser(service).send('POST', '/session', {
    body: `token=${service.token}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  assert.equal(form.status, 415);
});

test('a token that is sent needs no proof of a page', async () => {
  const body = { name: 'by a program', uid: crypto.randomUUID() };
  const { status } = await service.call('POST', '/api/v1/app', body, {
    headers: { 'sec-fetch-site': 'cross-site' },
  });
  assert.equal(status, 201);
});
