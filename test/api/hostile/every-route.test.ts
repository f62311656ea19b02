import assert from 'node:assert/strict';
import fc from 'fast-check';
import { after, before, describe, test } from 'node:test';
import { routes } from '../../../src/api/index.ts';
import { readLedgerFile } from '../../../src/ledger/index.ts';
import { assertAnswer, assertPrompt } from '../../support/hostile-answer.ts';
import {
  bytesOf,
  contentTypes,
  KNOWN_EVENT_TYPE,
  queriesFor,
  strangeSegments,
  textsFor,
} from '../../support/hostile-arbitrary.ts';
import {
  exampleBody,
  fieldKinds,
  fillPath,
  placeKinds,
  placesOf,
  schemaOf,
  type Route,
} from '../../support/hostile-example.ts';
import {
  differences,
  watchLedger,
  type Dump,
  type LedgerWatch,
} from '../../support/hostile-ledger.ts';
import { isUnused } from '../../support/hostile-pause.ts';
import { startHostileReceiver, type HostileReceiver } from '../../support/hostile-receiver.ts';
import { createCaller, type Caller, type HostileAnswer } from '../../support/hostile-request.ts';
import {
  createApi,
  createScene,
  hypothesisOf,
  mitigationOf,
  openIncident,
  prepare,
  type Scene,
} from '../../support/hostile-scene.ts';
import {
  STAGED_OBJECTIVE,
  startHostileService,
  type HostileService,
} from '../../support/hostile-service.ts';
import { runs } from '../../support/ledger-property.ts';
import { until } from '../../support/service-until.ts';

/** What becomes due so soon may change by itself while a request is answered. */
const SOON_MS = 2000;

let service: HostileService;
let receiver: HostileReceiver;
let ledger: LedgerWatch;
let caller: Caller;
let scene: Scene;
let other: Scene;

before(async () => {
  receiver = await startHostileReceiver();
  service = await startHostileService();
  caller = createCaller(service.url);
  ledger = watchLedger(service.dataDir);
  other = await createScene(service, receiver, 'bravo');
  scene = await createScene(service, receiver, 'alpha');
});

after(async () => {
  caller.close();
  ledger.close();
  await service.stop();
  await receiver.close();
});

/** What one run throws: names of rows and not the rows themselves, so that a seed replays on another day. */
type Throw = {
  readonly places: readonly Segment[];
  readonly query: string;
  readonly body: string;
  readonly spoiling: number;
  readonly contentType: string | undefined;
  readonly who: 'admin' | 'portal' | 'nobody';
  readonly idempotencyKey: string | undefined;
};
type Segment = { readonly of: 'own' | 'other' | 'strange'; readonly index: number };

/** Ids of every kind and both directions; rows by their place in the scene. */
const iteratorNames = ['@0', '@1', '@2', '@3', '@4', '@5', '@6', '@7', '-@9', 'ep_', 'msg_1', '-'];

function throwsAt(route: Route): fc.Arbitrary<Throw> {
  const body = schemaOf(route.body);
  return fc.record({
    places: fc.array(
      fc.record({
        of: fc.oneof(
          { weight: 12, arbitrary: fc.constant('own' as const) },
          { weight: 1, arbitrary: fc.constant('other' as const) },
          { weight: 2, arbitrary: fc.constant('strange' as const) },
        ),
        index: fc.nat({ max: 999 }),
      }),
      { minLength: placesOf(route).length, maxLength: placesOf(route).length },
    ),
    query: queriesFor(schemaOf(route.query), iteratorNames),
    body: batchOr(route, orExample(route, textsFor(body ?? {}))),
    spoiling: fc.oneof(
      { weight: 20, arbitrary: fc.constant(99) },
      { weight: 1, arbitrary: fc.nat({ max: 7 }) },
    ),
    contentType: contentTypes,
    who: fc.oneof(
      { weight: 12, arbitrary: fc.constant('admin' as const) },
      { weight: 2, arbitrary: fc.constant('portal' as const) },
      { weight: 1, arbitrary: fc.constant('nobody' as const) },
    ),
    idempotencyKey: fc.oneof(
      { weight: 9, arbitrary: fc.constant(undefined) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '',
          'key',
          'k'.repeat(256),
          'k'.repeat(257),
          '__proto__',
          '\u00ff',
        ),
      },
    ),
  });
}

/**
 * What they take hangs together in ways that no schema tells: by kind (a deadline by its indicator), by the day
 * that it is, or by what was changed.
 */
const NEEDS_EXAMPLE = [
  'v1.incident.hypothesis',
  'v1.change.preview-revert',
  'v1.change.revert',
  'v1.incident.judge-hypothesis',
  'v1.incident.marker',
  'v1.incident.merge',
  'v1.incident.mitigate',
  'v1.maintenance.create',
  'v1.notifier.create',
  'v1.notifier.update',
  'v1.objective.create',
  'v1.objective.preview',
  'v1.objective.read-openslo',
  'v1.objective.replay',
  'v1.objective.update',
];
/** Stands for an example, which is another on another day. */
const EXAMPLE = '@example';

function orExample({ operationId }: Route, texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  if (!NEEDS_EXAMPLE.includes(operationId)) return texts;
  return fc.oneof({ weight: 9, arbitrary: texts }, { weight: 1, arbitrary: fc.constant(EXAMPLE) });
}

/** A batch has no schema of its own: lists and lines of what a single message is. */
function batchOr(route: Route, single: fc.Arbitrary<string>): fc.Arbitrary<string> {
  if (route.accepts === undefined) return single;
  const one = routes.find(({ operationId }) => operationId === 'v1.message.create');
  const message = textsFor(schemaOf(one?.body) ?? {});
  const several = fc.array(message, { maxLength: 4 });
  return fc.oneof(
    several.map((texts) => `[${texts.join(',')}]`),
    several.map((texts) => texts.join('\n')),
    fc.constantFrom(`[${'{},'.repeat(1000)}{}]`, '\n'.repeat(1000), '[[]]', '\ufeff[]'),
  );
}

function segmentOf(place: string, { of, index }: Segment): string {
  if (of === 'strange') return strangeSegments[index % strangeSegments.length] ?? '';
  const spellings = placeKinds[place]?.(of === 'own' ? scene : other) ?? ['unknown'];
  return spellings[index % spellings.length] ?? '';
}

const NONE: Segment = { of: 'own', index: 0 };

function pathOf(route: Route, { places, query }: Throw): string {
  const rest = [...places];
  const path = fillPath(route, (place) => segmentOf(place, rest.shift() ?? NONE));
  const iterators = fieldKinds['iterator']?.(scene) ?? [];
  return (
    path + query.replaceAll(/@(\d)/g, (_whole, index: string) => iterators[Number(index)] ?? 'none')
  );
}

/** An empty segment may make it the path of another route. */
function isItsOwn(route: Route, { places }: Throw): boolean {
  const rest = [...places];
  return placesOf(route).every((place) => segmentOf(place, rest.shift() ?? NONE) !== '');
}

async function send(route: Route, thrown: Throw): Promise<HostileAnswer> {
  const { who, contentType, idempotencyKey, spoiling } = thrown;
  const body = thrown.body === EXAMPLE ? (exampleBody(route, scene) ?? '') : thrown.body;
  const isWithBody =
    route.method !== 'GET' &&
    (route.body !== undefined || route.accepts !== undefined || spoiling < 4);
  const token = who === 'admin' ? service.token : scene.portalToken;
  return caller.send({
    method: route.method,
    path: pathOf(route, thrown),
    headers: {
      ...(who === 'nobody' ? {} : { authorization: `Bearer ${token}` }),
      ...(isWithBody && contentType !== undefined ? { 'content-type': contentType } : {}),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    ...(isWithBody
      ? { body: bytesOf(body.replaceAll(KNOWN_EVENT_TYPE, scene.eventType), spoiling) }
      : {}),
  });
}

/** The ledger's content when it last came to rest, by the version it then had. */
let rest: Rest | undefined;
type Rest = { readonly version: number; readonly dump: () => Dump };
/** Whether something was due soon. */
type Before = Rest & { readonly isMoving: boolean };

async function ledgerAtRest(): Promise<Before> {
  if (rest?.version === ledger.version()) return { ...rest, isMoving: ledger.isBusy(SOON_MS) };
  await until(() => !ledger.isBusy(), 'the deliveries to end');
  const version = ledger.version();
  rest = { version, dump: ledger.keep() };
  return { ...rest, isMoving: ledger.isBusy(SOON_MS) };
}

/** Tables that a delivery or a notification changes by itself, where one became due meanwhile. */
const MOVING = ['delivery', 'attempt', 'act', 'message', 'notification'];
/** What delivery remembers of a lane follows a change of its endpoint in a commit of its own. */
const REMEMBERED = 'lane';

async function assertNothingStored(before: Before): Promise<void> {
  if (ledger.version() === before.version) return;
  // What was due by then may have moved on, and be done.
  const isMoving = before.isMoving || ledger.isBusy(SOON_MS);
  const after = ledger.dump();
  const tables = [...after.keys()].filter(
    (table) => table !== REMEMBERED && !(isMoving && MOVING.includes(table)),
  );
  assert.deepEqual(
    differences(before.dump(), after, tables),
    [],
    'a refused request has stored something',
  );
}

/** What a pause that was thrown holds back would keep the ledger busy. */
async function endPauses(): Promise<void> {
  const api = createApi(service);
  const { data } = await api('GET', '/pause');
  for (const { id, eventType } of data) {
    if (!isUnused(eventType)) await api('DELETE', `/pause/${id}`);
  }
}

/** Rows that earlier runs have deleted or emptied are made anew: what is thrown should mostly hit something. */
async function assertSceneStands(): Promise<void> {
  const { applicationUid, endpointUid, eventId, eventType, portalToken, policy, objective } = scene;
  const { alertId, maintenanceId, notifier, route } = scene;
  const get = async (path: string, token = portalToken): Promise<string> => {
    const headers = { authorization: `Bearer ${token}` };
    const { status, text } = await caller.send({ method: 'GET', path: `/api/v1${path}`, headers });
    return status === 200 ? text : '';
  };
  await endPauses();
  const endpoint = await get(`/app/${applicationUid}/endpoint/${endpointUid}`);
  const lane = await get(`/app/${applicationUid}/endpoint/${endpointUid}/lane`);
  const message = await get(`/app/${applicationUid}/msg/${eventId}`);
  const type = await get(`/event-type/${eventType}`);
  const under = await get(`/app/${applicationUid}/endpoint/${endpointUid}/policy`);
  const alert = await get(`/alert/${alertId}`, service.token);
  const windows = await get('/maintenance?limit=250', service.token);
  const isWhole =
    (await get(`/policy/${policy}`, service.token)) !== '' &&
    (await get(`/objective/${objective}`, service.token)) !== '' &&
    (await get(`/objective/${STAGED_OBJECTIVE}`, service.token)) !== '' &&
    (await get(`/notifier/${notifier}`, service.token)) !== '' &&
    (await get(`/route/${route}`, service.token)) !== '' &&
    (await get(`/incident-rule/${scene.rule}`, service.token)) !== '' &&
    (await get(`/event-type/${eventType}/conversion/1`, service.token)) !== '' &&
    windows.includes(maintenanceId) &&
    (await get('/pause', service.token)).includes(scene.pauseId) &&
    alert.includes('"state":"firing"') &&
    alert.includes('"silencedUntil":null') &&
    // Retries of days would keep the ledger busy.
    under.includes('"policy":null') &&
    under.includes('"applicationPolicy":null') &&
    endpoint.includes('"disabled":false') &&
    // What is held back would keep the ledger busy.
    lane.includes('"overrides":{},"isPaused":false') &&
    message.includes(`${scene.mark} payload`) &&
    type.includes('"title":"Two."');
  if (!isWhole) scene = await createScene(service, receiver, 'alpha');
  for (const name of ['incidentId', 'otherIncidentId'] as const) {
    const incident = await get(`/incident/${scene[name]}`, service.token);
    if (incident.includes(`"id":"${scene[name]}","state":"open"`)) continue;
    scene = { ...scene, [name]: await openIncident(createApi(service)) };
  }
  const { incidentId } = scene;
  const shown = await get(`/incident/${incidentId}`, service.token);
  const hypothesis = new RegExp(`"id":"${scene.hypothesisId}","state":"open"`);
  if (!hypothesis.test(shown)) {
    scene = { ...scene, hypothesisId: await hypothesisOf(createApi(service), incidentId) };
  }
  const { mitigationId, applicationId } = scene;
  const mitigations = Array.from<{ id: string; undoneAt: string | null }>(
    JSON.parse(shown).mitigations,
  );
  // One of them may hold everything.
  for (const { id, undoneAt } of mitigations) {
    if (undoneAt !== null || id === mitigationId) continue;
    await createApi(service)('POST', `/incident/${incidentId}/mitigation/${id}/undo`, {
      onConflict: 'overwrite',
    }).catch(() => {});
  }
  if (!mitigations.some(({ id, undoneAt }) => id === mitigationId && undoneAt === null)) {
    const id = await mitigationOf(createApi(service), incidentId, applicationId);
    scene = { ...scene, mitigationId: id };
  }
}

/** What these act on takes hundreds of messages to come about; test/app/drift.test.ts has them. */
const NEEDS_MANY_MESSAGES = ['v1.event-type.accept-drift'];

/** It reads the history of everything that the tests before it have made, most times that it is asked. */
const READS_ALL = 'v1.change.preview-revert';

/** Routes that read need fewer: they have no body. */
const runsOf = ({ method, operationId }: Route): number =>
  method === 'GET' || method === 'DELETE' || operationId === READS_ALL ? 30 : 80;

describe('whatever is thrown at a route, it answers as declared and stores nothing by halves', () => {
  for (const route of routes) {
    test(`${route.method} ${route.path}`, async () => {
      await assertSceneStands();
      await prepare(service, route, scene);
      let accepted = 0;
      const throwAll = fc.asyncProperty(throwsAt(route), async (thrown) => {
        const before = await ledgerAtRest();
        const answer = await send(route, thrown);
        assertAnswer(isItsOwn(route, thrown) ? route : undefined, answer);
        assertPrompt(answer);
        if (answer.status >= 400) await assertNothingStored(before);
        else accepted += 1;
        // Taken away, so that one fault fails one route and not all after it.
        assert.deepEqual(service.faults.splice(0), []);
      });
      const isReplay = process.env['PROPERTY_PATH'] !== undefined;
      await fc.assert(throwAll, runs(runsOf(route)));
      // Of three hundred routes one has bad luck now and then.
      if (accepted === 0 && !isReplay) await fc.assert(throwAll, runs(runsOf(route)));
      if (NEEDS_MANY_MESSAGES.includes(route.operationId)) return;
      assert.ok(accepted > 0 || isReplay, 'nothing that was thrown has reached the route itself');
    });
  }
});

test('the service is well after all of it, and its ledger adds up', async () => {
  const { status } = await caller.send({ method: 'GET', path: '/api/v1/health/ready' });
  assert.equal(status, 204);
  await assertSceneStands();
  await createScene(service, receiver, 'after');
  await until(() => !ledger.isBusy(), 'the deliveries to end');
  assert.deepEqual(service.faults, []);
  const reading = readLedgerFile(service.dataDir);
  try {
    const { findings } = reading.audit({ now: Date.now(), nameAtMost: 5 });
    assert.deepEqual(findings, []);
    assert.deepEqual(reading.fileFaults(), []);
  } finally {
    reading.close();
  }
});
