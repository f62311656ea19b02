import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { beginSpan, parseTraceparent } from '../../src/core/index.ts';
import { startTracing } from '../support/trace-scope.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';
const GIVEN = `00-${TRACE}-${PARENT}-01`;

describe('a traceparent', () => {
  it('is taken as it is where it is one of version 00', () => {
    assert.equal(parseTraceparent(GIVEN), GIVEN);
    assert.equal(parseTraceparent(`00-${TRACE}-${PARENT}-00`), `00-${TRACE}-${PARENT}-00`);
  });

  it('is ignored where it is none', () => {
    const wrong = [
      undefined,
      '',
      'x',
      [GIVEN, GIVEN],
      GIVEN.toUpperCase(),
      `${GIVEN}-more`,
      ` ${GIVEN}`,
      `${GIVEN}\n`,
      GIVEN.replace(/^00/, 'ff'),
      GIVEN.replace(TRACE, '0'.repeat(32)),
      GIVEN.replace(PARENT, '0'.repeat(16)),
      GIVEN.slice(0, -1),
    ];
    for (const header of wrong) assert.equal(parseTraceparent(header), null, String(header));
  });
});

describe('a span', () => {
  it('is none without an SDK: the trace that came in goes on unchanged, and nothing is asked', () => {
    const attributes = (): never => assert.fail('attributes are made for spans that are recorded');
    const traced = beginSpan('a', 'server', GIVEN, attributes);
    assert.equal(traced.traceparent, GIVEN);
    traced.end('failed');
    assert.equal(beginSpan('a', 'client', null, attributes).traceparent, null);
  });

  it('is the child of the one that came in, and is what comes after it', (t) => {
    const ended = startTracing(t);
    const accept = beginSpan('accept', 'server', GIVEN, () => ({ 'of.test': 1 }));
    const attempt = beginSpan('attempt', 'client', accept.traceparent, () => ({}));
    attempt.end('timeout', { 'http.response.status_code': 500 });
    accept.end(null);
    const [inner, outer] = ended();
    assert.ok(inner !== undefined && outer !== undefined);
    assert.deepEqual([outer.spanContext().traceId, inner.spanContext().traceId], [TRACE, TRACE]);
    assert.equal(outer.parentSpanContext?.spanId, PARENT);
    assert.equal(inner.parentSpanContext?.spanId, outer.spanContext().spanId);
    assert.equal(accept.traceparent, `00-${TRACE}-${outer.spanContext().spanId}-01`);
    assert.deepEqual([outer.kind, inner.kind], [SpanKind.SERVER, SpanKind.CLIENT]);
    assert.deepEqual(outer.attributes, { 'of.test': 1 });
    assert.equal(outer.status.code, SpanStatusCode.UNSET);
    assert.deepEqual(inner.status, { code: SpanStatusCode.ERROR, message: 'timeout' });
    assert.deepEqual(inner.attributes, { 'http.response.status_code': 500 });
  });

  it('begins a trace where none came in', (t) => {
    const ended = startTracing(t);
    const traced = beginSpan('accept', 'server', null, () => ({}));
    traced.end(null);
    const [span] = ended();
    assert.equal(span?.parentSpanContext, undefined);
    assert.notEqual(parseTraceparent(traced.traceparent ?? undefined), null);
  });

  it('is not recorded where the sender decided not to sample, and says so to what comes after', (t) => {
    const ended = startTracing(t);
    const unsampled = GIVEN.replace(/01$/, '00');
    const traced = beginSpan('accept', 'server', unsampled, () => assert.fail('not recorded'));
    traced.end(null);
    assert.match(traced.traceparent ?? '', new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`));
    assert.deepEqual(ended(), []);
  });
});
