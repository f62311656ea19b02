import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test, type TestContext } from 'node:test';
import type { AuditReport } from '../../src/cli/audit-report.ts';
import { startEndpoint, type EndpointServer } from './endpoint-server.ts';
import { holdfast, startService, temporaryFolder, until } from './processes.ts';

type Ledger = {
  readonly dataDir: string;
  readonly endpoint: EndpointServer;
  readonly endpointId: string;
  /** Public ids of three delivered messages. */
  readonly messages: readonly string[];
};

const stack: (() => unknown)[] = [];
const file = { after: (undo: () => unknown) => stack.push(undo) };
let made: Ledger;

before(async () => {
  const dataDir = temporaryFolder(file);
  const endpoint = await startEndpoint(file);
  const service = await startService(file, dataDir);
  await service.call('/app', { name: 'Acme', uid: 'acme' });
  const { id: endpointId } = await service.call('/app/acme/endpoint', {
    url: endpoint.url,
    uid: 'main',
  });
  const messages: string[] = [];
  for (const n of [1, 2, 3]) {
    const { id } = await service.call('/app/acme/msg', { eventType: 'a.b', payload: { n } });
    messages.push(id);
  }
  await until(() => endpoint.ids.length === 3, 'three deliveries');
  assert.equal(await service.stop('SIGTERM'), 0);
  made = { dataDir, endpoint, endpointId, messages };
});
after(async () => {
  for (const undo of stack.toReversed()) await undo();
});

/** A copy of a ledger of three delivered messages whose service has stopped. */
function stoppedLedger(context: TestContext): Ledger {
  const dataDir = temporaryFolder(context);
  for (const name of ['ledger.sqlite', 'key', 'admin-token']) {
    // Nothing else is needed: a service that stops in order leaves no log behind.
    copyFileSync(join(made.dataDir, name), join(dataDir, name));
  }
  return { ...made, dataDir };
}

const audit = (dataDir: string, ...flags: string[]) =>
  holdfast(['audit', '--data', dataDir, ...flags]);

function change(dataDir: string, sql: string): void {
  const database = new DatabaseSync(join(dataDir, 'ledger.sqlite'));
  const { changes } = database.prepare(sql).run();
  database.close();
  assert.equal(changes, 1, sql);
}

const SECOND_MESSAGE = '(SELECT id FROM message ORDER BY id LIMIT 1 OFFSET 1)';

test('a ledger that adds up ends with 0, one that does not with 1, and healing is delivered', async (context) => {
  const { dataDir, endpoint, endpointId, messages } = stoppedLedger(context);
  const clean = await audit(dataDir, '--integrity');
  assert.equal(clean.code, 0, clean.stderr);
  assert.match(clean.stdout, /^acme +3 +3 +0 +0 +3 +0 +0 +0$/m);
  assert.match(clean.stdout, /SQLite finds the file whole\./);
  assert.match(clean.stdout, /Every delivery is accounted for: 3 deliveries of 3 messages\./);

  change(dataDir, `DELETE FROM delivery WHERE message_id = ${SECOND_MESSAGE}`);
  const broken = await audit(dataDir, '--json');
  assert.equal(broken.code, 1);
  const report: AuditReport = JSON.parse(broken.stdout);
  assert.equal(report.accounted, false);
  assert.equal(report.unaccounted, 1);
  assert.equal(report.applications[0]?.uid, 'acme');
  assert.equal(report.applications[0]?.difference, 1);
  assert.equal(report.minutes.length, 1);
  assert.deepEqual(
    report.findings.map(({ kind, message, endpoint: id }) => ({ kind, message, id })),
    [{ kind: 'missing', message: messages[1], id: endpointId }],
  );
  const forPeople = await audit(dataDir);
  assert.equal(forPeople.code, 1);
  assert.match(forPeople.stdout, new RegExp(`^missing +${messages[1]} +${endpointId}$`, 'm'));

  const healed = await audit(dataDir, '--heal', '--json');
  assert.equal(healed.code, 0, healed.stderr);
  const afterwards = JSON.parse(healed.stdout);
  assert.equal(afterwards.healed, 1);
  assert.equal(afterwards.unaccounted, 0);
  assert.equal(afterwards.total.states.scheduled, 1);

  // Its own audit would heal what is broken below before the command has looked.
  const service = await startService(context, dataDir, { HOLDFAST_AUDIT_MS: '3600000' });
  await until(() => endpoint.ids.length === 4, 'the healed delivery');
  assert.equal(endpoint.ids[3], messages[1]);

  // Beside a running service the file is read, but only the service writes.
  await until(async () => (await audit(dataDir)).code === 0, 'a clean audit beside the service');
  change(dataDir, `UPDATE delivery SET state = 9 WHERE message_id = ${SECOND_MESSAGE}`);
  const refused = await audit(dataDir, '--heal', '--json');
  assert.equal(refused.code, 1);
  assert.equal(JSON.parse(refused.stdout).unaccounted, 1);
  assert.equal(JSON.parse(refused.stderr).code, 'ledger_in_use');
  assert.match(JSON.parse(refused.stderr).detail, /background audit schedules again/);
  await service.stop('SIGTERM');
});

test('what has lost its message cannot be healed, and says so', async (context) => {
  const { dataDir, messages } = stoppedLedger(context);
  change(dataDir, `DELETE FROM message WHERE id = ${SECOND_MESSAGE}`);
  const { code, stdout } = await audit(dataDir, '--heal');
  assert.equal(code, 1);
  assert.match(stdout, new RegExp(`^orphaned +${messages[1]}`, 'm'));
  assert.match(stdout, /1 delivery is not accounted for\. It cannot be healed: /);
});

test('a missing and an unpromised delivery do not cancel each other out', async (context) => {
  const { dataDir } = stoppedLedger(context);
  change(
    dataDir,
    `UPDATE delivery SET endpoint_id = endpoint_id + 32 WHERE message_id = ${SECOND_MESSAGE}`,
  );
  const { code, stdout } = await audit(dataDir, '--json');
  const { total, unaccounted, findings }: AuditReport = JSON.parse(stdout);
  assert.equal(code, 1);
  assert.equal(total.difference, 0);
  assert.equal(unaccounted, 3); // missing, unpromised, and no attempt proves the stray one
  assert.deepEqual(findings.map(({ kind }) => kind).toSorted(), [
    'missing',
    'unpromised',
    'unproven',
  ]);
});

test('a ledger of an older version is told what brings it up to date', async (context) => {
  const { dataDir } = stoppedLedger(context);
  const database = new DatabaseSync(join(dataDir, 'ledger.sqlite'));
  database.exec('PRAGMA user_version = 0');
  database.close();
  const { code, stderr } = await audit(dataDir, '--json');
  assert.equal(code, 1);
  assert.equal(JSON.parse(stderr).code, 'ledger_not_openable');
  assert.match(JSON.parse(stderr).detail, /older Holdfast\. Start this version/);
});

test('a damaged file is called damaged', async (context) => {
  const { dataDir } = stoppedLedger(context);
  const path = join(dataDir, 'ledger.sqlite');
  writeFileSync(path, 'no database at all, but long enough to look at');
  const { code, stderr } = await audit(dataDir, '--json');
  assert.equal(code, 1);
  assert.equal(JSON.parse(stderr).code, 'ledger_corrupt');
  writeFileSync(path, '');
  const empty = await audit(dataDir, '--json');
  assert.equal(JSON.parse(empty.stderr).code, 'ledger_not_openable');
});
