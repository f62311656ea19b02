import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { seededRandom } from '../../src/core/index.ts';
import { startReceiver } from '../support/service-receiver.ts';
import { all, counts, dump, send } from './import-dump.ts';
import { serve } from './import-server.ts';
import {
  holdfast,
  start,
  startService,
  temporaryFolder,
  until,
  type Json,
  type Service,
} from './processes.ts';

/** More than a page of applications; some have an endpoint. */
const TEAMS = 104;
const WITH_ENDPOINT = 30;
const stack: (() => unknown)[] = [];
const file = { after: (undo: () => unknown) => stack.push(undo) };
let source: Service;
let target: Service;

before(async () => {
  [source, target] = await Promise.all([
    startService(file, temporaryFolder(file)),
    startService(file, temporaryFolder(file)),
  ]);
  await fillSource();
});
after(async () => {
  for (const undo of stack.toReversed()) await undo();
});

/** What a team might have: more than a page of applications, with and without uids. */
async function fillSource(): Promise<void> {
  const schemas = { 1: { type: 'object', properties: { amount: { type: 'integer' } } } };
  for (const given of [
    { name: 'invoice.paid', description: 'Paid.', schemas, featureFlag: 'beta' },
    { name: 'invoice.old', description: 'Was.', schemas },
    { name: 'user.created', description: '', deprecated: true },
  ]) {
    await source.call('/event-type', given);
  }
  const acme = { name: 'Acme', uid: 'acme', metadata: { plan: 'gold' }, throttleRate: 7 };
  await source.call('/app', { ...acme, signatureHeaders: 'svix' });
  await source.call('/app/acme/endpoint', {
    uid: 'main',
    url: 'https://example.com/hook?a=1#b',
    description: 'The main one.',
    eventTypes: ['invoice.paid', 'invoice.old'],
    channels: ['eu', 'us'],
    metadata: { owner: 'billing' },
    throttleRate: 3,
    disabled: true,
  });
  await send(source, 'PATCH', '/event-type/invoice.old', { archived: true });
  await send(source, 'PUT', '/app/acme/endpoint/main/headers', {
    headers: { authorization: 'Basic Zm9v', 'X-Team': 'billing', 'x-old': '1' },
  });
  const numbers = Array.from({ length: TEAMS }, (_, index) => index);
  await Promise.all(
    numbers.map(async (n) => {
      const uid = n % 3 === 0 ? {} : { uid: `team-${n}` };
      const { id } = await source.call('/app', {
        name: `Team ${n}`,
        metadata: { n: `${n}` },
        ...uid,
      });
      if (n >= WITH_ENDPOINT) return;
      const url = `https://example.com/${n}`;
      await source.call(`/app/${id}/endpoint`, n % 2 === 0 ? { url } : { url, uid: 'main' });
    }),
  );
}

function importArgs(from: string, to: Service, ...flags: readonly string[]): readonly string[] {
  const there = ['--from', from, '--token', source.token];
  const here = ['--url', to.url, '--token-here', to.token];
  return ['import', 'svix', ...there, ...here, ...flags];
}

async function importInto(to: Service, from = source.url, ...flags: readonly string[]) {
  const { code, stdout, stderr } = await holdfast(importArgs(from, to, '--json', ...flags));
  const report: Json = JSON.parse(stdout === '' ? '{}' : stdout);
  return { code, report, stderr };
}

test('a copy has every field, follows its source, and is left alone where it is equal', async (context) => {
  const dry = await importInto(target, source.url, '--dry-run');
  assert.equal(dry.report.isDryRun, true);
  assert.deepEqual(dry.report.endpoints, counts(WITH_ENDPOINT + 1, 0, 0));
  assert.deepEqual(await all(target, '/app'), []);
  assert.deepEqual(await all(target, '/event-type?include_archived=true'), []);

  const first = await importInto(target);
  assert.equal(first.code, 1);
  assert.deepEqual(first.report.eventTypes, counts(3, 0, 0));
  assert.deepEqual(first.report.applications, counts(TEAMS + 1, 0, 0));
  assert.deepEqual(first.report.endpoints, counts(WITH_ENDPOINT + 1, 0, 0));
  assert.equal(first.report.isWhole, false);
  assert.equal(first.report.problemCount, 1);
  const [{ detail, id, ...problem }] = first.report.problems;
  assert.match(id, /^ep_/);
  assert.match(detail, /does not tell the value of the header authorization. Set it by hand/);
  const subject = { kind: 'endpoints', uid: 'main', application: 'acme' };
  assert.deepEqual(problem, { ...subject, part: 'headers.authorization', code: 'source_invalid' });

  const wanted = await dump(source);
  const { headers } = wanted.applications.acme.endpoints.main;
  assert.deepEqual(headers.sensitive, ['authorization']);
  headers.sensitive = [];
  assert.deepEqual(await dump(target), wanted);

  // Set by hand, as the report says, it stays; now everything is there.
  await send(target, 'PATCH', '/app/acme/endpoint/main/headers', {
    headers: { Authorization: 'Basic Zm9v' },
  });
  const stamped = await all(target, '/app');
  const second = await importInto(target);
  assert.equal(second.code, 0, second.stderr);
  assert.equal(second.report.isWhole, true);
  assert.deepEqual(second.report.eventTypes, counts(0, 0, 3));
  assert.deepEqual(second.report.applications, counts(0, 0, TEAMS + 1));
  assert.deepEqual(second.report.endpoints, counts(0, 0, WITH_ENDPOINT + 1));
  assert.deepEqual(await all(target, '/app'), stamped, 'what is equal was written');

  // The source moves on, in every way that it can.
  const receiver = await startReceiver(context);
  const unnamed = (await all(source, '/app')).find(
    ({ uid, metadata }) => uid === undefined && Number(metadata.n) < WITH_ENDPOINT,
  );
  const [{ id: unnamedEndpoint }] = await all(source, `/app/${unnamed.id}/endpoint`);
  await send(source, 'PATCH', `/app/${unnamed.id}`, { uid: 'named-later' });
  await send(source, 'PATCH', `/app/${unnamed.id}/endpoint/${unnamedEndpoint}`, { uid: 'too' });
  await send(source, 'PATCH', '/app/acme', { name: 'Acme Inc.', throttleRate: null });
  await send(source, 'PATCH', '/app/acme/endpoint/main', {
    url: `${receiver.origin}/hook`,
    disabled: false,
    channels: null,
    throttleRate: null,
  });
  await send(source, 'PATCH', '/app/acme/endpoint/main/headers', {
    headers: { 'x-team': 'finance', 'x-old': null },
  });
  await send(source, 'POST', '/app/acme/endpoint/main/secret/rotate', {});
  await send(source, 'PATCH', '/event-type/user.created', { deprecated: false, featureFlag: 'x' });
  const third = await importInto(target);
  assert.equal(third.code, 0, JSON.stringify(third.report.problems));
  assert.deepEqual(third.report.eventTypes, counts(0, 1, 2));
  assert.deepEqual(third.report.applications, counts(0, 2, TEAMS - 1));
  assert.deepEqual(third.report.endpoints, counts(0, 2, WITH_ENDPOINT - 1));
  const moved = await dump(source);
  assert.deepEqual(moved.applications.acme.endpoints.main.headers, {
    headers: { 'x-team': 'finance' },
    sensitive: ['authorization'],
  });
  moved.applications.acme.endpoints.main.headers.sensitive = ['Authorization'];
  assert.deepEqual(await dump(target), moved);

  // What the copy sends, the source's secret verifies: under the names that the application asks for.
  const { key } = await source.call('/app/acme/endpoint/main/secret');
  await target.call('/app/acme/msg', { eventType: 'invoice.old', payload: { n: 1 } });
  const [received] = await receiver.until(1);
  assert.equal(received?.headers['x-team'], 'finance');
  assert.equal(received?.headers['authorization'], 'Basic Zm9v');
  assert.equal(received?.headers['webhook-id'], undefined);
  const named = ['id', 'timestamp', 'signature'].map((name) => [
    `webhook-${name}`,
    String(received?.headers[`svix-${name}`]),
  ]);
  new Webhook(key).verify(received?.body ?? '', Object.fromEntries(named));
});

test('killed twice in the middle, before a source that stumbles, it goes on and copies nothing twice', async (context) => {
  const copy = await startService(context, temporaryFolder(context));
  const random = seededRandom(20_260_302);
  let requests = 0;
  const proxy = await serve(context, (request, response) => {
    requests += 1;
    const luck = random.next();
    if (luck < 0.04) response.writeHead(429, { 'retry-after': '0' }).end('{}');
    else if (luck < 0.08) response.writeHead(500).end('oops');
    else if (luck < 0.1) request.socket.destroy();
    else {
      const headers = { authorization: String(request.headers.authorization) };
      fetch(`${source.url}${request.url}`, { headers }).then(
        async (answer) => response.writeHead(answer.status).end(await answer.text()),
        () => request.socket.destroy(),
      );
    }
  });
  for (const earliest of [15, 60]) {
    requests = 0;
    const killAt = earliest + Math.floor(random.next() * 45);
    const run = start(context, importArgs(proxy, copy, '--json'));
    await until(() => requests >= killAt, 'the import’s middle');
    await run.stop('SIGKILL');
    assert.equal(run.stdout(), '', 'it had ended');
  }
  const partly = (await all(copy, '/app')).length;
  assert.ok(partly > 0 && partly < TEAMS + 1, `${partly} applications were copied`);

  const last = await importInto(copy, proxy);
  assert.equal(last.report.problemCount, 1, JSON.stringify(last.report.problems));
  const { copied, equal, updated } = last.report.applications;
  assert.equal(copied + equal + updated, TEAMS + 1);
  assert.ok(equal >= partly - 1 && copied > 0, `${equal} were equal, ${copied} copied`);
  const wanted = await dump(source);
  wanted.applications.acme.endpoints.main.headers.sensitive = [];
  assert.deepEqual(await dump(copy), wanted);

  const text = await holdfast(importArgs(source.url, copy));
  assert.equal(text.code, 1);
  assert.match(text.stdout, /^IMPORTED +COPIED +UPDATED +EQUAL +FAILED\nevent types +0 +0 +3 +0\n/);
  assert.match(
    text.stdout,
    /- endpoint ep_\w+ \(main\) of acme, headers\.authorization: The source/,
  );
  assert.match(text.stderr, /applications 105, endpoints 31, problems 1/);
});

test('mistakes are named before anything is copied', async () => {
  const token = ['--token', 't', '--token-here', 't'];
  for (const [args, code, field] of [
    [['--from', 'nowhere', ...token], 'validation', '--from'],
    [['--from', source.url, '--url', source.url, ...token], 'validation', '--from'],
    [
      ['--from', source.url, '--token', 't', '--url', 'http://192.0.2.1'],
      'authentication_failed',
      '--token-here',
    ],
  ] as const) {
    const { stderr } = await holdfast(['import', 'svix', ...args, '--json']);
    const error = JSON.parse(stderr);
    assert.deepEqual([error.code, error.field], [code, field]);
  }
});
