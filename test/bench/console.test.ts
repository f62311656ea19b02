import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LIVE_PATH, overviewAsks, strangersOf } from '../../bench/console-asks.ts';
import { endOfWork } from '../../bench/console-browser.ts';

describe('a page of the console', () => {
  it('is interactive once what is under way has ended, and what began before that', () => {
    const works = [
      [130, 170],
      [90, 140],
      [10, 20],
      [200, 400],
    ] as const;
    assert.equal(endOfWork(100, works), 170);
    assert.equal(endOfWork(50, works), 50);
    assert.equal(endOfWork(200, works), 400);
  });

  it('asks what the consoles of the bench ask; each difference is told', () => {
    const asked = [LIVE_PATH, ...overviewAsks.map(({ path }) => path)];
    assert.deepEqual(strangersOf(new Set(asked)), []);
    assert.deepEqual(strangersOf(new Set([...asked.slice(1), '/api/v1/new'])), [
      'The overview asks /api/v1/new, which the ten consoles of the bench do not.',
      `The ten consoles of the bench ask ${LIVE_PATH}, which the overview does not.`,
    ]);
  });
});
