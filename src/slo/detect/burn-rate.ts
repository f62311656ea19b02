import { HOUR_MS, MINUTE_MS, type Bin } from './bin.ts';
import type { Finding, Severity } from './finding.ts';

export type BurnRule = {
  /** Times the rate that would spend the budget exactly by the end of the period. */
  readonly burnRate: number;
  readonly longMs: number;
  /** A twelfth of it: says that it still goes on, and ends the alarm soon after. */
  readonly shortMs: number;
  readonly severity: Severity;
};

/** Google, The Site Reliability Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts", for a period of 30 days. */
export const workbookRules: readonly BurnRule[] = [
  { burnRate: 14.4, longMs: HOUR_MS, shortMs: 5 * MINUTE_MS, severity: 'page' },
  { burnRate: 6, longMs: 6 * HOUR_MS, shortMs: 30 * MINUTE_MS, severity: 'page' },
  { burnRate: 3, longMs: 24 * HOUR_MS, shortMs: 2 * HOUR_MS, severity: 'ticket' },
  { burnRate: 1, longMs: 72 * HOUR_MS, shortMs: 6 * HOUR_MS, severity: 'ticket' },
];

/**
 * How long a steady share of bad outcomes takes to fire a rule, ms, from a window without failures:
 * (1 − target) / share × window × burn rate; Infinity where the share can never reach it. `target` and `share` in 0..1.
 */
export function timeToFireMs(rule: BurnRule, target: number, share: number): number {
  const part = ((1 - target) * rule.burnRate) / share;
  return part <= 1 ? part * rule.longMs : Infinity;
}

/** The part of the period's budget that is spent when a rule fires: burn rate × window / period. */
export function budgetSpentAtFiring(rule: BurnRule, periodMs: number): number {
  return (rule.burnRate * rule.longMs) / periodMs;
}

export type BurnRatesState = {
  readonly minute: number;
  /** Total and bad of the newest minutes, the oldest first. */
  readonly totals: readonly number[];
  readonly bads: readonly number[];
  readonly raised: readonly boolean[];
};

type Window = { readonly minutes: number; total: number; bad: number };

/**
 * Burn rates of one objective over several windows. A ring of minutes as long as the longest window, and for each window
 * a sum that takes the newest minute in and the leaving one out: a few dozen nanoseconds a bin, whatever the window.
 * The present minute counts as far as it is known, so bins of seconds fire within the minute. 35 KB an objective for
 * three days. A rule raises one finding, and may raise the next once it was below its threshold.
 */
export class BurnRates {
  readonly #target: number;
  readonly #rules: readonly BurnRule[];
  readonly #size: number;
  readonly #totals: Float64Array;
  readonly #bads: Float64Array;
  readonly #windows: readonly Window[];
  /** Places in #windows, of a rule. */
  readonly #places: readonly (readonly [long: number, short: number])[];
  readonly #raised: boolean[];
  #minute: number;

  constructor(target: number, rules: readonly BurnRule[] = workbookRules, state?: BurnRatesState) {
    if (!(target > 0 && target < 1)) throw new RangeError('target must be between 0 and 1');
    this.#target = target;
    this.#rules = rules;
    const lengths = [
      ...new Set(rules.flatMap(({ longMs, shortMs }) => [minutesOf(longMs), minutesOf(shortMs)])),
    ];
    this.#size = Math.max(1, ...lengths);
    this.#totals = new Float64Array(this.#size);
    this.#bads = new Float64Array(this.#size);
    this.#windows = lengths.map((minutes) => ({ minutes, total: 0, bad: 0 }));
    this.#places = rules.map(({ longMs, shortMs }) => [
      lengths.indexOf(minutesOf(longMs)),
      lengths.indexOf(minutesOf(shortMs)),
    ]);
    this.#raised = rules.map((_, index) => state?.raised[index] ?? false);
    this.#minute = state?.minute ?? 0;
    if (state !== undefined) this.#restore(state);
  }

  /** Findings of the rules that begin to hold with this bin. */
  feed(bin: Bin): readonly Finding[] {
    this.#advance(Math.floor(bin.startAt / MINUTE_MS));
    const place = this.#minute % this.#size;
    this.#totals[place] = (this.#totals[place] ?? 0) + bin.total;
    this.#bads[place] = (this.#bads[place] ?? 0) + bin.bad;
    for (const window of this.#windows) {
      window.total += bin.total;
      window.bad += bin.bad;
    }
    let findings: Finding[] = none;
    for (let index = 0; index < this.#rules.length; index += 1) {
      const isOver = this.#isOver(index);
      if (isOver && this.#raised[index] !== true) {
        if (findings === none) findings = [];
        findings.push(this.#finding(index, bin.endAt));
      }
      this.#raised[index] = isOver;
    }
    return findings;
  }

  /** The burn rate over the rule's long window now; 0 without traffic. */
  burnRate(rule: number): number {
    const [long] = this.#places[rule] ?? [0, 0];
    return shareOf(this.#windows[long]) / (1 - this.#target);
  }

  isRaised(rule: number): boolean {
    return this.#raised[rule] === true;
  }

  state(): BurnRatesState {
    const order = Array.from(
      { length: this.#size },
      (_, index) => (this.#minute + 1 + index) % this.#size,
    );
    return {
      minute: this.#minute,
      totals: order.map((place) => this.#totals[place] ?? 0),
      bads: order.map((place) => this.#bads[place] ?? 0),
      raised: [...this.#raised],
    };
  }

  #isOver(index: number): boolean {
    const rule = this.#rules[index];
    const [long, short] = this.#places[index] ?? [0, 0];
    const threshold = (rule?.burnRate ?? Infinity) * (1 - this.#target);
    const longWindow = this.#windows[long];
    if (longWindow === undefined || longWindow.bad === 0) return false;
    return shareOf(longWindow) >= threshold && shareOf(this.#windows[short]) >= threshold;
  }

  #advance(minute: number): void {
    if (this.#minute === 0) this.#minute = minute;
    const steps = Math.min(minute - this.#minute, this.#size);
    for (let step = 1; step <= steps; step += 1) {
      const at = minute - steps + step;
      for (const window of this.#windows) {
        const leaving = (((at - window.minutes) % this.#size) + this.#size) % this.#size;
        window.total -= this.#totals[leaving] ?? 0;
        window.bad -= this.#bads[leaving] ?? 0;
      }
      const place = at % this.#size;
      this.#totals[place] = 0;
      this.#bads[place] = 0;
    }
    this.#minute = Math.max(this.#minute, minute);
  }

  #restore({ minute, totals, bads }: BurnRatesState): void {
    for (let age = 0; age < Math.min(this.#size, totals.length); age += 1) {
      const total = totals[totals.length - 1 - age] ?? 0;
      const bad = bads[bads.length - 1 - age] ?? 0;
      const place = (((minute - age) % this.#size) + this.#size) % this.#size;
      this.#totals[place] = total;
      this.#bads[place] = bad;
      for (const window of this.#windows) {
        if (age >= window.minutes) continue;
        window.total += total;
        window.bad += bad;
      }
    }
  }

  #finding(index: number, seenAt: number): Finding {
    const rule = this.#rules[index];
    const [long] = this.#places[index] ?? [0, 0];
    const window = this.#windows[long];
    const longMs = rule?.longMs ?? 0;
    return {
      detector: 'burn_rate',
      severity: rule?.severity ?? 'ticket',
      seenAt,
      sinceAt: seenAt - longMs,
      observed: {
        unit: 'share',
        value: shareOf(window),
        bad: window?.bad ?? 0,
        of: window?.total ?? 0,
      },
      against: { unit: 'burn_rate', value: rule?.burnRate ?? 0 },
      sure: { kind: 'rule', name: `burn rate over ${longMs / HOUR_MS} h` },
    };
  }
}

const none: Finding[] = [];

function minutesOf(ms: number): number {
  return Math.max(1, Math.round(ms / MINUTE_MS));
}

function shareOf(window: { readonly total: number; readonly bad: number } | undefined): number {
  return window === undefined || window.total <= 0 ? 0 : window.bad / window.total;
}
