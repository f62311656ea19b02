import type { Random } from '../core/index.ts';
import type { Draft } from './traffic.ts';

export const PAYMENT = 'payment.made';
export const CURRENCY = 'EUR';

/** e^8: 29.81 in the middle, as shops have it. */
const MIDDLE = 8;
const SIGMA = 1;
const COUNTRIES = ['DE', 'FR', 'NL', 'AT'] as const;

/** A payment, its amount in cents: lognormal, and never a whole number of units. */
export function payment(random: Random, nth: number, eventType = PAYMENT): Draft {
  const amount = amountOf(random);
  const country = COUNTRIES[Math.floor(random.next() * COUNTRIES.length)] ?? 'DE';
  const customer = `cus_${Math.floor(random.next() * 5000)}`;
  return {
    eventType,
    payload: { id: `pay_${nth}`, amount, currency: CURRENCY, customer, country, status: 'paid' },
  };
}

function amountOf(random: Random): number {
  const drawn = Math.round(Math.exp(MIDDLE + SIGMA * gaussian(random)));
  return drawn % 100 === 0 ? drawn + 1 : drawn;
}

/** Box and Muller. */
function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

export function amountIn({ payload }: Draft): number {
  if (payload === null || typeof payload !== 'object' || !('amount' in payload)) return 0;
  return Number(payload.amount);
}
