import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startHostileReceiver, type HostileReceiver } from '../../support/hostile-receiver.ts';
import { createApi, createScene, type Scene } from '../../support/hostile-scene.ts';
import { startHostileService, type HostileService } from '../../support/hostile-service.ts';

let service: HostileService;
let receiver: HostileReceiver;
let scene: Scene;
/** Everything that must be in no file, by what it is. */
let secrets: Readonly<Record<string, string>>;

const NEXT_SECRET = `whsec_${Buffer.from('the second secret of the test....').toString('base64')}`;

before(async () => {
  receiver = await startHostileReceiver();
  service = await startHostileService({ encryptionKey: '' });
  const api = createApi(service);
  scene = await createScene(service, receiver, 'rest');
  const app = `/app/${scene.applicationId}`;
  await api('POST', `${app}/endpoint/${scene.endpointId}/secret/rotate`, { key: NEXT_SECRET });
  await api('POST', `${app}/endpoint`, {
    url: 'http://127.0.0.1:9/',
    headers: { 'X-At-Once': 'given-at-creation' },
  });
  const { token } = await api('POST', '/token', { name: 'at rest', scope: 'write' });
  // Answers under a key are kept, and these two hold a token.
  const keyed = async (path: string, body: object, key: string): Promise<string> => {
    const response = await fetch(`${service.url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${service.token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
    });
    return JSON.parse(await response.text()).token;
  };
  secrets = {
    'the first secret': scene.secret,
    'its bytes': Buffer.from(scene.secret.slice(6), 'base64').toString('latin1'),
    'the second secret': NEXT_SECRET,
    'its bytes too': Buffer.from(NEXT_SECRET.slice(6), 'base64').toString('latin1'),
    'the value of a header': scene.plainHeader,
    'the value of a sensitive header': scene.sensitiveHeader,
    'the value of a header given at creation': 'given-at-creation',
    'the name of a header': 'X-At-Once',
    'a token': token,
    'a token made under a key': await keyed('/token', { name: 'keyed', scope: 'read' }, 'first'),
    "a portal's token": scene.portalToken,
    "a portal's token made under a key": await keyed(
      `/auth/app-portal-access/${scene.applicationId}`,
      {},
      'second',
    ),
  };
});

after(async () => {
  await service.stop();
  await receiver.close();
});

const files = (): readonly string[] =>
  readdirSync(service.dataDir, { recursive: true, encoding: 'utf8' })
    .map((name) => join(service.dataDir, name))
    .filter((path) => statSync(path).isFile());

const everything = (): Buffer => Buffer.concat(files().map((path) => readFileSync(path)));

test('what the files do hold can be found in them', () => {
  assert.ok(everything().includes(scene.mark));
  assert.ok(everything().includes(`${scene.mark} payload`));
});

describe('no file of the ledger holds in clear', () => {
  const names = [
    'the first secret',
    'its bytes',
    'the second secret',
    'its bytes too',
    'the value of a header',
    'the value of a sensitive header',
    'the value of a header given at creation',
    'the name of a header',
    'a token',
    'a token made under a key',
    "a portal's token",
    "a portal's token made under a key",
  ];
  for (const name of names) {
    test(name, () => {
      const secret = secrets[name] ?? '';
      assert.ok(secret.length > 5, 'there is nothing to look for');
      assert.ok(!everything().includes(Buffer.from(secret, 'latin1')));
    });
  }
});

test('the key and the first token are files that only their owner reads', () => {
  const own = files().filter((path) => /(?:key|admin-token)$/.test(path));
  assert.equal(own.length, 2, own.join());
  for (const path of own) assert.equal(statSync(path).mode & 0o777, 0o600, path);
});
