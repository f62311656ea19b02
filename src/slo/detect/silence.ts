import { HOUR_MS, LONGEST_ALARM_MS, MINUTE_MS, type Bin } from './bin.ts';
import type { Finding } from './finding.ts';
import { poissonAtMost } from './probability.ts';

const HOURS_OF_WEEK = 168;
const WEEK_MS = HOURS_OF_WEEK * HOUR_MS;
/** Each week an hour's past counts half: three weeks make seven eighths of what is expected. */
const KEEP = 0.5;
const LEAST_WEEKS = 2;
/** Traffic that is said to be missing must be at least this share of what is expected. */
const MISSING = 0.5;
const WINDOW_MINUTES = 60;

export type SilenceOptions = {
  readonly falseAlarmsPerYear: number;
};

const defaultSilence: SilenceOptions = { falseAlarmsPerYear: 0.5 };

export type SilenceState = {
  /** Outcomes expected of each hour of the week, Monday 00:00 UTC first; -1: not known. */
  readonly hours: readonly number[];
  readonly weeks: number;
  readonly hourAt: number;
  readonly hourTotal: number;
  /** Variance over mean, smoothed. */
  readonly dispersion: number;
  /** Expected and seen of the last 60 minutes, each at its place: its number since 1970 modulo 60. */
  readonly expected: readonly number[];
  readonly seen: readonly number[];
  readonly minute: number;
  readonly sinceLast: number;
  readonly lastAt: number;
  readonly raisedAt: number | null;
};

/**
 * Traffic that should be there is not. What should be there is learned for each hour of the week (168 numbers). Two
 * looks each minute: nothing since the last outcome although m were expected, P = exp(−m); and k in an hour in which m
 * were, P(X <= k | m) of a Poisson. Both with m and k divided by the dispersion that the hours of the past showed
 * (variance over mean, at least 1), for traffic is never as even as Poisson's. An alarm where P times the independent looks of
 * a year is below the false alarms allowed and over half is missing. Nothing is said in the first two weeks, and what is
 * not expected (an hour without traffic in the past) is never missed. Over when
 * half of what is expected has come in ten minutes, or longer where ten minutes expect fewer than ten; or after a week:
 * then what should be there is learned anew.
 */
export class Silence {
  readonly #options: SilenceOptions;
  readonly #hours: Float64Array;
  readonly #expected: Float64Array;
  readonly #seen: Float64Array;
  #weeks: number;
  #hourAt: number;
  #hourTotal: number;
  #dispersion: number;
  #minute: number;
  #sinceLast: number;
  #lastAt: number;
  #raisedAt: number | null;
  #hourExpected = 0;
  #hourSeen = 0;

  constructor(options: SilenceOptions = defaultSilence, state?: SilenceState) {
    this.#options = options;
    this.#hours = Float64Array.from(state?.hours ?? new Float64Array(HOURS_OF_WEEK).fill(-1));
    this.#expected = Float64Array.from(state?.expected ?? new Float64Array(WINDOW_MINUTES));
    this.#seen = Float64Array.from(state?.seen ?? new Float64Array(WINDOW_MINUTES));
    this.#weeks = state?.weeks ?? 0;
    this.#hourAt = state?.hourAt ?? 0;
    this.#hourTotal = state?.hourTotal ?? 0;
    this.#dispersion = state?.dispersion ?? 1;
    this.#minute = state?.minute ?? 0;
    this.#sinceLast = state?.sinceLast ?? 0;
    this.#lastAt = state?.lastAt ?? 0;
    this.#raisedAt = state?.raisedAt ?? null;
    this.#hourExpected = this.#expected.reduce((sum, value) => sum + value, 0);
    this.#hourSeen = this.#seen.reduce((sum, value) => sum + value, 0);
  }

  get isRaised(): boolean {
    return this.#raisedAt !== null;
  }

  /** Bins of a minute at most; those of the same minute add up. */
  feed(bin: Bin): Finding | null {
    this.#learn(bin);
    const known = this.#hours[hourOfWeek(bin.startAt)] ?? -1;
    const expected = known <= 0 ? 0 : (known * (bin.endAt - bin.startAt)) / HOUR_MS;
    this.#slide(bin, expected);
    if (bin.total > 0) {
      this.#sinceLast = 0;
      this.#lastAt = bin.endAt;
    } else this.#sinceLast += expected;
    if (this.#weeks < LEAST_WEEKS) return null;
    const isMissing = this.#hourSeen < this.#hourExpected * (1 - MISSING);
    if (this.#raisedAt !== null) {
      if (bin.total > 0 && !this.#isStillSilent()) this.#raisedAt = null;
      else if (bin.endAt - this.#raisedAt >= LONGEST_ALARM_MS) this.#learnAnew();
      return null;
    }
    // One independent look for each outcome that ends a gap, and one an hour.
    const perYear = this.#yearly();
    const gap = Math.exp(-this.#sinceLast / this.#dispersion) * (perYear / this.#dispersion);
    const isGap = this.#sinceLast > 0 && gap <= this.#options.falseAlarmsPerYear / 2;
    const isLow =
      isMissing &&
      poissonAtMost(this.#hourSeen / this.#dispersion, this.#hourExpected / this.#dispersion) *
        8760 *
        10 <=
        this.#options.falseAlarmsPerYear / 2;
    if (!isGap && !isLow) return null;
    this.#raisedAt = bin.endAt;
    return {
      detector: 'silence',
      severity: 'page',
      seenAt: bin.endAt,
      sinceAt: isGap ? this.#lastAt : bin.endAt - WINDOW_MINUTES * MINUTE_MS,
      observed: { unit: 'count', value: isGap ? 0 : this.#hourSeen },
      against: { unit: 'count', value: isGap ? this.#sinceLast : this.#hourExpected },
      sure: { kind: 'false_alarms', perYear: this.#options.falseAlarmsPerYear },
    };
  }

  state(): SilenceState {
    return {
      hours: [...this.#hours],
      weeks: this.#weeks,
      hourAt: this.#hourAt,
      hourTotal: this.#hourTotal,
      dispersion: this.#dispersion,
      expected: [...this.#expected],
      seen: [...this.#seen],
      minute: this.#minute,
      sinceLast: this.#sinceLast,
      lastAt: this.#lastAt,
      raisedAt: this.#raisedAt,
    };
  }

  #isStillSilent(): boolean {
    let [expected, seen] = [0, 0];
    for (let age = 0; age < WINDOW_MINUTES && (age < 10 || expected < 10); age += 1) {
      const place = (this.#minute - age + WINDOW_MINUTES * 2) % WINDOW_MINUTES;
      expected += this.#expected[place] ?? 0;
      seen += this.#seen[place] ?? 0;
    }
    return seen < expected / 2;
  }

  #yearly(): number {
    let week = 0;
    for (const hour of this.#hours) week += Math.max(0, hour);
    return week * 52;
  }

  #slide(bin: Bin, expected: number): void {
    const minute = Math.floor(bin.startAt / MINUTE_MS);
    const steps = this.#minute === 0 ? 1 : Math.min(minute - this.#minute, WINDOW_MINUTES);
    for (let step = 0; step < steps; step += 1) {
      const place = (minute - step) % WINDOW_MINUTES;
      this.#hourExpected -= this.#expected[place] ?? 0;
      this.#hourSeen -= this.#seen[place] ?? 0;
      this.#expected[place] = 0;
      this.#seen[place] = 0;
    }
    this.#minute = minute;
    const place = minute % WINDOW_MINUTES;
    this.#expected[place] = (this.#expected[place] ?? 0) + expected;
    this.#seen[place] = (this.#seen[place] ?? 0) + bin.total;
    this.#hourExpected += expected;
    this.#hourSeen += bin.total;
  }

  /** It is so from now on: nothing is expected until it is known again. */
  #learnAnew(): void {
    this.#raisedAt = null;
    this.#hours.fill(-1);
    this.#expected.fill(0);
    this.#hourExpected = 0;
    this.#weeks = 0;
    this.#dispersion = 1;
    this.#sinceLast = 0;
  }

  #learn(bin: Bin): void {
    const hourAt = Math.floor(bin.startAt / HOUR_MS) * HOUR_MS;
    if (this.#hourAt === 0) this.#hourAt = hourAt;
    if (hourAt !== this.#hourAt) {
      const place = hourOfWeek(this.#hourAt);
      const known = this.#hours[place] ?? -1;
      // A silence that was found is not learned.
      if (this.#raisedAt === null) {
        if (known > 0) {
          const excess = (this.#hourTotal - known) ** 2 / (known * (1 + KEEP));
          this.#dispersion = Math.max(
            1,
            this.#dispersion + (Math.min(excess, 50) - this.#dispersion) / HOURS_OF_WEEK,
          );
        }
        this.#hours[place] =
          known < 0 ? this.#hourTotal : known * KEEP + this.#hourTotal * (1 - KEEP);
      }
      this.#weeks += (hourAt - this.#hourAt) / WEEK_MS;
      this.#hourAt = hourAt;
      this.#hourTotal = 0;
    }
    this.#hourTotal += bin.total;
  }
}

/** 0 is Monday 00:00 to 01:00 UTC; 1970 began on a Thursday. */
function hourOfWeek(at: number): number {
  return (Math.floor(at / HOUR_MS) + 72) % HOURS_OF_WEEK;
}
