import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { noCounts, type Cell } from '../../../src/change/canary/counts.ts';
import { decideCanary, type CanaryFacts } from '../../../src/change/canary/decide.ts';
import { checkSteps, defaultSteps } from '../../../src/change/canary/schedule.ts';
import { slowThresholdOf } from '../../../src/change/canary/slow-threshold.ts';
import {
  beginCanary,
  moveCanary,
  stepOf,
  type CanaryEvent,
} from '../../../src/change/canary/state.ts';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;
const kinds = ['pause', 'resume', 'stop', 'promote', 'roll_back'] as const;
const event = fc.oneof(
  fc.constantFrom(...kinds).map((kind): CanaryEvent => ({ kind, reason: 'because' })),
  fc.nat({ max: 4 }).map((step): CanaryEvent => ({ kind: 'step', step })),
);

describe("a canary's state", () => {
  it('never leaves an end, and its phases only go on', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.nat({ max: 5000 })), { maxLength: 30 }), (events) => {
        let canary = beginCanary(defaultSteps, NOW);
        let now = NOW;
        for (const [happened, laterMs] of events) {
          now += laterMs;
          const next = moveCanary(canary, happened, now);
          if (next === null) continue;
          assert.equal(canary.endedAt, null);
          const moments = next.phases.map(({ fromAt }) => fromAt);
          assert.deepEqual(
            moments,
            [...new Set(moments)].toSorted((one, other) => one - other),
          );
          assert.ok(moments.every((moment) => moment % 1000 === 0));
          // What was in force stays as it was.
          for (const phase of canary.phases.filter(({ fromAt }) => fromAt <= now)) {
            assert.ok(next.phases.includes(phase));
          }
          const percent = next.phases.at(-1)?.percent;
          if (next.state === 'paused') assert.equal(percent, 0);
          if (next.state === 'running') assert.equal(percent, next.steps[stepOf(next)]?.percent);
          assert.equal(next.endedAt !== null, !['running', 'paused'].includes(next.state));
          canary = next;
        }
      }),
    );
  });

  it('goes on where it was paused', () => {
    const begun = beginCanary(defaultSteps, NOW);
    const second = moveCanary(begun, { kind: 'step', step: 1 }, NOW + HOUR);
    assert.ok(second);
    const paused = moveCanary(second, { kind: 'pause', reason: 'lunch' }, NOW + 2 * HOUR);
    assert.ok(paused);
    assert.equal(paused.stateReason, 'lunch');
    assert.equal(moveCanary(paused, { kind: 'step', step: 2 }, NOW + 3 * HOUR), null);
    const resumed = moveCanary(paused, { kind: 'resume', reason: '' }, NOW + 3 * HOUR);
    assert.equal(resumed?.state, 'running');
    assert.equal(resumed?.phases.at(-1)?.percent, defaultSteps[1]?.percent);
  });
});

describe('the decision about a canary', () => {
  const steps = [
    { percent: 5, minutes: 30, atLeast: 100 },
    { percent: 50, minutes: 0, atLeast: 0 },
  ];
  const cell = (
    candidate: Partial<Cell['candidate']>,
    stable: Partial<Cell['stable']> = {},
  ): Cell => ({
    phase: 0,
    block: 0,
    candidate: {
      ...noCounts,
      ...candidate,
    },
    stable: {
      ...noCounts,
      ...stable,
    },
  });
  const facts: CanaryFacts = {
    phases: [{ fromAt: NOW, percent: 5, step: 0 }],
    steps,
    isPaused: false,
    cells: [cell({ attempts: 120, ripe: 100 })],
    peak: null,
    now: NOW + 30 * 60_000,
  };

  it('steps up once time and first attempts are there, and not before', () => {
    assert.deepEqual(decideCanary(facts), { kind: 'step', step: 1 });
    assert.deepEqual(decideCanary({ ...facts, now: facts.now - 1 }), {
      kind: 'wait',
      waitsFor: [{ kind: 'minutes', leftMs: 1 }],
    });
    assert.deepEqual(decideCanary({ ...facts, cells: [cell({ attempts: 120, ripe: 97 })] }), {
      kind: 'wait',
      waitsFor: [{ kind: 'attempts', left: 3 }],
    });
    assert.deepEqual(decideCanary({ ...facts, isPaused: true }), {
      kind: 'wait',
      waitsFor: [{ kind: 'resume' }],
    });
  });

  it('promotes after the last step, and waits for a peak before it where one is asked for', () => {
    const last = { ...facts, phases: [{ fromAt: NOW, percent: 50, step: 1 }] };
    assert.deepEqual(decideCanary(last), { kind: 'promote' });
    const peak = { needed: 800, seen: 300 };
    assert.deepEqual(decideCanary({ ...last, peak }), {
      kind: 'wait',
      waitsFor: [{ kind: 'peak', ...peak }],
    });
    assert.equal(decideCanary({ ...facts, peak }).kind, 'step');
  });

  it('rolls back on each of the indicators alone, paused or not', () => {
    for (const indicator of ['failed', 'late', 'slow'] as const) {
      for (const isPaused of [true, false]) {
        const cells = [cell({ attempts: 120, ripe: 120, [indicator]: 5 })];
        const decision = decideCanary({ ...facts, cells, isPaused });
        assert.equal(decision.kind, 'roll_back');
        assert.equal(decision.kind === 'roll_back' && decision.indicator, indicator);
      }
    }
  });

  it('does not mind an outage that hits both arms alike', () => {
    const cells = [
      cell(
        { attempts: 150, ripe: 150, failed: 50, late: 50 },
        { attempts: 2850, failed: 950, late: 950 },
      ),
    ];
    assert.equal(decideCanary({ ...facts, cells }).kind, 'step');
  });
});

describe('the schedule', () => {
  it('refuses steps that leave an arm empty, go down, or are none', () => {
    for (const percents of [[], [0], [100], [50, 5], [0.001]]) {
      const steps = percents.map((percent) => ({ percent, minutes: 1, atLeast: 1 }));
      assert.throws(() => checkSteps(steps), { code: 'validation' });
    }
    assert.equal(checkSteps(defaultSteps), defaultSteps);
  });

  it('calls slow what one in twenty took longer than, and says nothing about a handful', () => {
    const durations = Array.from({ length: 100 }, (_, index) => index + 1);
    assert.equal(slowThresholdOf(durations), 95);
    assert.equal(slowThresholdOf(durations.slice(0, 49)), null);
  });
});
