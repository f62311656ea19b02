import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { check, defineDrill, type Drill, type Verdict } from '../../src/drill/drill.ts';
import { drills, runDrill, summarize, type DrillReport } from '../../src/drill/index.ts';
import { payment } from '../../src/drill/payments.ts';
import { ledgerPath } from '../../src/ledger/sqlite/sqlite-ledger.ts';

const MESSAGES = 20;
const nothing: Verdict = {
  faultAt: 0,
  detectedAt: null,
  mitigatedAt: null,
  rank: null,
  falseAlarms: [],
  redriven: 0,
  money: null,
  checks: [],
};

/** A few messages to a receiver that answers as told; `meddle` runs once all of them are accepted. */
function smallDrill(status: number, meddle: (dataDir: string) => void = () => {}): Drill {
  return defineDrill<null>({
    name: 'small',
    truth: 'nothing much',
    factor: 50,
    // The audit inside the service would heal what the test breaks.
    settings: { auditMs: 3_600_000 },
    async stage(scene) {
      const receiver = await scene.receiver();
      receiver.behave(() => ({ status }));
      await scene.application('small');
      await scene.endpoint('small', 'main', receiver.url);
      const draft = (nth: number) => payment(scene.random, nth);
      const traffic = scene.traffic({ app: 'small', perSecond: 5, most: MESSAGES, draft });
      await traffic.done;
      // Those whose first attempt failed wait for their retry.
      await scene.within(60_000, async () => (receiver.taken.length >= MESSAGES ? true : null));
      await scene.wait(1000);
      meddle(scene.dataDir);
      return null;
    },
    judge: async () => ({ ...nothing, checks: [check('it ran', 'it', 'it did', true)] }),
  });
}

function missedOf({ checks }: DrillReport): readonly string[] {
  return checks.filter(({ isShown }) => !isShown).map(({ mustShow }) => mustShow);
}

describe('the harness', () => {
  test('counts what was sent and what came out', async () => {
    const report = await runDrill(smallDrill(204), { seed: 1 });
    const { accepted, delivered, dead, lost, duplicates, isPassed } = report;
    assert.deepEqual(
      { accepted, delivered, dead, lost, duplicates, isPassed, missed: missedOf(report) },
      {
        accepted: MESSAGES,
        delivered: MESSAGES,
        dead: 0,
        lost: 0,
        duplicates: 0,
        isPassed: true,
        missed: [],
      },
    );
  });

  test('sees a lost delivery that is planted in the ledger', async () => {
    const plant = (dataDir: string): void => {
      const database = new DatabaseSync(ledgerPath(dataDir), { timeout: 5000 });
      const { changes } = database
        .prepare(
          'UPDATE delivery SET state = 2, due_at = NULL WHERE message_id = (SELECT min(message_id) FROM delivery)',
        )
        .run();
      database.close();
      assert.equal(changes, 1);
    };
    const report = await runDrill(smallDrill(500, plant), { seed: 1 });
    assert.equal(report.lost, 1);
    assert.equal(report.isPassed, false);
    assert.deepEqual(missedOf(report).slice(0, 2), [
      'every accepted message is delivered, dead, cancelled or still due',
      'the audit of the file finds nothing at the end',
    ]);
  });

  test('leaves nothing behind where a drill breaks', async () => {
    const broken: Drill = { ...smallDrill(204), play: () => Promise.reject(new Error('it broke')) };
    await assert.rejects(runDrill(broken, { seed: 1 }), /it broke/);
  });
});

test('drills have names of their own, and each says what is staged', () => {
  assert.equal(new Set(drills.map(({ name }) => name)).size, drills.length);
  assert.equal(drills.length, 9);
  for (const { truth, factor } of drills) assert.ok(truth.length > 20 && factor >= 1);
});

test('a summary has medians of those that have one, and names what was missed', () => {
  const one = (seed: number, detectedAfterMs: number | null, isShown: boolean): DrillReport => ({
    drill: 'small',
    truth: '',
    seed,
    factor: 1,
    wallMs: 1,
    faultAt: '',
    detectedAfterMs,
    mitigatedAfterMs: null,
    rank: isShown ? 1 : null,
    falseAlarms: isShown ? [] : ['x'],
    accepted: 1,
    delivered: 1,
    dead: 0,
    redriven: 0,
    lost: 0,
    duplicates: 0,
    money: null,
    checks: [check('it shows', 'it', 'this', isShown)],
    isPassed: isShown,
  });
  const [summary] = summarize([one(1, 10, true), one(2, 30, true), one(3, null, false)]);
  assert.deepEqual(summary?.missed, [{ mustShow: 'it shows', runs: 1, measured: 'this' }]);
  assert.deepEqual(
    [
      summary.runs,
      summary.passed,
      summary.detected,
      summary.detectedAfterMs,
      summary.mitigatedAfterMs,
      summary.rankedFirst,
      summary.falseAlarms,
    ],
    [3, 2, 2, 20, null, 2, 1],
  );
});
