import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { createPortalTokens } from '../../src/api/portal-tokens.ts';
import { derivedKey } from '../../src/app/secret-files.ts';
import { createIdText, systemClock } from '../../src/core/index.ts';
import {
  noBrowser,
  openPage,
  picture,
  settle,
  signIn,
  type Watched,
} from '../support/console-browser.ts';
import { startConsoleScene, type ConsoleScene } from '../support/console-scene.ts';
import { TestScope } from '../support/service-scope.ts';

/** Other tests may run beside these. */
const SLOWEST_MS = 45_000;
/** News is seen sooner. */
const NEWS_MS = 15_000;
const PHONE_PX = 390;
/** Of an id: those that its ledger drew. */
const MARK_DIGITS = 6;
const WEEK_MS = 7 * 86_400_000;
const KEY = Buffer.alloc(32, 7);
const skip = noBrowser();
const scope = new TestScope();
let scene: ConsoleScene;
/** One page of the owner of `acme`, for most of the tests. */
let owner: Watched;

const INVOICE = {
  type: 'object',
  required: ['invoice', 'amount', 'currency'],
  properties: {
    invoice: { type: 'string', description: 'Which invoice', examples: ['in_4711'] },
    amount: { type: 'integer', minimum: 0, description: 'In minor units', examples: [129_900] },
    currency: { enum: ['EUR', 'USD'], description: 'ISO 4217' },
    lines: {
      type: 'array',
      items: {
        type: 'object',
        required: ['sku'],
        properties: {
          sku: { type: 'string', pattern: '^[A-Z]-\\d+$', examples: ['A-1'] },
          many: { type: 'integer', minimum: 1, examples: [2] },
        },
      },
    },
  },
};

async function ask(method: string, path: string, body?: unknown) {
  const { status, json, text } = await scene.service.call(method, `/api/v1${path}`, body);
  assert.ok(status < 300, `${method} ${path}: ${status} ${text}`);
  return json;
}

async function linkOf(app: string): Promise<string> {
  const { url } = await ask('POST', `/auth/app-portal-access/${app}`, {});
  return url;
}

async function open(
  address: string,
  options: { readonly width?: number; readonly refusals?: readonly number[] } = {},
): Promise<Watched> {
  const { width, refusals = [] } = options;
  const watched = await openPage(scene.browser, {
    origin: scene.service.url,
    refusals,
    ...(width === undefined ? {} : { width }),
  });
  watched.page.setDefaultTimeout(SLOWEST_MS);
  await watched.page.goto(address);
  return watched;
}

async function show(page: Page, path: string, heading: string | RegExp): Promise<void> {
  await page.goto(`${scene.service.url}/portal${path}`);
  await settle(page, heading);
}

const dialog = (page: Page) => page.getByRole('dialog');
const grid = (page: Page, name: string) => page.getByRole('grid', { name, exact: true });

before(async () => {
  if (skip !== false) return;
  scene = await startConsoleScene(scope, { encryptionKey: KEY.toString('base64') });
  await ask('PATCH', '/event-type/invoice.paid', { schemas: { '1': INVOICE } });
  await ask('POST', '/event-type', {
    name: 'beta.made',
    description: 'Behind a flag.',
    featureFlag: 'beta',
  });
  // An endpoint that was just deleted may be asked for once more, on the way from its page.
  owner = await open(await linkOf('acme'), { refusals: [404] });
  await settle(owner.page, 'Endpoints');
});
after(() => scope.end());

test(
  'a link opens the endpoints of its application, and is gone from the address bar',
  { skip },
  async () => {
    const { page, assertQuiet } = owner;
    await settle(page, 'Endpoints');
    assert.equal(page.url(), `${scene.service.url}/portal`);
    assert.doesNotMatch(
      await page.evaluate('JSON.stringify(history.state) + document.cookie'),
      /eyJ/,
    );
    const endpoints = grid(page, 'Endpoints');
    await endpoints.getByText('orders', { exact: true }).waitFor();
    await endpoints.getByText('takes deliveries').waitFor();
    await endpoints.getByText('failing').waitFor();
    assert.equal(
      await endpoints.getByText('all events').count(),
      0,
      'another application is not there',
    );
    await picture(page, 'portal-endpoints');
    await page.reload();
    await settle(page, 'Endpoints');
    await page.getByText('Acme').first().waitFor();
    assertQuiet();
  },
);

test(
  'an endpoint is made from the catalogue, tried, changed, held back and deleted',
  { skip },
  async () => {
    const { page, assertQuiet } = owner;
    await show(page, '/', 'Endpoints');
    await page.getByRole('button', { name: 'New endpoint', exact: true }).click();
    await dialog(page).getByLabel('URL').fill(`${scene.receiver.origin}/mine`);
    await dialog(page).getByLabel('Description').fill('mine');
    await dialog(page).getByRole('combobox', { name: 'Event types' }).click();
    await page.getByRole('option', { name: /invoice\.paid/ }).waitFor();
    assert.equal(
      await page.getByRole('option', { name: /beta\.made/ }).count(),
      0,
      'not for this one',
    );
    await page.getByRole('option', { name: /invoice\.paid/ }).click();
    await dialog(page).getByLabel('Description').click();
    await dialog(page).getByLabel('Requests a second').fill('50');
    await dialog(page).getByRole('button', { name: 'Is it reached?' }).click();
    await dialog(page).getByText('It is reached').waitFor();
    await picture(page, 'portal-new-endpoint');
    await dialog(page).getByRole('button', { name: 'Add endpoint', exact: true }).click();

    await settle(page, 'mine');
    await page.getByText('Nothing holds its deliveries back').waitFor();
    await page.getByRole('button', { name: 'Send example', exact: true }).click();
    await dialog(page).getByRole('combobox', { name: 'Event type' }).click();
    await page.getByRole('option', { name: 'invoice.paid' }).click();
    await dialog(page).getByRole('button', { name: 'Send example', exact: true }).click();
    await page.getByText('✓ The example arrived').waitFor();
    await page.getByText('The endpoint took the message with status 200').waitFor();
    await grid(page, 'Attempts').getByText('delivered').first().waitFor();
    await picture(page, 'portal-endpoint');
    const sent = scene.receiver.received.filter(({ path }) => path === '/mine');
    assert.equal(JSON.parse(String(sent.at(-1)?.body)).invoice, 'in_4711');

    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Edit' }).click();
    await dialog(page).getByLabel('Description').fill('mine, renamed');
    await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
    await settle(page, 'mine, renamed');
    await picture(page, 'portal-endpoint-settings');

    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await dialog(page).getByLabel('Reason').fill('we move');
    await dialog(page).getByRole('button', { name: 'Pause' }).click();
    await page.getByText('“we move”').waitFor();
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await page.getByText('Nothing holds its deliveries back').waitFor();
    await page.getByRole('button', { name: 'Disable', exact: true }).click();
    await dialog(page).getByRole('button', { name: 'Disable', exact: true }).click();
    await page.getByText('Nothing is sent to it. Messages for it are on record').waitFor();
    await page.getByRole('button', { name: 'Enable', exact: true }).click();
    await page.getByText('Nothing holds its deliveries back').waitFor();
    await page.getByRole('button', { name: 'Delete endpoint', exact: true }).click();
    await dialog(page).getByRole('button', { name: 'Delete endpoint', exact: true }).click();
    await settle(page, 'Endpoints');
    await grid(page, 'Endpoints').getByText('orders', { exact: true }).waitFor();
    assert.equal(await grid(page, 'Endpoints').getByText('mine').count(), 0);
    assertQuiet();
  },
);

test(
  'what fails is found, says why, is mended, and is sent again with its progress',
  { skip },
  async () => {
    const { page, assertQuiet } = owner;
    await show(page, '/attempt', 'Attempts');
    await page.getByRole('combobox', { name: 'Endpoint' }).click();
    await page.getByRole('option', { name: 'audit' }).click();
    await page.getByRole('combobox', { name: 'Outcome' }).click();
    await page.getByRole('option', { name: 'failed' }).click();
    const attempts = grid(page, 'Attempts');
    await attempts.getByText('The endpoint failed').first().waitFor();
    await picture(page, 'portal-attempts');
    await attempts.getByRole('link', { name: 'Details' }).first().click();
    await settle(page, 'Attempt');
    await page.getByText('The endpoint failed with status 500').waitFor();
    await page.getByText('Look into the log of your receiver').waitFor();
    await page.getByText('the audit store is full').waitFor();
    await page.getByText('"amount"').waitFor();
    await picture(page, 'portal-attempt');

    await show(page, '/undelivered', 'Not delivered');
    const dead = grid(page, 'Not delivered');
    await dead.getByText('all attempts failed').first().waitFor();
    await picture(page, 'portal-undelivered');
    const usual = scene.receiver.answer;
    scene.receiver.answer = (response) => void response.end('{"ok":true}');
    await page.getByRole('button', { name: 'Send again', exact: true }).click();
    await dialog(page).getByText('each with all attempts anew').waitFor();
    await dialog(page).getByLabel('Reason').fill('the audit store has room');
    await picture(page, 'portal-send-again');
    await dialog(page).getByRole('button', { name: 'Send again', exact: true }).click();
    await settle(page, 'Sent again');
    // Its circuit is open: what waits behind it goes out after the next try.
    await page.getByText('It is over').waitFor({ timeout: 3 * SLOWEST_MS });
    await page.getByText(/All \d+ came to their end: \d+ delivered/).waitFor();
    await picture(page, 'portal-act');
    scene.receiver.answer = usual;

    await show(page, '/message', 'Messages');
    await page.getByRole('combobox', { name: 'Endpoint' }).click();
    await page.getByRole('option', { name: 'orders' }).click();
    const messages = grid(page, 'Messages');
    await messages.getByText('delivered').first().waitFor();
    await picture(page, 'portal-messages');
    await messages.getByRole('link', { name: 'invoice.paid' }).last().click();
    await settle(page, 'invoice.paid');
    await page.getByText('"currency"').waitFor();
    await picture(page, 'portal-message');
    const before = scene.receiver.received.filter(({ path }) => path === '/orders').length;
    await page.getByRole('button', { name: 'Replay to orders', exact: true }).click();
    await page.getByText('It is sent again, with all attempts anew.').waitFor();
    await scene.receiver.until(before + 1);
    await grid(page, 'Attempts').getByText('replayed').first().waitFor();
    assertQuiet();
  },
);

test('what comes is seen at once, as the stream tells of it', { skip }, async () => {
  const { page, assertQuiet } = owner;
  const streams: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/v1/live')) streams.push(request.url());
  });
  await show(page, '/message', 'Messages');
  const messages = grid(page, 'Messages');
  await messages.getByText('invoice.paid').first().waitFor();
  await ask('POST', '/app/acme/msg', {
    eventType: 'invoice.paid',
    eventId: 'seen-at-once',
    payload: { invoice: 'in_1', amount: 1, currency: 'EUR' },
  });
  // Without the stream it would be asked for after twenty seconds.
  await messages.getByText('seen-at-once').waitFor({ timeout: NEWS_MS });
  assert.deepEqual(
    streams.map((url) => new URL(url).search),
    ['?topics=attempts'],
  );
  assertQuiet();
});

test(
  'the catalogue says what each event type holds, in lines and by an example',
  { skip },
  async () => {
    const { page, assertQuiet } = owner;
    await show(page, '/event-type', 'Event types');
    const types = grid(page, 'Event types');
    await types.getByText('An invoice was paid in full.').waitFor();
    assert.equal(
      await types.getByText('beta.made').count(),
      0,
      'behind a flag that this link has not',
    );
    await picture(page, 'portal-event-types');
    await types.getByRole('link', { name: 'invoice.paid' }).click();
    await settle(page, 'invoice.paid');
    const members = grid(page, 'Members of the payload');
    for (const text of [
      'whole number',
      'In minor units; at least 0',
      'list of object',
      'one of "EUR", "USD"; ISO 4217',
    ]) {
      await members
        .getByText(text.split('; ')[0] ?? '')
        .first()
        .waitFor();
    }
    await page.getByText('"in_4711"').waitFor();
    await page.getByText('2 of your endpoints get it').waitFor();
    await picture(page, 'portal-event-type');
    await page.getByRole('button', { name: 'Show it as JSON Schema' }).click();
    await page.getByText('"properties"').waitFor();
    assertQuiet();
  },
);

test(
  'a secret is shown on request, rotated with both in force, and verified in eight languages',
  { skip },
  async () => {
    const { page, assertQuiet } = owner;
    await show(page, '/secret', 'Secrets and verification');
    await page.getByRole('combobox', { name: 'Endpoint' }).click();
    await page.getByRole('option', { name: 'orders' }).click();
    assert.doesNotMatch(await page.locator('main').innerText(), /whsec_[\w+/]{20}/);
    await page.getByRole('button', { name: 'Show secret' }).click();
    const secret = page.getByText(/^whsec_[\w+/=]{32,}$/);
    const before = await secret.innerText();
    await page.getByRole('button', { name: 'Rotate secret', exact: true }).click();
    await dialog(page).getByText('each request then carries two signatures').waitFor();
    await picture(page, 'portal-rotate');
    await dialog(page).getByRole('button', { name: 'Rotate secret', exact: true }).click();
    await page.getByText('There is a new secret').waitFor();
    await secret.waitFor();
    assert.notEqual(await secret.innerText(), before);
    await picture(page, 'portal-secrets');
    await page.getByRole('button', { name: 'Hide secret' }).click();
    assert.equal(await secret.count(), 0);
    for (const [name, text] of [
      ['Python', 'hmac.compare_digest'],
      ['Go', 'hmac.Equal'],
      ['Ruby', 'OpenSSL.secure_compare'],
      ['PHP', 'hash_equals'],
      ['Java', 'MessageDigest.isEqual'],
      ['C#', 'CryptographicOperations.FixedTimeEquals'],
      ['Rust', 'verify_slice'],
      ['TypeScript (Node)', 'timingSafeEqual'],
    ] as const) {
      await page.getByRole('radiogroup').getByText(name, { exact: true }).click();
      await page.getByText(text).waitFor();
    }
    assertQuiet();
  },
);

test(
  'the status says whether it is the sender, with what was written for owners, and can be followed',
  { skip },
  async () => {
    const { page, assertQuiet } = owner;
    await show(page, '/status', 'Status');
    const opened = await ask('POST', '/incident', {
      title: 'secret-title',
      severity: 2,
      slice: { appIds: ['acme'] },
    });
    const other = await ask('POST', '/incident', {
      title: 'other',
      severity: 2,
      slice: { appIds: ['globex'] },
    });
    await ask('POST', `/incident/${opened.id}/update`, {
      responders: 'for-responders',
      owners: 'A lane is slow; nothing is lost.',
    });
    await ask('POST', `/incident/${other.id}/update`, { responders: 'x', owners: 'for-globex' });
    await page.getByText('A lane is slow; nothing is lost.').waitFor();
    await page.getByRole('button', { name: 'Show the links', exact: true }).click();
    const rss = await page.getByText(/\/rss\.xml$/).innerText();
    const feed = await scene.service.call('GET', new URL(rss).pathname, undefined, { token: null });
    assert.equal(feed.status, 200);
    assert.match(feed.text, /A lane is slow/);
    for (const text of [feed.text, await page.locator('main').innerText()]) {
      assert.doesNotMatch(text, /secret-title|for-responders|for-globex/);
    }
    await picture(page, 'portal-status');
    await show(page, '/', 'Endpoints');
    await page.getByText('Whoever sends to you knows of it').waitFor();
    assertQuiet();
  },
);

test('an owner reaches nothing of another application, by no page', { skip }, async () => {
  const { page, assertQuiet } = await open(await linkOf('acme'), { refusals: [404] });
  await settle(page, 'Endpoints');
  const [endpoint] = (await ask('GET', '/app/globex/endpoint')).data;
  const [message] = (await ask('GET', '/app/globex/msg')).data;
  const [attempt] = (await ask('GET', `/app/globex/attempt/msg/${message.id}`)).data;
  const act = await ask('POST', '/app/globex/redrive', {});
  for (const path of [
    `/endpoint/${endpoint.id}`,
    `/message/${message.id}`,
    `/message/${message.id}/attempt/${attempt.id}`,
    `/act/${act.id}`,
  ]) {
    await page.goto(`${scene.service.url}/portal${path}`);
    await page.getByText('Not found').first().waitFor();
    assert.doesNotMatch(await page.locator('main').innerText(), /all events|in_\d+|globex/i);
  }
  for (const path of [
    `/attempt?endpoint=${endpoint.id}`,
    `/secret?endpoint=${endpoint.id}`,
    `/message?endpoint=${endpoint.id}`,
    `/undelivered?endpoint=${endpoint.id}`,
  ]) {
    await page.goto(`${scene.service.url}/portal${path}`);
    await settle(page, /./);
    assert.doesNotMatch(await page.locator('main').innerText(), /all events|globex|in_\d+/i);
  }
  assertQuiet();
});

test('a link that is cut, too old, or was ended says what to do next', { skip }, async () => {
  const portal = `${scene.service.url}/portal`;
  const cut = await open(`${portal}#key=eyJhcHBJZCI6Im`);
  await settle(cut.page, 'This link is not whole');
  await cut.page.getByText('paste it here').waitFor();
  await picture(cut.page, 'portal-link-cut');

  const { id } = await ask('GET', '/app/acme');
  const idText = createIdText(String(id).slice(-MARK_DIGITS));
  const before = { ...systemClock, now: () => Date.now() - WEEK_MS - 60_000 };
  const old = await createPortalTokens(derivedKey(KEY, 'portal tokens'), idText, before).issue({
    appId: idText.parse('application', id) ?? 0,
    featureFlags: [],
  });
  const key = Buffer.from(JSON.stringify({ appId: id, token: old })).toString('base64');
  const expired = await open(`${portal}#key=${key}`, { refusals: [401] });
  await settle(expired.page, 'This link opens nothing any more');
  await expired.page.getByText('Ask whoever gave you the link for a new one').waitFor();
  await picture(expired.page, 'portal-link-expired');
  // A new one can be pasted where it was refused.
  const link = await linkOf('acme');
  await expired.page.getByLabel('Link or token').fill(link);
  await expired.page.getByRole('button', { name: 'Open', exact: true }).click();
  await settle(expired.page, 'Endpoints');

  await expired.page.getByRole('button', { name: 'This session' }).click();
  await expired.page.getByRole('menuitem', { name: 'End this link for everybody' }).click();
  await settle(expired.page, 'You are signed out');
  await expired.page.goto('about:blank');
  await expired.page.goto(link);
  await settle(expired.page, 'This link opens nothing any more');
  for (const { assertQuiet } of [cut, expired]) assertQuiet();
});

test('a session whose link is ended elsewhere says so', { skip }, async () => {
  const { url, token } = await ask('POST', '/auth/app-portal-access/acme', {});
  const { page, assertQuiet } = await open(url, { refusals: [401] });
  await settle(page, 'Endpoints');
  await scene.service.call('POST', '/api/v1/auth/logout', {}, { token });
  await settle(page, 'You are signed out');
  await page.getByText('Open your link again').waitFor();
  assertQuiet();
});

test(
  'a link opened beside the console leaves who is signed in there as they are',
  { skip },
  async () => {
    const { url, token } = scene.service;
    const { page, assertQuiet } = await open(`${url}/console/`, { refusals: [401] });
    await signIn(page, url, token);
    await page.goto(await linkOf('acme'));
    await settle(page, 'Endpoints');
    await page.getByRole('button', { name: 'This session' }).click();
    await page.getByRole('menuitem', { name: 'Sign out here' }).click();
    await settle(page, 'You are signed out');
    await page.goto(`${scene.service.url}/console/app`);
    await settle(page, 'Applications');
    assertQuiet();
  },
);

test('a link chooses name and colours, within bounds', { skip }, async () => {
  const link = await linkOf('acme');
  const of = (given: Readonly<Record<string, string>>): string =>
    link.replace('/portal#', `/portal?${new URLSearchParams(given).toString()}#`);
  const bright = await open(of({ name: 'Initech Hooks', accent: 'ffd400' }));
  await settle(bright.page, 'Endpoints');
  await bright.page.getByRole('link', { name: 'Initech Hooks' }).waitFor();
  assert.equal(await bright.page.title(), 'Endpoints · Initech Hooks');
  await picture(bright.page, 'portal-theme');
  await bright.page.getByRole('link', { name: 'Messages' }).click();
  await settle(bright.page, 'Messages');
  await bright.page.reload();
  await bright.page.getByRole('link', { name: 'Initech Hooks' }).waitFor();

  const dark = await open(of({ scheme: 'dark' }));
  await dark.page.locator('html[data-mantine-color-scheme=dark]').waitFor({ state: 'attached' });
  assert.equal(await dark.page.getByRole('button', { name: /Use \w+ colours/ }).count(), 0);

  const hostile = await open(
    of({
      name: `<img src=x onerror=alert(1)>\u202e${'long '.repeat(100)}`,
      accent: 'red;background:url(https://elsewhere.example/)',
      scheme: 'dark;',
    }),
  );
  await settle(hostile.page, 'Endpoints');
  const name = await hostile.page.getByRole('banner').getByRole('link').last().innerText();
  assert.ok(name.startsWith('<img src=x') && name.length <= 40, name);
  for (const { assertQuiet } of [bright, dark, hostile]) assertQuiet();
});

test('every page fits a narrow screen', { skip }, async () => {
  const { page, assertQuiet } = await open(await linkOf('acme'), { width: PHONE_PX });
  await settle(page, 'Endpoints');
  const [message] = (await ask('GET', '/app/acme/msg?event_types=invoice.paid')).data;
  const [attempt] = (await ask('GET', `/app/acme/attempt/msg/${message.id}`)).data;
  for (const [name, path, heading] of [
    ['endpoints', '/', 'Endpoints'],
    ['endpoint', `/endpoint/${scene.endpoints.audit}`, 'audit'],
    ['messages', '/message', 'Messages'],
    ['message', `/message/${message.id}`, 'invoice.paid'],
    ['attempt', `/message/${message.id}/attempt/${attempt.id}`, 'Attempt'],
    ['attempts', '/attempt', 'Attempts'],
    ['undelivered', '/undelivered', 'Not delivered'],
    ['event-types', '/event-type', 'Event types'],
    ['event-type', '/event-type/invoice.paid', 'invoice.paid'],
    ['secrets', '/secret', 'Secrets and verification'],
    ['status', '/status', 'Status'],
  ] as const) {
    await show(page, path, heading);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    assert.ok(width <= PHONE_PX, `${path} is ${width} px wide`);
    await picture(page, `portal-phone-${name}`);
  }
  await page.getByRole('button', { name: 'Navigation' }).click();
  await page.getByRole('link', { name: 'Not delivered' }).click();
  await settle(page, 'Not delivered');
  assertQuiet();
});
