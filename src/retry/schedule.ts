import { fault } from '../core/index.ts';
import { checkDelays } from './parse-policy.ts';

/** Longest first, as `formatSchedule` tries them. */
const unitsMs = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;

const DELAY_PATTERN = /^(\d{1,12})(ms|s|m|h|d)$/;

/**
 * The delays before each attempt from their short text, `0s,5s,5m,30m,2h`: whole numbers with one of
 * ms, s, m, h, d. Throws `policy_invalid` naming the entry, also where `policyBounds` are exceeded.
 */
export function parseSchedule(text: string): readonly number[] {
  return checkDelays(text.split(',').map(parseDelay), 'schedule');
}

/** The short text of delays, each in the largest unit that leaves nothing over: 90 s is `90s`. */
export function formatSchedule(delaysMs: readonly number[]): string {
  return delaysMs.map(formatDelay).join(',');
}

function parseDelay(text: string, index: number): number {
  const [, count, unit] = DELAY_PATTERN.exec(text.trim()) ?? [];
  const unitMs = Object.entries(unitsMs).find(([name]) => name === unit)?.[1];
  if (count === undefined || unitMs === undefined) {
    const field = `schedule[${index}]`;
    throw fault('policy_invalid', {
      field,
      detail: `"${text.trim()}" is no delay. Write it like 30s, 5m or 2h.`,
    });
  }
  return Number(count) * unitMs;
}

function formatDelay(delayMs: number): string {
  if (delayMs === 0) return '0s';
  const [name, unitMs] = Object.entries(unitsMs).find(([, unitMs]) => delayMs % unitMs === 0) ?? [
    'ms',
    1,
  ];
  return `${delayMs / unitMs}${name}`;
}
