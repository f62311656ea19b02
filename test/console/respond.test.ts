import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
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
import { until } from '../support/service-until.ts';

/** Other tests may run beside these. */
const SLOWEST_MS = 45_000;

const skip = noBrowser();
const scope = new TestScope();
let scene: ConsoleScene;
/** One page of an admin, for all tests. */
let responder: Watched;
/** Opened by itself, since what is sent to the endpoint `audit` fails. */
let incidentId = '';

async function ask(method: string, path: string, body?: unknown) {
  const { status, json, text } = await scene.service.call(method, `/api/v1${path}`, body);
  assert.ok(status < 300, `${method} ${path}: ${status} ${text}`);
  return json;
}

async function send(many: number): Promise<void> {
  for (let nth = 0; nth < many; nth += 1) {
    await ask('POST', '/app/acme/msg', {
      eventType: 'invoice.paid',
      payload: { invoice: `in_more_${nth}`, amount: 125_000, currency: 'EUR' },
    });
  }
}

before(async () => {
  if (skip !== false) return;
  scene = await startConsoleScene(scope);
  // Two changes within half an hour, of the endpoint that fails.
  const endpoint = `/app/acme/endpoint/${scene.endpoints.audit}`;
  await ask('PATCH', endpoint, { description: 'audit store, the new one' });
  await ask('PATCH', endpoint, { throttleRate: 50 });
  await send(10);
  await until(
    async () => {
      const { data } = await ask('GET', '/incident?open=true');
      incidentId = data[0]?.id ?? '';
      return incidentId !== '';
    },
    'an incident that opens by itself',
    60_000,
  );
  responder = await scene.open({ refusals: [409] });
  responder.page.setDefaultTimeout(SLOWEST_MS);
});
after(() => scope.end());

async function show(page: Page, path: string, heading: string | RegExp): Promise<void> {
  await page.goto(`${scene.service.url}/console${path}`);
  await settle(page, heading);
}

/** The incident's page, once its answers are there. */
async function showIncident(page: Page, id = incidentId): Promise<void> {
  await show(page, `/incident/${id}`, /./);
  await page.getByRole('heading', { name: 'Timeline' }).waitFor();
}

const timeline = (page: Page) => page.getByRole('region', { name: 'Rows of the timeline' });
const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const dialog = (page: Page) => page.getByRole('dialog');

/** The button that does something of one of several; the one beside it has more. */
const actOf = (place: Locator, verb: string) =>
  place.getByRole('button', { name: new RegExp(`^${verb}: (?!.*: more$)`) }).first();

/** Presses the button of a dialog that does it. */
async function confirm(page: Page, name: string): Promise<void> {
  await dialog(page).locator('button[type=submit]').getByText(name, { exact: true }).click();
  await dialog(page).waitFor({ state: 'hidden' });
}

describe('a responder', { skip }, () => {
  test('finds what is broken in the list, and reads it in the order in which one asks', async () => {
    const { page, assertQuiet } = responder;
    await show(page, '/incident', 'Incidents');
    await picture(page, 'respond-incidents');
    await page.getByRole('grid', { name: 'Incidents that have not ended' }).press('j');
    await page.keyboard.press('Enter');
    await settle(page, /first-attempt/);
    await page.getByText('What sets the failures apart: endpoint').waitFor();
    await picture(page, 'respond-incident');
    const headings = await page.getByRole('heading', { level: 2 }).allTextContents();
    const asked = [
      'What is broken',
      'What changed',
      'What is cheapest to try',
      'What have we tried',
      'What the cause may be',
    ];
    assert.deepEqual(
      headings.filter((heading) => asked.includes(heading)),
      asked,
    );
    const broken = await section(page, 'What is broken').innerText();
    assert.match(broken, /1,200 people\s+1 endpoint of 1 application/);
    assert.match(broken, /EUR .* delayed/);
    assertQuiet();
  });

  test('acknowledges by a key, and the clock and the timeline say so without a reload', async () => {
    const { page, assertQuiet } = responder;
    await showIncident(page);
    await page.keyboard.press('a');
    await section(page, 'People and severity').getByText('by admin').waitFor();
    await timeline(page).getByText('Acknowledged').first().waitFor();
    const { markers } = await ask('GET', `/incident/${incidentId}`);
    assert.equal(markers.acknowledged.by, 'admin');
    await section(page, 'Clock')
      .getByText(/by admin/)
      .waitFor();
    assert.equal(await page.getByRole('button', { name: 'Acknowledge', exact: true }).count(), 0);
    assertQuiet();
  });

  test('sees what others write while the page is open', async () => {
    const { page, assertQuiet } = responder;
    await showIncident(page);
    await page
      .locator('header')
      .getByText('live', { exact: true })
      .first()
      .waitFor({ state: 'attached' });
    await ask('POST', `/incident/${incidentId}/timeline`, { text: 'The network team looks too.' });
    await timeline(page).getByText('The network team looks too.').waitFor();
    assertQuiet();
  });

  test('applies a mitigation of the menu, is told what stands in its way, and undoes it', async () => {
    const { page, assertQuiet } = responder;
    await showIncident(page);
    await page.keyboard.press('m');
    const tried = section(page, 'What have we tried');
    await page
      .getByRole('button', { name: 'Apply: Open the circuit by hand', exact: true })
      .click();
    await tried.getByText('in force').waitFor();
    // What acts on the same deliveries says so.
    const menu = section(page, 'What is cheapest to try');
    await menu
      .getByText(/acts on the same deliveries/)
      .first()
      .waitFor();
    await picture(page, 'respond-mitigated');
    await actOf(tried, 'Undo').click();
    await tried.getByText('undone', { exact: true }).waitFor();
    await timeline(page)
      .getByText(/undone/i)
      .first()
      .waitFor();
    const { mitigations }: { mitigations: { kind: string; undoneBy: string }[] } = await ask(
      'GET',
      `/incident/${incidentId}`,
    );
    assert.deepEqual(
      mitigations.map(({ kind, undoneBy }) => [kind, undoneBy]),
      [['open_circuit', 'admin']],
    );
    assertQuiet();
  });

  test('sees what a revert would do before two suspects are taken back together', async () => {
    const { page, assertQuiet } = responder;
    await showIncident(page);
    const changed = section(page, 'What changed');
    await actOf(changed, 'Revert together').click();
    await dialog(page).getByText('throttleRate').first().waitFor();
    await dialog(page).getByText('audit store, the new one').waitFor();
    await picture(page, 'respond-revert');
    await confirm(page, 'Revert together');
    const endpoint = await ask('GET', `/app/acme/endpoint/${scene.endpoints.audit}`);
    assert.equal(endpoint.description, 'audit');
    assert.equal(endpoint.throttleRate ?? null, null);
    // The same setting by another mitigation: refused, with what stands in the way.
    await page.getByRole('button', { name: 'Something else', exact: true }).click();
    await dialog(page).getByLabel('Mitigation').fill('Lower');
    await page.getByRole('option', { name: /Lower rate/ }).click();
    await dialog(page)
      .getByLabel(/^Endpoint/)
      .fill(scene.endpoints.audit);
    await dialog(page)
      .getByLabel(/^A second at most/)
      .fill('5');
    await dialog(page).getByRole('button', { name: 'Apply', exact: true }).click();
    await dialog(page)
      .getByText(/has altered the same setting\. Undo it first/)
      .waitFor();
    await picture(page, 'respond-conflict');
    await dialog(page).getByRole('button', { name: 'Cancel' }).click();
    const tried = section(page, 'What have we tried');
    await actOf(tried, 'Keep').click();
    await dialog(page)
      .getByLabel(/^Why it stays/)
      .fill('The old store is the right one.');
    await confirm(page, 'Keep');
    await tried.getByText(/Stays: The old store/).waitFor();
    assertQuiet();
  });

  test('writes a note of what happened before, with its evidence, and it stands in its place', async () => {
    const { page, assertQuiet } = responder;
    await showIncident(page);
    await page.keyboard.press('n');
    await dialog(page)
      .getByLabel(/^What happened/)
      .fill('Their store was full at noon.');
    await dialog(page)
      .getByLabel(/^When it happened/)
      .fill('2026-01-02T12:00:00');
    await dialog(page).getByLabel('Evidence').fill('not-an-id');
    await dialog(page).getByText('Neither an address nor an id').waitFor();
    await dialog(page).getByLabel('Evidence').fill('https://graphs.example/d/1');
    await picture(page, 'respond-note');
    await confirm(page, 'Add a note');
    await page.getByRole('combobox', { name: 'Order of rows' }).click();
    await page.getByRole('option', { name: 'Oldest first' }).click();
    const [first] = await timeline(page).getByRole('listitem').all();
    assert.ok(first);
    await first.getByText('Their store was full at noon.').waitFor();
    await first.getByRole('link', { name: 'graphs.example/d/1' }).waitFor();
    const { data } = await ask('GET', `/incident/${incidentId}/timeline?limit=1`);
    // The browser stands in Berlin.
    assert.equal(data[0].at, '2026-01-02T11:00:00.000Z');
    assertQuiet();
  });

  test('sends an update for responders and for owners, from the draft that the facts give', async () => {
    const { page, assertQuiet } = responder;
    await showIncident(page);
    await section(page, 'Updates').getByText('None was sent yet.').waitFor();
    await page.keyboard.press('u');
    await dialog(page).getByRole('button', { name: 'Use the draft' }).click();
    const owners = dialog(page).getByLabel('For owners of endpoints');
    assert.match(await owners.inputValue(), /deliveries to your endpoints fail or are late/);
    await dialog(page)
      .getByLabel(/^For responders/)
      .fill('The old store takes it again.');
    await dialog(page).getByLabel('Next one in minutes').fill('15');
    await picture(page, 'respond-update');
    await confirm(page, 'Send an update');
    await section(page, 'Updates')
      .getByText(/Next update in 1[45] min/)
      .waitFor();
    await timeline(page).getByText('The old store takes it again.').waitFor();
    assertQuiet();
  });

  test('states a hypothesis, is refused its confirmation with the counts, and refutes it', async () => {
    const { page, assertQuiet } = responder;
    await showIncident(page);
    await page.keyboard.press('h');
    await dialog(page)
      .getByLabel(/^The cause/)
      .fill('The new store refuses invoices.');
    await dialog(page)
      .getByLabel(/^What would refute it/)
      .fill('The old store refuses them too.');
    assert.equal(
      await dialog(page)
        .getByLabel(/^The objective/)
        .inputValue(),
      'first-attempt',
    );
    await picture(page, 'respond-hypothesis');
    await confirm(page, 'State a hypothesis');
    const causes = section(page, 'What the cause may be');
    await actOf(causes, 'Confirm').click();
    await dialog(page).getByRole('button', { name: 'Confirm', exact: true }).click();
    await dialog(page).getByText('Nothing tested it yet.').waitFor();
    await dialog(page).getByRole('button', { name: 'Cancel' }).click();
    await actOf(causes, 'Refute').click();
    await dialog(page)
      .getByLabel(/^What refuted it/)
      .fill('The old store answers 500 as well.');
    await confirm(page, 'Refute');
    await causes.getByText('refuted', { exact: true }).waitFor();
    await causes.getByText('The old store answers 500 as well.').waitFor();
    assertQuiet();
  });

  test('gives roles and a severity, each with its reason', async () => {
    const { page, assertQuiet } = responder;
    await showIncident(page);
    await page.keyboard.press('l');
    await dialog(page).getByLabel('Lead', { exact: true }).fill('ada');
    await confirm(page, 'Assign');
    const people = section(page, 'People and severity');
    await people.getByText('ada', { exact: true }).waitFor();
    await page.keyboard.press('s');
    await dialog(page).getByLabel('Severity', { exact: true }).click();
    await page.getByRole('option', { name: /^3/ }).click();
    await dialog(page).getByLabel(/^Why/).fill('One customer, and none is lost.');
    await confirm(page, 'Set');
    await people.getByText('set by hand').waitFor();
    assertQuiet();
  });

  test('leads it through its life, and is told at each step what is missing', async () => {
    const { page, assertQuiet } = responder;
    await showIncident(page);
    const life = section(page, 'Its life');
    await life.getByText('The impact has to be over for five minutes').waitFor();
    const mark = async (note: string): Promise<void> => {
      await page.getByRole('button', { name: 'Set a marker', exact: true }).click();
      await dialog(page).getByLabel(/^When/).fill('');
      await dialog(page)
        .getByLabel(/^How you know/)
        .fill(note);
    };
    await mark('Their team says that the store takes all again.');
    await confirm(page, 'Set a marker');
    await life.getByText('Record the fix that removes the cause.').waitFor();
    await page.keyboard.press('f');
    await dialog(page)
      .getByLabel(/^What removes the cause/)
      .fill('The store has room again.');
    await confirm(page, 'Record a fix');
    await life.getByText('The fix has to hold for five minutes').waitFor();
    await mark('Nothing failed since.');
    await dialog(page).getByLabel('Marker').click();
    await page.getByRole('option', { name: 'Fixed' }).click();
    await confirm(page, 'Set a marker');
    await page.getByRole('button', { name: 'Record a prevention', exact: true }).click();
    await dialog(page)
      .getByLabel(/^What prevents/)
      .fill('An alert at 80 % of the store from June on.');
    await confirm(page, 'Record a prevention');
    await life.getByRole('button', { name: 'Take into review', exact: true }).click();
    await life.getByRole('button', { name: 'Close', exact: true }).waitFor();
    await picture(page, 'respond-review');
    await life.getByRole('button', { name: 'Close', exact: true }).click();
    await confirm(page, 'Close');
    await page.getByText('It is over. Read how it went.').waitFor();
    assert.equal((await ask('GET', `/incident/${incidentId}`)).state, 'closed');
    await picture(page, 'respond-closed');
    await life.getByRole('button', { name: 'Reopen', exact: true }).click();
    await dialog(page)
      .getByLabel(/^What is back/)
      .fill('It fails again.');
    await confirm(page, 'Reopen');
    await page.getByText('episode 2', { exact: true }).waitFor();
    await section(page, 'Clock')
      .getByText(/Before it: 1 \(visible for/)
      .waitFor();
    assertQuiet();
  });
});

describe('an incident of severity 2', { skip }, () => {
  test('cannot be closed before its postmortem is done, and the page says what it lacks', async () => {
    const { id } = await ask('POST', '/incident', { title: 'Orders are late', severity: 2 });
    const path = `/incident/${id}`;
    await ask('POST', `${path}/marker`, { marker: 'mitigated', note: 'over' });
    await ask('POST', `${path}/fix`, { text: 'Corrected.' });
    await ask('POST', `${path}/marker`, { marker: 'fixed', note: 'held' });
    await ask('POST', `${path}/review`, {});
    await ask('POST', `${path}/postmortem`, {});
    const { page, assertQuiet } = responder;
    await showIncident(page, id);
    const life = section(page, 'Its life');
    await life.getByText('At severity 1 and 2: publish its postmortem, which is draft.').waitFor();
    assert.ok(await life.getByRole('button', { name: 'Close', exact: true }).isDisabled());
    assertQuiet();
  });
});

describe('an incident that a person opens', { skip }, () => {
  test('is a drill wherever it is named, and one can be merged into another or declined', async () => {
    const { page, assertQuiet } = responder;
    await show(page, '/incident', 'Incidents');
    await page.keyboard.press('o');
    await dialog(page)
      .getByLabel(/^What is broken/)
      .fill('The pump of orders stands');
    await dialog(page).getByLabel('This is a drill').check();
    await picture(page, 'respond-open');
    await dialog(page).getByRole('button', { name: 'Open it', exact: true }).click();
    await settle(page, 'The pump of orders stands');
    await page.getByRole('note').getByText('This is a drill').waitFor();
    await picture(page, 'respond-drill');
    const drillId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await show(page, '/incident?kind=drill', 'Incidents');
    const row = page.getByRole('row', { name: /The pump of orders stands/ });
    await row.getByText('drill', { exact: true }).waitFor();
    assert.equal(await page.getByRole('row', { name: /Orders are late/ }).count(), 0);
    const { id } = await ask('POST', '/incident', { title: 'A half of it', isDrill: true });
    await showIncident(page, id);
    await page.getByRole('button', { name: 'Merge into another', exact: true }).click();
    await dialog(page)
      .getByLabel(/^Into which incident/)
      .fill('pump');
    await page.getByRole('option', { name: /pump of orders/ }).click();
    await confirm(page, 'Merge into another');
    await page.getByText('A part of another incident').waitFor();
    await showIncident(page, drillId);
    await page.getByRole('button', { name: 'Decline', exact: true }).click();
    await dialog(page)
      .getByLabel(/^Why it is no incident/)
      .fill('The drill is over.');
    await confirm(page, 'Decline');
    await page.getByText('Declined: no incident').waitFor();
    assertQuiet();
  });

  test('is taken in afterwards with the times that it had, and counts in the figures', async () => {
    const { page, assertQuiet } = responder;
    await show(page, '/incident', 'Incidents');
    await page.getByRole('button', { name: 'Take in an old one', exact: true }).click();
    await dialog(page)
      .getByLabel(/^What is broken/)
      .fill('The outage of last week');
    const at = (minutes: number): string => {
      const moment = new Date(Date.now() - 5 * 86_400_000 + minutes * 60_000);
      // The browser stands in Berlin.
      return moment.toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' }).replace(' ', 'T');
    };
    await dialog(page)
      .getByLabel(/^Impact began/)
      .fill(at(0));
    await dialog(page)
      .getByLabel(/^Detected/)
      .fill(at(4));
    await dialog(page)
      .getByLabel(/^Mitigated/)
      .fill(at(24));
    await dialog(page)
      .getByLabel(/^How these times/)
      .fill('From the chat of that day.');
    await picture(page, 'respond-retrospective');
    await dialog(page).getByRole('button', { name: 'Take it in', exact: true }).click();
    await settle(page, 'The outage of last week');
    await section(page, 'Clock').getByText('T−4 min').waitFor();
    await show(page, '/incident-figures', 'Incident figures');
    await page.getByText(/1 of them taken in afterwards/).waitFor();
    await picture(page, 'respond-figures');
    const figures = await ask('GET', '/incident/figures');
    const table = page.getByRole('grid', { name: 'Figures by class of causes' });
    const shown = await table.getByRole('row', { name: /^all/ }).innerText();
    assert.ok(shown.includes(`(${figures.all.mitigate.count})`), shown);
    assertQuiet();
  });
});

describe('the timeline', { skip }, () => {
  const ROWS = 2_500;
  test(`scrolls through ${ROWS} rows, of which only those in sight are in the page`, async () => {
    const { id } = await ask('POST', '/incident', { title: 'A long night' });
    const write = (nth: number) => ask('POST', `/incident/${id}/timeline`, { text: `Row ${nth}.` });
    for (let nth = 0; nth < ROWS; nth += 100) {
      await Promise.all(Array.from({ length: 100 }, (_none, more) => write(nth + more)));
    }
    const { page, assertQuiet } = responder;
    await showIncident(page, id);
    const rows = timeline(page);
    await rows
      .getByText(/^Row \d+\./)
      .first()
      .waitFor();
    await rows.focus();
    const oldest = rows.getByText('Impact began.');
    await until(
      async () => {
        await rows.press('End');
        return (await oldest.count()) > 0;
      },
      'the oldest row',
      60_000,
    );
    assert.ok((await rows.getByRole('listitem').count()) < 200);
    await page.getByText(`${(ROWS + 3).toLocaleString('en')} rows in all`).waitFor();
    assertQuiet();
  });
});

describe('rules', { skip }, () => {
  test('are made, altered and deleted by an admin', async () => {
    const { page, assertQuiet } = responder;
    await show(page, '/incident-rules', 'Incident rules');
    await page.getByText('No rule of your own').waitFor();
    await page.getByRole('button', { name: 'Add a rule', exact: true }).click();
    await dialog(page).getByLabel(/^Name/).fill('tickets-of-billing');
    await dialog(page).getByLabel('Severities').press('ArrowDown');
    await page.getByRole('option', { name: 'ticket' }).click();
    await page.keyboard.press('Escape');
    await dialog(page).getByLabel('Owners').fill('billing');
    await page.keyboard.press('Enter');
    await picture(page, 'respond-rule');
    await confirm(page, 'Add a rule');
    const row = page.getByRole('row', { name: /tickets-of-billing/ });
    await row.getByText('ticket; of billing').waitFor();
    await picture(page, 'respond-rules');
    await row.getByRole('button', { name: 'Edit: tickets-of-billing', exact: true }).click();
    await dialog(page).getByLabel('Opens an incident').uncheck();
    await confirm(page, 'Edit');
    await row.getByText('does not').waitFor();
    await row.getByRole('button', { name: 'Delete: tickets-of-billing', exact: true }).click();
    await confirm(page, 'Delete');
    await page.getByText('No rule of your own').waitFor();
    assertQuiet();
  });
});

describe('an incident’s page', { skip }, () => {
  test('fits a narrow screen, and says which keys it has', async () => {
    const { page, assertQuiet } = await scene.open({ width: 390 });
    page.setDefaultTimeout(SLOWEST_MS);
    for (const path of [
      '/incident-rules',
      `/incident/${incidentId}`,
      '/incident',
      '/incident-figures',
    ]) {
      await show(page, path, /./);
      await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'hidden' });
      // Tables scroll sideways in themselves; nothing else does.
      const out: unknown = await page.evaluate(`[...document.querySelectorAll('main *')]
        .filter((each) => each.closest('[role=grid]') === null)
        .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
        .map((each) => each.outerHTML.slice(0, 200))`);
      assert.deepEqual(out, [], `${path} sticks out of a screen of 390 px`);
    }
    await showIncident(page);
    await picture(page, 'respond-narrow');
    await page.keyboard.press('?');
    await dialog(page).getByText('Send an update').waitFor();
    await picture(page, 'respond-keys');
    assertQuiet();
  });

  test('offers no act to a session that may only read', async () => {
    const { token } = await ask('POST', '/token', { name: 'reader', scope: 'read' });
    const { page, assertQuiet } = await openPage(scene.browser, { origin: scene.service.url });
    await signIn(page, scene.service.url, token);
    await showIncident(page);
    await page.getByRole('heading', { name: 'What is cheapest to try' }).waitFor();
    for (const name of [/^Apply/, /^Add a note/, /^Set a marker/, /^Send an update/, /^Revert/]) {
      assert.equal(await page.getByRole('button', { name }).count(), 0, String(name));
    }
    assertQuiet();
  });
});
