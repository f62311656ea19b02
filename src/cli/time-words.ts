const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** `45 s`, `3 m`, `2 h`, `5 d`: in the largest unit of which there are two, or seconds. */
export function timeWords(ms: number): string {
  const [unit, unitMs] = UNITS.find(([, size]) => ms >= 2 * size) ?? ['s', 1000];
  return `${Math.round(ms / unitMs)} ${unit}`;
}

/** `12:03:10 UTC (2 m ago)`, `2026-01-31 12:03:10 UTC (in 3 d)`: with the date where it is another day's. */
export function momentWords(moment: string, now: number): string {
  const at = Date.parse(moment);
  const [date = '', time = ''] = new Date(at).toISOString().slice(0, 19).split('T');
  const isToday = new Date(now).toISOString().startsWith(date);
  const distance = at > now ? `in ${timeWords(at - now)}` : `${timeWords(now - at)} ago`;
  return `${isToday ? '' : `${date} `}${time} UTC (${distance})`;
}

/** `12:03:10`, or `2026-01-31 12:03` on another day than today; UTC. */
export function clockWords(moment: string, now: number): string {
  const text = new Date(Date.parse(moment)).toISOString();
  const isToday = new Date(now).toISOString().startsWith(text.slice(0, 10));
  return isToday ? text.slice(11, 19) : text.slice(0, 16).replace('T', ' ');
}
