import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { routes } from '../../../src/api/index.ts';
import { createBrowser, type Browser } from '../../support/browser.ts';
import { startReceiver } from '../../support/service-receiver.ts';
import { TestScope } from '../../support/service-scope.ts';
import { createApplication, startTestService, type TestService } from '../../support/service.ts';

const scope = new TestScope();
const AS_PORTAL = { 'x-holdfast-session': 'portal' };
let service: TestService;

before(async () => {
  // All routes are tried at once.
  service = await startTestService(scope, { portalRequestsPerSecond: 10_000 });
  const receiver = await startReceiver(scope);
  for (const uid of ['acme', 'other']) {
    await createApplication(service, uid, { [`${uid}-end`]: `${receiver.origin}/${uid}` });
  }
  for (const [name, featureFlag] of [
    ['invoice.paid', null],
    ['beta.made', 'beta'],
  ]) {
    const schema = { type: 'object', properties: { invoice: { examples: ['in_1'] } } };
    const body = { name, description: '', featureFlag, schemas: { '1': schema } };
    const made = await service.call('POST', '/api/v1/event-type', body);
    assert.equal(made.status, 201, made.text);
  }
});
after(() => scope.end());

async function portalToken(uid: string, body: object = {}): Promise<string> {
  const { json } = await service.call('POST', `/api/v1/auth/app-portal-access/${uid}`, body);
  return json.token;
}

/** A browser in which the portal of an application is open. */
async function openPortal(uid: string, browser = createBrowser(service)): Promise<Browser> {
  const token = await portalToken(uid);
  const answer = await browser.send('POST', '/session', { body: { token }, headers: AS_PORTAL });
  assert.equal(answer.status, 200, answer.text);
  browser.csrf = answer.json.csrf;
  return browser;
}

describe('the session of the portal', () => {
  test('stands beside the one of the console: opening or leaving one is nothing to the other', async () => {
    const browser = createBrowser(service);
    await browser.signIn(service.token);
    await openPortal('acme', browser);
    const asConsole = await browser.send('GET', '/session');
    const asPortal = await browser.send('GET', '/session', { headers: AS_PORTAL });
    assert.deepEqual([asConsole.json.appId, asConsole.json.scope], [null, 'admin']);
    assert.deepEqual([asPortal.json.openedBy, asPortal.json.scope], ['portal', 'write']);
    assert.equal((await browser.send('GET', '/api/v1/app')).status, 200);
    const inPortal = await browser.send('GET', '/api/v1/app', { headers: AS_PORTAL });
    assert.deepEqual([inPortal.status, inPortal.json.code], [403, 'insufficient_access']);
    assert.equal((await browser.send('DELETE', '/session', { headers: AS_PORTAL })).status, 204);
    assert.equal((await browser.send('GET', '/session', { headers: AS_PORTAL })).status, 401);
    assert.equal((await browser.send('GET', '/session')).status, 200);
  });

  test('is not opened by a token for all applications', async () => {
    const browser = createBrowser(service);
    const { status, json } = await browser.send('POST', '/session', {
      body: { token: service.token },
      headers: AS_PORTAL,
    });
    assert.deepEqual([status, json.code], [403, 'insufficient_access']);
    assert.equal(browser.cookies.size, 0);
  });

  test('needs the token against forgery of its own, and not the console’s', async () => {
    const browser = createBrowser(service);
    await browser.signIn(service.token);
    const consoles = browser.csrf;
    await openPortal('acme', browser);
    const path = '/api/v1/app/acme/endpoint/acme-end/send-example';
    const body = { eventType: 'invoice.paid' };
    const forged = { ...AS_PORTAL, 'x-csrf-token': consoles };
    const refused = await browser.send('POST', path, { body, headers: forged });
    assert.deepEqual([refused.status, refused.json.code], [403, 'csrf_refused']);
    assert.equal((await browser.send('POST', path, { body, headers: AS_PORTAL })).status, 200);
  });

  test('reaches nothing of another application, by no route that there is', async () => {
    const browser = await openPortal('acme');
    const { json } = await service.call('POST', '/api/v1/app/other/msg', {
      eventType: 'invoice.paid',
      payload: { secret: 'of-the-other' },
    });
    const named: Readonly<Record<string, string>> = {
      app_id: 'other',
      endpoint_id: 'other-end',
      msg_id: json.id,
      event_type_name: 'beta.made',
    };
    let tried = 0;
    for (const { method, path, access } of routes) {
      if (access === 'public' || path.includes('/auth/logout')) continue;
      const isAnybodys = !path.includes('{app_id}') && access === 'portal';
      if (isAnybodys && !path.includes('{')) continue;
      const url = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => named[name] ?? 'none');
      const body = method === 'GET' || method === 'DELETE' ? undefined : {};
      const { status, text } = await browser.send(method, url, { body, headers: AS_PORTAL });
      assert.ok([403, 404, 422].includes(status), `${method} ${url}: ${status} ${text}`);
      assert.doesNotMatch(text, /of-the-other|127\.0\.0\.1/);
      tried += 1;
    }
    assert.ok(tried > 150, `${tried} routes were tried`);
  });
});

describe('an owner', () => {
  const asOwner = async (body: object = {}) => {
    const token = await portalToken('acme', body);
    return (method: string, path: string, sent?: unknown) =>
      service.call(method, `/api/v1${path}`, sent, { token });
  };

  test('gets examples of the event types that may be seen, and sends them', async () => {
    const call = await asOwner();
    const example = await call('GET', '/event-type/invoice.paid/example');
    assert.deepEqual(example.json, { version: '1', payload: { invoice: 'in_1' } });
    const path = '/app/acme/endpoint/acme-end/send-example';
    const sent = await call('POST', path, { eventType: 'invoice.paid' });
    assert.deepEqual([sent.status, sent.json.payload], [200, { invoice: 'in_1' }]);
    for (const [method, at, body] of [
      ['GET', '/event-type/beta.made/example', undefined],
      ['POST', path, { eventType: 'beta.made' }],
    ] as const) {
      assert.equal((await call(method, at, body)).status, 404, 'it is behind a flag');
      const flagged = await asOwner({ featureFlags: ['beta'] });
      assert.equal((await flagged(method, at, body)).status, 200);
    }
  });

  test('reads the status of the application, and follows it by one link that can be revoked', async () => {
    const call = await asOwner();
    const status = await call('GET', '/app/acme/status');
    assert.deepEqual([status.status, status.json.isDisturbed, status.json.days], [200, false, 90]);
    const [first, second] = [
      await call('POST', '/app/acme/status/link', {}),
      await (await asOwner())('POST', '/app/acme/status/link', {}),
    ];
    assert.equal(first.status, 200, first.text);
    assert.deepEqual(second.json, first.json, 'it is the same each time');
    const path = new URL(first.json.rss).pathname;
    const nobody = { token: null };
    assert.equal((await service.call('GET', path, undefined, nobody)).status, 200);
    const link = String(first.json.url).split('/').at(-1) ?? '';
    const asToken = await service.call('GET', '/api/v1/app/acme', undefined, { token: link });
    assert.equal(asToken.status, 401, 'it opens nothing else');
    await service.call('DELETE', `/api/v1/token/${first.json.id}`);
    assert.equal((await service.call('GET', path, undefined, nobody)).status, 404);
    const again = await call('POST', '/app/acme/status/link', {});
    assert.deepEqual([again.status, again.json.code], [409, 'state_conflict']);
  });
});

describe('on https, where another site may frame it', () => {
  test('its cookie is sent in that frame alone; the console’s is sent in none', async (t) => {
    const own = await startTestService(t, {
      publicUrl: 'https://hooks.example.com',
      portalEmbedOrigins: 'https://app.example.net',
    });
    await createApplication(own, 'acme');
    const access = await own.call('POST', '/api/v1/auth/app-portal-access/acme', {});
    const browser = createBrowser(own);
    await browser.signIn(own.token);
    await browser.send('POST', '/session', {
      body: { token: access.json.token },
      headers: AS_PORTAL,
    });
    const ofPortal = browser.attributes.get('__Host-holdfast_portal') ?? [];
    for (const wanted of ['secure', 'samesite=none', 'partitioned', 'httponly', 'path=/']) {
      assert.ok(ofPortal.includes(wanted), `${wanted} in ${ofPortal.join('; ')}`);
    }
    const ofConsole = browser.attributes.get('__Host-holdfast_session') ?? [];
    assert.ok(ofConsole.includes('samesite=lax') && !ofConsole.includes('partitioned'));
  });
});
