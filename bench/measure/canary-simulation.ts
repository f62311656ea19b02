import {
  beginCanary,
  decideCanary,
  defaultSteps,
  foldCounts,
  isCandidateOf,
  moveCanary,
  noCounts,
  slowThresholdOf,
  type CanaryProgress,
  type Cell,
} from '../../src/change/index.ts';
import { createIdSource, type Random } from '../../src/core/index.ts';
import type { CanarySecond } from '../../src/ledger/index.ts';

/** What the endpoint does without the change. */
export type Baseline = {
  readonly name: string;
  /** Share of attempts that fail. */
  readonly failing: number;
  /** Outages of all of the endpoint: hours between them and minutes that one lasts, both on average. */
  readonly outages: { readonly hoursBetween: number; readonly minutes: number } | null;
};

/** What the change does to the candidate's attempts. */
export type Harm = {
  readonly name: string;
  /** Share of attempts that fail, beside those that would have failed anyway. */
  readonly failing: number;
  /** Attempts take so many times as long. */
  readonly slower: number;
};

export type CanaryRun = {
  readonly end: 'promoted' | 'rolled_back';
  /** Accepted from the first phase to the end. */
  readonly messages: number;
  /** Of them, those that the candidate's harm hit: their first attempt failed, or took longer, because of it. */
  readonly affected: number;
  readonly hours: number;
};

const DEADLINE_MS = 60_000;
/** The default policy's first retry; the second comes after the deadline. */
const RETRY_MS = 5000;
const START_AT = Date.UTC(2026, 0, 5);
/** Durations are log-normal: half of them under this, ms, and a sigma that makes one in twenty 2.3 times as long. */
const MEDIAN_MS = 100;
const SIGMA = 0.5;

/**
 * One canary of the default schedule from start to end, by the code that decides in the service: messages come at
 * random (a Poisson process), and the decision is made whenever something is known that may change it.
 */
export function simulateCanary(
  baseline: Baseline,
  harm: Harm,
  perHour: number,
  random: Random,
): CanaryRun {
  let now = START_AT;
  const ids = createIdSource({ now: () => now, after: () => () => {} });
  const canaryId = ids.next() + Math.floor(random.next() * 1e6) * 32;
  const slowMs = slowThresholdOf(Array.from({ length: 2000 }, () => durationOf(random))) ?? 0;
  const outages = outagesOf(baseline, random);
  let canary: CanaryProgress = beginCanary(defaultSteps, now);
  let cells: readonly Cell[] = [];
  let fresh: CanarySecond[] = [];
  const ripening: { readonly at: number; readonly row: CanarySecond }[] = [];
  let [messages, affected, ripeFrom, decidedAt] = [0, 0, 0, now];
  const rareMs = Math.max(60_000, (16 * 3_600_000) / perHour);
  for (;;) {
    now += (-Math.log(1 - random.next()) * 3_600_000) / perHour;
    let isNews = now - decidedAt >= rareMs;
    for (let ripe = ripening[ripeFrom]; ripe !== undefined && ripe.at <= now;) {
      fresh.push(ripe.row);
      isNews ||= ripe.row.late > 0 && ripe.row.isCandidate;
      ripeFrom += 1;
      ripe = ripening[ripeFrom];
    }
    if (isNews) {
      cells = foldCounts(cells, canary.phases, fresh);
      fresh = [];
      decidedAt = now;
      const facts = { ...canary, isPaused: false, cells, peak: null, now };
      const decision = decideCanary(facts);
      if (decision.kind === 'step') canary = moveCanary(canary, decision, now) ?? canary;
      if (decision.kind === 'promote' || decision.kind === 'roll_back') {
        const end = decision.kind === 'promote' ? 'promoted' : 'rolled_back';
        return { end, messages, affected, hours: (now - START_AT) / 3_600_000 };
      }
    }
    const startAt = canary.phases[0]?.fromAt ?? 0;
    if (now < startAt) continue;
    messages += 1;
    const isCandidate = isCandidateOf(canaryId, canary.phases, ids.next());
    const failsAt = (at: number): 'no' | 'anyway' | 'harmed' => {
      const rate = outages(at) ? 0.9 : baseline.failing;
      if (random.next() < rate) return 'anyway';
      return isCandidate && random.next() < harm.failing ? 'harmed' : 'no';
    };
    const failed = failsAt(now);
    const isLate = failed !== 'no' && failsAt(now + RETRY_MS) !== 'no';
    const durationMs = durationOf(random) * (isCandidate ? harm.slower : 1);
    const isSlow = durationMs > slowMs;
    if (failed === 'harmed' || (isCandidate && harm.slower > 1)) affected += 1;
    const row = { ...noCounts, secondAt: Math.floor(now / 1000) * 1000, isCandidate };
    fresh.push({ ...row, attempts: 1, failed: failed === 'no' ? 0 : 1, slow: isSlow ? 1 : 0 });
    ripening.push({ at: now + DEADLINE_MS, row: { ...row, ripe: 1, late: isLate ? 1 : 0 } });
    // What the other arm does speaks for the candidate, and decides nothing.
    if (isCandidate && (failed !== 'no' || isSlow)) decidedAt = Math.min(decidedAt, now - rareMs);
  }
}

function durationOf(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return MEDIAN_MS * Math.exp(SIGMA * radius * Math.cos(2 * Math.PI * random.next()));
}

/** Whether there is an outage at a moment; moments are asked for in order, but for the reach of a retry. */
function outagesOf({ outages }: Baseline, random: Random): (at: number) => boolean {
  if (outages === null) return () => false;
  const draw = (mean: number): number => -Math.log(1 - random.next()) * mean;
  let fromAt = START_AT + draw(outages.hoursBetween * 3_600_000);
  let endAt = fromAt + draw(outages.minutes * 60_000);
  return (at) => {
    while (at > endAt + RETRY_MS) {
      fromAt = endAt + draw(outages.hoursBetween * 3_600_000);
      endAt = fromAt + draw(outages.minutes * 60_000);
    }
    return at >= fromAt && at < endAt;
  };
}
