import { fault } from '../core/index.ts';

/**
 * The moment of a date-time that a schema let through, in milliseconds since the Unix epoch. RFC 3339 has leap
 * seconds and our clock has none: without this check such a moment would be NaN, and match nothing without a word.
 * Throws `validation`.
 */
export function momentOf(text: string, field: string): number {
  const moment = Date.parse(text);
  if (Number.isFinite(moment)) return moment;
  throw fault('validation', {
    field,
    detail: `"${field}" is a second that no clock shows. Give the one before or after it.`,
  });
}
