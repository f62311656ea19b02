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
  /** Resolves once the step under way has ended. */
  stop(): Promise<void>;
  figures(): AuditorFigures;
};

export type AuditorParts = {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly auditMs: number;
};

/**
 * Messages up to this young are looked at in every step, the newest first, so that a finding is at most a step old.
 * Spans, not one range: other reads of the ledger come in between.
 */
const RECENT_SPANS_MS = [10_000, 30_000, 60_000, 120_000, 300_000, 600_000] as const;
const RECENT_MS = 600_000;
/** Under load the older spans are left to the slices: auditing 120,000 messages took the reader 2 s. */
const RECENT_BUDGET_MS = 150;
/** Older ones in slices that grow and shrink to take about this long. */
const SLICE_MS = 100;
const NAMED = 100;

/**
 * The audit inside the server: the newest messages in every step, as far as its time goes, and the whole ledger slice by slice, forever.
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
  let underWay: Promise<void> = Promise.resolve();
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

  /** What the newest messages show, and the id that it reached back to. */
  async function lookAtRecent(now: number): Promise<[readonly AuditResult[], number]> {
    const elapsedMs = startStopwatch();
    const results: AuditResult[] = [];
    let reachedId = Number.MAX_SAFE_INTEGER;
    for (const spanMs of RECENT_SPANS_MS) {
      const fromId = idAt(now - spanMs);
      results.push(await look(fromId, reachedId));
      reachedId = fromId;
      if (isStopped || elapsedMs() > RECENT_BUDGET_MS) break;
    }
    return [results, reachedId];
  }

  async function step(): Promise<void> {
    const now = clock.now();
    const [recent, recentFrom] = await lookAtRecent(now);
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
    const results = [...recent, slice];
    const unaccounted = results.reduce((sum, result) => sum + unaccountedIn(result), 0);
    let healed = 0;
    for (const result of results) healed += await heal(result);
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
      underWay = step()
        .catch((thrown: unknown) => log.error({ err: thrown }, 'an audit step failed'))
        .finally(() => {
          if (!isStopped) schedule();
        });
    });
  }

  return {
    start: schedule,
    step,
    async stop() {
      isStopped = true;
      cancel();
      await underWay;
    },
    figures: () => figures,
  };
}

/** Sums may differ where no single delivery can be named, as when one is counted for another application. */
function unaccountedIn({ unaccounted, minutes }: AuditResult): number {
  const differing = minutes.reduce((sum, minute) => sum + Math.abs(difference(minute)), 0);
  return Math.max(unaccounted, differing);
}
