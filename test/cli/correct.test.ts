import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conditionFrom, multiplicationFrom } from '../../src/cli/correction-flags.ts';
import { startReceiver } from '../support/service-receiver.ts';
import { holdfast, startService, temporaryFolder } from './processes.ts';

test('a condition is a path, a sign and a value, whose number stays as it was typed', () => {
  for (const [text, path, op, value] of [
    ['data.amount<1000', 'data.amount', 'lt', '1000'],
    ['a >= 1.50', 'a', 'gte', '1.50'],
    ['id=9007199254740993', 'id', 'eq', '9007199254740993'],
    ['currency!=USD', 'currency', 'ne', '"USD"'],
    ['note=a=b', 'note', 'eq', '"a=b"'],
    ['lines[].sku="1"', 'lines[].sku', 'eq', '"1"'],
    ['data.refund', 'data.refund', 'exists', 'true'],
  ] as const) {
    assert.equal(conditionFrom(text), `{"path":"${path}","op":"${op}","value":${value}}`, text);
  }
  for (const text of ['', '<5', 'a b']) {
    assert.throws(() => conditionFrom(text), { code: 'validation' });
  }
  assert.equal(
    multiplicationFrom('a=0.01', 'exact'),
    '{"path":"a","multiply":"0.01","round":"exact"}',
  );
  for (const text of ['a', '=5', 'a=']) {
    assert.throws(() => multiplicationFrom(text, undefined), { code: 'validation' });
  }
});

test('correct shows what it would do, does it with --yes, and says what became of it', async (context) => {
  const receiver = await startReceiver(context);
  const service = await startService(context, temporaryFolder(context));
  await service.call('/app', { name: 'Acme', uid: 'acme' });
  await service.call('/app/acme/endpoint', { uid: 'main', url: receiver.origin });
  await service.call('/app/acme/endpoint/main/lane/pause', { reason: 'amounts are wrong' });
  for (const amount of [19.99, 1999]) {
    await service.call('/app/acme/msg', { eventType: 'paid', payload: { data: { amount } } });
  }
  const wish = [
    'correct',
    '--app',
    'acme',
    '--event-type',
    'paid',
    '--multiply',
    'data.amount=100',
    '--where',
    'data.amount<1000',
    ...service.flags,
  ];
  const seen = await holdfast(wish);
  assert.equal(seen.code, 0, seen.stderr);
  assert.match(seen.stdout, /\/data\/amount +19\.99 +1999$/m);
  assert.match(seen.stdout, /^Would correct 1 delivery of 2 in 2 messages\.$/m);
  assert.match(seen.stdout, /Nothing was changed/);
  const preview = JSON.parse((await holdfast([...wish, '--preview', '--yes', '--json'])).stdout);
  assert.deepEqual([preview.counts.corrected, preview.isWhole], [1, true]);

  const unsaid = await holdfast([...wish, '--yes']);
  assert.equal(unsaid.code, 1);
  assert.match(unsaid.stderr, /--reason/);
  const { stdout, code } = await holdfast([...wish, '--yes', '--json', '--reason', 'cents']);
  assert.equal(code, 0);
  const act = JSON.parse(stdout);
  assert.deepEqual(
    [act.kind, act.touched, act.reason, act.states.scheduled],
    ['correct', 1, 'cents', 1],
  );

  await fetch(`${service.url}/api/v1/app/acme/endpoint/main/lane/resume`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.token}` },
  });
  await receiver.until(2);
  const bodies = receiver.received.map(({ body }) => body.toString('utf8')).toSorted();
  assert.deepEqual(bodies, ['{"data":{"amount":1999}}', '{"data":{"amount":1999}}']);

  const patch = join(service.dataDir, 'fix.json');
  writeFileSync(patch, '[{"op":"add","path":"/note","value":12345678901234567890}]');
  const patched = await holdfast([
    'correct',
    '--app',
    'acme',
    '--state',
    'delivered',
    '--patch',
    patch,
    '--yes',
    '--wait',
    '--reason',
    'a note',
    ...service.flags,
  ]);
  assert.equal(patched.code, 0, patched.stderr);
  assert.match(
    patched.stdout,
    /^Corrected 2 deliveries of acme \(act_\w+\): 0 scheduled, 2 delivered, 0 dead\.$/m,
  );
  assert.ok(
    receiver.received.at(-1)?.body.toString('utf8').endsWith('"note":12345678901234567890}'),
  );
  assert.match(String(receiver.received.at(-1)?.headers['webhook-id']), /_c\d$/);
});
