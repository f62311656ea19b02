import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger, StoredTiming } from '../../../src/ledger/index.ts';
import { BLUE, DAY_MS, MINUTE_MS, openScene, RED, START } from '../../support/ledger-scene.ts';

export function describeTimings(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: timings`, () => {
    it('gives the timings of one endpoint from a moment on and before another, by minute and phase', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      const row = (
        endpointId: number,
        minute: number,
        phase: StoredTiming['phase'],
      ): StoredTiming => {
        const minuteAt = START + minute * MINUTE_MS;
        return { id: nextId(), endpointId, minuteAt, phase, histogram: `${endpointId} ${minute}` };
      };
      const late = row(RED, 2, 'queued');
      const total = row(RED, 1, 'total');
      const dns = row(RED, 1, 'dns');
      const first = row(RED, 0, 'total');
      await ledger.storeTimings({ rows: [late, total, row(BLUE, 1, 'dns'), dns, first] });
      const read = (fromMinute: number, beforeMinute: number): Promise<readonly StoredTiming[]> =>
        ledger.timings({
          endpointId: RED,
          fromAt: START + fromMinute * MINUTE_MS,
          beforeAt: START + beforeMinute * MINUTE_MS,
        });
      assert.deepEqual(await read(0, 3), [first, dns, total, late]);
      assert.deepEqual(await read(1, 2), [dns, total]);
      assert.deepEqual(await read(3, 9), []);
    });

    it('keeps several of one minute and phase apart, as a restart makes them', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      const row = { endpointId: RED, minuteAt: START, phase: 'total' } as const;
      const before = { ...row, id: nextId(), histogram: 'before' };
      const after = { ...row, id: nextId(), histogram: 'after' };
      await ledger.storeTimings({ rows: [before] });
      await ledger.storeTimings({ rows: [after] });
      const query = { endpointId: RED, fromAt: START, beforeAt: START + 1 };
      assert.deepEqual(await ledger.timings(query), [before, after]);
    });

    it('forgets those older than 30 days when newer ones come, a thousand at once', async (t) => {
      const { ledger, nextId } = await openScene(t, open);
      const rowAt = (minuteAt: number): StoredTiming => ({
        id: nextId(),
        endpointId: RED,
        minuteAt,
        phase: 'total',
        histogram: 'h',
      });
      const count = async (): Promise<number> =>
        (await ledger.timings({ endpointId: RED, fromAt: 0, beforeAt: START * 2 })).length;
      const old = Array.from({ length: 1500 }, (_, index) => rowAt(START + index));
      await ledger.storeTimings({ rows: old });
      const edge = START + 1500;
      await ledger.storeTimings({ rows: [rowAt(edge)] });
      assert.equal(await count(), 1501, 'all are within 30 days');
      await ledger.storeTimings({ rows: [rowAt(edge + 30 * DAY_MS)] });
      assert.equal(await count(), 502);
      await ledger.storeTimings({ rows: [rowAt(edge + 30 * DAY_MS)] });
      assert.equal(await count(), 3, 'what is 30 days old to the moment is kept');
    });
  });
}
