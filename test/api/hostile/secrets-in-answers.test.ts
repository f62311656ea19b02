import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { routes } from '../../../src/api/index.ts';
import { exampleBody, fillPath, firstSpelling, headersFor } from '../../support/hostile-example.ts';
import { startHostileReceiver, type HostileReceiver } from '../../support/hostile-receiver.ts';
import { createCaller, type Caller, type HostileAnswer } from '../../support/hostile-request.ts';
import { createScene } from '../../support/hostile-scene.ts';
import {
  ENCRYPTION_KEY,
  startHostileService,
  type HostileService,
} from '../../support/hostile-service.ts';

let service: HostileService;
let receiver: HostileReceiver;
let caller: Caller;

before(async () => {
  receiver = await startHostileReceiver();
  service = await startHostileService();
  caller = createCaller(service.url);
});

after(async () => {
  caller.close();
  await service.stop();
  await receiver.close();
});

/** What a text would show of a secret: itself, or its bytes in other letters. */
function spellingsOf(secret: string): readonly string[] {
  const bare = secret.replace(/^whsec_/, '');
  const bytes = Buffer.from(bare, 'base64');
  return [secret, bare, bytes.toString('hex'), bytes.toString('base64url'), hash('sha256', secret)];
}

/** The one route that shows a secret, and the one that shows headers that are not sensitive. */
const SHOWS_SECRET = 'v1.endpoint.get-secret';
const SHOWS_HEADERS = 'v1.endpoint.get-headers';

describe('no answer shows a secret, a sensitive header, a token or a key', () => {
  for (const route of routes) {
    test(`${route.method} ${route.path}`, async () => {
      const scene = await createScene(service, receiver, 'secret');
      const body = exampleBody(route, scene);
      const { text } = await caller.send({
        method: route.method,
        path: fillPath(route, firstSpelling(scene)),
        headers: headersFor(service.token, body),
        body,
      });
      const { operationId } = route;
      const hidden = [
        ...(operationId === SHOWS_SECRET ? [] : spellingsOf(scene.secret)),
        ...(operationId === SHOWS_HEADERS ? [] : [scene.plainHeader]),
        scene.sensitiveHeader,
        ...spellingsOf(scene.notifierSecret),
        service.token,
        hash('sha256', service.token),
        scene.portalToken,
        ENCRYPTION_KEY,
      ];
      // Sealed ones neither: they are nobody's business.
      assert.doesNotMatch(text, /v1\.[0-9a-f]{8}\./);
      for (const each of hidden) assert.ok(!text.includes(each), `shows ${each}: ${text}`);
    });
  }
});

test('what is hidden is there to be seen by those routes that show it', async () => {
  const scene = await createScene(service, receiver, 'shown');
  const get = async (path: string): Promise<string> => {
    const headers = headersFor(service.token, undefined);
    const base = `/api/v1/app/${scene.applicationId}/endpoint/${scene.endpointId}`;
    const { text } = await caller.send({ method: 'GET', path: base + path, headers });
    return text;
  };
  assert.equal(JSON.parse(await get('/secret')).key, scene.secret);
  assert.deepEqual(JSON.parse(await get('/headers')), {
    headers: { 'X-Plain': scene.plainHeader },
    sensitive: ['Authorization'],
  });
});

describe('a refusal does not repeat the secret that it refuses', () => {
  const secrets = [
    'whsec_hushhush',
    'hushhush',
    `whsec_${'hush'.repeat(49)}`,
    'whsk_hushhush',
    'whpk_hushhush',
    'whsec_hush hush!',
    `whsec_${'hush'.repeat(60)}`,
  ];
  for (const secret of secrets) {
    test(secret.slice(0, 24), async () => {
      const scene = await createScene(service, receiver, 'refused');
      const endpoint = `/api/v1/app/${scene.applicationId}/endpoint`;
      const post = (path: string, body: object): Promise<HostileAnswer> => {
        const text = JSON.stringify(body);
        return caller.send({
          method: 'POST',
          path,
          headers: headersFor(service.token, text),
          body: text,
        });
      };
      const answers = [
        await post(endpoint, { url: 'http://127.0.0.1:9/', secret }),
        await post(`${endpoint}/${scene.endpointId}/secret/rotate`, { key: secret }),
      ];
      for (const { status, text } of answers) {
        assert.equal(status, 422, text);
        assert.ok(!text.includes('hush'), text);
      }
    });
  }
});

test('a refusal does not repeat the token that it refuses', async () => {
  const path = '/api/v1/app';
  const { text } = await caller.send({
    method: 'GET',
    path,
    headers: headersFor('hush-hush', undefined),
  });
  assert.ok(!text.includes('hush'), text);
});
