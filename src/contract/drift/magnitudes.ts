import { CONTINUES, Evidence } from './evidence.ts';
import {
  BINS,
  BINS_PER_DECADE,
  binOf,
  magnitudeOf,
  MagnitudeHistogram,
  type HistogramRow,
} from './magnitude-histogram.ts';
import { isBlockFull, LEAST_KNOWN, MOST_KNOWN } from './memory.ts';
import { tailDensity } from './tail.ts';

/**
 * The magnitudes of a numeric field, and the evidence that a part of them moved by a power of ten.
 *
 * What is expected next is a density on the logarithm: the histogram of the past, smoothed; a tail on either side,
 * learned by peaks over threshold; and a floor for surprises, as frequent as isolated values have been (Krichevsky and
 * Trofimov's estimate: half a surprise more than were seen). A part e of the values moved by d decades has the density
 * (1 - e) f(x) + e f(x - d); its ratio to f(x) feeds the evidence, for each d of ±1, ±2, ±3 and three parts e. So a
 * cluster at exactly a power of ten from where values usually lie says more than a value far out in the tail.
 *
 * The past ends one to two blocks ago: what is judged must not have taught the judge.
 */
const SHIFTS = [-3, -2, -1, 1, 2, 3];
/** Cents for units is the mistake that everybody makes. */
const SHIFT_WEIGHTS = [0.15, 0.25, 0.1, 0.1, 0.25, 0.15];
/** A value counts as moved where that is so much likelier than that it is not. */
const ODDS = 5;
const PARTS = [0.005, 0.05, 0.5];
const PART_WEIGHTS = [0.5, 0.25, 0.25];
const WEIGHTS = SHIFTS.flatMap((_, shift) =>
  PARTS.map((__, part) => (SHIFT_WEIGHTS[shift] ?? 0) * (PART_WEIGHTS[part] ?? 0)),
);

const STEP = 1 / BINS_PER_DECADE;
/** Binomial: about a seventh of a decade. */
const KERNEL = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16];
const TAIL_SHARE = 0.1;
const TAIL_BINS = 6 * BINS_PER_DECADE;
/** A value is isolated that has nothing within half a decade. */
const ISOLATED_BINS = BINS_PER_DECADE / 2;
/** Surprises lie anywhere within three decades up or down. */
const SURPRISE_DENSITY = 1 / 6;

export type Shift = {
  readonly evidence: number;
  /** What values were multiplied by: 0.001 to 1000. */
  readonly factor: number;
  /** Where this value seems to come from by itself: null: it may well be as usual. */
  readonly moved: 'up' | 'down' | null;
};

/** The evidence of one field, from all its magnitudes together: each value is judged by those of its own currency. */
export class ShiftEvidence {
  readonly evidence = new Evidence(WEIGHTS);

  #last = 0;

  /** @param ratios how much likelier a value is if it was moved, for each of the shifts */
  see(value: number, ratios: readonly number[]): Shift {
    const most = value === this.#last ? 1 / CONTINUES : Infinity;
    this.#last = value;
    let highest = 0;
    let likeliest = 0;
    for (let shift = 0; shift < SHIFTS.length; shift += 1) {
      const ratio = ratios[shift] ?? 1;
      if (ratio > highest) {
        highest = ratio;
        likeliest = SHIFTS[shift] ?? 0;
      }
      for (let part = 0; part < PARTS.length; part += 1) {
        const share = PARTS[part] ?? 0;
        const counted = Math.min(most, ratio);
        this.evidence.update(shift * PARTS.length + part, 1 - share + share * counted);
      }
    }
    const strongest = this.evidence.strongest();
    const share = PARTS[strongest % PARTS.length] ?? 0;
    return {
      evidence: this.evidence.total(),
      factor: 10 ** (SHIFTS[Math.floor(strongest / PARTS.length)] ?? 0),
      moved: highest * share <= ODDS ? null : likeliest > 0 ? 'up' : 'down',
    };
  }
}

export class Magnitudes {
  #past = new MagnitudeHistogram();
  #previous = new MagnitudeHistogram();
  #recent = new MagnitudeHistogram();
  #surprises = 0;
  #density: Float32Array | null = null;
  #floor = 0;

  /** Values learned from. */
  get known(): number {
    return this.#past.total;
  }

  /**
   * How much likelier a value is if it was moved, for each of the shifts, by what is known without it; then it is
   * kept. Null: too little is known yet. `magnitude` is above 0.
   */
  see(magnitude: number): readonly number[] | null {
    const bin = binOf(magnitude);
    const ratios = this.#past.total < LEAST_KNOWN ? null : this.#ratios(bin);
    this.#recent.add(bin);
    if (isBlockFull(this.#recent.total, this.#past.total)) this.#fold();
    return ratios;
  }

  /** From here on the last values are as normal as all others. */
  accept(): void {
    this.#fold();
    this.#fold();
  }

  summary(): {
    readonly known: number;
    readonly p5: number;
    readonly p50: number;
    readonly p95: number;
  } {
    const all = this.#past.total > 0 ? this.#past : this.#recent;
    const at = (share: number): number => Number(magnitudeOf(all.quantile(share)).toPrecision(2));
    return { known: Math.round(all.total), p5: at(0.05), p50: at(0.5), p95: at(0.95) };
  }

  toRow(): MagnitudesRow {
    return [
      this.#past.toRow(),
      this.#previous.toRow(),
      this.#recent.toRow(),
      Math.round(this.#surprises * 100) / 100,
    ];
  }

  static fromRow([past, previous, recent, surprises]: MagnitudesRow): Magnitudes {
    const made = new Magnitudes();
    made.#past = MagnitudeHistogram.fromRow(past);
    made.#previous = MagnitudeHistogram.fromRow(previous);
    made.#recent = MagnitudeHistogram.fromRow(recent);
    made.#surprises = surprises;
    return made;
  }

  #ratios(bin: number): readonly number[] {
    this.#density ??= this.#learn();
    const expected = this.#densityAt(bin);
    return SHIFTS.map((shift) => this.#densityAt(bin - shift * BINS_PER_DECADE) / expected);
  }

  #densityAt(bin: number): number {
    return this.#density?.[bin] ?? this.#floor;
  }

  #fold(): void {
    const { total } = this.#past;
    this.#previous.forEach((bin) => {
      if (total >= LEAST_KNOWN / 4 && this.#isIsolated(bin)) this.#surprises += 1;
    });
    this.#previous.forEach((bin, count) => this.#past.add(bin, count));
    if (this.#past.total > MOST_KNOWN) {
      const by = MOST_KNOWN / this.#past.total;
      this.#past.scale(by);
      this.#surprises *= by;
    }
    this.#previous = this.#recent;
    this.#recent = new MagnitudeHistogram();
    this.#density = null;
  }

  #isIsolated(bin: number): boolean {
    for (let near = bin - ISOLATED_BINS; near <= bin + ISOLATED_BINS; near += 1) {
      if (this.#past.at(near) > 0) return false;
    }
    return true;
  }

  /** The density per decade at each bin. */
  #learn(): Float32Array {
    const past = this.#past;
    const surprising = (this.#surprises + 0.5) / (past.total + 1);
    this.#floor = surprising * SURPRISE_DENSITY;
    const density = new Float32Array(BINS).fill(this.#floor);
    const add = (bin: number, amount: number): void => {
      const known = density[bin];
      if (known !== undefined) density[bin] = known + (1 - surprising) * amount;
    };
    const body = (1 - 2 * TAIL_SHARE) / past.total / STEP;
    past.forEach((bin, count) => {
      KERNEL.forEach((weight, index) => add(bin + index - 2, body * count * weight));
    });
    const high = past.quantile(1 - TAIL_SHARE);
    const low = past.quantile(TAIL_SHARE);
    const beyond = (isIn: (bin: number) => boolean, distance: (bin: number) => number) => {
      const exceedances: [number, number][] = [];
      past.forEach((bin, count) => {
        if (isIn(bin)) exceedances.push([(distance(bin) + 0.5) * STEP, count]);
      });
      return tailDensity(exceedances, STEP, TAIL_BINS);
    };
    beyond(
      (bin) => bin >= high,
      (bin) => bin - high,
    ).forEach((value, index) => add(high + index, TAIL_SHARE * value));
    beyond(
      (bin) => bin <= low,
      (bin) => low - bin,
    ).forEach((value, index) => add(low - index, TAIL_SHARE * value));
    return density;
  }
}

export type MagnitudesRow = readonly [
  past: HistogramRow,
  previous: HistogramRow,
  recent: HistogramRow,
  surprises: number,
];
