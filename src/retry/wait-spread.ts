/** Amounts of successive minutes; outside of them there is nothing. */
export type Series = {
  /** The minute of the first value. */
  readonly from: number;
  readonly values: Float64Array<ArrayBuffer>;
};

/** A wait whose ends are nearer than this is taken as one moment: within a minute the amounts are even anyway. */
const NARROWEST_MINUTES = 0.5;

/**
 * What happens in each minute, after a wait drawn evenly from `earliest` to `latest` minutes. Within a minute amounts
 * are spread evenly. What would happen after `lastMinute` happens in it. One pass, whatever the wait: the share of a
 * wait's span is a difference of two points of the integral of the cumulated series.
 */
export function waitSpread(
  { from, values }: Series,
  earliest: number,
  latest: number,
  lastMinute: number,
): Series {
  const { length } = values;
  const cumulated = new Float64Array(length + 1);
  const integral = new Float64Array(length + 1);
  for (let minute = 0; minute < length; minute += 1) {
    const amount = values[minute] ?? 0;
    const before = cumulated[minute] ?? 0;
    cumulated[minute + 1] = before + amount;
    integral[minute + 1] = (integral[minute] ?? 0) + before + amount / 2;
  }
  const whole = cumulated[length] ?? 0;
  const cumulatedAt = (x: number): number => {
    if (x <= 0) return 0;
    if (x >= length) return whole;
    const minute = Math.floor(x);
    return (cumulated[minute] ?? 0) + (values[minute] ?? 0) * (x - minute);
  };
  const integralAt = (x: number): number => {
    if (x <= 0) return 0;
    if (x >= length) return (integral[length] ?? 0) + whole * (x - length);
    const minute = Math.floor(x);
    const rest = x - minute;
    const amount = values[minute] ?? 0;
    return (integral[minute] ?? 0) + (cumulated[minute] ?? 0) * rest + (amount * rest * rest) / 2;
  };
  const span = latest - earliest;
  const middle = earliest + span / 2;
  const isMoment = span < NARROWEST_MINUTES;
  const shift = Math.floor(isMoment ? middle : earliest);
  const first = Math.min(from + shift, lastMinute);
  const last = Math.min(from + length + Math.ceil(isMoment ? middle : latest), lastMinute);
  const arrived = new Float64Array(last - first + 1);
  let before = 0;
  for (let place = 0; place < arrived.length; place += 1) {
    const x = first + place + 1 - from;
    const by = isMoment
      ? cumulatedAt(x - middle)
      : (integralAt(x - earliest) - integralAt(x - latest)) / span;
    // What rounding leaves below nothing is nothing.
    arrived[place] = Math.max(0, by - before);
    before = Math.max(before, by);
  }
  const end = arrived.length - 1;
  arrived[end] = (arrived[end] ?? 0) + Math.max(0, whole - before);
  return { from: first, values: arrived };
}
