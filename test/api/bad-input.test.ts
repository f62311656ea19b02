import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { errorTable, isErrorCode } from '../../src/core/index.ts';
import { numeric } from '../delivery/ipv4-spellings.ts';
import { TestScope } from '../support/service-scope.ts';
import {
  countRows,
  createApplication,
  startTestService,
  type Answered,
  type TestService,
} from '../support/service.ts';
import { until } from '../support/service-until.ts';

const PAYLOAD_LIMIT_BYTES = 20_000;

const scope = new TestScope();
let service: TestService;

before(async () => {
  // No subnet is allowed here, as with a real service that faces strangers.
  service = await startTestService(scope, {
    allowedSubnets: '',
    payloadLimitBytes: PAYLOAD_LIMIT_BYTES,
  });
  await createApplication(service, 'acme', { main: 'https://93.184.216.34/hook' });
});
after(() => scope.end());

type Refusal = readonly [status: number, code: string, field?: string];

type Case = {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string | null;
  readonly refusal: Refusal;
};

/** What every refusal must be: a code of the table with its status, a sentence that helps, and the field. */
function assertRefused({ status, json, text }: Answered, [wanted, code, field]: Refusal): void {
  assert.deepEqual([status, json?.code, json?.field], [wanted, code, field], text.slice(0, 400));
  const known: unknown = json.code;
  assert.ok(isErrorCode(known));
  assert.equal(errorTable[known][0], status);
  // Svix answers 422 with a list, everything else with a sentence.
  const sentence: unknown = status === 422 ? json.detail[0].msg : json.detail;
  assert.ok(typeof sentence === 'string');
  assert.match(sentence, /^\S+ .{10,}\.$/s);
  assert.ok(text.length < 2_000, 'an answer does not repeat what was sent');
}

async function assertNothingStored(refused: () => Promise<unknown>): Promise<void> {
  const rows = countRows(service.dataDir);
  await refused();
  assert.deepEqual(countRows(service.dataDir), rows);
}

function refuses(name: string, cases: Readonly<Record<string, Case>>): void {
  describe(name, () => {
    for (const [what, { method = 'POST', path, body, headers, token, refusal }] of Object.entries(
      cases,
    )) {
      test(what, () =>
        assertNothingStored(async () => {
          const options = {
            ...(headers === undefined ? {} : { headers }),
            ...(token === undefined ? {} : { token }),
          };
          assertRefused(await service.call(method, path, body, options), refusal);
        }),
      );
    }
  });
}

const APP = '/api/v1/app';
const ENDPOINT = '/api/v1/app/acme/endpoint';
const MSG = '/api/v1/app/acme/msg';
const paid = { eventType: 'invoice.paid', payload: { amount: 4200 } };
const long = (count: number): string => 'x'.repeat(count);
const list = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `item-${index}`);

/** One case for each value that a field may not have. */
function fields(
  path: string,
  rest: object,
  values: Readonly<Record<string, readonly unknown[]>>,
): Readonly<Record<string, Case>> {
  const cases: Record<string, Case> = {};
  for (const [field, bad] of Object.entries(values)) {
    for (const value of bad) {
      const name = `${field}: ${(JSON.stringify(value) ?? 'missing').slice(0, 60)}`;
      cases[name] = {
        path,
        body: { ...rest, [field]: value },
        refusal: [422, 'validation', field],
      };
    }
  }
  return cases;
}

const malformed = [400, 'malformed_json', 'body'] as const;
refuses(
  'a body that is not JSON',
  Object.fromEntries(
    [
      '{',
      '{"name":"Acme"',
      '{"name":"Acme",}',
      "{'name':'Acme'}",
      '{"name":undefined}',
      '{"name":NaN}',
      '{"name":"two\nlines"}',
      '{"name":"\\x41"}',
      '{"name":"\\ud8"}',
      '{} {}',
      'name=Acme',
      '\ufeff{"name":"Acme"}',
    ].map((body) => [JSON.stringify(body), { path: APP, body, refusal: malformed }] as const),
  ),
);

const nameThen = (...bytes: readonly number[]): Uint8Array =>
  Buffer.concat([Buffer.from('{"name":"'), Uint8Array.from(bytes), Buffer.from('"}')]);
refuses(
  'a body that is not UTF-8',
  Object.fromEntries(
    Object.entries({
      'a byte that never occurs': nameThen(0xff),
      'a character cut off': nameThen(0xc3),
      'an overlong spelling': nameThen(0xc0, 0xaf),
      'a surrogate': nameThen(0xed, 0xa0, 0x80),
      'beyond the last character': nameThen(0xf4, 0x90, 0x80, 0x80),
      'UTF-16': Buffer.from('{"name":"Acme"}', 'utf16le'),
    }).map(([what, body]) => [
      what,
      { path: APP, body, refusal: what === 'UTF-16' ? malformed : [400, 'malformed_json'] },
    ]),
  ),
);

refuses('a body that is no object', {
  number: { path: APP, body: '5', refusal: [422, 'validation', 'body'] },
  text: { path: APP, body: '"Acme"', refusal: [422, 'validation', 'body'] },
  array: { path: APP, body: '[]', refusal: [422, 'validation', 'body'] },
  null: { path: APP, body: 'null', refusal: [422, 'validation', 'body'] },
  nothing: { path: APP, refusal: [422, 'validation', 'body'] },
  'nothing of a type': { path: APP, body: '', refusal: [422, 'validation', 'body'] },
});

refuses(
  'an application',
  fields(
    APP,
    { name: 'Other' },
    {
      name: [undefined, '', 5, null, [], {}, long(257)],
      uid: ['', 'a b', 'ä', 'a/b', 'app_1', '\ud800', 5, {}, long(257)],
      throttleRate: [0, -1, 1.5, '5', 1e9, {}],
    },
  ),
);
refuses('the metadata of an application', {
  'a number': {
    path: APP,
    body: { name: 'Other', metadata: { a: 5 } },
    refusal: [422, 'validation', 'metadata.a'],
  },
  'a nested object': {
    path: APP,
    body: { name: 'Other', metadata: { a: {} } },
    refusal: [422, 'validation', 'metadata.a'],
  },
  'a list': {
    path: APP,
    body: { name: 'Other', metadata: [] },
    refusal: [422, 'validation', 'metadata'],
  },
  'too many': {
    path: APP,
    body: { name: 'Other', metadata: Object.fromEntries(list(65).map((name) => [name, ''])) },
    refusal: [422, 'validation', 'metadata'],
  },
  'a value that is too long': {
    path: APP,
    body: { name: 'Other', metadata: { a: long(4097) } },
    refusal: [422, 'validation', 'metadata.a'],
  },
  'a name of the prototype with a value that is none': {
    path: APP,
    body: '{"name":"Other","metadata":{"__proto__":{"polluted":true}}}',
    refusal: [422, 'validation', 'metadata.__proto__'],
  },
});
refuses('an application whose uid is taken', {
  'by another': {
    path: APP,
    body: { name: 'Other', uid: 'acme' },
    refusal: [409, 'conflict', 'uid'],
  },
  'by itself, with another id': {
    path: `${APP}?get_if_exists=false`,
    body: { name: 'Other', uid: 'acme' },
    refusal: [409, 'conflict', 'uid'],
  },
});
refuses('fields that hide in the prototype', {
  'a name': {
    path: APP,
    body: '{"__proto__":{"name":"Acme"}}',
    refusal: [422, 'validation', 'name'],
  },
  'a constructor': {
    path: APP,
    body: '{"constructor":{"prototype":{"name":"Acme"}}}',
    refusal: [422, 'validation', 'name'],
  },
  'a payload': {
    path: MSG,
    body: '{"eventType":"a","__proto__":{"payload":{}}}',
    refusal: [422, 'validation', 'payload'],
  },
});

refuses(
  'an endpoint',
  fields(
    ENDPOINT,
    { url: 'https://93.184.216.34/hook' },
    {
      url: [undefined, '', 5, null, [], long(65_537)],
      uid: ['', 'a b', 'ä', 'ep_1', long(257), 5],
      description: [5, long(4097), {}],
      disabled: ['true', 1],
      eventTypes: [[], 'a', [''], ['a b'], ['a', 'a'], [5], list(513)].filter(
        (each) => typeof each === 'string' || each.length !== 1,
      ),
      channels: [[], list(11), ['a', 'a']],
      throttleRate: [0, 1.5],
    },
  ),
);
refuses('an element of a list', {
  'an event type with a space': {
    path: ENDPOINT,
    body: { url: 'https://93.184.216.34/', eventTypes: ['good', 'not good'] },
    refusal: [422, 'validation', 'eventTypes.1'],
  },
  'a channel that is too long': {
    path: ENDPOINT,
    body: { url: 'https://93.184.216.34/', channels: [long(129)] },
    refusal: [422, 'validation', 'channels.0'],
  },
  'an empty tag': {
    path: MSG,
    body: { ...paid, tags: ['blue', ''] },
    refusal: [422, 'validation', 'tags.1'],
  },
});

const url = (text: string, code = 'url_invalid'): Case => ({
  path: ENDPOINT,
  body: { url: text },
  refusal: [422, code, 'url'],
});
refuses(
  'a URL that is no endpoint',
  Object.fromEntries(
    [
      'not a url',
      '/relative',
      '//example.com/hook',
      'example.com/hook',
      'https://',
      'ftp://example.com/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:text/plain,a',
      'ws://example.com/',
      'https://user:password@example.com/',
      'https://user@example.com/',
      'https://exa mple.com/',
      'https://example.com:99999/',
    ].map((text) => [text, url(text)] as const),
  ),
);
const inner = (host: string): readonly [string, Case] => [
  host,
  url(`http://${host}:8080/hook`, 'address_refused'),
];
refuses('a URL that leads to an address that is not public', {
  ...Object.fromEntries(
    Object.values(numeric).flatMap((spell) =>
      // Loopback, the cloud's metadata, 10/8, this network.
      [0x7f000001, 0xa9fea9fe, 0x0a000001, 0].map((address) => inner(spell(address))),
    ),
  ),
  ...Object.fromEntries(
    [
      'localhost',
      'LOCALHOST',
      'localhost.',
      'a.localhost',
      '127.0.0.1.',
      '127.1',
      '0',
      '100.64.0.1',
      '172.16.0.1',
      '192.168.0.1',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
      '[::]',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '[2002:7f00:1::]',
      '[fc00::1]',
      '[fd00:ec2::254]',
      '[fe80::1]',
      '[ff02::1]',
      '%31%32%37.0.0.1',
      '\u2460\u2461\u2466.0.0.1',
      '127\u3002\u0030\u3002\u0030\u3002\u0031',
    ].map(inner),
  ),
});

refuses(
  'a secret',
  Object.fromEntries(
    [
      'whsec_',
      'whsec_c2hvcnQ=',
      'whsec_not base64 at all, not at all',
      `whsec_${'A'.repeat(120)}`,
      'whsk_AAAA',
      'plain',
    ].map((secret) => [
      secret.slice(0, 30),
      {
        path: ENDPOINT,
        body: { url: 'https://93.184.216.34/', secret },
        refusal: [422, 'secret_invalid', 'secret'],
      },
    ]),
  ),
);

refuses(
  'a message',
  fields(MSG, paid, {
    eventType: [undefined, '', 'a b', 'a/b', 'ä', '\ud800', 5, null, long(257)],
    payload: [undefined, null, 5, 'text', true, [], ['a']],
    eventId: ['', 'a b', 'msg_1', 5, long(257)],
    channels: [[], list(6), ['a', 'a'], 'a'],
    tags: [[], list(9), ['a', 'a'], 'a'],
    payloadRetentionPeriod: [4, 91, '5', 5.5, null],
  }),
);
refuses('a payload that is too large', {
  'by a byte': {
    path: MSG,
    body: { eventType: 'a', payload: { text: long(PAYLOAD_LIMIT_BYTES - 10) } },
    refusal: [413, 'payload_too_large', 'payload'],
  },
  'in bytes, though not in characters': {
    path: MSG,
    body: { eventType: 'a', payload: { text: 'ä'.repeat(PAYLOAD_LIMIT_BYTES / 2) } },
    refusal: [413, 'payload_too_large', 'payload'],
  },
  'with an application to be created': {
    path: `${APP}/new-one/msg`,
    body: {
      application: { name: 'New', uid: 'new-one' },
      eventType: 'a',
      payload: { text: long(PAYLOAD_LIMIT_BYTES) },
    },
    refusal: [413, 'payload_too_large', 'payload'],
  },
  'so that the body is': {
    path: MSG,
    body: { eventType: 'a', payload: { text: long(PAYLOAD_LIMIT_BYTES + 70_000) } },
    refusal: [413, 'payload_too_large', 'body'],
  },
  'around the payload': {
    path: MSG,
    body: { ...paid, note: long(PAYLOAD_LIMIT_BYTES + 70_000) },
    refusal: [413, 'payload_too_large', 'body'],
  },
});
refuses('nesting that is deep', {
  'where text is wanted': {
    path: APP,
    body: `{"name":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
    refusal: [422, 'validation', 'name'],
  },
  'and never closed': { path: APP, body: '['.repeat(60_000), refusal: malformed },
  'as the payload itself': {
    path: MSG,
    body: `{"eventType":"a","payload":${'['.repeat(9_000)}${']'.repeat(9_000)}}`,
    refusal: [422, 'validation', 'payload'],
  },
});

refuses('what is not there', {
  'an application': {
    path: `${APP}/nobody/msg`,
    body: paid,
    refusal: [404, 'not_found', 'app_id'],
  },
  'an application by an id of another ledger': {
    path: `${APP}/app_0000000000ZZZZZ0/msg`,
    body: paid,
    refusal: [404, 'not_found', 'app_id'],
  },
  'an application with a NUL in its name': {
    method: 'GET',
    path: `${APP}/%00`,
    refusal: [404, 'not_found', 'app_id'],
  },
  'an endpoint': {
    method: 'GET',
    path: `${ENDPOINT}/nowhere`,
    refusal: [404, 'not_found', 'endpoint_id'],
  },
  'a message': { method: 'GET', path: `${MSG}/msg_none`, refusal: [404, 'not_found', 'msg_id'] },
  'an act': {
    method: 'GET',
    path: `${APP}/acme/act/act_none`,
    refusal: [404, 'not_found', 'act_id'],
  },
  'a message to replay': {
    path: `${MSG}/msg_none/endpoint/main/resend`,
    refusal: [404, 'not_found', 'msg_id'],
  },
  'a route': { method: 'GET', path: '/api/v1/nothing', refusal: [404, 'route_not_found'] },
  'a method': { method: 'PUT', path: APP, body: {}, refusal: [404, 'route_not_found'] },
  'the root of the API': { method: 'GET', path: '/api', refusal: [404, 'route_not_found'] },
  'a path that is too long': {
    method: 'GET',
    path: `${APP}/${long(400)}`,
    refusal: [404, 'not_found', 'path'],
  },
});

const query = (path: string, text: string, field: string): Case => ({
  method: 'GET',
  path: `${path}?${text}`,
  refusal: [422, 'validation', field],
});
refuses('a query', {
  'a limit below': query(APP, 'limit=-1', 'limit'),
  'a limit above': query(APP, 'limit=251', 'limit'),
  'a limit that is no number': query(APP, 'limit=many', 'limit'),
  'two limits': query(APP, 'limit=1&limit=2', 'limit'),
  'an iterator of nobody': query(APP, 'iterator=abc', 'iterator'),
  'an iterator of another kind': query(APP, 'iterator=msg_000000000000000', 'iterator'),
  'an iterator of another ledger': query(APP, 'iterator=app_000000000zzzzzz', 'iterator'),
  'an iterator that is too long': query(APP, `iterator=${long(513)}`, 'iterator'),
  'an iterator with a NUL': query(APP, 'iterator=%00', 'iterator'),
  'two iterators': query(APP, 'iterator=a&iterator=b', 'iterator'),
  'a moment that is none': query(`${APP}/acme/dead-letter`, 'since=yesterday', 'since'),
  'a day that does not exist': query(
    `${APP}/acme/dead-letter`,
    'since=2026-02-30T00:00:00Z',
    'since',
  ),
  'a second that no clock shows': query(
    `${APP}/acme/dead-letter`,
    'since=2016-12-31T23:59:60Z',
    'since',
  ),
  'a moment before which messages are wanted': query(MSG, 'before=now', 'before'),
});
refuses('an act', {
  'a cancellation without a reason': {
    path: `${APP}/acme/dead-letter/cancel`,
    body: {},
    refusal: [422, 'validation', 'reason'],
  },
  'a redrive that is too fast': {
    path: `${APP}/acme/redrive`,
    body: { perSecond: 10_001 },
    refusal: [422, 'validation', 'perSecond'],
  },
  'a redrive since a moment that is none': {
    path: `${APP}/acme/redrive`,
    body: { since: '2016-12-31T23:59:60Z' },
    refusal: [422, 'validation', 'since'],
  },
  'a redrive to an endpoint that is not there': {
    path: `${APP}/acme/redrive`,
    body: { endpointId: 'nowhere' },
    refusal: [404, 'not_found', 'endpoint_id'],
  },
  'a reason that is too long': {
    path: `${APP}/acme/redrive`,
    body: { reason: long(1025) },
    refusal: [422, 'validation', 'reason'],
  },
});

const unauthorized = [401, 'authentication_failed', 'authorization'] as const;
refuses('a token', {
  missing: { path: APP, body: { name: 'Other' }, token: null, refusal: unauthorized },
  wrong: { path: APP, body: { name: 'Other' }, token: `hf_${long(40)}`, refusal: unauthorized },
  'of another scheme': {
    path: APP,
    body: { name: 'Other' },
    token: null,
    headers: { authorization: 'Basic YWRtaW46YWRtaW4=' },
    refusal: unauthorized,
  },
  'that is too long': {
    path: APP,
    body: { name: 'Other' },
    token: long(5_000),
    refusal: unauthorized,
  },
  'missing, before the body is looked at': {
    path: APP,
    body: '{',
    token: null,
    refusal: unauthorized,
  },
});
refuses('a header', {
  'another content type': {
    path: APP,
    body: '{"name":"Other"}',
    headers: { 'content-type': 'text/plain' },
    refusal: [415, 'unsupported_media_type', 'content-type'],
  },
  'a form': {
    path: APP,
    body: 'name=Other',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    refusal: [415, 'unsupported_media_type', 'content-type'],
  },
  'a content type that is none': {
    path: APP,
    body: '{"name":"Other"}',
    headers: { 'content-type': 'json' },
    refusal: [415, 'unsupported_media_type', 'content-type'],
  },
  'an idempotency key that is too long': {
    path: MSG,
    body: paid,
    headers: { 'idempotency-key': long(257) },
    refusal: [422, 'validation', 'idempotency-key'],
  },
});

/** Writes a request by hand, where fetch would mend or refuse it. */
async function raw(request: string | Uint8Array): Promise<string> {
  const { hostname, port } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  let heard = '';
  let isClosed = false;
  socket.on('data', (chunk) => {
    heard += String(chunk);
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    isClosed = true;
  });
  socket.write(request);
  await until(() => isClosed || /\r\n\r\n[^]*[}\s]$/.test(heard), 'an answer');
  socket.destroy();
  return heard;
}

describe('HTTP that is wrong itself', () => {
  const auth = (): string => `host: x\r\nauthorization: Bearer ${service.token}\r\n`;
  const post = (): string => `POST ${APP} HTTP/1.1\r\n${auth()}content-type: application/json\r\n`;
  const requests: Readonly<Record<string, readonly [request: () => string, code: string]>> = {
    'headers that are too large': [
      () => `GET ${APP} HTTP/1.1\r\n${auth()}x: ${long(20_000)}\r\n\r\n`,
      'headers_too_large',
    ],
    'a path that is too large': [
      () => `GET ${APP}?${long(20_000)} HTTP/1.1\r\n${auth()}\r\n`,
      'headers_too_large',
    ],
    'too many headers': [
      () => `GET ${APP} HTTP/1.1\r\n${auth()}${'a: b\r\n'.repeat(5_000)}\r\n`,
      'headers_too_large',
    ],
    'no HTTP at all': [() => 'hello\r\n\r\n', 'malformed_request'],
    'two lengths': [
      () => `${post()}content-length: 5\r\ncontent-length: 6\r\n\r\n{"a":`,
      'malformed_request',
    ],
    'a length and chunks': [
      () => `${post()}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
      'malformed_request',
    ],
    'a length that is none': [() => `${post()}content-length: -5\r\n\r\n`, 'malformed_request'],
    'a path that is not encoded': [
      () => `GET ${APP}/%zz HTTP/1.1\r\n${auth()}\r\n`,
      'malformed_request',
    ],
    'a path that is not UTF-8': [
      () => `GET ${APP}/%ff%fe HTTP/1.1\r\n${auth()}\r\n`,
      'malformed_request',
    ],
    'no host': [() => `GET ${APP} HTTP/1.1\r\n\r\n`, 'malformed_request'],
  };
  for (const [what, [request, code]] of Object.entries(requests)) {
    test(what, () =>
      assertNothingStored(async () => {
        const heard = await raw(request());
        assert.match(heard, /^HTTP\/1\.1 4\d\d /, heard.slice(0, 200));
        const answer = JSON.parse(heard.slice(heard.indexOf('\r\n\r\n') + 4));
        assert.equal(answer.code, code);
        assert.match(answer.detail, /^[A-Z].{10,}\.$/);
      }),
    );
  }
});

test('nothing that was sent has changed what objects are', () => {
  assert.equal(Reflect.get({}, 'polluted'), undefined);
  assert.equal(Reflect.get({}, 'name'), undefined);
});

test('after all this the service still takes a message', async () => {
  assert.equal((await service.call('POST', MSG, paid)).status, 202);
});
