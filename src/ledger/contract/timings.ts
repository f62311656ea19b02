import type { StoredTiming } from '../records.ts';

export type TimingWrites = {
  /** Keeps timings of minutes that are over. */
  storeTimings(request: { readonly rows: readonly StoredTiming[] }): Promise<void>;
};

export type TimingReads = {
  /** Timings of an endpoint in [fromAt, beforeAt), in the order of their minutes. */
  timings(request: TimingsQuery): Promise<readonly StoredTiming[]>;
};

export type TimingsQuery = {
  readonly endpointId: number;
  readonly fromAt: number;
  readonly beforeAt: number;
};
