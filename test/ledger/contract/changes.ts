import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {
  Change,
  ChangeItem,
  ChangeRequest,
  Ledger,
  Resource,
  ResourceWrite,
} from '../../../src/ledger/index.ts';
import { ACME, only, openScene, START, UMBRA, type Scene } from '../../support/ledger-scene.ts';
import { somebody } from '../../support/somebody.ts';

type Stored = Omit<Resource, 'revision'>;

const endpoint = (id: number, parts: Partial<Stored> = {}): Stored => ({
  kind: 'endpoint',
  appId: ACME,
  id,
  uid: null,
  doc: `{"id":${id}}`,
  createdAt: START,
  updatedAt: START,
  ...parts,
});

const create = (resource: Stored): ResourceWrite => ({ mode: 'create', resource });
const update = (resource: Stored, expected: number): ResourceWrite => ({
  mode: 'update',
  resource,
  expected,
});

/** Makes a change of these writes. Resolves to its id. */
async function change(
  { ledger, nextId }: Scene,
  writes: readonly ResourceWrite[],
  reverts?: readonly number[],
): Promise<number> {
  const id = nextId();
  const request: ChangeRequest = {
    change: { ...somebody, id, ...(reverts === undefined ? {} : { reverts }) },
    writes,
  };
  assert.equal((await ledger.change(request)).kind, 'changed');
  return id;
}

async function refused({ ledger, nextId }: Scene, writes: readonly ResourceWrite[]) {
  return ledger.change({ change: { ...somebody, id: nextId() }, writes });
}

const all = ({ ledger }: Scene): Promise<readonly Change[]> =>
  ledger.changes({ limit: 5000, descending: true });

async function byId({ ledger }: Scene, id: number): Promise<Change> {
  return only(await ledger.changesOf({ ids: [id] }));
}

async function uidsOf({ ledger }: Scene, ...ids: readonly number[]): Promise<readonly unknown[]> {
  const found = await Promise.all(ids.map((id) => ledger.resource({ kind: 'endpoint', id })));
  return found.map((resource) => resource?.uid);
}

const told = (subject: string, parts: Partial<ChangeItem> = {}): ChangeItem => ({
  kind: 'deploy',
  verb: 'marked',
  appId: 0,
  subjectId: null,
  subject,
  before: null,
  after: '{}',
  ...parts,
});

export function describeChanges(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: changes`, () => {
    it('tells of each write what was there before and after, in one change', async (t) => {
      const scene = await openScene(t, open);
      const first = await change(scene, [create(endpoint(1, { uid: 'a', doc: '{"n":1}' }))]);
      const second = await change(scene, [
        update(endpoint(1, { uid: 'b', doc: '{"n":2}' }), first),
        create(endpoint(2, { appId: UMBRA, doc: '{"n":3}' })),
      ]);
      const { items, ...rest } = await byId(scene, second);
      assert.deepEqual(rest, { ...somebody, id: second, reverts: [], revertedBy: null });
      const both = { kind: 'endpoint' } as const;
      assert.deepEqual(items, [
        {
          ...both,
          verb: 'updated',
          appId: ACME,
          subjectId: 1,
          subject: 'b',
          before: '{"n":1}',
          after: '{"n":2}',
        },
        {
          ...both,
          verb: 'created',
          appId: UMBRA,
          subjectId: 2,
          subject: '',
          before: null,
          after: '{"n":3}',
        },
      ]);
      const stored = await scene.ledger.resource({ kind: 'endpoint', id: 1 });
      assert.equal(stored?.revision, second);
      const third = await change(scene, [
        { mode: 'delete', kind: 'endpoint', id: 1, expected: second },
      ]);
      const { verb, before, after } = only((await byId(scene, third)).items);
      assert.deepEqual([verb, before, after], ['deleted', '{"n":2}', null]);
    });

    it('writes nothing at all where one write is refused, and says which', async (t) => {
      const scene = await openScene(t, open);
      const made = await change(scene, [create(endpoint(1, { uid: 'a' }))]);
      const other = await change(scene, [create(endpoint(2, { uid: 'b' }))]);
      const good: readonly ResourceWrite[] = [
        update(endpoint(1, { uid: 'z', doc: '{"new":1}' }), made),
        create(endpoint(3)),
      ];
      const bad: readonly (readonly [ResourceWrite, string])[] = [
        [update(endpoint(2, { uid: 'b' }), other - 1), 'stale'],
        [{ mode: 'expect', kind: 'endpoint', id: 2, expected: made }, 'stale'],
        [{ mode: 'delete', kind: 'endpoint', id: 2, expected: made }, 'stale'],
        [create(endpoint(2)), 'stale'],
        [create(endpoint(4, { uid: 'b' })), 'uid_taken'],
        [update(endpoint(5), made), 'missing'],
        [{ mode: 'expect', kind: 'endpoint', id: 5, expected: made }, 'missing'],
        [{ mode: 'delete', kind: 'endpoint', id: 5 }, 'missing'],
      ];
      const before = await all(scene);
      for (const [write, kind] of bad) {
        assert.deepEqual(await refused(scene, [...good, write]), { kind, at: 2 });
        assert.deepEqual(await refused(scene, [write, ...good]), { kind, at: 0 });
      }
      assert.deepEqual(await uidsOf(scene, 1, 2, 3, 4), ['a', 'b', undefined, undefined]);
      assert.deepEqual(await all(scene), before);
    });

    it('accepts no notice, and marks nothing as taken back, where a write is refused', async (t) => {
      const scene = await openScene(t, open);
      const made = await change(scene, [create(endpoint(1))]);
      const notice = scene.compose({ to: [7] });
      const result = await scene.ledger.change({
        change: { ...somebody, id: scene.nextId(), reverts: [made] },
        writes: [update(endpoint(1), made - 1)],
        notices: [notice],
      });
      assert.equal(result.kind, 'stale');
      assert.equal(await scene.ledger.message(notice.message.id), null);
      assert.equal((await byId(scene, made)).revertedBy, null);
    });

    it('refuses the later of two that read the same revision', async (t) => {
      const scene = await openScene(t, open);
      const made = await change(scene, [create(endpoint(1))]);
      const results = await Promise.all(
        ['a', 'b'].map((uid) => refused(scene, [update(endpoint(1, { uid }), made)])),
      );
      assert.deepEqual(results.map(({ kind }) => kind).toSorted(), ['changed', 'stale']);
    });

    it('stands on what it expects, and writes nothing of it', async (t) => {
      const scene = await openScene(t, open);
      const made = await change(scene, [create(endpoint(1))]);
      const id = await change(scene, [
        { mode: 'expect', kind: 'endpoint', id: 1, expected: made },
        create(endpoint(2)),
      ]);
      assert.equal(only((await byId(scene, id)).items).subjectId, 2);
      assert.equal((await scene.ledger.resource({ kind: 'endpoint', id: 1 }))?.revision, made);
    });

    it('lets uids pass from one to another, and swap, in one change', async (t) => {
      const scene = await openScene(t, open);
      const made = await change(scene, [
        create(endpoint(1, { uid: 'a' })),
        create(endpoint(2, { uid: 'b' })),
      ]);
      const swapped = await change(scene, [
        update(endpoint(1, { uid: 'b' }), made),
        update(endpoint(2, { uid: 'a' }), made),
      ]);
      assert.deepEqual(await uidsOf(scene, 1, 2), ['b', 'a']);
      await change(scene, [
        { mode: 'delete', kind: 'endpoint', id: 1, expected: swapped },
        create(endpoint(3, { uid: 'b' })),
      ]);
      assert.deepEqual(await uidsOf(scene, 2, 3), ['a', 'b']);
      const clash = await refused(scene, [
        update(endpoint(2, { uid: 'c' }), swapped),
        create(endpoint(4, { uid: 'c' })),
      ]);
      assert.deepEqual(clash, { kind: 'uid_taken', at: 1 });
      assert.deepEqual(await uidsOf(scene, 2), ['a']);
    });

    it('leaves others of the same commit alone when it is refused', async (t) => {
      const scene = await openScene(t, open);
      const made = await change(scene, [create(endpoint(1))]);
      const message = scene.compose({ to: [7] });
      const results = await Promise.all([
        refused(scene, [create(endpoint(2))]),
        refused(scene, [create(endpoint(3)), update(endpoint(1), made - 1)]),
        scene.ledger.accept(message),
        refused(scene, [create(endpoint(4))]),
      ]);
      assert.deepEqual(
        results.map(({ kind }) => kind),
        ['changed', 'stale', 'accepted', 'changed'],
      );
      assert.deepEqual(await uidsOf(scene, 2, 3, 4), [null, undefined, null]);
      assert.notEqual(await scene.ledger.message(message.message.id), null);
      assert.equal((await all(scene)).length, 3);
      await scene.assertAuditClean();
    });

    it('marks what a change takes back, the last time it is', async (t) => {
      const scene = await openScene(t, open);
      const made = await change(scene, [create(endpoint(1))]);
      const changed = await change(scene, [update(endpoint(1, { doc: '{"n":2}' }), made)]);
      const first = await change(scene, [update(endpoint(1), changed)], [changed]);
      assert.deepEqual((await byId(scene, first)).reverts, [changed]);
      assert.equal((await byId(scene, changed)).revertedBy, first);
      const again = await change(scene, [update(endpoint(1), first)], [changed, made]);
      assert.equal((await byId(scene, changed)).revertedBy, again);
      assert.equal((await byId(scene, made)).revertedBy, again);
      assert.equal((await byId(scene, first)).revertedBy, null);
    });

    it('finds changes by application, subject, kind and time, either way, each with all its items', async (t) => {
      const scene = await openScene(t, open);
      const one = await change(scene, [create(endpoint(1)), create(endpoint(2, { appId: UMBRA }))]);
      const application = endpoint(ACME, { kind: 'application', appId: 0 });
      const two = await change(scene, [create(application)]);
      const three = await change(scene, [update(endpoint(2, { appId: UMBRA, doc: '{}' }), one)]);
      const four = scene.nextId();
      await scene.ledger.recordChange({ ...somebody, id: four, item: told('billing') });
      const find = async (query: Partial<Parameters<Ledger['changes']>[0]>) =>
        (await scene.ledger.changes({ limit: 10, descending: false, ...query })).map(
          ({ id }) => id,
        );
      assert.deepEqual(await find({}), [one, two, three, four]);
      assert.deepEqual(await find({ descending: true, limit: 2 }), [four, three]);
      assert.deepEqual(await find({ descending: true, limit: 2, afterId: three }), [two, one]);
      assert.deepEqual(await find({ appId: ACME }), [one, two]);
      assert.deepEqual(await find({ appId: UMBRA }), [one, three]);
      assert.deepEqual(await find({ subjectId: 2 }), [one, three]);
      assert.deepEqual(await find({ kind: 'application' }), [two]);
      assert.deepEqual(await find({ kind: 'deploy' }), [four]);
      assert.deepEqual(await find({ fromId: two, beforeId: four }), [two, three]);
      assert.deepEqual(await find({ kind: 'endpoint', appId: UMBRA, fromId: two }), [three]);
      const found = await scene.ledger.changes({ limit: 1, descending: false, appId: UMBRA });
      assert.equal(only(found).items.length, 2);
    });

    it('lists a change that altered nothing, such as a revert of what was so already', async (t) => {
      const scene = await openScene(t, open);
      const made = await change(scene, [create(endpoint(1))]);
      const id = await change(scene, [], [made]);
      const [newest] = await all(scene);
      assert.deepEqual([newest?.id, newest?.items, newest?.reverts], [id, [], [made]]);
    });

    it('gives changes in the order of the ids asked for, without those that are not there', async (t) => {
      const scene = await openScene(t, open);
      const one = await change(scene, [create(endpoint(1))]);
      const two = await change(scene, [create(endpoint(2))]);
      const found = await scene.ledger.changesOf({ ids: [two, 1, one] });
      assert.deepEqual(
        found.map(({ id }) => id),
        [two, one],
      );
      assert.deepEqual(await scene.ledger.changesOf({ ids: [] }), []);
    });

    it('keeps the newest of what was seen and told of one subject, and all of what was changed here', async (t) => {
      const scene = await openScene(t, open);
      const own = await change(scene, [create(endpoint(1, { uid: 'peer' }))]);
      const record = (item: ChangeItem): Promise<void> =>
        scene.ledger.recordChange({ ...somebody, id: scene.nextId(), item });
      const seen = (subject: string) =>
        told(subject, { kind: 'certificate', verb: 'observed', before: '"a"', after: '"b"' });
      await Promise.all(Array.from({ length: 40 }, () => record(seen('peer'))));
      await record(seen('other'));
      await Promise.all(Array.from({ length: 1005 }, () => record(told('peer'))));
      const countOf = async (kind: 'certificate' | 'deploy'): Promise<number> =>
        (await scene.ledger.changes({ limit: 5000, descending: true, kind })).length;
      assert.deepEqual([await countOf('certificate'), await countOf('deploy')], [33, 1000]);
      const [newest] = await all(scene);
      assert.equal(newest?.items[0]?.subject, 'peer');
      assert.equal((await byId(scene, own)).id, own);
    });

    it('seals anew a resource, and what the list of changes holds of it', async (t) => {
      const scene = await openScene(t, open);
      const made = await change(scene, [create(endpoint(1, { doc: '{"s":"old"}' }))]);
      await change(scene, [create(endpoint(2, { doc: '{"s":"old"}' }))]);
      const later = await change(scene, [update(endpoint(1, { doc: '{"s":"new"}' }), made)]);
      const count = (await all(scene)).length;
      await scene.ledger.reseal({
        resources: [
          { kind: 'endpoint', id: 1, before: '{"s":"old"}', after: '{"s":"old 2"}' },
          { kind: 'endpoint', id: 1, before: '{"s":"new"}', after: '{"s":"new 2"}' },
          // Of another kind, and gone by now: nothing is written.
          { kind: 'canary', id: 2, before: '{"s":"gone"}', after: '{"s":"wrong"}' },
          { kind: 'endpoint', id: 2, before: '{"s":"gone"}', after: '{"s":"wrong"}' },
        ],
      });
      const docs = await Promise.all(
        [1, 2].map(async (id) => (await scene.ledger.resource({ kind: 'endpoint', id }))?.doc),
      );
      assert.deepEqual(docs, ['{"s":"new 2"}', '{"s":"old"}']);
      const { before, after } = only((await byId(scene, later)).items);
      assert.deepEqual([before, after], ['{"s":"old 2"}', '{"s":"new 2"}']);
      assert.equal(only((await byId(scene, made)).items).after, '{"s":"old 2"}');
      const stored = await scene.ledger.resource({ kind: 'endpoint', id: 1 });
      assert.equal(stored?.revision, later, 'it is no change');
      assert.equal((await all(scene)).length, count);
    });
  });
}
