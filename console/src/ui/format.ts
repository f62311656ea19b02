/** Numbers and times as people read them. Everything that shows one goes through here, so that a page never says it twice in two ways. */

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export function count(value: number): string {
  return whole.format(value);
}

/** 12,400 as 12.4K, for figures in a row of figures. */
export function compact(value: number): string {
  return value < 10_000 ? whole.format(value) : short.format(value);
}

/** @param share 0 to 1. Close to 1 it shows as many digits as tell it from 1: 99.97 %, never 100 % unless it is. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return '–';
  const value = share * 100;
  if (value === 0 || value === 100) return `${value} %`;
  const distance = Math.min(value, 100 - value);
  const digits = distance >= 1 ? 1 : Math.min(4, 1 + Math.ceil(-Math.log10(distance)));
  const text = value.toFixed(digits);
  return value < 100 && Number(text) === 100 ? '< 100 %' : `${text} %`;
}

/** 850 ms, 4.2 s, 3 min 20 s, 2 h 5 min, 4 d 3 h. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) return '–';
  if (ms < 0) return `−${duration(-ms)}`;
  if (ms < 1000) return `${ms < 10 && ms > 0 ? ms.toFixed(1) : Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  return twoUnits(Math.round(seconds));
}

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

function twoUnits(seconds: number): string {
  const at = units.findIndex(([, size]) => seconds >= size);
  const parts: string[] = [];
  let left = seconds;
  for (const [name, size] of units.slice(at, at + 2)) {
    const many = Math.floor(left / size);
    left -= many * size;
    if (many > 0) parts.push(`${many} ${name}`);
  }
  return parts.join(' ');
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

export function bytes(value: number): string {
  let size = value;
  let at = 0;
  while (size >= 1000 && at < byteUnits.length - 1) {
    size /= 1000;
    at += 1;
  }
  return `${at === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${byteUnits[at] ?? ''}`;
}

/** @param minor whole minor units of the currency: cents of EUR, yen of JPY. An unknown currency shows two digits. */
export function money(minor: number, currency: string): string {
  try {
    const format = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
      currencyDisplay: 'code',
    });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return format.format(minor / 10 ** digits).replaceAll('\u00a0', ' ');
  } catch {
    return `${currency} ${(minor / 100).toFixed(2)}`;
  }
}

/** "3 min ago", "in 2 h": two units at most. */
export function ago(at: number, now: number): string {
  const distance = now - at;
  if (Math.abs(distance) < 1500) return 'now';
  const [main = ''] = duration(Math.abs(distance)).split(/(?<=[a-z]) /);
  return distance > 0 ? `${main} ago` : `in ${main}`;
}

export function words(name: string): string {
  return name.replaceAll(/[_-]/g, ' ');
}
