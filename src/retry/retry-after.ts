import { parseHttpDate } from './http-date.ts';

/** Longer than any policy honours; a hostile endpoint gets no number that arithmetic could choke on. */
export const LONGEST_RETRY_AFTER_MS = 2_592_000_000;

/** The longest date has 33 characters. */
const LONGEST_TEXT = 64;

/**
 * The wait that a Retry-After header asks for (RFC 9110 section 10.2.3: whole seconds, or a date in
 * any of three forms), 0 to 30 days in milliseconds. A moment in the past is 0; a longer wait is cut
 * to 30 days; what is neither form, or absent, is undefined.
 */
export function parseRetryAfter(headerValue: string | undefined, now: number): number | undefined {
  if (headerValue === undefined || headerValue.length > LONGEST_TEXT) return undefined;
  const text = headerValue.trim();
  const waitMs = /^\d+$/.test(text)
    ? Number(text) * 1000
    : waitUntil(parseHttpDate(text, now), now);
  return waitMs === undefined ? undefined : Math.min(Math.max(0, waitMs), LONGEST_RETRY_AFTER_MS);
}

function waitUntil(moment: number | undefined, now: number): number | undefined {
  return moment === undefined ? undefined : moment - now;
}
