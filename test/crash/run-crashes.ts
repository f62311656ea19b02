import { setTimeout as sleep } from 'node:timers/promises';
import { makeDataFolder } from '../../bench/disk.ts';
import { createApplication, createEndpoint } from '../../bench/holdfast-api.ts';
import { HoldfastProcess, type Listening } from '../../bench/holdfast-process.ts';
import { seededRandom, systemRandom, type Random } from '../../src/core/index.ts';
import { generateSecret } from '../../src/signature/index.ts';
import { judge, type Verdict } from './judge.ts';
import { countOpen, readInFlight, readLedger } from './ledger-rows.ts';
import { startReceiver, type Receiver } from './receiver.ts';
import type { InFlight } from './records.ts';
import { BURST_EVERY_MS, Sender } from './sender.ts';

export type CrashOptions = {
  readonly rounds: number;
  /** Of the moments of the kills and of the failures; what runs between them is not repeatable. */
  readonly seed: number;
  /** Called after each kill. */
  readonly progress?: (round: number, inFlight: number) => void;
};

const APPLICATION = 'crash';
/** Short, so that what a crash leaves is taken up while the harness watches; enough attempts that none dies. */
const settings = {
  HOLDFAST_ALLOWED_SUBNETS: '127.0.0.0/8',
  HOLDFAST_LEASE_MS: '3000',
  HOLDFAST_ATTEMPT_TIMEOUT_MS: '2000',
  HOLDFAST_RETRY_SCHEDULE: `0s${',100ms,200ms,400ms,1s,1s'.repeat(6)}`,
  HOLDFAST_RECONCILE_MS: '500',
  HOLDFAST_AUDIT_MS: '1000',
};

const LONGEST_LOAD_MS = 2000;
/** One kill in five comes while the service starts: a crash within the recovery from a crash. */
const EARLY_SHARE = 0.2;
const LONGEST_START_MS = 1000;
/** How long the last life may take to deliver the rest. */
const FINISH_MS = 60_000;
const POLL_MS = 100;

type Endpoint = { readonly id: string; readonly receiver: Receiver };

/** Load, kill -9, restart, `rounds` times; then everything is delivered, stopped, and held against the promises. */
export async function runCrashes({ rounds, seed, progress }: CrashOptions): Promise<Verdict> {
  const random = seededRandom(seed);
  const dataDir = makeDataFolder().path;
  const endpoints: Endpoint[] = [];
  const sender = new Sender(APPLICATION);
  const inFlightAtKills: (readonly InFlight[])[] = [];
  const startHoldfast = (): HoldfastProcess => new HoldfastProcess({ dataDir, settings });
  let holdfast = startHoldfast();
  try {
    endpoints.push(...(await createEndpoints(await holdfast.listening(), random)));
    for (let round = 1; round <= rounds; round += 1) {
      if (round > 1 && random.next() < EARLY_SHARE) {
        await sleep(random.next() * LONGEST_START_MS);
      } else {
        sender.start(await holdfast.listening());
        await sleep(random.next() * LONGEST_LOAD_MS);
        await sender.nextBurst();
        await sleep(random.next() ** 2 * BURST_EVERY_MS); // sooner after a burst rather than later
      }
      await holdfast.kill();
      await sender.stop();
      const inFlight = readInFlight(dataDir);
      inFlightAtKills.push(inFlight);
      progress?.(round, inFlight.length);
      holdfast = startHoldfast();
    }
    await sender.finish(await holdfast.listening());
    await until(() => countOpen(dataDir) === 0);
    await holdfast.stop();
    return judge({
      sender: sender.records(),
      receivers: endpoints.map(({ id, receiver }) => ({ endpoint: id, ...receiver.records() })),
      ledger: readLedger(dataDir),
      inFlightAtKills,
    });
  } finally {
    await holdfast.kill();
    await sender.stop();
    await Promise.all(endpoints.map(({ receiver }) => receiver.close()));
  }
}

/** Three endpoints, all of which get every message: one healthy, one slow, one that fails one request in five. */
async function createEndpoints(at: Listening, random: Random): Promise<readonly Endpoint[]> {
  await createApplication(at, APPLICATION);
  const kinds = [
    { delayMs: 0, fails: () => false },
    { delayMs: 50, fails: () => false },
    { delayMs: 0, fails: () => random.next() < 0.2 },
  ];
  const endpoints: Endpoint[] = [];
  for (const kind of kinds) {
    const secret = generateSecret(systemRandom).text;
    const receiver = await startReceiver({ secret, ...kind });
    const id = await createEndpoint(at, APPLICATION, { url: receiver.url, secret });
    endpoints.push({ id, receiver });
  }
  return endpoints;
}

/** Resolves when it holds, or when the time is up: the judge then sees what is missing. */
async function until(holds: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + FINISH_MS;
  while (!holds() && performance.now() < giveUpAt) await sleep(POLL_MS);
}
