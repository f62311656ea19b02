import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { policyFields } from '../../console/src/change/policy-fields.ts';
import { lanePolicyTable } from '../../src/core/index.ts';
import { policyBounds } from '../../src/retry/index.ts';
import {
  assertHeadings,
  noBrowser,
  openPage,
  picture,
  settle,
  signIn,
  type Watched,
} from '../support/console-browser.ts';
import { startConsoleScene, type ConsoleScene } from '../support/console-scene.ts';
import { TestScope } from '../support/service-scope.ts';
import { until } from '../support/service-until.ts';

/** Other tests may run beside these. */
const SLOWEST_MS = 45_000;

/** So many that what is usual in them is known. */
const PAYMENTS = 400;

const skip = noBrowser();
const scope = new TestScope();
let scene: ConsoleScene;
/** One page of an admin, for all tests. */
let admin: Watched;

async function ask(method: string, path: string, body?: unknown, why = '') {
  const headers = why === '' ? {} : { 'holdfast-reason': encodeURIComponent(why) };
  const { status, json, text } = await scene.service.call(method, `/api/v1${path}`, body, {
    headers,
  });
  assert.ok(status < 300, `${method} ${path}: ${status} ${text}`);
  return json;
}

async function send(many: number, payload: object = { amount: 1250, currency: 'EUR' }) {
  for (let nth = 0; nth < many; nth += 1) {
    await ask('POST', '/app/acme/msg', { eventType: 'order.made', payload });
  }
}

before(async () => {
  if (skip !== false) return;
  scene = await startConsoleScene(scope, { driftPercent: 50 });
  admin = await scene.open({ refusals: [404, 409, 422] });
  admin.page.setDefaultTimeout(SLOWEST_MS);
});
after(() => scope.end());

async function show(page: Page, path: string, heading: string | RegExp): Promise<void> {
  await page.goto(`${scene.service.url}/console${path}`);
  await settle(page, heading);
}

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const dialog = (page: Page) => page.getByRole('dialog');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Presses the button of a dialog that does it. */
async function confirm(page: Page, name: string): Promise<void> {
  await dialog(page).locator('button[type=submit]').getByText(name, { exact: true }).click();
  await dialog(page).waitFor({ state: 'hidden' });
}

async function choose(page: Page, label: string | RegExp, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).or(page.getByLabel(label)).first().click();
  await page.getByRole('option', { name: option }).first().click();
}

/** Tables scroll sideways in themselves; nothing else does. */
async function assertFits(page: Page): Promise<void> {
  const out: unknown = await page.evaluate(`[...document.querySelectorAll('main *')]
    .filter((each) => each.closest('[role=grid],[role=group],pre') === null)
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .map((each) => each.outerHTML.slice(0, 200))`);
  assert.deepEqual(out, [], `${page.url()} sticks out of the screen`);
}

describe('the fields of a policy', () => {
  test('have the bounds that the service holds them to, and are all there', () => {
    const { delayMs, jitter, maxAgeMs, retryAfterMaxMs } = policyBounds;
    const known: Record<string, { readonly min: number; readonly max: number }> = {
      'retry.delaysMs': delayMs,
      'retry.jitter': jitter,
      'retry.maxAgeMs': maxAgeMs,
      'retry.retryAfterMaxMs': retryAfterMaxMs,
      throttleRate: { min: 1, max: 65_535 },
      retentionDays: { min: 1, max: 3650 },
    };
    for (const [name, field] of Object.entries(lanePolicyTable)) {
      known[`lane.${name}`] = field.kind === 'number' ? field : { min: 0, max: 1 };
    }
    const shown = Object.fromEntries(policyFields.map(({ id, min, max }) => [id, { min, max }]));
    const expected = Object.fromEntries(
      Object.entries(known).map(([id, { min, max }]) => [id, { min, max }]),
    );
    assert.deepEqual(shown, expected);
  });
});

describe('changes', { skip }, () => {
  let changeId = '';

  test('stand in one list with who, when and why, and are found by kind and name', async () => {
    const endpoint = `/app/acme/endpoint/${scene.endpoints.orders}`;
    await ask('PATCH', endpoint, { throttleRate: 40 }, 'their team asked for it');
    const { data } = await ask('GET', '/change?kind=endpoint&limit=1');
    changeId = data[0].id;
    const { page, assertQuiet } = admin;
    await show(page, '/change', 'Changes');
    await page.getByText('their team asked for it').waitFor();
    await picture(page, 'change-changes');
    await choose(page, 'Kind', 'event type');
    await page.getByLabel('Of the name').fill('order.made');
    const rows = page.getByRole('grid', { name: 'Changes' }).getByRole('row');
    await until(async () => (await rows.count()) === 2, 'one change of order.made');
    assert.match(page.url(), /kind=event_type/);
    await button(page, 'Show all').click();
    await page.getByText('their team asked for it').waitFor();
    assertQuiet();
  });

  test('stand there where an address has a moment that is none', async () => {
    const { page, assertQuiet } = admin;
    await show(page, '/change?after=nothing', 'Changes');
    await page.getByText('their team asked for it').waitFor();
    assertQuiet();
  });

  test('a deploy is told of by hand, and has its page', async () => {
    const { page, assertQuiet } = admin;
    await show(page, '/change', 'Changes');
    await page.keyboard.press('d');
    await dialog(page)
      .getByLabel(/^Service/)
      .fill('billing');
    await dialog(page)
      .getByLabel(/^Version/)
      .fill('4.7.1');
    await dialog(page).getByLabel('Environment').fill('production');
    await picture(page, 'change-deploy');
    await confirm(page, 'Tell');
    await settle(page, /deploy billing/);
    await page.getByText('deploy the version before').waitFor();
    assertQuiet();
  });

  test('one shows what it altered, the incident that names it, and goes back after a preview', async () => {
    const { id } = await ask('POST', '/incident', { title: 'Orders are slow', severity: 3 });
    await ask('POST', `/incident/${id}/hypothesis`, {
      cause: 'The rate is too low for the evening.',
      metric: 'first-attempt',
      refutedBy: 'It is as slow at the old rate.',
      changeIds: [changeId],
    });
    const { page, assertQuiet } = admin;
    await show(page, `/change/${changeId}`, /^Updated endpoint/);
    await section(page, 'Incidents that name it').getByText('The rate is too low').waitFor();
    await picture(page, 'change-change');
    await page.getByRole('button', { name: /^Revert: (?!.*more$)/ }).click();
    await dialog(page).getByText('This is what it makes of the present configuration').waitFor();
    await dialog(page).getByRole('cell', { name: 'throttleRate' }).waitFor();
    await dialog(page).getByLabel('Reason').fill('too slow for the evening');
    await picture(page, 'change-revert');
    await confirm(page, 'Take it back');
    await page.getByText('a revert', { exact: true }).waitFor();
    await page.getByRole('link', { name: changeId }).click();
    await page.getByText('taken back', { exact: true }).waitFor();
    const endpoint = await ask('GET', `/app/acme/endpoint/${scene.endpoints.orders}`);
    assert.equal(endpoint.throttleRate ?? null, null);
    assertQuiet();
  });

  test('a conflict is told before anything is done, and one chooses', async () => {
    const path = `/app/acme/endpoint/${scene.endpoints.orders}`;
    await ask('PATCH', path, { description: 'orders of today' });
    const { data } = await ask('GET', '/change?kind=endpoint&limit=1');
    await ask('PATCH', path, { description: 'orders of tomorrow' });
    const { page, assertQuiet } = admin;
    await show(page, `/change/${data[0].id}`, /^Updated endpoint/);
    await page.getByRole('button', { name: /^Revert: (?!.*more$)/ }).click();
    await dialog(page).getByText('In the way: 1 conflict').waitFor();
    const submit = dialog(page).locator('button[type=submit]');
    assert.ok(await submit.isDisabled());
    await dialog(page).getByLabel('Take that back too').check();
    await until(async () => !(await submit.isDisabled()), 'a preview of the choice');
    await picture(page, 'change-conflict');
    await confirm(page, 'Take it back');
    await page.getByText('a revert', { exact: true }).waitFor();
    assert.equal((await ask('GET', path)).description, 'orders');
    assertQuiet();
  });
});

describe('canaries', { skip }, () => {
  test('one is started here, shows both arms, and is promoted by hand', async () => {
    const { page, assertQuiet } = admin;
    const endpointId = scene.endpoints.orders;
    await show(page, '/canary', 'Canaries');
    await page.getByText('No canary yet').waitFor();
    await show(page, '/app/acme/endpoint/nothing/canary', 'Canary of nothing');
    await page.getByText('Not found').waitFor();
    assert.equal(await button(page, 'Start a canary').count(), 0);
    await show(page, '/canary', 'Canaries');
    await page.keyboard.press('s');
    await choose(page, /^Application/, 'Acme');
    await choose(page, /^Endpoint/, 'orders');
    await button(page, 'Go on').click();
    await settle(page, 'Canary of orders');
    await button(page, 'Start a canary').click();
    const submit = dialog(page).locator('button[type=submit]');
    await dialog(page).getByText('This is the URL that it has').waitFor();
    const tries = dialog(page).getByRole('combobox', { name: /^What it tries/ });
    await tries.press('ArrowDown');
    await page.getByRole('option', { name: 'Headers' }).click();
    await tries.press('Tab');
    await dialog(page).getByLabel('Headers', { exact: true }).fill('no pair');
    await dialog(page).getByText('Write each line as name: value.').waitFor();
    await dialog(page).getByLabel('Headers', { exact: true }).fill('x-shop: one');
    assert.ok(await submit.isDisabled());
    await dialog(page).getByLabel(/^URL/).fill(`${scene.receiver.origin}/orders/v2`);
    await dialog(page).getByText('Its own', { exact: true }).click();
    await dialog(page).getByLabel('Steps').fill('50% / 600 / 1000');
    await picture(page, 'change-start-canary');
    await confirm(page, 'Start a canary');
    await page.getByText('running', { exact: true }).waitFor();
    await until(async () => {
      await send(10);
      const { candidate } = await ask('GET', `/app/acme/endpoint/${endpointId}/canary`);
      return candidate.attempts >= 5;
    }, 'messages that go to the candidate');
    const arms = page.getByRole('group', { name: 'Both arms' });
    await arms
      .getByRole('row', { name: /^Succeeded/ })
      .getByText('100 %')
      .nth(1)
      .waitFor();
    await page.getByText('No sign that the candidate is worse.').first().waitFor();
    await picture(page, 'change-canary');
    const marked = page.getByRole('navigation').locator('[aria-current=page]');
    assert.deepEqual(await marked.allTextContents(), ['Canaries']);
    await page.keyboard.press('p');
    await dialog(page).getByLabel('Reason').fill('their new server takes all');
    await confirm(page, 'Promote now');
    await page.getByText('Promoted: the endpoint has the change').first().waitFor();
    const endpoint = await ask('GET', `/app/acme/endpoint/${endpointId}`);
    assert.equal(endpoint.url, `${scene.receiver.origin}/orders/v2`);
    await page.getByRole('link', { name: 'It is a change of the endpoint' }).click();
    await settle(page, 'Changes');
    await page
      .getByRole('row', { name: /updated endpoint/ })
      .first()
      .waitFor();
    assertQuiet();
  });

  test('one whose candidate fails is rolled back by itself, and says why', async () => {
    const path = `/app/acme/endpoint/${scene.endpoints.orders}/canary`;
    const url = `${scene.receiver.origin}/audit/orders`;
    await ask('POST', path, { url, steps: [{ percent: 50, minutes: 600, atLeast: 1000 }] });
    const { page, assertQuiet } = admin;
    await show(page, path, 'Canary of orders');
    await until(async () => {
      await send(10);
      return (await ask('GET', path)).state === 'rolled_back';
    }, 'a rollback');
    await page.getByText('Rolled back: the endpoint is what it was').waitFor();
    await page.getByText('Enough to roll it back.').waitFor();
    await picture(page, 'change-rolled-back');
    await show(page, '/canary', 'Canaries');
    await page.getByRole('row', { name: /rolled back/ }).waitFor();
    await picture(page, 'change-canaries');
    await page.getByText('In progress', { exact: true }).click();
    await page.getByText('None of these').waitFor();
    assertQuiet();
  });
});

describe('event types', { skip }, () => {
  const schema = (amount: object) => ({
    type: 'object',
    required: ['id', 'amount'],
    properties: {
      id: { type: 'string', description: 'Of the refund.', examples: ['re_1'] },
      amount,
      lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } },
    },
  });

  test('one is created, and described by a first version', async () => {
    const { page, assertQuiet } = admin;
    await show(page, '/event-type', 'Event types');
    await page.getByRole('textbox', { name: 'Search' }).fill('paid');
    await page.getByRole('row', { name: /invoice\.paid/ }).waitFor();
    await page.getByRole('row', { name: /order\.made/ }).waitFor({ state: 'hidden' });
    await page.getByRole('textbox', { name: 'Search' }).fill('');
    await page.getByRole('row', { name: /order\.made/ }).waitFor();
    await picture(page, 'change-event-types');
    await button(page, 'Create an event type').click();
    await dialog(page).getByLabel(/^Name/).fill('refund.made');
    await dialog(page).getByLabel('Description').fill('Money went back.');
    await confirm(page, 'Create it');
    await settle(page, 'refund.made');
    await page.getByText('No schema yet').waitFor();
    await button(page, 'Add a version').click();
    const text = dialog(page).getByLabel(/^JSON Schema/);
    await text.fill('{"type": ');
    await dialog(page).getByText('This is no JSON').waitFor();
    await text.fill('{"type": "no such type"}');
    await dialog(page)
      .getByText(/schema/i)
      .nth(2)
      .waitFor();
    await text.fill(JSON.stringify(schema({ type: 'integer', 'x-unit': 'cents' })));
    await dialog(page).getByText('It is the first version').waitFor();
    await confirm(page, 'Store it');
    await page.getByRole('row', { name: /^amount integer yes in cents/ }).waitFor();
    assertQuiet();
  });

  test('what a version would break, and whom, is shown before it is stored', async () => {
    const path = '/event-type/refund.made';
    await ask('PUT', `${path}/contract`, { mode: 'reject' });
    await ask('PUT', `${path}/consumer/billing`, {
      description: 'Books refunds.',
      relies: [{ path: '/amount', type: 'integer', unit: 'cents' }],
    });
    const payloadVersions = { 'refund.made': '1' };
    const endpoint = `/app/acme/endpoint/${scene.endpoints.orders}`;
    await ask('PATCH', endpoint, { eventTypes: ['order.made', 'refund.made'] });
    await ask('PUT', `${endpoint}/payload-version`, { payloadVersions });
    const { page, assertQuiet } = admin;
    await show(page, path, 'refund.made');
    await page.keyboard.press('v');
    const text = dialog(page).getByLabel(/^JSON Schema/);
    await text.fill(JSON.stringify(schema({ type: 'number', 'x-unit': 'euros' }), null, 2));
    const found = dialog(page).getByRole('status', { name: /^It would be refused/ });
    await found.waitFor();
    await found.getByText('billing').waitFor();
    await picture(page, 'change-add-version');
    assert.ok(await dialog(page).locator('button[type=submit]').isDisabled());
    await dialog(page)
      .getByLabel(/^Store it all the same/)
      .check();
    await confirm(page, 'Store it');
    const compared = section(page, 'Compatibility');
    await compared.getByText('Version 2 against version 1').waitFor();
    await section(page, 'Who relies on what').getByText('does not promise').waitFor();
    await section(page, 'Versions that broke').getByText('who allowed it').waitFor();
    await section(page, 'Endpoints that receive it').getByText('pinned to 1').waitFor();
    await section(page, 'Schema').getByText('example', { exact: true }).click();
    await section(page, 'Schema').getByText('re_1').waitFor();
    await section(page, 'Schema').getByText('fields', { exact: true }).click();
    await picture(page, 'change-event-type');
    const { version } = await ask('GET', `${path}/contract`);
    assert.equal(version, '2');
    assertQuiet();
  });

  test('what changed in payloads without a word is told, and taken as normal', async () => {
    await ask('POST', '/event-type', { name: 'payment.made', description: 'Somebody paid.' });
    const pay = (amount: unknown) =>
      ask('POST', '/app/globex/msg', { eventType: 'payment.made', payload: { amount, fee: 1 } });
    for (let nth = 0; nth < PAYMENTS; nth += 50) {
      await Promise.all(Array.from({ length: 50 }, (_none, more) => pay(1000 + nth + more)));
    }
    const drift = () => ask('GET', '/event-type/payment.made/drift');
    await until(async () => {
      await pay('12.50');
      return (await drift()).findings.length > 0;
    }, 'a finding');
    const { page, assertQuiet } = admin;
    await show(page, '/event-type/payment.made', 'payment.made');
    const found = section(page, 'Drift');
    await found.getByText('amount has another type: string.').waitFor();
    await found.scrollIntoViewIfNeeded();
    await picture(page, 'change-drift');
    await button(page, 'It is right so: amount').click();
    await confirm(page, 'It is right so');
    await found.getByText('accepted', { exact: true }).waitFor();
    assert.equal((await drift()).findings[0].state, 'accepted');
    assertQuiet();
  });

  test('one is paused, which holds back what comes, and goes on', async () => {
    const { page, assertQuiet } = admin;
    await show(page, '/event-type/order.made', 'order.made');
    await button(page, 'Pause').click();
    await dialog(page)
      .getByLabel(/^Reason/)
      .fill('amounts are off by 100');
    await confirm(page, 'Pause it');
    await page.getByText('Paused for all applications').waitFor();
    await picture(page, 'change-paused-type');
    await show(page, '/event-type', 'Event types');
    await page.getByRole('row', { name: /order\.made .*paused/ }).waitFor();
    await show(page, '/event-type/order.made', 'order.made');
    await button(page, 'End the pause').click();
    await confirm(page, 'End the pause');
    await page.getByText('Paused for all applications').waitFor({ state: 'hidden' });
    assert.deepEqual((await ask('GET', '/pause')).data, []);
    assertQuiet();
  });
});

describe('policies', { skip }, () => {
  test('one is made while its schedule and its load are looked at', async () => {
    const { page, assertQuiet } = admin;
    await show(page, '/policy', 'Policies');
    await page.getByText('No policy yet').waitFor();
    await page.keyboard.press('n');
    await dialog(page).getByLabel(/^Name/).fill('patient');
    await button(page, 'Go on').click();
    await settle(page, 'patient');
    await page.getByText('not stored yet').waitFor();
    const delays = page.getByLabel('Wait before each attempt');
    await delays.fill('0s,10s,soon');
    await page.getByText('“soon” is no wait').waitFor();
    assert.ok(await button(page, 'Make it').isDisabled());
    await delays.fill('0s,1m,1m,1m,10m,1h');
    await page.getByText('6 attempts; the last at most').waitFor();
    await page.getByRole('textbox', { name: 'Messages a second' }).fill('20');
    await page.getByText('At 20 messages a second and down for 1 h').waitFor();
    await page.getByLabel(/^Retry budget/).fill('10');
    await page.getByText(/holds about [\d,.K]+ back/).waitFor();
    await page.getByLabel('Stays open at first').fill('2h');
    await page.getByText('From 100ms to 1h.').waitFor();
    await page.getByLabel('Stays open at first').fill('1h');
    // The service itself says no: the longest time is shorter than the first.
    await page.getByLabel('Stays open at most').fill('30m');
    await page.getByText(/must not be shorter/).waitFor();
    await page.getByLabel('Stays open at most').fill('');
    await page.getByLabel('Stays open at first').fill('');
    await page.getByText(/must not be shorter/).waitFor({ state: 'hidden' });
    await page.getByLabel('What it is for').fill('Receivers that are down at night.');
    await picture(page, 'change-policy');
    await section(page, 'Load in an outage').scrollIntoViewIfNeeded();
    await picture(page, 'change-policy-load');
    await button(page, 'Make it').click();
    await confirm(page, 'Make it');
    await page.getByText('version 1', { exact: true }).waitFor();
    const { retry, lane } = await ask('GET', '/policy/patient');
    assert.deepEqual(retry, { delaysMs: [0, 60_000, 60_000, 60_000, 600_000, 3_600_000] });
    assert.deepEqual(lane, { retryBudgetPercent: 10 });
    assertQuiet();
  });

  test('a change of one says whom it concerns before it is saved, and is a version', async () => {
    await ask('PUT', '/app/globex/policy', { policy: 'patient' });
    await ask('PUT', `/app/acme/endpoint/${scene.endpoints.audit}/policy`, { policy: 'patient' });
    const { page, assertQuiet } = admin;
    await show(page, '/policy/patient', 'patient');
    const users = section(page, 'Who stands under it');
    await users.getByRole('link', { name: 'Globex' }).waitFor();
    await users.getByRole('link', { name: 'audit' }).waitFor();
    assert.ok(await button(page, 'Delete').isDisabled());
    await page.getByLabel('Rate, at most').fill('25');
    await button(page, 'Save').click();
    await dialog(page).getByLabel('Reason').fill('their team asked for 25');
    await dialog(page).getByText('for 1 application, 1 endpoint').waitFor();
    await dialog(page).getByRole('cell', { name: 'Rate, at most' }).waitFor();
    await picture(page, 'change-policy-save');
    await confirm(page, 'Save it');
    await page.getByText('version 2', { exact: true }).waitFor();
    await section(page, 'Versions').getByText('“their team asked for 25”').waitFor();
    await section(page, 'Versions').scrollIntoViewIfNeeded();
    await picture(page, 'change-policy-users');
    const { inForce } = await ask('GET', `/app/acme/endpoint/${scene.endpoints.audit}/policy`);
    assert.equal(inForce.throttleRate, 25);
    await show(page, '/policy', 'Policies');
    await page.getByRole('row', { name: /patient .*1 application, 1 endpoint/ }).waitFor();
    await picture(page, 'change-policies');
    assertQuiet();
  });

  test('what is typed stays while somebody else saves a version, and is asked for before leaving', async () => {
    const { page, assertQuiet } = admin;
    await show(page, '/policy/patient', 'patient');
    const { version, retry, lane, throttleRate } = await ask('GET', '/policy/patient');
    const rate = page.getByLabel('Rate, at most');
    await rate.fill('30');
    await ask('PUT', '/policy/patient', { description: 'Theirs.', retry, lane, throttleRate });
    await page.getByText(`Version ${version + 1} is in force by now`).waitFor();
    assert.equal(await rate.inputValue(), '30');
    const whyNot = await button(page, 'Save').getAttribute('aria-description');
    assert.equal(whyNot, 'Somebody else saved it: choose whose is to go on.');
    const asked = page.waitForEvent('dialog');
    const left = page.getByRole('link', { name: 'Changes', exact: true }).click();
    const question = await asked;
    assert.match(question.message(), /What you typed is not saved/);
    await question.dismiss();
    await left;
    await button(page, 'Take theirs').click();
    assert.equal(await rate.inputValue(), '25');
    assert.equal(await page.getByLabel('What it is for').inputValue(), 'Theirs.');
    // What nobody typed into follows by itself.
    await ask('PUT', '/policy/patient', { description: 'Again.', retry, lane, throttleRate });
    await page.getByText(`version ${version + 2}`, { exact: true }).waitFor();
    assert.equal(await page.getByLabel('What it is for').inputValue(), 'Again.');
    assertQuiet();
  });
});

describe('the pages of changes', { skip }, () => {
  const pages = (): readonly string[] => [
    '/change',
    '/canary',
    `/app/acme/endpoint/${scene.endpoints.orders}/canary`,
    '/event-type',
    '/event-type/refund.made',
    '/policy',
    '/policy/patient',
  ];

  test('fit a narrow screen', async () => {
    const { page, assertQuiet } = await scene.open({ width: 390 });
    page.setDefaultTimeout(SLOWEST_MS);
    for (const path of pages()) {
      await show(page, path, /./);
      await assertFits(page);
      await assertHeadings(page);
    }
    await picture(page, 'change-narrow');
    assertQuiet();
  });

  test('offer no act to a session that may only read', async () => {
    const { token } = await ask('POST', '/token', { name: 'reader', scope: 'read' });
    const { page, assertQuiet } = await openPage(scene.browser, { origin: scene.service.url });
    page.setDefaultTimeout(SLOWEST_MS);
    await signIn(page, scene.service.url, token);
    const acts = /^(Revert|Take back|Tell|Start|Promote|Create|Add|Pause|Make|Save)/;
    for (const path of pages()) {
      await show(page, path, /./);
      assert.equal(await page.getByRole('button', { name: acts }).count(), 0, path);
    }
    assertQuiet();
  });

  test('show a session that may only read what a policy would do', async () => {
    const { token } = await ask('POST', '/token', { name: 'onlooker', scope: 'read' });
    const { page, assertQuiet } = await openPage(scene.browser, { origin: scene.service.url });
    page.setDefaultTimeout(SLOWEST_MS);
    await signIn(page, scene.service.url, token);
    await ask('PUT', '/policy/seen', {});
    await show(page, '/policy/seen', 'seen');
    await page.getByRole('group', { name: 'Schedule, attempt by attempt' }).waitFor();
    await section(page, 'Load in an outage').getByRole('img').first().waitFor();
    await section(page, 'What it would do').waitFor();
    await picture(page, 'change-policy-reader');
    assertQuiet();
  });
});
