import {
  idAt,
  startStopwatch,
  timeOfId,
  type Clock,
  type IdSource,
  type Log,
} from '../core/index.ts';
import type { AuditResult, Ledger } from './contract.ts';
import { LEASE_GRACE_MS } from './sqlite/direct.ts';
import { difference } from './sqlite/statements/audit.statement.ts';

export type AuditorFigures = {
  /** Unaccounted deliveries that the last step saw. */
  readonly unaccounted: number;
  /** All that were found since the start. */
  readonly found: number;
  readonly healed: number;
  /** Whole passes over the ledger since the start. */
  readonly passes: number;
  readonly lastStepAt: number | null;
};

export type Auditor = {
  start(): void;
  /** One step now. */
  step(): Promise<void>;
  stop(): void;
  figures(): AuditorFigures;
};

export type AuditorParts = {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly auditMs: number;
};

/** Messages this young are looked at in every step, so that a finding is at most a step old. */
const RECENT_MS = 10 * 60_000;
/** Older ones in slices that grow and shrink to take about this long. */
const SLICE_MS = 100;
const NAMED = 100;

/**
 * The audit inside the server: the newest messages in every step and the whole ledger slice by slice, forever.
 * What is unaccounted is logged, counted and scheduled again.
 */
export function createAuditor({ ledger, clock, ids, log, auditMs }: AuditorParts): Auditor {
  let figures: AuditorFigures = {
    unaccounted: 0,
    found: 0,
    healed: 0,
    passes: 0,
    lastStepAt: null,
  };
  let isStopped = false;
  let cancel: () => void = () => {};
  let sliceFrom = 0;
  let sliceIds = idAt(timeOfId(0) + RECENT_MS);

  async function look(fromId: number, beforeId: number): Promise<AuditResult> {
    const leasesEndedBefore = clock.now() - LEASE_GRACE_MS;
    return ledger.audit({ fromId, beforeId, leasesEndedBefore, nameAtMost: NAMED });
  }

  async function heal(result: AuditResult): Promise<number> {
    const unaccounted = unaccountedIn(result);
    if (unaccounted === 0) return 0;
    log.error(
      { unaccounted, findings: result.findings.slice(0, 10) },
      'deliveries are not accounted for; what is found is scheduled again',
    );
    if (result.findings.length === 0) return 0;
    const act = {
      id: ids.next(),
      actor: 'holdfast',
      reason: 'The background audit found them unaccounted.',
    };
    return ledger.heal({ act, keys: result.findings, now: clock.now() });
  }

  async function step(): Promise<void> {
    const now = clock.now();
    const recentFrom = idAt(now - RECENT_MS);
    const recent = await look(recentFrom, Number.MAX_SAFE_INTEGER);
    const sliceBefore = Math.min(sliceFrom + sliceIds, recentFrom);
    const elapsedMs = startStopwatch();
    const slice = await look(sliceFrom, sliceBefore);
    const tookMs = elapsedMs();
    // No larger than the ledger: growing further, it would take as many slow steps to shrink again.
    if (tookMs < SLICE_MS / 2) sliceIds = Math.min(sliceIds * 2, idAt(now));
    else if (tookMs > SLICE_MS * 2) {
      sliceIds = Math.max(idAt(timeOfId(0) + 1000), Math.floor(sliceIds / 2));
    }
    const isPassDone = sliceBefore >= recentFrom;
    sliceFrom = isPassDone ? 0 : sliceBefore;
    const unaccounted = unaccountedIn(recent) + unaccountedIn(slice);
    const healed = (await heal(recent)) + (await heal(slice));
    figures = {
      unaccounted,
      found: figures.found + unaccounted,
      healed: figures.healed + healed,
      passes: figures.passes + (isPassDone ? 1 : 0),
      lastStepAt: now,
    };
  }

  function schedule(): void {
    cancel = clock.after(auditMs, () => {
      step()
        .catch((thrown: unknown) => log.error({ err: thrown }, 'an audit step failed'))
        .finally(() => {
          if (!isStopped) schedule();
        });
    });
  }

  return {
    start: schedule,
    step,
    stop() {
      isStopped = true;
      cancel();
    },
    figures: () => figures,
  };
}

/** Sums may differ where no single delivery can be named, as when one is counted for another application. */
function unaccountedIn({ unaccounted, minutes }: AuditResult): number {
  const differing = minutes.reduce((sum, minute) => sum + Math.abs(difference(minute)), 0);
  return Math.max(unaccounted, differing);
}
