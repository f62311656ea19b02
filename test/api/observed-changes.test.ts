import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApplication, startTestService } from '../support/service.ts';
import { startReceiver } from '../support/service-receiver.ts';
import { until } from '../support/service-until.ts';

test('another version of a receiver stands in the list of changes, by its peer', async (context) => {
  let version = 'app/1.0';
  const receiver = await startReceiver(context, (response) => {
    response.writeHead(200, { 'x-app-version': version, 'set-cookie': 'a=secret' }).end();
  });
  const service = await startTestService(context, { learnReceiversMs: 0 });
  await createApplication(service, 'acme', { hook: receiver.origin });
  const list = async (kind: string): Promise<ReturnType<typeof JSON.parse>[]> => {
    const { status, json } = await service.call('GET', `/api/v1/change?kind=${kind}`);
    assert.equal(status, 200);
    return json.data;
  };
  const send = async (): Promise<void> => {
    const message = { eventType: 'invoice.paid', payload: {} };
    const { status } = await service.call('POST', '/api/v1/app/acme/msg', message);
    assert.equal(status, 202);
  };
  await send();
  await receiver.until(1);
  assert.deepEqual(await list('server'), []);
  version = 'app/1.1';
  const [change] = await until(async () => {
    await send();
    const data = await list('server');
    return data.length === 1 && data;
  }, 'the change');
  const { host } = new URL(receiver.origin);
  assert.deepEqual([change.actor, change.via, change.isRevertible], [host, 'holdfast', false]);
  assert.deepEqual(change.items, [
    {
      kind: 'server',
      verb: 'observed',
      subject: host,
      appId: null,
      subjectId: null,
      fields: [
        { field: 'x-app-version', before: ['app/1.0'], after: ['app/1.1'], isHidden: false },
      ],
    },
  ]);
  assert.deepEqual(await list('address'), []);
});
