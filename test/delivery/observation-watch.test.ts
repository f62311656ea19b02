import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createIdSource, seededRandom, systemClock, type Log } from '../../src/core/index.ts';
import {
  createAddressGuard,
  createAddressWatch,
  createUndiciTransport,
  createVersionWatch,
  parseVersionHeaders,
} from '../../src/delivery/index.ts';
import { createResolver } from '../../src/delivery/resolver.ts';
import { openMemoryLedger, openSqliteLedger, type Ledger } from '../../src/ledger/index.ts';
import { startNameServer } from '../support/name-server.ts';
import { temporaryFolder } from '../support/service.ts';
import { startReceiver, type Receiver } from '../support/service-receiver.ts';
import { until } from '../support/service-until.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ALL = { limit: 100, descending: false };

type Shown = Readonly<Record<string, readonly string[]>>;

type Scene = {
  readonly receiver: Receiver;
  /** host:port of it */
  readonly peer: string;
  /** What its name is resolved to from now on. */
  addresses: readonly string[];
  /** What it answers with from now on. */
  status: number;
  headers: Readonly<Record<string, string | readonly string[]>>;
  readonly ledger: Ledger;
  readonly end: () => Promise<void>;
  /** Writes into the ledger so far. */
  readonly observed: () => number;
  move(byMs: number): void;
  /** A request on a new connection; resolves when what it showed is written down. */
  post(): Promise<void>;
  told(kind: 'address' | 'server'): Promise<readonly (readonly [Shown, Shown])[]>;
};

type Life = { readonly dataDir?: string; readonly receiver?: Receiver; readonly aheadMs?: number };

async function openScene(context: TestContext, life: Life = {}): Promise<Scene> {
  let { aheadMs = 0 } = life;
  const clock = { ...systemClock, now: () => Date.now() + aheadMs };
  const { dataDir } = life;
  const ledger =
    dataDir === undefined
      ? openMemoryLedger({ clock, random: seededRandom(1) })
      : await openSqliteLedger({ dataDir, maxBytes: 0 });
  let observed = 0;
  const pending = new Set<Promise<unknown>>();
  const counting: Pick<Ledger, 'observe'> = {
    observe(request) {
      observed += 1;
      const result = ledger.observe(request);
      pending.add(result);
      return result;
    },
  };
  const log: Log = {
    debug() {},
    info() {},
    warn: (fields) => assert.fail(JSON.stringify(fields)),
    error: (fields) => assert.fail(JSON.stringify(fields)),
  };
  const names = await startNameServer(context, (_, type) =>
    type === 'A' ? scene.addresses : 'NXDOMAIN',
  );
  const guard = createAddressGuard({
    allowedSubnets: ['127.0.0.0/8'],
    resolve: createResolver({ servers: [names.address], search: [] }),
  });
  const ids = createIdSource(clock, 0, ledger.newestId);
  const parts = { ledger: counting, clock, ids, log, learnMs: HOUR_MS };
  const transport = createUndiciTransport(
    guard,
    { attemptTimeoutMs: 10_000, responseLimitBytes: 65_536, responseSnippetBytes: 1024 },
    {
      addresses: createAddressWatch(parts),
      versions: createVersionWatch(parseVersionHeaders('server, Via,x-powered-by'), parts),
    },
  );
  const receiver = life.receiver ?? (await startReceiver(context));
  receiver.answer = (response) => {
    for (const [name, value] of Object.entries(scene.headers)) response.setHeader(name, value);
    response.writeHead(scene.status, { connection: 'close' }).end('thanks');
  };
  let ended: Promise<void> | undefined;
  const end = (): Promise<void> => (ended ??= transport.close().then(() => ledger.close()));
  context.after(end);
  const { port } = new URL(receiver.origin);
  const scene: Scene = {
    receiver,
    peer: `receiver.test:${port}`,
    addresses: ['127.0.0.1'],
    status: 200,
    headers: {},
    ledger,
    end,
    observed: () => observed,
    move: (byMs) => void (aheadMs += byMs),
    async post() {
      const origin = `http://receiver.test:${port}`;
      const answer = await transport.send({ origin, path: '/', headers: [], body: '{}' });
      assert.equal(answer.statusCode, scene.status);
      await Promise.all(pending);
    },
    async told(kind) {
      const changes = await ledger.changes({ ...ALL, kind });
      return changes.map(({ items: [item] }) => {
        assert.equal(item?.subject, scene.peer);
        return [JSON.parse(item.before ?? ''), JSON.parse(item.after ?? '')];
      });
    },
  };
  return scene;
}

test('a name that leads elsewhere is one observed change, with the addresses before and after', async (context) => {
  const scene = await openScene(context);
  await scene.post();
  scene.move(DAY_MS);
  scene.addresses = ['127.7.0.2', '127.0.0.1', '127.7.0.1'];
  for (let count = 0; count < 3; count += 1) await scene.post();
  assert.deepEqual(await scene.told('address'), [
    [{ addresses: ['127.0.0.1'] }, { addresses: ['127.7.0.1', '127.7.0.2', '127.0.0.1'] }],
  ]);
  assert.deepEqual(await scene.told('server'), []);
});

test('addresses by turns, parts of a pool, and neighbours are no change', async (context) => {
  const scene = await openScene(context);
  const pool = ['127.0.0.1', '127.0.1.1', '127.0.2.1', '127.0.3.1', '127.0.4.1', '127.0.5.1'];
  const random = seededRandom(7);
  for (const address of pool) {
    scene.addresses = ['127.0.0.1', address];
    await scene.post();
  }
  const learned = scene.observed();
  scene.move(2 * HOUR_MS);
  for (let count = 0; count < 20; count += 1) {
    const some = pool.filter(() => random.next() < 0.5);
    scene.addresses = [...some, '127.0.0.77', '127.0.0.1'].toSorted(() => random.next() - 0.5);
    await scene.post();
  }
  assert.ok(scene.observed() <= learned + pool.length, `${scene.observed()} writes`);
  assert.deepEqual(await scene.told('address'), []);
});

test('an address literal, which nobody looks up, is not observed', async (context) => {
  const scene = await openScene(context);
  await scene.post();
  const observed = scene.observed();
  const watch: string[] = [];
  const transport = createUndiciTransport(
    createAddressGuard({ allowedSubnets: ['127.0.0.0/8'] }),
    { attemptTimeoutMs: 10_000, responseLimitBytes: 65_536, responseSnippetBytes: 1024 },
    { addresses: { observe: (peer) => void watch.push(peer) } },
  );
  context.after(() => transport.close());
  await transport.send({ origin: scene.receiver.origin, path: '/', headers: [], body: '{}' });
  assert.deepEqual([watch, scene.observed()], [[], observed]);
});

test('another version is one observed change of the headers that are watched', async (context) => {
  const scene = await openScene(context);
  scene.headers = { server: 'nginx/1.24', 'x-powered-by': 'PHP/8.2', 'set-cookie': 'a=secret' };
  await scene.post();
  scene.move(DAY_MS);
  scene.headers = { server: 'nginx/1.26', 'x-powered-by': 'PHP/8.2', 'set-cookie': 'b=secret' };
  for (let count = 0; count < 3; count += 1) await scene.post();
  scene.headers = {};
  await scene.post();
  assert.deepEqual(await scene.told('server'), [
    [{ server: ['nginx/1.24'] }, { server: ['nginx/1.26'] }],
  ]);
});

test('an answer as before costs no write, but one a day', async (context) => {
  const scene = await openScene(context);
  scene.headers = { server: 'nginx/1.24', via: '1.1 varnish' };
  await scene.post();
  const first = scene.observed();
  for (let count = 0; count < 5; count += 1) await scene.post();
  assert.equal(scene.observed(), first);
  scene.move(DAY_MS);
  for (let count = 0; count < 5; count += 1) await scene.post();
  assert.equal(scene.observed(), 2 * first);
});

test('machines of two versions by turns, and what stands before them, are no change', async (context) => {
  const scene = await openScene(context);
  const machines = ['a/1', 'a/2', 'a/3'];
  for (const server of machines) {
    scene.headers = { server, via: '1.1 d4f0c2a19b3e.cdn.test' };
    await scene.post();
  }
  scene.move(2 * HOUR_MS);
  for (const [count, server] of [...machines, ...machines].entries()) {
    scene.headers = { server, via: `1.1 e${count}90c2a19b3e.cdn.test` };
    await scene.post();
  }
  for (const status of [403, 429, 502, 503, 504]) {
    scene.status = status;
    scene.headers = { server: 'gateway' };
    await scene.post();
  }
  assert.deepEqual(await scene.told('server'), []);
});

test('what is new within the hour of a change is told when the hour is over', async (context) => {
  const scene = await openScene(context);
  scene.headers = { server: 'a/1' };
  await scene.post();
  scene.move(DAY_MS);
  for (const server of ['a/2', 'a/3']) {
    scene.headers = { server };
    await scene.post();
  }
  assert.equal((await scene.told('server')).length, 1);
  scene.move(HOUR_MS + 1);
  await scene.post();
  const told = await scene.told('server');
  assert.deepEqual(told.at(1), [{ server: ['a/2'] }, { server: ['a/3'] }]);
});

test('hostile values are cut and made harmless, and fill neither the list nor the disk', async (context) => {
  const scene = await openScene(context);
  scene.headers = { server: 'a/1' };
  await scene.post();
  scene.move(DAY_MS);
  scene.headers = { server: 'é'.repeat(4000), 'x-powered-by': ['one', 'two\tthree'] };
  await scene.post();
  const after = (await scene.told('server')).at(0)?.[1] ?? {};
  const [value = ''] = after['server'] ?? [];
  assert.equal(value.length, 128);
  scene.move(DAY_MS);
  const before = scene.observed();
  for (let count = 0; count < 200; count += 1) {
    scene.headers = { server: `${count}`, 'x-powered-by': `__proto__${count}` };
    await scene.post();
  }
  assert.ok(scene.observed() - before <= 20, `${scene.observed() - before} writes`);
  assert.ok((await scene.told('server')).length <= 3);
});

test('what was known outlives a restart, and what changed meanwhile is told', async (context) => {
  const dataDir = temporaryFolder(context);
  const first = await openScene(context, { dataDir });
  first.headers = { server: 'a/1' };
  await first.post();
  await first.end();
  const { receiver } = first;
  const second = await openScene(context, { dataDir, receiver, aheadMs: DAY_MS });
  second.addresses = ['127.0.9.1', '127.0.0.1'];
  second.headers = { server: 'a/1' };
  await second.post();
  second.headers = { server: 'a/2' };
  await second.post();
  assert.deepEqual(await second.told('server'), [[{ server: ['a/1'] }, { server: ['a/2'] }]]);
  assert.deepEqual(await second.told('address'), [
    [{ addresses: ['127.0.0.1'] }, { addresses: ['127.0.9.1', '127.0.0.1'] }],
  ]);
});

test('a failure to write is tried again, and fails no attempt', async () => {
  let aheadMs = 0;
  const clock = { ...systemClock, now: () => Date.now() + aheadMs };
  let tries = 0;
  let warnings = 0;
  const watch = createVersionWatch(['server'], {
    ledger: {
      observe() {
        tries += 1;
        return Promise.reject(new Error('the disk is full'));
      },
    },
    clock,
    ids: createIdSource(clock),
    log: { debug() {}, info() {}, warn: () => void (warnings += 1), error() {} },
    learnMs: 0,
  });
  for (const expected of [1, 2]) {
    watch.observe('https://a.test', 200, { server: 'a/1' });
    await until(() => warnings === expected, 'the warning');
    watch.observe('https://a.test', 200, { server: 'a/1' });
    assert.equal(tries, expected);
    aheadMs += 60_001;
  }
});

test('headers that may hold secrets cannot be watched', () => {
  assert.deepEqual(parseVersionHeaders(' Server,via,,server'), ['server', 'via']);
  assert.deepEqual(parseVersionHeaders(''), []);
  for (const name of ['set-cookie', 'authorization', 'x-api-key', 'x-csrf-token', 'a b', 'ü']) {
    assert.throws(() => parseVersionHeaders(`server,${name}`), { code: 'config_invalid' }, name);
  }
  const many = Array.from({ length: 17 }, (_, nth) => `x-${nth}`).join(',');
  assert.throws(() => parseVersionHeaders(many), { code: 'config_invalid' });
});
