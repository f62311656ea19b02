import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger } from '../../../src/ledger/index.ts';
import { ACME, openScene, START, UMBRA } from '../../support/ledger-scene.ts';

export function describePolicyUsers(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: who refers to a policy`, () => {
    it('names applications and endpoints by the policy, the first few, and forgets those that left', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      const put = async (
        kind: 'application' | 'endpoint' | 'event_type',
        id: number,
        policy: string | null,
      ): Promise<void> => {
        const resource = {
          kind,
          id,
          uid: null,
          doc: JSON.stringify({ id, policy }),
          appId: kind === 'endpoint' ? ACME : 0,
          createdAt: START,
          updatedAt: START,
        };
        const change = { id: nextId(), actor: 'ann', via: 'api' as const, reason: '' };
        const result = await ledger.change({ change, writes: [{ mode: 'create', resource }] });
        assert.equal(result.kind, 'changed');
      };
      await put('application', ACME, 'calm');
      await put('application', UMBRA, 'quick');
      await put('endpoint', 1, 'calm');
      await put('endpoint', 2, 'calm');
      await put('endpoint', 3, null);
      await put('event_type', 4, 'calm');
      const ids = async (kind: 'application' | 'endpoint', policy?: string, limit = 10) =>
        (
          await ledger.policyUsers({ kind, limit, ...(policy === undefined ? {} : { policy }) })
        ).map((user) => [user.id, user.policy]);
      assert.deepEqual(await ids('application', 'calm'), [[ACME, 'calm']]);
      assert.deepEqual(await ids('endpoint', 'calm'), [
        [1, 'calm'],
        [2, 'calm'],
      ]);
      assert.equal((await ids('endpoint', 'calm', 1)).length, 1);
      assert.deepEqual(await ids('endpoint', 'quick'), []);
      assert.deepEqual(await ids('application'), [
        [ACME, 'calm'],
        [UMBRA, 'quick'],
      ]);
      const change = { id: nextId(), actor: 'ann', via: 'api' as const, reason: '' };
      const writes = [{ mode: 'delete', kind: 'endpoint', id: 1 }] as const;
      assert.equal((await ledger.change({ change, writes })).kind, 'changed');
      assert.deepEqual(await ids('endpoint', 'calm'), [[2, 'calm']]);
    });
  });
}
