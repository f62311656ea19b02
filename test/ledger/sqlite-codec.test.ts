import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import * as fc from 'fast-check';
import type { Acceptance, Telling } from '../../src/ledger/contract/acceptance.ts';
import type {
  Claim,
  ClaimRequest,
  LeaseKey,
  Settlement,
  Window,
} from '../../src/ledger/contract/leases.ts';
import { attemptPhases } from '../../src/ledger/records.ts';
import {
  decodeEnds,
  decodeOperations,
  encodeEnds,
  encodeOperations,
} from '../../src/ledger/sqlite/codec.ts';
import type { Ended, Operation } from '../../src/ledger/sqlite/executor.ts';
import { runs } from '../support/ledger-property.ts';

/** What another thread gets of a value. */
function sent(value: unknown): unknown {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(value);
  const received: unknown = receiveMessageOnPort(port2)?.message;
  port1.close();
  return received;
}

function operationsSent(operations: readonly Operation[]): readonly Operation[] {
  const flat = sent(encodeOperations(operations));
  assert.ok(Array.isArray(flat));
  return decodeOperations(flat);
}

function endsSent(operations: readonly Operation[], ends: readonly Ended[]): readonly Ended[] {
  const flat = sent(encodeEnds(operations, ends));
  assert.ok(Array.isArray(flat));
  return decodeEnds(flat);
}

const id = fc.oneof(fc.maxSafeNat(), fc.constant(Number.MAX_SAFE_INTEGER));
/** Any sequence of 16-bit units: lone surrogates and zeros too. */
const text = fc
  .array(fc.oneof(fc.nat({ max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff })))
  .map((units) => String.fromCharCode(...units));
/** Objects as they come from another thread: with a prototype. */
const plain = { noNullPrototype: true } as const;
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value);

const milliseconds = maybe(fc.double({ noNaN: true }));

const acceptance: fc.Arbitrary<Acceptance> = fc.record(
  {
    message: fc.record(
      {
        id,
        appId: id,
        eventType: text,
        eventId: maybe(text),
        channels: maybe(fc.array(text)),
        tags: maybe(fc.array(text)),
        payload: text,
        retentionDays: fc.nat(),
        traceparent: maybe(text),
        matched: fc.array(id),
        value: fc.record({ amount: fc.maxSafeNat(), currency: text }, plain),
      },
      {
        ...plain,
        requiredKeys: [
          'id',
          'appId',
          'eventType',
          'eventId',
          'channels',
          'tags',
          'payload',
          'retentionDays',
          'traceparent',
          'matched',
        ],
      },
    ),
    deliveries: fc.array(
      fc.record(
        {
          endpointId: id,
          state: fc.constantFrom('scheduled', 'in_flight', 'cancelled'),
          dueAt: maybe(id),
          attemptId: maybe(id),
          reason: maybe(text),
        },
        plain,
      ),
    ),
    contentHash: maybe(text),
    idempotencyKey: maybe(text),
  },
  plain,
);

const settlement: fc.Arbitrary<Settlement & Telling> = fc.record(
  {
    messageId: id,
    endpointId: id,
    attemptId: id,
    nth: fc.nat(),
    trigger: fc.constantFrom('scheduled', 'manual'),
    outcome: text,
    statusCode: maybe(fc.nat()),
    durationMs: fc.nat(),
    timing: fc.record(
      {
        queuedMs: maybe(fc.nat()),
        dnsMs: milliseconds,
        connectMs: milliseconds,
        tlsMs: milliseconds,
        sentMs: milliseconds,
        firstByteMs: milliseconds,
        lastByteMs: milliseconds,
        failedPhase: maybe(fc.constantFrom(...attemptPhases)),
      },
      plain,
    ),
    detail: maybe(text),
    response: text,
    url: text,
    canaryId: maybe(id),
    address: maybe(text),
    certificate: maybe(text),
    state: fc.constantFrom('scheduled', 'delivered', 'dead'),
    dueAt: maybe(id),
    reason: maybe(text),
    lane: maybe(fc.record({ failingSince: maybe(id), resumeAt: maybe(id) }, plain)),
    notices: fc.array(acceptance, { maxLength: 2 }),
  },
  {
    ...plain,
    requiredKeys: [
      'messageId',
      'endpointId',
      'attemptId',
      'canaryId',
      'address',
      'certificate',
      'nth',
      'trigger',
      'outcome',
      'statusCode',
      'durationMs',
      'timing',
      'detail',
      'response',
      'url',
      'state',
      'dueAt',
      'reason',
    ],
  },
);

const claimRequest: fc.Arbitrary<ClaimRequest> = fc.record(
  {
    endpointId: id,
    now: id,
    leaseEndsAt: id,
    attemptIds: fc.array(id),
    retries: fc.nat(),
    payloadBytes: fc.oneof(fc.nat(), fc.constant(Infinity)),
    pausedTypes: fc.array(text, { maxLength: 3 }),
  },
  plain,
);

const leaseKey: fc.Arbitrary<LeaseKey> = fc.record(
  { messageId: id, endpointId: id, attemptId: id },
  plain,
);

/** A window as it answers a request: endpoint and lease are the request's. */
const windowOf = ({ endpointId, leaseEndsAt }: ClaimRequest): fc.Arbitrary<Window> => {
  const claim: fc.Arbitrary<Claim> = fc.record(
    {
      messageId: id,
      endpointId: fc.constant(endpointId),
      attemptId: id,
      appId: id,
      nth: fc.nat(),
      trigger: fc.constantFrom('scheduled', 'manual'),
      attemptsInRound: fc.nat(),
      roundStartedAt: id,
      leaseEndsAt: fc.constant(leaseEndsAt),
      dueAt: id,
      traceparent: maybe(text),
      eventType: text,
      payload: text,
      corrected: maybe(fc.record({ webhookNth: maybe(fc.nat()) }, plain)),
    },
    plain,
  );
  const moment = fc.oneof(id, fc.constant(Infinity));
  return fc.record(
    {
      claims: fc.array(claim, { maxLength: 4 }),
      nextDueAt: moment,
      nextRetryAt: moment,
      setAside: fc.nat(),
    },
    plain,
  );
};

/** Any value that an operation may ask with or answer: numbers that JSON has no words for, and what is left out. */
const value = fc.anything({
  values: [fc.double(), id, text, fc.boolean(), fc.constantFrom(null, undefined, Infinity)],
  withNullPrototype: false,
});

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.tuple(fc.constant('accept'), acceptance),
  fc.tuple(fc.constant('settle'), settlement),
  fc.tuple(fc.constant('claim'), claimRequest),
  fc.tuple(fc.constant('release'), fc.array(leaseKey)),
  fc.tuple(fc.constantFrom('acceptAll', 'remember'), value),
);

const failed: fc.Arbitrary<Ended> = fc.record(
  { fault: fc.record({ code: text, detail: text }, plain) },
  plain,
);

const end: fc.Arbitrary<Ended> = fc.oneof(
  fc.constantFrom(
    { value: { kind: 'accepted' } },
    { value: 'settled' },
    { value: 'stale' },
    { value: { kind: 'repeated', messageId: Number.MAX_SAFE_INTEGER } },
    { value: 0 },
    { value: 1 },
    { value: 2 },
    { value: undefined },
  ),
  fc.record({ value }, plain),
  failed,
);

/** An operation and its end. */
const carriedOut: fc.Arbitrary<readonly [Operation, Ended]> = fc.oneof(
  fc.tuple(
    operation.filter(([name]) => name !== 'claim'),
    end,
  ),
  claimRequest.chain((request) =>
    fc.tuple(
      fc.constant<Operation>(['claim', request]),
      fc.oneof(failed, fc.record({ value: windowOf(request) }, plain)),
    ),
  ),
);

function assertFlat(flat: readonly unknown[]): void {
  for (const one of flat) {
    assert.ok(typeof one !== 'object' || one === null || Array.isArray(one));
  }
}

describe('what travels between the threads of a ledger', () => {
  it('is every operation as it was asked, in its order', () => {
    fc.assert(
      fc.property(fc.array(operation), (operations) => {
        assert.deepStrictEqual(operationsSent(operations), operations);
      }),
      runs(200),
    );
  });

  it('is every end as it was given, in its order', () => {
    fc.assert(
      fc.property(fc.array(carriedOut), (all) => {
        const operations = all.map(([one]) => one);
        const ends = all.map(([, one]) => one);
        assert.deepStrictEqual(endsSent(operations, ends), ends);
      }),
      runs(200),
    );
  });

  it('is flat for the operations of a delivery: no object, but for lists', () => {
    fc.assert(
      fc.property(
        acceptance,
        settlement,
        claimRequest,
        fc.array(leaseKey),
        (accepted, { notices: _, lane: __, ...settled }, request, keys) => {
          assertFlat(
            encodeOperations([
              ['accept', accepted],
              ['settle', settled],
              ['claim', request],
              ['release', keys],
            ]),
          );
        },
      ),
      runs(50),
    );
  });

  it('is flat for a window: no object for a claim', () => {
    fc.assert(
      fc.property(
        claimRequest.chain((request) => fc.tuple(fc.constant(request), windowOf(request))),
        ([request, window]) => {
          // Corrections are few: what is told of one goes as it is.
          const claims = window.claims.map((claim) => ({ ...claim, corrected: null }));
          assertFlat(encodeEnds([['claim', request]], [{ value: { ...window, claims } }]));
        },
      ),
      runs(50),
    );
  });
});
