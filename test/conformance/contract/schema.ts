import { isRecord } from '../shape.ts';

/** Members whose keys are names that the document chose, and not keywords. */
const NAMED = ['properties', 'patternProperties', '$defs', 'definitions'];
/** Values, which no keyword stands in; and what says nothing about validity. */
const LEFT_OUT = ['example', 'examples', 'default', 'description', 'discriminator', 'xml'];

/**
 * A schema of OpenAPI 3.0 or 3.1 as JSON Schema 2020-12: `nullable` becomes a choice, a Boolean `exclusiveMinimum`
 * a number, and what stood under `components/schemas` is found under `$defs` of the schema with the id `root`.
 */
export function translateSchema(schema: unknown, root: string): unknown {
  if (!isRecord(schema)) return schema;
  const { nullable, ...rest } = schema;
  const translated =
    typeof rest.$ref === 'string'
      ? { $ref: rest.$ref.replace('#/components/schemas/', `${root}#/$defs/`) }
      : withNumericBounds(translateMembers(rest, root));
  return nullable === true ? { anyOf: [{ type: 'null' }, translated] } : translated;
}

function translateMembers(
  schema: Readonly<Record<string, unknown>>,
  root: string,
): Readonly<Record<string, unknown>> {
  const members = Object.entries(schema).filter(([name]) => !LEFT_OUT.includes(name));
  return Object.fromEntries(
    members.map(([name, value]) => {
      if (name === 'enum' || name === 'const') return [name, value];
      if (NAMED.includes(name) && isRecord(value)) {
        const named = Object.entries(value);
        return [
          name,
          Object.fromEntries(named.map(([key, one]) => [key, translateSchema(one, root)])),
        ];
      }
      if (Array.isArray(value)) return [name, value.map((one) => translateSchema(one, root))];
      return [name, translateSchema(value, root)];
    }),
  );
}

function withNumericBounds(
  schema: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { exclusiveMinimum, exclusiveMaximum, minimum, maximum, ...rest } = schema;
  return {
    ...rest,
    ...bounds('minimum', 'exclusiveMinimum', minimum, exclusiveMinimum),
    ...bounds('maximum', 'exclusiveMaximum', maximum, exclusiveMaximum),
  };
}

function bounds(
  name: string,
  exclusiveName: string,
  bound: unknown,
  exclusive: unknown,
): Readonly<Record<string, unknown>> {
  if (exclusive === true) return { [exclusiveName]: bound };
  return {
    ...(bound === undefined ? {} : { [name]: bound }),
    ...(typeof exclusive === 'number' ? { [exclusiveName]: exclusive } : {}),
  };
}
