/**
 * Evidence that something changed, message by message: a Shiryaev-Roberts statistic R ← (1 + R) · L over likelihood
 * ratios L of mean at most 1 while nothing changed, averaged over several alternatives by fixed weights. Then R less the
 * count of messages is a supermartingale, so alarms at R ≥ A come at most once in A messages on average, whatever the
 * alternatives (Pollak 1985, Annals of Statistics 13:206; as e-detectors: Shin, Ramdas and Rinaldo 2024,
 * New England Journal of Statistics in Data Science 2:229). Nobody says beforehand when the change will be.
 */
export class Evidence {
  readonly sums: number[];
  readonly #weights: readonly number[];

  constructor(weights: readonly number[]) {
    this.#weights = weights;
    this.sums = weights.map(() => 0);
  }

  /** Multiplies one alternative's evidence. */
  update(alternative: number, ratio: number): void {
    this.sums[alternative] = (1 + (this.sums[alternative] ?? 0)) * ratio;
  }

  total(): number {
    let total = 0;
    for (let index = 0; index < this.sums.length; index += 1) {
      total += (this.#weights[index] ?? 0) * (this.sums[index] ?? 0);
    }
    return total;
  }

  /** The alternative that weighs most. */
  strongest(): number {
    let strongest = 0;
    this.sums.forEach((sum, index) => {
      const isMore =
        sum * (this.#weights[index] ?? 0) >
        (this.sums[strongest] ?? 0) * (this.#weights[strongest] ?? 0);
      if (isMore) strongest = index;
    });
    return strongest;
  }

  reset(): void {
    this.sums.fill(0);
  }

  toRow(): readonly number[] {
    return this.sums.map((sum) => Number(sum.toPrecision(4)));
  }

  restore(sums: readonly number[]): void {
    sums.slice(0, this.sums.length).forEach((sum, index) => {
      this.sums[index] = sum;
    });
  }
}

/** Shares of messages that may have changed: a few in a thousand, some, half and more. */
const RATES = [0.005, 0.05, 0.5, 0.98];
const RATE_WEIGHTS = [0.25, 0.25, 0.25, 0.25];

/**
 * Traffic comes in bursts of alike messages: what was surprising a message ago is taken to go on with this probability,
 * for whatever reason it began.
 */
export const CONTINUES = 0.9;

/** What was seen so often of so many may be as frequent as this: half a time more, and three standard errors. */
export function highestRate(seen: number, of: number): number {
  return Math.min(
    0.999,
    (seen + 0.5 + 3 * Math.sqrt((seen * Math.max(0, of - seen)) / Math.max(1, of))) / (of + 1),
  );
}

/** Evidence that something rare happens more often than it did: in a share of messages it now always happens. */
export class RateEvidence {
  readonly evidence = new Evidence(RATE_WEIGHTS);

  /** @param rate how often it happened while nothing changed, above 0 and below 1; resolves to the evidence now */
  see(isRare: boolean, rate: number): number {
    for (let index = 0; index < RATES.length; index += 1) {
      const share = RATES[index] ?? 0;
      this.evidence.update(index, 1 - share + (isRare ? share / rate : 0));
    }
    return this.evidence.total();
  }
}
