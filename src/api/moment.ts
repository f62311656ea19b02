import { fault } from '../core/index.ts';

/**
 * The moment of a date-time that a schema let through, in milliseconds since the Unix epoch. RFC 3339 has leap
 * seconds and TypeBox takes RFC 9557's suffixes ("[Europe/Paris]"); Date reads both as NaN. A list by NaN is empty
 * without a word, and an act by NaN has no bound: it would cancel everything. Throws `validation`.
 */
export function momentOf(text: string, field: string): number {
  const moment = Date.parse(text);
  if (Number.isFinite(moment)) return moment;
  throw fault('validation', {
    field,
    detail: `"${field}" is no moment that a clock shows. Give it like 2026-01-31T12:00:00Z, without a leap second or a suffix.`,
  });
}

/** A moment in milliseconds since the Unix epoch as RFC 3339, as Date writes it. */
export function momentText(at: number): string {
  const second = Math.floor(at / 1000);
  if (second !== writtenSecond) {
    // Moments of one second follow one another, and Date takes a microsecond for each.
    writtenText = new Date(second * 1000).toISOString().slice(0, -'000Z'.length);
    writtenSecond = second;
  }
  return `${writtenText}${String(Math.floor(at) - second * 1000).padStart(3, '0')}Z`;
}

let writtenSecond = Number.NaN;
let writtenText = '';
