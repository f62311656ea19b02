import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Worker } from 'node:worker_threads';
import { HoldfastError, type ErrorCode } from '../../src/core/index.ts';
import { openSqliteLedger, type Ledger } from '../../src/ledger/index.ts';
import { createFolder } from './ledger-folder.ts';

/** For assert.rejects: an error of our own with that code, whose sentence says something. */
export const fails =
  (code: ErrorCode) =>
  (error: unknown): true => {
    assert.ok(error instanceof HoldfastError, `${String(error)} is no fault with a code`);
    assert.equal(error.code, code, error.message);
    assert.ok(error.message.length > 20);
    return true;
  };

/** Opens a ledger and closes it when the test ends. */
export async function openFor(
  t: TestContext,
  options: Parameters<typeof openSqliteLedger>[0],
): Promise<Ledger> {
  const ledger = await openSqliteLedger(options);
  t.after(() => ledger.close());
  return ledger;
}

/** Opens a ledger and gives its threads too, so that a test can end one. */
export async function openWithThreads(
  dataDir: string,
): Promise<{ readonly ledger: Ledger; readonly writer: Worker; readonly reader: Worker }> {
  const workers: Worker[] = [];
  const note = (worker: Worker): number => workers.push(worker);
  process.on('worker', note);
  try {
    const ledger = await openSqliteLedger({ dataDir });
    const [writer, reader] = workers;
    assert.ok(writer !== undefined && reader !== undefined);
    return { ledger, writer, reader };
  } finally {
    process.off('worker', note);
  }
}

/** Another process that holds the ledger and says so by its first line. */
export async function holdInAnotherProcess(dataDir: string, work = ''): Promise<ChildProcess> {
  const door = new URL('../../src/ledger/index.ts', import.meta.url).href;
  const code = `
    const { openSqliteLedger } = await import(${JSON.stringify(door)});
    const ledger = await openSqliteLedger({ dataDir: ${JSON.stringify(dataDir)} });
    ${work}
    console.log('held');
    setInterval(() => {}, 1000);`;
  const script = join(createFolder(), 'holder.mjs');
  writeFileSync(script, code);
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  assert.equal(String(said[0]).trim(), 'held');
  return child;
}

export async function killHard(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
