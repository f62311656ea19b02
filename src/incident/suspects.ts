import type { Change, ChangeKind } from '../ledger/index.ts';

/** What became of first attempts of one endpoint and event type since the impact began. */
export type SliceCounts = {
  readonly appId: number;
  readonly endpointId: number;
  readonly eventType: string;
  readonly bad: number;
  readonly total: number;
};

/** Deliveries that a change is in force over. */
export type Reach = (row: SliceCounts) => boolean;

export type Candidate = {
  readonly change: Change;
  readonly at: number;
  readonly reach: Reach;
  readonly isRevertible: boolean;
};

export type Suspect = {
  /** From 1. */
  readonly rank: number;
  readonly changeId: number;
  readonly at: number;
  /** 0 to 1: what is in force over all that fails and nothing else, and came just before, has the most. */
  readonly score: number;
  /** Bad first attempts that it is in force over, of all bad ones; and the same for good ones. */
  readonly bad: { readonly covered: number; readonly of: number };
  readonly good: { readonly covered: number; readonly of: number };
  /** From the change to the start of the impact, ms; below 0: it came after. */
  readonly beforeImpactMs: number;
  /** Other suspects within half an hour of it and about as likely: suspected and to be reverted together. */
  readonly together: readonly number[];
  readonly isRevertible: boolean;
  /** Why it stands where it stands, in sentences. */
  readonly reasons: readonly string[];
};

/** Changes so long before the impact are looked at. */
export const SUSPECTED_MS = 14 * 86_400_000;
const TOGETHER_MS = 30 * 60_000;
/** One that is much less likely is not suspected together with another. */
const TOGETHER_SCORE = 0.25;
/** Closeness halves with so long a time between change and impact, then falls slowly: weeks still count. */
const HALF_MS = 30 * 60_000;
/** The impact begins with a minute; a change within it may be its cause. */
const SAME_MINUTE_MS = 60_000;
/** What was seen at receivers was there before it was seen. */
const SEEN_LATER_MS = 15 * 60_000;
/** What came after the impact did not cause it. */
const AFTER = 0.02;
const MOST_SUSPECTS = 50;
const LEAST_SCORE = 0.001;

/** How often changes of a kind are what broke deliveries; a rule of thumb that breaks ties. */
const kindWeight: Readonly<Record<ChangeKind, number>> = {
  deploy: 1,
  endpoint: 1,
  policy: 1,
  event_type: 1,
  application: 1,
  canary: 1,
  pause: 1,
  certificate: 0.95,
  address: 0.9,
  server: 0.8,
  drift: 0.7,
  token: 0.1,
  objective: 0.02,
  notifier: 0.02,
  route: 0.02,
  incident_rule: 0.02,
  maintenance: 0.05,
};

/**
 * Ranks changes by what they are in force over, by how close they came before the impact, and by their kind:
 *
 *     score = share of the bad covered × (0.4 + 0.6 × share of the good not covered) × closeness × weight of the kind
 *     closeness = 1 / (1 + ms before the impact / half an hour)^½
 *
 * A change over everything explains everything and tells nothing apart: it keeps 0.4 of its score. Pure.
 */
export function rankSuspects(
  candidates: readonly Candidate[],
  counts: readonly SliceCounts[],
  impactStartAt: number,
): readonly Suspect[] {
  const all = sumOf(counts, () => true);
  const scored = candidates
    .map((candidate) => {
      const covered = sumOf(counts, candidate.reach);
      const badShare = all.bad === 0 ? 0 : covered.bad / all.bad;
      const goodShare = all.good === 0 ? 0 : covered.good / all.good;
      const closeness = closenessOf(candidate, impactStartAt);
      const weight = weightOf(candidate.change);
      const score = badShare * (0.4 + 0.6 * (1 - goodShare)) * closeness * weight;
      return { candidate, covered, score };
    })
    .filter(({ score }) => score >= LEAST_SCORE)
    .toSorted((one, other) => other.score - one.score || other.candidate.at - one.candidate.at)
    .slice(0, MOST_SUSPECTS);
  return scored.map(({ candidate, covered, score }, index) => {
    const { change, at, isRevertible } = candidate;
    const together = scored
      .filter(
        ({ candidate: other, score: its }) =>
          other !== candidate &&
          Math.abs(other.at - at) <= TOGETHER_MS &&
          Math.min(its, score) >= Math.max(its, score) * TOGETHER_SCORE,
      )
      .map(({ candidate: other }) => other.change.id);
    const suspect = {
      rank: index + 1,
      changeId: change.id,
      at,
      score,
      bad: { covered: covered.bad, of: all.bad },
      good: { covered: covered.good, of: all.good },
      beforeImpactMs: impactStartAt - at,
      together,
      isRevertible,
    };
    return { ...suspect, reasons: reasonsOf(suspect) };
  });
}

function closenessOf({ at, change }: Candidate, impactStartAt: number): number {
  const beforeMs = impactStartAt - at;
  const isObserved = change.items.every(({ verb }) => verb === 'observed');
  const toleranceMs = isObserved ? SEEN_LATER_MS : SAME_MINUTE_MS;
  if (beforeMs < -toleranceMs) return AFTER;
  return 1 / Math.sqrt(1 + Math.max(0, beforeMs) / HALF_MS);
}

/** What is new broke nothing that was well before. */
const CREATED = 0.3;

/** Of its items the one that weighs most. */
function weightOf({ items }: Change): number {
  return Math.max(
    0,
    ...items.map(({ kind, verb }) => {
      const isNew = verb === 'created' && kind !== 'canary' && kind !== 'pause';
      return kindWeight[kind] * (isNew ? CREATED : 1);
    }),
  );
}

function sumOf(
  counts: readonly SliceCounts[],
  reach: Reach,
): { readonly bad: number; readonly good: number } {
  let bad = 0;
  let good = 0;
  for (const row of counts) {
    if (!reach(row)) continue;
    bad += row.bad;
    good += row.total - row.bad;
  }
  return { bad, good };
}

function reasonsOf({
  bad,
  good,
  beforeImpactMs,
  together,
}: Omit<Suspect, 'reasons'>): readonly string[] {
  const reasons = [
    `In force over ${bad.covered} of ${bad.of} that failed, and over ${good.covered} of ${good.of} that did not.`,
    beforeImpactMs >= 0
      ? `${sayTime(beforeImpactMs)} before the impact began.`
      : `${sayTime(-beforeImpactMs)} after the impact began.`,
  ];
  if (together.length > 0) {
    reasons.push(
      `Within 30 minutes of ${together.length} other ${together.length === 1 ? 'suspect' : 'suspects'}: they can be reverted together.`,
    );
  }
  return reasons;
}

function sayTime(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return 'Less than a minute';
  if (minutes === 1) return 'A minute';
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
