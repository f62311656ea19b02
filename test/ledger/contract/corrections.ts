import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  addCounts,
  type Act,
  type CorrectionCounts,
  type CorrectionOrder,
  type Ledger,
} from '../../../src/ledger/index.ts';
import {
  ACME,
  BLUE,
  DAY_MS,
  GREEN,
  inFlight,
  LEASE_MS,
  openScene,
  RED,
  UMBRA,
  type Scene,
} from '../../support/ledger-scene.ts';

const TIMES_100 = JSON.stringify({ operations: [{ path: 'amount', multiply: '100' }] });
const NOTE = JSON.stringify({ operations: [{ op: 'add', path: '/note', value: 1 }] });

const order = (given: Partial<CorrectionOrder> = {}): CorrectionOrder => ({
  states: ['scheduled', 'dead'],
  declaration: TIMES_100,
  maxBytes: 1000,
  ...given,
});

async function start(
  scene: Scene,
  given: Partial<CorrectionOrder> = {},
  perSecond = 1000,
): Promise<number> {
  const id = scene.nextId();
  const by = { actor: 'eve', reason: 'cents and dollars' };
  const act = { id, appId: ACME, ...by, perSecond, dueFrom: scene.now() };
  await scene.ledger.startCorrection({ ...act, order: order(given) });
  return id;
}

/** Starts a correction and steps it to its end. */
async function correct(scene: Scene, given: Partial<CorrectionOrder> = {}): Promise<Act> {
  return scene.finish(await start(scene, given));
}

/** Slice by slice, as each ends after a few milliseconds. */
async function preview(scene: Scene, wanted: CorrectionOrder) {
  let counts: CorrectionCounts | undefined;
  let examples = 0;
  for (let afterId = 0; ;) {
    const bounds = { appId: ACME, afterId, limit: 100, examples: 5 };
    const slice = await scene.ledger.previewCorrection({ ...bounds, order: wanted });
    counts = counts === undefined ? slice.counts : addCounts(counts, slice.counts);
    examples += slice.examples.length;
    if (slice.isDone) return { counts, examples };
    afterId = slice.cursor;
  }
}

const recordsOf = (scene: Scene, actId: number) =>
  scene.ledger.correctionRecords({ actId, limit: 1000, descending: false });

export function describeCorrections(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: corrections`, () => {
    it('sends the corrected payload from now on, to that endpoint alone, and keeps what was accepted', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED, BLUE], payload: '{ "amount": 19.99 }' });
      const act = await correct(scene, { endpointId: RED });
      assert.deepEqual([act.kind, act.touched, act.done], ['correct', 1, true]);
      const red = await scene.claimOne(RED);
      assert.deepEqual([red.payload, red.corrected], ['{ "amount": 1999 }', { webhookNth: null }]);
      const blue = await scene.claimOne(BLUE);
      assert.deepEqual([blue.payload, blue.corrected], [message.payload, null]);
      assert.equal((await scene.ledger.message(message.id))?.payload, message.payload);
      const [row, ...more] = await recordsOf(scene, act.id);
      assert.deepEqual(more, []);
      assert.deepEqual(row, {
        id: row?.id,
        actId: act.id,
        messageId: message.id,
        endpointId: RED,
        nth: 1,
        at: scene.now(),
        beforeHash: hash('sha256', '{ "amount": 19.99 }'),
        afterHash: hash('sha256', '{ "amount": 1999 }'),
        webhookNth: null,
        changes: [{ path: '/amount', before: '19.99', after: '1999' }],
        state: 'in_flight',
      });
      await scene.assertAuditClean();
    });

    it('keeps the place of what is scheduled, and spaces what had ended by its rate', async (t) => {
      const scene = await openScene(t, open);
      const scheduled = await scene.accept({ to: [RED] });
      const { dueAt } = await scene.delivery(scheduled.id, RED);
      const dead = [await scene.deadLetter(RED), await scene.deadLetter(RED)];
      scene.move(5000);
      await scene.finish(await start(scene, {}, 2), 1);
      assert.equal((await scene.delivery(scheduled.id, RED)).dueAt, dueAt);
      const dues = await Promise.all(
        dead.map(async ({ id }) => ((await scene.delivery(id, RED)).dueAt ?? 0) - scene.now()),
      );
      assert.deepEqual(dues, [0, 500]);
      await scene.assertAuditClean();
    });

    it('says in its counts what it left alone, and why', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED] });
      await scene.accept({ to: [RED], eventType: 'other' });
      await scene.accept({ to: [RED], appId: UMBRA });
      await scene.accept({ to: [BLUE], payload: '{"amount":"none"}' });
      await scene.accept({ to: [BLUE], payload: '{"total":1}' });
      await scene.accept({ to: [inFlight(GREEN, scene.nextId(), scene.now() + LEASE_MS)] });
      const gone = await scene.accept({ to: [BLUE] });
      const act = { id: scene.nextId(), actor: 'dpo', reason: 'asked for' };
      await scene.ledger.expungePayload({ messageId: gone.id, appId: ACME, act });
      const given = { eventTypes: ['invoice.paid'], states: ['scheduled', 'cancelled'] } as const;
      const found = await preview(scene, order(given));
      const counts = {
        messages: 6,
        deliveries: 5,
        matched: 4,
        corrected: 1,
        skipped: { not_a_number: 1, path_missing: 1, in_flight: 1, payload_gone: 1 },
      };
      assert.deepEqual([found.counts, found.examples], [counts, 1]);
      const done = await correct(scene, given);
      assert.deepEqual((await scene.ledger.correction(done.id))?.counts, counts);
      assert.equal(await scene.ledger.correction(act.id), null);
      await scene.assertAuditClean();
    });

    it('corrects each delivery once, however small its steps, and nothing that came after it began', async (t) => {
      const scene = await openScene(t, open);
      for (let nth = 0; nth < 7; nth += 1) await scene.accept({ to: [RED, BLUE] });
      const id = await start(scene);
      const late = await scene.accept({ to: [RED] });
      const act = await scene.finish(id, 1);
      assert.equal(act.touched, 14);
      assert.equal((await scene.step(id)).touched, 14);
      const rows = await recordsOf(scene, id);
      assert.equal(new Set(rows.map((row) => `${row.messageId}/${row.endpointId}`)).size, 14);
      assert.deepEqual([...new Set(rows.map(({ nth }) => nth))], [1]);
      assert.equal((await scene.delivery(late.id, RED)).actId, null);
      const first = await scene.ledger.correctionRecords({
        actId: id,
        limit: 5,
        descending: false,
      });
      const { id: afterId } = first.at(-1) ?? { id: 0 };
      const next = await scene.ledger.correctionRecords({
        actId: id,
        limit: 50,
        descending: false,
        afterId,
      });
      assert.deepEqual([...first, ...next], rows);
    });

    it('corrects what an earlier correction made, and a new id goes out only where one was taken', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.accept({ to: [RED] });
      const ids: (number | null | undefined)[] = [];
      const deliver = async (): Promise<string> => {
        scene.move(1000);
        const claim = await scene.claimOne(RED);
        ids.push(claim.corrected?.webhookNth);
        await scene.settle(claim, { state: 'delivered' });
        return claim.payload;
      };
      const all = { states: ['scheduled', 'delivered'] } as const;
      await correct(scene, all);
      await correct(scene, { ...all, declaration: NOTE });
      assert.equal(await deliver(), '{"amount":10000,"note":1}');
      await correct(scene, all);
      await correct(scene, all);
      assert.equal(await deliver(), '{"amount":100000000,"note":1}');
      await scene.replay(message.id, RED);
      await deliver();
      await correct(scene, { ...all, webhookId: 'same' });
      await deliver();
      await correct(scene, { ...all, webhookId: 'new' });
      await deliver();
      // Never taken; then taken, so the third has an id of its own, which the fourth keeps: nobody had it yet.
      assert.deepEqual(ids, [null, 3, 3, 3, 6]);
      await scene.assertAuditClean();
    });

    it('is still what goes out after the delivery was given back, or its lease ended', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED] });
      await correct(scene);
      const claim = await scene.claimOne(RED);
      await scene.ledger.release([claim]);
      assert.equal((await scene.claimOne(RED)).payload, '{"amount":10000}');
      scene.move(LEASE_MS + 1);
      assert.equal((await scene.claimOne(RED)).payload, '{"amount":10000}');
    });

    it('ends with the message: retention removes its text and keeps its row, expunging the values too', async (t) => {
      const scene = await openScene(t, open);
      await scene.accept({ to: [RED] });
      const act = await correct(scene);
      await scene.settle(await scene.claimOne(RED), { state: 'delivered' });
      scene.move(31 * DAY_MS);
      const step = await scene.ledger.purge({ now: scene.now(), limit: 100 });
      const bytes = '{"amount":100}'.length + '{"amount":10000}'.length;
      assert.deepEqual([step.messages, step.payloadBytes], [1, bytes]);
      const [row] = await recordsOf(scene, act.id);
      assert.deepEqual(row?.changes, [{ path: '/amount', before: '100', after: '10000' }]);
      const again = await correct(scene, { states: ['delivered'] });
      const progress = await scene.ledger.correction(again.id);
      assert.deepEqual(progress?.counts.skipped, { payload_gone: 1 });
      await scene.assertAuditClean();

      const asked = await scene.accept({ to: [RED] });
      const other = await correct(scene);
      const by = { id: scene.nextId(), actor: 'dpo', reason: 'asked for' };
      await scene.ledger.expungePayload({ messageId: asked.id, appId: ACME, act: by });
      assert.deepEqual((await recordsOf(scene, other.id))[0]?.changes, null);
      assert.deepEqual((await scene.claim(RED)).claims, []);
      await scene.assertAuditClean();
    });

    it('keeps of a large value its hash', async (t) => {
      const scene = await openScene(t, open);
      const large = JSON.stringify('x'.repeat(2000));
      await scene.accept({ to: [RED], payload: `{"a":${large}}` });
      const declaration = JSON.stringify({ operations: [{ op: 'replace', path: '/a', value: 1 }] });
      const act = await correct(scene, { declaration, maxBytes: 5000 });
      const [row] = await recordsOf(scene, act.id);
      assert.deepEqual(row?.changes, [
        { path: '/a', before: `sha256:${hash('sha256', large)} of 2002 bytes`, after: '1' },
      ]);
    });
  });
}
