import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startReceiver, type Receiver } from '../support/service-receiver.ts';
import { TestScope } from '../support/service-scope.ts';
import {
  countRows,
  createApplication,
  startTestService,
  temporaryFolder,
  type Answered,
  type TestService,
} from '../support/service.ts';

const scope = new TestScope();
let service: TestService;
let receiver: Receiver;

before(async () => {
  service = await startTestService(scope);
  receiver = await startReceiver(scope);
  await createApplication(service, 'acme', { main: receiver.origin });
});
after(() => scope.end());

const integer = { type: 'integer' };
const cents = { ...integer, 'x-unit': 'cents' };
const object = (properties: object, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
});

let types = 0;

/** An event type with a schema as version 1, and its contract in this mode. */
async function eventType(schema: object, mode: string, compatibility?: string): Promise<string> {
  types += 1;
  const name = `type.${types}`;
  const made = await call('POST', '', { name, description: '', schemas: { 1: schema } });
  assert.equal(made.status, 201, made.text);
  const put = await call('PUT', `/${name}/contract`, { mode, compatibility });
  assert.equal(put.status, 200, put.text);
  return name;
}

const call = (method: string, path: string, body?: object): Promise<Answered> =>
  service.call(method, `/api/v1/event-type${path}`, body);
const send = (type: string, payload: object): Promise<Answered> =>
  service.call('POST', '/api/v1/app/acme/msg', { eventType: type, payload });
const contract = async (name: string): Promise<Answered['json']> =>
  (await call('GET', `/${name}/contract`)).json;

async function violations(name: string, mode: string): Promise<number> {
  const { text } = await service.call('GET', '/metrics');
  const line = new RegExp(
    `^holdfast_contract_violations_total\\{event_type="${name}",mode="${mode}"\\} (\\d+)$`,
    'm',
  );
  return Number(line.exec(text)?.[1] ?? 0);
}

function listOf(differences: Answered['json']): readonly Answered['json'][] {
  return differences;
}

describe('payloads', () => {
  test('an event type without a mode takes whatever is sent', async () => {
    const name = await eventType(object({ amount: integer }), 'off');
    assert.equal((await send(name, { amount: 'much' })).status, 202);
    assert.deepEqual((await contract(name)).violations, { warned: 0, rejected: 0, examples: [] });
  });

  test('reject refuses a payload with its first field, names more, and stores nothing', async () => {
    const name = await eventType(
      object({ amount: integer, currency: { enum: ['EUR'] } }),
      'reject',
    );
    const rows = countRows(service.dataDir);
    const { status, json } = await send(name, { amount: 1.5, currency: 'USD' });
    assert.equal(status, 422);
    assert.equal(json.field, 'payload.amount');
    const [{ loc, msg, type }] = json.detail;
    assert.deepEqual([loc, type], [['body', 'payload', 'amount'], 'validation']);
    assert.match(msg, /version 1 of "type\.\d+": "payload\.amount" must be integer, not 1\.5\./);
    assert.match(msg, /"payload\.currency" must be one of \["EUR"\], not "USD"\./);
    assert.deepEqual(countRows(service.dataDir), rows);
    assert.equal((await send(name, { amount: 1, currency: 'EUR' })).status, 202);
    assert.equal(await violations(name, 'reject'), 1);
  });

  test('a message that is refused does not make the application that it brought', async () => {
    const name = await eventType(object({ amount: integer }), 'reject');
    const brought = { eventType: name, payload: {}, application: { name: 'new', uid: 'brought' } };
    const { status, json } = await service.call('POST', '/api/v1/app/brought/msg', brought);
    assert.deepEqual([status, json.field], [422, 'payload.amount']);
    assert.equal((await service.call('GET', '/api/v1/app/brought')).status, 404);
  });

  test('in a batch only those that break the contract are refused', async () => {
    const name = await eventType(object({ amount: integer }), 'reject');
    const batch = [{ amount: 1 }, { amount: 'x' }, { amount: 3 }];
    const { json } = await service.call(
      'POST',
      '/api/v1/app/acme/msg/batch',
      batch.map((payload) => ({ eventType: name, payload })),
    );
    const data: readonly Answered['json'][] = json.data;
    assert.deepEqual(
      data.map(({ status, field }) => [status, field]),
      [
        [202, undefined],
        [422, 'payload.amount'],
        [202, undefined],
      ],
    );
    assert.deepEqual([json.accepted, json.isWhole], [2, false]);
  });

  test('warn accepts, counts, and shows the last with the ids of their messages', async () => {
    const name = await eventType(object({ amount: integer }), 'warn');
    const { status, json } = await send(name, { amount: 'x' });
    assert.equal(status, 202);
    for (let more = 0; more < 6; more += 1) await send(name, {});
    await send(name, { amount: 1 });
    const { violations: seen } = await contract(name);
    assert.deepEqual([seen.warned, seen.rejected, seen.examples.length], [7, 0, 5]);
    assert.deepEqual(seen.examples[0].problems, [
      { path: '/amount', field: 'payload.amount', rule: 'is missing' },
    ]);
    const examples: readonly { readonly msgId: string }[] = seen.examples;
    assert.ok(examples.every(({ msgId }) => msgId !== json.id));
    assert.match(seen.examples[0].msgId, /^msg_/);
    assert.equal(await violations(name, 'warn'), 7);
  });

  test('the highest version is in force, by its number and not by its text', async () => {
    const name = await eventType(object({ amount: integer }), 'reject', 'none');
    const text = object({ amount: { type: 'string' } });
    const schemas = { 10: text, 9: object({ amount: integer }), 1: object({ amount: integer }) };
    assert.equal((await call('PATCH', `/${name}`, { schemas })).status, 200);
    assert.equal((await contract(name)).version, '10');
    assert.equal((await send(name, { amount: 'x' })).status, 202);
    assert.equal((await send(name, { amount: 1 })).status, 422);
  });

  test('a restart keeps contracts in force', async (context) => {
    const dataDir = temporaryFolder(context);
    const first = await startTestService(context, { dataDir });
    await createApplication(first, 'acme');
    const schemas = { 1: object({ amount: integer }) };
    await first.call('POST', '/api/v1/event-type', { name: 'a.b', description: '', schemas });
    await first.call('PUT', '/api/v1/event-type/a.b/contract', { mode: 'reject' });
    await first.stop();
    const second = await startTestService(context, { dataDir });
    const body = { eventType: 'a.b', payload: {} };
    const { status } = await second.call('POST', '/api/v1/app/acme/msg', body);
    assert.equal(status, 422);
    await second.call('DELETE', '/api/v1/event-type/a.b?expunge=true');
    assert.equal((await second.call('POST', '/api/v1/app/acme/msg', body)).status, 202);
  });
});

describe('versions', () => {
  const schemas = (second: object) => ({ 1: object({ amount: cents }), 2: second });
  const euros = object({ amount: { type: 'number', 'x-unit': 'euros' } });

  test('a schema that does not compile is refused by name, in every mode', async () => {
    const name = await eventType(object({ amount: integer }), 'off');
    for (const wrong of [
      { type: 'objekt' },
      { propertis: {} },
      { $ref: 'https://example.com/schema' },
      { properties: { a: { pattern: '(?=a)b' } } },
      { $ref: '#' },
    ]) {
      const { status, json } = await call('PATCH', `/${name}`, { schemas: { 1: {}, 2: wrong } });
      assert.deepEqual([status, json.field], [422, 'schemas.2'], JSON.stringify(wrong));
    }
    assert.deepEqual((await contract(name)).versions, ['1']);
  });

  test('off stores a breaking version, and the contract tells what differs', async () => {
    const name = await eventType(object({ amount: cents }), 'off');
    assert.equal((await call('PATCH', `/${name}`, { schemas: schemas(euros) })).status, 200);
    const { latestChange, breaks } = await contract(name);
    const kinds = listOf(latestChange.differences).map(({ kind, breaks }) => [kind, breaks]);
    assert.deepEqual(kinds, [
      ['unit_changed', 'both'],
      ['type_widened', 'backward'],
    ]);
    assert.deepEqual([latestChange.isCompatible, breaks], [false, []]);
  });

  test('warn stores a breaking version and writes it down', async () => {
    const name = await eventType(object({ amount: cents }), 'warn');
    assert.equal((await call('PATCH', `/${name}`, { schemas: schemas(euros) })).status, 200);
    const [broken] = (await contract(name)).breaks;
    assert.deepEqual([broken.version, broken.against, broken.isAllowed], ['2', '1', false]);
    assert.equal(broken.differences.length, 2);
  });

  test('reject refuses a breaking version with its differences and whom it breaks, unless it is allowed', async () => {
    const name = await eventType(object({ amount: cents }), 'reject');
    const registered = await call('PUT', `/${name}/consumer/billing`, {
      relies: [{ path: '/amount', type: 'integer', unit: 'cents' }],
    });
    assert.deepEqual([registered.status, registered.json.unmet], [200, []]);
    const bystander = await call('PUT', `/${name}/consumer/search`, {
      relies: [{ path: '/amount', type: 'number' }],
    });
    assert.deepEqual([bystander.status, bystander.json.unmet], [200, []]);

    const { status, json } = await call('PATCH', `/${name}`, { schemas: schemas(euros) });
    assert.deepEqual([status, json.field], [422, 'schemas.2']);
    const [{ msg }] = json.detail;
    assert.match(msg, /"payload\.amount" changed its unit from "cents" to "euros"\./);
    assert.match(msg, /It breaks billing\./);
    assert.deepEqual((await contract(name)).versions, ['1']);

    const path = `/${name}?allow_breaking=true`;
    assert.equal((await call('PATCH', path, { schemas: schemas(euros) })).status, 200);
    const [broken] = (await contract(name)).breaks;
    assert.deepEqual([broken.isAllowed, broken.consumers], [true, ['billing']]);
    assert.equal(typeof broken.actor, 'string');
  });

  test('a compatible version is stored in reject, an edit of the version in force is not let through', async () => {
    const name = await eventType(object({ amount: cents }), 'reject');
    const wider = object({ amount: cents, note: { type: 'string' } }, ['amount']);
    assert.equal((await call('PATCH', `/${name}`, { schemas: schemas(wider) })).status, 200);
    const edited = { ...schemas(wider), 2: object({ amount: cents }, []) };
    const { status, json } = await call('PATCH', `/${name}`, { schemas: edited });
    assert.deepEqual([status, json.field], [422, 'schemas.2']);
    const { json: compatibility } = await call('GET', `/${name}/contract/compatibility`);
    assert.deepEqual(
      [compatibility.from, compatibility.to, compatibility.isBackward, compatibility.isForward],
      ['1', '2', true, false],
    );
  });

  test('what breaks by deleting the version in force is found too', async () => {
    const name = await eventType(object({ amount: cents }), 'off');
    await call('PATCH', `/${name}`, { schemas: schemas(object({ amount: cents, tax: cents })) });
    await call('PATCH', `/${name}/contract`, { mode: 'reject' });
    const back = await call('PATCH', `/${name}`, { schemas: { 1: object({ amount: cents }) } });
    assert.deepEqual([back.status, back.json.field], [422, 'schemas.1']);
  });

  test('forward compatibility, where it is asked for, refuses the opposite', async () => {
    const name = await eventType(object({ amount: cents }), 'reject', 'forward');
    const less = object({ amount: cents }, []);
    assert.equal((await call('PATCH', `/${name}`, { schemas: schemas(less) })).status, 200);
    const more = { ...schemas(less), 3: object({ amount: cents }) };
    assert.equal((await call('PATCH', `/${name}`, { schemas: more })).status, 422);
  });
});

describe('a check', () => {
  test('tries a schema and a payload, and stores nothing', async () => {
    const name = await eventType(object({ amount: cents }), 'reject');
    await call('PUT', `/${name}/consumer/billing`, {
      relies: [{ path: '/amount', unit: 'cents' }],
    });
    const rows = countRows(service.dataDir);
    const schema = object({ amount: { type: 'integer', 'x-unit': 'euros' } });
    const { status, json } = await call('POST', `/${name}/contract/check`, {
      schema,
      payload: { amount: '1' },
    });
    assert.equal(status, 200);
    assert.equal(json.outcome, 'refused');
    assert.deepEqual(json.compatibility.consumers[0].name, 'billing');
    assert.deepEqual(json.problems[0].path, '/amount');
    assert.deepEqual(countRows(service.dataDir), rows);
  });

  test('is refused without anything to try, and for a version that is not there', async () => {
    const name = await eventType(object({ amount: cents }), 'off');
    assert.equal((await call('POST', `/${name}/contract/check`, {})).status, 422);
    const unknown = await call('POST', `/${name}/contract/check`, { payload: {}, against: '7' });
    assert.deepEqual([unknown.status, unknown.json.field], [404, 'against']);
    const one = await call('GET', `/${name}/contract/compatibility`);
    assert.deepEqual([one.status, one.json.field], [404, 'from']);
  });
});

describe('consumers', () => {
  test('are registered, shown with what is not promised to them, and taken back', async () => {
    const name = await eventType(
      object({ items: { type: 'array', items: object({ n: cents }) } }),
      'off',
    );
    const path = `/${name}/consumer/__proto__`;
    const relies = [
      { path: '/items/*/n', unit: 'cents' },
      { path: '/total', type: 'integer' },
    ];
    const { status, json, text } = await call('PUT', path, { description: 'Books.', relies });
    assert.equal(status, 200, text);
    assert.deepEqual(
      listOf(json.unmet).map(({ kind, path }) => [kind, path]),
      [
        ['required_removed', '/total'],
        ['property_removed', '/total'],
      ],
    );
    assert.deepEqual((await call('GET', path)).json, json);
    assert.deepEqual((await contract(name)).consumers, [json]);
    assert.equal((await call('DELETE', path)).status, 204);
    assert.equal((await call('GET', path)).status, 404);
    assert.equal((await call('GET', `/${name}/consumer/constructor`)).status, 404);
  });

  test('must say what they rely on, in paths that are pointers', async () => {
    const name = await eventType(object({ amount: cents }), 'off');
    for (const [body, field] of [
      [{}, 'relies'],
      [{ relies: [{ path: 'amount' }] }, 'relies.0.path'],
      [{ relies: [], schema: { type: 'objekt' } }, 'schema'],
      [{ relies: [] }, 'relies'],
    ] as const) {
      const { status, json } = await call('PUT', `/${name}/consumer/billing`, body);
      assert.deepEqual([status, json.field], [422, field]);
    }
  });
});

describe('an event type', () => {
  test('names the endpoints that take it, and what they are pinned to', async () => {
    const name = await eventType(object({ amount: cents }), 'off');
    await createApplication(service, 'takers', { all: receiver.origin, pinned: receiver.origin });
    const at = '/api/v1/app/takers/endpoint';
    await service.call('PATCH', `${at}/pinned`, { eventTypes: [name], description: 'books' });
    const payloadVersions = { [name]: '1' };
    await service.call('PUT', `${at}/pinned/payload-version`, { payloadVersions });
    await call('POST', '', { name: 'type.other', description: '' });
    const other = { url: receiver.origin, eventTypes: ['type.other'] };
    await service.call('POST', at, other);
    const rows: Answered['json'][] = [];
    for (let iterator = '', done = false; !done;) {
      const page = await call('GET', `/${name}/endpoint?limit=1${iterator}`);
      assert.equal(page.status, 200, page.text);
      assert.ok(page.json.data.length <= 1);
      rows.push(...page.json.data);
      ({ done } = page.json);
      iterator = `&iterator=${page.json.iterator}`;
    }
    const own = rows.filter(({ appName }) => appName === 'takers');
    assert.deepEqual(
      own.map(({ name, takesAll, version }) => [name, takesAll, version]),
      [
        [`${receiver.origin}/`, true, null],
        ['books', false, '1'],
      ],
    );
  });

  test('gives an example of each version', async () => {
    const name = await eventType(object({ amount: cents }), 'off');
    const schemas = { 1: object({ amount: cents }), 2: object({ paid: { const: 7 } }) };
    await call('PATCH', `/${name}`, { schemas });
    const example = async (query: string): Promise<unknown> =>
      (await call('GET', `/${name}/example${query}`)).json;
    assert.deepEqual(await example(''), { version: '2', payload: { paid: 7 } });
    assert.deepEqual(await example('?version=1'), { version: '1', payload: { amount: 0 } });
    assert.equal((await call('GET', `/${name}/example?version=3`)).status, 404);
    await call('POST', '', { name: 'type.bare', description: '' });
    const bare = (await call('GET', '/type.bare/example')).json;
    assert.deepEqual(bare, { version: null, payload: {} });
  });
});
