import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createIdSource, systemClock } from '../../src/core/index.ts';
import { openSqliteLedger } from '../../src/ledger/index.ts';
import { moveAlert } from '../../src/slo/alerts/state.ts';
import { storedAlertOf } from '../../src/slo/alerts/stored.ts';
import { findingOf, plainRules } from '../support/alert-scene.ts';
import { holdfast, startService, temporaryFolder } from './processes.ts';

test('an alert is listed, shown, acknowledged, silenced and resolved', async (t) => {
  const folder = temporaryFolder(t);
  const ledger = await openSqliteLedger({ dataDir: folder, maxBytes: 0 });
  const id = createIdSource(systemClock).next();
  const moved = moveAlert(
    null,
    { kind: 'raise', finding: findingOf(), id },
    Date.now(),
    plainRules,
  );
  const alert = moved?.alert ?? assert.fail();
  await ledger.storeAlerts({ alerts: [storedAlertOf(alert)], events: [], notifications: [] });
  await ledger.close();
  const service = await startService(t, folder, {});
  const run = (...args: string[]) => holdfast(['alert', ...args, ...service.flags]);
  const listed = await run('list');
  assert.equal(listed.code, 0, listed.stderr);
  assert.match(listed.stdout, /firing +page +billing .*Invoices are late/);
  const name = /alert_\w+/.exec(listed.stdout)?.[0] ?? '';
  assert.match((await run('ack', name)).stdout, /ACKNOWLEDGED, page/);
  assert.match((await run('silence', name, '--for', '2h')).stdout, /silenced until/);
  const shown = (await run('show', name)).stdout;
  assert.match(shown, /0\.3 % of the invoices/);
  assert.match(shown, /acknowledged +admin/);
  assert.match((await run('resolve', name)).stdout, /RESOLVED/);
  assert.match((await run('list')).stdout, /no such alerts/);
  assert.equal((await run('ack', name)).code, 1);
});
