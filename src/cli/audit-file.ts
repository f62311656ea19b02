import { createIdSource, idAt, timeOfId, type Clock } from '../core/index.ts';
import {
  openSqliteLedger,
  type AuditResult,
  type DirectReading,
  type Finding,
} from '../ledger/index.ts';
import { mergeAudits } from './audit-report.ts';

export type AuditOptions = {
  readonly clock: Clock;
  /** Findings that are named; all are counted. */
  readonly nameAtMost: number;
  /** Share of the ledger that is read, from 0 to 1. */
  readonly onProgress: (share: number) => void;
};

/** As many steps as a progress line needs, but none shorter than a minute's messages. */
const SLICES = 100;
const MINUTE_IDS = idAt(timeOfId(0) + 60_000);
/** Deliveries that one commit of the healing touches. */
const HEAL_AT_ONCE = 500;
const HEAL_ACTOR = 'holdfast audit';
const HEAL_REASON = 'An audit from the command line found them unaccounted.';

/** Audits the whole file, slice by slice, each in a snapshot of its own: messages and their deliveries share a key. */
export function auditFile(reading: DirectReading, options: AuditOptions): AuditResult {
  const { clock, nameAtMost, onProgress } = options;
  const { fromId, beforeId } = reading.span();
  const sliceIds = Math.max(MINUTE_IDS, Math.ceil((beforeId - fromId) / SLICES));
  const results: AuditResult[] = [];
  let named = 0;
  for (let from = fromId; from < beforeId; from += sliceIds) {
    const before = Math.min(from + sliceIds, beforeId);
    const result = reading.audit({
      now: clock.now(),
      nameAtMost: nameAtMost - named,
      fromId: from,
      beforeId: before,
    });
    results.push(result);
    named += result.findings.length;
    onProgress((before - fromId) / (beforeId - fromId));
  }
  return mergeAudits(results);
}

/**
 * Schedules again what is unaccounted, and promises what nobody had promised, until an audit is clean or finds only
 * what cannot be healed: message or payload is gone. Resolves to the deliveries that were healed.
 * Throws `ledger_in_use` while a service runs on the ledger.
 */
export async function healFile(
  dataDir: string,
  reading: DirectReading,
  options: AuditOptions,
): Promise<number> {
  const ledger = await openSqliteLedger({ dataDir });
  try {
    const ids = createIdSource(options.clock, 0, ledger.newestId);
    let healed = 0;
    let unaccountedBefore = Infinity;
    for (;;) {
      const { findings, unaccounted } = auditFile(reading, options);
      // Every round must leave less; what is left after one that did not is beyond healing.
      if (unaccounted === 0 || unaccounted >= unaccountedBefore) return healed;
      unaccountedBefore = unaccounted;
      for (const keys of portions(findings)) {
        const act = { id: ids.next(), actor: HEAL_ACTOR, reason: HEAL_REASON };
        healed += await ledger.heal({ act, keys, now: options.clock.now() });
      }
    }
  } finally {
    await ledger.close();
  }
}

function portions(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  return Array.from({ length: Math.ceil(findings.length / HEAL_AT_ONCE) }, (_, index) =>
    findings.slice(index * HEAL_AT_ONCE, (index + 1) * HEAL_AT_ONCE),
  );
}
