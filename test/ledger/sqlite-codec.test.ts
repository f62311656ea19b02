import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import * as fc from 'fast-check';
import type { Acceptance, Settlement, Telling } from '../../src/ledger/contract.ts';
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

function endsSent(ends: readonly Ended[]): readonly Ended[] {
  const flat = sent(encodeEnds(ends));
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
      },
      plain,
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

/** Any value that an operation may ask with or answer: numbers that JSON has no words for, and what is left out. */
const value = fc.anything({
  values: [fc.double(), id, text, fc.boolean(), fc.constantFrom(null, undefined, Infinity)],
  withNullPrototype: false,
});

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.tuple(fc.constant('accept'), acceptance),
  fc.tuple(fc.constant('settle'), settlement),
  fc.tuple(fc.constantFrom('claim', 'acceptAll', 'remember'), value),
);

const end: fc.Arbitrary<Ended> = fc.oneof(
  fc.constantFrom(
    { value: { kind: 'accepted' } },
    { value: 'settled' },
    { value: 'stale' },
    { value: { claims: [], nextDueAt: Infinity } },
    { value: { kind: 'repeated', messageId: Number.MAX_SAFE_INTEGER } },
    { value: 0 },
    { value: 1 },
    { value: undefined },
  ),
  fc.record({ value }, plain),
  fc.record({ fault: fc.record({ code: text, detail: text }, plain) }, plain),
);

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
      fc.property(fc.array(end), (ends) => {
        assert.deepStrictEqual(endsSent(ends), ends);
      }),
      runs(200),
    );
  });

  it('is flat for the operations of a delivery: no object, but for lists', () => {
    fc.assert(
      fc.property(acceptance, settlement, (accepted, { notices: _, lane: __, ...settled }) => {
        const flat = encodeOperations([
          ['accept', accepted],
          ['settle', settled],
        ]);
        for (const one of flat) {
          assert.ok(typeof one !== 'object' || one === null || Array.isArray(one));
        }
      }),
      runs(50),
    );
  });
});
