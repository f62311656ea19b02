import type { Hours } from '../../change/index.ts';

/**
 * The end of the hours that `at` lies in, ms since the epoch; null: it lies in none. `until` at or before `from` runs
 * over midnight and belongs to the day on which it begins; both the same is a whole day. Clock changes are Temporal's.
 */
export function endOfHours(hours: Hours, at: number): number | null {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(hours.timeZone);
  const [from, until] = [hours.from, hours.until].map((text) => Temporal.PlainTime.from(text));
  if (from === undefined || until === undefined) return null;
  const isOverMidnight = Temporal.PlainTime.compare(until, from) <= 0;
  const ends: number[] = [];
  for (const day of [local.toPlainDate().subtract({ days: 1 }), local.toPlainDate()]) {
    if (hours.days.length > 0 && !hours.days.includes(day.dayOfWeek)) continue;
    const { timeZone } = hours;
    const begin = day.toZonedDateTime({ timeZone, plainTime: from }).epochMilliseconds;
    const end = day
      .add({ days: isOverMidnight ? 1 : 0 })
      .toZonedDateTime({ timeZone, plainTime: until }).epochMilliseconds;
    if (begin <= at && at < end) ends.push(end);
  }
  return ends.length === 0 ? null : Math.max(...ends);
}

/** What is wrong with hours, by field; null: nothing. */
export function problemOf({ timeZone, from, until, days }: Hours): string | null {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
  } catch {
    return `"${timeZone}" is no time zone. Give one of the IANA database, like Europe/Berlin.`;
  }
  for (const text of [from, until]) {
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return `"${text}" is no time of day like 08:30.`;
  }
  return days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7)
    ? null
    : 'Days are numbers from 1 (Monday) to 7 (Sunday).';
}
