/**
 * A number as JSON writes it, exactly: `digits` × 10^`exponent`, without trailing zeros in `digits`; zero is 0 × 10^0.
 * Money is not held in binary fractions: 19.99 × 100 is 1999 here and 1998.9999999999998 there.
 */
export type Decimal = { readonly digits: bigint; readonly exponent: number };

/** What becomes of an integer whose product is none; `exact` lets it have decimals. Ties of `half_up` go away from 0. */
export const roundings = ['exact', 'half_up', 'half_even', 'down', 'up'] as const;
export type Rounding = (typeof roundings)[number];

/** Longer numbers are left alone: computing with them would cost more than any amount of money is worth. */
const MOST_DIGITS = 256;
const LARGEST_EXPONENT = 512;
/** Up to so many zeros are written out; beyond, the exponent is. */
const MOST_ZEROS = 32;

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Null where the text is no number of JSON, or a longer one than is computed with. */
export function parseDecimal(text: string): Decimal | null {
  if (text.length > 2 * MOST_DIGITS) return null;
  const [, sign, whole, fraction = '', power = '0'] = NUMBER.exec(text) ?? [];
  if (whole === undefined || whole.length + fraction.length > MOST_DIGITS) return null;
  const exponent = Number(power) - fraction.length;
  if (Math.abs(exponent) > LARGEST_EXPONENT) return null;
  const digits = BigInt(whole + fraction);
  return normalized(sign === '-' ? -digits : digits, exponent);
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return normalized(a.digits * b.digits, a.exponent + b.exponent);
}

/** Negative where a < b, 0 where they are equal. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const exponent = Math.min(a.exponent, b.exponent);
  const left = a.digits * 10n ** BigInt(a.exponent - exponent);
  const right = b.digits * 10n ** BigInt(b.exponent - exponent);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function isInteger({ exponent }: Decimal): boolean {
  return exponent >= 0;
}

/** The integer beside it. */
export function roundToInteger(value: Decimal, rounding: Exclude<Rounding, 'exact'>): Decimal {
  if (isInteger(value)) return value;
  const unit = 10n ** BigInt(-value.exponent);
  const towardsZero = value.digits / unit;
  const rest = value.digits % unit;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const isAway =
    rounding === 'up' ||
    (rounding === 'half_up' && twice >= unit) ||
    (rounding === 'half_even' && (twice > unit || (twice === unit && towardsZero % 2n !== 0n)));
  const step = rest < 0n ? -1n : 1n;
  return normalized(isAway ? towardsZero + step : towardsZero, 0);
}

/** As JSON writes it. @param decimals written at least, with zeros where it has fewer. */
export function formatDecimal({ digits, exponent }: Decimal, decimals = 0): string {
  if (Math.abs(exponent) > MOST_ZEROS) return `${digits}e${exponent}`;
  const places = Math.max(decimals, -exponent);
  const shifted = digits * 10n ** BigInt(places + exponent);
  if (places === 0) return String(shifted);
  const sign = shifted < 0n ? '-' : '';
  const text = String(shifted < 0n ? -shifted : shifted).padStart(places + 1, '0');
  return `${sign}${text.slice(0, -places)}.${text.slice(-places)}`;
}

function normalized(digits: bigint, exponent: number): Decimal {
  if (digits === 0n) return { digits, exponent: 0 };
  const text = String(digits);
  const kept = text.replace(/0+$/, '');
  return { digits: BigInt(kept), exponent: exponent + text.length - kept.length };
}
