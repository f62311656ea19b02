/** One member of what a JSON Schema describes, as a line of a table. */
export type SchemaRow = {
  readonly path: string;
  readonly name: string;
  /** How far within: 0 is the payload's own member. */
  readonly depth: number;
  readonly type: string;
  readonly isRequired: boolean;
  /** What it says of itself, and what values it allows, in words. */
  readonly words: readonly string[];
};

type Schema = Readonly<Record<string, unknown>>;

/** Schemas come from outside, and may refer to themselves. */
const DEEPEST = 6;
const MOST_ROWS = 300;
const LONGEST_VALUE = 60;
const MOST_VALUES = 12;

/** What a schema says, member by member; null where it says nothing that fits into lines. */
export function schemaRows(root: Schema): readonly SchemaRow[] | null {
  const rows: SchemaRow[] = [];
  members(resolved(root, root), '', 0);
  return rows.length === 0 ? null : rows;

  function members(schema: Schema, path: string, depth: number): void {
    if (depth >= DEEPEST) return;
    for (const part of [schema, ...partsOf(schema, 'allOf')]) {
      const { properties } = resolved(part, root);
      const required: unknown[] = Array.isArray(part['required']) ? part['required'] : [];
      if (!isSchema(properties)) continue;
      for (const [name, given] of Object.entries(properties)) {
        if (rows.length >= MOST_ROWS) return;
        const member = isSchema(given) ? resolved(given, root) : {};
        const at = path === '' ? name : `${path}.${name}`;
        rows.push({
          path: at,
          name,
          depth,
          type: typeOf(member, root),
          isRequired: required.includes(name),
          words: wordsOf(member),
        });
        inside(member, at, depth + 1);
      }
    }
  }

  function inside(member: Schema, path: string, depth: number): void {
    members(member, path, depth);
    const { items } = member;
    if (isSchema(items)) members(resolved(items, root), `${path}[]`, depth);
    for (const name of ['oneOf', 'anyOf']) {
      for (const part of partsOf(member, name)) members(resolved(part, root), path, depth);
    }
  }
}

function partsOf(schema: Schema, name: string): readonly Schema[] {
  const parts = schema[name];
  return Array.isArray(parts) ? parts.filter((part) => isSchema(part)) : [];
}

/** What `$ref` within the same document leads to, with what stands beside it. */
function resolved(schema: Schema, root: Schema, hops = 0): Schema {
  const { $ref: reference, ...beside } = schema;
  if (typeof reference !== 'string' || !reference.startsWith('#') || hops >= DEEPEST) return schema;
  let found: unknown = root;
  for (const step of reference.slice(1).split('/').filter(Boolean)) {
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    found = isSchema(found) ? found[name] : undefined;
  }
  return isSchema(found) ? resolved({ ...found, ...beside }, root, hops + 1) : beside;
}

function typeOf(schema: Schema, root: Schema): string {
  const { type, items } = schema;
  if (Array.isArray(type)) return type.map(String).join(' or ');
  if (type === 'array') {
    return isSchema(items) ? `list of ${typeOf(resolved(items, root), root)}` : 'list';
  }
  if (typeof type === 'string') return type === 'integer' ? 'whole number' : type;
  if ('const' in schema || Array.isArray(schema['enum'])) return 'one of these';
  if (isSchema(schema['properties'])) return 'object';
  const kinds = ['oneOf', 'anyOf'].flatMap((name) =>
    partsOf(schema, name).map((part) => typeOf(resolved(part, root), root)),
  );
  return kinds.length === 0 ? 'anything' : [...new Set(kinds)].join(' or ');
}

function wordsOf(schema: Schema): readonly string[] {
  const words: string[] = [];
  const { title, description, format, pattern } = schema;
  if (typeof description === 'string') words.push(description);
  else if (typeof title === 'string') words.push(title);
  if ('const' in schema) words.push(`always ${shown(schema['const'])}`);
  const values = schema['enum'];
  if (Array.isArray(values)) {
    const more = values.length > MOST_VALUES ? ', …' : '';
    words.push(`one of ${values.slice(0, MOST_VALUES).map(shown).join(', ')}${more}`);
  }
  if (typeof format === 'string') words.push(`as ${format}`);
  if (typeof pattern === 'string') words.push(`matches ${pattern.slice(0, LONGEST_VALUE)}`);
  for (const [name, text] of bounds) {
    const value = schema[name];
    if (typeof value === 'number') words.push(text.replace('…', String(value)));
  }
  if (schema['deprecated'] === true) words.push('deprecated');
  if ('default' in schema) words.push(`${shown(schema['default'])} where it is left out`);
  return words;
}

const bounds = [
  ['minimum', 'at least …'],
  ['exclusiveMinimum', 'more than …'],
  ['maximum', 'at most …'],
  ['exclusiveMaximum', 'less than …'],
  ['multipleOf', 'a multiple of …'],
  ['minLength', '… characters at least'],
  ['maxLength', '… characters at most'],
  ['minItems', '… of them at least'],
  ['maxItems', '… of them at most'],
] as const;

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? '').slice(0, LONGEST_VALUE);
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
