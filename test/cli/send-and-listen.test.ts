import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import {
  holdfast,
  start,
  startService,
  temporaryFolder,
  until,
  type Running,
  type Service,
} from './processes.ts';

const stack: (() => unknown)[] = [];
const file = { after: (undo: () => unknown) => stack.push(undo) };
let service: Service;

before(async () => {
  service = await startService(file, temporaryFolder(file));
});
after(async () => {
  for (const undo of stack.toReversed()) await undo();
});

type Listener = Running & { readonly url: string; readonly app: string };

/** An application whose one endpoint is a `holdfast listen` with the given flags. */
async function startListener(
  context: TestContext,
  app: string,
  flags: (secret: string) => readonly string[],
): Promise<Listener> {
  await service.call('/app', { name: app, uid: app });
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const listener = start(context, ['listen', '--json', '--port', '0', ...flags(secret)]);
  await until(() => listener.records().length > 0, 'the listener');
  const url = String(listener.records()[0]?.['url']);
  await service.call(`/app/${app}/endpoint`, { url: `${url}/hook`, uid: 'main', secret });
  return { ...listener, url, app };
}

const deliveriesTo = (listener: Running) =>
  listener.records().filter(({ kind }) => kind === 'delivery');
const send = (app: string, ...flags: string[]) =>
  holdfast(['send', '--app', app, '--type', 'invoice.paid', ...flags, ...service.flags]);

test('what is sent arrives and its signature holds', async (context) => {
  const listener = await startListener(context, 'verified', (secret) => ['--secret', secret]);
  const sent = await send('verified', '--payload', '{ "amount": 1.00 }', '--json');
  assert.equal(sent.code, 0, sent.stderr);
  const { id, deliveries } = JSON.parse(sent.stdout);
  assert.equal(deliveries.length, 1);
  await until(() => deliveriesTo(listener).length > 0, 'the delivery');
  const [delivery] = deliveriesTo(listener);
  assert.equal(delivery?.['id'], id);
  assert.equal(delivery?.['verdict'], 'verified');
  assert.equal(delivery?.['status'], 200);
  // Two blanks and 1.00 would be gone if anybody had parsed and written it again.
  assert.equal(delivery?.['payloadBytes'], '{ "amount": 1.00 }'.length);

  await service.call(`/app/verified/msg/${id}/endpoint/main/resend`, {});
  await until(() => deliveriesTo(listener).length > 1, 'the replay');
  assert.equal(deliveriesTo(listener)[1]?.['isDuplicate'], true);
  assert.equal(await listener.stop('SIGINT'), 0);
  assert.deepEqual(listener.records().at(-1), {
    kind: 'summary',
    received: 2,
    verified: 2,
    badSignatures: 0,
    duplicates: 1,
  });
});

test('a signature by another secret is named, answered 401 and counted', async (context) => {
  const other = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
  const listener = await startListener(context, 'forged', () => ['--secret', other]);
  await send('forged', '--payload', '{}');
  await until(() => deliveriesTo(listener).length > 1, 'both attempts');
  const [delivery] = deliveriesTo(listener);
  assert.equal(delivery?.['verdict'], 'no_match');
  assert.equal(delivery?.['status'], 401);
  await listener.stop('SIGTERM');
  assert.equal(listener.records().at(-1)?.['badSignatures'], 2);
});

test('a listener told to fail fails, and one told to stall answers nothing', async (context) => {
  const failing = await startListener(context, 'failing', () => ['--fail', '100%']);
  const stalling = await startListener(context, 'stalling', () => ['--stall']);
  await send('failing', '--payload', '{}');
  const { stdout } = await send('stalling', '--payload', '{}', '--json');
  await until(() => deliveriesTo(failing).length > 0, 'the failure');
  await until(() => deliveriesTo(stalling).length > 0, 'the stalled attempt');
  assert.equal(deliveriesTo(failing)[0]?.['status'], 500);
  assert.equal(deliveriesTo(failing)[0]?.['verdict'], 'unchecked');
  assert.equal(deliveriesTo(stalling)[0]?.['status'], null);
  const { data } = await service.call(`/app/stalling/msg/${JSON.parse(stdout).id}/delivery`);
  assert.equal(data[0].state, 'in_flight');
});

test('a file and standard input are sent byte for byte, text tells people what happened', async (context) => {
  const listener = await startListener(context, 'sources', () => []);
  const path = join(temporaryFolder(context), 'payload.json');
  writeFileSync(path, '{"naïve":  "✓"}');
  const fromFile = await send('sources', '--file', path);
  assert.match(fromFile.stdout, /^Accepted msg_\w+ \(invoice\.paid\): 1 delivery\.\n$/);
  const fromInput = await holdfast(
    ['send', '--app', 'sources', '--type', 'a.b', '-', ...service.flags],
    { input: '{"from": "a pipe"}' },
  );
  assert.equal(fromInput.code, 0, fromInput.stderr);
  await until(() => deliveriesTo(listener).length === 2, 'both deliveries');
  const bytes = deliveriesTo(listener).map(({ payloadBytes }) => payloadBytes);
  assert.deepEqual(bytes, [Buffer.byteLength('{"naïve":  "✓"}'), '{"from": "a pipe"}'.length]);
});

test('a repetition by event id is one message, another content is refused', async () => {
  await service.call('/app', { name: 'events', uid: 'events' });
  const first = await send('events', '--payload', '{"n":1}', '--event-id', 'e-1');
  const again = await send('events', '--payload', '{"n":1}', '--event-id', 'e-1');
  const other = await send('events', '--payload', '{"n":2}', '--event-id', 'e-1', '--json');
  assert.match(first.stdout, /no endpoint of the application asked for it/);
  assert.equal(again.stdout, first.stdout);
  assert.equal(other.code, 1);
  assert.equal(JSON.parse(other.stderr).code, 'event_id_conflict');
});

test('a message goes to the channels it names', async (context) => {
  const listener = await startListener(context, 'channels', () => []);
  const url = `${listener.url}/eu`;
  await service.call('/app/channels/endpoint', { url, uid: 'eu', channels: ['eu'] });
  const flags = ['--payload', '{}', '--json', '--channel', 'eu', '--channel', 'us'];
  const both = JSON.parse((await send('channels', ...flags)).stdout);
  assert.equal(both.deliveries.length, 2);
  const one = JSON.parse((await send('channels', '--payload', '{}', '--json')).stdout);
  assert.equal(one.deliveries.length, 1);
});

test('faults of the API keep code, sentence and field', async () => {
  const unknown = await send('nobody', '--payload', '{}');
  assert.equal(unknown.code, 1);
  assert.equal(
    unknown.stderr,
    'holdfast: No application has the id or uid "nobody". (app_id) [not_found]\n',
  );
  const list = await send('nobody', '--payload', '[]', '--json');
  assert.deepEqual(JSON.parse(list.stderr), {
    code: 'validation',
    detail: 'The field "payload" must be object.',
    field: 'payload',
  });
  const stranger = await send('nobody', '--payload', '{}', '--json', '--token', 'hf_wrong');
  assert.equal(stranger.code, 1);
  assert.equal(JSON.parse(stranger.stderr).code, 'authentication_failed');
});
