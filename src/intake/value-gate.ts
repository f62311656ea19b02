import { isCurrency, minorDigitsOf } from '../core/index.ts';
import { parseDecimal, parsePointer, roundToInteger } from '../correction/index.ts';
import type { EventType, EventTypeValueUnit } from '../change/index.ts';
import type { MessageValue } from '../ledger/index.ts';

/** Why a payload, of an event type that says where its value is, carries none. */
export type MissedValue = 'missing' | 'not_a_number' | 'negative' | 'too_large' | 'currency';

type Held = {
  readonly path: readonly string[];
  readonly currency: string | null;
  readonly currencyPath: readonly string[] | null;
  readonly unit: EventTypeValueUnit;
};

/** Longer ones are no 2^53. */
const MOST_DIGITS = 32;

/**
 * What messages carry, by what their event types say. Payloads are read as they were parsed with their request, so
 * nothing is parsed for it; event types that say nothing cost one look into a map. It refuses nothing: a payload without
 * a value that can be told has none, and is counted.
 */
export class ValueGate {
  readonly #held = new Map<string, Held>();
  readonly #missed: Record<MissedValue, number> = {
    missing: 0,
    not_a_number: 0,
    negative: 0,
    too_large: 0,
    currency: 0,
  };
  #carried = 0;

  /** Takes an event type as it is now. */
  keep({ name, value = null }: Pick<EventType, 'name' | 'value'>): void {
    if (value === null) {
      this.#held.delete(name);
      return;
    }
    const { path, currency, currencyPath, unit } = value;
    this.#held.set(name, {
      path: tokensOf(path),
      currency,
      currencyPath: currencyPath === null ? null : tokensOf(currencyPath),
      unit,
    });
  }

  forget(name: string): void {
    this.#held.delete(name);
  }

  /** @param payload parsed; null: there is no value, or none that can be told. */
  read(eventType: string, payload: unknown): MessageValue | null {
    const held = this.#held.get(eventType);
    if (held === undefined) return null;
    const value = readValue(held, payload);
    if (typeof value === 'string') {
      this.#missed[value] += 1;
      return null;
    }
    this.#carried += 1;
    return value;
  }

  /** Since the start, of event types that say where the value is. */
  figures(): { readonly carried: number; readonly missed: Readonly<Record<MissedValue, number>> } {
    return { carried: this.#carried, missed: { ...this.#missed } };
  }
}

function tokensOf(pointer: string): readonly string[] {
  return parsePointer(pointer, 'value').map(({ token }) => token);
}

function readValue(held: Held, payload: unknown): MessageValue | MissedValue {
  const found = memberAt(payload, held.path);
  if (found === undefined || found === null) return 'missing';
  const currency = held.currency ?? currencyAt(payload, held.currencyPath ?? []);
  if (currency === null) return 'currency';
  const amount = minorUnits(found, held.unit === 'major' ? minorDigitsOf(currency) : 0);
  return typeof amount === 'string' ? amount : { amount, currency };
}

function currencyAt(payload: unknown, path: readonly string[]): string | null {
  const found = memberAt(payload, path);
  if (typeof found !== 'string' || found.length !== 3) return null;
  const code = found.toUpperCase();
  return isCurrency(code) ? code : null;
}

/**
 * An amount in minor units: a number, or the text of one as JSON writes it, since many senders write decimals as texts.
 * What is finer than a minor unit is rounded, a half away from 0.
 *
 * @param digits by which the decimal point moves to the right
 */
function minorUnits(found: unknown, digits: number): number | MissedValue {
  if (typeof found === 'number' && digits === 0 && Number.isSafeInteger(found)) {
    return found < 0 ? 'negative' : found + 0;
  }
  if (typeof found !== 'number' && typeof found !== 'string') return 'not_a_number';
  if (found === Infinity) return 'too_large';
  const decimal = parseDecimal(String(found));
  if (decimal === null) return 'not_a_number';
  if (decimal.digits < 0n) return 'negative';
  const exponent = decimal.exponent + digits;
  if (String(decimal.digits).length + exponent > MOST_DIGITS) return 'too_large';
  const whole = roundToInteger({ digits: decimal.digits, exponent }, 'half_up');
  const amount = Number(whole.digits * 10n ** BigInt(whole.exponent));
  return Number.isSafeInteger(amount) ? amount : 'too_large';
}

function memberAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const token of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, token)) return undefined;
    if (Array.isArray(at) && !/^(?:0|[1-9]\d*)$/.test(token)) return undefined;
    at = Reflect.get(at, token);
  }
  return at;
}
