import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, test } from 'node:test';
import { seededRandom } from '../../src/core/index.ts';
import { GroupCommit } from '../../src/ledger/sqlite/group-commit.ts';
import type { Operation } from '../../src/ledger/sqlite/executor.ts';
import { openDatabase } from '../../src/ledger/sqlite/open.ts';
import { createFolder } from '../support/ledger-folder.ts';
import { BLUE, createScene, RED, settlementOf, START } from '../support/ledger-scene.ts';
import { shareSqliteLedger } from '../support/ledger-shared.ts';

const { open, raw } = await shareSqliteLedger();

describe('one commit for all that waits', () => {
  it('stores many messages in few commits', async () => {
    const scene = createScene(open());
    const before = scene.ledger.figures();
    await Promise.all(Array.from({ length: 500 }, () => scene.accept({ to: [RED, BLUE] })));
    const { commits, operations, commitSeconds } = scene.ledger.figures();
    assert.equal(operations - before.operations, 500);
    assert.ok(commits - before.commits <= 5, `${commits - before.commits} commits for 500`);
    assert.ok(commitSeconds.sum > 0);
  });

  it('commits at once what comes alone', async () => {
    const scene = createScene(open());
    const before = scene.ledger.figures();
    for (let count = 0; count < 5; count += 1) await scene.accept({ to: [RED] });
    assert.equal(scene.ledger.figures().commits - before.commits, 5);
  });

  it('carries operations of every kind out in the order in which they were asked', async () => {
    const scene = createScene(open());
    const messageId = scene.nextId();
    const attemptId = scene.nextId();
    const lease = { messageId, endpointId: RED, attemptId, nth: 1, trigger: 'scheduled' } as const;
    const before = scene.ledger.figures();
    const [accepted, window, settled, closed] = await Promise.all([
      scene.ledger.accept(scene.compose({ id: messageId, to: [RED] })),
      scene.ledger.claim({
        pausedTypes: [],
        endpointId: RED,
        now: START,
        leaseEndsAt: START + 1,
        attemptIds: [attemptId],
        retries: 1,
        payloadBytes: 100,
      }),
      scene.ledger.settle(settlementOf(lease, { state: 'scheduled', dueAt: START })),
      scene.ledger.closeLane({ endpointId: RED, state: 'dead', reason: 'gone', limit: 9 }),
    ]);
    assert.equal(scene.ledger.figures().commits - before.commits, 1);
    assert.deepEqual(accepted, { kind: 'accepted' });
    assert.equal(window.claims[0]?.messageId, messageId);
    assert.equal(settled, 'settled');
    assert.equal(closed, 1);
  });

  it('lets an operation that cannot be stored fail alone', async () => {
    const scene = createScene(open());
    const taken = await scene.accept({ to: [RED] });
    const good = Array.from({ length: 20 }, () => scene.compose({ to: [RED] }));
    const bad = scene.compose({ id: taken.id, payload: '"other"', to: [BLUE] });
    const wrong = scene.compose({ to: [BLUE, BLUE] });
    const all = [...good.slice(0, 10), bad, wrong, ...good.slice(10)];
    const ends = await Promise.allSettled(all.map((one) => scene.ledger.accept(one)));
    assert.deepEqual(
      ends.map((end) => end.status),
      all.map((one) => (one === bad || one === wrong ? 'rejected' : 'fulfilled')),
    );
    for (const { message } of good) {
      assert.deepEqual(await scene.ledger.message(message.id), message);
      assert.equal((await scene.ledger.deliveriesOf(message.id)).length, 1);
    }
    assert.equal(await scene.ledger.message(wrong.message.id), null);
    assert.equal((await scene.ledger.lanes({})).length, 1);
    await scene.assertAuditClean();
  });

  it('answers nothing that another connection cannot see', async () => {
    const scene = createScene(open());
    const see = raw.prepare(
      'SELECT (SELECT count(*) FROM message WHERE id = ?1) AS messages, (SELECT count(*) FROM delivery WHERE message_id = ?1) AS deliveries',
    );
    const seen: unknown[] = [];
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(
        Array.from({ length: 40 }, async () => {
          const { id } = await scene.accept({ to: [RED, BLUE] });
          // In the same turn in which the promise resolved.
          seen.push({ ...see.get(id) });
        }),
      );
    }
    assert.equal(seen.length, 200);
    for (const one of seen) assert.deepEqual(one, { messages: 1, deliveries: 2 });
  });

  it('reads what it has just written', async () => {
    const scene = createScene(open());
    await Promise.all(
      Array.from({ length: 100 }, async () => {
        const message = await scene.accept({ to: [RED] });
        assert.deepEqual(await scene.ledger.message(message.id), message);
      }),
    );
  });
});

test('a commit is on the disk before it counts: a write-ahead log, and an fsync for each commit', () => {
  const { database } = openDatabase({
    path: join(createFolder(), 'ledger.sqlite'),
    maxBytes: 0,
    random: seededRandom(1),
    now: START,
  });
  const pragma = (name: string): unknown =>
    Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  assert.equal(pragma('journal_mode'), 'wal');
  assert.equal(pragma('synchronous'), 2, 'FULL');
  database.close();
});

describe('the group', () => {
  /** Commits that end when the test says so. */
  function arrange() {
    const groups: {
      readonly operations: readonly Operation[];
      readonly end: (fail?: Error) => void;
    }[] = [];
    const group = new GroupCommit(
      (operations) =>
        new Promise((resolve, reject) => {
          groups.push({
            operations,
            end: (fail) =>
              fail === undefined
                ? resolve(operations.map(([, request]) => ({ value: request })))
                : reject(fail),
          });
        }),
      queueMicrotask,
    );
    return { group, groups };
  }
  const turn = (): Promise<void> =>
    new Promise((resolve) => {
      setImmediate(resolve);
    });

  it('gathers what comes while a commit is under way', async () => {
    const { group, groups } = arrange();
    const first = group.add(['a', 1]);
    await turn();
    const others = [2, 3, 4].map((request) => group.add(['a', request]));
    await turn();
    assert.equal(groups.length, 1);
    groups[0]?.end();
    assert.equal(await first, 1);
    await turn();
    assert.deepEqual(
      groups.map(({ operations }) => operations.length),
      [1, 3],
    );
    groups[1]?.end();
    assert.deepEqual(await Promise.all(others), [2, 3, 4]);
    assert.deepEqual([group.groups, group.operations], [2, 4]);
  });

  it('is bounded, and keeps the order', async () => {
    const { group, groups } = arrange();
    const all = Array.from({ length: 2500 }, (_, index) => group.add(['a', index]));
    for (let count = 0; count < 3; count += 1) {
      await turn();
      groups[count]?.end();
    }
    assert.deepEqual(
      await Promise.all(all),
      Array.from({ length: 2500 }, (_, index) => index),
    );
    assert.deepEqual(
      groups.map(({ operations }) => operations.length),
      [1024, 1024, 452],
    );
  });

  it('fails the group whose commit failed, and goes on with the next', async () => {
    const { group, groups } = arrange();
    const lost = [1, 2].map((request) => group.add(['a', request]));
    await turn();
    const later = group.add(['a', 3]);
    groups[0]?.end(new Error('the disk is gone'));
    for (const one of await Promise.allSettled(lost)) assert.equal(one.status, 'rejected');
    await turn();
    groups[1]?.end();
    assert.equal(await later, 3);
  });

  it('is settled once nothing waits', async () => {
    const { group, groups } = arrange();
    await group.settled();
    let isSettled = false;
    const work = [1, 2].map((request) => group.add(['a', request]));
    const settled = group.settled().then(() => {
      isSettled = true;
    });
    await turn();
    assert.equal(isSettled, false);
    groups[0]?.end();
    await settled;
    assert.deepEqual(await Promise.all(work), [1, 2]);
  });
});
