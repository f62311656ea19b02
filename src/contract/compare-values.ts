import {
  largest,
  lowerLimit,
  numbersIn,
  smallest,
  textsIn,
  typeNames,
  typesNamed,
  typesOf,
  upperLimit,
  valuesNamed,
  valuesOf,
  type Limit,
} from './facts.ts';
import type { Step } from './gap.ts';
import { canonicalText } from './json.ts';
import { compilePattern } from './linear-pattern.ts';

/** Type, null, enum and const. False where no type is shared: then nothing else needs to be said. */
export function compareTypes({ given, wanted, path, walk }: Step): boolean {
  const [types, allowed] = [typesOf(given), typesNamed(wanted)];
  const more = types.difference(allowed);
  if (more.size > 0) {
    const isNull = more.size === 1 && more.has('null');
    walk.gap({
      path,
      aspect: isNull ? 'null' : 'type',
      detail: '',
      given: typeNames(types),
      wanted: typeNames(allowed),
    });
  }
  return !types.isDisjointFrom(allowed);
}

export function compareValues({ given, wanted, path, walk }: Step): void {
  const named = valuesNamed(wanted);
  if (named === undefined) return;
  const values = valuesOf(given);
  const list = values === undefined ? undefined : [...values.values()];
  if (values === undefined || (named.length === 1 && list?.length === 1)) {
    if (values !== undefined && values.has(canonicalText(named[0]))) return;
    const aspect = named.length === 1 ? 'const' : 'values';
    walk.gap({ path, aspect, detail: '', given: list, wanted: named });
    return;
  }
  const allowed = new Set(named.map(canonicalText));
  for (const [text, value] of values) {
    if (allowed.has(text)) continue;
    walk.gap({ path, aspect: 'value', detail: text, given: value, wanted: named });
  }
}

export function compareNumbers({ given, wanted, path, walk }: Step): void {
  const types = typesOf(given);
  if (!types.has('integer') && !types.has('fraction')) return;
  const numbers = numbersAmong(given);
  const gap = (keyword: string, limit: unknown, holds: (value: number) => boolean): void => {
    if (numbers?.every(holds) === true) return;
    const known = numbersIn(given, keyword);
    walk.gap({
      path,
      aspect: 'number',
      detail: keyword,
      given:
        known.length > 0 ? Math[keyword.endsWith('aximum') ? 'min' : 'max'](...known) : undefined,
      wanted: limit,
    });
  };
  const lower = lowerLimit(given);
  const upper = upperLimit(given);
  const isOver = ({ value, isExclusive }: Limit, limit: number, over: boolean): boolean =>
    value > limit || (value === limit && (over ? isExclusive : true));
  const isUnder = ({ value, isExclusive }: Limit, limit: number, under: boolean): boolean =>
    value < limit || (value === limit && (under ? isExclusive : true));
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf } = wanted;
  if (typeof minimum === 'number' && !isOver(lower, minimum, false)) {
    gap('minimum', minimum, (value) => value >= minimum);
  }
  if (typeof exclusiveMinimum === 'number' && !isOver(lower, exclusiveMinimum, true)) {
    gap('exclusiveMinimum', exclusiveMinimum, (value) => value > exclusiveMinimum);
  }
  if (typeof maximum === 'number' && !isUnder(upper, maximum, false)) {
    gap('maximum', maximum, (value) => value <= maximum);
  }
  if (typeof exclusiveMaximum === 'number' && !isUnder(upper, exclusiveMaximum, true)) {
    gap('exclusiveMaximum', exclusiveMaximum, (value) => value < exclusiveMaximum);
  }
  if (typeof multipleOf === 'number') {
    const steps = numbersIn(given, 'multipleOf');
    // Among integers, a step of one is no bound.
    const all = types.has('fraction') ? steps : [...steps, 1];
    const isCovered = (step: number): boolean =>
      // Fractions are not exact: 0.3 is no multiple of 0.1.
      step === multipleOf || (Number.isInteger(multipleOf) && step % multipleOf === 0);
    if (!all.some(isCovered)) {
      gap('multipleOf', multipleOf, (value) => Number.isInteger(value / multipleOf));
    }
  }
}

export function compareTexts({ given, wanted, path, walk }: Step): void {
  if (!typesOf(given).has('string')) return;
  const texts = textsAmong(given);
  const { minLength, maxLength, pattern } = wanted;
  if (typeof minLength === 'number' && minLength > Math.max(0, largest(given, 'minLength'))) {
    if (texts?.every((text) => lengthOf(text) >= minLength) !== true) {
      const known = largest(given, 'minLength');
      walk.gap({ path, aspect: 'length', detail: 'minLength', given: known, wanted: minLength });
    }
  }
  if (typeof maxLength === 'number' && maxLength < smallest(given, 'maxLength')) {
    if (texts?.every((text) => lengthOf(text) <= maxLength) !== true) {
      const known = smallest(given, 'maxLength');
      walk.gap({ path, aspect: 'length', detail: 'maxLength', given: known, wanted: maxLength });
    }
  }
  if (typeof pattern === 'string') {
    const known = textsIn(given, 'pattern');
    const { isMatch } = compilePattern(pattern);
    if (!known.includes(pattern) && texts?.every(isMatch) !== true) {
      walk.gap({ path, aspect: 'pattern', detail: '', given: known[0], wanted: pattern });
    }
  }
}

/** A format is of texts, or of numbers as OpenAPI's int32 is. */
export function compareFormat({ given, wanted, path, walk }: Step): void {
  const types = typesOf(given);
  if (!formatted.some((type) => types.has(type))) return;
  const { format } = wanted;
  const known = textsIn(given, 'format');
  if (typeof format !== 'string' || known.includes(format)) return;
  walk.gap({ path, aspect: 'format', detail: '', given: known[0], wanted: format });
}

const formatted = ['string', 'integer', 'fraction'] as const;

/** In code points, as JSON Schema counts. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}

function numbersAmong(given: Step['given']): readonly number[] | undefined {
  const values = valuesOf(given);
  if (values === undefined) return undefined;
  return [...values.values()].filter((value) => typeof value === 'number');
}

function textsAmong(given: Step['given']): readonly string[] | undefined {
  const values = valuesOf(given);
  if (values === undefined) return undefined;
  return [...values.values()].filter((value) => typeof value === 'string');
}
