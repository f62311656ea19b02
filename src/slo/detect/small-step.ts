import { Baseline, type BaselineState } from './baseline.ts';
import { HOUR_MS, LONGEST_ALARM_MS, type Bin, type SharedBin } from './bin.ts';
import { cusumThreshold } from './cusum-threshold.ts';
import { Cusum, type CusumRates, type CusumState } from './cusum.ts';
import { FailureCap, type FailureCapState } from './failure-cap.ts';
import type { Finding } from './finding.ts';
import { Recovery } from './recovery.ts';
import { ShiryaevRoberts, type ShiryaevRobertsState } from './shiryaev-roberts.ts';

export type SmallStepOptions = {
  /** False alarms a year that are accepted for this slice, if failures of different endpoints are independent. */
  readonly falseAlarmsPerYear: number;
  /** The smallest share of bad outcomes that is worth an alarm, where the baseline is below a third of it. */
  readonly leastShare: number;
};

export const defaultSmallStep: SmallStepOptions = { falseAlarmsPerYear: 1, leastShare: 0.003 };

/** The CUSUM's part of the false alarms; the mixture over other sizes of steps has the rest. */
const CUSUM_PART = 0.9;
const TIDY_MS = HOUR_MS;

export type SmallStepState = {
  readonly baseline: BaselineState;
  readonly cusum: CusumState;
  readonly mixture: ShiryaevRobertsState;
  readonly recovery: number;
  readonly raisedAt: number | null;
};

/**
 * Finds a small rise of the share of bad outcomes across many endpoints, against the slice's own past: a CUSUM for the
 * smallest share worth an alarm, and a Shiryaev–Roberts mixture for all others, over failures of which each endpoint
 * counts one in six hours. One finding, then silence until it is over or has lasted a week; then the new level is learned.
 */
export class SmallStep {
  readonly #options: SmallStepOptions;
  readonly #baseline: Baseline;
  readonly #cap: FailureCap;
  readonly #cusum: Cusum;
  readonly #mixture: ShiryaevRoberts;
  readonly #recovery: Recovery;
  #raisedAt: number | null;
  #tidyAt = 0;
  /** Of the baseline in use when it was last looked at; a threshold costs a microsecond. */
  #bars: { p0: number; perYear: number; rates: CusumRates; threshold: number } | null = null;

  /** @param failures as `failures()` gave them. */
  constructor(
    options: SmallStepOptions = defaultSmallStep,
    state?: SmallStepState,
    failures?: FailureCapState,
  ) {
    this.#options = options;
    this.#baseline = new Baseline(state?.baseline);
    this.#cap = new FailureCap(failures);
    this.#cusum = new Cusum(state?.cusum);
    this.#mixture = new ShiryaevRoberts(state?.mixture);
    this.#recovery = new Recovery(state?.recovery);
    this.#raisedAt = state?.raisedAt ?? null;
  }

  get isRaised(): boolean {
    return this.#raisedAt !== null;
  }

  get baseline(): number {
    return this.#baseline.share;
  }

  /** The threshold of the CUSUM as it is now. */
  get threshold(): number {
    return this.#barsNow().threshold;
  }

  feed(bin: SharedBin): Finding | null {
    const capped = this.#capped(bin);
    const isLearning = this.#baseline.isLearning(bin.startAt);
    this.#baseline.feed(bin, capped.bad, isLearning || this.#raisedAt === null);
    if (isLearning) return null;
    const { rates, threshold } = this.#barsNow();
    if (this.#raisedAt !== null) {
      const isOver = this.#recovery.feed(capped, rates);
      if (isOver) this.#lower();
      else if (bin.endAt - this.#raisedAt >= LONGEST_ALARM_MS) {
        this.#baseline.relearn();
        this.#lower();
      }
      return null;
    }
    const sum = this.#cusum.feed(capped, rates);
    const years = this.#mixture.feed(capped, rates.p0);
    const isStep = sum >= threshold;
    const mixtureYears = 1 / (this.#options.falseAlarmsPerYear * (1 - CUSUM_PART));
    if (!isStep && years < mixtureYears) return null;
    const since = isStep ? this.#cusum.since : this.#mixture.since;
    this.#raisedAt = bin.endAt;
    this.#recovery.reset();
    this.#baseline.forget(since.at);
    return {
      detector: 'small_step',
      severity: 'page',
      seenAt: bin.endAt,
      sinceAt: since.at,
      observed: { unit: 'share', value: since.bad / since.total, bad: since.bad, of: since.total },
      against: { unit: 'share', value: rates.p0, bad: rates.p0 * since.total, of: null },
      sure: { kind: 'false_alarms', perYear: this.#options.falseAlarmsPerYear },
    };
  }

  state(): SmallStepState {
    return {
      baseline: this.#baseline.state(),
      cusum: this.#cusum.state(),
      mixture: this.#mixture.state(),
      recovery: this.#recovery.state(),
      raisedAt: this.#raisedAt,
    };
  }

  /** The rest of its state, which may be long and seldom changes: the same object until it does. */
  failures(): FailureCapState {
    return this.#cap.state();
  }

  #capped(bin: SharedBin): Bin {
    let bad = 0;
    let left = 0;
    for (const one of bin.failing) {
      if (this.#cap.count(one.endpointId, bin.endAt)) {
        bad += 1;
        left += one.bad - 1;
      } else left += one.bad;
    }
    if (bin.endAt - this.#tidyAt >= TIDY_MS) {
      this.#cap.tidy(bin.endAt);
      this.#tidyAt = bin.endAt;
    }
    // Failures that do not count are no successes either.
    return { startAt: bin.startAt, endAt: bin.endAt, total: bin.total - left, bad };
  }

  #barsNow(): { readonly rates: CusumRates; readonly threshold: number } {
    const p0 = this.#baseline.share;
    const perYear = this.#baseline.perYear;
    if (this.#bars?.p0 === p0 && this.#bars.perYear === perYear) return this.#bars;
    const p1 = Math.min(0.5, Math.max(this.#options.leastShare, 3 * p0));
    const perFalseAlarm = (p0 * perYear) / (this.#options.falseAlarmsPerYear * CUSUM_PART);
    const threshold = cusumThreshold(p1 / p0, perFalseAlarm);
    this.#bars = { p0, perYear, rates: { p0, p1 }, threshold };
    return this.#bars;
  }

  #lower(): void {
    this.#raisedAt = null;
    this.#cusum.reset();
    this.#mixture.reset();
    this.#recovery.reset();
  }
}
