import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { createAuthority, issue, trust } from '../support/certificates.ts';
import { noBrowser, picture, settle } from '../support/console-browser.ts';
import { startConsoleScene, type ConsoleScene } from '../support/console-scene.ts';
import { TestScope } from '../support/service-scope.ts';
import { until } from '../support/service-until.ts';
import { startTlsReceiver } from '../support/tls-receiver.ts';

const skip = noBrowser();
/** What fails comes to its end at once, rather than to wait behind an open circuit. */
const settings = { breakerFailures: 0, breakerFailurePercent: 0, retryBudgetPerSecond: 1000 };
const scope = new TestScope();
let scene: ConsoleScene;

const root = createAuthority('Root of the test');

before(async () => {
  if (skip !== false) return;
  trust(scope, root);
  scene = await startConsoleScene(scope, settings);
});
after(() => scope.end());

/** Opens an address of the console without loading the page anew. */
async function go(page: Page, path: string): Promise<void> {
  await page.goto(`${scene.service.url}/console${path}`);
}

const text = (page: Page, wanted: string | RegExp) => page.getByText(wanted).first();

test(
  'the overview says in its first line whether all is well, with figures that follow',
  { skip },
  async () => {
    const { page, assertQuiet } = await scene.open();
    await settle(page, 'Overview');
    await text(page, /All is well|Some deliveries failed|Something needs attention/).waitFor();
    await text(page, /accepted, \d+ delivered/).waitFor();
    // The stream has told figures: no figure waits.
    await page.getByText('Messages a second').waitFor();
    await page.getByText('…', { exact: true }).first().waitFor({ state: 'detached' });
    await page
      .getByRole('link', { name: /127\.0\.0\.1/ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Table' }).click();
    await page.getByRole('grid', { name: /as a table/ }).waitFor();
    await page.getByRole('button', { name: 'Plot' }).click();
    await page.locator('canvas').waitFor();
    await picture(page, 'deliver-overview');
    assertQuiet();
  },
);

test('applications are found by a part of a name, or by an exact uid', { skip }, async () => {
  const { page, assertQuiet } = await scene.open();
  await go(page, '/app');
  await settle(page, 'Applications');
  const grid = page.getByRole('grid', { name: 'Applications' });
  const globex = grid.getByRole('link', { name: 'Globex' });
  await globex.waitFor();
  await page.getByLabel('Search').fill('acm');
  await globex.waitFor({ state: 'detached' });
  assert.match(page.url(), /search=acm/);
  await picture(page, 'deliver-applications');
  await grid.getByRole('link', { name: 'Acme' }).click();
  await settle(page, 'Acme');
  await page
    .getByRole('grid', { name: 'Endpoints' })
    .getByRole('link', { name: 'audit' })
    .waitFor();
  await picture(page, 'deliver-application');
  assertQuiet();
});

test(
  'an application and an endpoint are made in dialogs, and a link is given away',
  { skip },
  async () => {
    const { page, assertQuiet } = await scene.open();
    await go(page, '/app');
    await settle(page, 'Applications');
    await page.getByRole('button', { name: 'New application', exact: true }).click();
    await page.getByLabel('Name').fill('Initech');
    await page.getByLabel('Uid').fill('initech');
    await page.getByRole('button', { name: 'Create application', exact: true }).click();
    await settle(page, 'Initech');
    await page.getByRole('heading', { name: 'No endpoint yet' }).waitFor();
    await page.getByRole('button', { name: 'New endpoint', exact: true }).click();
    await page.getByLabel('URL').fill(`${scene.receiver.origin}/initech`);
    await page.getByLabel('Description').fill('billing');
    await page.getByRole('button', { name: 'Is it reached?' }).click();
    await text(page, /It is reached/).waitFor();
    await picture(page, 'deliver-new-endpoint');
    await page.getByRole('button', { name: 'Create endpoint', exact: true }).click();
    await settle(page, 'billing');
    await go(page, '/app/initech');
    await page.getByRole('button', { name: 'Give a link' }).click();
    await page.getByRole('menuitem', { name: /Portal link/ }).click();
    await text(page, /\/portal#key=/).waitFor();
    assertQuiet();
  },
);

test(
  'an endpoint says how it is; it is paused, resumed, and sent an example',
  { skip },
  async () => {
    const { page, assertQuiet } = await scene.open();
    await go(page, `/app/acme/endpoint/${scene.endpoints.orders}`);
    await settle(page, 'orders');
    await text(page, 'nothing holds them back').waitFor();
    await page.getByRole('grid', { name: 'Attempts' }).getByText('delivered').first().waitFor();
    await picture(page, 'deliver-endpoint');

    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('none is lost').waitFor();
    // The API takes no pause without a reason, so the dialog does not either.
    assert.equal(await dialog.getByRole('button', { name: 'Pause' }).isDisabled(), true);
    await dialog.getByLabel('Reason').fill('their database moves');
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await text(page, /It is paused for .*their database moves/).waitFor();
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await text(page, 'nothing holds them back').waitFor();

    await page.getByRole('button', { name: 'Send example', exact: true }).click();
    await dialog.getByRole('combobox', { name: 'Event type' }).fill('invoice.paid');
    await page.getByRole('option', { name: 'invoice.paid' }).click();
    await dialog.getByRole('button', { name: 'Send example' }).click();
    await settle(page, 'invoice.paid');
    await page.getByRole('grid', { name: 'Deliveries' }).getByText('delivered').waitFor();
    assertQuiet();
  },
);

test(
  'the tabs of an endpoint: timing, circuit, policy with its sources, settings',
  { skip },
  async () => {
    const { page, assertQuiet } = await scene.open();
    const at = `/app/acme/endpoint/${scene.endpoints.audit}`;
    await go(page, `${at}?tab=circuit`);
    await settle(page, 'audit');
    await page.getByRole('heading', { name: 'Circuit breaker' }).waitFor();
    await page.getByRole('button', { name: 'Open circuit', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('it is being mended');
    await picture(page, 'deliver-open-circuit');
    await dialog.getByRole('button', { name: 'Open circuit' }).click();
    await text(page, /open by hand for/).waitFor();
    await picture(page, 'deliver-endpoint-circuit');
    await page.getByRole('button', { name: 'Close circuit', exact: true }).click();
    await dialog.getByRole('button', { name: 'Close circuit' }).click();
    await text(page, /Deliveries go out|deliveries go out/).waitFor();
    await page.getByRole('button', { name: 'Open circuit', exact: true }).waitFor();

    await page.getByRole('tab', { name: 'Policy' }).click();
    await page
      .getByRole('grid', { name: 'Policy in force' })
      .getByText('Attempts, and the waits')
      .waitFor();
    await picture(page, 'deliver-endpoint-policy');

    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Show secret' }).click();
    await text(page, /^whsec_/).waitFor();
    await page.getByLabel('Header', { exact: true }).fill('x-team');
    await page.getByLabel('Value', { exact: true }).fill('billing');
    await page.getByRole('button', { name: 'Set header', exact: true }).click();
    await page.getByRole('grid', { name: 'Headers' }).getByText('x-team').waitFor();
    await picture(page, 'deliver-endpoint-settings');

    await page.getByRole('tab', { name: 'Timing' }).click();
    await page.getByRole('heading', { name: 'Where the time goes' }).waitFor();
    assertQuiet();
  },
);

test('messages are filtered in the address, and found by id', { skip }, async () => {
  const { page, assertQuiet } = await scene.open();
  await go(page, `/app/acme/message?type=order.made`);
  await settle(page, 'Messages');
  const grid = page.getByRole('grid', { name: 'Messages' });
  await grid.getByText('order.made').first().waitFor();
  assert.equal(await grid.getByText('invoice.paid').count(), 0);
  await go(page, `/app/acme/message?endpoint=${scene.endpoints.audit}&status=failed`);
  await grid.getByText('failed').first().waitFor();
  await picture(page, 'deliver-messages');
  const id = scene.messageIds[0] ?? '';
  await page.getByLabel(/Find a message/).fill(id);
  await page.keyboard.press('Enter');
  await settle(page, 'invoice.paid');
  await text(page, id).waitFor();
  assertQuiet();
});

test(
  'a message shows its payload as it was sent, and is replayed in one click',
  { skip },
  async () => {
    const { page, assertQuiet } = await scene.open();
    await go(page, `/app/acme/message/${scene.messageIds[0] ?? ''}`);
    await settle(page, 'invoice.paid');
    const deliveries = page.getByRole('grid', { name: 'Deliveries' });
    const row = deliveries.getByRole('row', { name: /audit/ });
    await row.getByText('all attempts failed').waitFor();
    await text(page, /"invoice": "in_0"/).waitFor();
    await picture(page, 'deliver-message');
    const before = scene.receiver.received.length;
    await row.getByRole('button', { name: 'Replay to audit', exact: true }).click();
    await text(page, /sent again/).waitFor();
    await until(() => scene.receiver.received.length > before, 'the replay');
    await page
      .getByRole('grid', { name: 'Attempts' })
      .getByText(/replayed/)
      .first()
      .waitFor();

    await page
      .getByRole('grid', { name: 'Attempts' })
      .getByRole('row', { name: /audit/ })
      .first()
      .getByRole('link', { name: 'Details' })
      .click();
    await settle(page, 'Attempt');
    await text(page, /The endpoint failed with status 500/).waitFor();
    await text(page, /the audit store is full/).waitFor();
    await picture(page, 'deliver-attempt');
    assertQuiet();
  },
);

test(
  'dead letters are cancelled one by one and redriven together, with progress',
  { skip },
  async () => {
    const { page, assertQuiet } = await scene.open();
    await go(page, '/app/acme/dead-letter');
    await settle(page, 'Dead letters');
    await page.getByRole('grid', { name: 'Dead letters' }).getByText('audit').first().waitFor();
    await picture(page, 'deliver-dead-letters');
    await page.getByRole('button', { name: 'Redrive', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('A second, at most').fill('1000');
    await dialog.getByLabel('Reason').fill('the audit store has room again');
    await dialog.getByRole('button', { name: 'Redrive' }).click();
    await settle(page, 'Redrive');
    // The endpoint still answers 500, and the page says so.
    await text(page, /failed again/).waitFor();
    await picture(page, 'deliver-act');
    await go(page, '/app/acme/dead-letter');
    await page.getByRole('button', { name: 'Cancel all', exact: true }).click();
    await dialog.getByLabel('Reason').fill('the audit was done by hand');
    await dialog.getByRole('button', { name: 'Cancel all' }).click();
    await settle(page, 'Cancellation');
    await text(page, /deliveries are cancelled/).waitFor();
    await go(page, '/app/acme/dead-letter');
    await page.getByRole('heading', { name: 'No dead letter' }).waitFor();
    assertQuiet();
  },
);

test(
  'the live tail shows attempts as they end, filters, pauses, and ends with its page',
  { skip },
  async () => {
    const { page, assertQuiet } = await scene.open();
    await go(page, '/live');
    await settle(page, 'Live tail');
    await page.getByRole('heading', { name: 'Waiting for an attempt' }).waitFor();
    const streams: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/v1/live?')) streams.push(request.url());
    });
    const send = (eventType: string) =>
      scene.service.call('POST', '/api/v1/app/globex/msg', { eventType, payload: { n: 1 } });
    const grid = page.getByRole('grid', { name: 'Attempts as they come' });
    await until(async () => {
      await send('order.made');
      return (await grid.getByText('order.made').count()) > 0;
    }, 'an attempt in the live tail');
    await grid.getByText('all events').first().waitFor();
    await send('invoice.paid');
    await grid.getByText('invoice.paid').first().waitFor();
    await picture(page, 'deliver-live');
    await page.getByLabel('Event type').fill('order');
    await grid.getByText('invoice.paid').first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await send('order.made');
    await text(page, /Paused: 1 more since/).waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByLabel('Event type').fill('');

    // More than fifty a second are counted, not shown.
    const burst = Array.from({ length: 300 }, (_none, n) => ({
      eventType: 'order.made',
      payload: { n },
    }));
    await until(async () => {
      await scene.service.call('POST', '/api/v1/app/globex/msg/batch', burst);
      return (await page.getByText(/were skipped/).count()) > 0;
    }, 'word of what was skipped');

    // One application alone: the stream is asked for its attempts.
    await page.getByRole('combobox', { name: 'Application' }).click();
    await page.getByRole('option', { name: 'Globex' }).click();
    await until(
      () => streams.some((url) => /topics=[^&]*attempts.*app_id=/.test(url)),
      'a narrowed stream',
    );
    // Elsewhere no attempts are asked for.
    await page.getByRole('link', { name: 'Certificates' }).click();
    await settle(page, 'Certificates');
    await until(() => streams.at(-1)?.includes('attempts') === false, 'a stream without attempts');
    await picture(page, 'deliver-certificates');
    assertQuiet();
  },
);

const DAY_MS = 86_400_000;

test(
  'a certificate that ends soon is warned of, with its chain, also on the page of its endpoint',
  {
    skip,
  },
  async () => {
    const { service } = scene;
    const receiver = await startTlsReceiver(scope, issue(root, { to: Date.now() + 10 * DAY_MS }));
    await service.call('POST', '/api/v1/app', { name: 'Hooli', uid: 'hooli' });
    await service.call('POST', '/api/v1/app/hooli/endpoint', {
      uid: 'tls',
      url: `https://127.0.0.1:${receiver.port}/`,
    });
    await service.call('POST', '/api/v1/app/hooli/msg', { eventType: 'order.made', payload: {} });
    await until(async () => {
      const { json } = await service.call('GET', '/api/v1/certificate');
      return json.data.length > 0;
    }, 'the certificate');
    const { page, assertQuiet } = await scene.open();
    await go(page, '/certificate?within=21');
    await settle(page, 'Certificates');
    const grid = page.getByRole('grid', { name: 'Certificates' });
    await grid.getByText(/ends in 9 d/).waitFor();
    await grid.getByText('CN=Root of the test').click();
    await page.getByRole('dialog').getByText('Valid until').first().waitFor();
    await picture(page, 'deliver-certificates');
    await go(page, '/app/hooli/endpoint/tls?tab=settings');
    await settle(page, 'tls');
    await page.getByText('renew it').waitFor();
    assertQuiet();
  },
);

const MANY = Number(process.env['MANY_ROWS'] ?? 2500);

test(
  'a list of thousands goes to its end by one key, and holds only the rows in sight',
  { skip },
  async () => {
    const { service } = scene;
    await service.call('POST', '/api/v1/app', { name: 'Umbrella', uid: 'umbrella' });
    for (let from = 0; from < MANY; from += 500) {
      const batch = Array.from({ length: Math.min(500, MANY - from) }, (_none, nth) => ({
        eventType: 'order.made',
        eventId: `order-${from + nth}`,
        payload: { n: from + nth },
      }));
      const { status } = await service.call('POST', '/api/v1/app/umbrella/msg/batch', batch);
      assert.ok(status < 300);
    }
    const { page, assertQuiet } = await scene.open();
    await go(page, '/app/umbrella/message');
    await settle(page, 'Messages');
    const grid = page.getByRole('grid', { name: 'Messages' });
    await grid.getByText(`order-${MANY - 1}`, { exact: true }).waitFor();
    const began = performance.now();
    await grid.focus();
    await page.keyboard.press('End');
    await grid.getByText('order-0', { exact: true }).waitFor({ timeout: 120_000 });
    console.log(`# ${MANY} rows to the end in ${Math.round(performance.now() - began)} ms`);
    await text(page, `${MANY.toLocaleString('en')} in all`).waitFor();
    assert.ok((await grid.getByRole('row').count()) < 60, 'only the rows in sight are in the page');
    // The last row is the one that is chosen, and Enter opens it.
    await page.keyboard.press('Enter');
    await settle(page, 'order.made');
    await page.getByRole('heading', { name: 'It was for no endpoint' }).waitFor();
    assertQuiet();
  },
);

test('pages work at 390 px, and nothing but tables scrolls sideways', { skip }, async () => {
  const { page, assertQuiet } = await scene.open({ width: 390 });
  const endpoint = `/app/acme/endpoint/${scene.endpoints.audit}`;
  const pictured = new Map([
    ['/', 'overview'],
    [`${endpoint}?tab=timing`, 'timing'],
    ['/app/acme/message', 'messages'],
  ]);
  for (const [path, heading] of [
    ['/', 'Overview'],
    ['/app', 'Applications'],
    ['/app/acme', 'Acme'],
    [endpoint, 'audit'],
    [`${endpoint}?tab=timing`, 'audit'],
    [`${endpoint}?tab=circuit`, 'audit'],
    [`${endpoint}?tab=policy`, 'audit'],
    [`${endpoint}?tab=settings`, 'audit'],
    ['/app/acme/message', 'Messages'],
    [`/app/acme/message/${scene.messageIds[0] ?? ''}`, 'invoice.paid'],
    ['/app/acme/dead-letter', 'Dead letters'],
    ['/live', 'Live tail'],
    ['/certificate', 'Certificates'],
    ['/start', 'First delivery'],
    ['/settings', 'Settings and tokens'],
  ] as const) {
    await go(page, path);
    await settle(page, heading);
    const wide = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
    const name = pictured.get(path);
    if (name !== undefined) await picture(page, `deliver-narrow-${name}`);
  }
  assertQuiet();
});
