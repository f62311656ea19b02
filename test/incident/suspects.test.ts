import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { rankSuspects, type Candidate, type SliceCounts } from '../../src/incident/index.ts';
import type { ChangeKind, ChangeVerb } from '../../src/ledger/index.ts';

const IMPACT = Date.UTC(2026, 0, 5, 12);
const MINUTE = 60_000;

const row = (endpointId: number, bad: number, total: number): SliceCounts => ({
  appId: 1,
  endpointId,
  eventType: 'payment.made',
  bad,
  total,
});

function candidate(
  id: number,
  minutesBefore: number,
  endpointIds: readonly number[],
  { kind = 'endpoint', verb = 'updated' }: { kind?: ChangeKind; verb?: ChangeVerb } = {},
): Candidate {
  const item = { kind, verb, appId: 1, subjectId: 1, subject: 'a', before: null, after: null };
  return {
    change: {
      id,
      actor: 'ops',
      via: 'api',
      reason: '',
      reverts: [],
      revertedBy: null,
      items: [item],
    },
    at: IMPACT - minutesBefore * MINUTE,
    reach: ({ endpointId }) => endpointIds.includes(endpointId),
    isRevertible: true,
  };
}

const idsOf = (candidates: readonly Candidate[], counts: readonly SliceCounts[]) =>
  rankSuspects(candidates, counts, IMPACT).map(({ changeId }) => changeId);

describe('suspects', () => {
  it('put the change over what fails before one that came closer over what does not', () => {
    const counts = [row(1, 40, 100), row(2, 0, 900)];
    assert.deepEqual(idsOf([candidate(1, 20, [1]), candidate(2, 1, [2])], counts), [1]);
  });

  it('put what is in force over the failing alone before what is in force over everything', () => {
    const counts = [row(1, 40, 100), row(2, 0, 900)];
    assert.deepEqual(idsOf([candidate(1, 10, [1, 2]), candidate(2, 10, [1])], counts), [2, 1]);
  });

  it('put the later of two before the earlier, and name both together within half an hour', () => {
    const suspects = rankSuspects(
      [candidate(1, 11, [1]), candidate(2, 1, [1]), candidate(3, 45, [1])],
      [row(1, 40, 100)],
      IMPACT,
    );
    assert.deepEqual(
      suspects.map(({ changeId, together }) => [changeId, together]),
      [
        [2, [1]],
        [1, [2]],
        [3, []],
      ],
    );
  });

  it('put what came after the impact behind everything before it', () => {
    const counts = [row(1, 40, 100)];
    assert.deepEqual(idsOf([candidate(1, -5, [1]), candidate(2, 14 * 1440, [1])], counts), [2, 1]);
  });

  it('take what was seen at a receiver shortly after the impact for what was there before it', () => {
    const seen = candidate(1, -5, [1], { kind: 'certificate', verb: 'observed' });
    const decoy = candidate(2, 14 * 1440 - 1, [1], { kind: 'event_type' });
    assert.deepEqual(idsOf([seen, decoy], [row(1, 4, 100)]), [1, 2]);
  });

  it('put what was altered before what was made anew shortly before, which was well', () => {
    const made = candidate(1, 2, [1, 2], { verb: 'created' });
    assert.deepEqual(idsOf([made, candidate(2, 4, [1])], [row(1, 40, 100), row(2, 0, 50)]), [2, 1]);
  });

  it('are not suspected together with what is much less likely', () => {
    const route = candidate(1, 3, [1], { kind: 'route' });
    const [first] = rankSuspects([route, candidate(2, 4, [1])], [row(1, 40, 100)], IMPACT);
    assert.deepEqual([first?.changeId, first?.together], [2, []]);
  });

  it('leave out who is told of alerts, where anything else is suspect', () => {
    const route = candidate(1, 1, [1], { kind: 'route' });
    const [first] = idsOf([route, candidate(2, 300, [1])], [row(1, 4, 100)]);
    assert.equal(first, 2);
  });

  it('have scores between 0 and 1, in their order, and count no more than there is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 1, maxLength: 8 }),
        fc.array(fc.tuple(fc.integer({ min: -100, max: 20_160 }), fc.subarray([0, 1, 2, 3])), {
          maxLength: 10,
        }),
        (rows, changes) => {
          const counts = rows.map(([bad, good], index) => row(index, bad, bad + good));
          const suspects = rankSuspects(
            changes.map(([minutes, ids], index) => candidate(index, minutes, ids)),
            counts,
            IMPACT,
          );
          let last = 1;
          for (const { score, bad, good } of suspects) {
            assert.ok(score > 0 && score <= last);
            assert.ok(bad.covered <= bad.of && good.covered <= good.of);
            last = score;
          }
        },
      ),
    );
  });
});
