import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { noBrowser, picture, settle } from '../support/console-browser.ts';
import { startConsoleScene, type ConsoleScene } from '../support/console-scene.ts';
import { TestScope } from '../support/service-scope.ts';
import { until } from '../support/service-until.ts';

const skip = noBrowser();
const scope = new TestScope();
let scene: ConsoleScene;
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
});
after(() => scope.end());

async function show(page: Page, path: string, heading: string | RegExp): Promise<void> {
  await page.goto(`${scene.service.url}/console${path}`);
  await settle(page, heading);
}

describe('a responder', { skip }, () => {
  test('finds what is broken in the list', async () => {
    const { page, assertQuiet } = await scene.open();
    await show(page, '/incident', 'Incidents');
    await picture(page, 'respond-incidents');
    await page.getByRole('grid', { name: 'Incidents that have not ended' }).press('j');
    await page.keyboard.press('Enter');
    await settle(page, /first-attempt/);
    await picture(page, 'respond-incident');
    await page.screenshot({ path: 'build/console/respond-full.png', fullPage: true });
    assertQuiet();
  });
});
