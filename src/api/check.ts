import { Compile } from 'typebox/compile';
import { Format } from 'typebox/format';
import { Value } from 'typebox/value';
import type { Static, TSchema } from 'typebox';
import { fault } from '../core/index.ts';
import { shortened } from './shortened.ts';

export type Check<Checked> = (value: unknown) => Checked;

/** Characters of a field's name that an error repeats at most. */
const LONGEST_FIELD = 200;

const RFC_3339 =
  /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;
const isDate = Format.Get('date');

/**
 * TypeBox also takes leap seconds and RFC 9557's suffixes, which Date.parse reads as NaN; and a filter by NaN is no
 * filter: a cancellation until such a moment would have cancelled everything.
 */
Format.Set('date-time', (text) => RFC_3339.test(text) && isDate?.(text.slice(0, 10)) === true);

/**
 * A schema as a check that gives the value back or throws `validation` with the first offending field.
 * @param place where the value stands in the request; a query's texts are read as numbers and booleans first.
 */
export function createCheck<Schema extends TSchema>(
  schema: Schema,
  place: 'body' | 'query',
): Check<Static<Schema>> {
  const validator = Compile(schema);
  return (value) => {
    const given = place === 'query' ? Value.Convert(schema, value) : value;
    if (validator.Check(given)) return given;
    const [first] = validator.Errors(shortened(given));
    const path = first?.instancePath.slice(1).replaceAll('/', '.') ?? '';
    const missing = missingOf(first?.params);
    const named = [path, missing].filter((part) => part !== '').join('.');
    const rule = missing === '' ? (first?.message ?? 'is not valid') : 'is missing';
    const field = named.slice(0, LONGEST_FIELD);
    const subject =
      named === ''
        ? `The request ${place}`
        : `${place === 'query' ? 'The query parameter' : 'The field'} "${field}"`;
    throw fault('validation', { field: field || place, detail: `${subject} ${rule}.` });
  };
}

function missingOf(params: unknown): string {
  if (typeof params !== 'object' || params === null || !('requiredProperties' in params)) return '';
  const names: unknown = params.requiredProperties;
  const name: unknown = Array.isArray(names) ? names[0] : undefined;
  return typeof name === 'string' ? name : '';
}
