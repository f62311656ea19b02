import { idAt, sleep, startStopwatch, type Clock, type IdSource, type Log } from '../core/index.ts';
import type { AuditResult } from './contract/audit.ts';
import type { Ledger } from './contract/ledger.ts';
import { FoundMinutes, type FoundSlot } from './found-minutes.ts';
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
  /** When they were found, those of earlier lives too. */
  readonly foundAt: readonly FoundSlot[];
};

export type Auditor = {
  /** Learns what earlier lives found: before `start`. */
  load(): Promise<void>;
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

/** Messages up to this young are looked at in every step, the newest first, so that a finding is at most a step old. */
const RECENT_MS = 600_000;
/** Reading time of a step that goes to them: under load the older of them are left to the slices. */
const RECENT_BUDGET_MS = 100;
/** Slices of the whole ledger that a step takes: as many as go into this much reading time. */
const SLICES_BUDGET_MS = 100;
/**
 * A slice has so many messages, and more or fewer until it takes about this long. Counted in messages, not in time: an
 * hour may hold nothing or a million of them, and while one read goes on the write-ahead log cannot begin anew (a slice
 * of all messages let it grow to 360 MB, and p99 to a second).
 */
const SLICE_MS = 10;
const SLICE = { first: 500, least: 100, most: 5000 };
/**
 * Between two slices readers and cores are left to others for this many times as long as a slice took: slices without
 * a pause took a core of few for 200 ms of every 5 s, which is more than the slowest hundredth of all deliveries.
 */
const PAUSE_RATIO = 4;
const NAMED = 100;
/** What it found is stored under it, beside detectors' states. */
const MEMORY_KEY = 'audit';
/** One for each objective, and a few of the service. */
const MOST_MEMORIES = 10_000;

/**
 * The audit inside the server: the newest messages in every step, as far as its time goes, and the whole ledger slice by
 * slice, forever. What is unaccounted is logged, counted and scheduled again.
 */
export function createAuditor({ ledger, clock, ids, log, auditMs }: AuditorParts): Auditor {
  let figures: AuditorFigures = {
    unaccounted: 0,
    found: 0,
    healed: 0,
    passes: 0,
    lastStepAt: null,
    foundAt: [],
  };
  let foundMinutes = new FoundMinutes();
  /** It could not be stored; the next step tries again. */
  let isUnstored = false;
  let isStopped = false;
  let cancel: () => void = () => {};
  let underWay: Promise<void> = Promise.resolve();
  let sliceFrom = 0;
  let sliceMessages = SLICE.first;

  async function look(fromId: number, beforeId: number): Promise<AuditResult> {
    const leasesEndedBefore = clock.now() - LEASE_GRACE_MS;
    return ledger.audit({ fromId, beforeId, leasesEndedBefore, nameAtMost: NAMED });
  }

  /** Takes slices, with pauses between them, until there are no more or they took `budgetMs` together. */
  async function takeSlices(budgetMs: number, takeSlice: () => Promise<boolean>): Promise<void> {
    let spentMs = 0;
    for (;;) {
      const elapsedMs = startStopwatch();
      const isMore = await takeSlice();
      const tookMs = elapsedMs();
      if (tookMs < SLICE_MS / 2) sliceMessages = Math.min(sliceMessages * 2, SLICE.most);
      else if (tookMs > SLICE_MS * 2) sliceMessages = Math.max(sliceMessages / 2, SLICE.least);
      spentMs += tookMs;
      if (!isMore || isStopped || spentMs >= budgetMs) return;
      await sleep(clock, Math.ceil(tookMs * PAUSE_RATIO)); // moments are whole milliseconds
    }
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
    const results: AuditResult[] = [];
    let reachedId = Number.MAX_SAFE_INTEGER;
    const recentFrom = idAt(now - RECENT_MS);
    await takeSlices(RECENT_BUDGET_MS, async () => {
      const distance = Math.ceil(sliceMessages);
      const cut = await ledger.messageAt({ id: reachedId, distance, descending: true });
      const fromId = Math.max(recentFrom, cut ?? 0);
      results.push(await look(fromId, reachedId));
      reachedId = fromId;
      return reachedId > recentFrom;
    });
    return [results, reachedId];
  }

  /** Goes on with the pass over the whole ledger; true where that ended it, at what was just looked at. */
  async function lookOn(recentFrom: number): Promise<[readonly AuditResult[], boolean]> {
    const results: AuditResult[] = [];
    let isPassDone = false;
    await takeSlices(SLICES_BUDGET_MS, async () => {
      const distance = Math.ceil(sliceMessages);
      const cut = await ledger.messageAt({ id: sliceFrom, distance, descending: false });
      const beforeId = Math.min(cut ?? recentFrom, recentFrom);
      results.push(await look(sliceFrom, beforeId));
      isPassDone = beforeId >= recentFrom;
      sliceFrom = isPassDone ? 0 : beforeId;
      return !isPassDone;
    });
    return [results, isPassDone];
  }

  async function step(): Promise<void> {
    const now = clock.now();
    const [recent, recentFrom] = await lookAtRecent(now);
    const [slices, isPassDone] = await lookOn(recentFrom);
    const results = [...recent, ...slices];
    const unaccounted = results.reduce((sum, result) => sum + unaccountedIn(result), 0);
    let healed = 0;
    for (const result of results) healed += await heal(result);
    figures = {
      unaccounted,
      found: figures.found + unaccounted,
      healed: figures.healed + healed,
      passes: figures.passes + (isPassDone ? 1 : 0),
      lastStepAt: now,
      foundAt: figures.foundAt,
    };
    if (foundMinutes.add(now, unaccounted, healed)) {
      figures = { ...figures, foundAt: foundMinutes.slots };
      isUnstored = true;
    }
    if (!isUnstored) return;
    await ledger.rememberDetectors({ rows: [{ key: MEMORY_KEY, state: foundMinutes.state() }] });
    isUnstored = false;
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
    async load() {
      const memories = await ledger.detectorMemories({ limit: MOST_MEMORIES });
      const known = memories.find(({ key }) => key === MEMORY_KEY);
      foundMinutes = new FoundMinutes(known?.state ?? null);
      figures = { ...figures, foundAt: foundMinutes.slots };
    },
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
