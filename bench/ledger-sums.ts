import { readLedgerFile, type DeliveryState } from '../src/ledger/index.ts';

export type LedgerSums = {
  readonly states: Readonly<Record<DeliveryState, number>>;
  readonly unaccounted: number;
  readonly fileFaults: readonly string[];
};

/** What the product's own audit says of the file, beside no server: after the Holdfast on it was stopped. */
export function readLedgerSums(dataDir: string): LedgerSums {
  const ledger = readLedgerFile(dataDir);
  try {
    const audit = ledger.audit({ now: Date.now(), nameAtMost: 10 });
    const states = { scheduled: 0, in_flight: 0, delivered: 0, dead: 0, cancelled: 0 };
    for (const minute of audit.minutes) {
      states.scheduled += minute.states.scheduled;
      states.in_flight += minute.states.in_flight;
      states.delivered += minute.states.delivered;
      states.dead += minute.states.dead;
      states.cancelled += minute.states.cancelled;
    }
    return { states, unaccounted: audit.unaccounted, fileFaults: ledger.fileFaults() };
  } finally {
    ledger.close();
  }
}
