/**
 * What an answer must look like, in one word a field. `?` after it: the field may be missing. `|null`: it may be null.
 * A word that ends in `_` is an id with that prefix.
 */
export type Field = Kind | `${Kind}?` | `${Kind}|null` | `${Kind}?|null`;

type Kind = keyof typeof kinds | 'app_' | 'ep_' | 'msg_' | 'atmpt_';

export type Shape = {
  readonly fields: Readonly<Record<string, Field>>;
  /** Holdfast's own, beside those that every Svix client knows. Whatever is in neither must not be there. */
  readonly own?: Readonly<Record<string, Field>>;
  /** The answer is a page of such items. */
  readonly isPage?: true;
};

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

const kinds = {
  text: (value: unknown) => typeof value === 'string',
  name: (value: unknown) => typeof value === 'string' && /^[a-zA-Z0-9\-_.]{1,256}$/.test(value),
  moment: (value: unknown) => typeof value === 'string' && MOMENT.test(value),
  url: (value: unknown) => typeof value === 'string' && URL.canParse(value),
  flag: (value: unknown) => typeof value === 'boolean',
  count: (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0,
  status: (value: unknown) => value === 0 || value === 1 || value === 2 || value === 3,
  statusText: (value: unknown) =>
    value === 'success' || value === 'pending' || value === 'fail' || value === 'sending',
  trigger: (value: unknown) => value === 0 || value === 1,
  names: (value: unknown) => Array.isArray(value) && value.every(kinds.name),
  headerNames: (value: unknown) => Array.isArray(value) && value.every(kinds.text),
  object: isRecord,
  texts: (value: unknown) => isRecord(value) && Object.values(value).every(kinds.text),
  objects: (value: unknown) => isRecord(value) && Object.values(value).every(isRecord),
  secret: (value: unknown) => typeof value === 'string' && /^whsec_[\w+/=]{32,100}$/.test(value),
  running: (value: unknown) => value === 'running',
  recover: (value: unknown) => value === 'endpoint.recover',
} as const;

const page = {
  done: 'flag',
  iterator: 'text?|null',
  prevIterator: 'text?|null',
} as const satisfies Record<string, Field>;

/** A sentence for each field that is missing, of another kind, or not in the table. */
export function mismatches(value: unknown, shape: Shape): readonly string[] {
  if (shape.isPage !== true) return recordMismatches(value, { ...shape.fields, ...shape.own }, '');
  if (!isRecord(value) || !Array.isArray(value.data)) return ['the answer is not a page with data'];
  const { data, ...rest } = value;
  return [
    ...recordMismatches(rest, page, ''),
    ...data.flatMap((item: unknown, index) =>
      recordMismatches(item, { ...shape.fields, ...shape.own }, `data[${index}].`),
    ),
  ];
}

function recordMismatches(
  value: unknown,
  fields: Readonly<Record<string, Field>>,
  place: string,
): readonly string[] {
  if (!isRecord(value)) return [`${place || 'the answer '}is not an object`];
  const known = Object.entries(fields).flatMap(([name, field]) => {
    if (!Object.hasOwn(value, name)) {
      return field.includes('?') ? [] : [`${place}${name} is missing`];
    }
    return isOf(field, value[name])
      ? []
      : [`${place}${name} is ${JSON.stringify(value[name])}, not ${field}`];
  });
  const unknown = Object.keys(value)
    .filter((name) => !Object.hasOwn(fields, name))
    .map((name) => `${place}${name} is there and in no table`);
  return [...known, ...unknown];
}

function isOf(field: Field, value: unknown): boolean {
  if (value === null) return field.endsWith('|null');
  const kind = field.replace(/\??(\|null)?$/, '');
  if (kind.endsWith('_')) return typeof value === 'string' && value.startsWith(kind);
  return Object.entries(kinds).some(([name, isKind]) => name === kind && isKind(value));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
