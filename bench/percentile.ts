/**
 * Nearest-rank percentile of values in ascending order: the smallest one that at least this share of them does not
 * exceed. NaN where there are none.
 *
 * @param share above 0 and up to 1.
 */
export function percentile(ascending: ArrayLike<number>, share: number): number {
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? Number.NaN;
}
