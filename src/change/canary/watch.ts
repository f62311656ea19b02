import { assertNever, type Clock, type Log } from '../../core/index.ts';
import type { ChangeBy, Ledger } from '../../ledger/index.ts';
import type { Canaries } from './canaries.ts';
import type { Canary, CanaryResult } from '../records.ts';
import { indicators, sumCells, type Cell, type Indicator } from './counts.ts';
import { decideCanary, type CanaryDecision, type CanaryNeed } from './decide.ts';
import { evidenceOf } from './evidence.ts';
import { CanaryFollower } from './figures.ts';
import type { CanaryEvent } from './state.ts';
import { compareWords } from './words.ts';

/**
 * Looks after the canaries that go on: reads what both arms did from the ledger, steps up, promotes, rolls back.
 * Nothing it knows is its own: after a restart it reads the same rows and comes to the same figures.
 */
export type CanaryWatch = {
  start(): void;
  stop(): Promise<void>;
  /** One look at each; what `start` does again and again. */
  look(): Promise<void>;
  /** What is known of one now, read from the ledger. */
  report(canary: Canary): Promise<CanaryReport>;
};

export type CanaryReport = CanaryResult & {
  /** What it waits for; empty where it has ended. */
  readonly waitsFor: readonly CanaryNeed[];
};

const LOOK_MS = 1000;
/** Reading takes this part of the time at most, whatever the rates are. */
const SHARE = 0.05;
/** Beside the lease: an outcome that the ledger could not take at once. */
const GRACE_MS = 10_000;

export function createCanaryWatch({
  ledger,
  canaries,
  clock,
  log,
  leaseMs,
}: {
  readonly ledger: Pick<Ledger, 'canaryCounts'>;
  readonly canaries: Canaries;
  readonly clock: Clock;
  readonly log: Log;
  readonly leaseMs: number;
}): CanaryWatch {
  const followers = new Map<number, CanaryFollower>();
  let cancel: () => void = () => {};
  let looking: Promise<void> = Promise.resolve();
  let isStopped = false;

  const followerOf = (canary: Canary): CanaryFollower => {
    const known = followers.get(canary.id);
    if (known !== undefined) return known;
    const made = new CanaryFollower(ledger, leaseMs + GRACE_MS);
    followers.set(canary.id, made);
    return made;
  };

  async function lookAt(canary: Canary): Promise<void> {
    const now = clock.now();
    const { cells, busiestMinute } = await followerOf(canary).read(canary, now);
    const decision = decide(canary, cells, busiestMinute, now);
    const event = eventOf(canary, cells, decision);
    if (event === null) return;
    const reason = event.kind === 'step' ? stepReason(canary, event.step) : event.reason;
    const by: ChangeBy = { actor: 'holdfast', via: 'holdfast', reason };
    // Somebody may have paused it while it was looked at.
    if ((await canaries.decided(canary, event, by, resultOf(canary, cells))) === null) return;
    const { id: canaryId, endpointId } = canary;
    const level = event.kind === 'roll_back' ? 'warn' : 'info';
    log[level]({ canaryId, endpointId, reason }, `a canary: ${event.kind.replace('_', ' ')}`);
  }

  async function look(): Promise<void> {
    const active = canaries.active();
    for (const id of followers.keys()) {
      if (!active.some((canary) => canary.id === id)) followers.delete(id);
    }
    for (const canary of active) {
      if (isStopped) return;
      try {
        await lookAt(canary);
      } catch (thrown) {
        const { id: canaryId, endpointId } = canary;
        log.error({ err: thrown, canaryId, endpointId }, 'a canary could not be looked at');
      }
    }
  }

  function schedule(afterMs: number): void {
    cancel = clock.after(afterMs, () => {
      const began = clock.now();
      looking = look().finally(() => {
        if (!isStopped) schedule(Math.max(LOOK_MS, (clock.now() - began) / SHARE));
      });
    });
  }

  return {
    start: () => schedule(LOOK_MS),
    async stop() {
      isStopped = true;
      cancel();
      await looking;
    },
    look,
    async report(canary) {
      // What was counted at its end stands: retention may have taken away what it was counted from.
      if (canary.result !== null) return { ...canary.result, waitsFor: [] };
      const now = clock.now();
      const { cells, busiestMinute } = await followerOf(canary).read(canary, now);
      const decision = decide(canary, cells, busiestMinute, now);
      return {
        ...resultOf(canary, cells),
        waitsFor: decision.kind === 'wait' ? decision.waitsFor : [],
      };
    },
  };
}

function decide(
  { phases, steps, state, peakNeeded }: Canary,
  cells: readonly Cell[],
  seen: number,
  now: number,
): CanaryDecision {
  const peak = peakNeeded === null || seen >= peakNeeded ? null : { needed: peakNeeded, seen };
  return decideCanary({ phases, steps, isPaused: state === 'paused', cells, peak, now });
}

function eventOf(
  canary: Canary,
  cells: readonly Cell[],
  decision: CanaryDecision,
): CanaryEvent | null {
  switch (decision.kind) {
    case 'wait':
      return null;
    case 'step':
      return decision;
    case 'roll_back':
      return {
        kind: 'roll_back',
        reason: wordsOf(canary, cells, [decision.indicator]),
      };
    case 'promote':
      return { kind: 'promote', reason: wordsOf(canary, cells, indicators) };
    default:
      return assertNever(decision);
  }
}

function wordsOf(canary: Canary, cells: readonly Cell[], which: readonly Indicator[]): string {
  const evidence = evidenceOfAll(canary, cells);
  const arms = sumCells(cells);
  return which
    .filter((indicator) => indicator !== 'slow' || canary.slowAfterMs !== null)
    .map((indicator) => `${compareWords(indicator, arms, evidence[indicator])}.`)
    .join(' ');
}

function resultOf(canary: Canary, cells: readonly Cell[]): CanaryResult {
  return { ...sumCells(cells), evidence: evidenceOfAll(canary, cells) };
}

function evidenceOfAll(
  { phases }: Canary,
  cells: readonly Cell[],
): Readonly<Record<Indicator, number>> {
  return {
    failed: evidenceOf(cells, phases, 'failed'),
    late: evidenceOf(cells, phases, 'late'),
    slow: evidenceOf(cells, phases, 'slow'),
  };
}

function stepReason({ steps }: Canary, step: number): string {
  return `Step ${step + 1} of ${steps.length}: ${steps[step]?.percent ?? 0} % of the messages.`;
}
