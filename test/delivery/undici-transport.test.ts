import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import {
  createAddressGuard,
  createUndiciTransport,
  type Transport,
  type TransportAnswer,
} from '../../src/delivery/index.ts';
import type { Resolve } from '../../src/delivery/resolver.ts';
import { startReceiver, startTcpReceiver } from '../support/service-receiver.ts';
import { until } from '../support/service-until.ts';

type Options = {
  readonly attemptTimeoutMs?: number;
  readonly responseLimitBytes?: number;
  readonly responseSnippetBytes?: number;
  readonly allowedSubnets?: readonly string[];
  readonly resolve?: Resolve;
};

function createTransport(context: TestContext, options: Options = {}): Transport {
  const { allowedSubnets = ['127.0.0.0/8'], resolve = async () => [loopback] } = options;
  const transport = createUndiciTransport(createAddressGuard({ allowedSubnets, resolve }), {
    attemptTimeoutMs: 10_000,
    responseLimitBytes: 65_536,
    responseSnippetBytes: 1024,
    ...options,
  });
  context.after(() => transport.close());
  return transport;
}

const loopback = { address: '127.0.0.1', family: 4 };

function post(transport: Transport, origin: string, body = '{}'): Promise<TransportAnswer> {
  return transport.send({
    origin,
    path: '/hook?a=1',
    headers: ['content-type', 'application/json', 'x-name', 'value'],
    body,
  });
}

test('posts path, headers and body, and gives status and the beginning of the body', async (context) => {
  const receiver = await startReceiver(context, (response) => {
    response.writeHead(201, { 'retry-after': '7' }).end('created');
  });
  const { timing, ...answer } = await post(createTransport(context), receiver.origin, '{"a": "ü"}');
  assert.notEqual(timing.firstByteMs, null);
  assert.deepEqual(answer, {
    outcome: 'delivered',
    statusCode: 201,
    retryAfter: '7',
    response: 'created',
    detail: null,
    phase: null,
    address: '127.0.0.1',
    certificate: null,
  });
  const [received] = receiver.received;
  assert.equal(received?.method, 'POST');
  assert.equal(received?.path, '/hook?a=1');
  assert.equal(received?.headers['x-name'], 'value');
  assert.equal(received?.headers['content-length'], '11');
  assert.equal(received?.body.toString(), '{"a": "ü"}');
});

test('sends every byte of the body as it is', async (context) => {
  const receiver = await startReceiver(context);
  const transport = createTransport(context);
  const bodies = [
    '{"n": 1.0, "big": 1e400, "tiny": -0.0}',
    ' {\t"spaces" :\r\n [ 1 , 2 ]\n} ',
    '{"astral":"𝒳 🎉","escaped":"\\ud83c\\udf89 \\u0000 \\ud800","line":"\u2028\u2029"}',
    '{"same":1,"same":2}',
    `{"long":"${'äöü'.repeat(100_000)}"}`,
  ];
  for (const body of bodies) {
    assert.equal((await post(transport, receiver.origin, body)).statusCode, 200);
  }
  assert.deepEqual(
    receiver.received.map(({ body }) => body.toString('hex')),
    bodies.map((body) => Buffer.from(body).toString('hex')),
  );
});

test('keeps connections for the next requests', async (context) => {
  const receiver = await startReceiver(context);
  const transport = createTransport(context);
  for (let count = 0; count < 10; count += 1) await post(transport, receiver.origin);
  // An answer is given while its connection is just being freed, so the next request may take a second one.
  assert.ok(receiver.connections() <= 2, `${receiver.connections()} connections`);
});

test('gives up on an answer that never begins', async (context) => {
  const receiver = await startReceiver(context, () => {});
  const transport = createTransport(context, { attemptTimeoutMs: 100 });
  const startedAt = performance.now();
  const answer = await post(transport, receiver.origin);
  assert.ok(performance.now() - startedAt >= 99);
  assert.equal(answer.outcome, 'timeout');
  assert.equal(answer.statusCode, null);
  assert.match(answer.detail ?? '', /100 ms/);
});

test('gives up on a body that stops in the middle, although its status was good', async (context) => {
  const receiver = await startReceiver(context, (response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half');
  });
  const transport = createTransport(context, { attemptTimeoutMs: 100 });
  const answer = await post(transport, receiver.origin);
  assert.deepEqual([answer.outcome, answer.statusCode, answer.response], ['timeout', 200, 'half']);
});

test('gives up on a body that trickles without end: one timeout over the whole request', async (context) => {
  const receiver = await startReceiver(context, (response) => {
    response.writeHead(200);
    const trickle = setInterval(() => response.write('.'), 10);
    response.on('close', () => clearInterval(trickle));
  });
  const transport = createTransport(context, { attemptTimeoutMs: 150 });
  assert.equal((await post(transport, receiver.origin)).outcome, 'timeout');
});

test('closes the connection of a request that it gave up', async (context) => {
  const closed = Promise.withResolvers<void>();
  const receiver = await startReceiver(context, (response) => {
    response.on('close', () => closed.resolve());
  });
  const transport = createTransport(context, { attemptTimeoutMs: 50 });
  await post(transport, receiver.origin);
  await closed.promise;
});

test('never sends what was given up while its name was still being looked up', async (context) => {
  const receiver = await startReceiver(context);
  const lookup = Promise.withResolvers<void>();
  const transport = createTransport(context, {
    attemptTimeoutMs: 50,
    resolve: async (name) => {
      if (name === 'slow.test') await lookup.promise;
      return [loopback];
    },
  });
  const { port } = new URL(receiver.origin);
  assert.equal((await post(transport, `http://slow.test:${port}`)).outcome, 'timeout');
  lookup.resolve();
  await until(() => receiver.connections() === 1, 'the late connection');
  // What it had to say was written as it was made, so it would come before these.
  for (let count = 1; count <= 3; count += 1) {
    assert.equal((await post(transport, `http://fast.test:${port}`)).outcome, 'delivered');
  }
  const hosts = new Set(receiver.received.map(({ headers }) => headers.host));
  assert.deepEqual([...hosts], [`fast.test:${port}`]);
});

for (const [status, outcome] of [
  [200, 'delivered'],
  [500, 'server_error'],
  [404, 'client_error'],
] as const) {
  test(`cuts an endless body at the limit, and ${status} says what it was`, async (context) => {
    const closed = Promise.withResolvers<void>();
    let writtenBytes = 0;
    const receiver = await startReceiver(context, (response) => {
      response.writeHead(status);
      const chunk = 'x'.repeat(16_384);
      const pour = (): void => {
        while (!response.destroyed && response.write(chunk)) writtenBytes += chunk.length;
      };
      response.on('drain', pour);
      response.on('close', () => closed.resolve());
      pour();
    });
    const answer = await post(createTransport(context), receiver.origin);
    assert.deepEqual([answer.outcome, answer.statusCode], [outcome, status]);
    assert.equal(answer.response, 'x'.repeat(1024));
    await closed.promise;
    // The limit, and what the buffers of two sockets on loopback hold.
    assert.ok(writtenBytes < 16 * 1_048_576, `${writtenBytes} bytes`);
  });
}

test('keeps as much of a response as is asked for, cut between bytes', async (context) => {
  const receiver = await startReceiver(context, (response) => {
    response.write('aé');
    response.end('é'.repeat(50));
  });
  const keep = async (responseSnippetBytes: number): Promise<string> =>
    (await post(createTransport(context, { responseSnippetBytes }), receiver.origin)).response;
  assert.equal(await keep(0), '');
  assert.equal(await keep(1), 'a');
  assert.equal(await keep(2), 'a\ufffd');
  assert.equal(await keep(5), 'aéé');
  assert.equal(await keep(1024), `a${'é'.repeat(51)}`);
});

test('does not follow redirects, and they are failures', async (context) => {
  const target = await startReceiver(context);
  const transport = createTransport(context);
  for (const status of [300, 301, 302, 303, 304, 307, 308]) {
    const receiver = await startReceiver(context, (response) => {
      response.writeHead(status, { location: `${target.origin}/elsewhere` }).end();
    });
    const answer = await post(transport, receiver.origin);
    assert.deepEqual([answer.outcome, answer.statusCode], ['redirect', status]);
  }
  assert.deepEqual(target.received, []);
});

test('names a refused connection', async (context) => {
  const receiver = await startReceiver(context);
  await receiver.close();
  const answer = await post(createTransport(context), receiver.origin);
  assert.equal(answer.outcome, 'connect_failure');
  assert.match(answer.detail ?? '', /ECONNREFUSED/);
});

test('names a connection that is closed or reset before the answer is whole', async (context) => {
  const transport = createTransport(context);
  const endings: ((socket: Socket) => void)[] = [
    (socket) => socket.destroy(),
    (socket) => socket.resetAndDestroy(),
    (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-le'),
    (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'),
    (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n'),
  ];
  for (const end of endings) {
    const { origin } = await startTcpReceiver(context, end);
    assert.equal((await post(transport, origin)).outcome, 'connection_reset', String(end));
  }
});

test('names what is not HTTP', async (context) => {
  const transport = createTransport(context);
  const answers = [
    'garbage\r\n\r\n',
    'SSH-2.0-OpenSSH_9.2\r\n',
    '\u0000\u0001\u0002\u0003',
    'HTTP/1.1 2OO OK\r\n\r\n',
    'HTTP/1.1 99 Low\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: minus\r\n\r\n',
    `HTTP/1.1 200 OK\r\nx-huge: ${'x'.repeat(20_000)}\r\n\r\n`,
    'HTTP/1.1 700 Beyond\r\ncontent-length: 0\r\n\r\n',
  ];
  for (const text of answers) {
    const { origin } = await startTcpReceiver(context, (socket) => socket.end(text, 'latin1'));
    const answer = await post(transport, origin);
    assert.equal(answer.outcome, 'invalid_response', `${text.slice(0, 40)}: ${answer.detail}`);
  }
});

test('passes over interim answers', async (context) => {
  const transport = createTransport(context);
  const interim = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n';
  const { origin } = await startTcpReceiver(context, (socket) => {
    socket.end(`${interim}HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n`);
  });
  const answer = await post(transport, origin);
  assert.deepEqual([answer.outcome, answer.statusCode], ['delivered', 204]);
});

test('does not take an interim answer for a success', async (context) => {
  const { origin } = await startTcpReceiver(context, (socket) => {
    socket.write('HTTP/1.1 103 Early Hints\r\n\r\n');
  });
  const transport = createTransport(context, { attemptTimeoutMs: 100 });
  const answer = await post(transport, origin);
  assert.deepEqual([answer.outcome, answer.statusCode], ['timeout', null]);
});

test('does not take a 100 that nobody asked for as a success', async (context) => {
  const { origin } = await startTcpReceiver(context, (socket) => {
    socket.end('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
  });
  // undici gives up such a connection, so it is a failure with a name, and made again.
  assert.equal((await post(createTransport(context), origin)).outcome, 'connection_reset');
});

test('refuses to change protocols', async (context) => {
  const { origin } = await startTcpReceiver(context, (socket) => {
    socket.write('HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
  });
  const answer = await post(createTransport(context), origin);
  assert.notEqual(answer.outcome, 'delivered');
  assert.notEqual(answer.outcome, 'timeout');
});

test('names a TLS session that does not come about', async (context) => {
  const receiver = await startReceiver(context);
  const { port } = new URL(receiver.origin);
  const answer = await post(createTransport(context), `https://127.0.0.1:${port}`);
  assert.equal(answer.outcome, 'tls_failure');
});

test('names a name that leads nowhere', async (context) => {
  const transport = createTransport(context, {
    resolve: async () => {
      throw Object.assign(new Error('queryA ENOTFOUND nowhere.test'), { code: 'ENOTFOUND' });
    },
  });
  const { outcome, detail } = await post(transport, 'http://nowhere.test');
  assert.equal(outcome, 'dns_failure');
  assert.equal(detail, 'The host name could not be resolved: queryA ENOTFOUND nowhere.test.');
});

test('sends nothing to an address that is not public', async (context) => {
  const receiver = await startReceiver(context);
  const transport = createTransport(context, { allowedSubnets: [] });
  const { port } = new URL(receiver.origin);
  for (const host of ['127.0.0.1', 'looks-public.test', '[::1]', '0']) {
    const answer = await post(transport, `http://${host}:${port}`);
    assert.equal(answer.outcome, 'address_refused', host);
  }
  assert.equal(receiver.connections(), 0);
});

test('answers, and does not throw, where a request cannot be made', async (context) => {
  const receiver = await startReceiver(context);
  const transport = createTransport(context);
  const request = { origin: receiver.origin, path: '/', headers: [], body: '{}' };
  for (const impossible of [
    { ...request, path: 'no slash' },
    { ...request, headers: ['x-name'] },
    { ...request, headers: ['x name', 'value'] },
    { ...request, headers: ['x-name', 'two\r\nlines'] },
    { ...request, origin: 'not an origin' },
  ]) {
    const answer = await transport.send(impossible);
    assert.equal(answer.outcome, 'internal_error', JSON.stringify(impossible));
    assert.notEqual(answer.detail, null);
  }
  assert.deepEqual(receiver.received, []);
});

test('abort interrupts what is under way, and nothing else', async (context) => {
  const receiver = await startReceiver(context, () => {});
  const transport = createTransport(context);
  const sent = [post(transport, receiver.origin), post(transport, receiver.origin)];
  await receiver.until(2);
  transport.abort();
  for (const answer of await Promise.all(sent)) assert.equal(answer.outcome, 'interrupted');
  receiver.answer = (response) => void response.end();
  assert.equal((await post(transport, receiver.origin)).outcome, 'delivered');
});

test('a closed transport answers that it was interrupted', async (context) => {
  const receiver = await startReceiver(context, () => {});
  const transport = createTransport(context);
  const underWay = post(transport, receiver.origin);
  await receiver.until(1);
  await transport.close();
  assert.equal((await underWay).outcome, 'interrupted');
  assert.equal((await post(transport, receiver.origin)).outcome, 'interrupted');
});

test('a receiver that answers before it has read the body is heard', async (context) => {
  const { origin } = await startTcpReceiver(context, (socket) => {
    socket.write('HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    socket.pause();
    void once(socket, 'close');
  });
  const body = `{"long":"${'x'.repeat(8 * 1_048_576)}"}`;
  const answer = await post(createTransport(context, { attemptTimeoutMs: 3000 }), origin, body);
  assert.equal(answer.outcome, 'client_error', answer.detail ?? '');
});

test('lets go of an origin that is not used any more', async (context) => {
  const closed = Promise.withResolvers<void>();
  const receiver = await startReceiver(context, (response, _received, request) => {
    request.socket.on('close', () => closed.resolve());
    response.writeHead(200, { connection: 'close' }).end();
  });
  const transport = createTransport(context);
  assert.equal((await post(transport, receiver.origin)).outcome, 'delivered');
  await closed.promise;
  await until(() => post(transport, receiver.origin), 'a new connection');
  assert.equal(receiver.connections(), 2);
});
