import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger, Sighting } from '../../../src/ledger/index.ts';
import { only, openScene, START } from '../../support/ledger-scene.ts';

const ALL = { limit: 250, descending: false };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const server = (value: string, name = 'server'): Sighting => ({ name, key: value, texts: [value] });

type Observe = (peer: string, at: number, ...values: readonly string[]) => Promise<string>;
type Told = readonly (readonly [before: unknown, after: unknown])[];

export function describeObservations(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: observations`, () => {
    async function scene(
      t: Parameters<typeof openScene>[0],
    ): Promise<{ ledger: Ledger; observe: Observe; told: () => Promise<Told> }> {
      const { ledger, nextId } = await openScene(t, open);
      return {
        ledger,
        observe: (peer, at, ...values) =>
          ledger.observe({
            id: nextId(),
            kind: 'server',
            peer,
            shown: values.map((value) => server(value)),
            at: START + at,
            learnMs: HOUR_MS,
          }),
        told: async () =>
          (await ledger.changes({ ...ALL, kind: 'server' })).map(({ items }) => {
            const { before, after } = only(items);
            return [JSON.parse(before ?? '').server, JSON.parse(after ?? '').server];
          }),
      };
    }

    it('learns a peer first, and tells of what is new later, once', async (t) => {
      const { ledger, observe, told } = await scene(t);
      assert.equal(await observe('a.test:443', 0, 'x/1'), 'first');
      assert.equal(await observe('a.test:443', HOUR_MS - 1, 'y/1'), 'known');
      assert.equal(await observe('a.test:443', HOUR_MS, 'x/1'), 'known');
      assert.equal(await observe('a.test:443', HOUR_MS, 'x/2'), 'changed');
      assert.equal(await observe('a.test:443', 9 * HOUR_MS, 'y/1'), 'known');
      assert.equal(await observe('a.test:443', 9 * HOUR_MS, 'x/2'), 'known');
      assert.equal(await observe('b.test:443', 9 * HOUR_MS, 'x/2'), 'first');
      assert.deepEqual(await told(), [[['x/1', 'y/1'], ['x/2']]]);
      const item = only(only(await ledger.changes(ALL)).items);
      assert.deepEqual(
        [item.kind, item.verb, item.appId, item.subject],
        ['server', 'observed', 0, 'a.test:443'],
      );
    });

    it('tells of one peer once an hour at most, and then of all that was new', async (t) => {
      const { observe, told } = await scene(t);
      await observe('a.test:443', 0, 'x/1');
      assert.equal(await observe('a.test:443', DAY_MS, 'x/2'), 'changed');
      assert.equal(await observe('a.test:443', DAY_MS + 1, 'x/3'), 'held');
      assert.equal(await observe('a.test:443', DAY_MS + 2, 'x/4'), 'held');
      assert.equal(await observe('a.test:443', DAY_MS + HOUR_MS - 1, 'x/4'), 'held');
      assert.equal(await observe('a.test:443', DAY_MS + HOUR_MS, 'x/2'), 'changed');
      assert.equal(await observe('a.test:443', DAY_MS + 3 * HOUR_MS, 'x/4'), 'known');
      assert.deepEqual((await told()).at(1), [
        ['x/2', 'x/1'],
        ['x/2', 'x/4', 'x/3'],
      ]);
    });

    it('tells no more of a peer that shows something else each time', async (t) => {
      const { observe, told } = await scene(t);
      await observe('a.test:443', 0, 'x/0');
      for (let hour = 2; hour < 400; hour += 1) {
        await observe('a.test:443', hour * HOUR_MS, `x/${hour}`);
      }
      assert.equal((await told()).length, 15);
    });

    it('forgets what was not seen for 30 days, and takes a name that is new as normal', async (t) => {
      const { ledger, observe, told } = await scene(t);
      await observe('a.test:443', 0, 'x/1', 'x/2');
      for (let day = 1; day < 31; day += 1) await observe('a.test:443', day * DAY_MS, 'x/1');
      assert.equal(await observe('a.test:443', 31 * DAY_MS, 'x/2'), 'changed');
      assert.deepEqual(await told(), [[['x/1'], ['x/2']]]);
      const shown = [server('7', 'x-version')];
      const at = START + 32 * DAY_MS;
      const request = { kind: 'server', peer: 'a.test:443', shown, at, learnMs: 0 } as const;
      assert.equal(await ledger.observe({ ...request, id: 1 }), 'known');
    });

    it('keeps addresses apart from versions', async (t) => {
      const { ledger, observe } = await scene(t);
      await observe('a.test:443', 0, 'x/1');
      const shown = [server('192.0.2.0/24', 'addresses')];
      const at = START + DAY_MS;
      const request = { kind: 'address', peer: 'a.test:443', shown, at, learnMs: 0 } as const;
      assert.equal(await ledger.observe({ ...request, id: 1 }), 'first');
      assert.deepEqual(await ledger.changes(ALL), []);
    });

    it('forgets the peers not seen for the longest time, or for 90 days, with their changes', async (t) => {
      const { observe, told } = await scene(t);
      await observe('old.test:443', 0, 'x/1');
      await observe('old.test:443', HOUR_MS, 'x/2');
      await observe('b.test:443', 90 * DAY_MS, 'x/1');
      assert.equal((await told()).length, 1);
      await observe('c.test:443', 91 * DAY_MS, 'x/1');
      assert.deepEqual(await told(), []);
      await observe('b.test:443', 91 * DAY_MS, 'x/2');
      await Promise.all(
        Array.from({ length: 10_000 }, (_, nth) => observe(`${nth}.test:443`, 92 * DAY_MS, 'x/1')),
      );
      assert.deepEqual(await told(), []);
      assert.equal(await observe('b.test:443', 93 * DAY_MS, 'x/1'), 'first');
    });
  });
}
