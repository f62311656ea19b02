import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { routes } from '../../../src/api/index.ts';
import {
  exampleBody,
  fieldKinds,
  fieldsOf,
  fillPath,
  firstSpelling,
  headersFor,
  ownedPlaces,
  ownNames,
  placeKinds,
  placesOf,
  schemaOf,
  type Route,
} from '../../support/hostile-example.ts';
import { differences, watchLedger, type LedgerWatch } from '../../support/hostile-ledger.ts';
import { startHostileReceiver, type HostileReceiver } from '../../support/hostile-receiver.ts';
import { createCaller, type Caller, type HostileAnswer } from '../../support/hostile-request.ts';
import { createScene, prepare, type Scene } from '../../support/hostile-scene.ts';
import { startHostileService, type HostileService } from '../../support/hostile-service.ts';
import { until } from '../../support/service-until.ts';

let service: HostileService;
let receiver: HostileReceiver;
let ledger: LedgerWatch;
let caller: Caller;
/** Two customers: nothing of B may ever be seen or changed through A. */
let a: Scene;
let b: Scene;

before(async () => {
  receiver = await startHostileReceiver();
  service = await startHostileService();
  caller = createCaller(service.url);
  ledger = watchLedger(service.dataDir);
  a = await createScene(service, receiver, 'alpha');
  b = await createScene(service, receiver, 'bravo');
  await quiet();
});

after(async () => {
  caller.close();
  ledger.close();
  await service.stop();
  await receiver.close();
});

const quiet = async (): Promise<unknown> => until(() => !ledger.isBusy(), 'the deliveries to end');

const ofApplications = routes.filter(({ path }) => path.includes('{app_id}'));

type Attack = {
  readonly token: 'portal' | 'admin';
  readonly path: string;
  readonly query: string;
  readonly body: string | undefined;
  /** In the path, where what is not found must be said; in a field it may also just find nothing. */
  readonly isInPath: boolean;
  readonly isUid: boolean;
};

/** Every way to put something of B where something of A belongs. */
function attacksOn(route: Route): readonly Attack[] {
  const own = firstSpelling(a);
  const foreign = firstSpelling(b);
  const body = exampleBody(route, a);
  const attacks: Attack[] = [];
  const attack = (tokens: readonly Attack['token'][], given: Partial<Attack>): void => {
    for (const token of tokens) {
      attacks.push({
        token,
        path: fillPath(route, own),
        query: '',
        body,
        isInPath: true,
        isUid: false,
        ...given,
      });
    }
  };

  // B's application with all of B's rows, and with all of A's.
  for (const application of placeKinds['app_id']?.(b) ?? []) {
    for (const inner of [own, foreign]) {
      const path = fillPath(route, (place) => (place === 'app_id' ? application : inner(place)));
      attack(['portal'], { path });
    }
  }
  // A's application with B's rows: one at a time, then all at once.
  const innerPlaces = placesOf(route).filter(
    (place) => place !== 'app_id' && ownedPlaces.includes(place),
  );
  for (const place of innerPlaces) {
    for (const [index, spelling] of (placeKinds[place]?.(b) ?? []).entries()) {
      const path = fillPath(route, (name) => (name === place ? spelling : own(name)));
      attack(['portal', 'admin'], { path, isUid: index > 0 });
    }
  }
  if (innerPlaces.length > 1) {
    const path = fillPath(route, (place) => (place === 'app_id' ? own(place) : foreign(place)));
    attack(['portal', 'admin'], { path });
  }
  // What A may ask anyway, which must not bring B's along.
  if (route.method === 'GET') {
    attack(['portal', 'admin'], { isInPath: false });
    attack(['portal', 'admin'], { query: '?limit=250', isInPath: false });
  }
  // B's rows in fields of A's own requests.
  for (const name of fieldsOf(schemaOf(route.query))) {
    for (const spelling of fieldKinds[name]?.(b) ?? []) {
      attack(['portal', 'admin'], { query: `?${name}=${spelling}`, isInPath: false });
    }
  }
  for (const name of fieldsOf(schemaOf(route.body))) {
    for (const spelling of fieldKinds[name]?.(b) ?? []) {
      const changed = JSON.stringify({ ...JSON.parse(body ?? '{}'), [name]: spelling });
      attack(['portal', 'admin'], { body: changed, isInPath: false });
    }
  }
  return attacks;
}

async function send(route: Route, { token, path, query, body }: Attack): Promise<HostileAnswer> {
  const bearer = token === 'portal' ? a.portalToken : service.token;
  return caller.send({
    method: route.method,
    path: path + query,
    headers: headersFor(bearer, body),
    body,
  });
}

function assertNothingOfB(answer: HostileAnswer, given: string, what: string): void {
  assert.ok(!answer.text.includes(b.mark), `${what} shows what is B's: ${answer.text}`);
  const ids = Object.keys(placeKinds)
    .filter((kind) => ownedPlaces.includes(kind))
    .flatMap((kind) => placeKinds[kind]?.(b) ?? []);
  for (const id of ids) {
    // A refusal may repeat what it was asked for.
    if (given.includes(id)) continue;
    assert.ok(!answer.text.includes(id), `${what} tells B's ${id}: ${answer.text}`);
  }
}

describe("through A's token and A's path nothing of B is seen or changed", () => {
  for (const route of ofApplications) {
    test(`${route.method} ${route.path}`, async () => {
      await quiet();
      const appA = ledger.numberOfApplication(a.applicationUid);
      for (const attack of attacksOn(route)) {
        const what = `${attack.token}: ${route.method} ${attack.path}${attack.query} ${attack.body ?? ''}`;
        const before = ledger.dumpOutside(appA);
        const answer = await send(route, attack);
        const { status } = answer;
        // PUT on a uid that is free in A makes an endpoint of A, whatever B calls its own.
        const isUpsert = route.method === 'PUT' && attack.isUid && status === 201;
        if (attack.isInPath && !isUpsert) {
          assert.ok(status === 404 || status === 403, `${what}: ${status} ${answer.text}`);
        }
        if (attack.token === 'portal' && route.access !== 'portal') assert.equal(status, 403, what);
        assert.ok(status < 500, `${what}: ${status}`);
        assertNothingOfB(answer, attack.path + attack.query + (attack.body ?? ''), what);
        assert.deepEqual(differences(before, ledger.dumpOutside(appA)), [], what);
      }
    });
  }
});

describe('the same requests succeed with rows of their own', () => {
  for (const route of ofApplications) {
    test(`${route.method} ${route.path}`, async () => {
      const own = await createScene(service, receiver, 'own');
      await prepare(service, route, own);
      const body = exampleBody(route, own);
      const path = fillPath(route, firstSpelling(own));
      const token = route.access === 'portal' ? own.portalToken : service.token;
      const answer = await caller.send({
        method: route.method,
        path,
        headers: headersFor(token, body),
        body,
      });
      assert.ok(answer.status < 300, `${path} ${body ?? ''}: ${answer.status} ${answer.text}`);
      assert.ok(
        Object.keys(route.answers).includes(String(answer.status)),
        `an answer of ${answer.status} is not declared`,
      );
    });
  }
});

describe('every route can be attacked', () => {
  for (const route of routes) {
    test(`each kind of id of ${route.method} ${route.path} is known`, () => {
      for (const place of placesOf(route)) {
        assert.ok(
          place in placeKinds,
          `{${place}} is a kind of id that hostile-example.ts does not know: add it to placeKinds, and to ownedPlaces if it belongs to an application`,
        );
      }
      const fields = [...fieldsOf(schemaOf(route.query)), ...fieldsOf(schemaOf(route.body))];
      for (const field of fields.filter((name) =>
        /(?:^|_)u?id$|U?[Ii]ds?$|^iterator$/.test(name),
      )) {
        assert.ok(
          field in fieldKinds || ownNames.includes(field),
          `the field ${field} looks like the id of a row: add it to fieldKinds or ownNames in hostile-example.ts`,
        );
      }
    });
  }
});
