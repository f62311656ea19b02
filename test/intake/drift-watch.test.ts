import assert from 'node:assert/strict';
import { setImmediate as aTurn } from 'node:timers/promises';
import { test } from 'node:test';
import { seededRandom, systemClock, silentLog } from '../../src/core/index.ts';
import { createDriftWatch, type DriftFound, type DriftWatch } from '../../src/intake/index.ts';
import { openMemoryLedger } from '../../src/ledger/index.ts';
import { payment } from '../support/payment.ts';

const EVENT_TYPE = 'payment.made';

/** Offers payments numbered from..to, each again until it was looked at. */
async function pay(watch: DriftWatch, from: number, to: number, factor = 1): Promise<void> {
  const random = seededRandom(from);
  for (let nth = from; nth <= to; nth += 1) {
    const made = payment(nth, random);
    if (nth % 10 === 0) made.created *= factor;
    const payload = JSON.stringify(made);
    while ((watch.of(EVENT_TYPE)?.looked ?? 0) < nth) {
      watch.offer({
        id: nth,
        appId: 1,
        eventType: EVENT_TYPE,
        eventId: null,
        channels: [],
        payload,
      } as never);
      await aTurn();
      await aTurn();
    }
  }
}

test('what could not be told is told again, and is not known until it is', async (t) => {
  const ledger = openMemoryLedger({ clock: systemClock, random: seededRandom(1) });
  t.after(() => ledger.close());
  const begin = (found: DriftFound): Promise<DriftWatch> =>
    createDriftWatch({ ledger, clock: systemClock, log: silentLog, percent: 100, found });
  const nobody = await begin(() => assert.fail('nothing changed'));
  await pay(nobody, 1, 700);
  await nobody.stop();

  let tries = 0;
  const failing = await begin(() => {
    tries += 1;
    return Promise.reject(new Error('the disk is full'));
  });
  await pay(failing, 701, 900, 1000);
  assert.equal(failing.of(EVENT_TYPE)?.findings.length, 1);
  await failing.stop();
  assert.equal(tries, 2, 'when it was found, and when what is known was to be kept');

  const told = Promise.withResolvers<void>();
  const telling = await begin(() => told.promise);
  assert.deepEqual(
    [telling.of(EVENT_TYPE)?.looked, telling.of(EVENT_TYPE)?.findings],
    [700, []],
    'it is not known that nobody was told of',
  );
  await pay(telling, 701, 900, 1000);
  let isStopped = false;
  const stopped = telling.stop().then(() => {
    isStopped = true;
  });
  for (let turn = 0; turn < 10; turn += 1) await aTurn();
  assert.equal(isStopped, false, 'a stop waits until what was found is told');
  told.resolve();
  await stopped;

  const last = await begin(() => assert.fail('it was told'));
  assert.equal(last.of(EVENT_TYPE)?.findings.length, 1);
  await last.stop();
});
