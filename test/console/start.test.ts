import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import {
  noBrowser,
  openBrowser,
  openPage,
  picture,
  settle,
  signIn,
  type Watched,
} from '../support/console-browser.ts';
import { startReceiver, type Receiver } from '../support/service-receiver.ts';
import { TestScope } from '../support/service-scope.ts';
import { until } from '../support/service-until.ts';
import { startTestService, type TestService } from '../support/service.ts';

const skip = noBrowser();
const scope = new TestScope();
let service: TestService;
let receiver: Receiver;
let browser: Browser;

/** A Holdfast as it is after its first start: nothing is set up. */
before(async () => {
  if (skip !== false) return;
  service = await startTestService(scope);
  receiver = await startReceiver(scope);
  browser = await openBrowser(scope);
});
after(() => scope.end());

async function open(token = service.token, refusals: readonly number[] = []): Promise<Watched> {
  const watched = await openPage(browser, { origin: service.url, refusals: [401, ...refusals] });
  await signIn(watched.page, service.url, token);
  return watched;
}

test(
  'from nothing to a delivered message in four steps, well under two minutes',
  { skip },
  async () => {
    const began = performance.now();
    const { page, assertQuiet } = await open();
    await settle(page, 'Overview');
    await picture(page, 'start-overview-empty');
    await page.getByRole('link', { name: 'Begin: two minutes' }).click();
    await settle(page, 'First delivery');
    await page.getByLabel('Name').fill('Acme');
    await page.getByRole('button', { name: 'Create application', exact: true }).click();
    await page.getByText('holdfast listen').waitFor();
    await page.getByRole('button', { name: 'Use its URL' }).click();
    assert.equal(
      await page.getByLabel('URL', { exact: true }).inputValue(),
      'http://127.0.0.1:8072/',
    );
    await page.getByLabel('URL', { exact: true }).fill(`${receiver.origin}/first`);
    await page.getByRole('button', { name: 'Is it reached?' }).click();
    await page.getByText('It is reached').waitFor();
    await picture(page, 'start-first-delivery');
    await page.getByRole('button', { name: 'Create endpoint', exact: true }).click();
    await page.getByRole('button', { name: 'Send message', exact: true }).click();
    await page.getByText('Accepted, stored, signed, sent, taken').waitFor();
    await picture(page, 'start-first-delivered');
    const [received] = await receiver.until(1);
    assert.equal(received?.path, '/first');
    assert.equal(JSON.parse(String(received?.body)).invoice, 'in_1');
    assert.ok(performance.now() - began < 120_000, 'it took less than two minutes');
    await page.getByRole('link', { name: 'Look at the message' }).click();
    await settle(page, 'invoice.paid');
    assertQuiet();
  },
);

test('a first delivery that fails says why, and that nothing is lost', { skip }, async () => {
  await receiver.close();
  const { page, assertQuiet } = await open();
  await page.goto(`${service.url}/console/start`);
  await settle(page, 'First delivery');
  await page.getByLabel('Name').fill('Globex');
  await page.getByRole('button', { name: 'Create application', exact: true }).click();
  await page.getByLabel('URL', { exact: true }).fill(`${receiver.origin}/gone`);
  await page.getByRole('button', { name: 'Create endpoint', exact: true }).click();
  await page.getByRole('button', { name: 'Send message', exact: true }).click();
  await page.getByText('Not delivered yet').waitFor();
  await page.getByText('connect failure').waitFor();
  await picture(page, 'start-first-failed');
  await page.getByRole('link', { name: 'See the attempt' }).click();
  await settle(page, 'Attempt');
  await page.getByText('No connection came about').waitFor();
  assertQuiet();
});

test('an address that names nothing says so, and leads on', { skip }, async () => {
  const { page, assertQuiet } = await open(service.token, [404]);
  await page.goto(`${service.url}/console/start?app=nothing`);
  await settle(page, 'First delivery');
  await page.getByText('No application has the id or uid').waitFor();
  await page.getByRole('button', { name: 'Choose another' }).click();
  await page.getByLabel('Name').waitFor();
  await page.goto(`${service.url}/console/settings?tab=nothing`);
  await settle(page, 'Settings and tokens');
  await page.getByRole('grid', { name: 'Settings in force' }).waitFor();
  assertQuiet();
});

test(
  'the keyboard goes past the navigation, and the palette knows ids and other words',
  {
    skip,
  },
  async () => {
    const { page, assertQuiet } = await open();
    await settle(page, 'Overview');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'To the page');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.tagName'), 'MAIN');
    assert.equal(new URL(page.url()).hash, '');
    await page.keyboard.press('Control+k');
    const field = page.getByRole('textbox', { name: 'A page, or an id' });
    await field.fill('item_0123456789');
    await page
      .getByRole('button', { name: /^Action item/ })
      .first()
      .waitFor();
    await field.fill('postmortem');
    await page.getByRole('button', { name: 'Incidents' }).waitFor();
    assertQuiet();
  },
);

test('while nobody answers, what was seen stays, and the frame with it', { skip }, async () => {
  const short = await startTestService(scope);
  const { page } = await openPage(browser, { origin: short.url });
  await page.clock.install();
  await signIn(page, short.url, short.token);
  await page.goto(`${short.url}/console/change`);
  await settle(page, 'Changes');
  const row = page.getByRole('row', { name: /created objective/ }).first();
  await row.waitFor();
  let failed = 0;
  page.on('requestfailed', (request) => {
    if (request.url().includes('/api/v1/change')) failed += 1;
  });
  await short.stop();
  // What was seen is old by now: somebody who comes back to the page has it asked for again, three times.
  await until(async () => {
    await page.clock.runFor(6000);
    await page.evaluate(`window.dispatchEvent(new Event('visibilitychange'))`);
    return failed >= 3;
  }, 'three requests without an answer');
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
  );
  assert.ok(await row.isVisible());
  assert.equal(await page.getByText('Holdfast did not answer').count(), 0);
  // A page that was not loaded yet.
  await page.getByRole('link', { name: 'Canaries', exact: true }).click();
  await settle(page, 'This page could not be loaded');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Holdfast still does not answer').waitFor();
  await page.getByRole('link', { name: 'Changes', exact: true }).click();
  await settle(page, 'Changes');
  await page.context().close();
});

test('settings are a table that is searched; health and audit have figures', { skip }, async () => {
  const { page, assertQuiet } = await open();
  await page.goto(`${service.url}/console/settings`);
  await settle(page, 'Settings and tokens');
  const grid = page.getByRole('grid', { name: 'Settings in force' });
  await grid.getByText('HOLDFAST_HOST').waitFor();
  await page.getByLabel('Search').fill('attempt timeout');
  await grid.getByText('HOLDFAST_ATTEMPT_TIMEOUT_MS').waitFor();
  await grid.getByText('15 s').waitFor();
  assert.equal(await grid.getByText('HOLDFAST_HOST').count(), 0);
  await page.getByLabel('Search').fill('');
  await picture(page, 'start-settings');
  await page.getByRole('tab', { name: 'Health and audit' }).click();
  await page.getByText('The ledger answers').waitFor();
  await page.getByText('deliveries that nothing accounts for').waitFor();
  await picture(page, 'start-health');
  assertQuiet();
});

test('a token is made, shown once, works, and is revoked', { skip }, async () => {
  const { page, assertQuiet } = await open();
  await page.goto(`${service.url}/console/settings?tab=tokens`);
  await settle(page, 'Settings and tokens');
  await page.getByRole('button', { name: 'New token', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('dashboards');
  await dialog.getByRole('combobox', { name: 'Scope' }).click();
  await page.getByRole('option', { name: /^read/ }).click();
  await dialog.getByRole('button', { name: 'New token' }).click();
  await page.getByText('It is shown now, and never again').waitFor();
  const token = await dialog.locator('pre').innerText();
  await picture(page, 'start-token');
  await page.keyboard.press('Escape');
  const tokens = page.getByRole('grid', { name: 'Tokens' });
  await tokens.getByText('dashboards').waitFor();

  // Who may only read is offered nothing that changes something.
  const reader = await open(token, [403]);
  await reader.page.goto(`${service.url}/console/app`);
  await settle(reader.page, 'Applications');
  assert.equal(await reader.page.getByRole('button', { name: 'New application' }).count(), 0);
  await reader.page.goto(`${service.url}/console/settings?tab=tokens`);
  await reader.page.getByRole('heading', { name: 'Tokens are for admins' }).waitFor();

  await tokens.getByRole('button', { name: 'Revoke dashboards', exact: true }).click();
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await tokens.getByText('revoked').waitFor();
  await picture(page, 'start-tokens');
  // The reader's session has ended with its token.
  await reader.page.getByLabel(/^Token/).waitFor();
  assertQuiet();
  reader.assertQuiet();
});
