import { cpus } from 'node:os';
import { createIdSource, idAt, silentLog, systemClock } from '../src/core/index.ts';
import {
  createRetention,
  openSqliteLedger,
  type Acceptance,
  type Settlement,
} from '../src/ledger/index.ts';
import { noTiming } from '../src/delivery/index.ts';
import { bytesIn, makeDataFolder } from './disk.ts';

/**
 * What retention costs deliveries: messages are accepted and settled at a fixed rate, in turns with retention resting
 * and working through a backlog, on ledgers of growing size. `node bench/retention.ts [messages …]`
 */
const DAY_MS = 86_400_000;
const PERIOD_DAYS = 5;
const PAYLOAD = `"${'x'.repeat(1000)}"`;
const RATE = 400;
const TURN_MS = 4000;
const TURNS = 3;

type Ledger = Awaited<ReturnType<typeof openSqliteLedger>>;

const sizes = process.argv.slice(2).map(Number);
const rows: object[] = [];
for (const size of sizes.length > 0 ? sizes : [20_000, 100_000]) rows.push(await measure(size));
console.log(`${cpus().length} CPUs, payloads of ${PAYLOAD.length} B, ${RATE} messages a second`);
console.table(rows);

async function measure(size: number): Promise<object> {
  const { path } = makeDataFolder();
  const ledger = await openSqliteLedger({ dataDir: path });
  const startedAt = Date.now() - (PERIOD_DAYS + 20) * DAY_MS;
  await fill(ledger, size, startedAt);
  const fileBytes = bytesIn(path);
  const retention = createRetention({
    ledger,
    clock: systemClock,
    log: silentLog,
    retentionMs: 100,
  });
  const resting: number[] = [];
  const working: number[] = [];
  let longestStepMs = 0;
  for (let turn = 0; turn < TURNS; turn += 1) {
    resting.push(...(await load(ledger)));
    const turnOver = new AbortController();
    const stepping = (async (): Promise<void> => {
      while (!turnOver.signal.aborted) {
        const { tookMs } = await retention.step();
        longestStepMs = Math.max(longestStepMs, tookMs);
        await pause(Math.max(20, tookMs * 4));
      }
    })();
    working.push(...(await load(ledger)));
    turnOver.abort();
    await stepping;
  }
  const { messages, steps } = retention.figures();
  await ledger.close();
  return {
    messages: size,
    'file MB': Math.round(fileBytes / 1e6),
    'accept p50 ms, resting': quantile(resting, 0.5),
    'p50, purging': quantile(working, 0.5),
    'p99, resting': quantile(resting, 0.99),
    'p99, purging': quantile(working, 0.99),
    'purged/s': Math.round((messages * 1000) / (TURNS * TURN_MS)),
    'longest step ms': longestStepMs.toFixed(1),
    steps,
  };
}

/** Old, delivered messages. */
async function fill(ledger: Ledger, count: number, at: number): Promise<void> {
  let id = idAt(at);
  for (let stored = 0; stored < count; stored += 500) {
    const many = Array.from({ length: 500 }, () => message((id += 32), (id += 32)));
    await ledger.acceptAll(many.map(([acceptance]) => acceptance));
    await Promise.all(many.map(([, settlement]) => ledger.settle(settlement)));
  }
}

/** Accepts and settles at the rate for a turn; resolves to what each accept took, in milliseconds. */
async function load(ledger: Ledger): Promise<readonly number[]> {
  const ids = createIdSource(systemClock, 0, ledger.newestId);
  const took: number[] = [];
  const under: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let sent = 0; performance.now() - startedAt < TURN_MS;) {
    const due = Math.floor(((performance.now() - startedAt) * RATE) / 1000);
    for (; sent < due; sent += 1) {
      const [acceptance, settlement] = message(ids.next(), ids.next());
      const at = performance.now();
      under.push(
        ledger.accept(acceptance).then(async () => {
          took.push(performance.now() - at);
          await ledger.settle(settlement);
        }),
      );
    }
    await pause(1);
  }
  await Promise.all(under);
  return took;
}

function message(id: number, attemptId: number): readonly [Acceptance, Settlement] {
  const endpointId = 1000 + (attemptId % 1009);
  const lease = { messageId: id, endpointId, attemptId };
  return [
    {
      message: {
        id,
        appId: 7,
        eventType: 'invoice.paid',
        eventId: null,
        channels: null,
        tags: null,
        payload: PAYLOAD,
        retentionDays: PERIOD_DAYS,
        traceparent: null,
        matched: [endpointId],
      },
      deliveries: [
        { endpointId, state: 'in_flight', dueAt: Date.now() + 60_000, attemptId, reason: null },
      ],
      contentHash: null,
      idempotencyKey: null,
    },
    {
      ...lease,
      nth: 1,
      trigger: 'scheduled',
      outcome: 'delivered',
      statusCode: 200,
      timing: { ...noTiming, queuedMs: 0, failedPhase: null },
      durationMs: 12,
      detail: null,
      response: 'ok',
      url: 'https://example.com/hook',
      canaryId: null,
      address: null,
      certificate: null,
      state: 'delivered',
      dueAt: null,
      reason: null,
    },
  ];
}

function quantile(values: readonly number[], at: number): string {
  const sorted = values.toSorted((left, right) => left - right);
  return (sorted[Math.floor(sorted.length * at)] ?? Number.NaN).toFixed(1);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
