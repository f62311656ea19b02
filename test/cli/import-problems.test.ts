import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { after, before, test } from 'node:test';
import { createClient } from '../../src/cli/client.ts';
import { runImport, type ImportOutcome } from '../../src/cli/import/run-import.ts';
import { HoldfastError, seededRandom, type Clock } from '../../src/core/index.ts';
import { generateKeyPair } from '../../src/signature/index.ts';
import { counts, dump, send } from './import-dump.ts';
import { page, serve, table, usualSecret } from './import-server.ts';
import { startService, temporaryFolder, type Service } from './processes.ts';

const stack: (() => unknown)[] = [];
const file = { after: (undo: () => unknown) => stack.push(undo) };
let target: Service;

before(async () => {
  target = await startService(file, temporaryFolder(file));
});
after(async () => {
  for (const undo of stack.toReversed()) await undo();
});

/** Waits end at once and move it: eight tries cost no time. */
function hastyClock(): Clock {
  let now = 0;
  return {
    now: () => now,
    after(delayMs, run) {
      now += delayMs;
      const timer = setImmediate(run);
      return () => clearImmediate(timer);
    },
  };
}

function importHere(from: string, to = target.url): Promise<ImportOutcome> {
  const { signal } = new AbortController();
  return runImport({
    from,
    token: 'testsk_x',
    client: createClient({ url: to, token: target.token }, {}, signal),
    isDryRun: false,
    signatureHeaders: 'both',
    onStep() {},
    clock: hastyClock(),
    random: seededRandom(1),
    signal,
  });
}

test('what cannot be copied is named with its reason, and everything else is copied', async (context) => {
  const deep = (depth: number): object => (depth === 0 ? {} : { a: deep(depth - 1) });
  const type = (name: string, more: object = {}) => ({
    name,
    description: '',
    deprecated: false,
    ...more,
  });
  const endpoint = (id: string, more: object = {}) => ({
    id,
    url: `https://example.com/${id}`,
    metadata: {},
    ...more,
  });
  const from = await serve(
    context,
    table({
      '/event-type': page([
        type('fine.one'),
        type('not fine'),
        type('..'),
        type('no.description', { description: 7 }),
        type('deep', { schemas: { 1: deep(200) } }),
        type('huge', { schemas: { 1: { title: 'x'.repeat(1_200_000) } } }),
        type('flagged', { featureFlags: ['a', 'b'] }),
        null,
      ]),
      '/app': page([
        { id: 'app_1', uid: 'problems', name: 'Problems', metadata: {}, throttleRate: 0 },
        { id: 'app_2', uid: 'long', name: 'x'.repeat(300), metadata: {} },
        { id: 'app_3', name: 'Noted', metadata: { svix_id: 'app_other' } },
        { id: 'app_4', uid: 'untold', name: 'Untold', metadata: {} },
        { id: 'app_5', uid: 'numbers', name: 'Numbers', metadata: { n: 1 } },
      ]),
      '/app/app_1/endpoint': page([
        endpoint('ep_fine', { filterTypes: ['fine.one'], rateLimit: 5 }),
        endpoint('ep_private', { url: 'http://10.0.0.1/hook' }),
        endpoint('ep_pair', { uid: 'pair' }),
        endpoint('ep_gone', { eventTypes: ['gone.type'] }),
        endpoint('ep_headers'),
        endpoint('ep_short'),
        endpoint('ep_down'),
        endpoint('ep_wrong', { url: 5 }),
        endpoint('../../../x'),
      ]),
      '/app/app_1/endpoint/ep_pair/secret': {
        key: generateKeyPair({ next: () => 0, bytes: (n) => new Uint8Array(n).fill(7) }).publicKey
          .text,
      },
      '/app/app_1/endpoint/ep_headers/headers': {
        headers: { 'user-agent': 'me', 'x-fine': '1', 'X-Fine': '2', 'x-snow': '☃' },
        sensitive: ['Authorization'],
      },
      '/app/app_1/endpoint/ep_short/secret': { key: 'whsec_hush' },
      '/app/app_1/endpoint/ep_down/secret': 500,
      '/app/app_4/endpoint': { data: 'none' },
    }),
  );
  const outcome = await importHere(from);
  assert.equal(outcome.endedBy, undefined);
  const named = outcome.problems.map(
    ({ id, part, code }) => `${id}${part === null ? '' : ` ${part}`} ${code}`,
  );
  assert.deepEqual(named.toSorted(), [
    '.. source_invalid',
    '../../../x source_invalid',
    'app_1 throttleRate source_invalid',
    'app_2 validation',
    'app_3 source_invalid',
    'app_4 endpoints source_invalid',
    'app_5 source_invalid',
    'deep source_invalid',
    'ep_down source_invalid',
    'ep_gone validation',
    'ep_headers headers.Authorization source_invalid',
    'ep_headers headers.user-agent validation',
    'ep_headers headers.x-snow validation',
    'ep_pair secret_invalid',
    'ep_private address_refused',
    'ep_short secret_invalid',
    'ep_wrong source_invalid',
    'flagged source_invalid',
    'huge payload_too_large',
    'no.description source_invalid',
    'not fine source_invalid',
    'unnamed source_invalid',
  ]);
  assert.equal(outcome.problemCount, named.length);
  assert.deepEqual(outcome.eventTypes, counts(1, 0, 0, 7));
  assert.deepEqual(outcome.applications, counts(2, 0, 0, 3));
  assert.deepEqual(outcome.endpoints, counts(2, 0, 0, 7));
  const said = outcome.problems.map(({ detail }) => detail).join('\n');
  assert.doesNotMatch(said, /hush/);
  assert.match(said, /answered 500 for .*ep_down.*8 times/);
  assert.match(said, /filter names event types that are not there any more: gone\.type/);

  const { applications } = await dump(target);
  // Receivers of a Svix server look for its header names; other libraries for the standard's.
  assert.equal(applications.problems.signatureHeaders, 'both');
  assert.deepEqual(Object.keys(applications.problems.endpoints), ['ep_headers', 'ep_fine']);
  const { ep_fine: fine, ep_headers: headed } = applications.problems.endpoints;
  assert.deepEqual([fine.eventTypes, fine.throttleRate, fine.key], [['fine.one'], 5, usualSecret]);
  assert.deepEqual(headed.headers.headers, { 'X-Fine': '2' });

  // Again it is the same, and nothing is there twice; an endpoint made by hand is taken for the copy.
  await target.call('/app/problems/endpoint', { url: 'https://example.com/ep_pair', uid: 'pair' });
  await send(target, 'PATCH', '/app/problems', { signatureHeaders: 'svix' });
  const again = await importHere(from);
  assert.deepEqual(again.applications, counts(0, 0, 2, 3));
  assert.deepEqual(again.endpoints, counts(0, 0, 3, 6));
  assert.equal(again.problemCount, named.length);
  const pair = again.problems.find(({ id }) => id === 'ep_pair');
  assert.equal(pair?.part, 'secret');
  assert.equal((await target.call('/app/problems')).signatureHeaders, 'svix');
});

test('a Holdfast that is overloaded, and whose answers get lost, makes nothing twice', async (context) => {
  const numbers = Array.from({ length: 12 }, (_, n) => n);
  const lists = numbers.map((n) => [
    `/app/app_lost${n}/endpoint`,
    page([{ id: `ep_lost${n}`, url: 'https://example.com/', metadata: {} }]),
  ]);
  const apps = numbers.map((n) => ({ id: `app_lost${n}`, name: 'Lost', metadata: {} }));
  const from = await serve(
    context,
    table({ '/event-type': page([]), '/app': page(apps), ...Object.fromEntries(lists) }),
  );
  const seen = new Map<string, number>();
  const stumbling = await serve(context, (request, response) => {
    const key = String(request.headers['idempotency-key'] ?? request.url);
    const tries = (seen.get(key) ?? 0) + 1;
    if (request.method === 'POST') seen.set(key, tries);
    const isCut = request.method === 'POST' && tries === 1;
    const isRefused = request.method === 'POST' && tries === 2;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = {
        authorization: String(request.headers.authorization),
        'content-type': 'application/json',
        'idempotency-key': key,
      };
      const { method = 'GET' } = request;
      const given =
        method === 'GET' ? { headers } : { method, headers, body: Buffer.concat(chunks) };
      if (isRefused) response.writeHead(503).end('{"code":"overloaded","detail":"Full."}');
      else {
        fetch(`${target.url}${request.url}`, given).then(
          async (answer) => {
            const text = await answer.text();
            if (isCut) request.socket.destroy();
            else response.writeHead(answer.status).end(text);
          },
          () => request.socket.destroy(),
        );
      }
    });
  });
  const outcome = await importHere(from, stumbling);
  assert.equal(outcome.isWhole, true, String(outcome.endedBy));
  assert.deepEqual([...seen.values()], Array(2 * numbers.length).fill(3));
  const { applications } = await dump(target);
  const lost = Object.keys(applications).filter((name) => name.startsWith('app_lost'));
  assert.deepEqual(lost.toSorted(), apps.map(({ id }) => id).toSorted());
  for (const name of lost) assert.equal(Object.keys(applications[name].endpoints).length, 1);
});

/** Sources that are none. Each ends the import with a fault that names what is wrong. */
const hostile: readonly {
  readonly name: string;
  readonly answer: () => RequestListener;
  readonly code: string;
  readonly says: RegExp;
}[] = [
  {
    name: 'a list that comes back to its beginning',
    answer: () => (_request, response) =>
      response.end(JSON.stringify({ data: [{}], done: false, iterator: 'a' })),
    code: 'source_invalid',
    says: /The list \/api\/v1\/event-type comes back to where it was/,
  },
  {
    name: 'empty pages without end',
    answer: () => (_request, response) =>
      response.end(JSON.stringify({ data: [], done: false, iterator: 'b' })),
    code: 'source_invalid',
    says: /gives an empty page and is not done/,
  },
  {
    name: 'a page that ignores the limit',
    answer: () => (_request, response) =>
      response.end(JSON.stringify(page(Array.from({ length: 5000 }, () => ({}))))),
    code: 'source_invalid',
    says: /gives 5000 items where 100 were asked for/,
  },
  {
    name: 'a page without a list',
    answer: () => (_request, response) => response.end('{"data":{},"done":true}'),
    code: 'source_invalid',
    says: /has not the form of a list/,
  },
  {
    name: 'an answer without end',
    answer: () => (_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(1_048_576, 32)));
      };
      response.on('drain', more);
      more();
    },
    code: 'source_invalid',
    says: /is longer than 33554432 bytes/,
  },
  {
    name: 'a page for people',
    answer: () => (_request, response) => response.end('<h1>Welcome</h1>'),
    code: 'source_invalid',
    says: /not JSON: is that the address of a Svix server/,
  },
  {
    name: 'a redirect',
    answer: () => (_request, response) => response.writeHead(302, { location: '/x' }).end(),
    code: 'service_unreachable',
    says: /redirects. Give its real address/,
  },
  {
    name: 'a refused token',
    answer: () => (_request, response) => response.writeHead(401).end('{}'),
    code: 'authentication_failed',
    says: /refused the token \(status 401\)/,
  },
  {
    name: 'a closed door',
    answer: () => (request) => request.socket.destroy(),
    code: 'service_unreachable',
    says: /Nothing answers at .* It was tried 8 times/,
  },
  {
    name: 'a limit of an hour',
    answer: () => (_request, response) => response.writeHead(429, { 'retry-after': '3600' }).end(),
    code: 'rate_limited',
    says: /answered 429 for \/api\/v1\/event-type\.$/,
  },
];

for (const { name, answer, code, says } of hostile) {
  test(`${name} ends the import with its name`, async (context) => {
    const { endedBy, isEnded, isWhole } = await importHere(await serve(context, answer()));
    assert.deepEqual([isEnded, isWhole], [false, false]);
    assert.ok(endedBy instanceof HoldfastError, String(endedBy));
    assert.equal(endedBy.code, code);
    assert.match(endedBy.message, says);
  });
}

test('a source that breaks down while it is copied ends the import, after the report', async (context) => {
  let requests = 0;
  const from = await serve(context, (request, response) => {
    requests += 1;
    const path = String(request.url);
    if (path.includes('/endpoint')) response.writeHead(503).end();
    else if (path.includes('event-type')) response.end(JSON.stringify(page([])));
    else {
      const apps = Array.from({ length: 40 }, (_, n) => ({
        id: `app_${n}`,
        uid: `b${n}`,
        name: 'B',
        metadata: {},
      }));
      response.end(JSON.stringify(page(apps)));
    }
  });
  const { endedBy, applications } = await importHere(from);
  assert.ok(endedBy instanceof HoldfastError);
  assert.equal(endedBy.code, 'service_unreachable');
  assert.ok(applications.copied >= 4 && applications.copied < 40, String(applications.copied));
  assert.ok(requests < 200, `${requests} requests`);
});
