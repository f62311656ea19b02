import { DAY_MS, HOUR_MS, MINUTE_MS } from '../slo/index.ts';

/** How facts are written in prose. */

/** `1,204` */
export function sayCount(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** `45 s`, `12 min`, `1 h 05 min`, `3 days`. */
export function sayDuration(ms: number): string {
  if (ms < 0) return `−${sayDuration(-ms)}`;
  if (ms < 2 * MINUTE_MS) return `${Math.round(ms / 1000)} s`;
  if (ms < 2 * HOUR_MS && ms < 100 * MINUTE_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  if (ms < 2 * DAY_MS) {
    const minutes = Math.round(ms / MINUTE_MS);
    return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
  }
  return `${Math.round(ms / DAY_MS)} days`;
}

/** `2026-01-05 12:03 UTC` */
export function sayMoment(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `12:03` */
export function sayTime(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** `4.2 %`, with two digits that count; what is more than nothing is never `0 %`. */
export function sayShare(share: number): string {
  return `${Number((share * 100).toPrecision(share >= 0.1 ? 3 : 2))} %`;
}

/** `1 endpoint`, `3 endpoints`. */
export function sayCounted(value: number, one: string, many = `${one}s`): string {
  return `${sayCount(value)} ${value === 1 ? one : many}`;
}

/** On one line, without characters that move a terminal's cursor. */
export function oneLineOf(text: string): string {
  return text
    .replace(/[\s\p{Cc}\p{Cf}\p{Co}]+/gu, ' ')
    .trim()
    .toWellFormed();
}

/** A text that somebody wrote, as Markdown that says just that: nothing in it is markup. */
export function escapedMarkdown(text: string): string {
  return oneLineOf(text)
    .replace(/[\\`*_{}[\]<>#|~!&^]/g, '\\$&')
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2');
}
