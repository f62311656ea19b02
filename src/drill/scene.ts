import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startService, type Service } from '../app/index.ts';
import {
  readSettings,
  seededRandom,
  silentLog,
  sleep,
  systemClock,
  type Clock,
  type Log,
  type Random,
  type SettingName,
  type Settings,
} from '../core/index.ts';
import { createApi, type Api } from './api.ts';
import { listAt, textAt, type Json } from './json.ts';
import { proveLedger, type Proof } from './proof.ts';
import { openReceiver, type Receiver, type ReceiverOptions } from './receiver.ts';
import { createRecord, type ProductRecord } from './record.ts';
import { createDrillClock, type DrillClock } from './drill-clock.ts';
import { startTraffic, type Traffic, type TrafficOptions } from './traffic.ts';

/** Where a drill plays: the service, receivers and producers, all on one clock. */
export type Scene = {
  readonly clock: DrillClock;
  readonly random: Random;
  /** false: everything but the fault is staged, to see that the drill then fails. */
  readonly isFaulty: boolean;
  readonly dataDir: string;
  readonly api: Api;
  readonly record: ProductRecord;
  note(line: string): void;
  /** Waits on the drill's clock. */
  wait(ms: number): Promise<void>;
  /** Looks again and again until there is something; null: there was nothing within `ms`, on the drill's clock. */
  within<Found>(ms: number, look: () => Promise<Found | null>): Promise<Found | null>;
  /** Resolves to the application's id. */
  application(uid: string, extra?: Readonly<Record<string, Json>>): Promise<string>;
  /** Resolves to the endpoint's id. */
  endpoint(
    app: string,
    uid: string,
    url: string,
    extra?: Readonly<Record<string, Json>>,
  ): Promise<string>;
  receiver(options?: Omit<ReceiverOptions, 'clock'>): Promise<Receiver>;
  /** All that were opened. */
  receivers(): readonly Receiver[];
  /** When a receiver was told last to do otherwise; null: none was. After the play: when the last one was mended. */
  mendedAt(): number | null;
  traffic(
    options: Omit<TrafficOptions, 'api' | 'clock' | 'random'>,
  ): Traffic & { readonly done: Promise<void> };
  /** Ends and starts the service on the same ledger; the drill's clock is `aheadMs` further by then. */
  restart(aheadMs: number): Promise<void>;
  /** Ends all traffic, and waits for deliveries that are still open, `settleMs` at most. */
  settle(): Promise<void>;
  /** Runs when the scene is taken down. */
  onEnd(work: () => void | Promise<void>): void;
};

/** What was sent and what came out, counted on both sides of the wire. */
export type Account = Proof & {
  readonly sent: number;
  /** Messages that no endpoint acknowledged although the ledger says delivered, or knows of no delivery. */
  readonly lost: readonly string[];
  /** Acknowledged more than once by one receiver. */
  readonly duplicates: number;
};

export type SceneOptions = {
  readonly seed: number;
  readonly factor: number;
  readonly settings: Partial<Pick<Settings, SettingName>>;
  readonly isFaulty: boolean;
  /** On the drill's clock: how long it waits at its end for deliveries that are still open. */
  readonly settleMs: number;
  readonly note: (line: string) => void;
  readonly log?: Log;
};

type Expectation = { readonly traffic: Traffic; readonly app: string };

/** Between two looks at the product's record, of the wall. */
const LOOK_EVERY_MS = 15;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Between two looks at the whole ledger, of the wall. */
const SETTLE_LOOK_MS = 100;

/**
 * Settings that every drill has. Leases guard against a process that died; on a clock that runs fast the machine's own
 * pauses are as long as a lease, so theirs are the longest there are.
 */
const common: Partial<Pick<Settings, SettingName>> = {
  port: 0,
  logLevel: 'silent',
  allowedSubnets: '127.0.0.0/8',
  leaseMs: 600_000,
};

/** Starts the service in a folder of its own and plays; whatever happens, all of it is taken down again. */
export async function withScene<Result>(
  { seed, factor, settings: given, isFaulty, settleMs, note, log = silentLog }: SceneOptions,
  play: (scene: Scene) => Promise<Result>,
): Promise<{ readonly result: Result; readonly account: Account }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'holdfast-drill-'));
  const random = seededRandom(seed);
  const settings: Settings = { ...readSettings({}, (name) => name), ...common, ...given, dataDir };
  const clock = createDrillClock(factor, beginOf(random));
  const ends: (() => void | Promise<void>)[] = [];
  const receivers: Receiver[] = [];
  const expectations: Expectation[] = [];
  let service: Service | undefined;
  let api: Api | undefined;
  const start = async (): Promise<void> => {
    service = await startService(settings, log, { clock });
    api = createApi(service.url, service.token);
  };
  const stop = async (): Promise<void> => {
    const [running, client] = [service, api];
    service = undefined;
    await client?.close();
    await running?.stop();
  };
  const now = (): Api => {
    if (api === undefined) throw new Error('the service does not run');
    return api;
  };
  try {
    await start();
    // Whoever holds it goes on with the service that runs now.
    const current: Api = {
      call: (...given) => now().call(...given),
      get: (...given) => now().get(...given),
      post: (...given) => now().post(...given),
      put: (...given) => now().put(...given),
      patch: (...given) => now().patch(...given),
      list: (...given) => now().list(...given),
      close: () => now().close(),
    };
    const scene: Scene = {
      clock,
      random,
      isFaulty,
      dataDir,
      api: current,
      record: createRecord(current),
      note,
      wait: (ms) => sleep(clock, ms),
      within: (ms, look) => within(clock, ms, look),
      application: async (uid, extra = {}) =>
        textAt(await current.post('/app', { uid, name: uid, ...extra }), 'id'),
      endpoint: async (app, uid, url, extra = {}) =>
        textAt(await current.post(`/app/${app}/endpoint`, { uid, url, ...extra }), 'id'),
      async receiver(options = {}) {
        const receiver = await openReceiver({ ...options, clock });
        receivers.push(receiver);
        return receiver;
      },
      receivers: () => receivers,
      mendedAt: () =>
        receivers.reduce<number | null>(
          (last, { toldAt }) => (toldAt === null ? last : Math.max(toldAt, last ?? 0)),
          null,
        ),
      traffic(options) {
        const own = seededRandom(Math.floor(random.next() * 2 ** 32));
        const traffic = startTraffic({ ...options, api: current, clock, random: own });
        expectations.push({ traffic, app: options.app });
        return traffic;
      },
      async restart(aheadMs) {
        await stop();
        clock.skip(aheadMs);
        await start();
      },
      async settle() {
        for (const { traffic } of expectations) await traffic.stop();
        await within(clock, settleMs, async () => {
          await sleep(systemClock, SETTLE_LOOK_MS);
          const { scheduled, in_flight: inFlight } = proveLedger(dataDir, clock.now()).states;
          return scheduled + inFlight === 0 ? true : null;
        });
      },
      onEnd: (work) => void ends.push(work),
    };
    const result = await play(scene);
    await scene.settle();
    const losses = await lossesOf(current, expectations, receivers);
    await stop();
    const account = { ...proveLedger(dataDir, clock.now()), ...losses };
    return { result, account };
  } finally {
    for (const { traffic } of expectations) await traffic.stop().catch(() => {});
    await stop().catch(() => {});
    for (const receiver of receivers) await receiver.close();
    for (const work of ends.toReversed()) await work();
    clock.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * A morning near the wall's moment, so that certificates are valid. Where in its minute and hour a drill begins follows
 * from its seed: what counts by minutes sees the same fault in the same minutes each time.
 */
function beginOf(random: Random): number {
  const today = Math.floor(systemClock.now() / DAY_MS) * DAY_MS;
  return today + 9 * HOUR_MS + Math.floor(random.next() * HOUR_MS);
}

async function within<Found>(
  clock: Clock,
  ms: number,
  look: () => Promise<Found | null>,
): Promise<Found | null> {
  const endsAt = clock.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== null || clock.now() >= endsAt) return found;
    await sleep(systemClock, LOOK_EVERY_MS);
  }
}

/** Of what no receiver acknowledged, the ledger must say why. In drills each message goes to one endpoint. */
async function lossesOf(
  api: Api,
  expectations: readonly Expectation[],
  receivers: readonly Receiver[],
): Promise<Pick<Account, 'sent' | 'lost' | 'duplicates'>> {
  let sent = 0;
  const lost: string[] = [];
  const isAcknowledged = (id: string): boolean =>
    receivers.some(({ acknowledged }) => acknowledged.has(id));
  const duplicates = receivers
    .flatMap(({ acknowledged }) => [...acknowledged.values()])
    .reduce((sum, times) => sum + times - 1, 0);
  for (const { traffic, app } of expectations) {
    sent += traffic.accepted.size;
    for (const id of traffic.accepted.keys()) {
      if (isAcknowledged(id)) continue;
      const answer = await api.get(`/app/${app}/msg/${id}/delivery`);
      const states = listAt(answer, 'data').map((row) => textAt(row, 'state'));
      // It may have arrived just now.
      if (isAcknowledged(id)) continue;
      if (states.length === 0 || states.includes('delivered')) {
        lost.push(`${id} (${states.join(', ')})`);
      }
    }
  }
  return { sent, lost, duplicates };
}
