/** A span of the week: days from 1, Monday; none: every day. Times as HH:MM by the zone’s clock. */
export type Hours = {
  readonly timeZone: string;
  readonly days?: number[];
  readonly from: string;
  readonly until: string;
};

export const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export function hoursWords({ days = [], from, until, timeZone }: Hours): string {
  const named = days.map((day) => dayNames[day - 1] ?? '').join(', ');
  return `${named === '' ? '' : `${named} `}${from} to ${until} ${timeZone}`;
}
