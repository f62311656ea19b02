import { percentile } from './percentile.ts';

export type Latencies = {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
};

/** NaN where there are none. */
export function latenciesOf(us: readonly number[]): Latencies {
  const sorted = Float64Array.from(us).toSorted();
  const atMs = (share: number): number => percentile(sorted, share) / 1000;
  return { count: sorted.length, p50Ms: atMs(0.5), p99Ms: atMs(0.99), maxMs: atMs(1) };
}
