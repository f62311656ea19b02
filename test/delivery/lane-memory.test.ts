import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { memoryAfter } from '../../src/delivery/lane-memory.ts';
import { noTiming } from '../../src/delivery/index.ts';
import type { LaneMemory, Settlement } from '../../src/ledger/index.ts';
import { outcomeClasses } from '../../src/retry/index.ts';
import { claimWith } from '../support/lane-scene.ts';
import { runs } from '../support/ledger-property.ts';

const made = (outcome: string, state: Settlement['state'], dueAt: number | null): Settlement => ({
  messageId: 1,
  endpointId: 1,
  attemptId: 1,
  nth: 1,
  trigger: 'scheduled',
  outcome,
  statusCode: null,
  durationMs: 5,
  timing: { ...noTiming, queuedMs: 0, failedPhase: null },
  detail: null,
  response: '',
  url: 'https://one.example/hook',
  canaryId: null,
  address: null,
  certificate: null,
  state,
  dueAt,
  reason: null,
});

const endings = fc.oneof(
  fc.constant({ outcome: 'delivered', state: 'delivered' as const, dueAt: null }),
  fc.record({
    outcome: fc.constantFrom(...outcomeClasses.filter((each) => each !== 'delivered')),
    state: fc.constant('scheduled' as const),
    dueAt: fc.integer({ min: 1, max: 1e6 }),
  }),
  fc.record({
    outcome: fc.constantFrom(...outcomeClasses.filter((each) => each !== 'delivered')),
    state: fc.constant('dead' as const),
    dueAt: fc.constant(null),
  }),
);

const OURS = ['interrupted', 'internal_error', 'conversion_failed'];

test('the ledger is told whenever what is remembered changes, and only then', () => {
  const history = fc.array(
    fc.record({ ending: endings, isOrdered: fc.boolean(), isNews: fc.boolean() }),
  );
  fc.assert(
    fc.property(history, (happens) => {
      let known: LaneMemory | null = null;
      let stored: LaneMemory | null = null;
      // In plain words: since the first failure of the endpoint's own after the last success.
      let failingSince: number | null = null;
      for (const [startedAt, { ending, isOrdered, isNews }] of happens.entries()) {
        const claim = claimWith({ roundStartedAt: 77 });
        const settlement = made(ending.outcome, ending.state, ending.dueAt);
        const after: ReturnType<typeof memoryAfter> = memoryAfter(known, claim, settlement, {
          isOrdered,
          isNews,
          startedAt,
        });
        if (isNews && ending.outcome === 'delivered') failingSince = null;
        else if (isNews && !OURS.includes(ending.outcome)) failingSince ??= startedAt;
        const isAtHead = isOrdered && ending.state === 'scheduled';
        const resumeAt = isAtHead ? ending.dueAt : null;
        const isNothing: boolean = failingSince === null && resumeAt === null;
        assert.deepEqual(after.memory, isNothing ? null : { failingSince, resumeAt });
        // In strict order it keeps its place: it is due when its round began.
        assert.equal(after.settlement.dueAt, isAtHead ? 77 : ending.dueAt);
        const { lane: told, ...rest } = after.settlement;
        const { dueAt } = after.settlement;
        assert.deepEqual(rest, { ...settlement, dueAt }, 'nothing else of the settlement changes');
        if (told !== undefined) {
          assert.notDeepEqual(told, stored, 'a write for nothing');
          stored = told;
        }
        known = after.memory;
        assert.deepEqual(stored, known);
      }
    }),
    runs(300),
  );
});

test('a lane that is well costs no write', () => {
  const { settlement, memory } = memoryAfter(
    null,
    claimWith(),
    made('delivered', 'delivered', null),
    { isOrdered: true, isNews: true, startedAt: 5 },
  );
  assert.equal(memory, null);
  assert.ok(!('lane' in settlement));
});

test('a success forgets since when it failed', () => {
  const { settlement, memory } = memoryAfter(
    { failingSince: 3, resumeAt: null },
    claimWith(),
    made('delivered', 'delivered', null),
    { isOrdered: false, isNews: true, startedAt: 5 },
  );
  assert.deepEqual([memory, settlement.lane], [null, null]);
});
