import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditReport } from '../../src/cli/audit-report.ts';
import { createDemoReceiver, digestOf, freePorts } from '../../src/cli/demo/demo-receiver.ts';
import { loadVerifier } from '../../src/cli/demo/development-packages.ts';
import type { DemoResult, ObservedReceiver } from '../../src/cli/demo/run-demo.ts';
import { isFlawless, totalsOf } from '../../src/cli/demo/summary.ts';
import { systemRandom } from '../../src/core/index.ts';
import { createSigner, generateSecret } from '../../src/signature/index.ts';

const digest = digestOf('{}');

const receiver: ObservedReceiver = {
  name: 'healthy',
  acknowledged: new Map([['msg_1', new Set([digest])]]),
  signatureFailures: 0,
  attempts: 1,
  deliveries: 1,
  firstAttemptSuccesses: 1,
  delivered: 1,
  deadLettered: 0,
  redriven: 0,
};

const audit: AuditReport = {
  accounted: true,
  unaccounted: 0,
  total: {
    accepted: 1,
    matched: 1,
    states: { scheduled: 0, in_flight: 0, delivered: 1, dead: 0, cancelled: 0 },
    difference: 0,
  },
  applications: [],
  minutes: [],
  findings: [],
};

const flawless: DemoResult = {
  examples: 1,
  payloadBytes: { min: 2, max: 2 },
  sent: new Map([['msg_1', digest]]),
  receivers: [receiver],
  audit,
  sli: { rows: 1, differing: 0, differences: [] },
  redriven: 0,
  tookMs: 1,
};

test('a demo in which everything arrived is flawless', () => {
  assert.ok(isFlawless(flawless));
  assert.deepEqual(totalsOf(flawless), {
    accepted: 1,
    deliveries: 1,
    delivered: 1,
    deadLettered: 0,
    redriven: 0,
    lost: 0,
    unaccounted: 0,
    signatureFailures: 0,
    sliMinutes: 1,
    sliDiffering: 0,
  });
});

const lossy: readonly {
  readonly name: string;
  readonly acknowledged: ObservedReceiver['acknowledged'];
}[] = [
  { name: 'a message that never came is lost', acknowledged: new Map() },
  {
    name: 'a message that came with other bytes is lost',
    acknowledged: new Map([['msg_1', new Set([digestOf('{ }')])]]),
  },
  {
    name: 'a message whose bytes differ from attempt to attempt is lost',
    acknowledged: new Map([['msg_1', new Set([digest, digestOf('{ }')])]]),
  },
];
for (const { name, acknowledged } of lossy) {
  test(name, () => {
    const result = { ...flawless, receivers: [{ ...receiver, acknowledged }] };
    assert.equal(totalsOf(result).lost, 1);
    assert.ok(!isFlawless(result));
  });
}

test('bad signatures, unaccounted deliveries and examples that were not accepted are flaws', () => {
  const minute = { application: 'app', minuteAt: '', ...audit.total, difference: -2 };
  const flawed: readonly DemoResult[] = [
    { ...flawless, receivers: [{ ...receiver, signatureFailures: 1 }] },
    { ...flawless, audit: { ...audit, unaccounted: 1 } },
    { ...flawless, audit: { ...audit, minutes: [minute] } },
    { ...flawless, sli: { rows: 1, differing: 1, differences: [] } },
    { ...flawless, examples: 2 },
  ];
  for (const result of flawed) assert.ok(!isFlawless(result));
});

test('a receiver of the demo refuses and counts what standardwebhooks does not verify', async (context) => {
  const [port = 0] = await freePorts(1, systemRandom);
  const receiver = createDemoReceiver({ name: 'x', port, failShare: 0, random: systemRandom });
  const secret = generateSecret(systemRandom);
  receiver.useVerifier((await loadVerifier())(secret.text));
  await receiver.open();
  context.after(() => receiver.close());
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = createSigner([secret]).sign('msg_1', timestamp, '{"a":1}');
  const post = async (body: string): Promise<number> => {
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signature,
    };
    return (await fetch(receiver.url, { method: 'POST', headers, body })).status;
  };
  assert.equal(await post('{"a":2}'), 400);
  assert.equal(receiver.signatureFailures(), 1);
  assert.equal(receiver.acknowledged.size, 0);
  assert.equal(await post('{"a":1}'), 204);
  assert.deepEqual([...receiver.acknowledged], [['msg_1', new Set([digestOf('{"a":1}')])]]);
});
