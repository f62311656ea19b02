import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createPlainServer, request as httpRequest } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createAuthority, issue } from '../support/certificates.ts';
import { noBrowser, openBrowser, settle } from '../support/console-browser.ts';
import type { Cleanup } from '../support/service-scope.ts';
import { createApplication, startTestService } from '../support/service.ts';

const skip = noBrowser();
const SLOWEST_MS = 45_000;
const authority = createAuthority('the test');

type Site = { readonly origin: string; readonly server: Server };

/** A site of its own name on loopback, over TLS. */
async function startSite(context: Cleanup, name: string): Promise<Site> {
  const { key, cert } = issue(authority, { name });
  const server = createServer({ key, cert });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `https://${name}:${port}`, server };
}

/** A proxy before the service that ends TLS, as there is one in production. */
function passOn(server: Server, target: string): void {
  server.on('request', (request, response) => {
    const { url = '', method = 'GET', headers } = request;
    const onward = httpRequest(new URL(url, target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
}

function pageWith(frame: string): string {
  return `<!doctype html><html lang="en"><title>A customer's page</title><h1>Your account</h1><iframe title="Webhooks" src="${frame}" width="1000" height="700" allow="clipboard-write"></iframe>`;
}

test(
  'the portal stands in a frame of a site that may frame it, with a session kept for that site, and in no other',
  { skip },
  async (t) => {
    const [portal, customer, stranger] = await Promise.all([
      startSite(t, 'hooks.test'),
      startSite(t, 'customer.test'),
      startSite(t, 'stranger.test'),
    ]);
    const service = await startTestService(t, {
      publicUrl: portal.origin,
      portalEmbedOrigins: customer.origin,
    });
    passOn(portal.server, service.url);
    await createApplication(service, 'acme', { mine: 'https://receiver.example/hook' });
    const access = await service.call('POST', '/api/v1/auth/app-portal-access/acme', {});
    const link = String(access.json.url).replace('/portal#', '/portal?name=Acme%20Hooks#');
    assert.ok(link.startsWith(`${portal.origin}/portal?`));
    for (const { server } of [customer, stranger]) {
      server.on('request', (_request, response) => {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.end(pageWith(link));
      });
    }
    // The names lead here; and third-party cookies are refused, as more and more browsers do.
    const browser = await openBrowser(t, [
      '--host-resolver-rules=MAP *.test 127.0.0.1',
      '--test-third-party-cookie-phaseout',
      '--ignore-certificate-errors',
    ]);
    const context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(SLOWEST_MS);
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });

    await page.goto(customer.origin);
    const frame = page.frameLocator('iframe');
    await frame.getByRole('heading', { level: 1, name: 'Endpoints' }).waitFor();
    await frame.getByText('https://receiver.example/hook').waitFor();
    const cookies = await context.cookies(portal.origin);
    const [cookie] = cookies.filter(({ name }) => name === '__Host-holdfast_portal');
    assert.deepEqual(
      [cookie?.sameSite, cookie?.secure, cookie?.httpOnly],
      ['None', true, true],
      'it is sent in a frame, over TLS alone, and read by no script',
    );
    assert.equal(cookie?.partitionKey, 'https://customer.test', 'no third site has it');
    // Something is changed from within the frame.
    await frame.getByRole('link', { name: 'mine' }).click();
    await frame.getByRole('button', { name: 'Pause', exact: true }).click();
    await frame.getByLabel('Reason').fill('from a frame');
    await frame.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await frame.getByText('“from a frame”').waitFor();
    // The session outlives the page: the link is needed once.
    await page.evaluate(`document.querySelector('iframe').src = '${portal.origin}/portal/message'`);
    await frame.getByRole('heading', { level: 1, name: 'Messages' }).waitFor();
    assert.deepEqual(complaints, []);

    // As a page of its own it has no session: that one was of the frame.
    await page.goto(`${portal.origin}/portal`);
    await settle(page, 'Open your link');

    const refused = page.waitForEvent('console', {
      predicate: (message) => message.text().includes('frame-ancestors'),
    });
    await page.goto(stranger.origin);
    await refused;
    assert.equal(await page.frameLocator('iframe').getByRole('heading').count(), 0);
  },
);

test(
  'a frame whose browser keeps no session says so, and opens the portal in a tab of its own',
  { skip },
  async (t) => {
    const site = createPlainServer();
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    t.after(() => {
      site.closeAllConnections();
      site.close();
    });
    const { port } = site.address() as AddressInfo;
    // Without TLS no cookie goes into a frame of another site.
    const origin = `http://customer.test:${port}`;
    const service = await startTestService(t, { portalEmbedOrigins: origin });
    await createApplication(service, 'acme');
    const { json } = await service.call('POST', '/api/v1/auth/app-portal-access/acme', {});
    site.on('request', (_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(pageWith(json.url));
    });
    const browser = await openBrowser(t, ['--host-resolver-rules=MAP *.test 127.0.0.1']);
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(SLOWEST_MS);
    await page.goto(origin);
    const frame = page.frameLocator('iframe');
    await frame.getByRole('heading', { name: 'Your browser keeps no session here' }).waitFor();
    const opened = page.waitForEvent('popup');
    await frame.getByRole('link', { name: 'Open in a tab of its own' }).click();
    await settle(await opened, 'Endpoints');
  },
);
