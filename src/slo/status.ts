import type { Objective } from '../change/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './detect/bin.ts';
import { budgetOf } from './detect/budget.ts';
import type { Outcomes } from './indicator.ts';

/** Outcomes of one minute, hour or day. */
export type Slot = Outcomes & {
  /** Its start, milliseconds since the epoch. */
  readonly at: number;
  readonly unitMs: number;
};

/** What the deliveries of one minute, hour or day carried, in minor units of one currency. */
export type ValueSlot = {
  readonly at: number;
  readonly unitMs: number;
  readonly currency: string;
  readonly accepted: number;
  /** By those with a bad outcome; null: it is not known of which. */
  readonly bad: number | null;
};

/** What a bad outcome costs, on average: minor units, with fractions. */
type Worth = {
  readonly perBad: number;
  readonly currency: string;
  /** What messages carried, or what the objective says where they carry nothing. */
  readonly source: 'messages' | 'objective';
};

export type AtRisk = Worth & { readonly perWeek: number };

/** An objective held against what was recorded. Shares are between 0 and 1. */
export type ObjectiveStatus = {
  readonly at: number;
  readonly fromAt: number;
  readonly good: number;
  readonly bad: number;
  /** Good of all; 1 without traffic. */
  readonly ratio: number;
  readonly isMet: boolean;
  readonly budget: {
    /** Bad outcomes that the period's traffic allows. */
    readonly allowed: number;
    /** 1 untouched, 0 spent, below 0 overspent. */
    readonly left: number;
  };
  readonly burn: readonly Burn[];
  /** The same over all windows that the rules for burn rates have. */
  readonly ruleBurn: readonly Burn[];
  readonly forecast: Forecast;
  /** What the bad outcomes of a week come to at the present rate, minor units; of each currency that there is. */
  readonly atRisk: readonly AtRisk[];
  /** What was left of the budget at the end of each day of the period. */
  readonly burnDown: readonly { readonly at: number; readonly left: number }[];
};

export type Burn = Outcomes & {
  readonly windowMs: number;
  /** Times the rate that spends exactly the budget in a period; 0 without traffic. */
  readonly rate: number;
};

export type Forecast = {
  /** When the budget is spent at the present rate; null: not within ten periods. */
  readonly exhaustedAt: number | null;
  readonly assumptions: readonly string[];
};

/** An hour pages, six hours page too, three days make a ticket: what people are shown. */
const burnWindowsMs: readonly number[] = [HOUR_MS, 6 * HOUR_MS, 3 * DAY_MS];
/** All windows of the workbook's rules, long and short: what alerts look at. */
const ruleWindowsMs: readonly number[] = [
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
  DAY_MS,
  3 * DAY_MS,
];
const FORECAST_MS = 6 * HOUR_MS;
const TRAFFIC_MS = 3 * DAY_MS;
const MOST_PERIODS = 10;

/** The period's first moment: whole days (UTC) back from the one that began last. */
export function periodStart({ periodDays }: Pick<Objective, 'periodDays'>, now: number): number {
  return Math.floor(now / DAY_MS) * DAY_MS - periodDays * DAY_MS;
}

/**
 * @param slots those of the period, in the order of their time, each outcome in one of them.
 * @param values what deliveries carried, of three days at least
 */
export function statusOf(
  objective: Pick<Objective, 'target' | 'periodDays' | 'value'>,
  slots: readonly Slot[],
  now: number,
  values: readonly ValueSlot[] = [],
): ObjectiveStatus {
  const { target, periodDays, value } = objective;
  const fromAt = periodStart(objective, now);
  const period = slots.filter(({ at }) => at >= fromAt);
  const { good, bad } = sumOf(period);
  const total = good + bad;
  const burnOver = (windowMs: number): Burn => {
    const sum = recentOf(slots, now, windowMs);
    return { windowMs, ...sum, rate: rateOf(sum, target) };
  };
  const recent = recentOf(slots, now, FORECAST_MS);
  const periodMs = periodDays * DAY_MS;
  const budget = budgetOf({
    target,
    periodMs,
    total,
    bad,
    recentTotal: recent.good + recent.bad,
    recentBad: recent.bad,
  });
  const worth = worthOf(value, values, slots, now);
  const share = recent.good + recent.bad === 0 ? 0 : recent.bad / (recent.good + recent.bad);
  return {
    at: now,
    fromAt,
    good,
    bad,
    ratio: total === 0 ? 1 : good / total,
    isMet: total === 0 || good / total >= target,
    budget: { allowed: budget.allowed, left: budget.left },
    burn: burnWindowsMs.map(burnOver),
    ruleBurn: ruleWindowsMs.map(burnOver),
    forecast: {
      exhaustedAt:
        budget.lastsMs > MOST_PERIODS * periodMs ? null : Math.round(now + budget.lastsMs),
      assumptions: [
        'The failure rate of the last six hours goes on, at the traffic of the period.',
        'Old failures that leave the period are not counted on, so the budget lasts rather longer than said.',
      ],
    },
    atRisk: worth.map((of) => ({
      ...of,
      perWeek: Math.round(share * weeklyTraffic(slots, now) * of.perBad),
    })),
    burnDown: burnDownOf(period, budget.allowed),
  };
}

/** 1 where exactly the budget is spent in a period. */
function rateOf({ good, bad }: Outcomes, target: number): number {
  return good + bad === 0 ? 0 : bad / (good + bad) / (1 - target);
}

/** Slots of which any part lies in the window, so it is up to one slot longer. */
function recentOf(slots: readonly Slot[], now: number, windowMs: number): Outcomes {
  return sumOf(slots.filter(({ at, unitMs }) => at + unitMs > now - windowMs));
}

/** Outcomes that a week has at the traffic of the last three days, or since there was any. */
function weeklyTraffic(slots: readonly Slot[], now: number): number {
  const recent = slots.filter(({ at, unitMs }) => at + unitMs > now - TRAFFIC_MS);
  const [first] = recent;
  if (first === undefined) return 0;
  const { good, bad } = sumOf(recent);
  return ((good + bad) * 7 * DAY_MS) / Math.max(now - first.at, HOUR_MS);
}

/**
 * Of each currency, what the bad outcomes of the last six hours carried, shared out among them; where that is not known,
 * or there was none, what a delivery of the last three days carried. Without any of it, what the objective says.
 */
function worthOf(
  value: Objective['value'],
  values: readonly ValueSlot[],
  slots: readonly Slot[],
  now: number,
): readonly Worth[] {
  const isWithin = ({ at, unitMs }: { readonly at: number; readonly unitMs: number }, ms: number) =>
    at + unitMs > now - ms;
  const lately = values.filter((slot) => isWithin(slot, TRAFFIC_MS) && slot.accepted > 0);
  if (lately.length === 0) {
    if (value === null) return [];
    const { valuePerDelivery, currency } = value;
    return [{ perBad: valuePerDelivery, currency, source: 'objective' }];
  }
  const traffic = recentOf(slots, now, TRAFFIC_MS);
  const recent = recentOf(slots, now, FORECAST_MS);
  const isKnown = recent.bad > 0 && lately.every(({ bad }) => bad !== null);
  const currencies = Map.groupBy(lately, ({ currency }) => currency);
  return Array.from(currencies, ([currency, ofCurrency]) => {
    let accepted = 0;
    let bad = 0;
    for (const slot of ofCurrency) {
      accepted += slot.accepted;
      if (isWithin(slot, FORECAST_MS)) bad += slot.bad ?? 0;
    }
    const each = accepted / Math.max(1, traffic.good + traffic.bad);
    const source = 'messages' as const;
    return { perBad: isKnown ? bad / recent.bad : each, currency, source };
  }).toSorted((one, other) => (one.currency < other.currency ? -1 : 1));
}

function burnDownOf(
  period: readonly Slot[],
  allowed: number,
): readonly { readonly at: number; readonly left: number }[] {
  let spent = 0;
  const days = Map.groupBy(period, ({ at }) => Math.floor(at / DAY_MS) * DAY_MS);
  return Array.from(days, ([at, ofDay]) => {
    spent += sumOf(ofDay).bad;
    return { at, left: allowed === 0 ? 1 : 1 - spent / allowed };
  });
}

function sumOf(outcomes: readonly Outcomes[]): Outcomes {
  let good = 0;
  let bad = 0;
  for (const outcome of outcomes) {
    good += outcome.good;
    bad += outcome.bad;
  }
  return { good, bad };
}
