import { binomialAtLeast, MINUTE_MS } from '../slo/index.ts';

/** Outcomes of one minute, in the order of their time. Minutes without any are left out. */
export type SliMinute = { readonly at: number; readonly good: number; readonly bad: number };

/** So long the SLI must stay within the objective until the impact is over. */
export const HOLD_MINUTES = 5;
/** Fewer outcomes of five minutes are no traffic: they say nothing. */
const LEAST_OUTCOMES = 3;
/** Bad outcomes that chance gives so often, where the objective is met exactly, do not leave it. */
const CHANCE = 0.05;
/** Where everything is bad, so that a good outcome is not impossible. */
const MOST_SHARE = 0.99;

/** More of a minute's outcomes are bad than the objective allows. */
export function isBadMinute({ good, bad }: SliMinute, target: number): boolean {
  return bad > 0 && bad / (good + bad) > 1 - target;
}

export type Held = 'within' | 'out' | 'no_traffic';

/**
 * The five minutes from `fromAt`: ordinary noise does not leave the objective, a bad minute does. They are looked at
 * together, and each by itself, as a spell of seconds vanishes in the traffic of five minutes.
 *
 * @param chance that noise at the objective is taken for more, in each of the two ways.
 */
export function heldFrom(
  minutes: readonly SliMinute[],
  fromAt: number,
  target: number,
  chance: number = CHANCE,
): Held {
  const five = fiveFrom(minutes, fromAt);
  const sum = sumOf(five);
  if (sum.good + sum.bad < LEAST_OUTCOMES) return 'no_traffic';
  const isOut =
    isMoreThanNoise(sum, target, chance) ||
    five.some((minute) => isMoreThanNoise(minute, target, chance / HOLD_MINUTES));
  return isOut ? 'out' : 'within';
}

function fiveFrom(minutes: readonly SliMinute[], fromAt: number): readonly SliMinute[] {
  const untilAt = fromAt + HOLD_MINUTES * MINUTE_MS;
  return minutes.filter(({ at }) => at >= fromAt && at < untilAt);
}

type Counts = Pick<SliMinute, 'good' | 'bad'>;

function sumOf(minutes: readonly SliMinute[]): Counts {
  let [good, bad] = [0, 0];
  for (const minute of minutes) {
    good += minute.good;
    bad += minute.bad;
  }
  return { good, bad };
}

function isMoreThanNoise({ good, bad }: Counts, target: number, chance: number): boolean {
  const total = good + bad;
  if (total < LEAST_OUTCOMES || bad / total <= 1 - target) return false;
  return binomialAtLeast(bad, total, 1 - target) < chance;
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

/** The first bad minute from which the SLI left the objective for five minutes. null: there is none. */
export function firstSpell(minutes: readonly SliMinute[], target: number): number | null {
  return spellAfterNoise(minutes, target, CHANCE);
}

/**
 * The same over a window of any length, in which noise is as likely to be taken for a spell as in five minutes: the
 * longer the window, the surer a spell has to be. Noise just before a spell is no part of it.
 */
export function firstSpellOfWindow(minutes: readonly SliMinute[], target: number): number | null {
  return spellAfterNoise(minutes, target, CHANCE / Math.max(1, minutes.length));
}

function spellAfterNoise(
  minutes: readonly SliMinute[],
  target: number,
  chance: number,
): number | null {
  for (const [nth, minute] of minutes.entries()) {
    if (!isBadMinute(minute, target)) continue;
    const near = minutes.slice(nth, nth + HOLD_MINUTES);
    if (heldFrom(near, minute.at, target, chance) === 'out') return onsetOf(near, target);
  }
  return null;
}

/**
 * The minute of a spell's first five from which on they are likeliest to be the spell: the sum of log likelihood ratios
 * of the share that is bad in them against the share that the objective allows, taken from the end, is greatest there.
 */
function onsetOf(minutes: readonly SliMinute[], target: number): number | null {
  const [first] = minutes;
  if (first === undefined) return null;
  const five = fiveFrom(minutes, first.at);
  const { good, bad } = sumOf(five);
  const allowed = 1 - target;
  // A spell of seconds is thin over five minutes.
  const share = Math.min(Math.max(bad / (good + bad), 2 * allowed), MOST_SHARE);
  const perBad = Math.log(share / allowed);
  const perGood = Math.log((1 - share) / target);
  let [sum, most, at] = [0, -Infinity, first.at];
  for (const minute of five.toReversed()) {
    sum += minute.bad * perBad + minute.good * perGood;
    if (sum < most || !isBadMinute(minute, target)) continue;
    [most, at] = [sum, minute.at];
  }
  return at;
}
