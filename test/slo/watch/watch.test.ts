import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Alerts } from '../../../src/slo/index.ts';
import { everything, MOST_OBJECTIVES } from '../../../src/slo/objective.ts';
import { createObjectiveWatch } from '../../../src/slo/watch/objective-watch.ts';
import { DAY_MS, HOUR_MS, START } from '../../support/ledger-scene.ts';
import { somebody } from '../../support/somebody.ts';
import { LOOK_MS, openWatchScene, type WatchScene } from '../../support/watch-scene.ts';

const OUTAGE = 'outage objective first-attempt';
const STEP = 'small_step objective first-attempt';
const BURN = 'burn_rate objective first-attempt';

async function sendAll(scene: WatchScene, each: { good?: number; bad?: number }): Promise<void> {
  for (const { id } of scene.endpoints) await scene.send(id, each);
}

function endpointKey(scene: WatchScene, nth: number): string {
  return `fast_burn endpoint ${scene.idText.format('endpoint', endpointAt(scene, nth))}`;
}

function endpointAt({ endpoints }: WatchScene, nth: number): number {
  const endpoint = endpoints[nth];
  assert.ok(endpoint);
  return endpoint.id;
}

/** As after a month in which one delivery of 5,000 failed. */
function aMonthLater(): string {
  const state = JSON.parse(createObjectiveWatch(null).state());
  state.smallStep.baseline = {
    total: 2_000_000,
    bad: 400,
    hours: 500,
    inUse: 0.0002,
    beganAt: START - 30 * DAY_MS,
    hourAt: START,
    waiting: [],
  };
  return JSON.stringify(state);
}

async function firstAttempt({ configuration }: WatchScene) {
  const objective = await configuration.objectives.byName('first-attempt');
  assert.ok(objective);
  return objective;
}

async function learned(scene: WatchScene): Promise<void> {
  const { id } = await firstAttempt(scene);
  const rows = [{ key: String(id), state: aMonthLater() }];
  await scene.ledger.rememberDetectors({ rows });
  await scene.restart();
  await scene.look();
}

/** What fails for less is a restart. */
const LASTING_LOOKS = 6;

/** One failure of another endpoint among a hundred outcomes of a look. Looks that it took; null: it was not seen. */
async function stepUntilSeen(scene: WatchScene, looks: number): Promise<number | null> {
  for (let nth = 0; nth < looks; nth += 1) {
    for (let of = 0; of < 9; of += 1) await scene.send(endpointAt(scene, of), { good: 11 });
    await scene.send(endpointAt(scene, nth), { bad: 1 });
    await scene.look();
    if ((await scene.firing()).includes(STEP)) return nth + 1;
  }
  return null;
}

describe('what is watched', () => {
  test('one endpoint that fails alone is told once it lasts, and over once it delivers', async (t) => {
    const scene = await openWatchScene(t);
    for (let nth = 0; nth < 6; nth += 1) {
      await sendAll(scene, { good: 3 });
      await scene.look();
    }
    assert.deepEqual(await scene.firing(), []);
    const key = endpointKey(scene, 4);
    for (let nth = 0; nth < LASTING_LOOKS + 1; nth += 1) {
      await sendAll(scene, { good: 2 });
      await scene.send(endpointAt(scene, 4), { bad: nth < 2 ? 3 : 1 });
      await scene.look();
      assert.ok(nth >= 7 || !(await scene.firing()).includes(key), `look ${nth}`);
    }
    for (let nth = 0; nth < 5; nth += 1) {
      await scene.send(endpointAt(scene, 4), { bad: 1 });
      await scene.look();
    }
    assert.ok((await scene.firing()).includes(key));
    const { text, owner, consumers } = await scene.alert(key);
    assert.match(text, /\(e4\.example\): .* failed .*\nOwned by platform\./);
    assert.deepEqual([owner, consumers], ['platform', []]);
    for (let nth = 0; nth < 12; nth += 1) {
      await sendAll(scene, { good: 20 });
      await scene.look();
    }
    assert.ok(!(await scene.firing()).includes(key));
    for (let nth = 0; nth < 31; nth += 1) await scene.look();
    assert.ok(!(await scene.open()).some((alert) => alert.key === key));
  });

  test('an endpoint that restarts for half a minute, and fails once more later, is no alert', async (t) => {
    const scene = await openWatchScene(t);
    await sendAll(scene, { good: 3 });
    await scene.look();
    for (let nth = 0; nth < 3; nth += 1) {
      await scene.send(endpointAt(scene, 4), { bad: 4 });
      await scene.look();
    }
    // Its circuit lets a probe through within ten seconds.
    await scene.look();
    for (let nth = 0; nth < 60; nth += 1) {
      await scene.send(endpointAt(scene, 4), nth % 30 === 5 ? { good: 3, bad: 1 } : { good: 4 });
      await scene.look();
      assert.deepEqual(
        (await scene.firing()).filter((each) => each.startsWith('fast_burn ')),
        [],
      );
    }
  });

  test('what delivers nothing any more is told without another failure', async (t) => {
    const scene = await openWatchScene(t);
    await scene.look();
    await scene.send(endpointAt(scene, 4), { bad: 5 });
    const key = endpointKey(scene, 4);
    for (let nth = 0; nth < 4; nth += 1) await scene.look();
    assert.ok(!(await scene.firing()).includes(key));
    for (let nth = 0; nth < 2; nth += 1) await scene.look();
    assert.ok((await scene.firing()).includes(key));
  });

  test('of endpoints that fail, those are heard of no more that are disabled or gone', async (t) => {
    const scene = await openWatchScene(t);
    await scene.look();
    const two = [0, 1].map((nth) => endpointKey(scene, nth));
    for (const nth of [0, 1]) await scene.send(endpointAt(scene, nth), { bad: 5 });
    for (let nth = 0; nth < LASTING_LOOKS; nth += 1) await scene.look();
    for (const key of two) assert.ok((await scene.firing()).includes(key));
    const [one, other] = scene.endpoints;
    assert.ok(one && other);
    const disabled = { disabled: true, disabledReason: 'by_hand' } as const;
    const { endpoints } = scene.configuration;
    await endpoints.update(one, (known) => ({ ...known, ...disabled }), somebody);
    await endpoints.remove(other.id, somebody);
    await scene.look();
    for (const key of two) assert.ok(!(await scene.firing()).includes(key));
  });

  test('two objectives over all first attempts do not count one failure twice', async (t) => {
    const scene = await openWatchScene(t);
    await scene.objective({ name: 'again' });
    await scene.look();
    await scene.send(endpointAt(scene, 0), { bad: 2 });
    await scene.look();
    assert.deepEqual(await scene.firing(), []);
  });

  test('where many endpoints fail, a hundred have alerts of their own, and others once there is room', async (t) => {
    const scene = await openWatchScene(t, { endpoints: 103 });
    await scene.look();
    await sendAll(scene, { bad: 3 });
    for (let nth = 0; nth < LASTING_LOOKS; nth += 1) await scene.look();
    const told = async () => (await scene.firing()).filter((key) => key.startsWith('fast_burn '));
    assert.equal((await told()).length, 100);
    for (let nth = 0; nth < 103; nth += 1) {
      await scene.send(endpointAt(scene, nth), nth < 50 ? { good: 40 } : { bad: 3 });
    }
    await scene.look();
    for (let nth = 50; nth < 103; nth += 1) await scene.send(endpointAt(scene, nth), { bad: 3 });
    for (let nth = 0; nth < LASTING_LOOKS; nth += 1) await scene.look();
    const now = await told();
    for (const nth of [100, 101, 102]) assert.ok(now.includes(endpointKey(scene, nth)));
  });

  test('a total outage is seen within a minute of its start, and over when things are well', async (t) => {
    const scene = await openWatchScene(t);
    for (let nth = 0; nth < 6; nth += 1) {
      await sendAll(scene, { good: 2 });
      await scene.look();
    }
    const beganAt = scene.now();
    while (scene.now() < beganAt + 60_000 && !(await scene.firing()).includes(OUTAGE)) {
      await sendAll(scene, { bad: 1 });
      await scene.look();
    }
    const { severity, title, firedAt } = await scene.alert(OUTAGE);
    assert.equal(severity, 'page');
    assert.match(title, /^first-attempt: .* most of what is sent fails/);
    assert.ok(firedAt - beganAt <= 60_000, `${firedAt - beganAt} ms`);
    for (let nth = 0; nth < 8; nth += 1) {
      await sendAll(scene, { good: 5 });
      await scene.look();
    }
    assert.ok(!(await scene.firing()).includes(OUTAGE));
  });

  test('a small step across many endpoints is found, by what was learned before a restart', async (t) => {
    const scene = await openWatchScene(t, { endpoints: 60 });
    await learned(scene);
    await scene.restart();
    await scene.look();
    const looks = await stepUntilSeen(scene, 60);
    assert.ok(looks !== null && looks <= 30, `looks: ${looks}`);
    assert.ok(!(await scene.firing()).includes(OUTAGE));
    assert.match((await scene.alert(STEP)).text, /where 0\.02\d* % is usual/);
    await scene.restart();
    await scene.look();
    await scene.look();
    assert.ok((await scene.firing()).includes(STEP), 'it still is, in the next life');
  });

  test('a step of two in its first week is not judged', async (t) => {
    const scene = await openWatchScene(t, { endpoints: 60 });
    await scene.look();
    assert.equal(await stepUntilSeen(scene, 20), null);
  });

  test('a budget that burns is told, with owner, consumers, cost and what explains it', async (t) => {
    const scene = await openWatchScene(t);
    const value = { valuePerDelivery: 250, currency: 'EUR' } as never;
    await scene.objective({ value });
    await scene.look();
    for (let nth = 0; nth < LASTING_LOOKS + 3; nth += 1) {
      await sendAll(scene, { good: 3 });
      await scene.send(endpointAt(scene, 7), { bad: 5, eventType: 'invoice.sent' });
      await scene.look();
    }
    const { text, owner, consumers, facts } = await scene.alert('burn_rate objective paid');
    assert.deepEqual([owner, consumers], ['billing', ['ledgers', 'mail']]);
    assert.match(text, /^Objective paid: .*times too fast/);
    assert.match(text, /^About €[\d,]+\.\d\d a week/m);
    assert.match(text, /^host e7\.example: \d+ of \d+ failed, elsewhere 0 of/m);
    assert.match(text, /^event type invoice\.sent: /m);
    assert.match(text, /^Owned by billing\.$/m);
    assert.match(text, /^It hits ledgers, mail\.$/m);
    assert.ok(facts['explanations']);
    assert.ok((await scene.firing()).includes(BURN));
    await scene.look(8 * HOUR_MS);
    const fast = endpointKey(scene, 7);
    assert.deepEqual(
      await scene.firing(),
      [fast],
      'what had no traffic since is not known to be well',
    );
  });

  test('the first dead letter is told, also one from before the first look', async (t) => {
    const scene = await openWatchScene(t);
    scene.said.deadLetters = 1;
    await scene.look();
    const key = 'first_dead_letter the service';
    assert.deepEqual(await scene.firing(), [key]);
    assert.match((await scene.alert(key)).title, /1 dead letter .* the first in 24 h/);
    await scene.look();
    assert.deepEqual(await scene.firing(), []);
    scene.said.deadLetters = 2;
    await scene.look();
    assert.deepEqual(await scene.firing(), [], 'the second is not the first');
  });

  for (const looksBefore of [0, 3]) {
    test(`what the audit finds unaccounted is told within 30 s, after ${looksBefore} looks`, async (t) => {
      const scene = await openWatchScene(t);
      for (let nth = 0; nth < looksBefore; nth += 1) await scene.look();
      await scene.lose(endpointAt(scene, 0));
      const foundAt = scene.now();
      await scene.look();
      const { firedAt, severity } = await scene.alert('unaccounted the ledger');
      assert.equal(severity, 'page');
      assert.ok(firedAt - foundAt <= 30_000);
      await scene.look(11 * 60_000);
      assert.deepEqual(await scene.firing(), []);
    });
  }

  test('a stuck lane is told within 30 s, and over when it moves', async (t) => {
    const scene = await openWatchScene(t);
    await scene.look();
    const stuckAt = scene.now();
    const endpointId = endpointAt(scene, 3);
    const key = `stuck lane of ${scene.idText.format('endpoint', endpointId)}`;
    scene.said.overdue = [{ endpointId, oldestDueAt: stuckAt - 15_000 }];
    for (let nth = 0; nth < 3; nth += 1) await scene.look();
    assert.ok((await scene.alert(key)).firedAt - stuckAt <= 30_000);
    scene.said.overdue = [{ endpointId, oldestDueAt: scene.now() - 15_000 }];
    await scene.look();
    assert.deepEqual(await scene.firing(), []);
  });

  test('a lane is not stuck because nobody compared it with the ledger since', async (t) => {
    const scene = await openWatchScene(t);
    scene.said.comparedAt = scene.now();
    scene.said.overdue = [{ endpointId: endpointAt(scene, 3), oldestDueAt: scene.now() - 15_000 }];
    for (let nth = 0; nth < 4; nth += 1) await scene.look();
    assert.deepEqual(await scene.firing(), []);
    scene.said.comparedAt = null;
    await scene.look();
    assert.equal((await scene.firing()).length, 1);
  });

  test('a certificate that expires is told, and over when it is renewed', async (t) => {
    const scene = await openWatchScene(t);
    const observe = async (fingerprint: string, validTo: number): Promise<void> => {
      const link = { subject: 'CN=a', issuer: 'CN=b', validFrom: START, validTo, fingerprint };
      const seen = { id: scene.nextId(), peer: 'a.test:443', chain: [link], at: scene.now() };
      await scene.ledger.observeCertificate(seen);
    };
    await observe('01', START + 10 * DAY_MS);
    await scene.look();
    const { title, severity } = await scene.alert('certificate a.test:443');
    assert.deepEqual(
      [title, severity],
      ['The certificate of a.test:443 expires in 9 days', 'ticket'],
    );
    await observe('02', START + 90 * DAY_MS);
    await scene.look(HOUR_MS);
    assert.deepEqual(await scene.firing(), []);
  });

  test('a healthy hour, with a stray failure now and then, raises nothing', async (t) => {
    const scene = await openWatchScene(t);
    for (let nth = 0; nth < 360; nth += 1) {
      for (let of = 0; of < 5; of += 1) {
        await scene.send(endpointAt(scene, (nth + of) % 10), { good: 1 });
      }
      if (nth % 200 === 100) await scene.send(endpointAt(scene, nth % 9), { bad: 1 });
      await scene.look();
      assert.deepEqual(await scene.firing(), []);
    }
    assert.deepEqual([await scene.open(), scene.errors], [[], []]);
  });
});

describe('what goes wrong while it is watched', () => {
  test('what fired before a restart is cleared when nothing holds it up', async (t) => {
    const scene = await openWatchScene(t);
    await scene.look();
    const endpointId = endpointAt(scene, 3);
    scene.said.overdue = [{ endpointId, oldestDueAt: 1 }];
    for (let nth = 0; nth < LASTING_LOOKS; nth += 1) {
      for (const place of [0, 1, 2, 3]) await scene.send(endpointAt(scene, place), { bad: 3 });
      await scene.look();
    }
    const before = await scene.firing();
    for (const key of [OUTAGE, endpointKey(scene, 0)]) assert.ok(before.includes(key), key);
    assert.ok(before.some((key) => key.startsWith('stuck ')));
    scene.said.overdue = [];
    await scene.restart();
    for (let nth = 0; nth < 2; nth += 1) {
      await scene.look();
      await sendAll(scene, { good: 5 });
    }
    const kept = await scene.firing();
    assert.ok(kept.includes(OUTAGE), 'its minute is not over');
    assert.ok(kept.includes(endpointKey(scene, 0)), 'no minute showed that it is well');
    assert.ok(!kept.some((key) => key.startsWith('stuck ')));
    for (let nth = 0; nth < 14; nth += 1) {
      await sendAll(scene, { good: 20 });
      await scene.look();
    }
    await scene.look(8 * HOUR_MS);
    assert.deepEqual(await scene.firing(), []);
  });

  test('an objective that cannot be looked at keeps nobody from looking at the others', async (t) => {
    let isCursed = true;
    const scene = await openWatchScene(t, {
      hasDefaults: false,
      between: {
        ledger: (ledger) =>
          new Proxy(ledger, {
            get(target, name) {
              if (name !== 'sli') return Reflect.get(target, name, target);
              return (query: Parameters<typeof ledger.sli>[0]) =>
                isCursed && query.eventType === 'cursed'
                  ? Promise.reject(new Error('cannot be read'))
                  : ledger.sli(query);
            },
          }),
      },
    });
    const cursed = await scene.objective({
      name: 'a-cursed',
      slice: { ...everything, eventTypes: ['cursed'] },
    });
    await scene.objective({ name: 'first-attempt' });
    const rows = [{ key: String(cursed.id), state: aMonthLater() }];
    await scene.ledger.rememberDetectors({ rows });
    await scene.restart();
    await scene.look();
    await sendAll(scene, { bad: 2 });
    await scene.look();
    assert.ok((await scene.firing()).includes(OUTAGE));
    assert.ok(scene.errors.length > 0);
    isCursed = false;
    await scene.look(60_000);
    await scene.restart();
    const memories = await scene.ledger.detectorMemories({ limit: 10 });
    const kept = memories.find(({ key }) => key === String(cursed.id));
    assert.match(kept?.state ?? '', /"total":2000000/, 'nor does it forget what it knew');
  });

  test('what could not be raised is raised by the next look', async (t) => {
    let isFull = true;
    const scene = await openWatchScene(t, {
      between: {
        alerts: (alerts): Alerts => ({
          ...alerts,
          raise: (finding) =>
            isFull ? Promise.reject(new Error('disk is full')) : alerts.raise(finding),
        }),
      },
    });
    await scene.look();
    for (let nth = 0; nth < LASTING_LOOKS; nth += 1) {
      await sendAll(scene, { bad: 1 });
      await scene.look();
    }
    assert.deepEqual(await scene.firing(), []);
    isFull = false;
    await scene.look();
    assert.ok((await scene.firing()).includes(OUTAGE));
    for (const nth of [0, 1, 9]) {
      assert.ok((await scene.firing()).includes(endpointKey(scene, nth)), `endpoint ${nth}`);
    }
  });

  test('what could not be raised by the end is found again by the next life', async (t) => {
    let isFull = true;
    const scene = await openWatchScene(t, {
      between: {
        alerts: (alerts): Alerts => ({
          ...alerts,
          raise: (finding) =>
            isFull ? Promise.reject(new Error('disk is full')) : alerts.raise(finding),
        }),
      },
    });
    await scene.look();
    scene.said.deadLetters = 1;
    await sendAll(scene, { bad: 3 });
    await scene.look();
    // The minute in which states are stored.
    await scene.look(60_000);
    await scene.restart();
    isFull = false;
    scene.said.deadLetters = 0;
    await scene.look();
    assert.ok(!(await scene.firing()).includes(OUTAGE));
    await sendAll(scene, { bad: 3 });
    scene.said.deadLetters = 1;
    await scene.look();
    assert.ok((await scene.firing()).includes(OUTAGE));
    assert.ok((await scene.firing()).includes('first_dead_letter the service'));
  });

  test('a stop that cannot keep what is known is a stop all the same', async (t) => {
    let isFull = false;
    const scene = await openWatchScene(t, {
      between: {
        ledger: (ledger) =>
          new Proxy(ledger, {
            get(target, name) {
              if (name !== 'rememberDetectors') return Reflect.get(target, name, target);
              return (request: Parameters<typeof ledger.rememberDetectors>[0]) =>
                isFull
                  ? Promise.reject(new Error('disk is full'))
                  : ledger.rememberDetectors(request);
            },
          }),
      },
    });
    await scene.look();
    await sendAll(scene, { good: 1 });
    await scene.look();
    isFull = true;
    await scene.restart();
    assert.match(scene.errors.join(), /store/);
  });

  test('what the audit and delivery found since the last look is told by the stop', async (t) => {
    const scene = await openWatchScene(t);
    await scene.look();
    await scene.lose(endpointAt(scene, 0));
    scene.said.deadLetters = 1;
    await scene.restart();
    const told = ['first_dead_letter the service', 'unaccounted the ledger'];
    assert.deepEqual((await scene.firing()).toSorted(), told);
    scene.said.deadLetters = 0;
    await scene.look();
    assert.ok((await scene.firing()).includes('unaccounted the ledger'), 'it was a moment ago');
    await scene.look(HOUR_MS);
    scene.said.deadLetters = 1;
    await scene.look();
    assert.deepEqual(await scene.firing(), [], 'another one within a day is not the first');
  });

  test('an edit that leaves the past as it is ends no alert; another slice does', async (t) => {
    const scene = await openWatchScene(t);
    await scene.look();
    await sendAll(scene, { bad: 2 });
    await scene.look();
    const { objectives } = scene.configuration;
    const edit = async (more: object): Promise<void> => {
      await objectives.update(await firstAttempt(scene), (now) => ({ ...now, ...more }), somebody);
      await scene.look();
    };
    await edit({ description: 'as promised', owner: 'others' });
    assert.ok((await scene.firing()).includes(OUTAGE));
    await edit({ slice: { ...everything, eventTypes: ['invoice.sent'] } });
    assert.ok(!(await scene.firing()).includes(OUTAGE));
  });

  test('each of as many objectives as there may be is watched', async (t) => {
    const scene = await openWatchScene(t, { endpoints: 3, hasDefaults: false });
    for (let nth = 0; nth < MOST_OBJECTIVES; nth += 1) {
      const name = `o${String(nth).padStart(4, '0')}`;
      const eventTypes = nth === MOST_OBJECTIVES - 1 ? ['invoice.paid'] : ['none'];
      await scene.objective({ name, slice: { ...everything, eventTypes } });
    }
    await scene.look();
    await sendAll(scene, { bad: 2 });
    await scene.look();
    assert.deepEqual(await scene.firing(), [`outage objective o0${MOST_OBJECTIVES - 1}`]);
  });

  test('alerts of an objective that is deleted are over', async (t) => {
    const scene = await openWatchScene(t);
    await scene.look();
    await sendAll(scene, { bad: 2 });
    await scene.look();
    assert.ok((await scene.firing()).includes(OUTAGE));
    await scene.configuration.objectives.remove((await firstAttempt(scene)).id, somebody);
    await scene.look(LOOK_MS);
    assert.deepEqual(await scene.firing(), []);
  });
});
