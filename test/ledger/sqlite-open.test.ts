import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import {
  hasSqliteLedger,
  ledgerPath,
  openSqliteLedger,
  readLedgerFile,
} from '../../src/ledger/index.ts';
import { fails, holdInAnotherProcess, killHard, openFor } from '../support/ledger-faults.ts';
import { createFolder, openRaw } from '../support/ledger-folder.ts';
import { createScene, HOUR_MS, MINUTE_MS, RED, START } from '../support/ledger-scene.ts';

describe('opening a ledger', () => {
  it('makes the folder and the file where they are missing, for the owner alone', async (t) => {
    const dataDir = join(createFolder(), 'deep', 'down');
    assert.equal(hasSqliteLedger(dataDir), false);
    const ledger = await openFor(t, { dataDir });
    assert.equal(hasSqliteLedger(dataDir), true);
    assert.equal(statSync(dataDir).mode & 0o077, 0);
    assert.match(ledger.mark, /^[0-9A-Za-z]{6}$/);
    assert.equal(ledger.newestId, 0);
  });

  it('finds everything again, and goes on after the newest id', async (t) => {
    const dataDir = createFolder();
    const first = await openSqliteLedger({ dataDir });
    const scene = createScene(first);
    const message = await scene.accept({ to: [RED] });
    const actId = await scene.startAct();
    await first.close();
    const again = await openFor(t, { dataDir });
    assert.equal(again.mark, first.mark);
    assert.equal(again.newestId, actId);
    assert.deepEqual(await again.message(message.id), message);
  });

  it('goes on after the newest id of timings, which older minutes may have', async (t) => {
    const dataDir = createFolder();
    const first = await openSqliteLedger({ dataDir });
    const { nextId } = createScene(first);
    const row = { endpointId: RED, phase: 'total', histogram: 'h' } as const;
    const newer = { ...row, id: nextId(), minuteAt: START + MINUTE_MS };
    const older = { ...row, id: nextId(), minuteAt: START };
    await first.storeTimings({ rows: [newer, older] });
    await first.close();
    const again = await openFor(t, { dataDir });
    assert.equal(again.newestId, older.id);
  });

  it('goes on after the newest id of an attempt, ended or under way', async (t) => {
    const dataDir = createFolder();
    const first = await openSqliteLedger({ dataDir });
    const scene = createScene(first);
    await scene.accept({ to: [RED] });
    scene.move(HOUR_MS);
    const { attemptId, ...lease } = await scene.claimOne(RED);
    await first.close();
    const second = await openSqliteLedger({ dataDir });
    await createScene(second).settle({ attemptId, ...lease }, { state: 'dead' });
    await second.close();
    const third = await openFor(t, { dataDir });
    assert.deepEqual([second.newestId, third.newestId], [attemptId, attemptId]);
  });

  it('gives every new ledger a mark of its own', async (t) => {
    const one = await openFor(t, { dataDir: createFolder() });
    const other = await openFor(t, { dataDir: createFolder() });
    assert.notEqual(one.mark, other.mark);
  });

  it('refuses a folder that cannot be', async () => {
    const file = join(createFolder(), 'file');
    writeFileSync(file, '');
    const dangling = join(createFolder(), 'dangling');
    symlinkSync(join(createFolder(), 'unmounted', 'volume'), dangling);
    for (const dataDir of [file, join(file, 'below'), dangling, join(dangling, 'below')]) {
      await assert.rejects(openSqliteLedger({ dataDir }), fails('ledger_not_openable'), dataDir);
    }
    assert.throws(
      () => readLedgerFile(join(createFolder(), 'absent')),
      fails('ledger_not_openable'),
    );
  });

  it(
    'refuses a folder that may not be written',
    { skip: process.getuid?.() === 0 ? 'root may write everywhere' : false },
    async () => {
      const dataDir = createFolder();
      chmodSync(dataDir, 0o500);
      await assert.rejects(openSqliteLedger({ dataDir }), fails('ledger_not_openable'));
    },
  );

  it('refuses a database that is not a ledger, and leaves it as it was', async () => {
    const dataDir = createFolder();
    const foreign = new DatabaseSync(ledgerPath(dataDir));
    foreign.exec('CREATE TABLE diary (day TEXT); INSERT INTO diary VALUES (1)');
    foreign.close();
    const before = readFileSync(ledgerPath(dataDir));
    await assert.rejects(openSqliteLedger({ dataDir }), fails('ledger_not_openable'));
    assert.throws(() => readLedgerFile(dataDir), fails('ledger_not_openable'));
    assert.deepEqual(readFileSync(ledgerPath(dataDir)), before);
  });

  it('refuses a folder where the file should be', async () => {
    const dataDir = createFolder();
    mkdirSync(ledgerPath(dataDir));
    await assert.rejects(openSqliteLedger({ dataDir }), fails('ledger_not_openable'));
  });

  it('refuses a ledger of a newer version, and leaves it as it was', async () => {
    const dataDir = createFolder();
    await (await openSqliteLedger({ dataDir })).close();
    const raw = openRaw(dataDir);
    raw.exec('PRAGMA user_version = 99');
    raw.close();
    const before = readFileSync(ledgerPath(dataDir));
    await assert.rejects(openSqliteLedger({ dataDir }), fails('ledger_newer'));
    assert.throws(() => readLedgerFile(dataDir), fails('ledger_newer'));
    assert.deepEqual(readFileSync(ledgerPath(dataDir)), before);
  });

  it('refuses to be opened twice, in this process too', async (t) => {
    const dataDir = createFolder();
    await openFor(t, { dataDir });
    await assert.rejects(openSqliteLedger({ dataDir }), fails('ledger_in_use'));
  });

  it('refuses while another process holds it, and opens once that was killed', async (t) => {
    const dataDir = createFolder();
    const accept = `
      const { createScene } = await import(${JSON.stringify(new URL('../support/ledger-scene.ts', import.meta.url).href)});
      const scene = createScene(ledger);
      for (let count = 0; count < 20; count += 1) await scene.accept({ to: [${RED}] });`;
    const child = await holdInAnotherProcess(dataDir, accept);
    t.after(() => child.kill('SIGKILL'));
    await assert.rejects(openSqliteLedger({ dataDir }), fails('ledger_in_use'));
    const reading = readLedgerFile(dataDir);
    assert.equal(reading.audit({ now: 0, nameAtMost: 1 }).minutes[0]?.accepted, 20);
    reading.close();
    await killHard(child);
    const ledger = await openFor(t, { dataDir });
    const scene = createScene(ledger);
    assert.equal((await scene.claim(RED)).claims.length, 20);
    await scene.assertAuditClean();
  });

  it('does not take a damaged lock for another process', async () => {
    const dataDir = createFolder();
    writeFileSync(join(dataDir, 'lock.sqlite'), 'x'.repeat(5000));
    await assert.rejects(openSqliteLedger({ dataDir }), fails('ledger_not_openable'));
  });

  it('lets go of the lock when it cannot be opened', async (t) => {
    const dataDir = createFolder();
    writeFileSync(ledgerPath(dataDir), 'x'.repeat(5000));
    await assert.rejects(openSqliteLedger({ dataDir }), fails('ledger_corrupt'));
    writeFileSync(ledgerPath(dataDir), '');
    await openFor(t, { dataDir });
  });
});

describe('closing a ledger', () => {
  it('waits for all that was asked', async () => {
    const dataDir = createFolder();
    const ledger = await openSqliteLedger({ dataDir });
    const scene = createScene(ledger);
    const asked = Array.from({ length: 2000 }, () => scene.accept({ to: [RED] }));
    const reads = Array.from({ length: 50 }, () => ledger.lanes({}));
    await ledger.close();
    const messages = await Promise.all(asked);
    await Promise.all(reads);
    const raw = openRaw(dataDir);
    assert.equal(raw.prepare('SELECT count(*) AS n FROM message').get()?.['n'], messages.length);
    raw.close();
  });

  it('folds the log into the file and leaves no log behind', async () => {
    const dataDir = createFolder();
    const ledger = await openSqliteLedger({ dataDir });
    await createScene(ledger).accept({ to: [RED] });
    await ledger.close();
    assert.equal(existsSync(`${ledgerPath(dataDir)}-wal`), false);
    assert.ok(readFileSync(ledgerPath(dataDir)).length > 4096);
  });

  it('refuses what is asked afterwards', async () => {
    const ledger = await openSqliteLedger({ dataDir: createFolder() });
    const scene = createScene(ledger);
    await ledger.close();
    await assert.rejects(scene.accept({ to: [RED] }), fails('ledger_unavailable'));
    await assert.rejects(ledger.lanes({}), fails('ledger_unavailable'));
  });
});
