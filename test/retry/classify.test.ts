import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { errors } from 'undici';
import { fault } from '../../src/core/index.ts';
import {
  classifyError,
  classifyStatus,
  isOutcomeClass,
  outcomeClasses,
  outcomeMeanings,
  type OutcomeClass,
} from '../../src/retry/index.ts';

const withCode = (code: unknown): Error => Object.assign(new Error('failed'), { code });

test('has a meaning for every class and a class for every meaning', () => {
  assert.deepEqual(Object.keys(outcomeMeanings), [...outcomeClasses]);
  for (const meaning of Object.values(outcomeMeanings)) assert.match(meaning, /^[A-Z].*\.$/);
  assert.deepEqual(['gone', 'Gone', 'toString', ''].map(isOutcomeClass), [
    true,
    false,
    false,
    false,
  ]);
});

test('classifies every status', () => {
  const expected: Readonly<Record<string, readonly number[]>> = {
    delivered: [200, 201, 202, 204, 207, 226, 299],
    redirect: [300, 301, 302, 303, 304, 307, 308, 399],
    client_error: [400, 401, 403, 404, 405, 409, 411, 413, 422, 428, 430, 451, 499],
    gone: [410],
    throttled: [429],
    server_error: [500, 501, 505, 507, 520, 599],
    unavailable: [502, 503, 504],
    invalid_response: [-1, 0, 99, 100, 101, 103, 199, 600, 999, Number.NaN],
  };
  for (const [outcomeClass, statusCodes] of Object.entries(expected)) {
    for (const statusCode of statusCodes) {
      assert.equal(classifyStatus(statusCode), outcomeClass, String(statusCode));
    }
  }
});

test('classifies the codes of undici, Node and OpenSSL', () => {
  const expected: Readonly<Partial<Record<OutcomeClass, string>>> = {
    timeout:
      'UND_ERR_CONNECT_TIMEOUT UND_ERR_HEADERS_TIMEOUT UND_ERR_BODY_TIMEOUT ETIMEDOUT ERR_TLS_HANDSHAKE_TIMEOUT',
    dns_failure:
      'ENOTFOUND EAI_AGAIN EAI_FAIL EAI_NODATA ENODATA ESERVFAIL EREFUSED ETIMEOUT EBADNAME',
    connect_failure: 'ECONNREFUSED EHOSTUNREACH ENETUNREACH EHOSTDOWN EACCES EPERM',
    tls_failure:
      'CERT_HAS_EXPIRED CERT_NOT_YET_VALID CERT_REVOKED CERT_UNTRUSTED ERR_TLS_CERT_ALTNAME_INVALID EPROTO ' +
      'DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE CRL_HAS_EXPIRED ' +
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION ERR_SSL_WRONG_VERSION_NUMBER ' +
      'ERROR_IN_CERT_NOT_AFTER_FIELD INVALID_CA HOSTNAME_MISMATCH ERR_OSSL_X509_CERT_ALREADY_IN_HASH_TABLE',
    connection_reset:
      'UND_ERR_SOCKET UND_ERR_INFO ECONNRESET ECONNABORTED EPIPE ERR_HTTP2_GOAWAY_SESSION',
    invalid_response:
      'HPE_INVALID_CONSTANT HPE_HEADER_OVERFLOW HPE_INVALID_VERSION UND_ERR_HEADERS_OVERFLOW ERR_HTTP2_ERROR ' +
      'UND_ERR_RES_CONTENT_LENGTH_MISMATCH UND_ERR_RES_EXCEEDED_MAX_SIZE',
    interrupted: 'UND_ERR_ABORTED UND_ERR_DESTROYED UND_ERR_CLOSED ABORT_ERR',
    internal_error:
      'EMFILE ENFILE EADDRNOTAVAIL UND_ERR_INVALID_ARG UND_ERR_NOT_SUPPORTED ERR_INVALID_URL toString',
  };
  for (const [outcomeClass, codes] of Object.entries(expected)) {
    for (const code of codes.split(' ')) {
      assert.equal(classifyError(withCode(code)), outcomeClass, code);
    }
  }
});

test("knows what undici's own errors are", () => {
  assert.equal(classifyError(new errors.ConnectTimeoutError()), 'timeout');
  assert.equal(classifyError(new errors.SocketError('other side closed')), 'connection_reset');
  assert.equal(classifyError(withCode('HPE_INVALID_CONSTANT')), 'invalid_response');
  assert.equal(classifyError(new errors.RequestAbortedError()), 'interrupted');
  assert.equal(classifyError(new errors.InvalidArgumentError('bad')), 'internal_error');
});

test('knows the refusal of the address guard, also as a cause', () => {
  assert.equal(classifyError(fault('address_refused')), 'address_refused');
  assert.equal(
    classifyError(new Error('fetch failed', { cause: fault('address_refused') })),
    'address_refused',
  );
  assert.equal(classifyError(fault('internal')), 'internal_error');
});

test('tells an abort by its reason', () => {
  assert.equal(classifyError(new DOMException('late', 'TimeoutError')), 'timeout');
  assert.equal(classifyError(new DOMException('stopping', 'AbortError')), 'interrupted');
  const cause = new DOMException('late', 'TimeoutError');
  assert.equal(
    classifyError(Object.assign(new Error('aborted', { cause }), { code: 'ABORT_ERR' })),
    'timeout',
  );
});

test('looks inside what gathers an error for each address', () => {
  const gather = (...codes: string[]): Error =>
    Object.assign(new AggregateError(codes.map(withCode)), { code: codes[0] });
  assert.equal(classifyError(gather('ECONNREFUSED', 'ENETUNREACH')), 'connect_failure');
  assert.equal(classifyError(gather('ENETUNREACH', 'ETIMEDOUT')), 'timeout');
  assert.equal(classifyError(gather('ECONNRESET')), 'connection_reset');
  assert.equal(
    classifyError(Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' })),
    'connect_failure',
  );
  assert.equal(classifyError(new AggregateError([new Error('what')])), 'internal_error');
});

test('survives whatever is thrown', () => {
  const circular = new Error('round');
  circular.cause = circular;
  for (const thrown of [
    undefined,
    null,
    'text',
    42,
    {},
    { code: 'ECONNRESET' },
    circular,
    withCode(23),
    withCode(null),
  ]) {
    assert.equal(classifyError(thrown), 'internal_error');
  }
});

test('recognises a real refused connection, to one address and to several', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const failureOf = async (addresses: readonly string[]): Promise<unknown> => {
    const lookup = (
      _: unknown,
      __: unknown,
      found: (error: null, list: { address: string; family: number }[]) => void,
    ) => {
      found(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
    };
    const [error] = await once(
      connect({ host: 'receiver.test', port, lookup, autoSelectFamily: true }),
      'error',
      {
        signal: AbortSignal.timeout(5000),
      },
    ).catch((thrown: unknown) => [thrown]);
    return error;
  };
  assert.equal(classifyError(await failureOf(['127.0.0.1'])), 'connect_failure');
  const gathered = await failureOf(['127.0.0.1', '127.0.0.1']);
  assert.equal(classifyError(gathered), 'connect_failure');
});
