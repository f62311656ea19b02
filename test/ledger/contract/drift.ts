import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger } from '../../../src/ledger/index.ts';
import { openScene } from '../../support/ledger-scene.ts';

export function describeDrift(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: drift`, () => {
    it('keeps what is known of each event type, the newest of it, until it is forgotten', async (t) => {
      const { ledger } = await openScene(t, open);
      const paid = { eventType: 'invoice.paid', state: '{"looked":1}' };
      const sent = { eventType: 'invoice.sent', state: '{"looked":2}' };
      await ledger.rememberDrift({ rows: [paid, sent] });
      const newer = { ...paid, state: '{"looked":3}' };
      await ledger.rememberDrift({ rows: [newer] });
      assert.deepEqual(await ledger.driftMemories({ limit: 10 }), [newer, sent]);
      assert.equal((await ledger.driftMemories({ limit: 1 })).length, 1);
      await ledger.rememberDrift({ rows: [{ ...sent, state: null }] });
      assert.deepEqual(await ledger.driftMemories({ limit: 10 }), [newer]);
    });
  });
}
