import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import type { Static, TSchema } from 'typebox';
import { fault } from '../core/index.ts';
import { shortened } from './shortened.ts';

export type Check<Checked> = (value: unknown) => Checked;

/** Characters of a field's name that an error repeats at most. */
const LONGEST_FIELD = 200;

/**
 * A schema as a check that gives the value back or throws `validation` with the first offending field.
 * @param place where the value stands in the request; a query's texts are read as numbers and booleans first.
 */
export function createCheck<Schema extends TSchema>(
  schema: Schema,
  place: 'body' | 'query',
): Check<Static<Schema>> {
  const validator = Compile(schema);
  const mayBeEmpty = place === 'query' && validator.Check(emptyQuery);
  return (value) => {
    // Most queries are empty, and to look for numbers and booleans in them costs more than the check.
    if (mayBeEmpty && isEmpty(value)) return emptyQuery;
    const given = place === 'query' ? Value.Convert(schema, value) : value;
    if (validator.Check(given)) return given;
    const [first] = validator.Errors(shortened(given));
    const path = first?.instancePath.slice(1).replaceAll('/', '.') ?? '';
    const missing = missingOf(first?.params);
    const named = [path, missing].filter((part) => part !== '').join('.');
    const rule = missing === '' ? ruleOf(first) : 'is missing';
    const field = named.slice(0, LONGEST_FIELD);
    const subject =
      named === ''
        ? `The request ${place}`
        : `${place === 'query' ? 'The query parameter' : 'The field'} "${field}"`;
    throw fault('validation', { field: field || place, detail: `${subject} ${rule}.` });
  };
}

const emptyQuery: unknown = Object.freeze({});

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** A field that a schema does not know meets the schema "false", which tells a reader nothing. */
function ruleOf(error: { readonly keyword: string; readonly message: string } | undefined): string {
  if (error?.keyword === 'boolean') return 'is not known here';
  return error?.message ?? 'is not valid';
}

function missingOf(params: unknown): string {
  if (typeof params !== 'object' || params === null || !('requiredProperties' in params)) return '';
  const names: unknown = params.requiredProperties;
  const name: unknown = Array.isArray(names) ? names[0] : undefined;
  return typeof name === 'string' ? name : '';
}
