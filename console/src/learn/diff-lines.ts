export type DiffLine = { readonly kind: 'same' | 'out' | 'in'; readonly text: string };

/** Beyond this, what stands between the first and the last line that differ is shown as taken out and put in. */
const MOST_CELLS = 4_000_000;

/** The lines of both texts: what stayed, what was taken out, what was put in; with the longest common part kept. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const same = (lines: readonly string[]): DiffLine[] =>
    lines.map((text) => ({ kind: 'same', text }));
  return [
    ...same(a.slice(0, start)),
    ...middle(a.slice(start, endA), b.slice(start, endB)),
    ...same(a.slice(endA)),
  ];
}

function middle(a: readonly string[], b: readonly string[]): readonly DiffLine[] {
  const out = (text: string): DiffLine => ({ kind: 'out', text });
  const into = (text: string): DiffLine => ({ kind: 'in', text });
  if (a.length * b.length > MOST_CELLS) return [...a.map(out), ...b.map(into)];
  /** Lines in common from each place on. */
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [one, other] = [a[i], b[j]];
    if (one !== undefined && one === other) {
      lines.push({ kind: 'same', text: one });
      i += 1;
      j += 1;
    } else if (one !== undefined && (other === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(out(one));
      i += 1;
    } else if (other !== undefined) {
      lines.push(into(other));
      j += 1;
    }
  }
  return lines;
}
