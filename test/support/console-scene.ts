import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { ROOT } from '../../bin/runtime.js';
import { openBrowser, openPage, signIn, type Watched } from './console-browser.ts';
import { watchLive } from './live.ts';
import { startReceiver, type Receiver } from './service-receiver.ts';
import type { Cleanup } from './service-scope.ts';
import { until } from './service-until.ts';
import { startTestService, type TestService, type TestSettings } from './service.ts';

/** A running Holdfast that has delivered, failed and given up: what every page has something to show of. */
export type ConsoleScene = {
  readonly service: TestService;
  readonly receiver: Receiver;
  readonly browser: Browser;
  /** Of application `acme`: `orders` takes everything, `audit` answers 500 to everything. */
  readonly endpoints: { readonly orders: string; readonly audit: string };
  readonly messageIds: readonly string[];
  /** A page of the admin's own session at the overview. */
  readonly open: (options?: {
    readonly width?: number;
    readonly refusals?: readonly number[];
  }) => Promise<Watched>;
};

const MESSAGES = 30;

export async function startConsoleScene(
  context: Cleanup,
  settings: TestSettings = {},
): Promise<ConsoleScene> {
  assert.ok(
    existsSync(join(ROOT, 'console', 'dist', 'index.html')),
    'the console is not built: npm run console:build',
  );
  const receiver = await startReceiver(context, (response, { path }) => {
    response.statusCode = path.startsWith('/audit') ? 500 : 200;
    response.setHeader('content-type', 'application/json');
    response.end(path.startsWith('/audit') ? '{"error":"the audit store is full"}' : '{"ok":true}');
  });
  const service = await startTestService(context, settings);
  // It takes as long to start as what follows, which needs none.
  const opening = openBrowser(context);
  opening.catch(() => {});
  const make = async (
    method: string,
    path: string,
    body: unknown,
  ): Promise<{ readonly id: string }> => {
    const { status, json, text } = await service.call(method, `/api/v1${path}`, body);
    assert.ok(status < 300, `${method} ${path}: ${status} ${text}`);
    return json;
  };
  await make('POST', '/event-type', {
    name: 'invoice.paid',
    description: 'An invoice was paid in full.',
    value: { path: '/amount', currencyPath: '/currency', unit: 'minor' },
  });
  await make('POST', '/event-type', { name: 'order.made', description: 'An order was made.' });
  await make('POST', '/app', { name: 'Acme', uid: 'acme', people: 1200 });
  await make('POST', '/app', { name: 'Globex', uid: 'globex' });
  const orders = await make('POST', '/app/acme/endpoint', {
    url: `${receiver.origin}/orders`,
    description: 'orders',
    eventTypes: ['invoice.paid', 'order.made'],
  });
  const audit = await make('POST', '/app/acme/endpoint', {
    url: `${receiver.origin}/audit`,
    description: 'audit',
    eventTypes: ['invoice.paid'],
  });
  await make('POST', '/app/globex/endpoint', {
    url: `${receiver.origin}/globex`,
    description: 'all events',
  });
  const messageIds: string[] = [];
  for (let nth = 0; nth < MESSAGES; nth += 1) {
    const { id } = await make('POST', `/app/${nth % 3 === 2 ? 'globex' : 'acme'}/msg`, {
      eventType: nth % 2 === 0 ? 'invoice.paid' : 'order.made',
      payload: {
        invoice: `in_${nth}`,
        amount: 1000 + nth,
        currency: 'EUR',
        lines: [{ sku: 'A-1', many: nth }],
      },
    });
    messageIds.push(id);
  }
  // Some are out of attempts; the others of that endpoint wait behind its circuit, which has opened.
  await until(async () => {
    const { json } = await service.call('GET', '/api/v1/app/acme/dead-letter?limit=50');
    return json.data.length > 0;
  }, 'dead letters of acme');
  const browser = await opening;
  return {
    service,
    receiver,
    browser,
    endpoints: { orders: orders.id, audit: audit.id },
    messageIds,
    async open({ width, refusals } = {}) {
      const watched = await openPage(browser, {
        origin: service.url,
        ...(width === undefined ? {} : { width }),
        ...(refusals === undefined ? {} : { refusals: [401, ...refusals] }),
      });
      await signIn(watched.page, service.url, service.token);
      return watched;
    },
  };
}

/** What comes by itself and is told of by the stream, such as an alert: looked for again when there is news, and not all the time, since what it waits for shares the machine. */
export async function untilNews<Found>(
  context: Cleanup,
  service: TestService,
  topic: 'alerts' | 'incidents',
  look: () => Promise<Found>,
): Promise<NonNullable<Found>> {
  const live = await watchLive(context, service, `?topics=${topic}`);
  let seen = -1;
  const found = await until(
    () => {
      if (live.events.length === seen) return null;
      seen = live.events.length;
      return look();
    },
    `news of ${topic}`,
    60_000,
  );
  live.close();
  return found as NonNullable<Found>;
}
