/** Distribution functions, exact to about 1e-10. Sources: Press et al., Numerical Recipes, 3rd ed., sections 6.1 to 6.4. */

const LANCZOS = [
  57.156_235_665_862_92, -59.597_960_355_475_49, 14.136_097_974_741_746, -0.491_913_816_097_620_2,
  0.339_946_499_848_118_9e-4, 0.465_236_289_270_485_8e-4, -0.983_744_753_048_795_6e-4,
  0.158_088_703_224_912_5e-3, -0.210_264_441_724_104_9e-3, 0.217_439_618_115_212_6e-3,
  -0.164_318_106_536_763_9e-3, 0.844_182_239_838_527_4e-4, -0.261_908_384_015_814_1e-4,
  0.368_991_826_595_316_2e-5,
];
const SMALL = 1e-300;
const EPSILON = 1e-14;

/** ln Γ(x), x > 0. */
export function lnGamma(x: number): number {
  const shifted = x + 5.242_187_5;
  let [sum, at] = [0.999_999_999_999_997_1, x];
  for (const coefficient of LANCZOS) {
    at += 1;
    sum += coefficient / at;
  }
  return (x + 0.5) * Math.log(shifted) - shifted + Math.log((Math.sqrt(2 * Math.PI) * sum) / x);
}

/** I_x(a, b), the regularized incomplete beta function: P(a Beta(a, b) variable <= x). a, b > 0. */
export function betaBelow(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(
    lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** P(X >= k) of a Binomial(n, p): I_p(k, n - k + 1). */
export function binomialAtLeast(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  return betaBelow(p, k, n - k + 1);
}

/** P(X <= k) of a Poisson(mean): Q(k + 1, mean), the regularized upper incomplete gamma. k may be a fraction. */
export function poissonAtMost(k: number, mean: number): number {
  if (mean <= 0) return 1;
  if (k < 0) return 0;
  const a = k + 1;
  const front = Math.exp(a * Math.log(mean) - mean - lnGamma(a));
  if (mean < a + 1) {
    let [term, sum] = [1 / a, 1 / a];
    for (let at = a + 1; term > sum * EPSILON; at += 1) {
      term *= mean / at;
      sum += term;
    }
    return Math.max(0, 1 - front * sum);
  }
  let b = mean + 1 - a;
  let [c, d] = [1 / SMALL, 1 / b];
  let fraction = d;
  for (let step = 1; step < 10_000; step += 1) {
    const an = -step * (step - a);
    b += 2;
    d = 1 / awayFromZero(an * d + b);
    c = awayFromZero(b + an / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < EPSILON) break;
  }
  return front * fraction;
}

/**
 * The upper confidence bound of a Poisson mean of which `count` were seen; `z` is the normal quantile (1.28: 90 %).
 * Wilson and Hilferty's approximation of the chi-square quantile, within 1 % for any count; a fraction is allowed.
 */
export function poissonUpper(count: number, z: number): number {
  const k = count + 1;
  return k * (1 - 1 / (9 * k) + z / (3 * Math.sqrt(k))) ** 3;
}

/** Wilson's score interval of a share, at the normal quantile `z`. [0, 1] of no trials. */
export function wilson(bad: number, total: number, z = 1.96): { lower: number; upper: number } {
  if (total <= 0) return { lower: 0, upper: 1 };
  const share = bad / total;
  const centre = share + z ** 2 / (2 * total);
  const half = z * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2));
  const scale = 1 + z ** 2 / total;
  return {
    lower: bad <= 0 ? 0 : Math.max(0, (centre - half) / scale),
    upper: bad >= total ? 1 : Math.min(1, (centre + half) / scale),
  };
}

/** Lentz's continued fraction of the incomplete beta. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < EPSILON) break;
  }
  return fraction;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < SMALL ? SMALL : value;
}
