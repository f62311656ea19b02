import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { seededRandom } from '../../../src/core/index.ts';
import { answerAt, planReplay } from '../../../src/drill/replay/plan.ts';
import type { DrillFile } from '../../../src/review/index.ts';

const file: DrillFile = {
  format: 'holdfast-drill/1',
  name: 'inc-1',
  title: 'It failed',
  incident: 'inc_1',
  exportedAt: '2026-01-05T12:00:00.000Z',
  minutes: 20,
  endpoints: 2,
  eventTypes: ['a', 'b'],
  traffic: [
    { minute: 7, endpoint: 0, eventType: 0, accepted: 30, ok: 30, bad: 0 },
    { minute: 10, endpoint: 1, eventType: 1, accepted: 60, ok: 0, bad: 60 },
  ],
  faults: [
    {
      endpoint: 1,
      fromMinute: 10,
      toMinute: 12,
      badShare: 0.5,
      outcomes: [
        { outcome: 'server_error', status: 500, share: 0.5 },
        { outcome: 'timeout', status: null, share: 0.25 },
        { outcome: 'connect_failure', status: null, share: 0.25 },
      ],
    },
  ],
  recorded: {
    impactStartMinute: 10,
    detectedMinute: 11,
    mitigatedMinute: 12,
    accepted: 90,
    failed: 60,
    late: 0,
    dead: 0,
  },
};

describe('a drill file as a plan', () => {
  test('sends every message in its minute, to its endpoint; empty minutes before are left out', () => {
    const { firstMinute, minutes, messages } = planReplay(file, seededRandom(1));
    assert.deepEqual([firstMinute, minutes, messages.length], [7, 13, 90]);
    for (const { atMs, endpoint, eventType } of messages) {
      const minute = firstMinute + Math.floor(atMs / 60_000);
      assert.equal(minute, endpoint === 0 ? 7 : 10);
      assert.equal(eventType, endpoint === 0 ? 'a' : 'b');
    }
    const moments = messages.map(({ atMs }) => atMs);
    assert.deepEqual(
      moments,
      moments.toSorted((a, b) => a - b),
    );
  });

  test('fails within its spells alone, with their share and their outcomes', () => {
    const random = seededRandom(2);
    const drawn = Array.from({ length: 4000 }, () => answerAt(file.faults, 1, 11, random));
    const share = (is: (answer: (typeof drawn)[number]) => boolean): number =>
      drawn.filter(is).length / drawn.length;
    const near = (value: number, wanted: number): void =>
      assert.ok(Math.abs(value - wanted) < 0.03, `${value}, not ${wanted}`);
    near(
      share((answer) => answer !== null && answer !== 'reset' && answer.status === 204),
      0.5,
    );
    near(
      share((answer) => answer !== null && answer !== 'reset' && answer.status === 500),
      0.25,
    );
    near(
      share((answer) => answer === null),
      0.125,
    );
    near(
      share((answer) => answer === 'reset'),
      0.125,
    );
    for (const [endpoint, minute] of [
      [1, 9],
      [1, 12],
      [0, 11],
    ] as const) {
      for (let nth = 0; nth < 50; nth += 1) {
        assert.deepEqual(answerAt(file.faults, endpoint, minute, random), { status: 204 });
      }
    }
  });

  test('is refused where it is longer or wider than what is replayed, and where it is empty', () => {
    const refused = (given: Partial<DrillFile>, field: string): void => {
      assert.throws(() => planReplay({ ...file, ...given }, seededRandom(1)), {
        code: 'validation',
        field,
      });
    };
    const [row] = file.traffic;
    assert.ok(row !== undefined);
    refused({ traffic: [] }, 'traffic');
    refused({ minutes: 400 }, 'minutes');
    refused({ endpoints: 101 }, 'endpoints');
    refused({ traffic: [{ ...row, accepted: 50_001 }] }, 'traffic');
  });
});
