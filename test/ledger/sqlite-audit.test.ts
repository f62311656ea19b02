import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { difference, readLedgerFile, type FindingKind } from '../../src/ledger/index.ts';
import {
  ACME,
  BLUE,
  createScene,
  dueAt,
  GREEN,
  LEASE_MS,
  only,
  RED,
  START,
  UMBRA,
  type Scene,
} from '../support/ledger-scene.ts';
import { shareSqliteLedger } from '../support/ledger-shared.ts';

const { dataDir, raw, open } = await shareSqliteLedger();

type Damage = {
  readonly what: string;
  /** Done to the file while `messageId` is delivered to RED, dead for BLUE and scheduled for GREEN. */
  readonly sql: string;
  readonly kind: FindingKind;
  readonly endpointId: number;
  /** An outcome is gone that SLI minutes had counted: they keep it, and a recount cannot find it any more. */
  readonly takesOutcome?: true;
};

const there = (endpointId: number): string => `message_id = :id AND endpoint_id = ${endpointId}`;

const damages: readonly Damage[] = [
  {
    what: 'a delivery is gone',
    sql: `DELETE FROM delivery WHERE ${there(GREEN)}`,
    kind: 'missing',
    endpointId: GREEN,
  },
  {
    what: 'a delivery is in a state that there is not',
    sql: `UPDATE delivery SET state = 9 WHERE ${there(BLUE)}`,
    kind: 'missing',
    endpointId: BLUE,
    takesOutcome: true,
  },
  {
    what: 'a promise is gone',
    sql: `UPDATE message SET matched = '[${RED},${BLUE}]' WHERE id = :id`,
    kind: 'unpromised',
    endpointId: GREEN,
  },
  {
    what: 'a lease ended long ago',
    sql: `UPDATE delivery SET state = 1, attempts = 1, attempt_id = 5, due_at = ${START - LEASE_MS} WHERE ${there(GREEN)}`,
    kind: 'lease_overdue',
    endpointId: GREEN,
  },
  {
    what: 'a delivery says delivered, but was never attempted',
    sql: `UPDATE delivery SET state = 2, due_at = NULL WHERE ${there(GREEN)}`,
    kind: 'unproven',
    endpointId: GREEN,
  },
  {
    what: 'the attempt that delivered is gone',
    sql: `DELETE FROM attempt WHERE ${there(RED)}`,
    kind: 'unproven',
    endpointId: RED,
    takesOutcome: true,
  },
  {
    what: 'a scheduled delivery has no date',
    sql: `UPDATE delivery SET due_at = NULL WHERE ${there(GREEN)}`,
    kind: 'undated',
    endpointId: GREEN,
  },
  {
    what: 'a delivery in flight has no end of its lease',
    sql: `UPDATE delivery SET state = 1, attempts = 1, attempt_id = 5, due_at = NULL WHERE ${there(GREEN)}`,
    kind: 'undated',
    endpointId: GREEN,
  },
];

async function arrange(): Promise<{ readonly scene: Scene; readonly messageId: number }> {
  const scene = createScene(open());
  const message = await scene.accept({ to: [RED, BLUE, dueAt(GREEN, START + 1000)] });
  await scene.settle(await scene.claimOne(RED), { state: 'delivered' });
  await scene.settle(await scene.claimOne(BLUE), { state: 'dead' });
  await scene.accept({ to: [RED, BLUE] });
  return { scene, messageId: message.id };
}

function damage(sql: string, messageId: number): void {
  assert.equal(raw.prepare(sql).run({ id: messageId }).changes, 1);
}

describe('the audit of a damaged ledger', () => {
  for (const { what, sql, kind, endpointId, takesOutcome } of damages) {
    it(`finds and heals: ${what}`, async () => {
      const { scene, messageId } = await arrange();
      await scene.assertAuditClean();
      damage(sql, messageId);
      const { unaccounted, findings } = await scene.audit();
      assert.deepEqual(
        { unaccounted, findings },
        { unaccounted: 1, findings: [{ kind, appId: ACME, messageId, endpointId }] },
      );
      assert.equal(await scene.heal(findings), 1);
      await scene.assertAccounted();
      if (takesOutcome !== true) await scene.assertSliExact();
    });
  }

  it('sends again what it healed, and loses no number of an attempt', async () => {
    const { scene, messageId } = await arrange();
    raw.exec(
      `UPDATE delivery SET state = 2 WHERE endpoint_id = ${BLUE} AND message_id = ${messageId}`,
    );
    const { findings } = await scene.audit();
    assert.equal(await scene.heal(findings), 1);
    const { claims } = await scene.claim(BLUE);
    const claim = only(claims.filter((one) => one.messageId === messageId));
    assert.deepEqual([claim.nth, claim.attemptsInRound], [2, 1]);
    await scene.settle(claim, { state: 'delivered' });
    assert.deepEqual(await scene.history(messageId, BLUE), ['server_error', 'delivered']);
    // SLI minutes keep the dead letter that the damage hid from them.
    await scene.assertAccounted();
  });

  it('goes on within the round where only a lease was lost', async () => {
    const { scene, messageId } = await arrange();
    const due = `state = 1, attempts = 3, attempt_id = 5, due_at = ${START - LEASE_MS}`;
    damage(`UPDATE delivery SET ${due} WHERE ${there(GREEN)}`, messageId);
    const { findings } = await scene.audit();
    await scene.heal(findings);
    const claim = await scene.claimOne(GREEN);
    assert.deepEqual([claim.nth, claim.attemptsInRound, claim.trigger], [4, 4, 'scheduled']);
  });

  it('names deliveries without their message, which nothing can heal', async () => {
    const { scene, messageId } = await arrange();
    damage('DELETE FROM message WHERE id = :id', messageId);
    const { unaccounted, findings } = await scene.audit();
    assert.equal(unaccounted, 3);
    assert.deepEqual(
      findings.map((finding) => [finding.kind, finding.messageId, finding.endpointId]),
      [RED, BLUE, GREEN].map((endpointId) => ['orphaned', messageId, endpointId]),
    );
    assert.equal(await scene.heal(findings), 0);
    assert.equal((await scene.audit()).unaccounted, 3);
  });

  it('does not let a delivery without its message hold up its lane or the lists', async () => {
    const { scene, messageId } = await arrange();
    damage('DELETE FROM message WHERE id = :id', messageId);
    const next = await scene.accept({ to: [GREEN] });
    scene.move(1000);
    assert.equal((await scene.claimOne(GREEN)).messageId, next.id);
    const { state, reason } = await scene.delivery(messageId, GREEN);
    assert.deepEqual([state, reason], ['dead', 'message_missing']);
    const letters = await scene.ledger.deadLetters({
      appId: ACME,
      filter: { states: ['dead'] },
      limit: 10,
      descending: true,
    });
    assert.deepEqual(
      letters.map((letter) => letter.endpointId),
      [BLUE, GREEN],
    );
  });

  it('counts what it cannot name: sums that differ', async () => {
    const { scene, messageId } = await arrange();
    damage(`UPDATE delivery SET app_id = ${UMBRA} WHERE ${there(RED)}`, messageId);
    const { minutes } = await scene.audit();
    assert.deepEqual(
      minutes
        .toSorted((one, other) => one.appId - other.appId)
        .map((minute) => [minute.appId, difference(minute)]),
      [
        [ACME, 1],
        [UMBRA, -1],
      ],
    );
  });

  it('reads the same beside the server as through it', async () => {
    const { scene, messageId } = await arrange();
    damage(`DELETE FROM delivery WHERE ${there(RED)}`, messageId);
    const reading = readLedgerFile(dataDir);
    try {
      assert.deepEqual(reading.audit({ now: scene.now(), nameAtMost: 100 }), await scene.audit());
      assert.deepEqual(reading.fileFaults(), []);
      assert.equal(reading.mark, scene.ledger.mark);
    } finally {
      reading.close();
    }
  });

  it('sees one moment of a ledger that is written to while it looks', async () => {
    const scene = createScene(open());
    const progress = { written: 0 };
    const write = async (): Promise<void> => {
      while (progress.written < 3000) {
        const { claims } = await scene.claim(RED, { limit: 10 });
        await Promise.all([
          ...Array.from({ length: 10 }, () => scene.accept({ to: [RED, BLUE] })),
          ...claims.map((claim) => scene.settle(claim, { state: 'delivered' })),
        ]);
        progress.written += 10;
      }
    };
    const writers = [write(), write()];
    try {
      while (progress.written < 3000) {
        const { minutes, findings } = await scene.audit();
        assert.deepEqual(findings, []);
        for (const minute of minutes) {
          assert.equal(difference(minute), 0, `after ${progress.written}`);
        }
      }
    } finally {
      progress.written = Infinity;
      await Promise.all(writers);
    }
  });
});
