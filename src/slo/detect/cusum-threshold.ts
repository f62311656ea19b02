/**
 * Thresholds of a Bernoulli CUSUM, made by `node bench/measure/detect/calibrate.ts`.
 * A row for each ratio r = p1 / p0; in it h for ln(failures expected of the baseline between two false alarms) = 0, 1, …
 * For large r the rows have steps: so many failures in a row, no fraction of one.
 */
const TABLE: readonly (readonly [number, readonly number[]])[] = [
  [1.5, [0, 0, 0.42, 0.94, 1.7, 2.58, 3.54, 4.52, 5.52, 6.52, 7.52, 8.52, 9.52, 10.52, 11.52]],
  [2, [0, 0, 0.92, 1.76, 2.66, 3.62, 4.6, 5.6, 6.6, 7.6, 8.6, 9.6, 10.6, 11.6, 12.6]],
  [3, [0, 1.1, 1.72, 2.6, 3.56, 4.56, 5.54, 6.54, 7.54, 8.54, 9.54, 10.54, 11.54, 12.54, 13.54]],
  [5, [0, 1.62, 2.44, 3.26, 4.38, 5.36, 6.36, 7.36, 8.36, 9.36, 10.36, 11.36, 12.36, 13.36, 14.36]],
  [10, [0, 2.32, 2.94, 4.3, 5.12, 6.2, 7.16, 8.18, 9.16, 10.18, 11.18, 12.18, 13.18, 14.18, 15.18]],
  [20, [0, 3, 3, 5.06, 5.82, 6.8, 7.94, 8.74, 9.88, 10.86, 11.82, 12.86, 13.84, 14.86, 15.84]],
  [50, [0, 3.92, 3.92, 5.18, 7, 7.64, 8.24, 9.78, 10.74, 11.46, 12.66, 13.72, 14.6, 15.58, 16.7]],
  [
    100,
    [0, 4.62, 4.62, 4.62, 7.38, 8.62, 9.08, 9.54, 11.34, 12.44, 13.16, 13.88, 15.3, 16.34, 17.18],
  ],
  [
    300,
    [0, 5.72, 5.72, 5.72, 5.74, 9.4, 10.72, 11.2, 11.36, 12.42, 14.32, 15.48, 16.22, 16.72, 17.78],
  ],
  [
    1000,
    [0, 6.92, 6.92, 6.92, 6.92, 6.98, 11.36, 12.92, 13.52, 13.72, 13.8, 14.98, 17.26, 18.64, 19.52],
  ],
  [
    5000,
    [0, 8.52, 8.52, 8.52, 8.52, 8.52, 8.52, 12.46, 15.36, 16.44, 16.82, 16.96, 17.02, 17.04, 19.14],
  ],
];

/**
 * The threshold h at which a CUSUM for the ratio p1 / p0 raises one false alarm in `expectedFailures` failures of the
 * baseline, if they are independent. One failure alone never reaches it, whatever is asked for. Beyond the table h
 * grows by 1 for each factor e, as theory has it. Ratios are taken as 1.5 to 5,000.
 */
export function cusumThreshold(ratio: number, expectedFailures: number): number {
  const found = TABLE.findIndex(([known]) => known >= ratio);
  const place = found === -1 ? TABLE.length - 1 : found;
  const [above, upper] = TABLE[place] ?? [ratio, []];
  const [below, lower] = TABLE[Math.max(0, place - 1)] ?? [ratio, []];
  const part =
    above === below
      ? 1
      : Math.min(1, Math.max(0, Math.log(ratio / below) / Math.log(above / below)));
  const lnTime = Math.max(0, Math.log(expectedFailures));
  const h = (1 - part) * inRow(lower, lnTime) + part * inRow(upper, lnTime);
  return Math.max(h, 1.05 * Math.log(ratio));
}

function inRow(row: readonly number[], lnTime: number): number {
  const last = row.length - 1;
  const index = Math.min(last, Math.floor(lnTime));
  const from = row[index] ?? 0;
  const to = row[index + 1] ?? from + 1;
  return from + (to - from) * (lnTime - index);
}
