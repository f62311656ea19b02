// Writes the ledger's schema, as all migrations leave it, to docs/reference/ledger-schema.sql.
//
//   node scripts/dump-schema.ts
//
// test/ledger/sqlite-schema.test.ts fails while the file and the migrations differ.

import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { migrations } from '../src/ledger/sqlite/migrations/index.ts';

export const SCHEMA_FILE = new URL('../docs/reference/ledger-schema.sql', import.meta.url);

export function dumpSchema(): string {
  const database = new DatabaseSync(':memory:');
  for (const migration of migrations) database.exec(migration);
  const rows = database
    .prepare(
      'SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name',
    )
    .all();
  database.close();
  const head = `-- The embedded ledger's schema, version ${migrations.length}. Written by scripts/dump-schema.ts: do not edit.`;
  return `${[head, ...rows.map(({ sql }) => `${String(sql)};`)].join('\n\n')}\n`;
}

if (import.meta.main) writeFileSync(SCHEMA_FILE, dumpSchema());
