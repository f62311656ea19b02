import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { startReceiver, type Received, type Receiver } from '../support/service-receiver.ts';
import { TestScope } from '../support/service-scope.ts';
import {
  createApplication,
  deliveriesOf,
  startTestService,
  type Answered,
  type TestService,
} from '../support/service.ts';
import { until } from '../support/service-until.ts';

const scope = new TestScope();
let service: TestService;

before(async () => {
  service = await startTestService(scope, { retrySchedule: '0s,1h', breakerFailures: 0 });
});
after(() => scope.end());

type Json = Answered['json'];

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Json> {
  const { status, json, text } = await service.call(method, `/api/v1${path}`, body, { headers });
  assert.ok(status >= 200 && status < 300, `${method} ${path}: ${status} ${text}`);
  return json;
}

async function refusal(path: string, body: unknown): Promise<readonly [number, string, unknown]> {
  const { status, json } = await service.call('POST', `/api/v1${path}`, body);
  assert.ok(status >= 400, `${path} was answered ${status}`);
  return [status, json.code, json.field];
}

let scenes = 0;
type Scene = { readonly app: string; readonly path: string; readonly receiver: Receiver };

async function createScene(context: TestContext): Promise<Scene> {
  scenes += 1;
  const app = `app-${scenes}`;
  const receiver = await startReceiver(context);
  await createApplication(service, app, { main: `${receiver.origin}/hook` });
  return { app, receiver, path: `/app/${app}/endpoint/main` };
}

const changesOf = async (app: string): Promise<readonly Json[]> => {
  const { data } = await ask('GET', `/app/${app}/change?limit=100`);
  return Array.from<Json>(data);
};
const newestOf = async (app: string): Promise<Json> => (await changesOf(app))[0];
const newest = async (): Promise<Json> => (await ask('GET', '/change?limit=1')).data[0];
const revert = (body: object): Promise<Json> => ask('POST', '/change/revert', body);
const preview = (body: object): Promise<Json> => ask('POST', '/change/revert/preview', body);

async function send(app: string): Promise<string> {
  const body = { eventType: 'a.b', payload: { n: 1 } };
  return (await ask('POST', `/app/${app}/msg`, body)).id;
}

function isSignedWith(secret: string, { body, headers }: Received): boolean {
  try {
    new Webhook(secret).verify(body.toString(), headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

describe('what a write leaves in the list', () => {
  test('every kind of write makes one change with who, through what and why', async (context) => {
    const { app, path, receiver } = await createScene(context);
    const [policy, type, url] = [`p-${app}`, `t.${app}`, `${receiver.origin}/other`];
    const schemas = { 1: { type: 'object', properties: { n: { type: 'integer' } } } };
    const writes: readonly (readonly [string, string, unknown, string, string])[] = [
      ['PUT', `/app/${app}`, { uid: app, name: 'New' }, 'application', 'updated'],
      ['PATCH', `/app/${app}`, { metadata: { a: '1' } }, 'application', 'updated'],
      ['POST', `/app/${app}/endpoint`, { uid: 'second', url }, 'endpoint', 'created'],
      ['PATCH', path, { description: 'main' }, 'endpoint', 'updated'],
      ['PUT', path, { uid: 'main', url, description: 'put' }, 'endpoint', 'updated'],
      ['PUT', `${path}/headers`, { headers: { 'x-a': 'b' } }, 'endpoint', 'updated'],
      ['POST', `${path}/secret/rotate`, {}, 'endpoint', 'updated'],
      ['PATCH', `${path}/lane`, { concurrency: 3 }, 'endpoint', 'updated'],
      ['POST', `${path}/lane/pause`, { reason: 'body' }, 'endpoint', 'updated'],
      ['POST', `${path}/lane/resume`, undefined, 'endpoint', 'updated'],
      ['PUT', `/policy/${policy}`, { description: '', throttleRate: 5 }, 'policy', 'created'],
      ['PUT', `/policy/${policy}`, { description: '', throttleRate: 6 }, 'policy', 'updated'],
      ['PUT', `/app/${app}/policy`, { policy }, 'application', 'updated'],
      ['PUT', `${path}/policy`, { policy }, 'endpoint', 'updated'],
      ['POST', '/event-type', { name: type, description: '', schemas }, 'event_type', 'created'],
      ['PATCH', `/event-type/${type}`, { description: 'x' }, 'event_type', 'updated'],
      ['PUT', `/event-type/${type}/contract`, { mode: 'warn' }, 'event_type', 'updated'],
      ['PATCH', `/event-type/${type}/contract`, { mode: 'reject' }, 'event_type', 'updated'],
      ['DELETE', `/event-type/${type}?expunge=true`, undefined, 'event_type', 'deleted'],
      ['DELETE', `/app/${app}/endpoint/second`, undefined, 'endpoint', 'deleted'],
      ['POST', '/token', { name: app, scope: 'read' }, 'token', 'created'],
      ['DELETE', `/app/${app}`, undefined, 'application', 'deleted'],
    ];
    const clients = ['cli', 'console', 'other'];
    for (const [nth, [method, where, body, kind, verb]] of writes.entries()) {
      const known = await newest();
      const reason = `why ${nth} · 遅い`;
      const via = clients[nth % 3] ?? '';
      await ask(method, where, body, {
        'holdfast-via': via,
        'holdfast-reason': encodeURIComponent(reason),
      });
      const { data } = await ask('GET', '/change?limit=2');
      const [made, before] = data;
      const what = `${method} ${where}`;
      assert.equal(before.id, known.id, `${what} made one change`);
      assert.deepEqual([made.reason, made.via], [reason, via === 'other' ? 'api' : via], what);
      assert.ok(made.actor.length > 0, what);
      assert.deepEqual([made.items[0].kind, made.items[0].verb], [kind, verb], what);
    }
  });

  test('a write that alters nothing, and one that is refused, leave nothing', async (context) => {
    const { app, path } = await createScene(context);
    const known = (await changesOf(app)).length;
    await ask('PATCH', path, { uid: 'main' });
    await service.call('PATCH', `/api/v1${path}`, { url: 'no url' });
    assert.equal((await changesOf(app)).length, known);
  });

  test('a reason is a line: what is none is refused in a header, and made one in a body', async (context) => {
    const { app, path } = await createScene(context);
    const known = (await changesOf(app)).length;
    const bad = ['%0a', '%1b[2J', '%c2%9b', '%ff', '%', 'x'.repeat(501), '%F0%9F'];
    for (const reason of bad) {
      const headers = { 'holdfast-reason': reason };
      const body = { description: 'x' };
      const { status, json } = await service.call('PATCH', `/api/v1${path}`, body, { headers });
      assert.deepEqual([status, json.field], [422, 'holdfast-reason'], reason);
    }
    assert.equal((await changesOf(app)).length, known);
    await ask('POST', `${path}/lane/pause`, { reason: 'a\nb\u001b[2J\u009b' });
    assert.equal((await newestOf(app)).reason, 'a b [2J ');
  });

  test('secrets and headers are shown to have changed, and nowhere what they are', async (context) => {
    const { app, path } = await createScene(context);
    const secrets = ['a', 'b'].map((letter) => `whsec_${letter.repeat(32)}`);
    const values = ['Bearer first-value', 'Bearer second-value'];
    for (const nth of [0, 1]) {
      await ask('PUT', `${path}/headers`, { headers: { authorization: values[nth] } });
      await ask('POST', `${path}/secret/rotate`, { key: secrets[nth] });
    }
    const made = await changesOf(app);
    const changeIds = made.slice(0, 4).map(({ id }) => id);
    const answers = await Promise.all([
      service.call('GET', '/api/v1/change?limit=100'),
      service.call('GET', `/api/v1/app/${app}/change?limit=100`),
      ...made.map(({ id }) => service.call('GET', `/api/v1/change/${id}`)),
      service.call('POST', '/api/v1/change/revert/preview', { changeIds }),
      // Both are in conflict with the later ones.
      service.call('POST', '/api/v1/change/revert', { changeIds: changeIds.slice(2) }),
      ...['refuse', 'keep', 'overwrite'].map((onConflict) =>
        service.call('POST', '/api/v1/change/revert/preview', {
          changeIds: changeIds.slice(2),
          onConflict,
        }),
      ),
    ]);
    const conflicts: readonly Json[] = answers.at(-1)?.json.conflicts;
    assert.deepEqual(
      conflicts.map(({ field, isHidden, now, before: old }) => [field, isHidden, now, old]),
      [
        ['secrets', true, null, null],
        ['sealedHeaders', true, null, null],
      ],
    );
    answers.push(await service.call('POST', '/api/v1/change/revert', { changeIds }));
    answers.push(await service.call('POST', '/api/v1/change/revert/preview', { lastMinutes: 5 }));
    await ask('DELETE', path);
    answers.push(await service.call('GET', `/api/v1/app/${app}/change?limit=100`));
    const deletion = (await newestOf(app)).id;
    const back = { changeIds: [deletion] };
    answers.push(await service.call('POST', '/api/v1/change/revert/preview', back));
    answers.push(await service.call('POST', '/api/v1/change/revert', back));
    for (const { text } of answers) {
      assert.doesNotMatch(text, /whsec_|first-value|second-value|Bearer|"v1\.|"sealed"/);
    }
  });

  test('two that change different fields at once lose neither', async (context) => {
    const { path } = await createScene(context);
    await Promise.all(
      Array.from({ length: 8 }, (_, nth) => [
        ask('PATCH', path, { metadata: { own: 'value' }, channels: ['a'] }),
        ask('PATCH', `${path}/headers`, { headers: { [`x-${nth}`]: 'v' } }),
        ask('PATCH', `${path}/lane`, nth % 2 === 0 ? { concurrency: 3 } : { adaptive: false }),
      ]).flat(),
    );
    const { metadata, channels } = await ask('GET', path);
    const { headers } = await ask('GET', `${path}/headers`);
    const { overrides } = await ask('GET', `${path}/lane`);
    assert.deepEqual([metadata, channels], [{ own: 'value' }, ['a']]);
    assert.equal(Object.keys(headers).length, 8);
    assert.deepEqual(overrides, { concurrency: 3, adaptive: false });
  });
});

describe('taking back', () => {
  test('a rotated secret: the receiver verifies with the old one again', async (context) => {
    const { app, path, receiver } = await createScene(context);
    const { key: old } = await ask('GET', `${path}/secret`);
    await ask('POST', `${path}/secret/rotate`, { gracePeriodSeconds: 0 });
    const { key: next } = await ask('GET', `${path}/secret`);
    await send(app);
    const [first] = await receiver.until(1);
    assert.ok(first);
    assert.deepEqual([isSignedWith(old, first), isSignedWith(next, first)], [false, true]);
    const { id } = await newestOf(app);
    const made = await revert({ changeIds: [id], reason: 'too soon' });
    assert.deepEqual([made.reverts, made.conflicts], [[id], []]);
    assert.equal((await ask('GET', `${path}/secret`)).key, old);
    await send(app);
    const second = (await receiver.until(2))[1];
    assert.ok(second);
    assert.deepEqual([isSignedWith(old, second), isSignedWith(next, second)], [true, false]);
    const told = await newestOf(app);
    assert.deepEqual([told.id, told.reason, told.reverts], [made.changeId, 'too soon', [id]]);
    assert.equal((await ask('GET', `/change/${id}`)).revertedBy, made.changeId);
  });

  test('the revert of a revert puts the change into force again', async (context) => {
    const { app, path } = await createScene(context);
    await ask('PATCH', path, { description: 'new' });
    const { id } = await newestOf(app);
    const { changeId } = await revert({ changeIds: [id] });
    assert.equal((await ask('GET', path)).description, '');
    await revert({ changeIds: [changeId] });
    assert.equal((await ask('GET', path)).description, 'new');
  });

  test('a deleted application comes back and its deliveries flow; what was cancelled stays so until redriven', async (context) => {
    const { app, receiver } = await createScene(context);
    receiver.answer = (response) => void response.writeHead(500).end();
    const message = await send(app);
    await until(async () => {
      const [delivery] = await deliveriesOf(service, app, message);
      return delivery?.state === 'scheduled' && delivery.attempts === 1;
    }, 'a delivery that waits');
    await ask('DELETE', `/app/${app}`);
    receiver.answer = (response) => void response.end();
    const deletion = await newest();
    await revert({ changeIds: [deletion.id] });
    const state = async (): Promise<unknown> =>
      (await deliveriesOf(service, app, message))[0]?.state;
    await until(async () => (await state()) === 'cancelled', 'the cancelled delivery');
    const other = await send(app);
    await until(async () => {
      const [delivery] = await deliveriesOf(service, app, other);
      return delivery?.state === 'delivered';
    }, 'a delivery after the revert');
    assert.equal(await state(), 'cancelled');
    await ask('POST', `/app/${app}/msg/${message}/endpoint/main/resend`);
    await until(async () => (await state()) === 'delivered', 'what was sent again');
  });

  test('all of the last minutes, of one application, and no other', async (context) => {
    const { app, path } = await createScene(context);
    const other = await createScene(context);
    await ask('PATCH', path, { description: 'new' });
    await ask('PATCH', other.path, { description: 'stays' });
    const made = (await changesOf(app)).map(({ id }) => id);
    const told = await preview({ lastMinutes: 5, appId: app });
    assert.deepEqual([told.changeId, told.reverts], [null, made]);
    assert.equal((await ask('GET', path)).description, 'new');
    await revert({ lastMinutes: 5, appId: app });
    assert.equal((await service.call('GET', `/api/v1/app/${app}`)).status, 404);
    assert.equal((await ask('GET', other.path)).description, 'stays');
    const nothing = await preview({ lastMinutes: 0.000_01 });
    assert.deepEqual([nothing.reverts, nothing.items], [[], []]);
  });

  test('what a later change altered is named with it, and stays or goes as one chooses', async (context) => {
    const { app, path } = await createScene(context);
    await ask('PATCH', path, { description: 'one', channels: ['a'] });
    const { id } = await newestOf(app);
    await ask('PATCH', path, { description: 'two' });
    const later = await newestOf(app);
    const changeIds = [id];
    const { conflicts } = await preview({ changeIds });
    assert.equal(conflicts.length, 1);
    const [{ changeId, laterId, field, now, before: old, kind }] = conflicts;
    assert.deepEqual(
      [changeId, laterId, field, now, old, kind],
      [id, later.id, 'description', 'two', '', 'endpoint'],
    );
    const refused = await refusal('/change/revert', { changeIds });
    assert.deepEqual(refused, [409, 'change_conflict', 'onConflict']);
    const kept = await revert({ changeIds, onConflict: 'keep' });
    const left = await ask('GET', path);
    assert.deepEqual([left.description, left.channels ?? null], ['two', null]);
    await revert({ changeIds: [kept.changeId] });
    await revert({ changeIds, onConflict: 'overwrite' });
    assert.equal((await ask('GET', path)).description, '');
  });

  test('lane, policy, event type and contract take effect in memory at once', async (context) => {
    const { app, path, receiver } = await createScene(context);
    await ask('POST', `${path}/lane/pause`, { reason: 'a test' });
    const message = await send(app);
    await revert({ changeIds: [(await newestOf(app)).id] });
    await until(async () => {
      const [delivery] = await deliveriesOf(service, app, message);
      return delivery?.state === 'delivered';
    }, 'what waited in a paused lane');
    assert.equal(receiver.received.length, 1);

    const policy = `policy-${app}`;
    await ask('PUT', `/policy/${policy}`, { description: '', lane: { concurrency: 2 } });
    await ask('PUT', `${path}/policy`, { policy });
    await ask('PUT', `/policy/${policy}`, { description: '', lane: { concurrency: 3 } });
    const concurrency = async (): Promise<unknown> =>
      (await ask('GET', `${path}/lane`)).policy.concurrency;
    assert.equal(await concurrency(), 3);
    await revert({ changeIds: [(await newest()).id] });
    assert.equal(await concurrency(), 2);
    assert.equal((await ask('GET', `/policy/${policy}`)).version, 3);

    const name = `type.${app}`;
    const schemas = { 1: { type: 'object', properties: { n: { type: 'integer' } } } };
    await ask('POST', '/event-type', { name, description: '', schemas });
    const made = await newest();
    await ask('PUT', `/event-type/${name}/contract`, { mode: 'reject' });
    const contract = await newest();
    const post = async (): Promise<number> => {
      const body = { eventType: name, payload: { n: 'text' } };
      return (await service.call('POST', `/api/v1/app/${app}/msg`, body)).status;
    };
    assert.equal(await post(), 422);
    const { changeId } = await revert({ changeIds: [contract.id] });
    assert.equal(await post(), 202);
    await revert({ changeIds: [changeId] });
    assert.equal(await post(), 422);
    await revert({ changeIds: [changeId, contract.id, made.id], onConflict: 'overwrite' });
    assert.equal(await post(), 202);
    assert.equal((await service.call('GET', `/api/v1/event-type/${name}`)).status, 404);
  });

  test('going back to a version that breaks is told, with whom it breaks, and not refused', async () => {
    const name = 'type.back';
    const schema = (required: readonly string[]) => ({
      type: 'object',
      properties: { n: { type: 'integer' } },
      required,
    });
    const schemas = { 1: schema([]), 2: schema(['n']) };
    await ask('POST', '/event-type', { name, description: '', schemas: { 1: schemas[1] } });
    await ask('PUT', `/event-type/${name}/contract`, { mode: 'reject' });
    await ask('PATCH', `/event-type/${name}`, { schemas });
    const { id } = await newest();
    const put = await service.call('PATCH', `/api/v1/event-type/${name}`, {
      schemas: { 1: schemas[1] },
    });
    assert.equal(put.status, 422, 'by hand it is refused');
    const [warning] = (await preview({ changeIds: [id] })).warnings;
    assert.match(warning, /^Event type type\.back: Version 1 is not backward compatible/);
    const made = await revert({ changeIds: [id] });
    assert.deepEqual(made.warnings, [warning]);
    assert.deepEqual(Object.keys((await ask('GET', `/event-type/${name}`)).schemas), ['1']);
  });

  test('an endpoint that goes takes its canary with it', async (context) => {
    const { app, path } = await createScene(context);
    await ask('POST', `${path}/canary`, { headers: { 'x-version': '2' } });
    const made = (await changesOf(app)).find(
      ({ items }) => items[0].kind === 'endpoint' && items[0].verb === 'created',
    );
    await revert({ changeIds: [made.id] });
    assert.equal((await service.call('GET', `/api/v1${path}`)).status, 404);
    const items: readonly Json[] = (await newestOf(app)).items;
    assert.equal(items.find(({ kind }) => kind === 'canary')?.verb, 'updated');
    const canaries: readonly Json[] = (await ask('GET', '/canary?limit=100')).data;
    assert.deepEqual(
      canaries.filter(({ state }) => state === 'running'),
      [],
    );
  });

  test('a revert of what is so already stands in the list', async (context) => {
    const { app, path } = await createScene(context);
    await ask('PATCH', path, { description: 'new' });
    const { id } = await newestOf(app);
    await ask('PATCH', path, { description: '' });
    const again = await revert({ changeIds: [id], onConflict: 'keep' });
    assert.deepEqual(again.items, []);
    assert.equal((await newest()).id, again.changeId);
  });

  test('what was only seen, told of, or is a token has no way back', async () => {
    const { id, isRevertible } = await ask('POST', '/change/deploy', {
      service: 'billing',
      version: '1',
    });
    assert.equal(isRevertible, false);
    const refused = await refusal('/change/revert', { changeIds: [id] });
    assert.deepEqual(refused, [422, 'not_revertible', 'changeIds']);
    await ask('POST', '/token', { name: 'ci', scope: 'read' });
    const token = (await newest()).id;
    assert.deepEqual(await refusal('/change/revert', { changeIds: [token] }), refused);
  });
});

describe('bad requests', () => {
  test('unknown ids, ids of another ledger, none, both and too many are refused by name', async (context) => {
    const { app } = await createScene(context);
    const { id } = await newestOf(app);
    const mark = String(id).slice(-6);
    const other = `${String(id).slice(0, -6)}zzzzzz`;
    const unknown = `chg_000000001${mark}`;
    const many = Array.from({ length: 1001 }, () => id);
    const cases: readonly (readonly [object, number, string])[] = [
      [{}, 422, 'changeIds'],
      [{ changeIds: [id], lastMinutes: 1 }, 422, 'changeIds'],
      [{ changeIds: [] }, 422, 'changeIds'],
      [{ changeIds: many }, 422, 'changeIds'],
      [{ changeIds: [other] }, 404, 'changeIds'],
      [{ changeIds: [unknown] }, 404, 'changeIds'],
      [{ changeIds: ['app_1'] }, 404, 'changeIds'],
      [{ changeIds: ['\u0000'] }, 404, 'changeIds'],
      [{ changeIds: [id], appId: app }, 422, 'appId'],
      [{ lastMinutes: 0 }, 422, 'lastMinutes'],
      [{ lastMinutes: -1 }, 422, 'lastMinutes'],
      [{ lastMinutes: 1e9 }, 422, 'lastMinutes'],
      [{ lastMinutes: 1, appId: 'nobody' }, 404, 'app_id'],
      [{ changeIds: [id], onConflict: 'perhaps' }, 422, 'onConflict'],
      [{ changeIds: [id], reason: 'x'.repeat(501) }, 422, 'reason'],
    ];
    for (const [body, status, field] of cases) {
      for (const path of ['/change/revert', '/change/revert/preview']) {
        const { 0: answered, 2: named } = await refusal(path, body);
        const what = JSON.stringify(body).slice(0, 100);
        assert.deepEqual([answered, named], [status, field], what);
      }
    }
    for (const wrong of [other, unknown, 'chg_', '%00', 'x'.repeat(300)]) {
      assert.equal((await service.call('GET', `/api/v1/change/${wrong}`)).status, 404);
    }
  });

  test('a deploy takes lines of text, a link and a moment, and shows what it was told', async () => {
    const good = { service: 'Zahlungen · 決済', version: '1' };
    const bad: readonly (readonly [object, string])[] = [
      [{ version: '1' }, 'service'],
      [{ ...good, service: '' }, 'service'],
      [{ ...good, service: 'a\nb' }, 'service'],
      [{ ...good, version: 'x'.repeat(257) }, 'version'],
      [{ ...good, actor: '\u001b[2J' }, 'actor'],
      [{ ...good, ref: '\u009b' }, 'ref'],
      [{ ...good, link: 'no link' }, 'link'],
      [{ ...good, link: 'javascript:alert(1)' }, 'link'],
      [{ ...good, at: 'soon' }, 'at'],
      [{ ...good, note: 'x'.repeat(501) }, 'note'],
      [{ ...good, other: '1' }, 'other'],
    ];
    for (const [body, field] of bad) {
      const { 0: status, 2: named } = await refusal('/change/deploy', body);
      assert.deepEqual([status, named], [422, field]);
    }
    const told = await ask('POST', '/change/deploy', { ...good, at: '2026-01-05T12:00:00Z' });
    const fields: readonly Json[] = told.items[0].fields;
    assert.deepEqual(
      fields.map(({ field, after: value }) => [field, value]),
      [
        ['version', '1'],
        ['at', '2026-01-05T12:00:00.000Z'],
      ],
    );
  });

  test('a thousand times the same id is that id', async (context) => {
    const { app, path } = await createScene(context);
    await ask('PATCH', path, { description: 'new' });
    const { id } = await newestOf(app);
    const { reverts } = await revert({ changeIds: Array.from({ length: 1000 }, () => id) });
    assert.deepEqual(reverts, [id]);
  });
});

describe('who may', () => {
  test('a portal sees the changes of its own application, and takes nothing back', async (context) => {
    const mine = await createScene(context);
    const other = await createScene(context);
    await ask('PATCH', mine.path, { description: 'mine' });
    const { token } = await ask('POST', `/auth/app-portal-access/${mine.app}`, {});
    const asPortal = (method: string, path: string, body?: object): Promise<Answered> =>
      service.call(method, `/api/v1${path}`, body, { token });
    const { status, json } = await asPortal('GET', `/app/${mine.app}/change`);
    assert.equal(status, 200);
    assert.equal(json.data.length, 3);
    const appId = (await ask('GET', `/app/${mine.app}`)).id;
    for (const { items } of json.data) for (const item of items) assert.equal(item.appId, appId);
    const [{ id }] = json.data;
    const refused: readonly (readonly [string, string, object?])[] = [
      ['GET', `/app/${other.app}/change`],
      ['GET', '/change'],
      ['GET', `/change/${id}`],
      ['POST', '/change/revert', { changeIds: [id] }],
      ['POST', '/change/revert/preview', { changeIds: [id] }],
      ['POST', '/change/deploy', { service: 'a', version: '1' }],
    ];
    for (const [method, path, body] of refused) {
      const answer = await asPortal(method, path, body);
      assert.ok([403, 404].includes(answer.status), `${method} ${path}: ${answer.status}`);
    }
    await asPortal('PATCH', mine.path, { description: 'by the portal' });
    assert.equal((await newestOf(mine.app)).via, 'portal');
    assert.equal((await ask('GET', mine.path)).description, 'by the portal');
  });
});
