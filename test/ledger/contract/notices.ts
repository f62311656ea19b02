import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Acceptance, Ledger, Resource } from '../../../src/ledger/index.ts';
import {
  deleteResource,
  putResource,
  ACME,
  LEASE_MS,
  only,
  openScene,
  RED,
  settlementOf,
  START,
  UMBRA,
  type Scene,
} from '../../support/ledger-scene.ts';

/** The lane of the operator, who is told. */
const OPERATOR = 91;

const notice = (scene: Scene): Acceptance =>
  scene.compose({ appId: UMBRA, eventType: 'message.dead', to: [OPERATOR] });

async function isTold(scene: Scene, { message }: Acceptance): Promise<boolean> {
  const stored = await scene.ledger.message(message.id);
  const { claims } = await scene.claim(OPERATOR);
  assert.equal(stored !== null, claims.length === 1, 'a notice is stored whole or not at all');
  return stored !== null;
}

const endpoint: Omit<Resource, 'revision'> = {
  kind: 'endpoint',
  appId: ACME,
  id: RED,
  uid: 'red',
  doc: '{}',
  createdAt: START,
  updatedAt: START,
};

export function describeNotices(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: notices`, () => {
    it('accepts the notice of an outcome with the outcome', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED] });
      const told = notice(scene);
      const settlement = settlementOf(await scene.claimOne(RED), { state: 'dead' });
      assert.equal(await scene.ledger.settle({ ...settlement, notices: [told] }), 'settled');
      assert.ok(await isTold(scene, told));
      await scene.assertAuditClean();
    });

    it('tells nothing of an outcome that did not count', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED] });
      const late = await scene.claimOne(RED);
      scene.move(LEASE_MS);
      await scene.claimOne(RED);
      const told = notice(scene);
      const settlement = settlementOf(late, { state: 'dead' });
      assert.equal(await scene.ledger.settle({ ...settlement, notices: [told] }), 'stale');
      assert.ok(!(await isTold(scene, told)));
    });

    it('settles nothing whose notice cannot be stored', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const claim = await scene.claimOne(RED);
      const twice = scene.compose({ appId: UMBRA, to: [OPERATOR, OPERATOR] });
      const settlement = settlementOf(claim, { state: 'dead' });
      await assert.rejects(scene.ledger.settle({ ...settlement, notices: [twice] }));
      assert.equal((await scene.delivery(message.id, RED)).state, 'in_flight');
      assert.deepEqual(await scene.ledger.attemptsOf(message.id), []);
      assert.equal(await scene.settle(claim, { state: 'dead' }), 'settled');
    });

    it('accepts the notice of a change with the change, and none of what was refused', async (t) => {
      const scene = await openScene(t, open);
      const { ledger, nextId } = scene;
      const stored = notice(scene);
      await putResource(ledger, nextId(), {
        resource: endpoint,
        mode: 'create',
        notices: [stored],
      });
      assert.ok(await isTold(scene, stored));
      const refused = notice(scene);
      const other = { ...endpoint, id: 12 };
      const taken = { resource: other, mode: 'create', notices: [refused] } as const;
      assert.equal(await putResource(ledger, nextId(), taken), 'uid_taken');
      const absent = {
        resource: { ...other, uid: null },
        mode: 'update',
        notices: [refused],
      } as const;
      assert.equal(await putResource(ledger, nextId(), absent), 'missing');
      assert.ok(!(await isTold(scene, refused)));
    });

    it('accepts the notice of a deletion with it, and none where nothing was deleted', async (t) => {
      const scene = await openScene(t, open);
      const { ledger, nextId } = scene;
      await putResource(ledger, nextId(), { resource: endpoint, mode: 'create' });
      const told = [notice(scene), notice(scene)];
      const request = { kind: 'endpoint', id: RED } as const;
      assert.deepEqual(await deleteResource(ledger, nextId(), { ...request, notices: told }), [
        RED,
      ]);
      assert.equal((await scene.claim(OPERATOR)).claims.length, 2);
      const refused = notice(scene);
      assert.deepEqual(
        await deleteResource(ledger, nextId(), { ...request, notices: [refused] }),
        [],
      );
      assert.ok(!(await isTold(scene, refused)));
    });

    it('does not tell the same event twice', async (t) => {
      const scene = await openScene(t, open);
      const claims = [];
      for (let count = 0; count < 2; count += 1) {
        await scene.accept({ to: [RED] });
        claims.push(await scene.claimOne(RED));
      }
      for (const claim of claims) {
        const told = scene.compose({ appId: UMBRA, eventId: 'red is down', to: [OPERATOR] });
        const settlement = settlementOf(claim, { state: 'dead' });
        assert.equal(await scene.ledger.settle({ ...settlement, notices: [told] }), 'settled');
      }
      only((await scene.claim(OPERATOR)).claims);
    });
  });
}
