/** A wait whose ends are nearer than this is taken as one moment: within a minute the amounts are even anyway. */
const NARROWEST_MINUTES = 0.5;

/**
 * What happens in each minute, after a wait drawn evenly from `earliest` to `latest` minutes. Within a minute amounts
 * are spread evenly. As long as the given series; what falls behind its end is in its last minute. One pass, whatever the wait:
 * the share of a wait's span is a difference of two points of the integral of the cumulated series.
 */
export function waitSpread(
  amounts: Float64Array,
  earliest: number,
  latest: number,
): Float64Array<ArrayBuffer> {
  const { length } = amounts;
  const cumulated = new Float64Array(length + 1);
  const integral = new Float64Array(length + 1);
  for (let minute = 0; minute < length; minute += 1) {
    const amount = amounts[minute] ?? 0;
    const before = cumulated[minute] ?? 0;
    cumulated[minute + 1] = before + amount;
    integral[minute + 1] = (integral[minute] ?? 0) + before + amount / 2;
  }
  const cumulatedAt = (x: number): number => {
    if (x <= 0) return 0;
    if (x >= length) return cumulated[length] ?? 0;
    const minute = Math.floor(x);
    return (cumulated[minute] ?? 0) + (amounts[minute] ?? 0) * (x - minute);
  };
  const integralAt = (x: number): number => {
    if (x <= 0) return 0;
    const minute = Math.min(length, Math.floor(x));
    const rest = x - minute;
    const amount = minute < length ? (amounts[minute] ?? 0) : 0;
    return (integral[minute] ?? 0) + (cumulated[minute] ?? 0) * rest + (amount * rest * rest) / 2;
  };
  const span = latest - earliest;
  const middle = earliest + span / 2;
  const arrivedBy = (x: number): number =>
    span < NARROWEST_MINUTES
      ? cumulatedAt(x - middle)
      : (integralAt(x - earliest) - integralAt(x - latest)) / span;
  const arrived = new Float64Array(length);
  let before = 0;
  for (let minute = 0; minute < length; minute += 1) {
    const by = arrivedBy(minute + 1);
    // What rounding leaves below nothing is nothing.
    arrived[minute] = Math.max(0, by - before);
    before = Math.max(before, by);
  }
  if (length > 0) {
    const late = (cumulated[length] ?? 0) - before;
    arrived[length - 1] = (arrived[length - 1] ?? 0) + Math.max(0, late);
  }
  return arrived;
}
