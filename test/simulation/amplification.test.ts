import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Behaviour } from '../support/simulation-network.ts';
import { defaultGates, Scene } from '../support/simulation-scene.ts';

const policy = { delaysMs: [0, 5_000, 60_000, 300_000, 3_600_000], maxAgeMs: 24 * 3_600_000 };
const OUTAGE_MS = 4 * 60_000;
const PER_SECOND = 12;

const troubles: readonly (readonly [string, Behaviour])[] = [
  ['answers 500', { kind: 'answer', status: 500 }],
  ['hangs', { kind: 'hang' }],
  ['refuses connections', { kind: 'fail', outcome: 'connect_failure' }],
  ['answers 429', { kind: 'answer', status: 429 }],
];

for (const [name, behaviour] of troubles) {
  for (const breaker of ['on', 'off'] as const) {
    test(`an endpoint that ${name} gets at most 1.2 requests a message, breaker ${breaker}, and all of them once it is well`, async (t) => {
      const off = { breakerFailures: 0, breakerFailurePercent: 0 };
      const scene = await Scene.create({
        settings: { ...defaultGates, ...(breaker === 'off' ? off : {}), auditMs: 600_000 },
        policy,
      });
      const { clock, life } = scene.simulation;
      await scene.endpoint('one');
      const receiver = scene.receiver('one');
      receiver.behaviour = behaviour;
      const accepted = await scene.load(['one'], PER_SECOND, OUTAGE_MS);
      const { sends } = scene.simulation.network;
      const sent = sends.length;
      assert.ok(sent <= 1.2 * accepted, `${sent} requests for ${accepted} messages`);
      assert.ok(sent > 5, 'it is tried now and then');
      receiver.behaviour = { kind: 'answer', status: 200 };
      const wellAt = scene.now;
      const deliveredIn = (): number =>
        new Set(sends.filter(({ outcome }) => outcome === 'delivered').map((one) => one.messageId))
          .size;
      await clock.until(() => sends.at(-1)?.outcome === 'delivered', 400_000);
      const firstAt = scene.now;
      await scene.quiet(2 * 3_600_000);
      const states = new Set(sends.map(({ messageId }) => messageId)).size;
      assert.equal(states, accepted);
      assert.equal(deliveredIn(), accepted, 'nothing is lost');
      assert.equal(life.engine.figures().held, 0);
      t.diagnostic(
        `${name}, breaker ${breaker}: ${(sent / accepted).toFixed(3)} requests a message; well after ${(firstAt - wellAt) / 1000} s, ` +
          `all delivered after ${(scene.now - wellAt) / 1000} s`,
      );
    });
  }
}
