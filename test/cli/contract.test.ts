import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { holdfast, startService, temporaryFolder, type Service } from './processes.ts';

const stack: (() => unknown)[] = [];
const file = { after: (undo: () => unknown) => stack.push(undo) };
let service: Service;
let folder: string;

before(async () => {
  folder = temporaryFolder(file);
  service = await startService(file, temporaryFolder(file), {});
  await service.call('/event-type', {
    name: 'invoice.paid',
    description: '',
    schemas: { 1: schema({ amount: { type: 'integer', 'x-unit': 'cents' } }) },
  });
});
after(async () => {
  for (const undo of stack.toReversed()) await undo();
});

const schema = (properties: object) => ({ type: 'object', properties, required: ['amount'] });

function check(content: string, ...flags: string[]) {
  const path = join(folder, 'schema.json');
  writeFileSync(path, content);
  return holdfast(['contract', 'check', 'invoice.paid', path, ...flags, ...service.flags]);
}

test('a schema that breaks nobody ends with 0, one that breaks with 1 and the reasons', async () => {
  const amount = { type: 'integer', 'x-unit': 'cents' };
  const fine = await check(JSON.stringify(schema({ amount, note: { type: 'string' } })));
  assert.equal(fine.code, 0, fine.stderr);
  assert.match(fine.stdout, /goes with version 1 of invoice\.paid/);
  assert.match(fine.stdout, /"payload\.note" is described now/);

  const euros = JSON.stringify(schema({ amount: { ...amount, 'x-unit': 'euros' } }));
  const broken = await check(euros);
  assert.equal(broken.code, 1);
  assert.match(broken.stdout, /BREAKS version 1/);
  assert.match(broken.stdout, /changed its unit from "cents" to "euros"\. \[breaks both\]/);
  const { code, stdout } = await check(euros, '--json');
  assert.equal(code, 1);
  assert.equal(JSON.parse(stdout).compatibility.differences[0].kind, 'unit_changed');
});

test('what is no schema is refused in a sentence', async () => {
  const malformed = await check('{"type":');
  assert.equal(malformed.code, 1);
  assert.match(malformed.stderr, /holds no JSON.*\[malformed_json\]/);
  const wrong = await check('{"type":"objekt"}', '--json');
  assert.deepEqual(JSON.parse(wrong.stderr).field, 'schema');
});
