import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { holdfast, startService, temporaryFolder, until, type Service } from './processes.ts';

const stack: (() => unknown)[] = [];
const file = { after: (undo: () => unknown) => stack.push(undo) };
let service: Service;

before(async () => {
  service = await startService(file, temporaryFolder(file));
});
after(async () => {
  for (const undo of stack.toReversed()) await undo();
});

const token = (...args: readonly string[]) => holdfast(['token', ...args, ...service.flags]);

async function statusWith(secret: string, method: string, path: string): Promise<number> {
  const response = await fetch(`${service.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: '{"name":"Acme"}' }),
  });
  await response.text();
  return response.status;
}

test('a token is printed once, reaches what its scope says, and ends when it is revoked', async () => {
  const created = await token('create', 'dashboard', '--scope', 'read', '--json');
  assert.equal(created.code, 0, created.stderr);
  const { token: secret, ...shown } = JSON.parse(created.stdout);
  assert.match(secret, /^hf_[\w-]{43}$/);
  assert.equal(await statusWith(secret, 'GET', '/app'), 200);
  assert.equal(await statusWith(secret, 'POST', '/app'), 403);
  assert.equal(await statusWith(secret, 'GET', '/token'), 403);

  const listed = await token('list', '--json');
  assert.deepEqual(JSON.parse(listed.stdout), { data: [shown] });
  assert.equal(shown.isRevoked, false);
  assert.doesNotMatch(listed.stdout, /hf_/);

  const revoked = await token('revoke', shown.id, '--json');
  assert.deepEqual(JSON.parse(revoked.stdout), { id: shown.id, isRevoked: true });
  await until(async () => (await statusWith(secret, 'GET', '/app')) === 401, 'the refusal');
  assert.equal((await token('list')).stdout, 'No token. "holdfast token create" makes one.\n');
  const all = await token('list', '--revoked', '--json');
  assert.deepEqual(JSON.parse(all.stdout), { data: [{ ...shown, isRevoked: true }] });
});

test('people get the token in a line of its own, and a table over all pages', async () => {
  const { stdout } = await token('create', 'ci', '--scope', 'write');
  const [secret = '', , sentence = ''] = stdout.split('\n');
  assert.equal(await statusWith(secret, 'POST', '/app'), 201);
  assert.match(sentence, /^That is tok_\w+ \(ci, scope write\)\. It is not shown again/);
  const names = Array.from({ length: 260 }, (_, n) => `token ${n}`);
  await Promise.all(names.map((name) => service.call('/token', { name, scope: 'read' })));
  const lines = (await token('list')).stdout.trimEnd().split('\n');
  assert.match(lines[0] ?? '', /^ID +SCOPE +STATE +CREATED +NAME$/);
  assert.equal(lines.length, 1 + 1 + names.length);
  assert.match(lines[1] ?? '', /^tok_\w+ +write +in force +\d{4}-\S+Z +ci$/);
});

test('mistakes have a code and a field', async () => {
  for (const [args, code, field] of [
    [['create', 'x'], 'validation', '--scope'],
    [['create', 'x', '--scope', 'all'], 'validation', '--scope'],
    [['create', '', '--scope', 'read'], 'validation', 'name'],
    [['revoke', 'tok_nothing'], 'not_found', 'token_id'],
  ] as const) {
    const { code: exitCode, stdout, stderr } = await token(...args, '--json');
    assert.equal(exitCode, 1);
    assert.equal(stdout, '');
    const error = JSON.parse(stderr);
    assert.deepEqual([error.code, error.field], [code, field]);
  }
});
