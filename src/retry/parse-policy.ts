import { fault, type HoldfastError } from '../core/index.ts';
import { defaultPolicy, policyBounds, type RetryPolicy } from './policy.ts';

type Bounds = { readonly min: number; readonly max: number };

const fieldNames = Object.keys(defaultPolicy);

/**
 * A policy from anything, as it comes from an API or a file; absent fields have their defaults.
 * Throws `policy_invalid` naming the first field that is unknown or out of `policyBounds`.
 */
export function parsePolicy(value: unknown): RetryPolicy {
  if (value === undefined) return defaultPolicy;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid('retryPolicy', 'A retry policy must be an object.');
  }
  const fields: ReadonlyMap<string, unknown> = new Map(Object.entries(value));
  for (const name of fields.keys()) {
    if (!fieldNames.includes(name)) {
      throw invalid(name, `A retry policy has ${fieldNames.join(', ')}.`);
    }
  }
  return {
    delaysMs: parseDelays(fields.get('delaysMs')),
    jitter: parseNumber('jitter', fields.get('jitter'), defaultPolicy.jitter, policyBounds.jitter),
    maxAgeMs: parseMs('maxAgeMs', fields.get('maxAgeMs'), defaultPolicy.maxAgeMs),
    retryAfterMaxMs: parseMs(
      'retryAfterMaxMs',
      fields.get('retryAfterMaxMs'),
      defaultPolicy.retryAfterMaxMs,
    ),
  };
}

function parseDelays(value: unknown): readonly number[] {
  return value === undefined ? defaultPolicy.delaysMs : checkDelays(value, 'delaysMs');
}

/** Throws `policy_invalid` unless it is 1 to 50 whole numbers of milliseconds up to seven days. */
export function checkDelays(value: unknown, field: string): readonly number[] {
  const { min, max } = policyBounds.attempts;
  if (!Array.isArray(value) || value.length < min || value.length > max) {
    throw invalid(field, `A schedule must have ${min} to ${max} delays, one before each attempt.`);
  }
  const delays: readonly unknown[] = value;
  return delays.map((delay, index) => checkMs(`${field}[${index}]`, delay, policyBounds.delayMs));
}

function parseMs(name: 'maxAgeMs' | 'retryAfterMaxMs', value: unknown, otherwise: number): number {
  return value === undefined ? otherwise : checkMs(name, value, policyBounds[name]);
}

function checkMs(field: string, value: unknown, { min, max }: Bounds): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw invalid(field, `${field} must be a whole number of milliseconds from ${min} to ${max}.`);
  }
  return value;
}

function parseNumber(
  field: string,
  value: unknown,
  otherwise: number,
  { min, max }: Bounds,
): number {
  if (value === undefined) return otherwise;
  // Written so that NaN is refused too.
  if (typeof value === 'number' && value >= min && value <= max) return value;
  throw invalid(field, `${field} must be a number from ${min} to ${max}.`);
}

function invalid(field: string, detail: string): HoldfastError {
  return fault('policy_invalid', { field, detail });
}
