/** Durations as people write them in policies: 30s, 5m, 2h, 1d. The longest unit that leaves nothing over comes out. */
const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

const DELAY = /^(\d{1,12})\s*(ms|s|m|h|d)$/;

/** null: it is no duration. */
export function delayIn(text: string): number | null {
  const trimmed = text.trim();
  if (/^0+$/.test(trimmed)) return 0;
  const [, count, unit] = DELAY.exec(trimmed) ?? [];
  const ms = units.find(([name]) => name === unit)?.[1];
  return count === undefined || ms === undefined ? null : Number(count) * ms;
}

export function delayText(ms: number): string {
  if (ms === 0) return '0s';
  const [name, size] = units.find(([, size]) => ms % size === 0) ?? ['ms', 1];
  return `${ms / size}${name}`;
}
