import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import { TestScope } from '../support/service-scope.ts';
import { startReceiver, type Receiver } from '../support/service-receiver.ts';
import {
  createApplication,
  readLedger,
  startTestService,
  temporaryFolder,
  type Answered,
  type TestService,
} from '../support/service.ts';
import { until } from '../support/service-until.ts';

const scope = new TestScope();
let shared: TestService;

// A delivery that failed waits longer than a canary that harms lasts: it is then delivered as the endpoint is.
const settings = { retrySchedule: '0s,4s,4s,4s', retryJitterPercent: 0 } as const;

before(async () => {
  shared = await startTestService(scope, settings);
});
after(() => scope.end());

/** The last step: nothing but the evidence ends it. */
const FOR_EVER = [{ percent: 10, minutes: 1000, atLeast: 0 }];

let scenes = 0;

type Scene = {
  readonly app: string;
  readonly receiver: Receiver;
  readonly path: string;
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Answered['json']>;
  /** Sends messages until something is so; resolves to their count. */
  readonly sendUntil: (isSo: () => Promise<boolean>) => Promise<number>;
  readonly state: () => Promise<string>;
  /** The endpoint exactly as the ledger has it. */
  readonly document: () => string;
};

async function createScene(context: TestContext, service: TestService = shared): Promise<Scene> {
  scenes += 1;
  const app = `app-${scenes}`;
  const receiver = await startReceiver(context);
  await createApplication(service, app, { main: `${receiver.origin}/hook` });
  const path = `/api/v1/app/${app}/endpoint/main`;
  const ask: Scene['ask'] = async (method, under, body) => {
    const { status, json, text } = await service.call(method, `${path}${under}`, body);
    assert.ok(status < 300, text);
    return json;
  };
  const { id } = await ask('GET', '');
  return {
    app,
    receiver,
    path,
    ask,
    async sendUntil(isSo) {
      let sent = 0;
      while (!(await isSo())) {
        assert.ok(sent < 20_000, 'it did not come to that');
        const message = { eventType: 'a.b', payload: { n: sent } };
        const answers = await Promise.all(
          Array.from({ length: 5 }, () => service.call('POST', `/api/v1/app/${app}/msg`, message)),
        );
        assert.ok(answers.every(({ status }) => status === 202));
        sent += answers.length;
      }
      return sent;
    },
    state: async () => (await ask('GET', '/canary')).state,
    document: () =>
      readLedger(service.dataDir, (database) => {
        const row = database
          .prepare(`SELECT doc FROM resource WHERE kind = 'endpoint' AND doc LIKE ?`)
          .get(`%${receiver.origin}%`);
        assert.ok(row, id);
        return JSON.stringify(row);
      }),
  };
}

const allDelivered = (service: TestService, app: string): boolean =>
  readLedger(service.dataDir, (database) => {
    const row = database
      .prepare(
        `SELECT count(*) AS n FROM delivery d JOIN resource r ON r.id = d.app_id
         WHERE r.uid = ? AND d.state <> 2`,
      )
      .get(app);
    return row?.['n'] === 0;
  });

describe('a canary', () => {
  test('that breaks the receiver is rolled back by itself, and nothing of it is left', async (context) => {
    const { app, receiver, ask, sendUntil, state, document } = await createScene(context);
    receiver.answer = (response, { headers }) => {
      response.statusCode = headers['x-version'] === '2' ? 500 : 200;
      response.end();
    };
    const untouched = document();
    const started = await ask('POST', '/canary', {
      headers: { 'x-version': '2' },
      steps: FOR_EVER,
      reason: 'a new version',
    });
    assert.equal(started.state, 'running');
    assert.equal(started.percent, 10);
    assert.deepEqual(started.fields, ['headers']);
    const sent = await sendUntil(async () => (await state()) === 'rolled_back');
    await until(() => allDelivered(shared, app), 'all to be delivered');
    const broken = receiver.received.filter(({ headers }) => headers['x-version'] === '2');
    assert.ok(broken.length >= 4);
    assert.ok(
      broken.length <= 0.1 * sent + 4 * Math.sqrt(0.09 * sent) + 1,
      `${broken.length} of ${sent}`,
    );
    assert.equal(document(), untouched);
    const view = await ask('GET', '/canary');
    assert.equal(view.candidate.failed, view.candidate.attempts);
    assert.equal(view.stable.failed, 0);
    assert.equal(view.percent, 0);
    assert.match(
      view.stateReason,
      /^100 % \(\d+ of \d+\) failed at the first attempt, against 0 % .* does worse/,
    );
    // No message was lost to it: each came through as the endpoint is.
    const good = new Set(
      receiver.received
        .filter(({ headers }) => headers['x-version'] === undefined)
        .map(({ headers }) => headers['webhook-id']),
    );
    assert.equal(good.size, sent);
    const { json } = await shared.call('GET', '/api/v1/change?limit=5');
    const [last] = json.data;
    assert.equal(last.actor, 'holdfast');
    assert.equal(last.reason, view.stateReason);
  });

  test('that harms nobody steps up and is promoted, in one change that can be taken back', async (context) => {
    const { receiver, ask, sendUntil, state, document } = await createScene(context);
    const untouched = document();
    await ask('POST', '/canary', {
      url: `${receiver.origin}/new`,
      deadlineSeconds: 1,
      steps: [
        { percent: 20, minutes: 0, atLeast: 5 },
        { percent: 50, minutes: 0, atLeast: 5 },
      ],
    });
    await sendUntil(async () => (await state()) === 'promoted');
    assert.equal((await ask('GET', '')).url, `${receiver.origin}/new`);
    const view = await ask('GET', '/canary');
    assert.equal(view.step, 2);
    assert.ok(view.candidate.ripe >= 10);
    assert.match(view.stateReason, /nothing says that the candidate does worse/);
    const { json } = await shared.call('GET', '/api/v1/change?limit=1');
    const [change] = json.data;
    assert.equal(change.actor, 'holdfast');
    const items: readonly { readonly kind: string }[] = change.items;
    assert.deepEqual(items.map(({ kind }) => kind).toSorted(), ['canary', 'endpoint']);
    const reverted = await shared.call('POST', '/api/v1/change/revert', { changeIds: [change.id] });
    assert.equal(reverted.status, 200, reverted.text);
    const urlOf = (row: string): unknown => JSON.parse(JSON.parse(row).doc).url;
    assert.equal(urlOf(document()), urlOf(untouched));
    assert.equal(await state(), 'promoted');
  });

  test('gets no more messages while it is paused, and goes on when it is resumed', async (context) => {
    const { receiver, ask, sendUntil } = await createScene(context);
    const steps = [{ percent: 50, minutes: 1000, atLeast: 0 }];
    await ask('POST', '/canary', { headers: { 'x-version': '2' }, steps });
    const seen = (): number =>
      receiver.received.filter(({ headers }) => headers['x-version'] === '2').length;
    await sendUntil(async () => seen() > 5);
    const paused = await ask('POST', '/canary/pause', { reason: 'lunch' });
    assert.equal(paused.state, 'paused');
    assert.equal(paused.stateReason, 'lunch');
    assert.deepEqual(paused.waitsFor, ['to be resumed']);
    // What was decided begins within two seconds; then the candidate's count stands still.
    const at = performance.now();
    await sendUntil(async () => performance.now() - at > 2000);
    const still = seen();
    const goneOnAt = performance.now();
    await sendUntil(async () => performance.now() - goneOnAt > 300);
    assert.equal(seen(), still);
    await ask('POST', '/canary/resume', {});
    await sendUntil(async () => seen() > still);
    assert.equal((await ask('POST', '/canary/stop', {})).state, 'stopped');
  });

  test('keeps what it tries from being changed under it, and leaves all else free', async (context) => {
    const { path, ask } = await createScene(context);
    await ask('POST', '/canary', { headers: { 'x-version': '2' } });
    const refused = await shared.call('PUT', `${path}/headers`, { headers: { 'x-other': '1' } });
    assert.equal(refused.status, 409);
    assert.equal(refused.json.code, 'canary_running');
    assert.match(refused.json.detail, /can_\w+ .* tries another headers/);
    const second = await shared.call('POST', `${path}/canary`, { passTrace: true });
    assert.equal(second.json.code, 'canary_running');
    await ask('PATCH', '', { description: 'still mine' });
    await ask('POST', '/canary/stop', { reason: 'enough' });
    await ask('PUT', '/headers', { headers: { 'x-other': '1' } });
    assert.equal(
      (await shared.call('POST', `${path}/canary/stop`, {})).json.code,
      'state_conflict',
    );
  });

  test('says why it cannot try what acts on more than one attempt', async (context) => {
    const { path } = await createScene(context);
    for (const field of ['eventTypes', 'throttleRate', 'signatureHeaders']) {
      const { status, json } = await shared.call('POST', `${path}/canary`, { [field]: null });
      assert.equal(status, 422);
      assert.equal(json.field, field);
      assert.match(json.detail[0].msg, /A canary cannot try .*\. It (acts|decides|belongs) /);
    }
    const nothing = await shared.call('POST', `${path}/canary`, {});
    assert.equal(nothing.status, 422);
  });

  test('goes with its endpoint', async (context) => {
    const { path, ask } = await createScene(context);
    const { id } = await ask('POST', '/canary', { passTrace: true });
    assert.equal((await shared.call('DELETE', path)).status, 204);
    const { json } = await shared.call('GET', '/api/v1/canary');
    const listed: readonly { readonly id: string; readonly state: string }[] = json.data;
    assert.equal(listed.find((canary) => canary.id === id)?.state, 'stopped');
  });

  test('goes on after a restart with the same figures, and ends by evidence from both lives', async (context) => {
    const dataDir = temporaryFolder(context);
    const first = await startTestService(context, { ...settings, dataDir });
    const { receiver, ask, sendUntil, app } = await createScene(context, first);
    const steps = [{ percent: 40, minutes: 1000, atLeast: 0 }];
    await ask('POST', '/canary', { headers: { 'x-version': '2' }, steps });
    await sendUntil(async () => (await ask('GET', '/canary')).candidate.attempts > 20);
    await until(() => allDelivered(first, app), 'all to be delivered');
    const settled = await ask('GET', '/canary');
    await first.stop();
    const second = await startTestService(context, { ...settings, dataDir });
    const path = `/api/v1/app/${app}/endpoint/main/canary`;
    const { json: again } = await second.call('GET', path);
    assert.equal(again.state, 'running');
    for (const arm of ['stable', 'candidate'] as const) {
      assert.equal(again[arm].attempts, settled[arm].attempts);
      assert.equal(again[arm].failed, settled[arm].failed);
    }
    receiver.answer = (response, { headers }) => {
      response.statusCode = headers['x-version'] === '2' ? 500 : 200;
      response.end();
    };
    const message = { eventType: 'a.b', payload: {} };
    await until(async () => {
      await second.call('POST', `/api/v1/app/${app}/msg`, message);
      return (await second.call('GET', path)).json.state === 'rolled_back';
    }, 'the canary to be rolled back');
  });
});
