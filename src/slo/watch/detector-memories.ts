import type { DetectorMemory, Ledger } from '../../ledger/index.ts';

/** What detectors know, by their keys, as the ledger has it: only what changed is written. */
export class DetectorMemories {
  readonly #ledger: Pick<Ledger, 'detectorMemories' | 'rememberDetectors'>;
  readonly #stored = new Map<string, string>();

  constructor(ledger: Pick<Ledger, 'detectorMemories' | 'rememberDetectors'>) {
    this.#ledger = ledger;
  }

  /** Reads them, up to `limit`. */
  async load(limit: number): Promise<void> {
    const memories = await this.#ledger.detectorMemories({ limit });
    for (const { key, state } of memories) if (state !== null) this.#stored.set(key, state);
  }

  get keys(): readonly string[] {
    return [...this.#stored.keys()];
  }

  of(key: string): string | null {
    return this.#stored.get(key) ?? null;
  }

  /** A state of null forgets it. One that could not be looked at yet is still to have what is stored of it. */
  async remember(all: readonly DetectorMemory[]): Promise<void> {
    const rows = all.filter(({ key, state }) => state !== this.of(key));
    if (rows.length > 0) await this.#ledger.rememberDetectors({ rows });
    for (const { key, state } of rows) {
      if (state === null) this.#stored.delete(key);
      else this.#stored.set(key, state);
    }
  }
}
