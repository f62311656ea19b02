/** Two series as bars of text, one line a step: the present with dots, the other with bars behind. */
export type TextPlot = {
  readonly title: string;
  readonly unit: string;
  /** Minutes from one value to the next. */
  readonly stepMinutes: number;
  readonly present: readonly number[];
  readonly candidate: readonly number[];
};

const WIDTH = 60;
/** Lines, at most: values that do not fit are shown by the largest of each group. */
const MOST_LINES = 24;

/**
 * At most 80 columns and 24 lines:
 *
 *     hours        0 ────────────── 1,200
 *     00:00        ████████
 *     01:00        ███████·······
 */
export function textPlot({ title, unit, stepMinutes, present, candidate }: TextPlot): string {
  const length = Math.max(present.length, candidate.length);
  const group = Math.max(1, Math.ceil(length / MOST_LINES));
  const rows = Array.from({ length: Math.ceil(length / group) }, (_, row) => ({
    label: clockOf(row * group * stepMinutes),
    present: largest(present.slice(row * group, (row + 1) * group)),
    candidate: largest(candidate.slice(row * group, (row + 1) * group)),
  }));
  const most = Math.max(1, ...rows.flatMap((row) => [row.present, row.candidate]));
  const bar = (value: number): number =>
    value <= 0 ? 0 : Math.max(1, Math.round((value / most) * WIDTH));
  const scale = Math.round(most).toLocaleString('en');
  return [
    `${title} (${unit}; full width ${scale})`,
    ...rows.map(({ label, present: now, candidate: then }) => {
      const [both, more] = [Math.min(bar(now), bar(then)), Math.abs(bar(then) - bar(now))];
      const tail = (bar(then) > bar(now) ? '+' : '·').repeat(more);
      return `${label.padStart(6)}  ${'█'.repeat(both)}${tail}`.trimEnd();
    }),
  ].join('\n');
}

function largest(values: readonly number[]): number {
  return Math.max(0, ...values);
}

/** `36:15`: hours and minutes since the start. */
function clockOf(minutes: number): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
