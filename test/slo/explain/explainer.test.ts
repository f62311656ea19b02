import assert from 'node:assert/strict';
import { constants } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { createSecureContext } from 'node:tls';
import { describe, test, type TestContext } from 'node:test';
import {
  createAddressGuard,
  createUndiciTransport,
  type Transport,
  type TransportAnswer,
} from '../../../src/delivery/index.ts';
import { everything } from '../../../src/slo/objective.ts';
import { createAuthority, issue, trust } from '../../support/certificates.ts';
import { openExplainScene, type ExplainScene } from '../../support/explain-scene.ts';
import { MINUTE_MS } from '../../support/ledger-scene.ts';
import { somebody } from '../../support/somebody.ts';

type Resolve = (host: string) => readonly string[];

function transportWith(context: TestContext, resolve: Resolve, attemptTimeoutMs = 5000): Transport {
  const guard = createAddressGuard({
    allowedSubnets: ['127.0.0.0/8'],
    resolve: async (host) => resolve(host).map((address) => ({ address, family: 4 as const })),
  });
  const limits = { attemptTimeoutMs, responseLimitBytes: 65_536, responseSnippetBytes: 1024 };
  const transport = createUndiciTransport(guard, limits);
  context.after(() => transport.close());
  return transport;
}

async function listen(
  context: TestContext,
  server: TcpServer,
  host: string,
  port = 0,
): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  context.after(() => {
    if ('closeAllConnections' in server) (server as Server).closeAllConnections();
    server.close();
  });
  const bound = server.address();
  assert.ok(bound !== null && typeof bound === 'object');
  return bound.port;
}

/** Answers 200 after a while, and closes, so that the next request connects anew. */
const answering = (afterMs = 0): Server =>
  createServer((request, response) => {
    request.resume();
    response.setHeader('connection', 'close');
    setTimeout(() => response.end('thanks'), afterMs);
  });

/** So many requests to one endpoint, each recorded as the transport answered it. */
async function send(
  scene: ExplainScene,
  transport: Transport,
  { id, url }: { readonly id: number; readonly url: string },
  count: number,
): Promise<readonly TransportAnswer[]> {
  const { origin } = new URL(url);
  const answers: TransportAnswer[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const answer = await transport.send({ origin, path: '/', headers: [], body: '{}' });
    answers.push(answer);
    const { outcome, statusCode, detail, timing, phase, address, certificate } = answer;
    const durationMs = Math.ceil(Object.values(timing).reduce<number>((a, b) => a + (b ?? 0), 0));
    const took = { ...timing, queuedMs: 0, failedPhase: phase };
    const met = { outcome, statusCode, detail, timing: took, phase, address, certificate };
    await scene.record(id, { ...met, durationMs });
  }
  return answers;
}

describe('explanations of first attempts', () => {
  test('of three addresses behind a host the one that takes connections and never answers comes first', async (context) => {
    const scene = await openExplainScene(context);
    const port = await listen(context, answering(), '127.0.0.2');
    const mute = createTcpServer((socket) => socket.on('error', () => {}).resume());
    const sockets = new Set<{ destroy(): void }>();
    mute.on('connection', (socket) => sockets.add(socket));
    context.after(() => sockets.forEach((socket) => socket.destroy()));
    await listen(context, mute, '127.0.0.3', port);
    await listen(context, answering(), '127.0.0.4', port);
    let turn = 0;
    const transport = transportWith(
      context,
      (host) => {
        turn += 1;
        return host === 'shard.test' ? [`127.0.0.${2 + (turn % 3)}`] : ['127.0.0.2'];
      },
      150,
    );
    const shard = await scene.endpoint(`http://shard.test:${port}/`);
    const calm = await scene.endpoint(`http://calm.test:${port}/`);
    await send(scene, transport, shard, 36);
    await send(scene, transport, calm, 60);

    const { explanations, symptoms, exact, sample } = await scene.firstAttempts();
    assert.deepEqual(exact, { total: 96, bad: 12 });
    assert.deepEqual(sample, { lookedAt: 96, total: 96, bad: 12, isWhole: true });
    const [first, second] = explanations;
    assert.deepEqual(
      [first?.dimension, first?.value, first?.about, first?.bad, first?.total, first?.isExact],
      ['resolved address', '127.0.0.3', `of shard.test:${port}`, 12, 12, false],
    );
    assert.deepEqual([first?.otherBad, first?.otherTotal], [0, 84]);
    assert.deepEqual([second?.dimension, second?.isExact], ['endpoint', true]);
    const phase = symptoms.find(({ dimension }) => dimension === 'failure phase');
    assert.deepEqual([phase?.value, phase?.bad], ['first_byte', 12]);
    assert.deepEqual(phase?.mostlyAt, { host: `shard.test:${port}`, bad: 12 });
    const status = symptoms.find(({ dimension }) => dimension === 'status class');
    assert.deepEqual([status?.value, status?.bad], ['timeout', 12]);
  });

  test('a chain that is not trusted on one connection of 25 comes first, by host and chain', async (context) => {
    const scene = await openExplainScene(context);
    const root = createAuthority('Root of the test');
    const middle = createAuthority('Middle', root);
    const unknown = createAuthority('Unheard of', createAuthority('Root of nobody'));
    trust(context, root);
    const good = issue(middle, {}, [middle]);
    const bad = issue(unknown, {}, [unknown]);
    let handshakes = 0;
    const server = createTlsServer(
      {
        key: good.key,
        cert: good.cert,
        // Each connection is to meet a chain: no session is resumed.
        maxVersion: 'TLSv1.2',
        secureOptions: constants.SSL_OP_NO_TICKET,
        SNICallback: (_name, callback) => {
          handshakes += 1;
          const { key, cert } = handshakes % 25 === 0 ? bad : good;
          callback(null, createSecureContext({ key, cert }));
        },
      },
      (request, response) => {
        request.resume();
        response.setHeader('connection', 'close');
        response.end('thanks');
      },
    );
    server.on('tlsClientError', () => {});
    const port = await listen(context, server, '127.0.0.1');
    const plainPort = await listen(context, answering(), '127.0.0.1');
    const transport = transportWith(context, () => ['127.0.0.1']);
    const renewed = await scene.endpoint(`https://receiver.test:${port}/`);
    const calm = await scene.endpoint(`http://calm.test:${plainPort}/`);
    const answers = await send(scene, transport, renewed, 100);
    await send(scene, transport, calm, 100);
    const failed = answers.filter(({ outcome }) => outcome === 'tls_failure');
    assert.equal(failed.length, 4);

    const { explanations, symptoms } = await scene.firstAttempts();
    const [first] = explanations;
    assert.equal(first?.dimension, 'certificate chain');
    assert.equal(first.value, failed[0]?.certificate);
    assert.deepEqual([first.bad, first.total], [4, 4]);
    assert.match(
      first.about ?? '',
      /^of receiver\.test:\d+\. The certificate presented is of CN=receiver\.test, by CN=Unheard of/,
    );
    const phase = symptoms.find(({ dimension }) => dimension === 'failure phase');
    assert.deepEqual([phase?.value, phase?.bad], ['tls', 4]);
  });

  test('what began with a change is explained by it, and not by the decoys around it', async (context) => {
    const scene = await openExplainScene(context);
    const ill = await scene.endpoint('https://ill.example/');
    const well = await scene.endpoint('https://well.example/');
    scene.move(MINUTE_MS);
    for (let nth = 0; nth < 40; nth += 1) {
      await scene.record(ill.id, {});
      await scene.record(well.id, {});
    }
    scene.move(10 * MINUTE_MS);
    const touch = (description: string) => (known: typeof ill) => ({ ...known, description });
    await scene.configuration.endpoints.update(well, touch('decoy'), somebody);
    await scene.configuration.endpoints.update(ill, touch('breaks it'), somebody);
    const [change] = await scene.ledger.changes({ limit: 1, descending: true });
    scene.move(MINUTE_MS);
    for (let nth = 0; nth < 40; nth += 1) {
      await scene.record(ill.id, { outcome: 'server_error', statusCode: 500 });
      await scene.record(well.id, {});
    }
    scene.move(MINUTE_MS);
    const { explanations } = await scene.firstAttempts();
    const [first] = explanations;
    assert.deepEqual(
      [first?.dimension, first?.value, first?.bad, first?.total],
      ['change in force', scene.idText.format('change', change?.id ?? 0), 40, 40],
    );
    assert.match(first?.about ?? '', /^endpoint .*updated by /);
  });

  test('a label of endpoints is a dimension, counted exactly', async (context) => {
    const scene = await openExplainScene(context);
    for (let nth = 0; nth < 6; nth += 1) {
      const region = nth < 3 ? 'eu' : 'us';
      const { id } = await scene.endpoint(`https://e${nth}.example/`, { region });
      for (let of = 0; of < 20; of += 1) {
        const isBad = region === 'eu' && of < 10;
        await scene.record(id, isBad ? { outcome: 'server_error', statusCode: 503 } : {});
      }
    }
    const label = (await scene.firstAttempts()).explanations[0];
    assert.deepEqual(
      [label?.dimension, label?.value, label?.bad, label?.total, label?.isExact],
      ['label region', 'eu', 30, 60, true],
    );
  });

  test('the arm of a canary that fails comes before its endpoint', async (context) => {
    const scene = await openExplainScene(context);
    const tried = await scene.endpoint('https://tried.example/');
    const other = await scene.endpoint('https://other.example/');
    for (let nth = 0; nth < 60; nth += 1) {
      await scene.record(tried.id, {});
      await scene.record(other.id, {});
      if (nth < 20) await scene.record(tried.id, { outcome: 'timeout', canaryId: 77 });
    }
    const arm = (await scene.firstAttempts()).explanations[0];
    assert.deepEqual(
      [arm?.dimension, arm?.value, arm?.bad, arm?.total],
      ['canary arm', `candidate of ${scene.idText.format('canary', 77)}`, 20, 20],
    );
  });
});

describe('explanations of what is late', () => {
  test('a slow first byte is named as the phase, with its host', async (context) => {
    const deadlineMs = 250;
    const scene = await openExplainScene(context, deadlineMs);
    const slowPort = await listen(context, answering(320), '127.0.0.1');
    const wellPort = await listen(context, answering(), '127.0.0.1');
    const transport = transportWith(context, () => ['127.0.0.1']);
    const slow = await scene.endpoint(`http://slow.test:${slowPort}/`);
    const well = await scene.endpoint(`http://well.test:${wellPort}/`);
    await send(scene, transport, slow, 10);
    await send(scene, transport, well, 40);
    scene.move(5 * MINUTE_MS);
    const { exact, explanations, symptoms } = await scene.explainer.explain({
      objective: { indicator: 'on_time', deadlineMs, slice: everything },
    });
    assert.deepEqual(exact, { total: 50, bad: 10 });
    assert.deepEqual(
      explanations.slice(0, 2).map(({ dimension, bad, total }) => [dimension, bad, total]),
      [
        ['endpoint', 10, 10],
        ['host', 10, 10],
      ],
    );
    const phase = symptoms.find(({ dimension }) => dimension === 'failure phase');
    assert.deepEqual([phase?.value, phase?.bad], ['first_byte', 10]);
    assert.deepEqual(phase?.mostlyAt, { host: `slow.test:${slowPort}`, bad: 10 });
  });
});
