import type { Severity } from './detect/finding.ts';
import { MINUTE_MS } from './detect/bin.ts';
import { workbookRules, type BurnRule } from './detect/burn-rate.ts';
import { LEAST_BAD } from './watch/objective-watch.ts';
import type { Slot } from './status.ts';

/** One alert that would have fired: from when, until when, and by the worst rule that it broke. */
export type BurnFiring = {
  readonly firedAt: number;
  /** When no rule was broken any more; null: it still is. */
  readonly endedAt: number | null;
  readonly severity: Severity;
  /** Of the worst rule: times the rate that spends exactly the budget in a period. */
  readonly burnRate: number;
  /** Its long window, and the outcomes in it when that rule was broken first. */
  readonly windowMs: number;
  readonly bad: number;
  readonly total: number;
};

/** What fires again sooner is the same alert: five minutes until it is resolved, and an hour of damping. */
const SAME_ALERT_MS = 65 * MINUTE_MS;

type Spell = Omit<BurnFiring, 'endedAt'> & {
  /** Place of the rule. */
  readonly nth: number;
  /** The last minute's end at which a rule was broken. */
  brokenAt: number;
};

/**
 * When the rules for burn rates would have fired over what was recorded, looked at once a minute. A slot of an hour is
 * spread evenly over its minutes. Pure; at most a few ms for a month.
 *
 * @param fromAt and beforeAt whole minutes; slots lie between them.
 */
export function replayBurn(
  target: number,
  slots: readonly Slot[],
  fromAt: number,
  beforeAt: number,
  rules: readonly BurnRule[] = workbookRules,
): readonly BurnFiring[] {
  const { totals, bads } = sumsOf(slots, fromAt, beforeAt);
  const minutes = totals.length - 1;
  const over = (sums: Float64Array, end: number, windowMs: number): number =>
    (sums[end] ?? 0) - (sums[Math.max(0, end - windowMs / MINUTE_MS)] ?? 0);
  const rateOf = (end: number, windowMs: number): number => {
    const total = over(totals, end, windowMs);
    return total < ROUNDING ? 0 : over(bads, end, windowMs) / total / (1 - target);
  };
  const isBroken = (end: number, { longMs, shortMs, burnRate }: BurnRule): boolean =>
    over(bads, end, longMs) > LEAST_BAD - ROUNDING &&
    rateOf(end, longMs) >= burnRate &&
    rateOf(end, shortMs) >= burnRate;
  const spells: Spell[] = [];
  for (let end = 1; end <= minutes; end += 1) {
    const at = fromAt + end * MINUTE_MS;
    const nth = rules.findIndex((rule) => isBroken(end, rule));
    const rule = rules[nth];
    if (rule === undefined) continue;
    const last = spells.at(-1);
    const known = last !== undefined && at - last.brokenAt <= SAME_ALERT_MS ? last : undefined;
    if (known !== undefined && known.nth <= nth) {
      known.brokenAt = at;
      continue;
    }
    if (known !== undefined) spells.pop();
    spells.push({
      nth,
      brokenAt: at,
      firedAt: known?.firedAt ?? at,
      severity: rule.severity,
      burnRate: rule.burnRate,
      windowMs: rule.longMs,
      bad: Math.round(over(bads, end, rule.longMs)),
      total: Math.round(over(totals, end, rule.longMs)),
    });
  }
  return spells.map(({ nth: _nth, brokenAt, ...firing }) => ({
    ...firing,
    endedAt: brokenAt >= beforeAt ? null : brokenAt + MINUTE_MS,
  }));
}

/** Shares of an hour are summed up with errors of a double. */
const ROUNDING = 1e-6;

/** Sums from the beginning up to each minute. */
function sumsOf(
  slots: readonly Slot[],
  fromAt: number,
  beforeAt: number,
): { readonly totals: Float64Array; readonly bads: Float64Array } {
  const minutes = Math.max(0, Math.ceil((beforeAt - fromAt) / MINUTE_MS));
  const totals = new Float64Array(minutes + 1);
  const bads = new Float64Array(minutes + 1);
  for (const { at, unitMs, good, bad } of slots) {
    const parts = unitMs / MINUTE_MS;
    const first = (at - fromAt) / MINUTE_MS;
    for (let nth = Math.max(0, first); nth < Math.min(minutes, first + parts); nth += 1) {
      totals[nth + 1] = (totals[nth + 1] ?? 0) + (good + bad) / parts;
      bads[nth + 1] = (bads[nth + 1] ?? 0) + bad / parts;
    }
  }
  for (let nth = 1; nth <= minutes; nth += 1) {
    totals[nth] = (totals[nth] ?? 0) + (totals[nth - 1] ?? 0);
    bads[nth] = (bads[nth] ?? 0) + (bads[nth - 1] ?? 0);
  }
  return { totals, bads };
}
