/** A field of a payload, as a schema describes it. */
export type SchemaField = {
  /** Such as lines[].price. */
  readonly path: string;
  readonly type: string;
  readonly isRequired: boolean;
  /** Unit, bounds, values and description, in one line. */
  readonly notes: string;
};

type Schema = Readonly<Record<string, unknown>>;

const DEEPEST = 12;
const MOST_FIELDS = 500;
const MOST_VALUES = 8;

/** The fields that a schema names, in its order: what properties, items and references within it say. */
export function fieldsOf(schema: Schema): readonly SchemaField[] {
  const fields: SchemaField[] = [];
  walk(schema, '', 0);
  return fields;

  function walk(given: Schema, path: string, depth: number): void {
    if (depth > DEEPEST || fields.length >= MOST_FIELDS) return;
    const one = resolved(given, schema);
    const properties = one['properties'];
    if (isSchema(properties)) {
      const required: readonly unknown[] = Array.isArray(one['required']) ? one['required'] : [];
      for (const [name, value] of Object.entries(properties)) {
        const member = resolved(isSchema(value) ? value : {}, schema);
        const place = path === '' ? name : `${path}.${name}`;
        fields.push({
          path: place,
          type: typeOf(member, schema),
          isRequired: required.includes(name),
          notes: notesOf(member),
        });
        walk(member, place, depth + 1);
      }
    }
    const items = one['items'];
    if (isSchema(items)) walk(items, `${path}[]`, depth + 1);
    for (const name of ['allOf', 'anyOf', 'oneOf']) {
      const parts = one[name];
      if (Array.isArray(parts)) {
        for (const part of parts) if (isSchema(part)) walk(part, path, depth + 1);
      }
    }
  }
}

function resolved(schema: Schema, root: Schema): Schema {
  const ref = schema['$ref'];
  if (typeof ref !== 'string' || !ref.startsWith('#/')) return schema;
  let found: unknown = root;
  for (const part of ref.slice(2).split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    found = isSchema(found) ? found[name] : undefined;
  }
  return isSchema(found) ? { ...found, ...schema, $ref: undefined } : schema;
}

function typeOf(schema: Schema, root: Schema): string {
  const { type } = schema;
  if (Array.isArray(type)) return type.join(' or ');
  if (type === 'array' && isSchema(schema['items'])) {
    return `array of ${typeOf(resolved(schema['items'], root), root)}`;
  }
  if (typeof type === 'string') return type;
  if (Array.isArray(schema['enum'])) return 'one of';
  if ('const' in schema) return 'constant';
  return ['allOf', 'anyOf', 'oneOf'].some((name) => name in schema) ? 'one of several' : 'anything';
}

function notesOf(schema: Schema): string {
  const notes: string[] = [];
  const add = (name: string, write: (value: unknown) => string): void => {
    const value = schema[name];
    if (value !== undefined) notes.push(write(value));
  };
  const text = (value: unknown): string =>
    typeof value === 'string' ? value : JSON.stringify(value);
  add('description', text);
  add('x-unit', (unit) => `in ${text(unit)}`);
  add('format', text);
  add('const', (value) => `always ${text(value)}`);
  add('enum', (values) => {
    const all: readonly unknown[] = Array.isArray(values) ? values : [];
    const rest = all.length > MOST_VALUES ? ', …' : '';
    return `${all.slice(0, MOST_VALUES).map(text).join(', ')}${rest}`;
  });
  add('minimum', (least) => `at least ${text(least)}`);
  add('maximum', (most) => `at most ${text(most)}`);
  add('minLength', (least) => `${text(least)} characters and more`);
  add('maxLength', (most) => `${text(most)} characters at most`);
  add('pattern', (pattern) => `like ${text(pattern)}`);
  add('deprecated', (is) => (is === true ? 'deprecated' : ''));
  return notes.filter((note) => note !== '').join(' · ');
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
