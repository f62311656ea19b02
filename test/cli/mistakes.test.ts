import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { SettingLine } from '../../src/cli/settings.command.ts';
import { holdfast, temporaryFolder } from './processes.ts';

/** What anybody can get wrong before a service is even asked. */
const mistakes = [
  {
    name: 'an unknown command suggests the nearest',
    args: ['sned'],
    code: 'validation',
    field: 'sned',
    says: /Unknown command 'sned' \(Did you mean send\?\)/,
  },
  {
    name: 'an unknown option suggests the nearest',
    args: ['serve', '--prot', '1'],
    code: 'validation',
    field: '--prot',
    says: /Did you mean --port\?/,
  },
  {
    name: 'a required option is named',
    args: ['send', '--app', 'a'],
    code: 'validation',
    field: '--type',
    says: /'--type <event type>' not specified/,
  },
  {
    name: 'a payload that is no JSON is not sent',
    args: ['send', '--app', 'a', '--type', 't', '--token', 't', '--payload', '{"a":'],
    code: 'malformed_json',
    field: '--payload',
    says: /not valid JSON: .* Nothing was sent\./,
  },
  {
    name: 'a payload cannot reach out of its place in the request',
    args: ['send', '--app', 'a', '--type', 't', '--token', 't', '--payload', '{},"eventId":"x"'],
    code: 'malformed_json',
    field: '--payload',
    says: /not valid JSON/,
  },
  {
    name: 'two payloads are one too many',
    args: ['send', '--app', 'a', '--type', 't', '--token', 't', '--payload', '{}', '-'],
    code: 'validation',
    field: '--payload',
    says: /Give the payload once/,
  },
  {
    name: 'a missing file is named',
    args: ['send', '--app', 'a', '--type', 't', '--token', 't', '--file', 'nowhere.json'],
    code: 'validation',
    field: '--file',
    says: /cannot be read: ENOENT/,
  },
  {
    name: 'without a token it says where one would be',
    args: ['send', '--app', 'a', '--type', 't', '--payload', '{}'],
    code: 'authentication_failed',
    field: '--token',
    says: /none in data.admin-token\. Give --token/,
  },
  {
    name: 'an address that is none is refused',
    args: ['redrive', '--app', 'a', '--token', 't', '--url', 'ftp://127.0.0.1'],
    code: 'validation',
    field: '--url',
    says: /Give it like http:\/\/127\.0\.0\.1:8071/,
  },
  {
    name: 'a number out of bounds is refused with its bounds',
    args: ['redrive', '--app', 'a', '--rate', '0'],
    code: 'validation',
    field: '--rate',
    says: /from 1 to 10000, not "0"/,
  },
  {
    name: 'a cancellation of everything must be said',
    args: ['dead-letter', 'cancel', '--app', 'a', '--why', 'x', '--token', 't'],
    code: 'validation',
    field: '--all',
    says: /Name a message or a filter/,
  },
  {
    name: 'a secret of no form is refused without being printed',
    args: ['listen', '--secret', 'whsec_hush'],
    code: 'secret_invalid',
    field: '--secret',
    says: /^(?!.*hush)/,
  },
  {
    name: 'a folder without a ledger is no ledger that adds up',
    args: ['audit', '--data', 'nowhere'],
    code: 'ledger_not_openable',
    field: '--data',
    says: /no ledger at nowhere/,
  },
] as const;

describe('a mistake', { concurrency: 2 }, () => {
  for (const { name, args, code, field, says } of mistakes) {
    test(name, async (context) => {
      const cwd = temporaryFolder(context);
      const { stdout, stderr, code: exitCode } = await holdfast([...args, '--json'], { cwd });
      assert.equal(exitCode, 1);
      assert.equal(stdout, '');
      const error = JSON.parse(stderr);
      assert.equal(error.code, code);
      assert.equal(error.field, field);
      assert.match(error.detail, says);
    });
  }
});

async function freedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

test('a service that does not run is unreachable, with what to do', async () => {
  const url = `http://127.0.0.1:${await freedPort()}`;
  const args = ['dead-letter', 'list', '--app', 'a', '--token', 't'];
  const { code, stderr } = await holdfast(args, { env: { HOLDFAST_URL: url } });
  assert.equal(code, 1);
  assert.equal(
    stderr,
    `holdfast: No Holdfast answers at ${url} (ECONNREFUSED). Start it with "holdfast serve", or give its address with --url or HOLDFAST_URL. [service_unreachable]\n`,
  );
});

test('what answers but is no Holdfast is said to be none', async (context) => {
  const server = createServer((_request, response) => {
    response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const args = ['dead-letter', 'list', '--app', 'a', '--token', 't', '--url', url, '--json'];
  const { stderr } = await holdfast(args);
  assert.equal(JSON.parse(stderr).code, 'service_unreachable');
  assert.match(JSON.parse(stderr).detail, /is not a Holdfast \(status 404\)/);
});

test('the token of this machine is not sent to another', async (context) => {
  const cwd = temporaryFolder(context);
  mkdirSync(join(cwd, 'data'));
  writeFileSync(join(cwd, 'data', 'admin-token'), 'hf_secret');
  const args = ['dead-letter', 'list', '--app', 'a', '--url', 'http://192.0.2.1', '--json'];
  const { stderr } = await holdfast(args, { cwd });
  assert.deepEqual(JSON.parse(stderr), {
    code: 'authentication_failed',
    detail: 'No token was given for http://192.0.2.1. Give --token or HOLDFAST_TOKEN.',
    field: '--token',
  });
});

test('help lists every command in a line each and ends with 0', async () => {
  const { code, stdout } = await holdfast(['--help']);
  assert.equal(code, 0);
  const commands = stdout.slice(stdout.indexOf('Commands:\n')).split('\n\n')[0] ?? '';
  const lines = commands.split('\n').slice(1);
  for (const line of lines) assert.match(line, /^ {2}[a-z-]+ .* {2}\S.*$/, 'a description wraps');
  const names = lines.map((line) => line.trim().split(' ')[0]);
  const ours = [
    'serve',
    'send',
    'listen',
    'dead-letter',
    'redrive',
    'correct',
    'audit',
    'settings',
    'demo',
  ];
  for (const name of ours) assert.ok(names.includes(name), name);
});

test('settings names every setting with its default and bounds', async () => {
  const { stdout } = await holdfast(['settings', '--json']);
  const settings: readonly SettingLine[] = JSON.parse(stdout).settings;
  const port = settings.find(({ name }) => name === 'port');
  assert.equal(port?.environment, 'HOLDFAST_PORT');
  assert.equal(port?.default, 8071);
  assert.equal(port?.bounds, '0 to 65535');
  const { stdout: text } = await holdfast(['settings']);
  assert.match(text, /^HOLDFAST_PORT = 8071 {2}\(0 to 65535\)$/m);
  for (const { environment } of settings) assert.ok(text.includes(environment));
});
