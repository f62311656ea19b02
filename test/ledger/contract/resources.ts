import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger, Resource } from '../../../src/ledger/index.ts';
import {
  ACME,
  deleteResource,
  openScene,
  putResource,
  START,
  UMBRA,
} from '../../support/ledger-scene.ts';

const endpoint = (id: number, parts: Partial<Resource> = {}): Omit<Resource, 'revision'> => ({
  kind: 'endpoint',
  appId: ACME,
  id,
  uid: null,
  doc: `{"id":${id}}`,
  createdAt: START,
  updatedAt: START,
  ...parts,
});

export function describeResources(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: resources`, () => {
    it('keeps a resource and finds it by id and by uid', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      const stored = endpoint(1, { uid: 'över-1', doc: '{"url":"https://ö.example"}' });
      assert.equal(
        await putResource(ledger, nextId(), { resource: stored, mode: 'create' }),
        'stored',
      );
      assert.partialDeepStrictEqual(await ledger.resource({ kind: 'endpoint', id: 1 }), stored);
      assert.partialDeepStrictEqual(
        await ledger.resourceByUid({ kind: 'endpoint', appId: ACME, uid: 'över-1' }),
        stored,
      );
    });

    it('knows nothing that was not stored', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      await putResource(ledger, nextId(), { resource: endpoint(1, { uid: 'a' }), mode: 'create' });
      assert.equal(await ledger.resource({ kind: 'endpoint', id: 2 }), null);
      assert.equal(await ledger.resource({ kind: 'application', id: 1 }), null);
      const byUid = { kind: 'endpoint', appId: ACME, uid: 'a' } as const;
      assert.equal(await ledger.resourceByUid({ ...byUid, uid: 'b' }), null);
      assert.equal(await ledger.resourceByUid({ ...byUid, appId: UMBRA }), null);
      assert.equal(await ledger.resourceByUid({ ...byUid, kind: 'application' }), null);
    });

    it('refuses to create over an id or a uid that is taken', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      const first = endpoint(1, { uid: 'a' });
      await putResource(ledger, nextId(), { resource: first, mode: 'create' });
      const sameUid = endpoint(2, { uid: 'a' });
      assert.equal(
        await putResource(ledger, nextId(), { resource: sameUid, mode: 'create' }),
        'uid_taken',
      );
      assert.equal(await ledger.resource({ kind: 'endpoint', id: 2 }), null);
      const sameId = endpoint(1, { uid: 'b' });
      assert.equal(
        await putResource(ledger, nextId(), { resource: sameId, mode: 'create' }),
        'stale',
      );
      assert.partialDeepStrictEqual(await ledger.resource({ kind: 'endpoint', id: 1 }), first);
    });

    it('lets the same uid stand in another application and for another kind', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      for (const resource of [
        endpoint(1, { uid: 'a' }),
        endpoint(2, { uid: 'a', appId: UMBRA }),
        endpoint(3, { uid: 'a', kind: 'token' }),
      ]) {
        assert.equal(await putResource(ledger, nextId(), { resource, mode: 'create' }), 'stored');
      }
    });

    it('lets many go without a uid', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      for (const id of [1, 2, 3]) {
        assert.equal(
          await putResource(ledger, nextId(), { resource: endpoint(id), mode: 'create' }),
          'stored',
        );
      }
    });

    it('updates what is there, in whole', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      await putResource(ledger, nextId(), { resource: endpoint(1, { uid: 'a' }), mode: 'create' });
      const changed = endpoint(1, { uid: 'b', doc: '{"new":true}', updatedAt: START + 1 });
      assert.equal(
        await putResource(ledger, nextId(), { resource: changed, mode: 'update' }),
        'stored',
      );
      assert.partialDeepStrictEqual(await ledger.resource({ kind: 'endpoint', id: 1 }), changed);
      const old = { kind: 'endpoint', appId: ACME, uid: 'a' } as const;
      assert.equal(await ledger.resourceByUid(old), null);
      const bare = { ...changed, uid: null };
      assert.equal(
        await putResource(ledger, nextId(), { resource: bare, mode: 'update' }),
        'stored',
      );
      assert.partialDeepStrictEqual(await ledger.resource({ kind: 'endpoint', id: 1 }), bare);
    });

    it('keeps the uid of an update that does not change it', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      await putResource(ledger, nextId(), { resource: endpoint(1, { uid: 'a' }), mode: 'create' });
      const changed = endpoint(1, { uid: 'a', doc: '{}' });
      assert.equal(
        await putResource(ledger, nextId(), { resource: changed, mode: 'update' }),
        'stored',
      );
    });

    it('refuses to update what is not there, and to a uid that is taken', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      await putResource(ledger, nextId(), { resource: endpoint(1, { uid: 'a' }), mode: 'create' });
      const second = endpoint(2, { uid: 'b' });
      await putResource(ledger, nextId(), { resource: second, mode: 'create' });
      assert.equal(
        await putResource(ledger, nextId(), { resource: endpoint(3), mode: 'update' }),
        'missing',
      );
      assert.equal(await ledger.resource({ kind: 'endpoint', id: 3 }), null);
      const clash = { ...second, uid: 'a' };
      assert.equal(
        await putResource(ledger, nextId(), { resource: clash, mode: 'update' }),
        'uid_taken',
      );
      assert.partialDeepStrictEqual(await ledger.resource({ kind: 'endpoint', id: 2 }), second);
    });

    it('stores one of two that claim a uid together', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      const results = await Promise.all(
        [1, 2].map((id) =>
          putResource(ledger, nextId(), { resource: endpoint(id, { uid: 'a' }), mode: 'create' }),
        ),
      );
      assert.deepEqual(results.toSorted(), ['stored', 'uid_taken']);
    });

    it('deletes once, and frees the uid', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      await putResource(ledger, nextId(), { resource: endpoint(1, { uid: 'a' }), mode: 'create' });
      assert.deepEqual(await deleteResource(ledger, nextId(), { kind: 'application', id: 1 }), []);
      assert.deepEqual(await deleteResource(ledger, nextId(), { kind: 'endpoint', id: 1 }), [1]);
      assert.deepEqual(await deleteResource(ledger, nextId(), { kind: 'endpoint', id: 1 }), []);
      assert.equal(await ledger.resource({ kind: 'endpoint', id: 1 }), null);
      const heir = endpoint(2, { uid: 'a' });
      assert.equal(
        await putResource(ledger, nextId(), { resource: heir, mode: 'create' }),
        'stored',
      );
    });

    it('deletes with an application all that belongs to it, and nothing else', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      const application = (id: number): Omit<Resource, 'revision'> =>
        endpoint(id, { kind: 'application', appId: 0, uid: `app-${id}` });
      for (const resource of [
        application(ACME),
        application(UMBRA),
        endpoint(1, { uid: 'a' }),
        endpoint(2, { kind: 'token' }),
        endpoint(3, { appId: UMBRA }),
      ]) {
        await putResource(ledger, nextId(), { resource, mode: 'create' });
      }
      const deleted = await deleteResource(ledger, nextId(), { kind: 'application', id: ACME });
      assert.deepEqual(
        deleted.toSorted((one, other) => one - other),
        [1, 2, ACME],
      );
      assert.equal(await ledger.resource({ kind: 'endpoint', id: 1 }), null);
      assert.partialDeepStrictEqual(
        await ledger.resource({ kind: 'endpoint', id: 3 }),
        endpoint(3, { appId: UMBRA }),
      );
      assert.partialDeepStrictEqual(
        await ledger.resource({ kind: 'application', id: UMBRA }),
        application(UMBRA),
      );
    });

    it('pages through those that have a uid, ordered by it, either way', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      const uids = ['b', 'a', 'ä', 'c', '😀'];
      for (const [index, uid] of uids.entries()) {
        const resource = endpoint(index + 1, { kind: 'event_type', uid });
        await putResource(ledger, nextId(), { resource, mode: 'create' });
      }
      await putResource(ledger, nextId(), {
        resource: endpoint(8, { kind: 'event_type' }),
        mode: 'create',
      });
      await putResource(ledger, nextId(), { resource: endpoint(9, { uid: 'bb' }), mode: 'create' });
      const uidsOf = async (
        descending: boolean,
        afterUid?: string,
      ): Promise<readonly (string | null)[]> =>
        (
          await ledger.resourcesByUid({
            kind: 'event_type',
            appId: ACME,
            limit: 3,
            descending,
            afterUid,
          })
        ).map((resource) => resource.uid);
      assert.deepEqual(await uidsOf(false), ['a', 'b', 'c']);
      assert.deepEqual(await uidsOf(false, 'c'), ['ä', '😀']);
      assert.deepEqual(await uidsOf(true), ['😀', 'ä', 'c']);
      assert.deepEqual(await uidsOf(true, 'c'), ['b', 'a']);
    });

    it('pages through the resources of an application, either way', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      for (const id of [5, 1, 4, 2, 3]) {
        await putResource(ledger, nextId(), { resource: endpoint(id), mode: 'create' });
      }
      await putResource(ledger, nextId(), {
        resource: endpoint(6, { appId: UMBRA }),
        mode: 'create',
      });
      await putResource(ledger, nextId(), {
        resource: endpoint(7, { kind: 'token' }),
        mode: 'create',
      });
      const idsOf = async (
        descending: boolean,
        limit: number,
        afterId?: number,
      ): Promise<readonly number[]> =>
        (await ledger.resources({ kind: 'endpoint', appId: ACME, limit, descending, afterId })).map(
          (resource) => resource.id,
        );
      assert.deepEqual(await idsOf(false, 3), [1, 2, 3]);
      assert.deepEqual(await idsOf(false, 3, 3), [4, 5]);
      assert.deepEqual(await idsOf(true, 3), [5, 4, 3]);
      assert.deepEqual(await idsOf(true, 3, 3), [2, 1]);
      assert.deepEqual(await idsOf(true, 3, 1), []);
      assert.partialDeepStrictEqual(
        await ledger.resources({
          kind: 'endpoint',
          appId: UMBRA,
          limit: 9,
          descending: false,
        }),
        [endpoint(6, { appId: UMBRA })],
      );
    });
  });
}
