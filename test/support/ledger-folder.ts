import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ledgerPath } from '../../src/ledger/index.ts';

const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own, removed when this process ends: after every ledger in it was closed. */
export function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  folders.push(folder);
  return folder;
}

/** A connection of the test's own to a ledger's file, beside whoever has it open. */
export function openRaw(dataDir: string): DatabaseSync {
  return new DatabaseSync(ledgerPath(dataDir), { timeout: 5000 });
}

/** Empties every table but the one that makes the file a ledger. */
export function wipe(raw: DatabaseSync): void {
  const tables = raw
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'ledger'`)
    .all();
  raw.exec(
    `BEGIN IMMEDIATE; ${tables.map(({ name }) => `DELETE FROM ${String(name)};`).join(' ')} COMMIT`,
  );
}
