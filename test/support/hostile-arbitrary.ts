import fc, { type Arbitrary } from 'fast-check';
import type { Schema } from './hostile-example.ts';

/** JSON as text: much of what is hostile cannot be written by JSON.stringify. */
type Text = Arbitrary<string>;

const repeated = (open: string, inner: string, close: string, times: number): string =>
  open.repeat(times) + inner + close.repeat(times);
const members = (count: number, value: string): string =>
  `{${Array.from({ length: count }, (_, index) => `"k${index}":${value}`).join(',')}}`;

/** Values that are valid JSON and nothing that a field asks for. */
const strangeValues = [
  'null',
  'true',
  '-0',
  '1e400',
  '-1e400',
  '1e-400',
  '0.1',
  '9007199254740993',
  '1'.repeat(400),
  '""',
  '" "',
  '"NaN"',
  '"-1"',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\u001b[31m\\r\\n\\t\\b"',
  '"\\ud800"',
  '"\\udfff\\ud800"',
  '"\\ufeff"',
  '"\\u202e\\u2028\\u2029"',
  '"\u{1F468}\u200D\u{1F469}\u200D\u{1F467}"',
  `"e${'\u0301'.repeat(2000)}"`,
  '"../../../../etc/passwd"',
  `"' OR 1=1; DROP TABLE message; --"`,
  '"__proto__"',
  '"275760-09-13T00:00:00Z"',
  '"+275760-09-13T00:00:00.000Z"',
  '"0000-00-00T00:00:00Z"',
  '"-000001-01-01T00:00:00Z"',
  '"2024-02-30T25:61:61Z"',
  '"2016-12-31T23:59:60Z"',
  '"2026-01-31T12:00:00Z[Europe/Paris]"',
  '"2026-01-31T12:00:00+99:99"',
  '"9999-12-31T23:59:59.999999999Z"',
  '[]',
  '[null]',
  '[[]]',
  '["a","a"]',
  '{}',
  '{"":""}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"toString":1,"valueOf":1,"hasOwnProperty":1,"then":1,"toJSON":1}',
  '{"a\\nb":5}',
  '{"length":1e9,"0":1}',
  JSON.stringify('x'.repeat(70_000)),
  members(10_000, '"v"'),
  members(65, '{"type":"string"}'),
  `[${'"a",'.repeat(30_000)}"a"]`,
  `[${Array.from({ length: 20_000 }, (_, index) => `"i${index}"`).join(',')}]`,
];

const deepValues = [
  repeated('[', '', ']', 10_000),
  repeated('{"a":', '1', '}', 10_000),
  repeated('[{"a":', '1', '}]', 20_000),
];

/** What JSON.parse refuses. */
const malformedValues = [
  'NaN',
  'Infinity',
  'undefined',
  '01',
  '+1',
  '.5',
  '1.',
  "'a'",
  '"',
  '"\t"',
  '{',
  '[1,]',
  '{"a":1,}',
  '//',
  '',
];

const strangeText: Text = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...strangeValues) },
  { weight: 1, arbitrary: fc.constantFrom(...deepValues) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).map((value) => JSON.stringify(value)),
  },
);
const malformedText: Text = fc.constantFrom(...malformedValues);

const identifier = fc.string({
  unit: fc.constantFrom(...Array.from('abcxyzABCXYZ0189-_.')),
  minLength: 1,
  maxLength: 12,
});

/** Stands in a body for the event type of the scene that it is thrown at. */
export const KNOWN_EVENT_TYPE = '@event-type';

/** Fields that need more than their schema says. URLs that are valid lead to this machine's discard port. */
const namedTexts: Readonly<Record<string, Text>> = {
  path: fc.constantFrom('""', '"/text"', '"/items/*/amount"', '"/a~1b"'),
  url: fc.constantFrom(
    ...[
      'http://127.0.0.1:9/',
      'http://127.0.0.1:9/path?query=1#fragment',
      `http://127.0.0.1:9/${'p'.repeat(4000)}`,
      'HTTP://127.0.0.1:9',
      'ftp://127.0.0.1/',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'http://',
      'http://[',
      'http://user:pass@127.0.0.1/',
      'http://10.0.0.1/',
      'http://[::1]/',
      'http://0x7f.0.0.2.5/',
      'http://127.0.0.1:99999/',
      'http://127.0.0.1:9/\r\nx: y',
      '//127.0.0.1/',
      `http://127.0.0.1/${'x'.repeat(65_536)}`,
    ].map((url) => JSON.stringify(url)),
  ),
  secret: fc.constantFrom(
    `"whsec_${Buffer.alloc(32, 5).toString('base64')}"`,
    `"whsec_${Buffer.alloc(24, 5).toString('base64')}"`,
    '"whsec_"',
    '"whsec_!!!!"',
    '"whsk_AAAA"',
    '"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"',
  ),
  perSecond: fc.constantFrom('10000', '9999', '10001', '0', '-1', '1.5'),
  corrections: fc.constantFrom(
    '[{"operations":[{"op":"add","path":"/old","value":1}]}]',
    '[{"where":[{"path":"/a","op":"exists"}],"operations":[{"path":"/a","multiply":"1e9"}]}]',
    '[{"operations":[{"op":"remove","path":""}]}]',
    '[{"operations":[{}]}]',
  ),
  correction: fc.constantFrom(
    '{"operations":[{"path":"text","multiply":"2"}]}',
    '{"operations":[{"op":"add","path":"/__proto__","value":{"polluted":true}}]}',
    '{"where":[{"path":"a[].b","op":"lt","value":1e400}],"operations":[{"path":"a[].b","multiply":"1e500"}]}',
    `{"operations":[{"path":"${'a.'.repeat(200)}a","multiply":"-0"}]}`,
    '{"operations":[{"op":"move","from":"","path":"/a"}]}',
    '{"operations":[{}]}',
  ),
  // An event type that is there, by the name that the scene gave it.
  eventType: fc.constant(JSON.stringify(KNOWN_EVENT_TYPE)),
  reason: fc.constantFrom('"because"', '"a\\u0000b"', '"\\ud800"', '""'),
};

/**
 * Texts of JSON that a schema mostly accepts. Now and then a value is of another kind, too long, out of range, twice
 * there or missing; a member is unknown.
 */
export function textsFor(schema: Schema, name = '', depth = 0): Text {
  return fc.oneof(
    { weight: depth === 0 ? 24 : 60, arbitrary: expected(schema, name, depth) },
    { weight: 2, arbitrary: strangeText },
    { weight: depth === 0 ? 1 : 0, arbitrary: malformedText },
  );
}

function expected(schema: Schema, name: string, depth: number): Text {
  const named = namedTexts[name === 'key' ? 'secret' : name];
  if (named !== undefined) return named;
  if (schema.const !== undefined) return fc.constant(JSON.stringify(schema.const));
  if (schema.anyOf !== undefined) {
    return fc.oneof(...schema.anyOf.map((member) => textsFor(member, name, depth + 1)));
  }
  switch (schema.type) {
    case 'object':
      return objects(schema, depth);
    case 'array':
      return arrays(schema, depth);
    case 'string':
      return strings(schema).map((value) => JSON.stringify(value));
    case 'integer':
    case 'number':
      return numbers(schema).map(String);
    case 'boolean':
      return fc.constantFrom('true', 'false');
    case 'null':
      return fc.constant('null');
    default:
      return strangeText;
  }
}

function numbers({ minimum = -1000, maximum = 1000 }: Schema): Arbitrary<number> {
  return fc.oneof(
    {
      weight: 6,
      arbitrary:
        Number.isInteger(minimum) && Number.isInteger(maximum)
          ? fc.integer({ min: minimum, max: maximum })
          : fc.double({ min: minimum, max: maximum, noNaN: true }),
    },
    { weight: 1, arbitrary: fc.constantFrom(minimum, maximum) },
    { weight: 1, arbitrary: fc.constantFrom(minimum - 1, maximum + 1, minimum + 0.5) },
  );
}

function strings({ format, pattern, minLength = 0, maxLength = 4096 }: Schema): Text {
  if (format === 'date-time') {
    return fc.oneof(
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.constantFrom(
        '2025-06-01T00:00:00Z',
        '2030-01-01T00:00:00.5+01:00',
        '2025-06-01T00:00:00z',
      ),
    );
  }
  // Names of hosts and of objectives are in small letters.
  const isSmall = pattern !== undefined && !pattern.includes('A-Z');
  const named = isSmall ? identifier.map((text) => text.toLowerCase()) : identifier;
  const short = pattern === undefined ? fc.string({ maxLength: 20 }) : named;
  return fc.oneof(
    { weight: 8, arbitrary: short.filter((text) => text.length >= minLength) },
    { weight: 1, arbitrary: fc.constantFrom('x'.repeat(maxLength), 'x'.repeat(maxLength + 1)) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  );
}

function arrays({ items = {}, minItems = 0, maxItems = 10 }: Schema, depth: number): Text {
  const item = textsFor(items, '', depth + 1);
  const distinct = (count: number): string =>
    `[${Array.from({ length: count }, (_, index) => `"item.${index}"`).join(',')}]`;
  return fc.oneof(
    { weight: 6, arbitrary: fc.array(item, { minLength: minItems, maxLength: 4 }).map(listed) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(distinct(maxItems), distinct(maxItems + 1), '[]', '["a","a"]'),
    },
  );
}

const listed = (texts: readonly string[]): string => `[${texts.join(',')}]`;

const oddNames = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  'a\nb',
  'unknown',
  '\u0000',
  'x'.repeat(300),
];

function objects(schema: Schema, depth: number): Text {
  const { properties = {}, required = [], additionalProperties, patternProperties = {} } = schema;
  const known = Object.entries(properties).map(([name, member]) =>
    fc
      .tuple(fc.nat({ max: 19 }), textsFor(member, name, depth + 1))
      .map(([chance, text]) =>
        (required.includes(name) ? chance > 0 : chance > 13)
          ? [`${JSON.stringify(name)}:${text}`]
          : [],
      ),
  );
  const [free] =
    typeof additionalProperties === 'object'
      ? [additionalProperties]
      : Object.values(patternProperties);
  const keys = fc.oneof(identifier, fc.constantFrom(...oddNames));
  const others = fc.array(
    fc
      .tuple(keys, free === undefined ? strangeText : textsFor(free, '', depth + 1))
      .map(([name, text]) => `${JSON.stringify(name)}:${text}`),
    { maxLength: free === undefined ? 1 : 4, size: 'small' },
  );
  return fc.tuple(fc.tuple(...known), others, fc.nat({ max: 29 })).map(([own, more, chance]) => {
    const all = [...own.flat(), ...(free === undefined && chance > 5 ? [] : more)];
    const [first] = all;
    // The same member twice, the second time as another kind of value.
    if (chance === 0 && first !== undefined) all.push(first.replace(/:.*$/s, ':[1]'));
    return `{${all.join(',')}}`;
  });
}

/** What stands in a query where a schema asks for a value: texts as they go onto the wire. */
const strangeQueryValues = [
  '',
  '1e400',
  '-0',
  '-1',
  'NaN',
  'null',
  'true',
  '0x10',
  '%00',
  '%0d%0aset-cookie:x',
  '%zz',
  '%',
  '%ED%A0%80',
  '%C0%AF',
  '+',
  '%26',
  'a,b,,c',
  '-',
  '--',
  'x'.repeat(5000),
  '275760-09-13',
  '0000-00-00T00:00:00Z',
  '2016-12-31T23:59:60Z',
  '9999-12-31T23:59:59Z',
  '-000001-01-01T00:00:00Z',
  '2026-01-31T12:00:00Z[Europe/Paris]',
];

/** @param iterators of all kinds, and other texts that a list may be asked to go on from. */
export function queriesFor(schema: Schema | undefined, iterators: readonly string[]): Text {
  const strange = fc.constantFrom(...strangeQueryValues);
  const valueOf = (name: string, member: Schema): Text =>
    name === 'iterator'
      ? fc.oneof(
          { weight: 3, arbitrary: fc.constantFrom(...iterators) },
          { weight: 1, arbitrary: strange },
        )
      : fc.oneof(
          { weight: 9, arbitrary: plainQueryValue(member) },
          { weight: 1, arbitrary: strange },
        );
  const known = Object.entries(schema?.properties ?? {}).map(([name, member]) =>
    valueOf(name, member).map((value) => `${name}=${value}`),
  );
  const odd = fc.constantFrom(
    'limit[]=5',
    'limit[a]=5',
    'iterator[0]=x',
    '__proto__=x',
    '__proto__[limit]=5',
    'constructor=x',
    'unknown=1',
    '=',
    '&&&',
    '%00=%00',
    '%zz=%zz',
    'limit=1&limit=2',
    'a=1;limit=5',
    Array.from({ length: 2000 }, (_, index) => `p${index}`).join('&'),
  );
  const pairs =
    known.length === 0
      ? odd
      : fc.oneof({ weight: 9, arbitrary: fc.oneof(...known) }, { weight: 1, arbitrary: odd });
  return fc
    .array(pairs, { maxLength: 4 })
    .map((all) => (all.length === 0 ? '' : `?${all.join('&')}`));
}

function plainQueryValue(schema: Schema): Text {
  const [first] = schema.anyOf ?? [];
  if (first !== undefined) return fc.oneof(...(schema.anyOf ?? []).map(plainQueryValue));
  if (schema.const !== undefined) return fc.constant(`${schema.const}`);
  if (schema.type === 'boolean') return fc.constantFrom('true', 'false', '1', '0');
  if (schema.type === 'integer' || schema.type === 'number') return numbers(schema).map(String);
  return strings({ ...schema, maxLength: Math.min(schema.maxLength ?? 300, 4000) }).map((text) =>
    encodeURIComponent(text.toWellFormed()),
  );
}

/** Segments of a path that name nothing. */
export const strangeSegments = [
  '',
  '%00',
  'a%00b',
  '%2f',
  '%2e%2e',
  '..',
  '..;',
  '.',
  '%zz',
  '%',
  '%ED%A0%80',
  '%C0%AF',
  '%E2%80%AE',
  '%0d%0ax:y',
  '%3Cscript%3E',
  "'%20OR%201=1--",
  '*',
  ':app_id',
  '{app_id}',
  '__proto__',
  'constructor',
  'null',
  'undefined',
  '0',
  '-1',
  'app_',
  'app_zzzzzzzzzzzzzzz',
  'ep_000000000000000',
  'x'.repeat(256),
  'x'.repeat(300),
  'x'.repeat(301),
  'x'.repeat(3000),
  '%F0%9F%92%A9',
];

export const contentTypes: Arbitrary<string | undefined> = fc.oneof(
  { weight: 20, arbitrary: fc.constant('application/json') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      undefined,
      '',
      'application/json; charset=utf-8',
      'application/json;charset=latin1',
      'APPLICATION/JSON',
      'application/jsonp',
      'application/x-ndjson',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain',
      'text/json',
      '*/*',
      'application/json, text/plain',
      'json',
      ';',
      'x'.repeat(2000),
    ),
  },
);

/** Bytes in place of the body's text: what is no UTF-8, marks of byte order, other encodings. */
export function bytesOf(text: string, spoiling: number): Uint8Array {
  const bytes = Buffer.from(text);
  const middle = Math.floor(bytes.length / 2);
  const put = (...inserted: readonly number[]): Uint8Array =>
    Buffer.concat([bytes.subarray(0, middle), Buffer.from(inserted), bytes.subarray(middle)]);
  switch (spoiling) {
    case 0:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
    case 1:
      return Buffer.from(text, 'utf16le');
    case 2:
      return put(0xc0, 0xaf); // overlong
    case 3:
      return put(0xff);
    case 4:
      return put(0xed, 0xa0, 0x80); // a surrogate
    case 5:
      return bytes.subarray(0, Math.max(0, bytes.length - 1));
    case 6:
      return put(0);
    case 7:
      return Buffer.concat([bytes, bytes]);
    default:
      return bytes;
  }
}
