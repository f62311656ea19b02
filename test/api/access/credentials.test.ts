import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { errorTable } from '../../../src/core/index.ts';
import { routes } from '../../../src/api/index.ts';
import {
  exampleBody,
  fillPath,
  firstSpelling,
  headersFor,
  type Route,
} from '../../support/hostile-example.ts';
import { differences, watchLedger, type LedgerWatch } from '../../support/hostile-ledger.ts';
import { startHostileReceiver, type HostileReceiver } from '../../support/hostile-receiver.ts';
import { createCaller, type Caller, type HostileAnswer } from '../../support/hostile-request.ts';
import { createApi, createScene, prepare, type Scene } from '../../support/hostile-scene.ts';
import { startHostileService, type HostileService } from '../../support/hostile-service.ts';
import { signToken, tamperedToken, unsignedToken } from '../../support/hostile-tokens.ts';
import { until } from '../../support/service-until.ts';

let service: HostileService;
let receiver: HostileReceiver;
let ledger: LedgerWatch;
let caller: Caller;
let scene: Scene;
/** Values of the authorization header that are nobody's. */
let strangers: Readonly<Record<string, string | undefined>>;
let tokens: Readonly<Record<'read' | 'write' | 'admin' | 'portal', string>>;

before(async () => {
  receiver = await startHostileReceiver();
  service = await startHostileService();
  caller = createCaller(service.url);
  ledger = watchLedger(service.dataDir);
  const api = createApi(service);
  scene = await createScene(service, receiver, 'alpha');
  const other = await createScene(service, receiver, 'bravo');
  const token = async (scope: string): Promise<string> => {
    const made = await api('POST', '/token', { name: scope, scope });
    return made['token'];
  };
  tokens = {
    read: await token('read'),
    write: await token('write'),
    admin: await token('admin'),
    portal: scene.portalToken,
  };
  const { id, token: revoked } = await api('POST', '/token', { name: 'revoked', scope: 'admin' });
  await api('DELETE', `/token/${id}`);
  const { applicationId, portalToken } = scene;
  const bearer = (text: string): string => `Bearer ${text}`;
  strangers = {
    'no token': undefined,
    'an empty header': '',
    'the scheme alone': 'Bearer',
    'another scheme': `Basic ${Buffer.from(`admin:${service.token}`).toString('base64')}`,
    'the token without its scheme': service.token,
    'two tokens': `Bearer ${service.token} ${service.token}`,
    garbage: bearer('garbage'),
    'the admin token and one letter more': bearer(`${service.token}x`),
    'the admin token in other letters': bearer(service.token.toLowerCase()),
    'the hash of a token': bearer('a'.repeat(64)),
    'a token of 8 kB': bearer('x'.repeat(8192)),
    'a revoked token': bearer(revoked),
    'an expired token of a portal': bearer(
      await signToken({ applicationId, expiresInSeconds: -60 }),
    ),
    'a token that another key signed': bearer(
      await signToken({ applicationId, key: new Uint8Array(32) }),
    ),
    'a token that the sealing key itself signed': bearer(
      await signToken({ applicationId, key: Buffer.alloc(32, 7) }),
    ),
    'a token of another issuer': bearer(await signToken({ applicationId, issuer: 'elsewhere' })),
    'a token signed by another algorithm': bearer(
      await signToken({ applicationId, algorithm: 'HS512' }),
    ),
    'a token that nobody signed': bearer(unsignedToken(applicationId)),
    'a token with another application put in': bearer(
      tamperedToken(portalToken, other.applicationId),
    ),
    'a token for what is no application': bearer(
      await signToken({ applicationId: scene.endpointId }),
    ),
    'a token without its signature': bearer(portalToken.replace(/\.[^.]*$/, '.')),
  };
  await until(() => !ledger.isBusy(), 'the deliveries to end');
});

after(async () => {
  caller.close();
  ledger.close();
  await service.stop();
  await receiver.close();
});

function send(
  route: Route,
  authorization: string | undefined,
  method: string = route.method,
): Promise<HostileAnswer> {
  const body = exampleBody(route, scene);
  const headers = {
    ...headersFor(null, body),
    ...(authorization === undefined ? {} : { authorization }),
  };
  return caller.send({ method, path: fillPath(route, firstSpelling(scene)), headers, body });
}

function assertRefused(
  { status, text, type }: HostileAnswer,
  code: 'authentication_failed' | 'insufficient_access',
  who: string,
): void {
  assert.equal(status, errorTable[code][0], `${who}: ${status} ${text}`);
  assert.equal(type, 'application/json; charset=utf-8', who);
  assert.equal(JSON.parse(text).code, code, who);
}

/** Runs what must change nothing, whatever it asks for. */
async function unchanged(work: () => Promise<void>): Promise<void> {
  const before = ledger.dump();
  await work();
  assert.deepEqual(differences(before, ledger.dump()), []);
}

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const isReading = ({ method, changesNothing }: Route): boolean =>
  method === 'GET' || changesNothing === true;
const guarded = routes.filter(({ access }) => access !== 'public');

test('the forged tokens are refused for what is wrong with them, not for their form', async () => {
  const good = await signToken({ applicationId: scene.applicationId });
  const path = `/api/v1/app/${scene.applicationId}`;
  const { status } = await caller.send({
    method: 'GET',
    path,
    headers: headersFor(good, undefined),
  });
  assert.equal(status, 200);
});

describe('whoever has no valid token is refused and changes nothing', () => {
  for (const route of guarded) {
    test(nameOf(route), () =>
      unchanged(async () => {
        for (const [who, authorization] of Object.entries(strangers)) {
          assertRefused(await send(route, authorization), 'authentication_failed', who);
        }
      }),
    );
  }
});

describe('HEAD asks for the token that GET asks for', () => {
  for (const route of guarded.filter(isReading)) {
    test(nameOf(route), async () => {
      const { status } = await send(route, undefined, 'HEAD');
      assert.ok(status === 401 || status === 404, String(status));
    });
  }
});

describe('a token of scope read writes nothing', () => {
  for (const route of guarded.filter((each) => !isReading(each))) {
    test(nameOf(route), () =>
      unchanged(async () =>
        assertRefused(await send(route, `Bearer ${tokens.read}`), 'insufficient_access', 'read'),
      ),
    );
  }
});

describe('a token of scope read reads what is not for admins alone', () => {
  for (const route of guarded.filter((each) => isReading(each) && each.access !== 'admin')) {
    test(nameOf(route), async () => {
      await prepare(service, route, scene);
      const { status, text } = await send(route, `Bearer ${tokens.read}`);
      assert.equal(status, 200, text);
    });
  }
});

describe('only a token of scope admin reaches what is for admins', () => {
  const admin = guarded.filter(({ access }) => access === 'admin');
  assert.ok(admin.length > 0);
  for (const route of admin) {
    test(nameOf(route), async () => {
      await unchanged(async () => {
        for (const who of ['read', 'write', 'portal'] as const) {
          assertRefused(await send(route, `Bearer ${tokens[who]}`), 'insufficient_access', who);
        }
      });
      await prepare(service, route, scene);
      const { status, text } = await send(route, `Bearer ${tokens.admin}`);
      assert.ok(status < 300, `${status} ${text}`);
    });
  }
});

describe("an application's token does not reach what is for the whole organization", () => {
  for (const route of guarded.filter(({ access }) => access !== 'portal')) {
    test(nameOf(route), () =>
      unchanged(async () =>
        assertRefused(
          await send(route, `Bearer ${tokens.portal}`),
          'insufficient_access',
          'portal',
        ),
      ),
    );
  }
});

describe('what is public needs no token and minds none', () => {
  for (const route of routes.filter(({ access }) => access === 'public')) {
    test(nameOf(route), async () => {
      for (const [who, authorization] of Object.entries(strangers)) {
        const { status, text } = await send(route, authorization);
        assert.ok(status < 300, `${who}: ${status} ${text}`);
      }
    });
  }
});
