import assert from 'node:assert/strict';
import {
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { describe, it } from 'node:test';
import { HoldfastError, seededRandom } from '../../src/core/index.ts';
import { ledgerPath, openSqliteLedger, readLedgerFile } from '../../src/ledger/index.ts';
import { openDatabaseToRead } from '../../src/ledger/sqlite/open.ts';
import { byNameOf, readEach } from '../../src/ledger/sqlite/executor.ts';
import { prepareReads } from '../../src/ledger/sqlite/operations.ts';
import { fails, openFor, openWithThreads } from '../support/ledger-faults.ts';
import { createFolder, openRaw } from '../support/ledger-folder.ts';
import {
  BLUE,
  createScene,
  only,
  RED,
  type Scene,
  type StoredMessage,
} from '../support/ledger-scene.ts';

const PAGE_BYTES = 4096;

describe('a full ledger', () => {
  const maxBytes = 200 * PAGE_BYTES;
  const payload = `"${'x'.repeat(10_000)}"`;

  /** Accepts until the ledger says that it is full. */
  async function fill(scene: Scene): Promise<readonly StoredMessage[]> {
    const stored: StoredMessage[] = [];
    for (;;) {
      const next = scene.compose({ payload, to: [RED, BLUE] });
      try {
        await scene.ledger.accept(next);
        stored.push(next.message);
      } catch (thrown) {
        assert.ok(fails('ledger_full')(thrown));
        assert.equal(await scene.ledger.message(next.message.id), null);
        assert.deepEqual(await scene.ledger.deliveriesOf(next.message.id), []);
        return stored;
      }
    }
  }

  it('stores nothing of what it refuses, reads on, and takes up all of it with more room', async (t) => {
    const dataDir = createFolder();
    const ledger = await openSqliteLedger({ dataDir, maxBytes });
    const scene = createScene(ledger);
    const lease = await scene.accept({ to: [RED] }).then(() => scene.claimOne(RED));
    const stored = await fill(scene);
    assert.ok(stored.length > 10);
    // Whatever waits in one commit with it is refused as well.
    const together = Array.from({ length: 30 }, () => scene.compose({ payload, to: [RED] }));
    const ends = await Promise.allSettled(together.map((one) => ledger.accept(one)));
    for (const end of ends) {
      assert.ok(end.status === 'rejected' && fails('ledger_full')(end.reason));
    }
    const outcome = { state: 'dead', response: 'x'.repeat(20_000) } as const;
    await assert.rejects(scene.settle(lease, outcome), fails('ledger_full'));
    assert.equal((await scene.delivery(lease.messageId, RED)).state, 'in_flight');
    for (const message of stored) assert.deepEqual(await ledger.message(message.id), message);
    await scene.assertAuditClean();
    assert.ok(statSync(ledgerPath(dataDir)).size <= maxBytes);
    await ledger.close();

    const larger = await openFor(t, { dataDir, maxBytes: 2 * maxBytes });
    const later = createScene(larger);
    for (const message of stored) {
      assert.deepEqual(await larger.message(message.id), message);
      assert.equal((await larger.deliveriesOf(message.id)).length, 2);
    }
    assert.equal(await later.settle(lease, outcome), 'settled');
    later.move(1000);
    await later.accept({ payload, to: [RED] });
    assert.equal((await later.claim(BLUE)).claims.length, stored.length);
    await later.assertAuditClean();
  });

  it('is refused at the start where not even its tables have room', async () => {
    const dataDir = createFolder();
    await assert.rejects(openSqliteLedger({ dataDir, maxBytes: 1 }), fails('ledger_full'));
  });
});

describe('a damaged file', () => {
  /** A ledger of many pages, closed. */
  async function build(): Promise<{
    readonly dataDir: string;
    readonly messages: readonly StoredMessage[];
  }> {
    const dataDir = createFolder();
    const ledger = await openSqliteLedger({ dataDir });
    const scene = createScene(ledger);
    const payload = `"${'x'.repeat(300)}"`;
    const messages = await Promise.all(
      Array.from({ length: 400 }, (_, index) =>
        scene.accept({ eventId: `order-${index}`, payload, to: [RED, BLUE] }),
      ),
    );
    const { claims } = await scene.claim(RED, { limit: 200 });
    await Promise.all(claims.map((claim) => scene.settle(claim, { state: 'dead' })));
    await ledger.close();
    return { dataDir, messages };
  }

  const fillings = {
    zeros: new Uint8Array(PAGE_BYTES),
    ones: new Uint8Array(PAGE_BYTES).fill(0xff),
    noise: seededRandom(7).bytes(PAGE_BYTES),
  } as const;
  const names = ['zeros', 'ones', 'noise'] as const;

  /** @param page counted from 0. */
  function overwrite(
    dataDir: string,
    page: number,
    filling: keyof typeof fillings,
    length = PAGE_BYTES,
  ): void {
    const file = openSync(ledgerPath(dataDir), 'r+');
    writeSync(file, fillings[filling], 0, length, page * PAGE_BYTES);
    closeSync(file);
  }

  function rootOf(dataDir: string, name: string): number {
    const raw = openRaw(dataDir);
    const row = raw.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name);
    raw.close();
    return Number(row?.['rootpage']) - 1;
  }

  for (const name of names) {
    it(`is refused at the start where its header is ${name}`, async () => {
      const { dataDir } = await build();
      overwrite(dataDir, 0, name, 100);
      const before = readFileSync(ledgerPath(dataDir));
      await assert.rejects(openSqliteLedger({ dataDir }), fails('ledger_corrupt'));
      assert.throws(() => readLedgerFile(dataDir), fails('ledger_corrupt'));
      assert.deepEqual(readFileSync(ledgerPath(dataDir)), before);
    });
  }

  it('never hides an acknowledged message, whichever page is overwritten', async () => {
    const { dataDir, messages } = await build();
    const whole = `${ledgerPath(dataDir)}.whole`;
    copyFileSync(ledgerPath(dataDir), whole);
    const pages = statSync(whole).size / PAGE_BYTES;
    assert.ok(pages > 60);
    let refusals = 0;
    for (let page = 0; page < pages; page += 1) {
      copyFileSync(whole, ledgerPath(dataDir));
      overwrite(dataDir, page, names[page % 3] ?? 'zeros');
      refusals += countRefusals(dataDir, messages, page);
    }
    assert.ok(refusals >= pages, `${refusals} refusals`);
  });

  /** Reads every message and its deliveries: each is whole, or its reading is refused. */
  function countRefusals(
    dataDir: string,
    messages: readonly StoredMessage[],
    page: number,
  ): number {
    let database;
    try {
      database = openDatabaseToRead(ledgerPath(dataDir));
      const run = byNameOf(prepareReads(database));
      let refusals = 0;
      for (const message of messages) {
        const [found, deliveries] = readEach(run, [
          ['message', message.id],
          ['deliveriesOf', message.id],
        ]);
        assert.ok(found !== undefined && deliveries !== undefined);
        if ('value' in found) assert.deepEqual(found.value, message, `page ${page}`);
        else assert.equal(found.fault.code, 'ledger_corrupt', found.fault.detail);
        if ('value' in deliveries) {
          assert.ok(Array.isArray(deliveries.value));
          assert.equal(deliveries.value.length, 2, `page ${page}`);
        } else assert.equal(deliveries.fault.code, 'ledger_corrupt', deliveries.fault.detail);
        if (!('value' in found && 'value' in deliveries)) refusals += 1;
      }
      const quickCheck = database.prepare('PRAGMA quick_check(1)').get();
      return refusals + (quickCheck?.['quick_check'] === 'ok' ? 0 : 1);
    } catch (thrown) {
      if (thrown instanceof HoldfastError) assert.equal(thrown.code, 'ledger_corrupt');
      else assert.match(String(thrown), /malformed|not a database/, `page ${page}`);
      return 1;
    } finally {
      database?.close();
    }
  }

  it('is refused at the start where the index of open deliveries is damaged', async () => {
    const { dataDir } = await build();
    overwrite(dataDir, rootOf(dataDir, 'delivery_open'), 'ones');
    await assert.rejects(openSqliteLedger({ dataDir }), fails('ledger_corrupt'));
  });

  it('is found in use: what cannot be written or read is refused, the rest goes on', async (t) => {
    const { dataDir, messages } = await build();
    const { ledger } = await openWithThreads(dataDir);
    t.after(() => ledger.close());
    const scene = createScene(ledger);
    overwrite(dataDir, rootOf(dataDir, 'attempt'), 'ones');
    const first = only(messages.slice(0, 1));
    await assert.rejects(ledger.attemptsOf(first.id), fails('ledger_corrupt'));
    assert.deepEqual(await ledger.message(first.id), first);
    const { claims } = await scene.claim(BLUE, { limit: 1 });
    await assert.rejects(scene.settle(only(claims), { state: 'dead' }), fails('ledger_corrupt'));
    assert.equal((await scene.delivery(only(claims).messageId, BLUE)).state, 'in_flight');
  });

  it('is found where the file was cut short', async () => {
    const { dataDir, messages } = await build();
    truncateSync(ledgerPath(dataDir), Math.floor(statSync(ledgerPath(dataDir)).size / 2));
    const opened = await openSqliteLedger({ dataDir }).then(
      async (ledger) => {
        const ends = await Promise.allSettled(messages.map(({ id }) => ledger.message(id)));
        await ledger.close();
        return ends;
      },
      (thrown: unknown) => {
        assert.ok(fails('ledger_corrupt')(thrown));
        return [];
      },
    );
    for (const [index, end] of opened.entries()) {
      if (end.status === 'fulfilled') assert.deepEqual(end.value, messages[index]);
      else assert.ok(fails('ledger_corrupt')(end.reason));
    }
  });
});

describe('a thread that dies', () => {
  it('refuses what waits and what comes, when it was the one that writes', async () => {
    const dataDir = createFolder();
    const { ledger, writer } = await openWithThreads(dataDir);
    const scene = createScene(ledger);
    const stored = await scene.accept({ to: [RED] });
    // Somebody else's transaction keeps the thread busy while it is ended.
    const raw = openRaw(dataDir);
    raw.exec('BEGIN IMMEDIATE');
    const waiting = Array.from({ length: 5 }, () => scene.accept({ to: [RED] }));
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    waiting.push(scene.accept({ to: [BLUE] }));
    const ended = writer.terminate();
    raw.exec('ROLLBACK');
    raw.close();
    for (const one of waiting) await assert.rejects(one, fails('ledger_unavailable'));
    await ended;
    await assert.rejects(scene.accept({ to: [RED] }), fails('ledger_unavailable'));
    await assert.rejects(scene.claim(RED), fails('ledger_unavailable'));
    assert.deepEqual(await ledger.message(stored.id), stored, 'reading goes on');
    await ledger.close();
    const again = await openSqliteLedger({ dataDir });
    assert.deepEqual(await again.message(stored.id), stored);
    await createScene(again).assertAuditClean();
    await again.close();
  });

  it('refuses reads, when it was the one that reads, and goes on writing', async () => {
    const dataDir = createFolder();
    const { ledger, reader } = await openWithThreads(dataDir);
    const scene = createScene(ledger);
    await reader.terminate();
    await assert.rejects(ledger.lanes({}), fails('ledger_unavailable'));
    await scene.accept({ to: [RED] });
    assert.equal((await scene.claim(RED)).claims.length, 1);
    await ledger.close();
    await (await openSqliteLedger({ dataDir })).close();
  });
});
