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
        `SELECT json_extract(doc, '$.secrets[0].sealed') AS sealed FROM resource WHERE kind = 'endpoint'
         UNION ALL SELECT json_extract(doc, '$.sealedHeaders') FROM resource WHERE kind = 'endpoint'`,
      )
      .all()
      .flatMap(({ sealed }) => (sealed === null ? [] : [String(sealed)]));
  } finally {
    raw.close();
  }
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
  assert.equal(response.status, 204, await response.text());
}

/** A data folder that a service made: one endpoint with a secret and a header. */
let template: string;
const stack: (() => unknown)[] = [];
const file = { after: (undo: () => unknown) => stack.push(undo) } as unknown as TestContext;

before(async () => {
  template = temporaryFolder(file);
  const service = await startService(file, template);
  await service.call('/app', { name: 'Acme', uid: 'acme' });
  await service.call('/app/acme/endpoint', { url: 'https://example.com/', uid: 'main' });
  const headers = { authorization: 'Basic Zm9vOmJhcg==' };
  await request(service, 'PUT', '/app/acme/endpoint/main/headers', { headers });
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
         SELECT id + 32 * n, kind, app_id, NULL, json_set(doc, '$.id', id + 32 * n, '$.uid', NULL), created_at, updated_at
           FROM resource, nth WHERE kind = 'endpoint' AND n > 0`,
    )
    .run(count - 1);
  raw.close();
  return dataDir;
}

test('after a rotation the old key opens nothing, and receivers notice nothing', async (context) => {
  const receiver = await startReceiver(context);
  const dataDir = temporaryFolder(context);
  const before = await startService(context, dataDir);
  await before.call('/app', { name: 'Acme', uid: 'acme' });
  const url = `${receiver.origin}/hook`;
  const { updatedAt } = await before.call('/app/acme/endpoint', { url, uid: 'main' });
  await request(before, 'POST', '/app/acme/endpoint/main/secret/rotate', {});
  const { key: secret } = await before.call('/app/acme/endpoint/main/secret');
  const portal = await before.call('/auth/app-portal-access/acme', {});

  const busy = await holdfast(['key', 'rotate', '--data', dataDir, '--json']);
  assert.equal(busy.code, 1);
  assert.equal(JSON.parse(busy.stderr).code, 'ledger_in_use');
  assert.match(JSON.parse(busy.stderr).detail, /Stop it, rotate, and start it again/);
  assert.equal(existsSync(join(dataDir, 'key.next')), false);
  await before.stop();
  const old = readFileSync(join(dataDir, 'key'), 'utf8');

  const { code, stdout, stderr } = await holdfast(['key', 'rotate', '--data', dataDir, '--json']);
  assert.equal(code, 0, stderr);
  const result = JSON.parse(stdout);
  assert.deepEqual(result, {
    dataDir,
    endpoints: 1,
    resealed: 1,
    keyId: sealerOf(join(dataDir, 'key')).keyId,
    keyPlace: join(dataDir, 'key'),
    previousKeyFile: join(dataDir, 'key.previous'),
  });
  assert.notEqual(readFileSync(join(dataDir, 'key'), 'utf8'), old);
  assert.equal(readFileSync(join(dataDir, 'key.previous'), 'utf8'), old);
  for (const name of ['key', 'key.previous']) {
    assert.equal(statSync(join(dataDir, name)).mode & 0o777, 0o600);
  }
  assert.deepEqual(['key.next', 'key.draft'].filter((name) => existsSync(join(dataDir, name))), []);

  const after = await startService(context, dataDir);
  const kept = await after.call('/app/acme/endpoint/main');
  assert.ok(kept.updatedAt >= updatedAt);
  assert.equal((await after.call('/app/acme/endpoint/main/secret')).key, secret);
  await after.call('/app/acme/msg', { eventType: 'a.b', payload: { n: 1 } });
  const [{ body, headers }] = (await receiver.until(1)) as [(typeof receiver.received)[number]];
  // The current secret and the one before it sign: both were sealed anew.
  assert.equal(String(headers['webhook-signature']).split(' ').length, 2);
  new Webhook(secret).verify(body, headers as Record<string, string>);
  const stale = await fetch(`${after.url}/api/v1/app/acme`, {
    headers: { authorization: `Bearer ${portal.token}` },
  });
  assert.equal(stale.status, 401);
  await after.stop();

  for (const sealed of sealedTexts(dataDir)) {
    assert.throws(() => sealerOf(join(dataDir, 'key.previous')).open(sealed), { code: 'key_mismatch' });
  }
});

test('wherever a rotation ends, both keys open everything and the next run finishes it', async (context) => {
  const endpoints = 250;
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
      (thrown: Error) => thrown.message === 'cut here',
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
    const alone = sealerOf(key);
    assert.equal(alone.keyId, result.keyId);
    for (const sealed of sealedTexts(dataDir)) alone.open(sealed);
    assert.equal(existsSync(next), false);
  }
  // Three portions are sealed, three are proven, and both passes say when they have ended.
  assert.equal(points, 8);
});

test('killed with kill -9 in the middle, the service starts with both keys, and a second run ends it', async (context) => {
  const endpoints = 3000;
  const dataDir = manyEndpoints(context, endpoints);
  const [key, next] = [join(dataDir, 'key'), join(dataDir, 'key.next')];
  const old = readFileSync(key, 'utf8');
  const secret = sealerOf(key).open(sealedTexts(dataDir)[0] ?? '');
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
    assert.equal((await service.call(`${path}/secret`)).key, secret);
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
  const lost = await rotate({ HOLDFAST_ENCRYPTION_KEY: b });
  assert.equal(JSON.parse(lost.stderr).code, 'key_mismatch');
  assert.match(JSON.parse(lost.stderr).detail, /HOLDFAST_PREVIOUS_ENCRYPTION_KEY/);
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
