import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judge, type CrashFigures } from './judge.ts';
import type { CrashRecords, DeliveryRecord, Received } from './records.ts';

const received: Received = { sequence: 7, arrivedAt: [1000], confirmed: 1, changed: 0 };
const delivery: DeliveryRecord = {
  messageId: 'msg_a',
  endpoint: 'ep_a',
  state: 'delivered',
  attempts: 1,
  unanswered: 0,
};
const inFlight = { messageId: 'msg_a', endpoint: 'ep_a', attemptId: 1 };

/** One message, one endpoint, one kill; everything as it should be but for what is given. */
function records(given: {
  readonly received?: Partial<Received>;
  readonly delivery?: Partial<DeliveryRecord>;
  readonly more?: ReadonlyMap<string, Received>;
  readonly ledger?: Partial<CrashRecords['ledger']>;
  readonly inFlightAtKills?: CrashRecords['inFlightAtKills'];
  readonly signatureFailures?: number;
  readonly acknowledged?: CrashRecords['sender']['acknowledged'];
}): CrashRecords {
  return {
    sender: {
      acknowledged: given.acknowledged ?? new Map([[7, 'msg_a']]),
      unacknowledged: new Set(),
      sentAgain: 0,
    },
    receivers: [
      {
        endpoint: 'ep_a',
        received: new Map([['msg_a', { ...received, ...given.received }], ...(given.more ?? [])]),
        signatureFailures: given.signatureFailures ?? 0,
      },
    ],
    ledger: {
      deliveries: [{ ...delivery, ...given.delivery }],
      unaccounted: 0,
      sliMinutes: 1,
      sliDiffering: 0,
      healed: 0,
      fileFaults: [],
      ...given.ledger,
    },
    inFlightAtKills: given.inFlightAtKills ?? [[]],
  };
}

const twice = { received: { arrivedAt: [1000, 2000], confirmed: 2 }, delivery: { attempts: 2 } };

describe('judge', () => {
  it('finds nothing where everything was received once', () => {
    assert.deepEqual(judge(records({})).violations, []);
  });

  it('allows a repetition of what was in flight at a kill', () => {
    const { figures, violations } = judge(records({ ...twice, inFlightAtKills: [[inFlight]] }));
    assert.equal(figures.duplicates, 1);
    assert.deepEqual(violations, []);
  });

  it('allows a repetition where the answer to an attempt did not come', () => {
    const delivery = { attempts: 2, unanswered: 1 };
    assert.deepEqual(judge(records({ ...twice, delivery })).violations, []);
  });

  it('counts, and allows, what was received without having been acknowledged', () => {
    const more = new Map([['msg_b', { ...received, sequence: 8 }]]);
    const ledger = { deliveries: [delivery, { ...delivery, messageId: 'msg_b' }] };
    const { figures, violations } = judge(records({ more, ledger }));
    assert.equal(figures.receivedUnacknowledged, 1);
    assert.deepEqual(violations, []);
  });

  const broken: readonly (readonly [keyof CrashFigures, Parameters<typeof records>[0]])[] = [
    ['lost', { received: { confirmed: 0 } }],
    ['lost', { acknowledged: new Map([[9, 'msg_z']]) }],
    ['unexplainedDuplicates', twice],
    // One kill explains one repetition, also where a second kill finds the same attempt still in flight.
    [
      'unexplainedDuplicates',
      {
        received: { arrivedAt: [1, 2, 3], confirmed: 3 },
        delivery: { attempts: 3 },
        inFlightAtKills: [[inFlight], [inFlight]],
      },
    ],
    ['acceptedTwice', { more: new Map([['msg_b', received]]) }],
    ['bodiesChanged', { received: { changed: 1 } }],
    ['signatureFailures', { signatureFailures: 1 }],
    ['unrecordedAttempts', { delivery: { attempts: 0 } }],
    ['notDelivered', { delivery: { state: 'dead' } }],
    ['unaccounted', { ledger: { unaccounted: 1 } }],
    ['sliDiffering', { ledger: { sliDiffering: 1 } }],
    ['healed', { ledger: { healed: 1 } }],
    ['fileFaults', { ledger: { fileFaults: ['a page is torn'] } }],
  ];
  for (const [figure, given] of broken) {
    it(`sees ${figure} in ${JSON.stringify(given)}`, () => {
      const { figures, violations } = judge(records(given));
      assert.equal(figures[figure], 1);
      assert.notDeepEqual(violations, []);
    });
  }
});
