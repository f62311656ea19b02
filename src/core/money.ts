let known: ReadonlySet<string> | undefined;
const digits = new Map<string, number>();

/** True for the code of a currency (ISO 4217), in capitals. */
export function isCurrency(code: string): boolean {
  known ??= new Set(Intl.supportedValuesOf('currency'));
  return known.has(code);
}

/** Decimals of a currency's main unit: 2 where 100 minor units are one, 0 for JPY, 3 for KWD. */
export function minorDigitsOf(currency: string): number {
  const found = digits.get(currency);
  if (found !== undefined) return found;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  // Any three letters are well-formed, so what is kept is bounded to those that there are.
  if (isCurrency(currency)) digits.set(currency, maximumFractionDigits);
  return maximumFractionDigits;
}

/** @param minor units of the currency, such as cents; a currency may have none, or a thousand to one. */
export function sayMoney(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.format(minor / 10 ** minorDigitsOf(currency));
}
