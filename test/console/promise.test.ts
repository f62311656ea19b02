import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import {
  assertHeadings,
  noBrowser,
  openPage,
  picture,
  settle,
  signIn,
  type Watched,
} from '../support/console-browser.ts';
import { startConsoleScene, untilNews, type ConsoleScene } from '../support/console-scene.ts';
import { TestScope } from '../support/service-scope.ts';

/** Other tests may run beside these. */
const SLOWEST_MS = 45_000;

const skip = noBrowser();
const scope = new TestScope();
let scene: ConsoleScene;
/** One page of an admin, for all tests. */
let owner: Watched;
/** What is sent to the endpoint `audit` fails, which spends the budget of first attempts at once. */
let alertId = '';

async function ask(method: string, path: string, body?: unknown) {
  const { status, json, text } = await scene.service.call(method, `/api/v1${path}`, body);
  assert.ok(status < 300, `${method} ${path}: ${status} ${text}`);
  return json;
}

before(async () => {
  if (skip !== false) return;
  scene = await startConsoleScene(scope);
  await ask('PATCH', '/objective/first-attempt', { consumers: ['billing', 'warehouse'] });
  const opening = scene.open({ refusals: [404, 409, 422] });
  alertId = await untilNews(scope, scene.service, 'alerts', async () => {
    const answer = await ask('GET', '/alert?open=true');
    const alerts: { readonly id: string; readonly key: string }[] = answer.data;
    return alerts.find(({ key }) => key.endsWith(' first-attempt'))?.id;
  });
  owner = await opening;
  owner.page.setDefaultTimeout(SLOWEST_MS);
});
after(() => scope.end());

async function show(page: Page, path: string, heading: string | RegExp): Promise<void> {
  await page.goto(`${scene.service.url}/console${path}`);
  await settle(page, heading);
}

const section = (page: Page, name: string | RegExp) =>
  page.getByRole('region', { name, ...(typeof name === 'string' ? { exact: true } : {}) });
const dialog = (page: Page) => page.getByRole('dialog');

/** Presses the button of a dialog that does it. */
async function confirm(page: Page, name: string): Promise<void> {
  await dialog(page).locator('button[type=submit]').getByText(name, { exact: true }).click();
  await dialog(page).waitFor({ state: 'hidden' });
}

describe('the board', { skip }, () => {
  test('says how each promise stands, by who keeps it and by who relies on it', async () => {
    const { page, assertQuiet } = owner;
    await show(page, '/board', 'Board');
    const card = page.getByRole('article', { name: 'first-attempt', exact: true });
    await card.getByText('budget spent', { exact: true }).waitFor();
    await card
      .getByText(/99 % of deliveries arrive by their first attempt, over 30 days/)
      .waitFor();
    await card.getByText(/Overspent by/).waitFor();
    await card.getByText(/× in the last hour/).waitFor();
    await card.getByText(/EUR/).waitFor();
    await card.getByText('page, firing').first().waitFor();
    await picture(page, 'promise-board');
    assert.equal(await section(page, 'Kept by platform').getByRole('article').count(), 3);
    await page.getByText('By who relies on it').click();
    await section(page, 'warehouse relies on').getByRole('article').waitFor();
    await page.reload();
    await section(page, 'billing relies on').getByRole('article').waitFor();
    await section(page, 'Nobody is named who relies on it').waitFor();
    assertQuiet();
  });

  test('is given away as a link to read, and taken back', async () => {
    const { page, assertQuiet } = owner;
    await show(page, '/board', 'Board');
    await page.getByRole('button', { name: 'Make a link', exact: true }).click();
    await dialog(page)
      .getByLabel(/^Who it is for/)
      .fill('the warehouse');
    await dialog(page).getByLabel('Shows').click();
    await page.getByRole('option', { name: 'What concerns warehouse' }).click();
    await picture(page, 'promise-link');
    await dialog(page).getByRole('button', { name: 'Make the link', exact: true }).click();
    const url = (await dialog(page).locator('pre').innerText()).trim();
    const { pathname } = new URL(url);
    const asAnybody = { token: null };
    const shown = await scene.service.call('GET', pathname, undefined, asAnybody);
    assert.equal(shown.status, 200);
    assert.ok(shown.text.includes('first-attempt') && !shown.text.includes('on-time'));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Revoke: the warehouse', exact: true }).click();
    await confirm(page, 'Revoke');
    await page.getByText('No link was given out').waitFor();
    const after = await scene.service.call('GET', pathname, undefined, asAnybody);
    assert.equal(after.status, 404);
    assertQuiet();
  });
});

describe('an objective', { skip }, () => {
  test('is held against what was recorded before it is stored, and refused by its field', async () => {
    const { page, assertQuiet } = owner;
    await show(page, '/objective-new', 'New objective');
    await page.getByRole('textbox', { name: /^Name/ }).fill('invoices-first');
    await page.getByRole('combobox', { name: 'What is good' }).click();
    await page.getByRole('option', { name: 'Delivered by the first attempt' }).click();
    const target = page.getByLabel(/^Target/);
    await target.fill('100');
    await page.getByText('From 0.001 to 99.999 %.').first().waitFor();
    await picture(page, 'promise-refused');
    // The button that is refused says why, to the keyboard too.
    const save = page.getByRole('button', { name: 'Save', exact: true });
    assert.equal(await save.getAttribute('aria-description'), 'Say first: who keeps it.');
    const asked = page.waitForEvent('dialog');
    const left = page.getByRole('link', { name: 'Changes', exact: true }).click();
    await (await asked).dismiss();
    await left;
    await target.fill('95');
    await page.getByRole('textbox', { name: /^Kept by/ }).fill('shop');
    await page.getByRole('combobox', { name: /^Event types/ }).fill('invoice.paid');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: /^Relied on by/ }).fill('warehouse');
    await page.keyboard.press('Enter');
    const preview = section(page, 'Held against what was recorded');
    await preview.getByText(/95 % of deliveries of event type invoice\.paid/).waitFor();
    await preview.getByText('It would have fired once in the last 30 days:').waitFor();
    await preview.getByText(/Overspent by/).waitFor();
    await picture(page, 'promise-editor');
    await target.fill('20');
    await preview.getByText('It would not have fired in the last 30 days.').waitFor();
    await target.fill('95');
    const { data } = await ask('GET', '/objective');
    assert.equal(data.length, 3, 'nothing is stored by looking');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await settle(page, 'invoices-first');
    const stored = await ask('GET', '/objective/invoices-first');
    assert.deepEqual(
      [stored.target, stored.owner, stored.consumers, stored.slice.eventTypes],
      [0.95, 'shop', ['warehouse'], ['invoice.paid']],
    );
    assertQuiet();
  });

  test('says what it promises and how it stands: budget over the period, by hour and day, alerts, changes', async () => {
    const { page, assertQuiet } = owner;
    await show(page, '/objective/first-attempt', 'first-attempt');
    await page
      .getByText(/99 % of deliveries arrive by their first attempt, over 30 days/)
      .waitFor();
    await page.getByRole('img', { name: /^Budget left\. Overspent by/ }).waitFor();
    await page.getByRole('img', { name: /^Share good by hour\. 1 of 1 hour / }).waitFor();
    await section(page, 'What was good').locator('canvas').waitFor();
    await section(page, 'Its alerts').getByRole('link').first().waitFor();
    await section(page, 'How it was changed').getByText('changed consumers').waitFor();
    await section(page, 'Where the budget goes').getByText(scene.endpoints.audit).waitFor();
    await picture(page, 'promise-objective');
    await page.getByText('By day, the period').click();
    await page.getByRole('img', { name: /^Share good by day/ }).waitFor();
    assert.match(page.url(), /each=day/);
    await section(page, 'Budget over the period').scrollIntoViewIfNeeded();
    await picture(page, 'promise-objective-charts');
    const had = section(page, /^What the failures have in common/);
    await had.getByText(scene.endpoints.audit).first().scrollIntoViewIfNeeded();
    await picture(page, 'promise-objective-below');
    assertQuiet();
  });

  test('is written as OpenSLO, read back from it, altered and deleted', async () => {
    const { page, assertQuiet } = owner;
    await show(page, '/objective/invoices-first', 'invoices-first');
    await page.getByRole('button', { name: 'Show as OpenSLO' }).click();
    const yaml = await section(page, 'As OpenSLO').locator('pre').innerText();
    assert.match(yaml, /^apiVersion: openslo\/v1/);
    await page.getByRole('link', { name: 'Edit', exact: true }).click();
    await settle(page, 'Edit invoices-first');
    await page.getByLabel(/^Target/).fill('94');
    await ask('PATCH', '/objective/invoices-first', { description: 'Theirs.' });
    await page.getByText('Somebody else changed it while you typed').waitFor();
    assert.equal(await page.getByLabel(/^Target/).inputValue(), '94 %');
    await page.getByRole('button', { name: 'Take theirs' }).click();
    assert.equal(await page.getByLabel(/^Target/).inputValue(), '95 %');
    assert.equal(await page.getByLabel('What it is for').inputValue(), 'Theirs.');
    await page.getByRole('button', { name: 'From OpenSLO' }).click();
    const document = dialog(page).getByLabel('Document');
    await document.fill(yaml.replace('Occurrences', 'Timeslices'));
    await dialog(page).getByRole('button', { name: 'Read it' }).click();
    await dialog(page)
      .getByText(/Budgets are counted by "Occurrences"/)
      .waitFor();
    await picture(page, 'promise-openslo');
    await document.fill(yaml.replace('target: 0.95', 'target: 0.9'));
    await dialog(page).getByRole('button', { name: 'Read it' }).click();
    await dialog(page).waitFor({ state: 'hidden' });
    assert.equal(await page.getByLabel(/^Target/).inputValue(), '90 %');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await settle(page, 'invoices-first');
    await section(page, 'How it was changed')
      .getByText(/^changed .*target/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await confirm(page, 'Delete');
    await settle(page, 'Board');
    const { status } = await scene.service.call('GET', '/api/v1/objective/invoices-first');
    assert.equal(status, 404);
    assertQuiet();
  });
});

describe('notifiers', { skip }, () => {
  test('are made and tested, say what came of it, and never show their secret', async () => {
    const { page, assertQuiet } = owner;
    await show(page, '/notifier', 'Notifiers');
    await page.getByText('Nobody can be told').waitFor();
    await picture(page, 'promise-notifiers-none');
    const add = async (name: string, path: string): Promise<void> => {
      await page.getByRole('button', { name: 'Add a notifier', exact: true }).click();
      await dialog(page).getByLabel(/^Name/).fill(name);
      await dialog(page)
        .getByLabel(/^Incoming webhook URL/)
        .fill(`${scene.receiver.origin}${path}`);
    };
    await add('chat', '/hooks/hidden-part');
    await picture(page, 'promise-notifier');
    await confirm(page, 'Add a notifier');
    await add('broken', '/audit/hook');
    await confirm(page, 'Add a notifier');
    await page.getByRole('button', { name: 'Test: chat', exact: true }).click();
    await page.getByLabel('Last try of chat').getByText('sent', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Test: broken', exact: true }).click();
    const broken = page.getByLabel('Last try of broken');
    await broken.getByText('failed', { exact: true }).waitFor();
    await page.reload();
    await broken.getByText(/500/).waitFor();
    await picture(page, 'promise-notifiers-tried');
    await page.getByRole('button', { name: 'Edit: chat', exact: true }).click();
    assert.equal(
      await dialog(page)
        .getByLabel(/^Incoming webhook URL/)
        .inputValue(),
      '',
    );
    await dialog(page).getByLabel('What it is for').fill('the room of the platform');
    await confirm(page, 'Save');
    assert.equal((await ask('GET', '/notifier/chat')).hasSecret, true);
    assert.ok(!(await page.content()).includes('hidden-part'));
    assertQuiet();
  });

  test('are told of alerts by routes, and somebody else where nobody acknowledges', async () => {
    const { page, assertQuiet } = owner;
    await show(page, '/notifier', 'Notifiers');
    await page.getByText('Some alerts are told to nobody').waitFor();
    await page.getByRole('button', { name: 'Add a route', exact: true }).click();
    await dialog(page).getByLabel(/^Name/).fill('all');
    await dialog(page)
      .getByRole('combobox', { name: /^At once, by/ })
      .press('ArrowDown');
    await page.getByRole('option', { name: 'chat' }).click();
    await page.keyboard.press('Escape');
    await dialog(page).getByRole('button', { name: 'Add who is told next' }).click();
    await dialog(page).getByRole('combobox', { name: 'Tell by' }).press('ArrowDown');
    await page.getByRole('option', { name: 'broken' }).click();
    await page.keyboard.press('Escape');
    await dialog(page).getByLabel('Quiet hours').check();
    await dialog(page).getByLabel('Quiet: time zone').fill('Europe/Berlin');
    await picture(page, 'promise-route');
    await confirm(page, 'Add a route');
    const row = page.getByRole('row', { name: /^100 all/ });
    await row.getByText('broken after 15 min').waitFor();
    await row.getByText('every alert').waitFor();
    await page.getByText('Some alerts are told to nobody').waitFor({ state: 'hidden' });
    await picture(page, 'promise-notifiers');
    const [route] = (await ask('GET', '/route')).data;
    assert.deepEqual(
      [route.notifiers, route.escalation, route.quietHours.timeZone],
      [['chat'], [{ afterMinutes: 15, notifiers: ['broken'] }], 'Europe/Berlin'],
    );
    await page.getByRole('button', { name: 'Delete: broken', exact: true }).click();
    await confirm(page, 'Delete');
    await page.getByText(/all names broken, which is not there/).waitFor();
    assertQuiet();
  });
});

describe('alerts', { skip }, () => {
  test('stand by what is done about them, with filters in the address', async () => {
    const { page, assertQuiet } = owner;
    await show(page, '/alert', 'Alerts');
    const firing = page.getByRole('grid', { name: 'Alerts: firing' });
    await firing.getByRole('link', { name: 'first-attempt' }).first().waitFor();
    await picture(page, 'promise-alerts');
    await page.getByLabel('Owner').first().fill('nobody at all');
    await page.getByText('None fits the filters').waitFor();
    assert.match(page.url(), /owner=nobody/);
    await page.getByLabel('Owner').first().fill('Platform');
    await firing.getByRole('link', { name: 'first-attempt' }).first().waitFor();
    const about = async (query: string): Promise<boolean> => {
      const answer = await ask('GET', `/alert?open=true&${query}`);
      const alerts: readonly { readonly id: string }[] = answer.data;
      return alerts.some(({ id }) => id === alertId);
    };
    assert.ok(await about('objective=first-attempt&app_id=acme'));
    assert.ok(!(await about('objective=on-time')) && !(await about('app_id=globex')));
    await page
      .getByText(/^Resolved/)
      .first()
      .click();
    assert.match(page.url(), /show=resolved/);
    assertQuiet();
  });

  test('are held back by a maintenance window, until somebody ends it', async () => {
    const { page, assertQuiet } = owner;
    await show(page, '/alert', 'Alerts');
    await page.getByRole('button', { name: 'Open a window', exact: true }).click();
    await dialog(page).getByLabel('Why').fill('database move');
    await dialog(page)
      .getByLabel(/^Only alerts of these owners/)
      .fill('warehouse');
    await page.keyboard.press('Enter');
    await picture(page, 'promise-window');
    await confirm(page, 'Open it');
    const row = page.getByRole('row', { name: /database move/ });
    await row.getByText('in force').waitFor();
    await row.getByText('owned by warehouse').waitFor();
    await row.getByRole('button', { name: 'End: database move', exact: true }).click();
    await confirm(page, 'End it');
    await page.getByText('No window', { exact: true }).waitFor();
    assertQuiet();
  });

  test('say what, since when, how sure, and what explains it, and are looked after by a key', async () => {
    const { page, assertQuiet } = owner;
    await show(page, '/alert', 'Alerts');
    await page.getByRole('grid', { name: 'Alerts: firing' }).press('j');
    await show(page, `/alert/${alertId}`, /first-attempt/);
    const explained = page.getByRole('region', { name: 'What sets failures apart' });
    await explained.getByText(scene.endpoints.audit).first().waitFor();
    await explained
      .getByText(/at least [\d.]+×/)
      .first()
      .waitFor();
    await picture(page, 'promise-alert');
    await explained.scrollIntoViewIfNeeded();
    await picture(page, 'promise-alert-below');
    const { incidentId } = await ask('GET', `/alert/${alertId}`);
    assert.match(incidentId, /^inc_/);
    await page.getByRole('link', { name: incidentId, exact: true }).waitFor();
    await page.keyboard.press('a');
    await section(page, 'Its numbers').getByText('by admin').waitFor();
    await section(page, 'History').getByText('acknowledged', { exact: true }).waitFor();
    await page.keyboard.press('s');
    await dialog(page).getByLabel('For', { exact: true }).click();
    await page.getByRole('option', { name: 'Four hours' }).click();
    await picture(page, 'promise-silence');
    await confirm(page, 'Silence');
    await page.getByText('Nobody is told before').waitFor();
    await show(page, '/alert?show=silenced', 'Alerts');
    await page
      .getByRole('grid', { name: 'Alerts: silenced' })
      .getByRole('link', { name: 'first-attempt' })
      .first()
      .waitFor();
    const { silencedUntil } = await ask('GET', `/alert/${alertId}`);
    const hours = (Date.parse(silencedUntil) - Date.now()) / 3_600_000;
    assert.ok(hours > 3.9 && hours <= 4, String(hours));
    await show(page, `/alert/${alertId}`, /first-attempt/);
    await page.getByRole('button', { name: 'End the silence', exact: true }).click();
    await page.getByText('Nobody is told before').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Resolve', exact: true }).click();
    await confirm(page, 'Resolve');
    await section(page, 'History').getByText('resolved', { exact: true }).waitFor();
    assertQuiet();
  });
});

describe('the area', { skip }, () => {
  test('fits a narrow screen', async () => {
    const { page, assertQuiet } = await scene.open({ width: 390, refusals: [404] });
    page.setDefaultTimeout(SLOWEST_MS);
    for (const path of [
      '/board',
      '/objective/first-attempt',
      '/objective/first-attempt/edit',
      '/alert',
      `/alert/${alertId}`,
      '/notifier',
    ]) {
      await show(page, path, /./);
      await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'hidden' });
      // Tables scroll sideways in themselves; nothing else does.
      const out: unknown = await page.evaluate(`[...document.querySelectorAll('main *')]
        .filter((each) => each.closest('[role=grid],[role=region][tabindex]') === null)
        .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
        .map((each) => each.outerHTML.slice(0, 200))`);
      assert.deepEqual(out, [], `${path} sticks out of a screen of 390 px`);
      await assertHeadings(page);
    }
    await picture(page, 'promise-narrow-notifiers');
    await show(page, `/alert/${alertId}`, /first-attempt/);
    await picture(page, 'promise-narrow-alert');
    assertQuiet();
  });

  test('offers no act to a session that may only read', async () => {
    const { token } = await ask('POST', '/token', { name: 'reader', scope: 'read' });
    const { page, assertQuiet } = await openPage(scene.browser, { origin: scene.service.url });
    await signIn(page, scene.service.url, token);
    for (const [path, heading] of [
      ['/board', 'Board'],
      ['/objective/first-attempt', 'first-attempt'],
      ['/alert', 'Alerts'],
      ['/notifier', 'Notifiers'],
      ['/objective-new', 'New objective'],
    ] as const) {
      await show(page, path, heading);
      for (const name of [/^Make a link/, /^Delete/, /^Acknowledge/, /^Silence/, /^Add/, /^Save/]) {
        assert.equal(await page.getByRole('button', { name }).count(), 0, `${path}: ${name}`);
      }
    }
    assertQuiet();
  });
});
