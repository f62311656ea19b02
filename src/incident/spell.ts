import { binomialAtLeast, MINUTE_MS } from '../slo/index.ts';

/** Outcomes of one minute, in the order of their time. Minutes without any are left out. */
export type SliMinute = { readonly at: number; readonly good: number; readonly bad: number };

/** So long the SLI must stay within the objective until the impact is over. */
export const HOLD_MINUTES = 5;
/** Fewer outcomes of five minutes are no traffic: they say nothing. */
const LEAST_OUTCOMES = 3;
/** Bad outcomes that chance gives so often, where the objective is met exactly, do not leave it. */
const CHANCE = 0.05;

/** More of a minute's outcomes are bad than the objective allows. */
export function isBadMinute({ good, bad }: SliMinute, target: number): boolean {
  return bad > 0 && bad / (good + bad) > 1 - target;
}

export type Held = 'within' | 'out' | 'no_traffic';

/** The five minutes from `fromAt` together: ordinary noise does not leave the objective, a bad minute does. */
export function heldFrom(minutes: readonly SliMinute[], fromAt: number, target: number): Held {
  const untilAt = fromAt + HOLD_MINUTES * MINUTE_MS;
  let [good, bad] = [0, 0];
  for (const minute of minutes) {
    if (minute.at < fromAt || minute.at >= untilAt) continue;
    good += minute.good;
    bad += minute.bad;
  }
  const total = good + bad;
  if (total < LEAST_OUTCOMES) return 'no_traffic';
  const isWithin = bad / total <= 1 - target || binomialAtLeast(bad, total, 1 - target) >= CHANCE;
  return isWithin ? 'within' : 'out';
}

/**
 * When the spell of bad minutes began that was seen at `seenAt`: the last bad minute up to then before which the SLI
 * was within the objective for five minutes, or had no traffic. null: no minute is bad.
 */
export function spellStart(
  minutes: readonly SliMinute[],
  target: number,
  seenAt: number,
): number | null {
  let start: number | null = null;
  for (const minute of minutes.toReversed()) {
    if (minute.at > seenAt || !isBadMinute(minute, target)) continue;
    start = minute.at;
    const before = heldFrom(minutes, minute.at - HOLD_MINUTES * MINUTE_MS, target);
    if (before !== 'out') return start;
  }
  return start;
}

/** The first bad minute from which the SLI left the objective for five minutes together. null: there is none. */
export function firstSpell(minutes: readonly SliMinute[], target: number): number | null {
  const found = minutes.find(
    (minute) => isBadMinute(minute, target) && heldFrom(minutes, minute.at, target) === 'out',
  );
  return found?.at ?? null;
}
