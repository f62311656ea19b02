import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { SignJWT } from 'jose';
import { derivedKey } from '../../../src/app/secret-files.ts';
import { createBrowser, type Browser } from '../../support/browser.ts';
import { TestScope } from '../../support/service-scope.ts';
import { startTestService, createApplication, type TestService } from '../../support/service.ts';

const scope = new TestScope();
const KEY = Buffer.alloc(32, 7);
const COOKIE = 'holdfast_session';
let service: TestService;
let browser: Browser;

before(async () => {
  service = await startTestService(scope, { encryptionKey: KEY.toString('base64') });
  await createApplication(service, 'acme');
  await createApplication(service, 'other');
});
after(() => scope.end());
beforeEach(() => {
  browser = createBrowser(service);
});

async function newToken(tokenScope: string): Promise<{ readonly id: string; token: string }> {
  const name = `${tokenScope}-${crypto.randomUUID()}`;
  const { json } = await service.call('POST', '/api/v1/token', { name, scope: tokenScope });
  return json;
}

async function portalToken(uid: string): Promise<string> {
  const { json } = await service.call('POST', `/api/v1/auth/app-portal-access/${uid}`, {});
  return json.token;
}

describe('signing in by a token', () => {
  test('gives a cookie that no script reads and no other site sends, and says whose it is', async () => {
    const { status, json } = await browser.signIn(service.token);
    assert.equal(status, 200);
    assert.deepEqual(
      [json.actor, json.scope, json.appId, json.openedBy],
      ['admin', 'admin', null, 'token'],
    );
    const attributes = browser.attributes.get(COOKIE) ?? [];
    for (const wanted of ['httponly', 'samesite=lax', 'path=/']) {
      assert.ok(attributes.includes(wanted), `${wanted} in ${attributes.join('; ')}`);
    }
    assert.ok(!attributes.includes('secure'), 'plain http would never send it');
    const lasts = Date.parse(json.expiresAt) - Date.now();
    assert.ok(lasts > 11.9 * 3_600_000 && lasts <= 12 * 3_600_000, String(lasts));
    assert.ok(!browser.cookies.get(COOKIE)?.includes(service.token));
    const again = await browser.send('GET', '/session');
    assert.deepEqual(again.json, json);
  });

  test('lets the cookie do what the token may: reading, and writing with x-csrf-token', async () => {
    await browser.signIn(service.token);
    assert.equal((await browser.send('GET', '/api/v1/app')).status, 200);
    const body = { name: 'made by a browser', uid: crypto.randomUUID() };
    assert.equal((await browser.send('POST', '/api/v1/app', { body })).status, 201);
    const { json } = await browser.send('GET', '/api/v1/change?limit=1');
    assert.deepEqual([json.data[0].actor, json.data[0].via], ['admin', 'console']);
  });

  test('keeps to the scope of the token', async () => {
    const { token } = await newToken('read');
    assert.equal((await browser.signIn(token)).json.scope, 'read');
    const body = { name: 'never' };
    const refused = await browser.send('POST', '/api/v1/app', { body });
    assert.deepEqual([refused.status, refused.json.code], [403, 'insufficient_access']);
  });

  test('is refused for what is no token, and for a link to a board', async () => {
    const made = await service.call('POST', '/api/v1/board/link', { name: 'a board' });
    const link = String(made.json.url).split('/').at(-1);
    for (const token of ['garbage', link, `${service.token}x`]) {
      const { status, json } = await createBrowser(service).send('POST', '/session', {
        body: { token },
      });
      assert.deepEqual([status, json.code, json.field], [401, 'authentication_failed', 'token']);
    }
    const { status, json } = await browser.send('POST', '/session', { body: { tokens: 1 } });
    assert.deepEqual([status, json.code], [422, 'validation']);
  });

  test('ends the session that the browser had before', async () => {
    await browser.signIn(service.token);
    const first = browser.cookies.get(COOKIE) ?? '';
    await browser.signIn(service.token);
    const { status } = await browser.send('GET', '/session', {
      headers: { cookie: `${COOKIE}=${first}` },
    });
    assert.equal(status, 401);
  });
});

describe('the means of signing in', () => {
  test('are told to anyone, with whether this browser has signed in', async () => {
    const before = await browser.send('GET', '/session/means');
    assert.deepEqual(before.json, { token: true, oidc: null, isSignedIn: false });
    await browser.signIn(service.token);
    assert.equal((await browser.send('GET', '/session/means')).json.isSignedIn, true);
  });
});

describe('a session ends', () => {
  test('when its token is revoked', async () => {
    const { id, token } = await newToken('admin');
    await browser.signIn(token);
    assert.equal((await browser.send('GET', '/session')).status, 200);
    await service.call('DELETE', `/api/v1/token/${id}`);
    assert.equal((await browser.send('GET', '/session')).status, 401);
  });

  test('when its browser signs out, for every copy of the cookie at once', async () => {
    await browser.signIn(service.token);
    const copy = { cookie: `${COOKIE}=${browser.cookies.get(COOKIE)}` };
    assert.equal((await browser.send('GET', '/api/v1/app', { headers: copy })).status, 200);
    assert.equal((await browser.send('DELETE', '/session')).status, 204);
    assert.equal(browser.cookies.has(COOKIE), false);
    const thief = await browser.send('GET', '/api/v1/app', { headers: copy });
    assert.deepEqual([thief.status, thief.json.field], [401, 'cookie']);
    assert.equal((await service.call('GET', '/api/v1/app')).status, 200, 'the token is as it was');
  });

  test('when a portal token is logged out, or its application is deleted', async () => {
    const token = await portalToken('acme');
    await browser.signIn(token);
    assert.equal((await browser.send('POST', '/api/v1/auth/logout')).status, 204);
    assert.equal((await browser.send('GET', '/session')).status, 401);
    await createApplication(service, 'short-lived');
    await browser.signIn(await portalToken('short-lived'));
    await service.call('DELETE', '/api/v1/app/short-lived');
    assert.equal((await browser.send('GET', '/session')).status, 401);
  });

  test('and signing out twice, or without a session, does no harm', async () => {
    await browser.signIn(service.token);
    await browser.send('DELETE', '/session');
    assert.equal((await browser.send('DELETE', '/session')).status, 204);
  });
});

describe('a session of one application', () => {
  beforeEach(async () => {
    const { json } = await browser.signIn(await portalToken('acme'));
    assert.equal(json.openedBy, 'portal');
  });

  test('sees that application', async () => {
    const { json } = await browser.send('GET', '/session');
    const { status, json: application } = await browser.send('GET', `/api/v1/app/${json.appId}`);
    assert.deepEqual([status, application.uid], [200, 'acme']);
  });

  test('sees no other, and nothing of the whole organization', async () => {
    assert.equal((await browser.send('GET', '/api/v1/app/other')).status, 404);
    for (const path of ['/api/v1/app', '/api/v1/token', '/metrics', '/board']) {
      const { status, json } = await browser.send('GET', path);
      assert.deepEqual([path, status, json.code], [path, 403, 'insufficient_access']);
    }
  });
});

describe('a cookie that is not ours', () => {
  const opening = { kind: 'token', tokenHash: 'a'.repeat(64) };
  const claims = { jti: 'x', csrf: 'y', opening };
  const sign = (key: Uint8Array, audience: string, payload: object = claims): Promise<string> =>
    new SignJWT({ ...payload })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('holdfast')
      .setAudience(audience)
      .setExpirationTime('1h')
      .sign(key);
  const encode = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString('base64url');

  test('opens nothing: forged, of another key, of another use, unsigned, expired or altered', async () => {
    const own = derivedKey(KEY, 'sessions');
    await browser.signIn((await newToken('read')).token);
    const [head = '', body = '', signature = ''] = (browser.cookies.get(COOKIE) ?? '').split('.');
    const told = JSON.parse(Buffer.from(body, 'base64url').toString());
    const person = { kind: 'person', subject: 'eve', actor: 'eve', scope: 'admin', rules: '' };
    const texts = {
      garbage: 'garbage',
      empty: '',
      'another key': await sign(new Uint8Array(32), 'session'),
      'the sealing key itself': await sign(KEY, 'session'),
      'the key of portal tokens': await sign(derivedKey(KEY, 'portal tokens'), 'session'),
      'a portal token': await portalToken('acme'),
      'a sign-in under way': await sign(own, 'sign-in', {
        state: 's',
        nonce: 'n',
        codeVerifier: 'v',
        next: '/',
      }),
      unsigned: `${encode({ alg: 'none' })}.${body}.`,
      'another opening put in': `${head}.${encode({ ...told, opening: person })}.${signature}`,
      'a person, where nobody signs in so': await sign(own, 'session', {
        ...claims,
        opening: person,
      }),
      'a kind there is not': await sign(own, 'session', { ...claims, opening: { kind: 'root' } }),
      'a token there is not': await sign(own, 'session'),
      'no expiry': await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer('holdfast')
        .setAudience('session')
        .sign(own),
      'another cookie before': `x; ${COOKIE}x=y`,
    };
    for (const [what, text] of Object.entries(texts)) {
      for (const path of ['/session', '/api/v1/app']) {
        const { status, json } = await browser.send('GET', path, {
          headers: { cookie: `${COOKIE}=${text}` },
        });
        assert.deepEqual([what, status, json.code], [what, 401, 'authentication_failed']);
      }
    }
  });

  test('counts for nothing beside a token that is sent', async () => {
    const { token } = await newToken('read');
    await browser.signIn(service.token);
    const { status } = await browser.send('POST', '/api/v1/app', {
      body: { name: 'never' },
      headers: { authorization: `Bearer ${token}` },
    });
    assert.equal(status, 403);
    const wrong = await browser.send('GET', '/api/v1/app', {
      headers: { authorization: 'Bearer wrong' },
    });
    assert.equal(wrong.status, 401);
  });

  test('passes by a password that a proxy before us asked for', async () => {
    await browser.signIn(service.token);
    const headers = { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` };
    assert.equal((await browser.send('GET', '/api/v1/app', { headers })).status, 200);
  });
});

describe('tries to sign in', () => {
  test('are refused after ten failures within a minute, right ones too, and say when to go on', async (t) => {
    const own = await startTestService(t);
    const stranger = createBrowser(own);
    for (let nth = 0; nth < 10; nth += 1) {
      assert.equal((await stranger.signIn(`wrong ${nth}`)).status, 401);
    }
    const { status, json, headers } = await stranger.signIn(own.token);
    assert.deepEqual([status, json.code], [429, 'rate_limited']);
    const seconds = Number(headers.get('retry-after'));
    assert.ok(seconds >= 1 && seconds <= 6, String(seconds));
    assert.equal((await own.call('GET', '/api/v1/app')).status, 200, 'the API itself goes on');
  });

  test('are not counted where they succeed', async (t) => {
    const own = await startTestService(t);
    for (let nth = 0; nth < 15; nth += 1) {
      assert.equal((await createBrowser(own).signIn(own.token)).status, 200);
    }
  });
});

describe('on https', () => {
  test('the cookie is for that host and for TLS alone; in a frame of another site it is kept for that site', async (t) => {
    const own = await startTestService(t, {
      publicUrl: 'https://hooks.example.com',
      portalEmbedOrigins: 'https://app.example.net',
    });
    await createApplication(own, 'acme');
    const name = '__Host-holdfast_session';
    const wide = createBrowser(own);
    assert.equal((await wide.signIn(own.token)).status, 200);
    const ofOrganization = wide.attributes.get(name) ?? [];
    assert.ok(ofOrganization.includes('secure') && ofOrganization.includes('samesite=lax'));
    const access = await own.call('POST', '/api/v1/auth/app-portal-access/acme', {});
    const framed = createBrowser(own);
    assert.equal((await framed.signIn(access.json.token)).status, 200);
    const ofPortal = framed.attributes.get(name) ?? [];
    for (const wanted of ['secure', 'samesite=none', 'partitioned', 'httponly']) {
      assert.ok(ofPortal.includes(wanted), `${wanted} in ${ofPortal.join('; ')}`);
    }
    assert.equal((await framed.send('GET', '/session')).status, 200);
  });
});
