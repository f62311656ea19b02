import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { createIdSource, fault, seededRandom, silentLog, type Log } from '../../src/core/index.ts';
import { createTimings, noTiming, type Timings } from '../../src/delivery/index.ts';
import {
  openMemoryLedger,
  type AttemptTiming,
  type Ledger,
  type StoredTiming,
} from '../../src/ledger/index.ts';
import { MINUTE_MS, RED, START } from '../support/ledger-scene.ts';
import { SimulationClock } from '../support/simulation-clock.ts';

/** Of which only the whole time is known. */
const untimed: AttemptTiming = { ...noTiming, queuedMs: null, failedPhase: null };

type Scene = {
  readonly clock: SimulationClock;
  readonly ledger: Ledger;
  /** While it is set, the ledger takes no timings. */
  readonly disk: { isFull: boolean };
  readonly errors: object[];
  readonly make: (mostWaiting?: number) => Timings;
  readonly stored: (endpointId?: number) => Promise<readonly StoredTiming[]>;
};

async function openScene(context: TestContext): Promise<Scene> {
  const clock = new SimulationClock(START);
  const ledger = openMemoryLedger({ clock, random: seededRandom(1) });
  context.after(() => ledger.close());
  const ids = createIdSource(clock);
  const disk = { isFull: false };
  const errors: object[] = [];
  const log: Log = { ...silentLog, error: (fields) => void errors.push(fields) };
  const storeTimings: Ledger['storeTimings'] = async (request) => {
    if (disk.isFull) throw fault('ledger_full');
    return ledger.storeTimings(request);
  };
  return {
    clock,
    ledger,
    disk,
    errors,
    make: (mostWaiting) =>
      createTimings({
        ledger: { storeTimings },
        clock,
        ids,
        log,
        ...(mostWaiting === undefined ? {} : { mostWaiting }),
      }),
    stored: (endpointId = RED) =>
      ledger.timings({ endpointId, fromAt: 0, beforeAt: Number.MAX_SAFE_INTEGER }),
  };
}

describe('timings by the minute', () => {
  it('stores a minute once it is over, a histogram of microseconds for each phase there was', async (t) => {
    const { clock, make, stored } = await openScene(t);
    const timings = make();
    timings.start();
    timings.record(RED, { ...untimed, queuedMs: 3, connectMs: 0.25 }, 12);
    await clock.advance(MINUTE_MS - 1);
    timings.record(RED, { ...untimed, queuedMs: 5 }, 1000);
    assert.deepEqual(await stored(), [], 'the minute is under way');
    await clock.advance(1 + 10_000);
    const rows = await stored();
    assert.deepEqual(
      rows.map(({ minuteAt, phase }) => [minuteAt, phase]),
      ['queued', 'connect', 'total'].map((phase) => [START, phase]),
    );
    const [queued, connect, total] = rows.map(({ histogram }) =>
      decodeFromCompressedBase64(histogram),
    );
    assert.deepEqual([queued?.totalCount, connect?.totalCount, total?.totalCount], [2, 1, 2]);
    near(queued?.minNonZeroValue, 3000);
    near(queued?.maxValue, 5000);
    near(connect?.maxValue, 250);
    near(total?.maxValue, 1_000_000);
    await timings.stop();
    assert.equal((await stored()).length, 3, 'and once only');
  });

  it('tells minutes and endpoints apart', async (t) => {
    const { clock, make, stored } = await openScene(t);
    const timings = make();
    for (const minutes of [0, 1, 5]) {
      await clock.advance(START + minutes * MINUTE_MS + 7 - clock.now());
      for (const endpointId of [1, 2]) timings.record(endpointId, untimed, minutes + endpointId);
    }
    await timings.stop();
    for (const endpointId of [1, 2]) {
      const rows = await stored(endpointId);
      assert.deepEqual(
        rows.map(({ minuteAt }) => (minuteAt - START) / MINUTE_MS),
        [0, 1, 5],
      );
      for (const { minuteAt, histogram } of rows) {
        const ms = (minuteAt - START) / MINUTE_MS + endpointId;
        near(decodeFromCompressedBase64(histogram).maxValue, ms * 1000);
      }
    }
  });

  it('stores the minute under way when it stops; a restart within the minute adds to it', async (t) => {
    const { clock, make, stored } = await openScene(t);
    const first = make();
    first.record(RED, untimed, 10);
    await first.stop();
    await clock.advance(20_000);
    const second = make();
    second.record(RED, untimed, 20);
    second.record(RED, untimed, 20);
    await second.stop();
    const rows = await stored();
    assert.deepEqual(
      rows.map(({ minuteAt, histogram }) => [
        minuteAt,
        decodeFromCompressedBase64(histogram).totalCount,
      ]),
      [
        [START, 1],
        [START, 2],
      ],
    );
  });

  it('keeps what the ledger cannot take, says so, and stores it later', async (t) => {
    const { clock, disk, errors, make, stored } = await openScene(t);
    disk.isFull = true;
    const timings = make();
    timings.start();
    timings.record(RED, untimed, 10);
    await clock.advance(MINUTE_MS + 25_000);
    timings.record(RED, untimed, 20);
    assert.deepEqual(await stored(), []);
    assert.ok(errors.length > 0);
    assert.partialDeepStrictEqual(errors[0], { waiting: 1, dropped: 0 });
    disk.isFull = false;
    await clock.advance(MINUTE_MS);
    assert.equal((await stored()).length, 2);
    await timings.stop();
    assert.equal(clock.timers, 0);
  });

  it('drops the oldest where too many wait, and says how many', async (t) => {
    const { clock, disk, errors, make, stored } = await openScene(t);
    disk.isFull = true;
    const timings = make(3);
    timings.start();
    for (let minute = 0; minute < 5; minute += 1) {
      timings.record(RED, untimed, 10);
      await clock.advance(MINUTE_MS);
    }
    await clock.advance(10_000);
    const dropped = errors.reduce(
      (sum, fields) => sum + ('dropped' in fields ? Number(fields.dropped) : 0),
      0,
    );
    assert.equal(dropped, 2);
    disk.isFull = false;
    await timings.stop();
    assert.deepEqual(
      (await stored()).map(({ minuteAt }) => (minuteAt - START) / MINUTE_MS),
      [2, 3, 4],
    );
  });

  it('takes more rows than one commit does, and values from nothing to days', async (t) => {
    const { make, stored } = await openScene(t);
    const timings = make();
    const DAYS_MS = 30 * 86_400_000;
    for (let endpointId = 1; endpointId <= 501; endpointId += 1) {
      timings.record(endpointId, { ...untimed, queuedMs: DAYS_MS }, 0);
    }
    await timings.stop();
    const [queued, total] = (await stored(501)).map(({ histogram }) =>
      decodeFromCompressedBase64(histogram),
    );
    near(queued?.maxValue, DAYS_MS * 1000);
    assert.equal(total?.maxValue, 1);
  });
});

/** One significant digit in base 2: within 1/16. */
function near(value: number | undefined, expected: number): void {
  assert.ok(
    value !== undefined && Math.abs(value - expected) <= expected / 16,
    `${value} is not near ${expected}`,
  );
}
