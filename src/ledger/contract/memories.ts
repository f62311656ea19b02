import type { DetectorMemory, DriftMemory } from '../records.ts';

/** What detectors and the drift watch know, kept so that a restart does not forget it. */
export type MemoryWrites = {
  /** Keeps what detectors know. */
  rememberDetectors(request: { readonly rows: readonly DetectorMemory[] }): Promise<void>;
  /** Keeps what is known of event types' payloads. */
  rememberDrift(request: { readonly rows: readonly DriftMemory[] }): Promise<void>;
};

export type MemoryReads = {
  detectorMemories(request: { readonly limit: number }): Promise<readonly DetectorMemory[]>;
  driftMemories(request: { readonly limit: number }): Promise<readonly DriftMemory[]>;
};
