import { readSettings, type Log, type SettingName } from '../../src/core/index.ts';
import { startService, type Service } from '../../src/app/index.ts';
import { createFolder } from './ledger-folder.ts';

export type HostileService = Service & {
  readonly dataDir: string;
  /** What the service called its own errors, so far. */
  readonly faults: readonly string[];
};

/** 32 bytes that everybody may know: tests sign with what is derived from them. */
export const ENCRYPTION_KEY = Buffer.alloc(32, 7).toString('base64');

/**
 * The real service on a free port, in a folder of its own. One attempt a delivery and no limit of rate, so that what
 * a request sets off has soon come to its end.
 */
export async function startHostileService(
  given: Partial<Record<SettingName, string>> = {},
): Promise<HostileService> {
  const dataDir = createFolder();
  const faults: string[] = [];
  const log: Log = {
    debug() {},
    info() {},
    warn() {},
    error: (fields, sentence) => void faults.push(`${sentence} ${describe(fields)}`),
  };
  const overrides = {
    port: '0',
    dataDir,
    encryptionKey: ENCRYPTION_KEY,
    allowedSubnets: '127.0.0.0/8',
    accessLog: 'none',
    requestsPerSecond: '0',
    portalRequestsPerSecond: '0',
    retrySchedule: '0s',
    retryJitterPercent: '0',
    attemptTimeoutMs: '2000',
    // Its receivers fail on purpose, and what an open circuit holds back would keep the ledger busy.
    breakerFailures: '0',
    breakerFailurePercent: '0',
    ...given,
  };
  const service = await startService(
    readSettings({}, (name) => name, overrides),
    log,
  );
  return { ...service, dataDir, faults };
}

function describe(fields: object): string {
  const error: unknown = 'err' in fields ? fields.err : undefined;
  const text = error instanceof Error ? (error.stack ?? error.message) : '';
  return `${JSON.stringify(fields)} ${text}`;
}
