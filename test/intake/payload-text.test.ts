import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { memberText, memberTexts } from '../../src/intake/index.ts';
import { fails } from '../support/ledger-faults.ts';
import { runs } from '../support/ledger-property.ts';

const space = fc.string({ unit: fc.constantFrom(' ', '\n', '\r', '\t'), maxLength: 3 });

/** A character in one of the ways in which JSON may write it. */
function writtenAs(character: string, way: number): string {
  const plain = JSON.stringify(character).slice(1, -1);
  if (way === 0) return plain;
  const escaped = [...Array(character.length).keys()]
    .map((index) => character.charCodeAt(index).toString(16).padStart(4, '0'))
    .map((hex) => `\\u${way === 1 ? hex : hex.toUpperCase()}`)
    .join('');
  return way === 3 && character === '/' ? '\\/' : escaped;
}

/** A JSON string that means the text, its escapes chosen one by one. */
const textOf = (text: string): fc.Arbitrary<string> => {
  const characters = Array.from(text);
  return fc
    .array(fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 3 })), {
      minLength: characters.length,
      maxLength: characters.length,
    })
    .map(
      (ways) =>
        `"${characters.map((character, index) => writtenAs(character, ways[index] ?? 0)).join('')}"`,
    );
};

/** Texts made of what could be taken for structure. */
const hostileText = fc
  .oneof(
    fc.string({
      unit: fc.constantFrom(
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ':',
        ',',
        ' ',
        '\n',
        '/',
        'a',
        '\u2028',
        '😀',
      ),
      maxLength: 12,
    }),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.constantFrom(
      'payload',
      '"payload":',
      '\\',
      '\\"',
      '{"payload":1}',
      'payloads',
      'Payload',
      '',
    ),
  )
  .filter((text) => text.isWellFormed());

const number = fc.constantFrom(
  '0',
  '-0',
  '1',
  '-1',
  '1.0',
  '1.10',
  '1e2',
  '1E+2',
  '1e-7',
  '1e400',
  '-1e400',
  '123456789012345678901234567890',
  '0.1000000000000000055511151231257827',
  '9007199254740993',
  '5e-324',
);

const name = fc.oneof(
  { weight: 3, arbitrary: textOf('payload') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('"eventType"', '"payloads"', '"Payload"', '""', '"pay load"'),
  },
  { weight: 1, arbitrary: hostileText.chain(textOf) },
);

const { object, value } = fc.letrec<{ readonly value: string; readonly object: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('null', 'true', 'false'),
    number,
    hostileText.chain(textOf),
    tie('object'),
    fc
      .tuple(fc.array(tie('value'), { maxLength: 4 }), space, space)
      .map(([items, before, after]) => `[${before}${items.join(`${after},${before}`)}${after}]`),
  ),
  object: fc
    .tuple(
      fc.array(fc.tuple(space, name, space, space, tie('value'), space), { maxLength: 5 }),
      space,
    )
    .map(([members, empty]) => {
      const written = members.map(
        ([first, key, second, third, content, fourth]) =>
          `${first}${key}${second}:${third}${content}${fourth}`,
      );
      return `{${members.length === 0 ? empty : written.join(',')}}`;
    }),
}));

const body = fc.tuple(space, object, space).map((parts) => parts.join(''));

/** `hasOwn`, since names such as __proto__ are names like any other in JSON. */
function memberOf(json: string, wanted: string): unknown {
  const parsed: Record<string, unknown> = JSON.parse(json);
  return Object.hasOwn(parsed, wanted) ? parsed[wanted] : undefined;
}

describe("the text of a JSON object's member", () => {
  it('means what JSON.parse finds there, and is a slice of the input', () => {
    let found = 0;
    fc.assert(
      fc.property(body, (json) => {
        const text = memberText(json, 'payload');
        const expected = memberOf(json, 'payload');
        if (text === undefined) {
          assert.equal(expected, undefined);
          return;
        }
        found += 1;
        assert.deepEqual(JSON.parse(text), expected);
        assert.ok(json.includes(text));
        assert.equal(text, text.trim());
      }),
      runs(3000),
    );
    assert.ok(found > 100 || process.env['PROPERTY_PATH'] !== undefined, `found ${found} members`);
  });

  it('is cut out whatever stands beside it', () => {
    fc.assert(
      fc.property(object, value, textOf('payload'), space, (others, content, key, gap) => {
        const before =
          others === '{}' || others.trim().length < 4 ? '{' : `${others.slice(0, -1)},`;
        fc.pre(isJson(`${before}"x":1}`));
        const json = `${before}${gap}${key}${gap}:${gap}${content}${gap}}`;
        assert.equal(memberText(json, 'payload'), content);
      }),
      runs(1000),
    );
  });

  for (const [what, json, expected] of [
    ['keeps numbers as they are written', '{"payload":1.0}', '1.0'],
    ['keeps numbers that are too large to be read', '{"payload": 1e400 }', '1e400'],
    [
      'keeps white space within and drops it around',
      '{"payload" : \n{ "a" :\t1 }\r}',
      '{ "a" :\t1 }',
    ],
    ['keeps escapes', '{"payload":"\\u0041\\/\\ud83d\\ude00"}', '"\\u0041\\/\\ud83d\\ude00"'],
    ['reads a name with escapes', '{"p\\u0061yload":1}', '1'],
    ['takes the last of equal names', '{"payload":1,"x":0,"p\\u0061yload":[2]}', '[2]'],
    ['passes over the name within a value', '{"x":{"payload":1},"payload":2}', '2'],
    [
      'passes over the name as a value',
      '{"x":"payload","payload":"\\"payload\\":3"}',
      '"\\"payload\\":3"',
    ],
    ['passes over braces within texts', '{"x":"}{\\\\","payload":{"y":"}]"}}', '{"y":"}]"}'],
    ['reads a text that ends in backslashes', '{"payload":"\\\\\\\\"}', '"\\\\\\\\"'],
    ['finds null', '{"payload":null}', 'null'],
    ['finds nothing in an empty object', ' { } ', undefined],
    ['finds nothing where only others are', '{"payloads":1,"Payload":2,"":3}', undefined],
  ] as const) {
    it(what, () => {
      assert.equal(memberText(json, 'payload'), expected);
    });
  }

  it('takes time that grows with the text, not with its square', () => {
    const deep = `{"x":${'['.repeat(20_000)}${']'.repeat(20_000)},"payload":1}`;
    const slashes = `{"x":"${'\\\\'.repeat(200_000)}","payload":1}`;
    const quotes = `{"x":"${'\\"'.repeat(200_000)}","payload":1}`;
    const startedAt = performance.now();
    for (const json of [deep, slashes, quotes]) assert.equal(memberText(json, 'payload'), '1');
    assert.ok(performance.now() - startedAt < 2000);
  });
});

describe("the texts of a JSON array's elements", () => {
  it('mean what JSON.parse finds there, and are slices of the input', () => {
    const array = fc.tuple(fc.array(fc.tuple(space, value, space)), space);
    fc.assert(
      fc.property(array, ([items, gap]) => {
        const json = `${gap}[${items.length === 0 ? gap : items.map((parts) => parts.join('')).join(',')}]${gap}`;
        assert.deepEqual(
          memberTexts(json),
          items.map(([, content]) => content),
        );
      }),
      runs(1000),
    );
  });

  it('are refused where there is no array', () => {
    for (const json of ['', '{}', '{"a":[]}', '1', '[', '[1,]', '[1] x', 'null', '"[]"']) {
      assert.throws(() => memberTexts(json), fails('malformed_json'), json);
    }
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
