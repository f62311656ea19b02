import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Ledger } from '../../src/ledger/index.ts';
import { draftAt } from '../support/incidents.ts';
import { openIncidentScene, type IncidentScene } from '../support/incident-scene.ts';
import { MINUTE_MS } from '../support/ledger-scene.ts';
import { somebody } from '../support/somebody.ts';

const LOOK_MS = 5000;

/** Counts what is asked of the ledger. */
function countCalls(ledger: Ledger): () => number {
  let calls = 0;
  for (const [name, call] of Object.entries(ledger)) {
    if (typeof call !== 'function') continue;
    const counted = (...given: readonly unknown[]): unknown => {
      calls += 1;
      return Reflect.apply(call, ledger, given);
    };
    Object.assign(ledger, { [name]: counted });
  }
  return () => calls;
}

/** Does something each time before changes are read. */
function beforeChanges(ledger: Ledger, work: () => Promise<void>): void {
  const read = ledger.changes.bind(ledger);
  Object.assign(ledger, {
    async changes(query: Parameters<typeof read>[0]) {
      await work();
      return read(query);
    },
  });
}

/** So many incidents of one endpoint each. */
async function openMany(scene: IncidentScene, count: number): Promise<void> {
  const at = scene.now();
  for (const { id, appId } of scene.endpoints.slice(0, count)) {
    const slice = { objective: null, appIds: [appId], endpointIds: [id], eventTypes: [] };
    await scene.incidents().open(draftAt(at, { slice, title: `Endpoint ${id}` }), 'ann');
  }
}

/** The most that one look of three minutes asked for. */
async function mostAsked(scene: IncidentScene, calls: () => number): Promise<number> {
  let most = 0;
  for (let nth = 0; nth < 36; nth += 1) {
    await scene.pass(LOOK_MS);
    const before = calls();
    await scene.tick();
    most = Math.max(most, calls() - before);
  }
  return most;
}

describe('many incidents at once', () => {
  test('cost a look no more than some do, and each of them is measured and reckoned in its turn', async (t) => {
    const scene = await openIncidentScene(t, { endpoints: 60 });
    const calls = countCalls(scene.ledger);
    for (const { id } of scene.endpoints) await scene.send(id, { bad: 5 });
    await openMany(scene, 25);
    const some = await mostAsked(scene, calls);
    await scene.pass(10 * MINUTE_MS);
    await openMany(scene, 60);
    const most = await mostAsked(scene, calls);
    assert.ok(most <= some * 1.25, `${most} of 85, ${some} of 25`);
    for (let nth = 0; nth < 10; nth += 1) {
      for (const { id } of scene.endpoints) await scene.send(id, { good: 1 });
      for (let look = 0; look < 12; look += 1) {
        await scene.pass(LOOK_MS);
        await scene.tick();
      }
    }
    const current = scene.incidents().current();
    assert.equal(current.length, 85);
    assert.ok(current.every(({ impact }) => impact !== null));
    // Those of before the failures were out of their objective, and all are back within it.
    assert.equal(current.filter(({ state }) => state === 'mitigated').length, 25);
    assert.deepEqual(scene.errors, []);
  });

  test('are left alone once somebody ended them, also in the middle of a look', async (t) => {
    const scene = await openIncidentScene(t, { endpoints: 2 });
    await openMany(scene, 2);
    const [, second] = scene.incidents().current();
    assert.ok(second !== undefined);
    let isDeclined = false;
    beforeChanges(scene.ledger, async () => {
      if (isDeclined) return;
      isDeclined = true;
      const decline = { kind: 'decline', reason: 'a test' } as const;
      await scene.incidents().move(second.id, decline, 'ann');
    });
    await scene.look(MINUTE_MS);
    assert.ok(isDeclined);
    assert.deepEqual(scene.errors, []);
    assert.equal(scene.incidents().current().length, 1);
  });

  test('tell of each change once, whenever they began to be followed, and of a crowd of changes in one row', async (t) => {
    const scene = await openIncidentScene(t, { endpoints: 3 });
    const [ill] = scene.endpoints;
    assert.ok(ill !== undefined);
    let endpoint = ill;
    const change = async (count: number): Promise<void> => {
      for (let nth = 0; nth < count; nth += 1) {
        await scene.pass(10);
        endpoint = await scene.configuration.endpoints.update(
          endpoint,
          (now) => ({ ...now, url: `https://other.example/${scene.now()}` }),
          somebody,
        );
      }
    };
    const textsOf = async (id: number): Promise<readonly string[]> =>
      (await scene.timeline({ id }))
        .filter(({ kind }) => kind === 'change')
        .map(({ text }) => text);
    await scene.pass(1000);
    await openMany(scene, 1);
    const [first] = scene.incidents().current();
    assert.ok(first !== undefined);
    await change(1);
    await scene.look(LOOK_MS);
    await change(2);
    await scene.look(LOOK_MS);
    assert.equal((await textsOf(first.id)).length, 3);
    await change(27);
    const at = first.openedAt;
    const late = await scene.incidents().open(draftAt(at, { slice: first.slice }), 'ann');
    await scene.look(LOOK_MS);
    const texts = await textsOf(first.id);
    assert.equal(texts.length, 13);
    assert.match(texts.at(-1) ?? '', /^18 changes more, the last of them: Changed by/);
    assert.match((await textsOf(late.id)).at(-1) ?? '', /^21 changes more/);
    await scene.restart();
    await scene.look(LOOK_MS);
    assert.equal((await textsOf(first.id)).length, 13);
    await change(1);
    await scene.look(LOOK_MS + MINUTE_MS);
    assert.equal((await textsOf(first.id)).length, 14);
    assert.equal((await textsOf(late.id)).length, 11);
  });
});
