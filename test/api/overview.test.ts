import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startReceiver } from '../support/service-receiver.ts';
import { TestScope } from '../support/service-scope.ts';
import { createApplication, startTestService, type TestService } from '../support/service.ts';
import { until } from '../support/service-until.ts';

const scope = new TestScope();
let service: TestService;

before(async () => {
  const good = await startReceiver(scope);
  const bad = await startReceiver(scope, (response) => void response.writeHead(500).end());
  service = await startTestService(scope, { breakerFailures: 0, breakerFailurePercent: 0 });
  await createApplication(service, 'acme', { good: good.origin, bad: `${bad.origin}/hooks` });
  for (let nth = 0; nth < 5; nth += 1) {
    const body = { eventType: 'invoice.paid', payload: { nth } };
    const { status } = await service.call('POST', '/api/v1/app/acme/msg', body);
    assert.equal(status, 202);
  }
});
after(() => scope.end());

test('shows what became of the last minutes, how things stand, and who fails most', async () => {
  const overview = await until(async () => {
    const { status, json } = await service.call('GET', '/api/v1/overview?minutes=5');
    assert.equal(status, 200);
    const sum = (name: string): number =>
      (json.minutes as readonly Record<string, number>[]).reduce(
        (total, minute) => total + (minute[name] ?? 0),
        0,
      );
    return sum('dead') === 5 && { json, sum };
  }, 'the retries to be used up');
  const { json, sum } = overview;
  assert.deepEqual(
    ['accepted', 'delivered', 'late', 'firstOk', 'firstBad'].map(sum),
    [10, 5, 0, 5, 5],
  );
  assert.equal(Date.parse(json.until) - Date.parse(json.since) > 4 * 60_000, true);
  assert.deepEqual(
    [json.now.pending, json.now.isPendingMore, json.now.unaccounted, json.now.openIncidents],
    [0, false, 0, 0],
  );
  assert.equal(json.worstEndpoints.length, 1);
  const [{ uid, firstOk, firstBad, url, id, appId }] = json.worstEndpoints;
  assert.deepEqual([uid, firstOk, firstBad], ['bad', 0, 5]);
  assert.match(url, /\/hooks$/);
  const endpoint = await service.call('GET', `/api/v1/app/${appId}/endpoint/${id}`);
  assert.equal(endpoint.json.uid, 'bad');
});

test('is an hour, unless it is asked for less or more, up to a day', async () => {
  const { json } = await service.call('GET', '/api/v1/overview');
  const span = Date.parse(json.until) - Date.parse(json.since);
  assert.ok(span > 59 * 60_000 && span <= 60 * 60_000, String(span));
  for (const minutes of ['0', '1441', 'all']) {
    const { status } = await service.call('GET', `/api/v1/overview?minutes=${minutes}`);
    assert.equal(status, 422, minutes);
  }
});

test('is not for owners of one application', async () => {
  const access = await service.call('POST', '/api/v1/auth/app-portal-access/acme', {});
  const { token } = access.json;
  assert.equal((await service.call('GET', '/api/v1/overview', undefined, { token })).status, 403);
});

test('is read once for all who ask at once', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => service.call('GET', '/api/v1/overview?minutes=7')),
  );
  const moments = new Set(answers.map(({ json }) => json.until));
  assert.equal(moments.size, 1);
});
