export type Point = readonly [x: number, y: number];

export type Line = {
  /** Of y, for each 1 of x. */
  readonly slope: number;
  /** y at x = 0. */
  readonly intercept: number;
};

/** The line of least squares through the points; NaN for fewer than two different x. */
export function regression(points: readonly Point[]): Line {
  const mean = (pick: (point: Point) => number): number =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [meanX, meanY] = [mean(([x]) => x), mean(([, y]) => y)];
  // Around the means: sums of raw squares would lose the digits that matter.
  const covariance = mean(([x, y]) => (x - meanX) * (y - meanY));
  const variance = mean(([x]) => (x - meanX) ** 2);
  const slope = variance === 0 ? Number.NaN : covariance / variance;
  return { slope, intercept: meanY - slope * meanX };
}
