import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { createBrowser, type Browser } from '../../support/browser.ts';
import { startOpenIdProvider, type OpenIdProvider } from '../../support/open-id-provider.ts';
import { TestScope } from '../../support/service-scope.ts';
import {
  type Answered,
  startTestService,
  type TestService,
  type TestSettings,
} from '../../support/service.ts';

const scope = new TestScope();
const SESSION = 'holdfast_session';
const SIGN_IN = 'holdfast_sign_in';
let provider: OpenIdProvider;
let service: TestService;
let browser: Browser;

before(async () => {
  provider = await startOpenIdProvider(scope);
  service = await startTestService(scope, settingsFor(provider));
});
after(() => scope.end());
beforeEach(() => {
  provider.conduct = { claims: { groups: ['hooks-admins'] } };
  browser = createBrowser(service);
});

function settingsFor({ issuer, clientId, clientSecret }: OpenIdProvider): TestSettings {
  return {
    oidcIssuer: issuer,
    oidcClientId: clientId,
    oidcClientSecret: clientSecret,
    oidcAdminGroups: 'hooks-admins, platform',
    oidcWriteGroups: 'hooks-writers',
    oidcReadGroups: 'everyone',
  };
}

/** To the provider and back, as a browser goes; ends with our answer to what the provider sent. */
async function goThrough(next = '/console/', by = browser): Promise<Answered> {
  const left = await by.send('GET', `/session/oidc?next=${encodeURIComponent(next)}`);
  return left.status === 302 ? by.send('GET', await comeBack(left)) : left;
}

/** The path that the provider sends the browser to. */
async function comeBack(left: Answered): Promise<string> {
  const there = await fetch(left.headers.get('location') ?? '', { redirect: 'manual' });
  const back = new URL(there.headers.get('location') ?? '');
  assert.equal(back.origin, service.url);
  return back.pathname + back.search;
}

function assertProblem(answer: Answered, status: number, sentence: RegExp): void {
  assert.equal(answer.status, status, answer.text);
  assert.match(answer.text, sentence);
  assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  assert.equal(browser.cookies.has(SESSION), false);
}

describe('signing in by OpenID Connect', () => {
  test('opens a session in the name of whom the provider named, with the scope of their group', async () => {
    const means = await browser.send('GET', '/session/means');
    assert.deepEqual(means.json.oidc, { name: new URL(provider.issuer).host });
    const back = await goThrough('/console/incidents/1?tab=timeline');
    assert.equal(back.status, 302);
    assert.equal(back.headers.get('location'), '/console/incidents/1?tab=timeline');
    const { json } = await browser.send('GET', '/session');
    assert.deepEqual(
      [json.actor, json.name, json.scope, json.appId, json.openedBy],
      ['oidc:ada@example.com', 'Ada Lovelace', 'admin', null, 'person'],
    );
    assert.equal(browser.cookies.has(SIGN_IN), false, 'it was good for one try');
    browser.csrf = json.csrf;
    const body = { name: 'by Ada', uid: crypto.randomUUID() };
    assert.equal((await browser.send('POST', '/api/v1/app', { body })).status, 201);
    const { json: changes } = await browser.send('GET', '/api/v1/change?limit=1');
    assert.equal(changes.data[0].actor, 'oidc:ada@example.com');
  });

  test('gives the widest scope that one of the groups gives', async () => {
    const cases: readonly (readonly [unknown, string])[] = [
      [['everyone'], 'read'],
      [['everyone', 'hooks-writers'], 'write'],
      [['hooks-writers', 'platform'], 'admin'],
      ['everyone', 'read'],
    ];
    for (const [groups, wanted] of cases) {
      provider.conduct = { claims: { groups } };
      const own = createBrowser(service);
      await goThrough('/console/', own);
      assert.equal((await own.send('GET', '/session')).json.scope, wanted);
    }
  });

  test('asks the provider for groups that the token does not name', async (t) => {
    provider.conduct = { userInfo: { groups: ['hooks-writers'] } };
    const own = await startTestService(t, settingsFor(provider));
    const its = createBrowser(own);
    const left = await its.send('GET', '/session/oidc');
    const there = await fetch(left.headers.get('location') ?? '', { redirect: 'manual' });
    assert.equal((await its.send('GET', there.headers.get('location') ?? '')).status, 302);
    assert.equal((await its.send('GET', '/session')).json.scope, 'write');
  });

  test('finds groups in an object, and lets everybody read where the setting says so', async (t) => {
    const own = await startTestService(t, {
      ...settingsFor(provider),
      oidcGroupsClaim: 'realm_access.roles',
      oidcReadGroups: '*',
    });
    const scopeFor = async (claims: Readonly<Record<string, unknown>>): Promise<string> => {
      provider.conduct = { claims };
      const its = createBrowser(own);
      const left = await its.send('GET', '/session/oidc');
      const there = await fetch(left.headers.get('location') ?? '', { redirect: 'manual' });
      await its.send('GET', there.headers.get('location') ?? '');
      return (await its.send('GET', '/session')).json.scope;
    };
    assert.equal(await scopeFor({ realm_access: { roles: ['platform'] } }), 'admin');
    assert.equal(await scopeFor({}), 'read');
  });

  test('does not take an address that the provider did not verify for a name', async () => {
    const groups = ['everyone'];
    provider.conduct = { claims: { groups, email: 'root@example.com', email_verified: false } };
    await goThrough();
    assert.equal((await browser.send('GET', '/session')).json.actor, 'oidc:ada-1');
  });
});

describe('nobody gets in', () => {
  test('without a group, or with another', async () => {
    for (const groups of [undefined, [], ['visitors'], ['*'], ['HOOKS-ADMINS'], [1, null]]) {
      provider.conduct = { claims: { groups } };
      assertProblem(await goThrough(), 403, /none of your groups may come in/);
    }
  });

  test('by a token that was made for another sign-in, another client, or by another provider', async () => {
    const groups = ['hooks-admins'];
    for (const claims of [
      { nonce: 'another' },
      { nonce: undefined },
      { aud: 'another-client' },
      { iss: 'https://elsewhere.example' },
    ]) {
      provider.conduct = { claims: { groups, ...claims } };
      assertProblem(await goThrough(), 403, /was not made for this sign-in|does not belong/);
    }
  });

  test('by a token that the provider did not sign', async () => {
    provider.conduct = { claims: { groups: ['hooks-admins'] }, isForged: true };
    assertProblem(await goThrough(), 403, /not signed by it/);
  });

  test('by an answer to another question', async () => {
    provider.conduct = { ...provider.conduct, state: 'another' };
    assertProblem(await goThrough(), 403, /does not belong to this sign-in/);
  });

  test('by a code that has expired, or was used', async () => {
    provider.conduct = { ...provider.conduct, areCodesExpired: true };
    assertProblem(await goThrough(), 403, /was used already, or has expired/);
    provider.conduct = { claims: { groups: ['hooks-admins'] } };
    const left = await browser.send('GET', '/session/oidc');
    const signIn = browser.cookies.get(SIGN_IN) ?? '';
    const back = await comeBack(left);
    assert.equal((await browser.send('GET', back)).status, 302);
    await browser.send('GET', '/session').then(({ json }) => (browser.csrf = json.csrf));
    await browser.send('DELETE', '/session');
    browser.cookies.set(SIGN_IN, signIn);
    assertProblem(await browser.send('GET', back), 403, /was used already/);
  });

  test('by a code that somebody put under them: it began in another browser', async () => {
    const left = await createBrowser(service).send('GET', '/session/oidc');
    assertProblem(await browser.send('GET', await comeBack(left)), 403, /another browser/);
    const own = await browser.send('GET', '/session/oidc');
    assert.equal(own.status, 302);
    const foreign = await createBrowser(service).send('GET', '/session/oidc');
    assertProblem(await browser.send('GET', await comeBack(foreign)), 403, /does not belong/);
  });

  test('whom the provider refuses, and what it says is shown as text', async () => {
    const error_description = '<script>alert(1)</script>\r\nno';
    provider.conduct = { refuses: { error: 'access_denied', error_description } };
    const answer = await goThrough();
    assertProblem(
      answer,
      403,
      /The provider refused: &lt;script&gt;alert\(1\)&lt;\/script&gt; +no/,
    );
  });

  test('while the clocks differ by minutes; seconds do no harm', async () => {
    const claims = { groups: ['hooks-admins'] };
    for (const clockAheadSeconds of [600, -600]) {
      provider.conduct = { claims, clockAheadSeconds };
      assertProblem(await goThrough(), 403, /Compare the clocks/);
    }
    for (const clockAheadSeconds of [20, -20]) {
      provider.conduct = { claims, clockAheadSeconds };
      const own = createBrowser(service);
      assert.equal((await goThrough('/console/', own)).status, 302);
    }
  });

  test('while the provider is down, and everybody once it is back', async (t) => {
    const other = await startOpenIdProvider(t);
    const own = await startTestService(t, settingsFor(other));
    const its = createBrowser(own);
    other.conduct = { status: 500 };
    const down = await its.send('GET', '/session/oidc');
    assert.equal(down.status, 502);
    assert.match(down.text, /gave no usable answer\. Sign in by a token until it does/);
    other.conduct = { claims: { groups: ['everyone'] } };
    const left = await its.send('GET', '/session/oidc');
    assert.equal(left.status, 302);
    await other.close();
    const back = new URL('/session/oidc/callback', own.url);
    const asked = new URL(left.headers.get('location') ?? '').searchParams;
    back.searchParams.set('state', asked.get('state') ?? '');
    back.searchParams.set('code', 'any');
    const answer = await its.send('GET', back.pathname + back.search);
    assert.equal(answer.status, 502);
    assert.equal((await its.signIn(own.token)).status, 200, 'a token still does');
  });
});

test('a sign-in leads to a page of the console and nowhere else', async () => {
  for (const next of [
    'https://evil.example/console/',
    '//evil.example/console/',
    '/\\evil.example/console/',
    '/console/../../docs',
    'javascript:alert(1)',
    '/api/v1/app',
    '\r\nset-cookie: a=b',
    '/console/%0d%0aset-cookie:a=b',
    '/console/\r\nlocation: https://evil.example',
    'x'.repeat(5000),
  ]) {
    const own = createBrowser(service);
    const back = await goThrough(next, own);
    assert.equal(back.status, 302, back.text);
    const to = back.headers.get('location') ?? '';
    assert.match(to, /^\/console\/[\w%:=./-]*$/, JSON.stringify(next));
    assert.equal(new URL(to, service.url).origin, service.url);
    assert.deepEqual([...own.cookies.keys()], [SESSION]);
  }
});

test('a session of a person ends once the rules for groups change', async (t) => {
  const first = await startTestService(t, settingsFor(provider));
  const its = createBrowser(first);
  const left = await its.send('GET', '/session/oidc');
  const there = await fetch(left.headers.get('location') ?? '', { redirect: 'manual' });
  await its.send('GET', there.headers.get('location') ?? '');
  assert.equal((await its.send('GET', '/session')).status, 200);
  await first.stop();
  const { dataDir } = first;
  const same = await startTestService(t, { ...settingsFor(provider), dataDir });
  const cookies = its.cookies.get(SESSION) ?? '';
  const headers = { cookie: `${SESSION}=${cookies}` };
  const again = await createBrowser(same).send('GET', '/session', { headers });
  assert.equal(again.status, 200, 'a restart ends no session');
  await same.stop();
  const changed = await startTestService(t, {
    ...settingsFor(provider),
    dataDir,
    oidcAdminGroups: 'platform',
  });
  const ended = await createBrowser(changed).send('GET', '/session', { headers });
  assert.equal(ended.status, 401);
});

test('where no provider is set there is a sentence', async (t) => {
  const own = await startTestService(t);
  for (const path of ['/session/oidc', '/session/oidc/callback?code=a&state=b']) {
    const { status, text } = await createBrowser(own).send('GET', path);
    assert.equal(status, 404);
    assert.match(text, /HOLDFAST_OIDC_ISSUER/);
  }
});

test('settings that would let in nobody, everybody, or a stranger are refused at the start', async (t) => {
  const good = settingsFor(provider);
  const cases: readonly (readonly [TestSettings, string])[] = [
    [{ oidcIssuer: 'idp.example.com' }, 'HOLDFAST_OIDC_ISSUER'],
    [{ oidcIssuer: 'http://idp.example.com' }, 'HOLDFAST_OIDC_ISSUER'],
    [{ oidcIssuer: 'javascript:alert(1)' }, 'HOLDFAST_OIDC_ISSUER'],
    [{ oidcClientId: '' }, 'HOLDFAST_OIDC_CLIENT_ID'],
    [
      { oidcAdminGroups: ' ', oidcWriteGroups: ',', oidcReadGroups: '' },
      'HOLDFAST_OIDC_READ_GROUPS',
    ],
    [{ oidcAdminGroups: '*' }, 'HOLDFAST_OIDC_ADMIN_GROUPS'],
  ];
  for (const [wrong, field] of cases) {
    await assert.rejects(startTestService(t, { ...good, ...wrong }), {
      code: 'config_invalid',
      field,
    });
  }
});
