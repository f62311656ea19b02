import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { get as httpGet } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';
import { TestScope } from '../support/service-scope.ts';
import { startTestService, temporaryFolder, type TestService } from '../support/service.ts';

const scope = new TestScope();
const SCRIPT = 'console.log("the console");\n'.repeat(50);
const PAGE =
  '<!doctype html><meta name="csp-nonce" content="__NONCE__"><style nonce="__NONCE__"></style>' +
  '<script type="module" src="/console/assets/main-a1b2.js"></script>';
let service: TestService;

before(async () => {
  const folder = temporaryFolder(scope);
  const consoleFolder = join(folder, 'dist');
  mkdirSync(join(consoleFolder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'outside.txt'), 'nobody may read this');
  writeFileSync(join(consoleFolder, 'index.html'), PAGE);
  writeFileSync(join(consoleFolder, 'manifest.webmanifest'), '{}');
  writeFileSync(join(consoleFolder, '.hidden.js'), 'hidden');
  const script = join(consoleFolder, 'assets', 'main-a1b2.js');
  writeFileSync(script, SCRIPT);
  writeFileSync(`${script}.br`, brotliCompressSync(SCRIPT));
  writeFileSync(`${script}.gz`, gzipSync(SCRIPT));
  service = await startTestService(scope, {
    consoleFolder,
    portalEmbedOrigins: 'https://app.example.com, https://other.example.com:8443',
  });
});
after(() => scope.end());

type Raw = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
};

/** The path as it is written: `fetch` would tidy it up. */
function raw(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Raw> {
  const { hostname, port } = new URL(service.url);
  return new Promise((resolve, reject) => {
    httpGet({ hostname, port, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes: Buffer.concat(chunks),
        }),
      );
      response.on('error', reject);
    }).on('error', reject);
  });
}

describe('the page of the console', () => {
  test('is where the address without a path leads', async () => {
    const { status, headers } = await raw('/');
    assert.deepEqual([status, headers['location']], [302, '/console/']);
  });

  test('comes with a nonce of its own in each answer, which the policy names, and is kept by nobody', async () => {
    const nonces = new Set<string>();
    for (let nth = 0; nth < 3; nth += 1) {
      const { status, headers, bytes } = await raw('/console/');
      const policy = String(headers['content-security-policy']);
      const nonce = /'nonce-([\w+/=]+)'/.exec(policy)?.[1] ?? '';
      assert.equal(status, 200);
      assert.equal(headers['content-type'], 'text/html; charset=utf-8');
      assert.equal(headers['cache-control'], 'no-store');
      assert.equal(bytes.toString(), PAGE.replaceAll('__NONCE__', nonce));
      assert.ok(Buffer.from(nonce, 'base64').length >= 16);
      nonces.add(nonce);
    }
    assert.equal(nonces.size, 3);
  });

  test('may load from here alone, run no inline script, and stand in no frame', async () => {
    const { headers } = await raw('/console/');
    const policy = String(headers['content-security-policy']).split('; ');
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ]) {
      assert.ok(policy.includes(rule), rule);
    }
    assert.doesNotMatch(policy.join(), /unsafe/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
  });

  test('answers every deep link, also one with dots in a name', async () => {
    for (const path of [
      '/console',
      '/console/deliver/app/acme',
      '/console/incidents/inc_1?tab=timeline',
      '/console/contracts/invoice.paid/v1.2',
      '/console/event-type/invoice.paid',
      '/portal',
      '/portal/endpoints',
    ]) {
      const { status, headers } = await raw(path);
      const type = headers['content-type'];
      assert.deepEqual([path, status, type], [path, 200, 'text/html; charset=utf-8']);
    }
  });

  test('of the portal stands in frames of the origins that were set, and of no others', async () => {
    const { headers } = await raw('/portal/');
    const policy = String(headers['content-security-policy']).split('; ');
    assert.ok(
      policy.includes('frame-ancestors https://app.example.com https://other.example.com:8443'),
    );
  });
});

describe('files of the build', () => {
  const path = '/console/assets/main-a1b2.js';

  test('are kept for good where their name says what is in them', async () => {
    const { status, headers, bytes } = await raw(path);
    assert.equal(status, 200);
    assert.match(String(headers['content-type']), /^(text|application)\/javascript/);
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(bytes.toString(), SCRIPT);
    const manifest = await raw('/console/manifest.webmanifest');
    assert.deepEqual([manifest.status, manifest.headers['cache-control']], [200, 'no-cache']);
    const etag = String(manifest.headers['etag']);
    const again = await raw('/console/manifest.webmanifest', { 'if-none-match': etag });
    assert.equal(again.status, 304);
  });

  test('go out as they were compressed, to whoever takes them so', async () => {
    const br = await raw(path, { 'accept-encoding': 'gzip, br' });
    assert.equal(br.headers['content-encoding'], 'br');
    assert.match(String(br.headers['content-type']), /javascript/);
    assert.match(String(br.headers['vary']), /accept-encoding/i);
    assert.equal(brotliDecompressSync(br.bytes).toString(), SCRIPT);
    const gzip = await raw(path, { 'accept-encoding': 'gzip' });
    assert.equal(gzip.headers['content-encoding'], 'gzip');
  });

  test('are served to the portal too', async () => {
    assert.equal((await raw('/portal/assets/main-a1b2.js')).status, 200);
  });

  test('that are not there are 404, never the page', async () => {
    for (const missing of ['/console/assets/gone-1.js', '/portal/logo.png', '/console/a/b.css']) {
      const { status, bytes } = await raw(missing);
      assert.deepEqual([status, JSON.parse(bytes.toString()).code], [404, 'route_not_found']);
    }
  });

  test('do not include the page without its nonce, nor what is hidden, nor what lies outside', async () => {
    for (const hostile of [
      '/console/index.html',
      '/console/assets/main-a1b2.js.br',
      '/console/.hidden.js',
      '/console/../outside.txt',
      '/console/..%2foutside.txt',
      '/console/%2e%2e/outside.txt',
      '/console/assets/../../outside.txt',
      '/console/assets/..%2f..%2foutside.txt',
      '/console/assets/..%5c..%5coutside.txt',
      '/console//outside.txt',
      '/console/%00.txt',
      '/console/assets%2f..%2f..%2foutside.txt',
      `/console/${'a'.repeat(4000)}.txt`,
      '/portal/..%2f..%2f..%2f..%2fetc/passwd.txt',
    ]) {
      const { status, bytes } = await raw(hostile);
      assert.ok([400, 403, 404, 422].includes(status), `${hostile} ${status}`);
      assert.doesNotMatch(bytes.toString(), /nobody may read|hidden|__NONCE__|root:/);
    }
  });
});

test('a console that is not built says how to build it, and what is built later is served', async (t) => {
  const folder = join(temporaryFolder(t), 'dist');
  const own = await startTestService(t, { consoleFolder: folder });
  const unbuilt = await own.call('GET', '/console/anything');
  assert.equal(unbuilt.status, 503);
  assert.match(unbuilt.text, /npm run console:build/);
  assert.match(unbuilt.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  assert.equal((await own.call('GET', '/console/assets/a.js')).status, 404);
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), PAGE);
  writeFileSync(join(folder, 'assets', 'a.js'), SCRIPT);
  assert.equal((await own.call('GET', '/console/anything')).status, 200);
  assert.equal((await own.call('GET', '/console/assets/a.js')).text, SCRIPT);
});

test('what is no origin is refused at the start: it would stand in a header', async (t) => {
  for (const portalEmbedOrigins of [
    'app.example.com',
    'https://app.example.com/path',
    "https://a.example; script-src 'unsafe-inline'",
    '*',
  ]) {
    await assert.rejects(startTestService(t, { portalEmbedOrigins }), {
      code: 'config_invalid',
      field: 'HOLDFAST_PORTAL_EMBED_ORIGINS',
    });
  }
});
