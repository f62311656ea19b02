import type { CrashRecords, Received } from './records.ts';

export type CrashFigures = {
  readonly kills: number;
  readonly acknowledged: number;
  readonly sentAgain: number;
  /** Deliveries that acknowledged messages owe. */
  readonly owed: number;
  readonly received: number;
  readonly lost: number;
  /** Requests for what a receiver had confirmed already. */
  readonly duplicates: number;
  readonly inFlightAtKills: number;
  /** Duplicates of deliveries that were in flight at no kill, and whose attempts were all answered. */
  readonly unexplainedDuplicates: number;
  /** Attempts whose answer did not come in time: they may be made again without a crash. */
  readonly unanswered: number;
  /** Allowed: the crash came between commit and answer. */
  readonly receivedUnacknowledged: number;
  /** One message under two ids. */
  readonly acceptedTwice: number;
  readonly bodiesChanged: number;
  readonly signatureFailures: number;
  /** Requests beyond the attempts that the ledger has on record. */
  readonly unrecordedAttempts: number;
  readonly notDelivered: number;
  readonly unaccounted: number;
  readonly sliMinutes: number;
  readonly sliDiffering: number;
  readonly healed: number;
  readonly fileFaults: number;
};

export type Verdict = { readonly figures: CrashFigures; readonly violations: readonly string[] };

/** Holds the witnesses against each other and against the promises of the README. */
export function judge({ sender, receivers, ledger, inFlightAtKills }: CrashRecords): Verdict {
  const inFlight = new Map<string, number>();
  const attemptsSeen = new Set<number>();
  for (const { messageId, endpoint, attemptId } of inFlightAtKills.flat()) {
    // An attempt that a second kill found still in flight was sent once.
    if (attemptsSeen.has(attemptId)) continue;
    attemptsSeen.add(attemptId);
    add(inFlight, keyOf(messageId, endpoint), 1);
  }
  const onRecord = new Map(
    ledger.deliveries.map((delivery) => [keyOf(delivery.messageId, delivery.endpoint), delivery]),
  );
  const idsOfSequence = new Map<number, Set<string>>();
  let lost = 0;
  let duplicates = 0;
  let unexplainedDuplicates = 0;
  let unrecordedAttempts = 0;
  for (const { endpoint, received } of receivers) {
    for (const id of sender.acknowledged.values()) {
      if ((received.get(id)?.confirmed ?? 0) === 0) lost += 1;
    }
    for (const [id, { sequence, confirmed, arrivedAt }] of received) {
      idsOfSequence.set(sequence, (idsOfSequence.get(sequence) ?? new Set()).add(id));
      const key = keyOf(id, endpoint);
      const delivery = onRecord.get(key);
      const repeated = Math.max(0, confirmed - 1);
      duplicates += repeated;
      const explained = (inFlight.get(key) ?? 0) + (delivery?.unanswered ?? 0);
      unexplainedDuplicates += Math.max(0, repeated - explained);
      unrecordedAttempts += Math.max(0, arrivedAt.length - (delivery?.attempts ?? 0));
    }
  }
  const idsAcknowledged = new Set(sender.acknowledged.values());
  const all: readonly Received[] = receivers.flatMap(({ received }) => [...received.values()]);
  const figures: CrashFigures = {
    kills: inFlightAtKills.length,
    acknowledged: sender.acknowledged.size,
    sentAgain: sender.sentAgain,
    owed: sender.acknowledged.size * receivers.length,
    received: all.filter(({ confirmed }) => confirmed > 0).length,
    lost,
    duplicates,
    inFlightAtKills: attemptsSeen.size,
    unexplainedDuplicates,
    unanswered: sum(ledger.deliveries.map(({ unanswered }) => unanswered)),
    receivedUnacknowledged: new Set(
      receivers
        .flatMap(({ received }) => [...received.keys()])
        .filter((id) => !idsAcknowledged.has(id)),
    ).size,
    acceptedTwice: [...idsOfSequence.values()].filter(({ size }) => size > 1).length,
    bodiesChanged: sum(all.map(({ changed }) => changed)),
    signatureFailures: sum(receivers.map(({ signatureFailures }) => signatureFailures)),
    unrecordedAttempts,
    notDelivered: ledger.deliveries.filter(({ state }) => state !== 'delivered').length,
    unaccounted: ledger.unaccounted,
    sliMinutes: ledger.sliMinutes,
    sliDiffering: ledger.sliDiffering,
    healed: ledger.healed,
    fileFaults: ledger.fileFaults.length,
  };
  return { figures, violations: violationsOf(figures) };
}

/** Figures that must be 0, and what it means where they are not. */
const zero = {
  lost: 'deliveries of acknowledged messages were never received',
  unexplainedDuplicates: 'deliveries were sent again although nothing of them was in flight',
  acceptedTwice: 'messages were accepted under two ids, so that receivers cannot tell them apart',
  bodiesChanged: 'bodies were not what was sent',
  signatureFailures: 'signatures did not verify',
  unrecordedAttempts: 'requests left without an attempt on record',
  notDelivered: 'deliveries did not end as delivered in the ledger',
  unaccounted: 'deliveries are unaccounted for in the audit',
  sliDiffering: 'counts of SLI minutes differ from the recount',
  healed: 'deliveries had to be scheduled again by the background audit',
  fileFaults: 'faults are in the file of the ledger',
} as const satisfies Partial<Record<keyof CrashFigures, string>>;

function violationsOf(figures: CrashFigures): readonly string[] {
  const violations = Object.entries(zero)
    .map(([name, meaning]) => ({ meaning, count: figures[name as keyof typeof zero] }))
    .filter(({ count }) => count !== 0)
    .map(({ meaning, count }) => `${count} ${meaning}.`);
  const allowed = figures.inFlightAtKills + figures.unanswered;
  if (figures.duplicates > allowed) {
    violations.push(`${figures.duplicates} duplicates, and at most ${allowed} can be explained.`);
  }
  return violations;
}

function keyOf(messageId: string, endpoint: string): string {
  return `${messageId} ${endpoint}`;
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
