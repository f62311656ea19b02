import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { seededRandom, type Random } from '../../src/core/index.ts';
import {
  ledgerPath,
  openSqliteLedger,
  readLedgerFile,
  type Ledger,
} from '../../src/ledger/index.ts';
import { createFolder, openRaw } from '../support/ledger-folder.ts';
import {
  createScene,
  DAY_MS,
  HOUR_MS,
  inFlight,
  LEASE_MS,
  settlementOf,
  type Scene,
} from '../support/ledger-scene.ts';

const DAYS_KEPT = 5;
/** An inline payload, one of a page or two, and now and then a large one. */
const sizes = [200, 900, 900, 2_000, 3_500, 6_000] as const;
const LARGE = 300_000;

async function openScene(t: TestContext, dataDir: string): Promise<Scene> {
  const ledger: Ledger = await openSqliteLedger({ dataDir });
  t.after(() => ledger.close());
  return createScene(ledger);
}

/** Accepts messages and delivers each at the first attempt; the last one dies where it should. */
async function deliver(
  scene: Scene,
  random: Random,
  count: number,
  { hasDead = false, size = null as number | null } = {},
): Promise<number> {
  const acceptances = Array.from({ length: count }, (_, index) => {
    const bytes = size ?? (index % 40 === 39 ? LARGE : (sizes[index % sizes.length] ?? 0));
    const payload = `"${'x'.repeat(Math.floor(bytes * (0.5 + random.next())))}"`;
    const lease = inFlight(20 + (index % 7), scene.nextId(), scene.now() + LEASE_MS);
    return scene.compose({ payload, to: [lease], retentionDays: DAYS_KEPT });
  });
  await scene.ledger.acceptAll(acceptances);
  await Promise.all(
    acceptances.map(({ message, deliveries: [delivery] }, index) =>
      scene.ledger.settle(
        settlementOf(
          {
            messageId: message.id,
            endpointId: delivery?.endpointId ?? 0,
            attemptId: delivery?.attemptId ?? 0,
            nth: 1,
            trigger: 'scheduled',
          },
          { state: hasDead && index === count - 1 ? 'dead' : 'delivered' },
        ),
      ),
    ),
  );
  return acceptances.reduce((sum, { message }) => sum + message.payload.length, 0);
}

type Pages = { readonly all: number; readonly free: number };

function pagesOf(raw: DatabaseSync): Pages {
  const read = (name: string): number => Number(raw.prepare(`PRAGMA ${name}`).get()?.[name]);
  return { all: read('page_count'), free: read('freelist_count') };
}

test('under a rolling load the file keeps its size, but for the small rows that stay', async (t) => {
  const A_DAY = 240;
  const dataDir = createFolder();
  const scene = await openScene(t, dataDir);
  const raw = openRaw(dataDir);
  t.after(() => raw.close());
  const random = seededRandom(7);
  const pages: number[] = [];
  let payloadBytes = 0;
  for (let day = 0; day < 36; day += 1) {
    payloadBytes = await deliver(scene, random, A_DAY);
    scene.move(DAY_MS);
    const purged = await scene.purgeAll(500);
    assert.equal(purged, day < DAYS_KEPT ? 0 : A_DAY);
    pages.push(pagesOf(raw).all);
  }
  const [early = 0, late = 0] = [pages[15], pages[35]];
  const stays = ((late - early) * 4096) / (20 * A_DAY);
  t.diagnostic(
    `${stays.toFixed(0)} B stay of each message of ${(payloadBytes / A_DAY).toFixed(0)} B; ${late} pages`,
  );
  assert.ok(stays < 350, `${stays} bytes stay of each message: ${pages.join(' ')}`);
  await scene.assertAuditClean();
});

test('what a quiet time leaves free is given back to the disk, in small steps', async (t) => {
  const dataDir = createFolder();
  const scene = await openScene(t, dataDir);
  const raw = openRaw(dataDir);
  t.after(() => raw.close());
  await deliver(scene, seededRandom(8), 400, { size: 12_000 });
  const full = pagesOf(raw).all;
  scene.move((DAYS_KEPT + 1) * DAY_MS);
  let given = 0;
  for (let isMore = true; isMore;) {
    const step = await scene.ledger.purge({ now: scene.now(), limit: 500 });
    assert.ok(step.fileBytes <= 130 * 4096, `${step.fileBytes} bytes in one step`);
    given += step.fileBytes;
    isMore = step.isMore;
  }
  const left = pagesOf(raw);
  assert.equal(given, (full - left.all) * 4096);
  assert.ok(left.all < full / 2, `${left.all} of ${full} pages are left`);
  assert.deepEqual(raw.prepare('PRAGMA integrity_check').get()?.['integrity_check'], 'ok');
  await scene.assertAuditClean();
});

test('a crash between two steps loses nothing and repeats nothing', async (t) => {
  const dataDir = createFolder();
  const scene = await openScene(t, dataDir);
  await deliver(scene, seededRandom(9), 60, { hasDead: true, size: 900 });
  scene.move(DAYS_KEPT * DAY_MS + HOUR_MS);
  for (let crash = 0; crash < 6; crash += 1) {
    const step = await scene.ledger.purge({ now: scene.now(), limit: 30 });
    // What kill -9 leaves: the file and its log as they are, without a checkpoint.
    const copy = createFolder();
    for (const end of ['', '-wal']) cpSync(ledgerPath(dataDir) + end, ledgerPath(copy) + end);
    const survivor = createScene(await openSqliteLedger({ dataDir: copy }));
    survivor.move(scene.now() - survivor.now());
    const before = await survivor.audit();
    const left = 59 - (await purgedIn(survivor));
    assert.ok(crash === 0 || left < 59);
    assert.equal(await survivor.purgeAll(30), left);
    assert.deepEqual(await survivor.audit(), before);
    const { oldestUnfinishedAt } = await survivor.ledger.purge({ now: scene.now(), limit: 30 });
    assert.ok(oldestUnfinishedAt !== null, 'the dead letter waits');
    await survivor.ledger.close();
    const reading = readLedgerFile(copy);
    assert.deepEqual(reading.fileFaults(), []);
    reading.close();
    assert.ok(step.isMore);
  }
});

async function purgedIn({ ledger }: Scene): Promise<number> {
  const page = { limit: 250, descending: false };
  const messages = await ledger.messages({ appId: 7001, ...page });
  assert.equal(messages.length, 60);
  return messages.filter(({ purgedAt }) => purgedAt !== undefined).length;
}
