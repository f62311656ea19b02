import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { ledgerPath } from '../../src/ledger/index.ts';
import { holdfast, startService, temporaryFolder, until, type Service } from '../cli/processes.ts';
import { startReceiver } from '../support/service-receiver.ts';

const MESSAGES = 2000;
const BATCH = 500;

/** Rows of the file, read beside the service or after its end. */
function count(dataDir: string, sql: string): number {
  const database = new DatabaseSync(ledgerPath(dataDir), { readOnly: true, timeout: 5000 });
  try {
    return Number(database.prepare(sql).get()?.['n']);
  } finally {
    database.close();
  }
}

async function sendAll(service: Service): Promise<void> {
  for (let from = 0; from < MESSAGES; from += BATCH) {
    const lines = Array.from({ length: BATCH }, (_, at) =>
      JSON.stringify({ eventType: 'paid', payload: { nth: from + at, amount: 7 } }),
    );
    const response = await fetch(`${service.url}/api/v1/app/acme/msg/batch`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${service.token}`,
        'content-type': 'application/x-ndjson',
      },
      body: lines.join('\n'),
    });
    assert.ok(response.ok, await response.text());
  }
}

test('a kill in the middle of a correction loses nothing and corrects nothing twice', async (context) => {
  const receiver = await startReceiver(context);
  const dataDir = temporaryFolder(context);
  const first = await startService(context, dataDir);
  await first.call('/app', { name: 'Acme', uid: 'acme' });
  await first.call('/app/acme/endpoint', { uid: 'main', url: receiver.origin });
  await first.call('/app/acme/endpoint/main/lane/pause', { reason: 'amounts are wrong' });
  await sendAll(first);
  const { id } = await first.call('/app/acme/correction', {
    reason: 'cents and dollars',
    correction: { operations: [{ path: 'amount', multiply: '100' }] },
  });
  const corrected = 'SELECT count(*) AS n FROM correction';
  await until(() => count(dataDir, corrected) > 0, 'the first step');
  await first.stop('SIGKILL');
  const soFar = count(dataDir, corrected);
  assert.ok(soFar > 0 && soFar < MESSAGES, `${soFar} were corrected before the kill`);

  const second = await startService(context, dataDir);
  await until(async () => (await second.call(`/app/acme/correction/${id}`)).done, 'the act');
  assert.equal((await second.call(`/app/acme/correction/${id}`)).touched, MESSAGES);
  await fetch(`${second.url}/api/v1/app/acme/endpoint/main/lane/resume`, {
    method: 'POST',
    headers: { authorization: `Bearer ${second.token}` },
  });
  await receiver.until(MESSAGES);
  const seen = new Map<number, number>();
  for (const { body } of receiver.received) {
    const { nth, amount } = JSON.parse(body.toString('utf8'));
    seen.set(nth, amount);
  }
  assert.equal(seen.size, MESSAGES);
  assert.deepEqual([...new Set(seen.values())], [700]);
  assert.equal(count(dataDir, corrected), MESSAGES);
  assert.equal(count(dataDir, `${corrected} WHERE nth <> 1`), 0);
  const ended = await holdfast(['audit', '--json', '--data', dataDir]);
  assert.equal(ended.code, 0, ended.stdout + ended.stderr);
});
