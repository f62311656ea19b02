import type { Random } from '../../src/core/index.ts';

/** A payment, in minor units of its currency. */
export type Payment = {
  id: string;
  amount: number | string;
  fee: number;
  currency: string;
  status: string;
  created: number;
  customer: { id: number; country?: string };
  items: { sku: string; quantity: number; price: number }[];
  refunded?: number;
};

const CURRENCIES = [
  { currency: 'EUR', share: 0.6, median: 4000 },
  { currency: 'USD', share: 0.25, median: 5000 },
  { currency: 'GBP', share: 0.1, median: 3500 },
  { currency: 'JPY', share: 0.05, median: 6000 },
];
const COUNTRIES = ['DE', 'FR', 'US', 'GB', 'JP', 'NL', 'AT', 'ES'];

/**
 * One payment of a shop. Amounts are lognormal with sigma 1: the middle 90 % span a factor of 27, one in a thousand is
 * 22 times the median or more.
 */
export function payment(nth: number, random: Random): Payment {
  const drawn = random.next();
  let below = 0;
  const { currency, median } =
    CURRENCIES.find(({ share }) => drawn < (below += share)) ?? CURRENCIES[0] ?? never();
  const amount = Math.max(1, Math.round(median * Math.exp(normal(random))));
  const made: Payment = {
    id: `pay_${nth}`,
    amount,
    fee: Math.round(amount * 0.015) + 25,
    currency,
    status: pick(random, 0.92, 'succeeded', pick(random, 0.6, 'failed', 'pending')),
    created: 1_760_000_000 + nth * 3 + Math.floor(random.next() * 3),
    customer: {
      id: 100_000 + Math.floor(random.next() * 900_000),
      country: COUNTRIES[Math.floor(COUNTRIES.length * random.next() ** 2)] ?? 'DE',
    },
    items: Array.from({ length: 1 + Math.floor(3 * random.next()) }, () => ({
      sku: `sku_${Math.floor(random.next() * 5000)}`,
      quantity: 1 + Math.floor(4 * random.next() ** 3),
      price: Math.max(1, Math.round(median * 0.4 * Math.exp(0.8 * normal(random)))),
    })),
  };
  if (random.next() < 0.03) made.refunded = Math.round(amount * random.next());
  return made;
}

/** Box and Muller. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

function pick<Value>(random: Random, share: number, one: Value, other: Value): Value {
  return random.next() < share ? one : other;
}

function never(): never {
  throw new Error('there is a currency');
}
