import {
  createIdSource,
  readSettings,
  systemClock,
  type Log,
  type SettingName,
} from '../../src/core/index.ts';
import { startService, type Service } from '../../src/app/index.ts';
import { openSqliteLedger } from '../../src/ledger/index.ts';
import { moveAlert } from '../../src/slo/alerts/state.ts';
import { storedAlertOf } from '../../src/slo/alerts/stored.ts';
import { findingOf, plainRules } from './alert-scene.ts';
import { createFolder } from './ledger-folder.ts';

export type HostileService = Service & {
  readonly dataDir: string;
  /** What the service called its own errors, so far. */
  readonly faults: string[];
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
  await storeAlerts(dataDir);
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

/** How the keys of alerts begin that only the tests act on; their owner too. */
export const STAGED = 'staged-';
/** What they are about. A scene makes it, so that they can be explained. */
export const STAGED_OBJECTIVE = 'staged';
/** More than the tests of one service use up. */
const ALERTS = 40;

/** As an earlier life of the service left them: nothing raises alerts over the API. */
async function storeAlerts(dataDir: string): Promise<void> {
  const ledger = await openSqliteLedger({ dataDir, maxBytes: 0 });
  const ids = createIdSource(systemClock);
  const alerts = Array.from({ length: ALERTS }, (_, index) => {
    // Of an objective of their own, which no receiver breaks: with what the watch raises they would become one
    // incident, and all of them be acknowledged with the first.
    const key = `${STAGED}${index} objective ${STAGED_OBJECTIVE}`;
    const [id, finding] = [ids.next(), findingOf({ key, severity: 'ticket', owner: STAGED })];
    const alert = moveAlert(null, { kind: 'raise', finding, id }, Date.now(), plainRules)?.alert;
    if (alert === null || alert === undefined) throw new Error('an alert can always fire');
    return storedAlertOf(alert);
  });
  const events = alerts.map(({ id: alertId }) => ({
    id: ids.next(),
    alertId,
    kind: 'fired',
    actor: 'holdfast',
    detail: '',
  }));
  await ledger.storeAlerts({ alerts, events, notifications: [] });
  await ledger.close();
}

function describe(fields: object): string {
  const error: unknown = 'err' in fields ? fields.err : undefined;
  const text = error instanceof Error ? (error.stack ?? error.message) : '';
  return `${JSON.stringify(fields)} ${text}`;
}
