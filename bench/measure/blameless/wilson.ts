/** Normal quantile of a two-sided interval of 95 %. */
const Z = 1.959964;

/** Wilson's score interval of a share: `of` among `all`, which is above 0 (E. B. Wilson, 1927). */
export function wilson(of: number, all: number): { readonly low: number; readonly high: number } {
  const share = of / all;
  const spread = Z * Math.sqrt((share * (1 - share)) / all + Z ** 2 / (4 * all ** 2));
  const middle = share + Z ** 2 / (2 * all);
  const scale = 1 + Z ** 2 / all;
  return {
    low: Math.max(0, (middle - spread) / scale),
    high: Math.min(1, (middle + spread) / scale),
  };
}
