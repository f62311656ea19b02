import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startHostileReceiver, type HostileReceiver } from '../../support/hostile-receiver.ts';
import { createCaller, type Caller, type HostileRequest } from '../../support/hostile-request.ts';
import { createScene, type Scene } from '../../support/hostile-scene.ts';
import { startHostileService, type HostileService } from '../../support/hostile-service.ts';

const MIB = 1_048_576;
/** Bytes that 1,500 requests may leave behind: 350 each, less than any of them brings along. */
const MOST_KEPT = MIB / 2;

let service: HostileService;
let receiver: HostileReceiver;
let caller: Caller;
let scene: Scene;

before(async () => {
  receiver = await startHostileReceiver();
  service = await startHostileService();
  caller = createCaller(service.url);
  scene = await createScene(service, receiver, 'memory');
});

after(async () => {
  caller.close();
  await service.stop();
  await receiver.close();
});

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** What is reachable: the heap of this process, service and test together, after all garbage is gone. */
function keptBytes(): number {
  for (let time = 0; time < 3; time += 1) collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** No two alike, so that whatever remembers them grows with each. */
const kinds: readonly ((nth: number) => HostileRequest)[] = [
  (nth) => as(`stranger-${nth}-${'t'.repeat(4000)}`, 'GET', '/app'),
  (nth) => as(`${scene.portalToken}${nth}${'t'.repeat(3500)}`, 'GET', '/app'),
  (nth) => as(service.token, 'GET', `/app/nobody-${nth}-${'u'.repeat(200)}`),
  (nth) =>
    as(
      service.token,
      'GET',
      `/app/${scene.applicationId}/endpoint/nothing-${nth}-${'u'.repeat(200)}`,
    ),
  (nth) =>
    as(
      service.token,
      'GET',
      `/app/${scene.applicationId}/msg?event_types=${Array.from({ length: 1 + (nth % 900) }, (_, index) => `t${index}`).join(',')}`,
    ),
  (nth) => as(service.token, 'GET', `/app/${scene.applicationId}/msg?${'q'.repeat(12_000)}=${nth}`),
  (nth) => as(service.token, 'GET', `/nowhere/${nth}/${'n'.repeat(12_000)}`),
  (nth) =>
    as(service.token, 'POST', '/app', { name: nth, filling: 'f'.repeat(20_000) }, `key-${nth}`),
  (nth) =>
    as(
      service.token,
      'POST',
      `/app/nobody-${nth}/msg`,
      { eventType: 'a', payload: { filling: 'f'.repeat(20_000) } },
      `key-${nth}`,
    ),
  (nth) =>
    as(
      scene.portalToken,
      'POST',
      `/app/nobody-${nth}/redrive`,
      { reason: `r${nth}` },
      `key-${nth}`,
    ),
  (nth) => as(service.token, 'POST', '/app', `{"name":"${'m'.repeat(20_000)}${nth}`, `key-${nth}`),
];

function as(
  token: string,
  method: string,
  path: string,
  body?: unknown,
  key?: string,
): HostileRequest {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  return {
    method,
    path: `/api/v1${path}`,
    headers: {
      authorization: `Bearer ${token}`,
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: text,
  };
}

async function sendMany(from: number, count: number): Promise<void> {
  const atOnce = 10;
  for (let nth = from; nth < from + count; nth += atOnce) {
    await Promise.all(
      Array.from({ length: atOnce }, async (_, index) => {
        const kind = kinds[(nth + index) % kinds.length];
        assert.ok(kind !== undefined);
        const { status } = await caller.send(kind(nth + index));
        assert.ok(status < 500, String(status));
      }),
    );
  }
}

test('memory does not grow with requests that come to nothing', async () => {
  // Code is compiled, caches with a bound are filled, connections are made.
  await sendMany(0, 3000);
  const before = keptBytes();
  await sendMany(3000, 1500);
  const kept = keptBytes() - before;
  assert.ok(kept < MOST_KEPT, `${(kept / MIB).toFixed(1)} MiB were kept`);
});
