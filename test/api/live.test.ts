import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { fastify } from 'fastify';
import { openEventStream, MOST_UNREAD_BYTES } from '../../src/api/live/event-stream.ts';
import { createBrowser } from '../support/browser.ts';
import { watchLive } from '../support/live.ts';
import { startReceiver, type Receiver } from '../support/service-receiver.ts';
import { TestScope } from '../support/service-scope.ts';
import { createApplication, startTestService, type TestService } from '../support/service.ts';
import { until } from '../support/service-until.ts';

const scope = new TestScope();
let service: TestService;
let receiver: Receiver;

before(async () => {
  receiver = await startReceiver(scope);
  service = await startTestService(scope);
  for (const uid of ['acme', 'other']) {
    await createApplication(service, uid, { [`${uid}-ep`]: receiver.origin });
  }
});
after(() => scope.end());

async function send(uid: string): Promise<string> {
  const body = { eventType: 'invoice.paid', payload: { n: 1 } };
  const { json } = await service.call('POST', `/api/v1/app/${uid}/msg`, body);
  return json.id;
}

describe('the live stream', () => {
  test('is told to whoever may read, as events that no proxy keeps back', async (t) => {
    const live = await watchLive(t, service);
    assert.equal(live.status, 200);
    assert.equal(live.headers['content-type'], 'text/event-stream; charset=utf-8');
    assert.equal(live.headers['cache-control'], 'no-store');
    assert.equal(live.headers['x-accel-buffering'], 'no');
    await until(() => live.text().startsWith('retry: '), 'the first line');
  });

  test('tells how things stand, each second', async (t) => {
    const live = await watchLive(t, service, '?topics=figures');
    await send('acme');
    const figures = await live.next('figures', ({ successShare }) => successShare === 1);
    for (const name of ['acceptedPerSecond', 'deliveredPerSecond', 'lagMs', 'pending']) {
      assert.equal(typeof figures[name], 'number', name);
    }
    assert.deepEqual(
      [figures.unaccounted, figures.openAlerts, figures.openIncidents],
      [0, 0, 0],
      JSON.stringify(figures),
    );
    const first = live.events.length;
    await until(() => live.events.length >= first + 2, 'two more seconds');
    assert.ok(live.events.every(({ event }) => event === 'figures'));
  });

  test('tells whoever comes later how things stood in the last second, before the next is over', async (t) => {
    const first = await watchLive(t, service, '?topics=figures');
    await first.next('figures');
    await until(async () => {
      const cameAt = Date.now();
      const later = await watchLive(t, service, '?topics=figures');
      const { at } = await later.next('figures');
      later.close();
      return Date.parse(at) < cameAt;
    }, 'figures from before');
  });

  test('tells of each attempt once it is stored, of all applications or of one', async (t) => {
    const all = await watchLive(t, service, '?topics=attempts');
    const one = await watchLive(t, service, '?topics=attempts&app_id=other');
    const messageId = await send('acme');
    const ofOther = await send('other');
    const attempt = await all.next('attempt', (data) => data.messageId === messageId);
    assert.deepEqual(
      [attempt.outcome, attempt.state, attempt.statusCode, attempt.attempt, attempt.eventType],
      ['delivered', 'delivered', 200, 1, 'invoice.paid'],
    );
    const stored = await service.call('GET', `/api/v1/app/acme/attempt/msg/${messageId}`);
    assert.equal(stored.json.data[0].id, attempt.id);
    await one.next('attempt', (data) => data.messageId === ofOther);
    assert.deepEqual(
      one.events.map(({ data }) => data.messageId),
      [ofOther],
    );
  });

  test('tells fifty attempts a second at most, and how many more there were', async (t) => {
    const live = await watchLive(t, service, '?topics=attempts');
    await Promise.all(Array.from({ length: 120 }, () => send('acme')));
    const told = (): number => {
      const attempts = live.events.filter(({ event }) => event === 'attempt').length;
      const skipped = live.events
        .filter(({ event }) => event === 'skipped')
        .reduce((sum, { data }) => sum + Number(data.count), 0);
      return attempts + skipped;
    };
    await until(() => told() === 120, 'all to be told or counted');
    assert.ok(live.events.some(({ event }) => event === 'skipped'));
  });

  test('names changes and incidents to look at again, also where a note is all that is new', async (t) => {
    const live = await watchLive(t, service, '?topics=changes,incidents,figures');
    const made = await service.call('POST', '/api/v1/app', { name: 'new', uid: 'new-one' });
    assert.equal(made.status, 201);
    const { id } = await live.next('change');
    const change = await service.call('GET', `/api/v1/change/${id}`);
    assert.equal(change.json.items[0].subjectId, made.json.id);
    const opened = await service.call('POST', '/api/v1/incident', {
      title: 'Nobody is paid',
      severity: 2,
    });
    assert.equal(opened.status, 201, opened.text);
    await live.next('incident', (data) => data.id === opened.json.id);
    // Of one that ended nothing is written by itself any more.
    const declined = await service.call('POST', `/api/v1/incident/${opened.json.id}/decline`, {
      reason: 'It was a rehearsal.',
    });
    assert.ok(declined.status < 300, declined.text);
    const count = (wanted: string): number =>
      live.events.filter(({ event }) => event === wanted).length;
    const seconds = count('figures');
    await until(() => count('figures') >= seconds + 2, 'all to be told');
    const before = count('incident');
    const noted = await service.call('POST', `/api/v1/incident/${opened.json.id}/timeline`, {
      text: 'We look at it.',
    });
    assert.ok(noted.status < 300, noted.text);
    await until(() => count('incident') > before, 'the note to be told of', 5000);
  });

  test('comes to a browser by its cookie, and ends with its session', async (t) => {
    const browser = createBrowser(service);
    await browser.signIn(service.token);
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const live = await watchLive(t, service, '?topics=figures', { cookie });
    assert.equal(live.status, 200);
    await live.next('figures');
    await browser.send('DELETE', '/session');
    await until(live.hasEnded, 'the stream to end', 25_000);
  });
});

describe('of the live stream', () => {
  test('a token for one application sees its attempts alone', async (t) => {
    const access = await service.call('POST', '/api/v1/auth/app-portal-access/acme', {});
    const headers = { authorization: `Bearer ${access.json.token}` };
    const live = await watchLive(t, service, '', headers);
    const foreign = await send('other');
    const own = await send('acme');
    await live.next('attempt', (data) => data.messageId === own);
    assert.ok(live.events.every(({ event }) => event === 'attempt'));
    assert.ok(live.events.every(({ data }) => data.messageId !== foreign));
    for (const query of ['?topics=figures', '?topics=attempts,changes']) {
      assert.equal((await watchLive(t, service, query, headers)).status, 403);
    }
    assert.equal((await watchLive(t, service, '?app_id=other', headers)).status, 404);
  });

  test('a session of the portal sees its application’s attempts alone, also in the browser of an operator', async (t) => {
    const browser = createBrowser(service);
    await browser.signIn(service.token);
    const asPortal = { 'x-holdfast-session': 'portal' };
    const access = await service.call('POST', '/api/v1/auth/app-portal-access/acme', {});
    const opened = await browser.send('POST', '/session', {
      body: { token: access.json.token },
      headers: asPortal,
    });
    assert.equal(opened.status, 200, opened.text);
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const watch = (query: string) => watchLive(t, service, query, { ...asPortal, cookie });
    const live = await watch('?topics=attempts');
    const named = await watch('?topics=attempts&app_id=acme');
    const foreign = await send('other');
    const own = await send('acme');
    for (const reader of [live, named]) {
      await reader.next('attempt', (data) => data.messageId === own);
      assert.doesNotMatch(reader.text(), new RegExp(foreign));
    }
    assert.equal((await watch('?topics=changes')).status, 403);
    assert.equal((await watch('?topics=attempts&app_id=other')).status, 404);
  });

  test('owners leave places for operators, and those of one application for others', async (t) => {
    const own = await startTestService(t);
    const headersOf = async (uid: string) => {
      await createApplication(own, uid);
      const access = await own.call('POST', `/api/v1/auth/app-portal-access/${uid}`, {});
      return { authorization: `Bearer ${access.json.token}` };
    };
    const watched = async (headers: Readonly<Record<string, string>>, times: number) => {
      const statuses = [];
      for (let nth = 0; nth < times; nth += 1) {
        statuses.push((await watchLive(t, own, '', headers)).status);
      }
      return statuses;
    };
    const first = await watched(await headersOf('app-0'), 21);
    assert.deepEqual([first.lastIndexOf(200), first[20]], [19, 503], 'twenty of one');
    for (let nth = 1; nth <= 6; nth += 1) {
      const statuses = await watched(await headersOf(`app-${nth}`), 20);
      assert.ok(statuses.every((status) => status === 200));
    }
    const last = await watched(await headersOf('app-7'), 11);
    assert.deepEqual([last.lastIndexOf(200), last[10]], [9, 503], 'a hundred and fifty of all');
    assert.equal((await watchLive(t, own)).status, 200, 'an operator');
  });

  test('strangers, and questions that make no sense, get none', async (t) => {
    assert.equal((await watchLive(t, service, '', {})).status, 401);
    assert.equal((await watchLive(t, service, '', { authorization: 'Bearer x' })).status, 401);
    assert.equal((await watchLive(t, service, '?topics=payloads')).status, 422);
    assert.equal((await watchLive(t, service, '?app_id=nobody')).status, 404);
  });

  test('stopping ends every connection at once', async (t) => {
    const own = await startTestService(t, { drainMs: 20_000 });
    const readers = await Promise.all(Array.from({ length: 5 }, () => watchLive(t, own)));
    const startedAt = performance.now();
    await own.stop();
    await until(() => readers.every(({ hasEnded }) => hasEnded()), 'all to end', 5000);
    assert.ok(performance.now() - startedAt < 10_000);
  });

  test('no more than two hundred connections are open, and one that leaves makes room', async (t) => {
    const own = await startTestService(t);
    const readers = [];
    for (let nth = 0; nth < 200; nth += 1) {
      readers.push(await watchLive(t, own, '?topics=attempts'));
    }
    assert.ok(readers.every(({ status }) => status === 200));
    const refused = await watchLive(t, own);
    assert.equal(refused.status, 503);
    assert.ok(Number(refused.headers['retry-after']) > 0);
    readers[0]?.close();
    await until(async () => {
      const reader = await watchLive(t, own, '?topics=attempts');
      return reader.status === 200;
    }, 'a place');
  });
});

test('a reader that reads no more is dropped, and what it did not read is let go', async (t) => {
  let closed = 0;
  const stream = openEventStream(() => (closed += 1));
  const server = fastify();
  t.after(() => server.close());
  server.get('/', (_request, reply) => reply.type('text/event-stream').send(stream.body));
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  t.after(() => socket.destroy());
  await once(socket, 'connect');
  const answered = once(socket, 'data');
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  stream.write('event: first\ndata: 1\n\n');
  const [first] = await answered;
  assert.match(String(first), /200 OK/);
  socket.pause();
  const chunk = `data: ${'x'.repeat(60_000)}\n\n`;
  let written = 0;
  // The systems' buffers between them take a few MB first.
  await until(() => {
    stream.write(chunk);
    written += chunk.length;
    return closed === 1;
  }, 'the reader to be dropped');
  assert.ok(written > MOST_UNREAD_BYTES, String(written));
  assert.ok(stream.body.destroyed);
  socket.resume();
  await once(socket, 'close');
});

test('a connection that takes nothing is closed once so much is unread', async () => {
  let closed = 0;
  const stream = openEventStream(() => (closed += 1));
  stream.write('x'.repeat(MOST_UNREAD_BYTES));
  assert.equal(stream.body.destroyed, false);
  stream.write('one more');
  await until(() => closed === 1, 'it to close');
  assert.equal(stream.body.destroyed, true);
  stream.write('after');
  stream.end();
  assert.equal(closed, 1);
});
