import { delayIn, delayText } from './delay-text.ts';
import type { PolicyField } from './policy-fields.ts';

/** Attempts of a schedule, the first included. */
const mostAttempts = 50;

/** What stands in the fields; empty: the policy leaves it to whoever is asked next. */
export type PolicyDraft = Readonly<Record<string, string>>;
type Value = number | boolean | readonly number[];

/** A value as its field takes it. */
export function fieldText({ kind }: PolicyField, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((ms) => delayText(Number(ms))).join(',');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const number = Number(value);
  if (kind === 'duration') return delayText(number);
  return String(kind === 'spread' ? Math.round(number * 1000) / 10 : number);
}

/** What a field says: its value, or what is wrong with it. undefined: nothing stands in it. */
export function readField(
  { kind, min, max }: PolicyField,
  text: string,
): { readonly value?: Value; readonly error?: string } {
  const trimmed = text.trim();
  if (trimmed === '') return {};
  switch (kind) {
    case 'switch':
      return { value: trimmed === 'yes' };
    case 'schedule':
      return readSchedule(trimmed, min, max);
    case 'duration': {
      const ms = delayIn(trimmed);
      if (ms === null) return { error: 'Write it like 30s, 5m, 2h or 1d.' };
      return ms < min || ms > max
        ? { error: `From ${delayText(min)} to ${delayText(max)}.` }
        : { value: ms };
    }
    case 'spread': {
      const share = Number(trimmed) / 100;
      return !(share >= min && share <= max)
        ? { error: `From ${min * 100} to ${max * 100} %.` }
        : { value: share };
    }
    default: {
      const number = Number(trimmed);
      return !Number.isInteger(number) || number < min || number > max
        ? { error: `A whole number from ${min} to ${max}.` }
        : { value: number };
    }
  }
}

function readSchedule(
  text: string,
  min: number,
  max: number,
): { readonly value?: Value; readonly error?: string } {
  const delays: number[] = [];
  for (const part of text.split(',')) {
    const ms = delayIn(part);
    if (ms === null) return { error: `“${part.trim()}” is no wait. Write it like 30s, 5m or 2h.` };
    if (ms < min || ms > max) return { error: `${part.trim()} is longer than ${delayText(max)}.` };
    delays.push(ms);
  }
  return delays.length > mostAttempts
    ? { error: `${delays.length} waits; at most ${mostAttempts}.` }
    : { value: delays };
}
