import { nowUs, PAYLOAD_BYTES, sentAtUsOf, sequenceOf } from './payload.ts';

export type Latencies = {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
};

/** What one stream of deliveries brought to the receiver, by the sequence numbers in the payloads. */
export class Arrivals {
  #seen = new Uint8Array(1 << 20);
  /** Different messages that arrived. */
  received = 0;
  /** Arrivals of messages that had arrived before. */
  repeated = 0;
  /** Bodies that were not what was sent. */
  changed = 0;
  #latenciesUs: number[] | null = null;

  record(body: Uint8Array): void {
    const sequence = sequenceOf(body);
    if (body.length !== PAYLOAD_BYTES || !Number.isSafeInteger(sequence) || sequence < 0) {
      this.changed += 1;
      return;
    }
    if (sequence >= this.#seen.length) this.#grow(sequence);
    const times = this.#seen[sequence] ?? 0;
    if (times === 0) this.received += 1;
    else this.repeated += 1;
    this.#seen[sequence] = Math.min(255, times + 1);
    this.#latenciesUs?.push(nowUs() - sentAtUsOf(body));
  }

  /** Sequence numbers below `sent` that never arrived, but for those in `except`. */
  missing(sent: number, except: readonly number[]): readonly number[] {
    const excused = new Set(except);
    const missing: number[] = [];
    for (let sequence = 0; sequence < sent; sequence += 1) {
      if ((this.#seen[sequence] ?? 0) === 0 && !excused.has(sequence)) missing.push(sequence);
    }
    return missing;
  }

  beginLatencies(): void {
    this.#latenciesUs = [];
  }

  /** Nearest-rank percentiles of what arrived since `beginLatencies`. */
  endLatencies(): Latencies {
    const sorted = Float64Array.from(this.#latenciesUs ?? []).toSorted();
    this.#latenciesUs = null;
    const atMs = (share: number): number =>
      (sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN) / 1000;
    return { count: sorted.length, p50Ms: atMs(0.5), p99Ms: atMs(0.99), maxMs: atMs(1) };
  }

  #grow(sequence: number): void {
    const larger = new Uint8Array(Math.max(sequence + 1, 2 * this.#seen.length));
    larger.set(this.#seen);
    this.#seen = larger;
  }
}
