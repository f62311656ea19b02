import { wilson, type Slot } from '../slo/index.ts';

/** Outcomes of the metric's objective before and after the change that tests a hypothesis. */
export type Movement = {
  readonly changedAt: number;
  readonly before: Share;
  readonly after: Share;
  /** moved: surely lower than before · unmoved: not lower, though enough was seen · too_early: too little was seen. */
  readonly verdict: 'moved' | 'unmoved' | 'too_early';
  /** In a sentence, with the counts. */
  readonly text: string;
};

export type Share = { readonly bad: number; readonly of: number };

/** So long before the change counts, from the start of the impact on. */
export const BEFORE_MS = 3_600_000;
/** So long after it the metric must have been watched. */
const AFTER_MS = 5 * 60_000;
/** What the change's own minute holds belongs to neither side. */
const MINUTE_MS = 60_000;
/** Outcomes after the change without which nothing can be said. */
const LEAST = 20;

/**
 * Did the outcome metric move after a change? Its share of bad outcomes must be lower than before beyond doubt: the
 * 95 % Wilson bounds of both do not meet. Pure.
 *
 * @param slots minutes of the metric's objective.
 */
export function movementOf(
  slots: readonly Slot[],
  {
    impactStartAt,
    changedAt,
    now,
  }: { readonly impactStartAt: number; readonly changedAt: number; readonly now: number },
): Movement {
  const minuteAt = Math.floor(changedAt / MINUTE_MS) * MINUTE_MS;
  const fromAt = Math.max(impactStartAt, changedAt - BEFORE_MS) - MINUTE_MS + 1;
  const before = sumOf(slots.filter(({ at }) => at >= fromAt && at < minuteAt));
  const after = sumOf(slots.filter(({ at }) => at > minuteAt));
  const counts = `${sayShare(before)} before it, ${sayShare(after)} after it`;
  const done = (verdict: Movement['verdict'], text: string): Movement => ({
    changedAt,
    before,
    after,
    verdict,
    text,
  });
  if (now - changedAt < AFTER_MS || after.of < LEAST) {
    return done('too_early', `Too little was seen since the change to tell: ${counts}.`);
  }
  if (before.bad === 0) {
    return done('unmoved', `The SLI was not bad before the change: ${counts}.`);
  }
  if (wilson(after.bad, after.of).upper < wilson(before.bad, before.of).lower) {
    return done('moved', `The SLI moved: ${counts}.`);
  }
  return done('unmoved', `The SLI did not move: ${counts}.`);
}

function sumOf(slots: readonly Slot[]): Share {
  let bad = 0;
  let of = 0;
  for (const slot of slots) {
    bad += slot.bad;
    of += slot.good + slot.bad;
  }
  return { bad, of };
}

function sayShare({ bad, of }: Share): string {
  const percent = of === 0 ? 0 : (100 * bad) / of;
  return `${bad} of ${of} bad (${Number(percent.toPrecision(2))} %)`;
}
