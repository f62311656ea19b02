import { fault, type Clock, type HoldfastError } from '../core/index.ts';

/** Readers for the values of options: each gives a function for commander that throws `validation` naming the option. */
type Read<Value> = (text: string) => Value;

const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DURATION = /^(\d{1,9})(ms|s|m|h|d)$/;
const DAY_MS = 86_400_000;

export function wholeNumber(option: string, min: number, max: number): Read<number> {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw invalid(option, `${option} takes a whole number from ${min} to ${max}, not "${text}".`);
  };
}

/** `20%` is 0.2. The sign is required: without it 0.2 could mean either. */
export function percentage(option: string): Read<number> {
  return (text) => {
    const percent = /^(\d{1,3}(?:\.\d{1,6})?)%$/.exec(text)?.[1];
    const share = percent === undefined ? Number.NaN : Number(percent) / 100;
    if (share <= 1) return share;
    throw invalid(option, `${option} takes a share such as 20%, not "${text}".`);
  };
}

/** `200ms`, `2s`, `5m`; a day at most. */
export function duration(option: string): Read<number> {
  return (text) => {
    const durationMs = durationOf(text);
    if (durationMs !== undefined && durationMs <= DAY_MS) return durationMs;
    throw invalid(option, `${option} takes a time of up to a day, such as 200ms or 5s.`);
  };
}

/** The same within bounds. A plain 0 is no time at all, where that is allowed. */
export function durationWithin(option: string, minMs: number, maxMs: number): Read<number> {
  return (text) => {
    const durationMs = text === '0' ? 0 : durationOf(text);
    if (durationMs !== undefined && durationMs >= minMs && durationMs <= maxMs) return durationMs;
    throw invalid(
      option,
      `${option} takes a time from ${minMs} ms to ${maxMs / 1000} s, such as 200ms, 5s or 2h; not "${text}".`,
    );
  };
}

export function onOrOff(option: string): Read<boolean> {
  return (text) => {
    if (text === 'on' || text === 'off') return text === 'on';
    throw invalid(option, `${option} takes on or off, not "${text}".`);
  };
}

/** `default`: back to what holds where nobody says otherwise. Commander would make an empty text of null. */
export function orDefault<Value>(read: Read<Value>): Read<Value | 'default'> {
  return (text) => (text === 'default' ? text : read(text));
}

/** A date and time, or how long ago: `2026-03-01T12:00:00Z`, `2h`. The result is what the API takes. */
export function moment(option: string, clock: Clock): Read<string> {
  return (text) => {
    const agoMs = durationOf(text);
    const at = agoMs === undefined ? Date.parse(text) : clock.now() - agoMs;
    if (at >= 0) return new Date(at).toISOString();
    throw invalid(
      option,
      `${option} takes a date and time such as 2026-03-01T12:00:00Z, or how long ago, such as 2h; not "${text}".`,
    );
  };
}

/** A date, or how long ahead: `2026-03-01`, `7d`. The result is what the API takes. */
export function momentAhead(option: string, clock: Clock): Read<string> {
  return (text) => {
    const aheadMs = durationOf(text);
    const at = aheadMs === undefined ? Date.parse(text) : clock.now() + aheadMs;
    if (at >= 0) return new Date(at).toISOString();
    throw invalid(
      option,
      `${option} takes a date such as 2026-03-01, or how long ahead, such as 7d; not "${text}".`,
    );
  };
}

/** For an option that may be given several times. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function durationOf(text: string): number | undefined {
  const [, count, unit] = DURATION.exec(text) ?? [];
  const [, perUnit] = Object.entries(unitMs).find(([name]) => name === unit) ?? [];
  return count === undefined || perUnit === undefined ? undefined : Number(count) * perUnit;
}

function invalid(field: string, detail: string): HoldfastError {
  return fault('validation', { field, detail });
}
