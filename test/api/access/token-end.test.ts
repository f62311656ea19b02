import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startHostileReceiver, type HostileReceiver } from '../../support/hostile-receiver.ts';
import { createApi, createScene, type Scene } from '../../support/hostile-scene.ts';
import { startHostileService, type HostileService } from '../../support/hostile-service.ts';
import { until } from '../../support/service-until.ts';

/** The service keeps what it knows of a token for two seconds; the rest is for a busy machine. */
const SOON_MS = 5000;

let service: HostileService;
let receiver: HostileReceiver;

before(async () => {
  receiver = await startHostileReceiver();
  service = await startHostileService();
});

after(async () => {
  await service.stop();
  await receiver.close();
});

async function statusOf(token: string, path: string, method = 'GET'): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${service.url}/api/v1${path}`, { method, headers });
  await response.arrayBuffer();
  return response.status;
}

const refused = (token: string, path: string): Promise<boolean> =>
  until(async () => (await statusOf(token, path)) === 401, 'the token to be refused', SOON_MS);

const newScene = (name: string): Promise<Scene> => createScene(service, receiver, name);

test('a revoked token is refused soon, also where it was in use a moment before', async () => {
  const api = createApi(service);
  const { id, token } = await api('POST', '/token', { name: 'leaver', scope: 'admin' });
  assert.equal(await statusOf(token, '/app'), 200);
  await api('DELETE', `/token/${id}`);
  await refused(token, '/app');
  assert.equal(await statusOf(service.token, '/app'), 200);
});

test('logging out ends the token of this request and no other', async () => {
  const { applicationUid, portalToken } = await newScene('logout');
  const path = `/app/${applicationUid}`;
  const another = await createApi(service)('POST', `/auth/app-portal-access/${applicationUid}`, {});
  assert.equal(await statusOf(portalToken, path), 200);
  assert.equal(await statusOf(portalToken, '/auth/logout', 'POST'), 204);
  await refused(portalToken, path);
  assert.equal(await statusOf(another['token'], path), 200);
});

test('logging out twice at once is no error', async () => {
  const { portalToken } = await newScene('twice');
  const statuses = await Promise.all(
    Array.from({ length: 8 }, () => statusOf(portalToken, '/auth/logout', 'POST')),
  );
  // One that comes after another has ended the token is a stranger's; none is a conflict, or a fault of ours.
  assert.ok(statuses.includes(204), statuses.join(' '));
  assert.deepEqual(new Set([...statuses, 401]), new Set([204, 401]));
});

test("a service's own token is not ended by logging out", async () => {
  const api = createApi(service);
  const { token } = await api('POST', '/token', { name: 'stayer', scope: 'write' });
  assert.equal(await statusOf(token, '/auth/logout', 'POST'), 204);
  assert.equal(await statusOf(token, '/app'), 200);
});

test("a deleted application's token reaches nothing any more", async () => {
  const { applicationId, portalToken } = await newScene('gone');
  assert.equal(await statusOf(portalToken, '/event-type'), 200);
  await createApi(service)('DELETE', `/app/${applicationId}`);
  await refused(portalToken, '/event-type');
  assert.equal(await statusOf(portalToken, `/app/${applicationId}`), 401);
});
