import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { startReceiver } from '../support/service-receiver.ts';
import { createApplication, startTestService, type TestService } from '../support/service.ts';
import { until } from '../support/service-until.ts';
import { startTracing } from '../support/trace-scope.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';
const GIVEN = `00-${TRACE}-${PARENT}-01`;

/** Resolves to the id of the message. */
async function send(service: TestService, traceparent?: string): Promise<string> {
  const body = { eventType: 'invoice.paid', payload: {} };
  const options = traceparent === undefined ? {} : { headers: { traceparent } };
  const { status, json } = await service.call('POST', '/api/v1/app/acme/msg', body, options);
  assert.equal(status, 202);
  return json.id;
}

async function passTrace(service: TestService, endpoint: string): Promise<void> {
  const path = `/api/v1/app/acme/endpoint/${endpoint}/lane`;
  const { status, text } = await service.call('PATCH', path, { passTrace: true });
  assert.equal(status, 200, text);
}

test('the attempts of a message are children of its acceptance, in the trace of the request', async (context) => {
  const ended = startTracing(context);
  const receiver = await startReceiver(context, (response) => {
    response.writeHead(receiver.received.length === 1 ? 500 : 200).end();
  });
  const service = await startTestService(context);
  await createApplication(service, 'acme', { main: receiver.origin });
  await passTrace(service, 'main');
  const id = await send(service, GIVEN);
  const [accept, failed, delivered] = await until(() => {
    const spans = ended();
    const named = (name: string) => spans.filter((span) => span.name === name);
    const all = [...named('holdfast.accept'), ...named('holdfast.attempt')];
    return all.length === 3 && all;
  }, 'three spans');
  assert.ok(accept !== undefined && failed !== undefined && delivered !== undefined);
  assert.equal(accept.parentSpanContext?.spanId, PARENT);
  assert.equal(accept.kind, SpanKind.SERVER);
  for (const [index, attempt] of [failed, delivered].entries()) {
    const { traceId, spanId } = attempt.spanContext();
    assert.equal(traceId, TRACE);
    assert.equal(attempt.parentSpanContext?.spanId, accept.spanContext().spanId);
    assert.equal(attempt.kind, SpanKind.CLIENT);
    assert.partialDeepStrictEqual(attempt.attributes, {
      'holdfast.message_id': id,
      'holdfast.attempt': index + 1,
      'http.response.status_code': index === 0 ? 500 : 200,
    });
    const sent = receiver.received[index]?.headers['traceparent'];
    assert.equal(sent, `00-${TRACE}-${spanId}-01`, 'the receiver continues from the attempt');
  }
  assert.deepEqual(failed.status, { code: SpanStatusCode.ERROR, message: 'server_error' });
  assert.equal(delivered.status.code, SpanStatusCode.UNSET);
});

test('without an SDK the trace of the request passes unchanged, and only to endpoints that want it', async (context) => {
  const receiver = await startReceiver(context);
  const service = await startTestService(context);
  const endpoints = { told: `${receiver.origin}/told`, silent: `${receiver.origin}/silent` };
  await createApplication(service, 'acme', endpoints);
  await passTrace(service, 'told');
  const received = async (): Promise<Record<string, unknown>> => {
    const requests = await receiver.until(2);
    const entries = requests.map(({ path, headers }) => [path, headers['traceparent'] ?? null]);
    receiver.received.length = 0;
    return Object.fromEntries(entries);
  };
  await send(service, GIVEN);
  assert.deepEqual(await received(), { '/told': GIVEN, '/silent': null });
  await send(service);
  assert.deepEqual(await received(), { '/told': null, '/silent': null });
  await send(service, GIVEN.replace(TRACE, '0'.repeat(32)));
  assert.deepEqual(await received(), { '/told': null, '/silent': null });
});

test('a traceparent is kept with the message: an attempt after a restart continues the trace', async (context) => {
  const receiver = await startReceiver(context);
  const first = await startTestService(context);
  const { dataDir } = first;
  await createApplication(first, 'acme', { main: receiver.origin });
  await passTrace(first, 'main');
  const lane = '/api/v1/app/acme/endpoint/main/lane';
  const paused = await first.call('POST', `${lane}/pause`, { reason: 'restart' });
  assert.equal(paused.status, 200);
  await send(first, GIVEN);
  await first.stop();
  const second = await startTestService(context, { dataDir });
  const resumed = await second.call('POST', `${lane}/resume`);
  assert.equal(resumed.status, 200);
  const [request] = await receiver.until(1);
  assert.equal(request?.headers['traceparent'], GIVEN);
});
