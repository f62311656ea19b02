import { DatabaseSync } from 'node:sqlite';
import { cpus } from 'node:os';
import { createIdSource, systemClock } from '../src/core/index.ts';
import {
  ledgerPath,
  openSqliteLedger,
  type Acceptance,
  type ResumeCursor,
  type ResumeTypes,
} from '../src/ledger/index.ts';
import { makeDataFolder } from './disk.ts';

/**
 * What a paused event type with a large backlog costs the others of its lane: claims of 16 deliveries, in turns from a
 * lane with so many set aside and from one with none; what setting aside and going on cost a delivery; and what a claim
 * would cost that passed them over instead. `node bench/paused-type.ts [deliveries]`
 */
const HELD = 'bench.held';
const GOING = 'bench.going';
const [FULL, EMPTY] = [11, 12];
const WINDOW = 16;
const TURNS = 100;
const AT_ONCE = 1000;

const size = Number(process.argv[2] ?? 1_000_000);
const { path } = makeDataFolder();
const ledger = await openSqliteLedger({ dataDir: path });
const ids = createIdSource(systemClock);

function acceptance(endpointId: number, eventType: string): Acceptance {
  const id = ids.next();
  const message = {
    id,
    appId: 1,
    eventType,
    eventId: null,
    channels: null,
    tags: null,
    payload: `{"text":"${'x'.repeat(200)}"}`,
    retentionDays: 90,
    traceparent: null,
    matched: [endpointId],
  };
  const delivery = {
    endpointId,
    dueAt: 1,
    attemptId: null,
    reason: null,
    state: 'scheduled',
  } as const;
  return { message, deliveries: [delivery], contentHash: null, idempotencyKey: null };
}

async function fill(endpointId: number, eventType: string, count: number): Promise<void> {
  for (let stored = 0; stored < count; stored += AT_ONCE) {
    const batch = Math.min(AT_ONCE, count - stored);
    await ledger.acceptAll(Array.from({ length: batch }, () => acceptance(endpointId, eventType)));
  }
}

const claim = (endpointId: number) => {
  const now = systemClock.now();
  return ledger.claim({
    endpointId,
    now,
    leaseEndsAt: now + 3_600_000,
    attemptIds: Array.from({ length: WINDOW }, () => ids.next()),
    retries: WINDOW,
    payloadBytes: 1e9,
    pausedTypes: [HELD],
  });
};

async function timed<Result>(work: () => Promise<Result>): Promise<readonly [number, Result]> {
  const beganAt = performance.now();
  const result = await work();
  return [performance.now() - beganAt, result];
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

await fill(FULL, HELD, size);
const [asideMs] = await timed(async () => {
  for (let aside = 0; aside < size;) aside += (await claim(FULL)).setAside;
});
for (const lane of [FULL, EMPTY]) await fill(lane, GOING, TURNS * WINDOW);
const times = new Map<number, number[]>([
  [FULL, []],
  [EMPTY, []],
]);
for (let turn = 0; turn < TURNS; turn += 1) {
  for (const lane of turn % 2 === 0 ? [FULL, EMPTY] : [EMPTY, FULL]) {
    const [tookMs, { claims }] = await timed(() => claim(lane));
    if (claims.length !== WINDOW) throw new Error(`${claims.length} deliveries were claimed`);
    times.get(lane)?.push(tookMs);
  }
}
const [lanesMs] = await timed(() => ledger.lanes({}));
const [resumeMs] = await timed(async () => {
  let after: ResumeCursor | null = null;
  do {
    const request: ResumeTypes = {
      endpointId: FULL,
      pausedTypes: [],
      after,
      limit: AT_ONCE,
      dueFrom: 1,
      everyMs: 0,
    };
    after = (await ledger.resumeTypes(request)).next;
  } while (after !== null);
});
await ledger.close();

// The other way: they stay where they are, and a claim reads past them.
const database = new DatabaseSync(ledgerPath(path), { readOnly: true });
const past = database.prepare(
  `SELECT d.message_id FROM delivery d INDEXED BY delivery_open JOIN message m ON m.id = d.message_id
   WHERE d.endpoint_id = ? AND d.state = 0 AND d.state < 2 AND d.due_at <= 1 AND m.event_type <> '${HELD}'
   ORDER BY d.due_at, d.message_id LIMIT ${WINDOW}`,
);
const [pastMs] = await timed(async () => past.all(FULL));
database.close();

const [full, empty] = [median(times.get(FULL) ?? []), median(times.get(EMPTY) ?? [])];
console.log(`${cpus().length} CPUs, ${size} deliveries set aside in one lane`);
console.table({
  'claim of 16 beside them, median ms': full,
  'claim of 16 in a lane without, median ms': empty,
  'ratio of both': full / empty,
  'claim that reads past them instead, ms': pastMs,
  'list of lanes, ms': lanesMs,
  'setting aside, µs a delivery': (asideMs * 1000) / size,
  'going on, µs a delivery': (resumeMs * 1000) / size,
});
