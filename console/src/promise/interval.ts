/** Two-sided 95 %. */
const Z = 1.96;

/** Wilson's interval of a share, at 95 %: where it lies, as far as so many outcomes tell. */
export function intervalOf(
  bad: number,
  total: number,
): { readonly lower: number; readonly upper: number } {
  if (total <= 0) return { lower: 0, upper: 1 };
  const share = bad / total;
  const scale = 1 + Z ** 2 / total;
  const centre = (share + Z ** 2 / (2 * total)) / scale;
  const half = (Z * Math.sqrt((share * (1 - share)) / total + Z ** 2 / (4 * total ** 2))) / scale;
  return {
    lower: bad <= 0 ? 0 : Math.max(0, centre - half),
    upper: bad >= total ? 1 : Math.min(1, centre + half),
  };
}
