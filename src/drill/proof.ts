import { difference, readLedgerFile, type DeliveryState } from '../ledger/index.ts';

/** What the ledger's file says, read beside the service: the audit, and SLI minutes held against the raw rows. */
export type Proof = {
  readonly states: Readonly<Record<DeliveryState, number>>;
  readonly accepted: number;
  readonly unaccounted: number;
  readonly sliRows: number;
  readonly sliDiffering: number;
  readonly sliDifferences: readonly string[];
};

export function proveLedger(dataDir: string, now: number): Proof {
  const reading = readLedgerFile(dataDir);
  try {
    const audit = reading.audit({ now, nameAtMost: 10 });
    const sli = reading.sli({ nameAtMost: 10 });
    const states = { scheduled: 0, in_flight: 0, delivered: 0, dead: 0, cancelled: 0 };
    let accepted = 0;
    let differing = 0;
    for (const minute of audit.minutes) {
      accepted += minute.accepted;
      differing += Math.abs(difference(minute));
      for (const [state, count] of Object.entries(minute.states)) {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the names of a record by state
        states[state as DeliveryState] += count;
      }
    }
    return {
      states,
      accepted,
      unaccounted: Math.max(audit.unaccounted, differing),
      sliRows: sli.rows,
      sliDiffering: sli.differing,
      sliDifferences: sli.differences.map((row) => JSON.stringify(row)),
    };
  } finally {
    reading.close();
  }
}
