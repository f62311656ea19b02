import { minorDigitsOf } from '../core/index.ts';

/** @param minor units of the currency, such as cents; a currency may have none, or a thousand to one. */
export function sayMoney(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.format(minor / 10 ** minorDigitsOf(currency));
}
