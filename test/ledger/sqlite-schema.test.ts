import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { seededRandom } from '../../src/core/index.ts';
import { migrations } from '../../src/ledger/sqlite/migrations/index.ts';
import { openDatabase } from '../../src/ledger/sqlite/open.ts';
import { dumpSchema, SCHEMA_FILE } from '../../scripts/dump-schema.ts';
import { createFolder } from '../support/ledger-folder.ts';
import { START } from '../support/ledger-scene.ts';

function open(path: string): ReturnType<typeof openDatabase> {
  return openDatabase({ path, maxBytes: 0, random: seededRandom(1), now: START });
}

test('docs/reference/ledger-schema.sql is the schema; node scripts/dump-schema.ts writes it', () => {
  assert.equal(readFileSync(SCHEMA_FILE, 'utf8'), dumpSchema());
});

test('a new ledger is made by all migrations and says how many have run', () => {
  const { database } = open(':memory:');
  const version = database.prepare('PRAGMA user_version').get();
  assert.equal(version?.['user_version'], migrations.length);
  database.close();
});

test('a ledger that is opened again keeps its mark and its tables', () => {
  const path = join(createFolder(), 'ledger.sqlite');
  const first = open(path);
  first.database.close();
  const again = open(path);
  assert.equal(again.mark, first.mark);
  again.database.close();
});
