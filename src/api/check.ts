import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import { Type, type Static, type TSchema, type TString } from 'typebox';
import { fault } from '../core/index.ts';
import { takenBy } from './patterned.ts';
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
  place: keyof typeof subjects,
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
    const rule = missing === '' ? ruleOf(schema, first) : 'is missing';
    const field = named.slice(0, LONGEST_FIELD);
    const subject = named === '' ? `The request ${place}` : `${subjects[place]} "${field}"`;
    throw fault('validation', { field: field || place, detail: `${subject} ${rule}.` });
  };
}

/** A name that comes as a part of the path: gives it back, or throws `validation` with the parameter's name. */
export function createPathCheck(parameter: string, schema: TString): Check<string> {
  const check = createCheck(Type.Object({ [parameter]: schema }), 'path');
  return (name) => {
    check({ [parameter]: name });
    return String(name);
  };
}

const subjects = {
  body: 'The field',
  query: 'The query parameter',
  path: 'The path parameter',
} as const;

const emptyQuery: unknown = Object.freeze({});

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

type Found = {
  readonly keyword: string;
  readonly schemaPath: string;
  readonly message: string;
};

/**
 * A field that a schema does not know meets the schema "false", which tells a reader nothing, as a pattern tells them
 * nothing.
 */
function ruleOf(schema: TSchema, error: Found | undefined): string {
  if (error?.keyword === 'boolean') return 'is not known here';
  if (error?.keyword === 'pattern') {
    return takenBy(schemaAt(schema, error.schemaPath)) ?? 'is not of the form that is asked for';
  }
  return error?.message ?? 'is not valid';
}

/** @param path a JSON pointer behind "#". */
function schemaAt(schema: unknown, path: string): unknown {
  const names = path
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
    schema,
  );
}

function missingOf(params: unknown): string {
  if (typeof params !== 'object' || params === null || !('requiredProperties' in params)) return '';
  const names: unknown = params.requiredProperties;
  const name: unknown = Array.isArray(names) ? names[0] : undefined;
  return typeof name === 'string' ? name : '';
}
