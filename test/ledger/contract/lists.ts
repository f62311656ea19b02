import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DeadLetterQuery } from '../../../src/ledger/contract/messages.ts';
import type { Page } from '../../../src/ledger/contract/paging.ts';
import type { DeadLetter, Ledger } from '../../../src/ledger/index.ts';
import {
  ACME,
  BLUE,
  byEndpoint,
  cancelled,
  GREEN,
  openScene,
  RED,
  SECOND_MS,
  UMBRA,
  type Scene,
} from '../../support/ledger-scene.ts';

/** Turns pages until one is short of the limit. */
async function turnPages<Row>(
  read: (page: Page) => Promise<readonly Row[]>,
  idOf: (row: Row) => number,
  { limit, descending }: Page,
): Promise<readonly (readonly Row[])[]> {
  const pages = [];
  let afterId: number | undefined;
  for (;;) {
    const page = await read({ limit, descending, afterId });
    pages.push(page);
    const last = page.at(-1);
    if (page.length < limit || last === undefined) return pages;
    afterId = idOf(last);
  }
}

const ascending = (one: number, other: number): number => one - other;

export function describeLists(name: string, open: () => Promise<Ledger>): void {
  describe(`${name}: lists`, () => {
    for (const descending of [false, true]) {
      const way = descending ? 'from the newest' : 'from the oldest';

      it(`pages through the messages of an application, ${way}`, async (t) => {
        const scene = await openScene(t, open);
        const messages = [];
        for (let count = 0; count < 7; count += 1) {
          messages.push(await scene.accept({ payload: `${count}`, to: [RED] }));
          await scene.accept({ appId: UMBRA, to: [RED] });
        }
        const pages = await turnPages(
          (page) => scene.ledger.messages({ appId: ACME, ...page }),
          (message) => message.id,
          { limit: 3, descending },
        );
        assert.deepEqual(
          pages.map((page) => page.length),
          [3, 3, 1],
        );
        assert.deepEqual(pages.flat(), descending ? messages.toReversed() : messages);
      });

      it(`pages through the attempts to an endpoint, ${way}`, async (t) => {
        const scene = await openScene(t, open);
        const attemptIds: number[] = [];
        for (let count = 0; count < 5; count += 1) {
          const message = await scene.deadLetter([RED, BLUE]);
          const { attemptId } = await scene.delivery(message.id, RED);
          attemptIds.push(attemptId ?? 0);
        }
        const pages = await turnPages(
          (page) => scene.ledger.attemptsTo({ endpointId: RED, ...page }),
          (attempt) => attempt.id,
          { limit: 2, descending },
        );
        assert.deepEqual(
          pages.map((page) => page.length),
          [2, 2, 1],
        );
        assert.deepEqual(
          pages.flat().map((attempt) => attempt.id),
          descending ? attemptIds.toReversed() : attemptIds,
        );
      });

      it(`pages through dead letters, all of a message on one page, ${way}`, async (t) => {
        const scene = await openScene(t, open);
        const ids: number[] = [];
        for (let count = 0; count < 6; count += 1) {
          ids.push((await scene.deadLetter([RED, BLUE, GREEN])).id);
        }
        for (const limit of [1, 2, 4, 5, 9]) {
          const pages = await turnPages(
            (page) =>
              scene.ledger.deadLetters({ appId: ACME, filter: { states: ['dead'] }, ...page }),
            (letter) => letter.messageId,
            { limit, descending },
          );
          const seen = pages.flat().map((letter) => `${letter.messageId} ${letter.endpointId}`);
          assert.equal(seen.length, 18, `pages of ${limit}`);
          assert.equal(new Set(seen).size, 18);
          const order = pages.flat().map((letter) => letter.messageId);
          const sorted = ids.flatMap((id) => [id, id, id]);
          assert.deepEqual(order, descending ? sorted.toReversed() : sorted);
        }
      });
    }

    it('lists all attempts of a message, of each endpoint', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.deadLetter([RED, BLUE]);
      await scene.replay(message.id, RED);
      await scene.settle(await scene.claimOne(RED), { state: 'delivered' });
      await scene.deadLetter(RED);
      const attempts = await scene.ledger.attemptsOf(message.id);
      assert.deepEqual(
        attempts
          .toSorted((one, other) => byEndpoint(one, other) || one.nth - other.nth)
          .map(({ endpointId, nth }) => [endpointId, nth]),
        [
          [RED, 1],
          [RED, 2],
          [BLUE, 1],
        ],
      );
    });

    it('is empty where nothing is stored', async (t) => {
      const { ledger } = await openScene(t, open);
      const page = { limit: 10, descending: true };
      assert.deepEqual(await ledger.messages({ appId: ACME, ...page }), []);
      assert.deepEqual(await ledger.deliveriesOf(1), []);
      assert.deepEqual(await ledger.attemptsOf(1), []);
      assert.deepEqual(await ledger.attemptsTo({ endpointId: RED, ...page }), []);
      assert.deepEqual(await ledger.acts({ appId: ACME, ...page }), []);
      assert.deepEqual(await ledger.runningActs({}), []);
      const filter = { states: ['dead', 'cancelled'] } as const;
      assert.deepEqual(await ledger.deadLetters({ appId: ACME, filter, ...page }), []);
    });
  });

  describe(`${name}: dead letters`, () => {
    it('tells what was sent and how it failed last', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.deadLetter(
        RED,
        { eventType: 'order.lost' },
        { outcome: 'client_error', statusCode: 410, reason: 'gone' },
      );
      assert.deepEqual(await list(scene, {}), [
        {
          ...(await scene.delivery(message.id, RED)),
          eventType: 'order.lost',
          lastOutcome: 'client_error',
          lastStatusCode: 410,
        },
      ]);
    });

    it('tells of a last outcome without an answer, and of no attempt at all', async (t) => {
      const scene = await openScene(t, open);
      await scene.deadLetter(RED, {}, { outcome: 'timeout', statusCode: null });
      await scene.accept({ to: [BLUE] });
      await scene.ledger.closeLane({
        endpointId: BLUE,
        state: 'dead',
        reason: 'endpoint_deleted',
        limit: 10,
      });
      assert.deepEqual(
        (await list(scene, {}))
          .toSorted(byEndpoint)
          .map((letter) => [letter.reason, letter.lastOutcome, letter.lastStatusCode]),
        [
          ['attempts_exhausted', 'timeout', null],
          ['endpoint_deleted', null, null],
        ],
      );
    });

    it('selects by state, endpoint, reason and span, and by all of them together', async (t) => {
      const scene = await openScene(t, open);
      const letters: {
        id: number;
        appId: number;
        endpointId: number;
        state: string;
        reason: string;
      }[] = [];
      for (const reason of ['gone', 'too_old']) {
        for (const endpointId of [RED, BLUE]) {
          for (const appId of [ACME, UMBRA]) {
            scene.move(SECOND_MS);
            const dead = await scene.deadLetter(endpointId, { appId }, { reason });
            letters.push({ id: dead.id, appId, endpointId, state: 'dead', reason });
            const silenced = await scene.accept({ appId, to: [cancelled(endpointId, reason)] });
            letters.push({ id: silenced.id, appId, endpointId, state: 'cancelled', reason });
          }
        }
      }
      await scene.accept({ to: [RED, BLUE] });
      const [, , , fourth] = letters;
      for (const states of [['dead'], ['cancelled'], ['dead', 'cancelled']] as const) {
        for (const endpointId of [undefined, RED]) {
          for (const reason of [undefined, 'gone']) {
            for (const fromId of [undefined, fourth?.id]) {
              for (const beforeId of [undefined, letters.at(-2)?.id]) {
                const filter = { states, endpointId, reason, fromId, beforeId };
                const found = await list(scene, filter);
                const expected = letters.filter(
                  (letter) =>
                    letter.appId === ACME &&
                    states.some((state) => state === letter.state) &&
                    (endpointId ?? letter.endpointId) === letter.endpointId &&
                    (reason ?? letter.reason) === letter.reason &&
                    (fromId ?? 0) <= letter.id &&
                    letter.id < (beforeId ?? Infinity),
                );
                assert.deepEqual(
                  found.map((letter) => letter.messageId).toSorted(ascending),
                  expected.map((letter) => letter.id),
                  JSON.stringify(filter),
                );
              }
            }
          }
        }
      }
    });

    it('loses a letter from the list once it is replayed', async (t) => {
      const scene = await openScene(t, open);
      const message = await scene.deadLetter(RED);
      await scene.replay(message.id, RED);
      assert.deepEqual(await list(scene, {}), []);
    });
  });
}

function list(
  scene: Scene,
  filter: Partial<DeadLetterQuery['filter']>,
): Promise<readonly DeadLetter[]> {
  return scene.ledger.deadLetters({
    appId: ACME,
    filter: { states: ['dead'], ...filter },
    limit: 100,
    descending: true,
  });
}
