import { createIdSource, systemClock } from '../src/core/index.ts';
import { noTiming } from '../src/delivery/index.ts';
import { openSqliteLedger, type Acceptance, type Settlement } from '../src/ledger/index.ts';
import type { DataFolder } from './disk.ts';
import { acceptanceOf, targetsOf, type PreparedLedger, type Target } from './fill-ledger.ts';

export type Stored = {
  readonly messages: number;
  /** Of them, those of the first application; the others share the rest by turns. */
  readonly ofFirst: number;
  /** Moments of acceptance are spread evenly over so long, and end now. */
  readonly overMs: number;
};

const MESSAGES_A_COMMIT = 500;
const LEASE_MS = 60_000;
/** One in so many was refused and is dead, too few for an alert; all others were delivered at once. */
const DEAD_ONE_IN = 5000;

/** Fills the folder itself with messages whose deliveries are over, through the ledger's own contract. */
export async function fillDelivered(
  { folder, targets: texts }: PreparedLedger,
  { messages, ofFirst, overMs }: Stored,
): Promise<DataFolder> {
  const ledger = await openSqliteLedger({ dataDir: folder.path });
  try {
    const [first, ...others] = targetsOf(texts, ledger.mark);
    const share = ofFirst / messages;
    const targetOf = (sequence: number): Target => {
      const isOfFirst = Math.floor((sequence + 1) * share) > Math.floor(sequence * share);
      const target = isOfFirst ? first : others[sequence % others.length];
      if (target === undefined) throw new Error('a ledger without applications');
      return target;
    };
    const from = systemClock.now() - overMs;
    let sequence = 0;
    const ids = createIdSource({
      ...systemClock,
      now: () => from + (sequence / messages) * overMs,
    });
    while (sequence < messages) {
      const acceptances: Acceptance[] = [];
      const settlements: Settlement[] = [];
      while (acceptances.length < MESSAGES_A_COMMIT && sequence < messages) {
        const scheduled = acceptanceOf(ids.next(), sequence, targetOf(sequence));
        const deliveries = scheduled.deliveries.map((delivery) => ({
          ...delivery,
          state: 'in_flight' as const,
          dueAt: systemClock.now() + LEASE_MS,
          attemptId: ids.next(),
        }));
        acceptances.push({ ...scheduled, deliveries });
        for (const { endpointId, attemptId } of deliveries) {
          const isDead = sequence % DEAD_ONE_IN === 0;
          settlements.push({
            messageId: scheduled.message.id,
            endpointId,
            attemptId,
            ...(isDead ? refused : delivered),
          });
        }
        sequence += 1;
      }
      await ledger.acceptAll(acceptances);
      await Promise.all(settlements.map((settlement) => ledger.settle(settlement)));
    }
  } finally {
    await ledger.close();
  }
  return folder;
}

const attempt = {
  nth: 1,
  trigger: 'scheduled',
  durationMs: 12,
  timing: { ...noTiming, queuedMs: 0, failedPhase: null },
  detail: null,
  url: 'http://127.0.0.1/holdfast',
  canaryId: null,
  address: '127.0.0.1',
  certificate: null,
  dueAt: null,
} as const;
const delivered = {
  ...attempt,
  outcome: 'delivered',
  statusCode: 204,
  response: '',
  state: 'delivered',
  reason: null,
} as const;
const refused = {
  ...attempt,
  outcome: 'client_error',
  statusCode: 400,
  response: '{"error":"no such invoice"}',
  state: 'dead',
  reason: 'client_error',
} as const;
