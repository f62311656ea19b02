/** Ranks from 1, equal values sharing the mean of theirs. */
function ranksOf(values: readonly number[]): readonly number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

/** Spearman's ρ with ties: Pearson's correlation of the ranks. NaN where one side is constant. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranksOf(a), ranksOf(b)];
  const mean = (x.length + 1) / 2;
  const sum = (f: (place: number) => number): number =>
    x.reduce((all, _, place) => all + f(place), 0);
  const dx = (place: number): number => (x[place] ?? 0) - mean;
  const dy = (place: number): number => (y[place] ?? 0) - mean;
  return sum((i) => dx(i) * dy(i)) / Math.sqrt(sum((i) => dx(i) ** 2) * sum((i) => dy(i) ** 2));
}

/** Kendall's τ-b: pairs in the same order less pairs in the other, ties taken out of both sides. */
export function kendall(a: readonly number[], b: readonly number[]): number {
  let agree = 0;
  let tiedA = 0;
  let tiedB = 0;
  let pairs = 0;
  for (let i = 0; i < a.length; i += 1) {
    for (let j = i + 1; j < a.length; j += 1) {
      const left = Math.sign((a[i] ?? 0) - (a[j] ?? 0));
      const right = Math.sign((b[i] ?? 0) - (b[j] ?? 0));
      agree += left * right;
      tiedA += left === 0 ? 1 : 0;
      tiedB += right === 0 ? 1 : 0;
      pairs += 1;
    }
  }
  return agree / Math.sqrt((pairs - tiedA) * (pairs - tiedB));
}
