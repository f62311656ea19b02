/** Depth and members that an example goes to: schemas come from outside, and may refer to themselves. */
const DEEPEST = 8;
const MOST_MEMBERS = 100;

type Schema = Readonly<Record<string, unknown>>;

/** An example of the newest of the given JSON Schemas; an empty object where there is none that describes one. */
export function exampleOf(schemas: Readonly<Record<string, unknown>> | null): object {
  const newest = Object.keys(schemas ?? {})
    .toSorted(byVersion)
    .at(-1);
  const schema = newest === undefined ? undefined : schemas?.[newest];
  const value = isSchema(schema) ? valueOf(schema, 0) : {};
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function byVersion(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valueOf(schema: Schema, depth: number): unknown {
  const { examples } = schema;
  if (Array.isArray(examples) && examples.length > 0) return examples[0];
  for (const name of ['example', 'const', 'default']) if (name in schema) return schema[name];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  for (const name of ['oneOf', 'anyOf', 'allOf']) {
    const first = firstOf(schema[name]);
    if (isSchema(first) && depth < DEEPEST) {
      return valueOf({ ...schema, [name]: undefined, ...first }, depth + 1);
    }
  }
  const type = firstOf(schema['type']) ?? schema['type'];
  if (type === 'string') return textOf(schema['format']);
  if (type === 'integer' || type === 'number') {
    return typeof schema['minimum'] === 'number' ? schema['minimum'] : 0;
  }
  if (type === 'boolean') return true;
  if (type === 'array') {
    return isSchema(schema['items']) && depth < DEEPEST
      ? [valueOf(schema['items'], depth + 1)]
      : [];
  }
  if (type === 'null') return null;
  return membersOf(schema['properties'], depth);
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? (value[0] as unknown) : undefined;
}

function membersOf(properties: unknown, depth: number): object {
  if (!isSchema(properties) || depth >= DEEPEST) return {};
  const members = Object.entries(properties).slice(0, MOST_MEMBERS);
  return Object.fromEntries(
    members.map(([name, member]) => [name, isSchema(member) ? valueOf(member, depth + 1) : null]),
  );
}

function textOf(format: unknown): string {
  switch (format) {
    case 'date-time':
      return '2026-01-31T12:00:00Z';
    case 'date':
      return '2026-01-31';
    case 'email':
      return 'someone@example.com';
    case 'uri':
      return 'https://example.com/';
    case 'uuid':
      return '00000000-0000-4000-8000-000000000000';
    default:
      return 'string';
  }
}
