import type { Random } from '../core/index.ts';
import type { Json } from './json.ts';
import type { Draft } from './traffic.ts';

export const PAYMENT = 'payment.made';
export const CURRENCY = 'EUR';

export type Payment = Omit<Draft, 'payload'> & {
  readonly payload: Readonly<Record<string, Json>> & { readonly amount: number };
};

/** e^8.7: 60.03 in the middle, as shops have it. */
const MIDDLE = 8.7;
const SIGMA = 0.8;
/** From 10 to 999.99. */
const CENTS = { least: 1000, most: 99_999 } as const;
const COUNTRIES = ['DE', 'FR', 'NL', 'AT'] as const;

/** A payment, its amount in cents: lognormal, from 10 to 999.99 units, and never a whole number of them. */
export function payment(random: Random, nth: number, eventType = PAYMENT): Payment {
  const amount = amountOf(random);
  const country = COUNTRIES[Math.floor(random.next() * COUNTRIES.length)] ?? 'DE';
  const customer = `cus_${Math.floor(random.next() * 5000)}`;
  return {
    eventType,
    payload: { id: `pay_${nth}`, amount, currency: CURRENCY, customer, country, status: 'paid' },
    value: { amount, currency: CURRENCY },
  };
}

function amountOf(random: Random): number {
  for (;;) {
    const drawn = Math.round(Math.exp(MIDDLE + SIGMA * gaussian(random)));
    if (drawn >= CENTS.least && drawn <= CENTS.most && drawn % 100 !== 0) return drawn;
  }
}

/** Box and Muller. */
function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

export function amountIn({ payload }: Draft): number {
  if (payload === null || typeof payload !== 'object' || !('amount' in payload)) return 0;
  return Number(payload.amount);
}

/** The same payment with its amount in units where cents are agreed. */
export function inUnits(draft: Payment): Payment {
  const { payload } = draft;
  return { ...draft, payload: { ...payload, amount: payload.amount / 100 } };
}
