import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { errorTable, isErrorCode, type ErrorCode } from '../../../src/core/index.ts';
import { differences, watchLedger, type LedgerWatch } from '../../support/hostile-ledger.ts';
import { sendBytes } from '../../support/hostile-request.ts';
import { startHostileService, type HostileService } from '../../support/hostile-service.ts';

let service: HostileService;
let ledger: LedgerWatch;

before(async () => {
  service = await startHostileService();
  ledger = watchLedger(service.dataDir);
});

after(async () => {
  ledger.close();
  await service.stop();
});

const BODY = '{"name":"from bytes"}';

type Written = {
  readonly line?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly host?: string | null;
};

/** A request as it stands on the wire; what is not said is what a good client would say. */
function written({
  line = 'POST /api/v1/app HTTP/1.1',
  headers = [`Content-Length: ${BODY.length}`],
  body = BODY,
  host = 'localhost',
}: Written): string {
  const lines = [
    line,
    ...(host === null ? [] : [`Host: ${host}`]),
    `Authorization: Bearer ${service.token}`,
    'Content-Type: application/json',
    'Connection: close',
    ...headers,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

const chunked = (...chunks: readonly string[]): Written => ({
  headers: ['Transfer-Encoding: chunked'],
  body: chunks.join('\r\n'),
});

/** What no HTTP server should make a request of, and requests that are just a request of no use. */
const refused: readonly (readonly [name: string, code: ErrorCode, request: Written | string])[] = [
  [
    'two lengths that differ',
    'malformed_request',
    { headers: ['Content-Length: 21', 'Content-Length: 22'] },
  ],
  [
    'a length and chunks',
    'malformed_request',
    { headers: ['Content-Length: 21', 'Transfer-Encoding: chunked'] },
  ],
  [
    'chunks and a length',
    'malformed_request',
    { headers: ['Transfer-Encoding: chunked', 'Content-Length: 21'] },
  ],
  ['a negative length', 'malformed_request', { headers: ['Content-Length: -1'] }],
  [
    'a length beyond numbers',
    'malformed_request',
    { headers: ['Content-Length: 99999999999999999999'] },
  ],
  ['a length with an exponent', 'malformed_request', { headers: ['Content-Length: 2e1'] }],
  ['a length in hexadecimal', 'malformed_request', { headers: ['Content-Length: 0x15'] }],
  ['a length with a plus sign', 'malformed_request', { headers: ['Content-Length: +21'] }],
  [
    'an announced body over the limit',
    'payload_too_large',
    { headers: ['Content-Length: 99999999'] },
  ],
  ['a chunk without a size', 'malformed_request', chunked('', BODY, '0', '', '')],
  ['a chunk of a size that is no number', 'malformed_request', chunked('zz', BODY, '0', '', '')],
  ['a chunk of a negative size', 'malformed_request', chunked('-15', BODY, '0', '', '')],
  [
    'a chunk of a size beyond numbers',
    'malformed_request',
    chunked('fffffffffffffffff', BODY, '0', '', ''),
  ],
  ['a chunk shorter than its bytes', 'malformed_request', chunked('5', BODY, '0', '', '')],
  ['an encoding that nobody knows', 'malformed_request', { headers: ['Transfer-Encoding: gzip'] }],
  [
    'chunks under another encoding',
    'malformed_request',
    { headers: ['Transfer-Encoding: chunked, gzip'] },
  ],
  [
    'chunked with a tab before it',
    'malformed_request',
    { headers: ['Transfer-Encoding:\tchunked', 'Content-Length: 21'] },
  ],
  ['a header name with a space', 'malformed_request', { headers: ['Content-Length : 21'] }],
  ['a header name with a NUL', 'malformed_request', { headers: ['X\0Y: 1', 'Content-Length: 21'] }],
  [
    'a header value with a NUL',
    'malformed_request',
    { headers: ['X-Y: a\0b', 'Content-Length: 21'] },
  ],
  ['a folded header', 'malformed_request', { headers: ['X-Y: a', ' b: c', 'Content-Length: 21'] }],
  ['headers of 20 kB', 'headers_too_large', { headers: [`X-Y: ${'y'.repeat(20_000)}`] }],
  ['a path of 20 kB', 'headers_too_large', { line: `GET /api/v1/${'y'.repeat(20_000)} HTTP/1.1` }],
  ['a path with a space', 'malformed_request', { line: 'GET /api/v1/app/a b HTTP/1.1' }],
  ['a path in raw bytes', 'malformed_request', { line: 'GET /api/v1/app/\u00ff\u00fe HTTP/1.1' }],
  [
    'a path that is no percent-encoding',
    'malformed_request',
    { line: 'GET /api/v1/app/%zz HTTP/1.1' },
  ],
  [
    'a path of half a character',
    'malformed_request',
    { line: 'GET /api/v1/app/%ED%A0%80 HTTP/1.1' },
  ],
  ['an id longer than any', 'not_found', { line: `GET /api/v1/app/${'y'.repeat(301)} HTTP/1.1` }],
  ['no host', 'malformed_request', { host: null }],
  ['a method in small letters', 'malformed_request', { line: 'post /api/v1/app HTTP/1.1' }],
  ['a method that nobody knows', 'malformed_request', { line: 'STEAL /api/v1/app HTTP/1.1' }],
  ['a method that no route has', 'route_not_found', { line: 'PROPFIND /api/v1/app HTTP/1.1' }],
  ['a trace', 'route_not_found', { line: 'TRACE /api/v1/app HTTP/1.1', headers: [], body: '' }],
  ['all of the server', 'route_not_found', { line: 'OPTIONS * HTTP/1.1', headers: [], body: '' }],
  ['a version of the future', 'malformed_request', { line: 'POST /api/v1/app HTTP/9.9' }],
  ['no HTTP at all', 'malformed_request', 'GARBAGE\r\n\r\n'],
  ['a greeting of TLS', 'malformed_request', '\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000'],
  ['the greeting of HTTP/2', 'malformed_request', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
];

for (const [name, code, request] of refused) {
  test(`${name} is refused with ${code}, in JSON, and stores nothing`, async () => {
    const before = ledger.dump();
    const text = typeof request === 'string' ? request : written(request);
    const answer = await sendBytes(service.url, Buffer.from(text, 'latin1'));
    assert.equal(answer.status, errorTable[code][0], `${answer.head}\n${answer.body}`);
    assert.match(answer.head, /^content-type: application\/json; charset=utf-8$/im);
    const body = JSON.parse(answer.body);
    assert.equal(body.code, code);
    assert.ok(isErrorCode(body.code) && /^[A-Z].*\.$/s.test(body.detail), answer.body);
    assert.deepEqual(differences(before, ledger.dump()), []);
  });
}

const accepted: readonly (readonly [name: string, request: Written])[] = [
  ['a body in chunks', chunked(BODY.length.toString(16), BODY, '0', '', '')],
  [
    'a body in chunks of one byte',
    chunked(...Array.from(BODY).flatMap((letter) => ['1', letter]), '0', '', ''),
  ],
  [
    'chunks with an extension and a trailer',
    chunked(`${BODY.length.toString(16)};a=b`, BODY, '0', 'X-Trailer: 1', '', ''),
  ],
  [
    'an expectation that nobody knows',
    { headers: ['Expect: miracles', `Content-Length: ${BODY.length}`] },
  ],
  ['the path in its absolute form', { line: 'POST http://elsewhere.invalid/api/v1/app HTTP/1.1' }],
  ['a wish to upgrade', { headers: ['Upgrade: websocket', `Content-Length: ${BODY.length}`] }],
  ['HTTP/1.0', { line: 'POST /api/v1/app HTTP/1.0', host: null }],
];

for (const [name, request] of accepted) {
  test(`${name} is served as any request`, async () => {
    const { status, body } = await sendBytes(service.url, written(request));
    assert.equal(status, 201, body);
    assert.equal(JSON.parse(body).name, 'from bytes');
  });
}

test('a client that asks to go on is told to, and then answered', async () => {
  const { head, body } = await sendBytes(
    service.url,
    written({ headers: ['Expect: 100-continue', `Content-Length: ${BODY.length}`] }),
  );
  assert.match(head, /^HTTP\/1\.1 100 Continue/);
  assert.match(body, /^HTTP\/1\.1 201 Created/);
});

test('a request hidden behind an ambiguous one is not served', async () => {
  const hidden = written({});
  const before = ledger.dump();
  const smuggling = written({
    headers: ['Content-Length: 4', 'Transfer-Encoding: chunked'],
    body: `0\r\n\r\n${hidden}`,
  });
  const { status } = await sendBytes(service.url, smuggling);
  assert.equal(status, 400);
  assert.deepEqual(differences(before, ledger.dump()), []);
});

test('of two authorization headers the first alone counts', async () => {
  const line = 'GET /api/v1/app HTTP/1.1';
  const headers = [`Authorization: Bearer nobody`];
  const { status } = await sendBytes(service.url, written({ line, headers, body: '' }));
  assert.equal(status, 200);
});

test('a body that ends early stores nothing', async () => {
  const before = ledger.dump();
  await sendBytes(service.url, written({ headers: ['Content-Length: 500'] }), true);
  assert.deepEqual(differences(before, ledger.dump()), []);
  assert.deepEqual(service.faults, []);
});
