import { fault, type HoldfastError } from '../core/index.ts';
import { comparisons, type Comparison, type Condition } from './condition.ts';
import { parseDecimal, roundings, type Rounding } from './decimal.ts';
import type { Multiplication } from './multiplication.ts';
import { patchOperations, type PatchOperation } from './patch.ts';
import { parsePath, parsePointer, placesOf, type Segment } from './path.ts';

/** Which payloads, and what becomes of them. */
export type Correction = {
  /** All of them must hold. */
  readonly where: readonly Condition[];
  readonly change:
    | { readonly kind: 'multiply'; readonly operations: readonly Multiplication[] }
    | { readonly kind: 'patch'; readonly operations: readonly PatchOperation[] };
};

const LONGEST_DECLARATION = 65_536;
const MOST_CONDITIONS = 16;
const MOST_OPERATIONS = 32;
const MOST_VALUES = 256;

/** In place of a token: every element. No name in a declaration is empty. */
const EVERY = '';

/** The texts in the declaration that tokens lead to, as they are written. */
type TextsAt = (...tokens: readonly string[]) => readonly string[];

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a declared correction from its JSON text, whose values are taken as they are written: a patch may put in a
 * number of 20 digits. Throws `validation` naming the field, such as `correction.where.0.path`.
 */
export function parseCorrection(json: string, field = 'correction'): Correction {
  if (json.length > LONGEST_DECLARATION) {
    throw invalid(field, `A correction has up to ${LONGEST_DECLARATION} characters.`);
  }
  const declared = fieldsOf(parsed(json, field), field);
  refuseUnknown(declared, ['where', 'operations'], field);
  const textsAt: TextsAt = (...tokens) => {
    const path = tokens.map((token): Segment =>
      token === EVERY ? { kind: 'every' } : { kind: 'token', token },
    );
    return Array.from(placesOf(json, path), ({ start, end }) => json.slice(start, end));
  };
  const where = listOf(declared['where'] ?? [], `${field}.where`, 0, MOST_CONDITIONS);
  const operations = listOf(declared['operations'], `${field}.operations`, 1, MOST_OPERATIONS);
  const isPatch = operations.some((each) => 'op' in fieldsOf(each, `${field}.operations`));
  return {
    where: where.map((each, at) =>
      conditionOf(each, `${field}.where.${at}`, (...rest) =>
        textsAt('where', String(at), 'value', ...rest),
      ),
    ),
    change: isPatch
      ? {
          kind: 'patch',
          operations: operations.map((each, at) =>
            patchOf(each, `${field}.operations.${at}`, () =>
              textsAt('operations', String(at), 'value'),
            ),
          ),
        }
      : {
          kind: 'multiply',
          operations: operations.map((each, at) =>
            multiplicationOf(each, `${field}.operations.${at}`),
          ),
        },
  };
}

function conditionOf(given: unknown, field: string, textsAt: TextsAt): Condition {
  const condition = fieldsOf(given, field);
  refuseUnknown(condition, ['path', 'op', 'value'], field);
  const comparison = oneOf(comparisons, condition['op'], `${field}.op`);
  const path = parsePath(textOf(condition, 'path', field), `${field}.path`);
  return { path, comparison, values: valuesOf(comparison, condition, field, textsAt) };
}

function valuesOf(
  comparison: Comparison,
  condition: Fields,
  field: string,
  textsAt: TextsAt,
): readonly string[] {
  const { value } = condition;
  if (comparison === 'exists') {
    if (value !== undefined && typeof value !== 'boolean') {
      throw invalid(`${field}.value`, '"exists" takes true or false.');
    }
    return [String(value ?? true)];
  }
  if (comparison === 'in') {
    const values = listOf(value, `${field}.value`, 1, MOST_VALUES);
    values.forEach((each, at) => assertScalar(each, `${field}.value.${at}`));
    return textsAt(EVERY);
  }
  assertScalar(value, `${field}.value`);
  const isOrder = comparison !== 'eq' && comparison !== 'ne';
  if (isOrder && typeof value !== 'number' && typeof value !== 'string') {
    throw invalid(`${field}.value`, `"${comparison}" compares with a number or a text.`);
  }
  return textsAt();
}

function multiplicationOf(given: unknown, field: string): Multiplication {
  const operation = fieldsOf(given, field);
  refuseUnknown(operation, ['path', 'multiply', 'round'], field);
  const { multiply, round } = operation;
  const factor =
    typeof multiply === 'string' && multiply.length <= 40 ? parseDecimal(multiply) : null;
  if (factor === null || factor.digits === 0n) {
    throw invalid(
      `${field}.multiply`,
      '"multiply" is a factor other than 0 written as a text, such as "100" or "0.01".',
    );
  }
  return {
    path: parsePath(textOf(operation, 'path', field), `${field}.path`),
    factor,
    round: round === undefined ? null : oneOf<Rounding>(roundings, round, `${field}.round`),
  };
}

function patchOf(given: unknown, field: string, textsAt: TextsAt): PatchOperation {
  const operation = fieldsOf(given, field);
  const op = oneOf(patchOperations, operation['op'], `${field}.op`);
  const tokens = (name: string): readonly string[] =>
    parsePointer(textOf(operation, name, field), `${field}.${name}`).map(({ token }) => token);
  const path = tokens('path');
  if (op === 'remove') return { op, path };
  if (op === 'move' || op === 'copy') {
    const from = tokens('from');
    if (
      op === 'move' &&
      from.length < path.length &&
      from.every((token, at) => token === path[at])
    ) {
      throw invalid(`${field}.path`, 'A value cannot be moved into itself.');
    }
    return { op, path, from };
  }
  if (operation['value'] === undefined) throw invalid(`${field}.value`, `"${op}" needs a value.`);
  return { op, path, value: textsAt().join('') };
}

function parsed(json: string, field: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw fault('validation', { field, detail: 'A correction is a JSON object.', cause });
  }
}

function fieldsOf(value: unknown, field: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw invalid(field, `"${field}" is an object.`);
}

function refuseUnknown(fields: Fields, known: readonly string[], field: string): void {
  const unknown = Object.keys(fields).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw invalid(
    `${field}.${unknown.slice(0, 80)}`,
    `"${field}" has no field "${unknown.slice(0, 80)}"; it takes ${known.join(', ')}.`,
  );
}

function listOf(
  value: unknown,
  field: string,
  atLeast: number,
  atMost: number,
): readonly unknown[] {
  if (Array.isArray(value) && value.length >= atLeast && value.length <= atMost) return value;
  throw invalid(field, `"${field}" is a list of ${atLeast} to ${atMost}.`);
}

function textOf(fields: Fields, name: string, field: string): string {
  const value = fields[name];
  if (typeof value === 'string') return value;
  throw invalid(`${field}.${name}`, `"${field}.${name}" is a text.`);
}

function oneOf<Name extends string>(names: readonly Name[], value: unknown, field: string): Name {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  throw invalid(field, `"${field}" is one of ${names.join(', ')}.`);
}

function assertScalar(value: unknown, field: string): void {
  if (value !== undefined && typeof value !== 'object') return;
  if (value === null) return;
  throw invalid(field, `"${field}" is a number, a text, true, false or null.`);
}

function invalid(field: string, detail: string): HoldfastError {
  return fault('validation', { field, detail });
}
