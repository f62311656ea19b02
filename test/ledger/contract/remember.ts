import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger } from '../../../src/ledger/index.ts';
import { openScene, START } from '../../support/ledger-scene.ts';

export function describeRemember(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: remember`, () => {
    it('gives an answer back until it expires', async (t) => {
      const { ledger } = await openScene(t, open);
      const remembered = { contentHash: 'hash', answer: '{"id":"ep_1","ö":1}' };
      await ledger.remember({ key: 'a', ...remembered, expiresAt: START + 1000 });
      assert.deepEqual(await ledger.remembered({ key: 'a', now: START + 999 }), remembered);
      assert.equal(await ledger.remembered({ key: 'a', now: START + 1000 }), null);
      assert.equal(await ledger.remembered({ key: 'b', now: START }), null);
    });

    it('keeps the last answer under a key', async (t) => {
      const { ledger } = await openScene(t, open);
      for (const answer of ['first', 'second']) {
        await ledger.remember({ key: 'a', contentHash: answer, answer, expiresAt: START + 1 });
      }
      assert.equal((await ledger.remembered({ key: 'a', now: START }))?.answer, 'second');
    });

    it('does not take the key of a message for an answer', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ idempotencyKey: 'a' });
      assert.equal(await scene.ledger.remembered({ key: 'a', now: START }), null);
    });
  });
}
