import { fault } from '../../core/index.ts';
import type { MitigationTarget } from './mitigation.ts';

/** Readers of a target's fields. Each throws `validation` naming the field. */
export function idIn(target: MitigationTarget, field: string): number {
  const value = target[field];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
  throw invalid(field, 'must be an id');
}

/** Absent and null: none. */
export function idOrNullIn(target: MitigationTarget, field: string): number | null {
  return target[field] === undefined || target[field] === null ? null : idIn(target, field);
}

export function idsIn(target: MitigationTarget, field: string): readonly number[] {
  const value = target[field];
  if (Array.isArray(value) && value.length > 0 && value.length <= 1000) {
    return value.map((_, place) => idIn(Object.fromEntries(Object.entries(value)), String(place)));
  }
  throw invalid(field, 'must be a list of 1 to 1,000 ids');
}

export function wholeIn(
  target: MitigationTarget,
  field: string,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  const value = target[field];
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) {
    return value;
  }
  throw invalid(field, `must be a whole number from ${min} to ${max}`);
}

export function wholeOrNullIn(
  target: MitigationTarget,
  field: string,
  bounds: { readonly min: number; readonly max: number },
): number | null {
  return target[field] === undefined || target[field] === null
    ? null
    : wholeIn(target, field, bounds);
}

export function textIn(target: MitigationTarget, field: string, longest = 256): string {
  const value = target[field];
  if (typeof value === 'string' && value !== '' && value.length <= longest) return value;
  throw invalid(field, `must be a text of 1 to ${longest} characters`);
}

export function isIn(target: MitigationTarget, field: string): boolean {
  const value = target[field] ?? false;
  if (typeof value === 'boolean') return value;
  throw invalid(field, 'must be true or false');
}

function invalid(field: string, what: string): Error {
  return fault('validation', { field: `target.${field}`, detail: `"${field}" ${what}.` });
}
