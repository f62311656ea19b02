/**
 * The density of values beyond a high quantile, learned from those that were seen beyond it: peaks over threshold
 * (Pickands 1975, Annals of Statistics 3:119; used on streams by Siffer et al., KDD 2017). Exceedances of logarithms
 * are close to a generalised Pareto distribution with scale `s` and shape `k`: k = 0 on logarithms is a Pareto tail of
 * the amounts themselves, k > 0 heavier still, k < 0 lighter, as of a lognormal. Nothing is picked: the answer is the
 * average over a grid of both, weighed by the likelihood of the exceedances, so few of them leave a heavy tail.
 */
const SHAPES = [-0.4, -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.4];
/** Of the exceedances' mean. */
const SCALES = [0.5, 0.7, 1, 1.4, 2];
/** Members of the grid with less than this share of the weight are left out. */
const LEAST_WEIGHT = 1e-3;

/**
 * @param exceedances pairs of distance beyond the threshold (in decades, above 0) and how often
 * @param step the distance between the points of the result, in decades
 * @returns densities per decade at (i + ½) · step, `length` of them
 */
export function tailDensity(
  exceedances: readonly (readonly [distance: number, count: number])[],
  step: number,
  length: number,
): readonly number[] {
  const total = exceedances.reduce((sum, [, count]) => sum + count, 0);
  const mean = exceedances.reduce((sum, [distance, count]) => sum + distance * count, 0) / total;
  const grid = SHAPES.flatMap((shape) =>
    SCALES.map((ofMean) => {
      const scale = mean * ofMean;
      let logLikelihood = 0;
      for (const [distance, count] of exceedances) {
        logLikelihood += count * Math.log(pareto(distance, scale, shape));
      }
      return { shape, scale, logLikelihood };
    }),
  );
  const best = Math.max(...grid.map(({ logLikelihood }) => logLikelihood));
  const weighed = grid
    .map(({ shape, scale, logLikelihood }) => ({
      shape,
      scale,
      weight: Math.exp(logLikelihood - best),
    }))
    .filter(({ weight }) => weight > LEAST_WEIGHT);
  const sum = weighed.reduce((added, { weight }) => added + weight, 0);
  return Array.from({ length }, (_, index) => {
    const distance = (index + 0.5) * step;
    return weighed.reduce(
      (density, { shape, scale, weight }) =>
        density + (weight / sum) * pareto(distance, scale, shape),
      0,
    );
  });
}

function pareto(distance: number, scale: number, shape: number): number {
  if (shape === 0) return Math.exp(-distance / scale) / scale;
  const inside = 1 + (shape * distance) / scale;
  return inside <= 0 ? 0 : inside ** (-1 / shape - 1) / scale;
}
