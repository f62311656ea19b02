import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createIdSource, seededRandom, silentLog, type Clock } from '../../src/core/index.ts';
import {
  createAuditor,
  LEASE_GRACE_MS,
  openMemoryLedger,
  type Auditor,
  type Ledger,
} from '../../src/ledger/index.ts';
import {
  ACME,
  BLUE,
  createScene,
  HOUR_MS,
  inFlight,
  only,
  RED,
  START,
  UMBRA,
  type Scene,
} from '../support/ledger-scene.ts';
import { shareSqliteLedger } from '../support/ledger-shared.ts';

const AUDIT_MS = 5000;
const shared = await shareSqliteLedger();

type Arranged = {
  readonly scene: Scene;
  readonly auditor: Auditor;
  /** The next life. */
  readonly begin: () => Auditor;
  /** Timers that are set: how late, and what they run. */
  readonly timers: { readonly delayMs: number; readonly run: () => void }[];
};

function arrange(ledger: Ledger = openMemory()): Arranged {
  const scene = createScene(ledger);
  const timers: Arranged['timers'] = [];
  const clock: Clock = {
    now: () => scene.now(),
    after(delayMs, run) {
      const timer = { delayMs, run };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1);
    },
  };
  const ids = createIdSource(clock, 1);
  const begin = (): Auditor =>
    createAuditor({ ledger, clock, ids, log: silentLog, auditMs: AUDIT_MS });
  return { scene, auditor: begin(), begin, timers };
}

/** Waits until a timer is set: a step has ended, and the next one is planned. */
async function isSet(timers: Arranged['timers']): Promise<void> {
  while (timers.length === 0) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

/** One step, whose pauses are told and end at once. */
async function stepThrough(
  { auditor, timers }: Arranged,
  tellPause: (pauseMs: number) => void = () => {},
): Promise<void> {
  let isDone = false;
  const done = auditor.step().finally(() => {
    isDone = true;
  });
  // oxlint-disable-next-line no-unmodified-loop-condition -- the step's end modifies it
  while (!isDone) {
    for (const { delayMs, run } of timers.splice(0)) {
      tellPause(delayMs);
      run();
    }
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  await done;
}

function openMemory(): Ledger {
  const clock = { now: () => START, after: () => () => {} };
  return openMemoryLedger({ clock, random: seededRandom(1) });
}

describe('the background audit', () => {
  it('finds nothing where everything is accounted for', async () => {
    const { scene, auditor } = arrange();
    await scene.accept({ to: [RED, BLUE] });
    await scene.deadLetter(RED);
    await auditor.step();
    const { unaccounted, found, healed, lastStepAt } = auditor.figures();
    assert.deepEqual(
      { unaccounted, found, healed, lastStepAt },
      { unaccounted: 0, found: 0, healed: 0, lastStepAt: START },
    );
  });

  it('finds a lost delivery of the last minutes in one step and schedules it', async () => {
    const { scene, auditor } = arrange();
    await scene.accept({ to: [RED], matched: [RED, BLUE] });
    scene.move(60_000);
    await auditor.step();
    const { unaccounted, found, healed } = auditor.figures();
    assert.deepEqual({ unaccounted, found, healed }, { unaccounted: 1, found: 1, healed: 1 });
    await scene.assertAuditClean();
    const { actId } = await scene
      .claimOne(BLUE)
      .then((claim) => scene.delivery(claim.messageId, BLUE));
    const act = await scene.ledger.act(actId ?? 0);
    assert.deepEqual([act?.kind, act?.actor], ['heal', 'holdfast']);
    await auditor.step();
    assert.equal(auditor.figures().unaccounted, 0);
  });

  it('finds what was lost long ago, within a pass', async () => {
    const { scene, auditor } = arrange();
    for (let day = 0; day < 5; day += 1) {
      await scene.accept({ to: [RED], matched: day === 3 ? [RED, BLUE] : [RED] });
      scene.move(24 * HOUR_MS);
    }
    while (auditor.figures().passes === 0) await auditor.step();
    assert.deepEqual([auditor.figures().found, auditor.figures().healed], [1, 1]);
    await scene.assertAuditClean();
  });

  it('remembers when it found what, also in its next life', async () => {
    const { scene, auditor, begin } = arrange();
    await scene.accept({ to: [RED], matched: [RED, BLUE] });
    scene.move(90_000);
    await auditor.step();
    const minuteAt = Math.floor((START + 90_000) / 60_000) * 60_000;
    const found = [{ at: minuteAt, unitMs: 60_000, count: 1 }];
    assert.deepEqual(auditor.figures().foundAt, found);
    scene.move(10 * 60_000);
    await auditor.step();
    assert.deepEqual(auditor.figures().foundAt, found);
    const next = begin();
    await next.load();
    assert.deepEqual(next.figures().foundAt, found);
    await scene.accept({ to: [RED], matched: [RED, BLUE] });
    scene.move(5 * HOUR_MS);
    await next.step();
    assert.deepEqual(
      next.figures().foundAt.map(({ count }) => count),
      [1, 1],
    );
  });

  it('begins a pass anew after each one', async () => {
    const { scene, auditor } = arrange();
    const oldId = scene.nextId();
    scene.move(24 * HOUR_MS);
    while (auditor.figures().passes < 2) await auditor.step();
    const old = await scene.accept({ id: oldId, to: [], matched: [RED] });
    while (auditor.figures().passes < 4) await auditor.step();
    assert.equal(auditor.figures().found, 1);
    assert.equal((await scene.delivery(old.id, RED)).state, 'scheduled');
  });

  it('heals more than it names, over several steps', async () => {
    const { scene, auditor } = arrange();
    for (let count = 0; count < 250; count += 1) await scene.accept({ to: [], matched: [RED] });
    for (const healed of [100, 200, 250, 250]) {
      await auditor.step();
      assert.equal(auditor.figures().healed, healed);
    }
    await scene.assertAuditClean();
  });

  it('leaves a lease its grace before it calls it overdue', async () => {
    const { scene, auditor } = arrange();
    await scene.accept({ to: [inFlight(RED, scene.nextId(), START)] });
    scene.move(LEASE_GRACE_MS);
    await auditor.step();
    assert.equal(auditor.figures().found, 0);
    scene.move(1);
    await auditor.step();
    assert.deepEqual([auditor.figures().found, auditor.figures().healed], [1, 1]);
  });

  it('records one act for what it can heal and none for what it cannot', async () => {
    const { scene, auditor } = arrange(shared.open());
    const message = await scene.deadLetter(RED);
    shared.raw.exec(`DELETE FROM message WHERE id = ${message.id}`);
    for (let steps = 0; steps < 3; steps += 1) await auditor.step();
    const { unaccounted, healed } = auditor.figures();
    assert.deepEqual({ unaccounted, healed }, { unaccounted: 1, healed: 0 });
    assert.deepEqual(shared.raw.prepare('SELECT count(*) AS n FROM act').get()?.['n'], 0);
  });

  it('counts sums that differ although every delivery seems well', async () => {
    const { scene, auditor } = arrange(shared.open());
    const message = await scene.accept({ appId: ACME, to: [RED] });
    shared.raw.exec(`UPDATE delivery SET app_id = ${UMBRA} WHERE message_id = ${message.id}`);
    await auditor.step();
    assert.equal(auditor.figures().unaccounted, 2);
  });

  it('takes a step each auditMs from its start until it is stopped', async () => {
    const { scene, auditor, timers } = arrange();
    auditor.start();
    for (let steps = 1; steps <= 3; steps += 1) {
      const timer = only(timers.splice(0));
      assert.equal(timer.delayMs, AUDIT_MS);
      scene.move(AUDIT_MS);
      timer.run();
      await isSet(timers);
      assert.equal(auditor.figures().lastStepAt, scene.now());
    }
    await auditor.stop();
    assert.deepEqual(timers, []);
  });

  it('goes on after a step that failed', async () => {
    const scene = createScene(openMemory());
    let failures = 1;
    const ledger: Ledger = {
      ...scene.ledger,
      audit(request) {
        failures -= 1;
        return failures >= 0 ? Promise.reject(new Error('gone')) : scene.ledger.audit(request);
      },
    };
    const { auditor, timers } = arrange(ledger);
    auditor.start();
    only(timers.splice(0)).run();
    await isSet(timers);
    assert.equal(auditor.figures().lastStepAt, null);
    only(timers.splice(0)).run();
    await isSet(timers);
    assert.equal(auditor.figures().lastStepAt, START);
    await auditor.stop();
  });

  it('reads so many messages at once, however many a span of time holds, and fewer where they take long', async () => {
    const counts: number[] = [];
    let isSlow = false;
    const memory = openMemory();
    const ledger: Ledger = {
      ...memory,
      async audit(request) {
        const endAt = performance.now() + (isSlow ? 120 : 0);
        while (performance.now() < endAt);
        const result = await memory.audit(request);
        counts.push(result.minutes.reduce((sum, { accepted }) => sum + accepted, 0));
        return result;
      },
    };
    const arranged = arrange(ledger);
    const { scene, auditor } = arranged;
    for (let count = 0; count < 7000; count += 1) await scene.accept({ to: [RED] });
    scene.move(HOUR_MS);
    // Nothing happens for long, and all the messages lie close together.
    for (let steps = 0; steps < 20 && auditor.figures().passes < 2; steps += 1) {
      await stepThrough(arranged);
    }
    assert.ok(Math.max(...counts) <= 5000);
    isSlow = true;
    for (let steps = 0; steps < 12; steps += 1) await stepThrough(arranged);
    const last = counts.slice(-3).filter((count) => count > 0);
    assert.ok(Math.max(...last) <= 700, counts.join(' '));
    const sums = counts.reduce((sum, count) => sum + count, 0);
    assert.ok(sums >= 7000, `${sums} messages were looked at`);
  });

  it('leaves the ledger to others between two slices, four times as long as the first took', async () => {
    const memory = openMemory();
    let startedAt = 0;
    let tookMs = 0;
    const ledger: Ledger = {
      ...memory,
      messageAt(request) {
        startedAt = performance.now();
        return memory.messageAt(request);
      },
      async audit(request) {
        while (performance.now() < startedAt + 15);
        const result = await memory.audit(request);
        tookMs = performance.now() - startedAt;
        return result;
      },
    };
    const arranged = arrange(ledger);
    const { scene } = arranged;
    for (let count = 0; count < 1200; count += 1) await scene.accept({ to: [RED] });
    const ratios: number[] = [];
    await stepThrough(arranged, (pauseMs) => ratios.push(pauseMs / tookMs));
    assert.ok(ratios.length > 0);
    assert.ok(Math.min(...ratios) >= 4, ratios.join(' '));
  });

  it('does not pause where one slice is all', async () => {
    const arranged = arrange();
    await arranged.scene.accept({ to: [RED] });
    await stepThrough(arranged, () => assert.fail('it paused'));
  });
});
