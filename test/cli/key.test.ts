import assert from 'node:assert/strict';
import { cpSync, copyFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { rotateKey } from '../../src/app/index.ts';
import { createSealer, seededRandom, systemRandom, type Sealer } from '../../src/core/index.ts';
import { openSqliteLedger } from '../../src/ledger/index.ts';
import { openRaw } from '../support/ledger-folder.ts';
import { startReceiver } from '../support/service-receiver.ts';
import {
  holdfast,
  start,
  startService,
  temporaryFolder,
  until,
  type Ended,
  type Json,
  type Service,
} from './processes.ts';

const keyIn = (path: string): Buffer => Buffer.from(readFileSync(path, 'utf8'), 'base64');
const sealerOf = (...paths: readonly string[]): Sealer =>
  createSealer(paths.map(keyIn), systemRandom);

/** What is sealed in a ledger, read beside everybody. */
function sealedTexts(dataDir: string): readonly string[] {
  const raw = openRaw(dataDir);
  try {
    return raw
      .prepare(
        `SELECT value ->> '$.sealed' AS sealed FROM resource, json_each(doc, '$.secrets') WHERE kind = 'endpoint'
         UNION ALL
         SELECT doc ->> '$.sealedHeaders' FROM resource WHERE kind = 'endpoint'`,
      )
      .all()
      .flatMap(({ sealed }) => (sealed === null ? [] : [String(sealed)]));
  } finally {
    raw.close();
  }
}

type SealedParts = {
  readonly secrets: readonly { readonly sealed: string }[];
  readonly sealedHeaders: string | null;
};

/** What is sealed in the list of changes, in an order that a rotation keeps. */
function sealedInChanges(dataDir: string): readonly string[] {
  const raw = openRaw(dataDir);
  try {
    return raw
      .prepare(
        `SELECT before, after FROM change_item WHERE kind = 'endpoint' ORDER BY change_id, nth`,
      )
      .all()
      .flatMap(({ before, after }) => [before, after])
      .flatMap((doc) => (doc === null ? [] : [JSON.parse(String(doc))]))
      .flatMap(({ secrets, sealedHeaders }: SealedParts) => [
        ...secrets.map(({ sealed }) => sealed),
        ...(sealedHeaders === null ? [] : [sealedHeaders]),
      ]);
  } finally {
    raw.close();
  }
}

/** What was sealed alike is so still: a revert goes by it. */
function assertAlike(before: readonly string[], after: readonly string[]): void {
  const placesOf = (texts: readonly string[]) => texts.map((text) => texts.indexOf(text));
  assert.deepEqual(placesOf(after), placesOf(before));
}

/** Endpoints whose secret one key sealed. */
function countSealedBy(dataDir: string, { keyId }: Sealer): number {
  const raw = openRaw(dataDir);
  try {
    const sealed = `v1.${keyId}.%`;
    const count = `SELECT count(*) AS n FROM resource WHERE kind = 'endpoint' AND json_extract(doc, '$.secrets[0].sealed') LIKE ?`;
    return Number(raw.prepare(count).get(sealed)?.['n']);
  } finally {
    raw.close();
  }
}

async function request(service: Service, method: string, path: string, body: object) {
  const headers = { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' };
  const url = `${service.url}/api/v1${path}`;
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  assert.ok(response.ok, await response.text());
}

/** A data folder that a service made: one endpoint with two secrets and a header. */
let template: string;
let made: {
  readonly firstSecret: string;
  readonly secret: string;
  readonly updatedAt: string;
  readonly portalToken: string;
};
let busy: Ended;
const stack: (() => unknown)[] = [];
const file = { after: (undo: () => unknown) => stack.push(undo) };

before(async () => {
  template = temporaryFolder(file);
  const service = await startService(file, template);
  await service.call('/app', { name: 'Acme', uid: 'acme' });
  await service.call('/app/acme/endpoint', { url: 'https://example.com/', uid: 'main' });
  const headers = { authorization: 'Basic Zm9vOmJhcg==' };
  await request(service, 'PUT', '/app/acme/endpoint/main/headers', { headers });
  const { key: firstSecret } = await service.call('/app/acme/endpoint/main/secret');
  await request(service, 'POST', '/app/acme/endpoint/main/secret/rotate', {});
  const { key: secret } = await service.call('/app/acme/endpoint/main/secret');
  const { updatedAt } = await service.call('/app/acme/endpoint/main');
  const { token: portalToken } = await service.call('/auth/app-portal-access/acme', {});
  made = { firstSecret, secret, updatedAt, portalToken };
  busy = await holdfast(['key', 'rotate', '--data', template, '--json']);
  await service.stop();
});
after(async () => {
  for (const undo of stack.toReversed()) await undo();
});

/** A copy of it, with as many endpoints, all with that secret and that header. */
function manyEndpoints(context: TestContext, count: number): string {
  const dataDir = join(temporaryFolder(context), 'data');
  cpSync(template, dataDir, { recursive: true });
  const raw = openRaw(dataDir);
  raw
    .prepare(
      `INSERT INTO resource
         WITH RECURSIVE nth(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM nth WHERE n < ?)
         SELECT id + 32 * n, kind, app_id, NULL, json_set(doc, '$.id', id + 32 * n, '$.uid', NULL), created_at, updated_at, revision
           FROM resource, nth WHERE kind = 'endpoint' AND n > 0`,
    )
    .run(count - 1);
  raw.close();
  return dataDir;
}

test('while a service runs there is no rotation, and nothing is made for one', () => {
  assert.equal(busy.code, 1);
  const { code, detail } = JSON.parse(busy.stderr);
  assert.equal(code, 'ledger_in_use');
  assert.match(detail, /Stop it, rotate, and start it again/);
  assert.equal(existsSync(join(template, 'key.next')), false);
});

test('after a rotation the old key opens nothing, and receivers notice nothing', async (context) => {
  const receiver = await startReceiver(context);
  const dataDir = manyEndpoints(context, 1);
  const [key, previous] = [join(dataDir, 'key'), join(dataDir, 'key.previous')];
  const old = readFileSync(key, 'utf8');
  const { code, stdout, stderr } = await holdfast(['key', 'rotate', '--data', dataDir, '--json']);
  assert.equal(code, 0, stderr);
  assert.deepEqual(JSON.parse(stdout), {
    dataDir,
    endpoints: 1,
    resealed: 1,
    keyId: sealerOf(key).keyId,
    keyPlace: key,
    previousKeyFile: previous,
  });
  assert.notEqual(readFileSync(key, 'utf8'), old);
  assert.equal(readFileSync(previous, 'utf8'), old);
  for (const path of [key, previous]) assert.equal(statSync(path).mode & 0o777, 0o600);
  const left = ['key.next', 'key.next.draft', 'key.previous.draft'];
  assert.deepEqual(
    left.filter((name) => existsSync(join(dataDir, name))),
    [],
  );
  const sealed = sealedTexts(dataDir);
  assert.equal(sealed.length, 3);
  for (const text of sealed) {
    assert.throws(() => sealerOf(previous).open(text), { code: 'key_mismatch' });
  }

  const service = await startService(context, dataDir);
  const endpoint = await service.call('/app/acme/endpoint/main');
  assert.equal(endpoint.updatedAt, made.updatedAt);
  assert.equal((await service.call('/app/acme/endpoint/main/secret')).key, made.secret);
  await request(service, 'PATCH', '/app/acme/endpoint/main', { url: `${receiver.origin}/hook` });
  await service.call('/app/acme/msg', { eventType: 'a.b', payload: { n: 1 } });
  const [received] = await receiver.until(1);
  const headers = received?.headers ?? {};
  assert.equal(headers['authorization'], 'Basic Zm9vOmJhcg==');
  // The secret and the one before it sign: both were sealed anew.
  assert.equal(String(headers['webhook-signature']).split(' ').length, 2);
  new Webhook(made.secret).verify(received?.body ?? '', headers as Record<string, string>);
  const stale = await fetch(`${service.url}/api/v1/app/acme`, {
    headers: { authorization: `Bearer ${made.portalToken}` },
  });
  assert.equal(stale.status, 401);
});

test('what the list of changes holds is sealed anew too, and can be taken back with the new key', async (context) => {
  const dataDir = manyEndpoints(context, 1);
  const old = sealerOf(join(dataDir, 'key'));
  const before = sealedInChanges(dataDir);
  assert.ok(before.length > 4);
  for (const text of before) old.open(text);
  const rotated = await holdfast(['key', 'rotate', '--data', dataDir, '--json']);
  assert.equal(rotated.code, 0, rotated.stderr);
  const after = sealedInChanges(dataDir);
  assert.equal(after.length, before.length);
  const current = sealerOf(join(dataDir, 'key'));
  for (const [place, text] of after.entries()) {
    assert.throws(() => old.open(text), { code: 'key_mismatch' });
    assert.deepEqual(current.open(text), old.open(before[place] ?? ''));
  }

  const service = await startService(context, dataDir);
  const secretOf = async (): Promise<unknown> =>
    (await service.call('/app/acme/endpoint/main/secret')).key;
  const headersOf = async (): Promise<unknown> =>
    (await service.call('/app/acme/endpoint/main/headers')).sensitive;
  const { data } = await service.call('/app/acme/change?limit=2');
  const [secret, headers] = data;
  const fieldOf = ({ items }: Json): unknown => items[0].fields[0].field;
  assert.deepEqual([secret, headers].map(fieldOf), ['secrets', 'sealedHeaders']);
  const { conflicts } = await service.call('/change/revert', { changeIds: [secret.id] });
  assert.deepEqual(conflicts, []);
  assert.equal(await secretOf(), made.firstSecret);
  await service.call('/change/revert', { changeIds: [headers.id] });
  assert.deepEqual(await headersOf(), []);
  const back = { changeIds: [secret.id, headers.id], onConflict: 'overwrite' };
  const again = await service.call('/change/revert', back);
  assert.deepEqual(again.items, [], 'they are taken back already');
});

test('wherever a rotation ends, both keys open everything and the next run finishes it', async (context) => {
  const endpoints = 150;
  const cutAt = async (dataDir: string, point: number): Promise<boolean> => {
    let calls = 0;
    const rotation = rotateKey({
      settings: { dataDir, encryptionKey: '', previousEncryptionKey: '' },
      random: systemRandom,
      onProgress() {
        if (calls === point) throw new Error('cut here');
        calls += 1;
      },
    });
    return rotation.then(
      () => false,
      (thrown: unknown) => thrown instanceof Error && thrown.message === 'cut here',
    );
  };
  let points = 0;
  for (; ; points += 1) {
    const dataDir = manyEndpoints(context, endpoints);
    const [key, next] = [join(dataDir, 'key'), join(dataDir, 'key.next')];
    if (!(await cutAt(dataDir, points))) break;
    const both = sealerOf(key, next);
    for (const sealed of sealedTexts(dataDir)) both.open(sealed);

    // A later end, between the old key's copy and the rename, leaves this too.
    copyFileSync(key, join(dataDir, 'key.previous'));
    const rest = endpoints - countSealedBy(dataDir, sealerOf(next));
    const settings = { dataDir, encryptionKey: '', previousEncryptionKey: '' };
    const result = await rotateKey({ settings, random: systemRandom, onProgress() {} });
    assert.deepEqual([result.endpoints, result.resealed], [endpoints, rest]);
    assertAlike(sealedInChanges(template), sealedInChanges(dataDir));
    const alone = sealerOf(key);
    assert.equal(alone.keyId, result.keyId);
    for (const sealed of sealedTexts(dataDir)) alone.open(sealed);
    assert.equal(existsSync(next), false);
  }
  // Two portions are sealed, two are proven, and both passes say when they have ended.
  assert.equal(points, 6);
});

test('killed with kill -9 in the middle, the service starts with both keys, and a second run ends it', async (context) => {
  const endpoints = 3000;
  const dataDir = manyEndpoints(context, endpoints);
  const [key, next] = [join(dataDir, 'key'), join(dataDir, 'key.next')];
  const old = readFileSync(key, 'utf8');
  const killAt = Math.floor((0.1 + 0.4 * seededRandom(20_260_301).next()) * endpoints);

  const rotation = start(context, ['key', 'rotate', '--data', dataDir]);
  const sealedAnew = (): number => countSealedBy(dataDir, sealerOf(next));
  await until(() => existsSync(next) && sealedAnew() >= killAt, 'the rotation’s middle');
  await rotation.stop('SIGKILL');
  const done = sealedAnew();
  assert.ok(done >= killAt && done < endpoints, `${done} of ${endpoints} were sealed anew`);

  const service = await startService(context, dataDir);
  assert.match(service.stderr(), /^$/);
  for (const order of ['ascending', 'descending']) {
    const { data } = await service.call(`/app/acme/endpoint?limit=1&order=${order}`);
    const path = `/app/acme/endpoint/${data[0].id}`;
    assert.equal((await service.call(`${path}/secret`)).key, made.secret);
    assert.deepEqual((await service.call(`${path}/headers`)).sensitive, ['authorization']);
  }
  // Made in between, and sealed with the old key still.
  await service.call('/app/acme/endpoint', { url: 'https://example.com/', uid: 'new' });
  await service.stop();

  const again = await holdfast(['key', 'rotate', '--data', dataDir]);
  assert.equal(again.code, 0, again.stderr);
  const rest = (endpoints + 1 - done).toLocaleString('en-US');
  assert.ok(again.stdout.startsWith(`Sealed ${rest} of 3,001 endpoints anew; all of them open`));
  assert.match(again.stdout, /Portal tokens given out before have ended\./);
  assert.match(again.stderr, /opened with the new key alone: endpoints 3,001/);
  const alone = sealerOf(key);
  for (const sealed of sealedTexts(dataDir)) alone.open(sealed);
  assert.equal(readFileSync(join(dataDir, 'key.previous'), 'utf8'), old);
});

test('a key in the environment is changed with both keys in the environment', async (context) => {
  const dataDir = manyEndpoints(context, 1);
  const [keyA, keyB] = [1, 2].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer];
  const [a, b] = [keyA.toString('base64'), keyB.toString('base64')];
  const opensWith = (key: Buffer): void => {
    for (const sealed of sealedTexts(dataDir)) createSealer([key], systemRandom).open(sealed);
  };
  const rotate = (env: Readonly<Record<string, string>>) =>
    holdfast(['key', 'rotate', '--data', dataDir, '--json'], { env });

  // From the file to the environment: the file is the old key.
  const moved = await rotate({ HOLDFAST_ENCRYPTION_KEY: a });
  assert.equal(moved.code, 0, moved.stderr);
  assert.equal(JSON.parse(moved.stdout).keyPlace, 'HOLDFAST_ENCRYPTION_KEY');
  assert.equal(JSON.parse(moved.stdout).previousKeyFile, null);
  opensWith(keyA);

  // None of the keys that are there sealed anything: it says so and changes nothing.
  const settings = { dataDir, encryptionKey: b, previousEncryptionKey: '' };
  const lost = rotateKey({ settings, random: systemRandom, onProgress() {} });
  await assert.rejects(lost, { code: 'key_mismatch', message: /HOLDFAST_PREVIOUS_ENCRYPTION_KEY/ });
  opensWith(keyA);

  // The service needs no rotation to start with the new key, as long as it has the old one too.
  const both = { HOLDFAST_ENCRYPTION_KEY: b, HOLDFAST_PREVIOUS_ENCRYPTION_KEY: a };
  const service = await startService(context, dataDir, both);
  assert.match((await service.call('/app/acme/endpoint/main/secret')).key, /^whsec_/);
  await service.stop();
  assert.equal(JSON.parse((await rotate(both)).stdout).resealed, 1);
  opensWith(keyB);

  // And back to a file.
  const back = await rotate({ HOLDFAST_PREVIOUS_ENCRYPTION_KEY: b });
  assert.equal(JSON.parse(back.stdout).keyPlace, join(dataDir, 'key'));
  opensWith(keyIn(join(dataDir, 'key')));
});

test('without the old key, or without a ledger, nothing is made', async (context) => {
  const dataDir = temporaryFolder(context);
  const nowhere = await holdfast(['key', 'rotate', '--data', dataDir, '--json']);
  assert.equal(JSON.parse(nowhere.stderr).code, 'ledger_not_openable');

  const ledger = await openSqliteLedger({ dataDir });
  await ledger.close();
  const noFile = await holdfast(['key', 'rotate', '--data', dataDir, '--json']);
  assert.equal(JSON.parse(noFile.stderr).code, 'config_invalid');
  assert.match(JSON.parse(noFile.stderr).detail, /There is no key at/);
  const env = { HOLDFAST_ENCRYPTION_KEY: Buffer.alloc(32, 3).toString('base64') };
  const noOld = await holdfast(['key', 'rotate', '--data', dataDir, '--json'], { env });
  assert.equal(JSON.parse(noOld.stderr).field, 'HOLDFAST_PREVIOUS_ENCRYPTION_KEY');
  const made = ['key', 'key.next'].filter((name) => existsSync(join(dataDir, name)));
  assert.deepEqual(made, []);
});
