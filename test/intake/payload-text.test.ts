import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HoldfastError } from '../../src/core/index.ts';
import { memberText, memberTexts } from '../../src/intake/index.ts';

const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
/** Names and values with all that could be taken for the end of something. */
const tricky = fc.string({
  unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', 'ä', 'u'),
});
const name = fc.oneof(fc.constantFrom('payload', 'other'), tricky, fc.string({ unit: 'binary' }));
const value = fc.oneof(
  fc.jsonValue().map((each) => JSON.stringify(each)),
  tricky.map((each) => JSON.stringify([{ [each]: each }, each])),
  fc.constantFrom('1.0', '-0', '1e400', '1E-7', 'true', 'null', '"\\ud83c\\udf89"', '"\\""', '{}'),
);

/** A text of JSON as a person or another language would write it, with names that may repeat. */
const member = fc.tuple(space, name, fc.boolean(), space, space, value, space);
const objectText = fc.array(member, { maxLength: 8 }).map((members) => {
  const texts = members.map(([before, key, isEscaped, behind, ahead, text, after]) => {
    const quoted = isEscaped ? escaped(key) : JSON.stringify(key);
    return `${before}${quoted}${behind}:${ahead}${text}${after}`;
  });
  return { json: `{${texts.join(',')}}`, members };
});

/** Every character by its number: the same name, spelled differently. */
function escaped(text: string): string {
  const units = text.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  return `"${units.map((unit) => `\\u${unit}`).join('')}"`;
}

test('cuts a member out as it was written, and the last of several with one name', () => {
  fc.assert(
    fc.property(objectText, ({ json, members }) => {
      const last = members.findLast(([, key]) => key === 'payload');
      assert.equal(memberText(json, 'payload'), last?.[5]);
      // As JSON.parse would have it.
      const parsed: unknown = JSON.parse(json);
      const expected: unknown = Object.getOwnPropertyDescriptor(parsed, 'payload')?.value;
      const text = memberText(json, 'payload');
      assert.deepEqual(text === undefined ? undefined : JSON.parse(text), expected);
    }),
    { numRuns: 500 },
  );
});

test('does not look into values, nor before the object', () => {
  assert.equal(memberText('{"other":{"payload":1}}', 'payload'), undefined);
  assert.equal(memberText('{"other":"\\"payload\\":1"}', 'payload'), undefined);
  assert.equal(memberText('{"payloads":1,"pay":2}', 'payload'), undefined);
  assert.equal(memberText('{}', 'payload'), undefined);
  assert.equal(memberText(' \n\t{ } ', 'payload'), undefined);
  assert.equal(memberText(' \n { "payload" \n : \t[1 , 2]  } ', 'payload'), '[1 , 2]');
});

test('takes time in proportion to its text, whatever is in it', () => {
  const hostile = [
    `{"a":"${'\\\\'.repeat(500_000)}","payload":1}`,
    `{"a":"${'\\"'.repeat(500_000)}","payload":1}`,
    `{"a":${'['.repeat(500_000)}${']'.repeat(500_000)},"payload":1}`,
    `{${'"payload":1,'.repeat(100_000)}"payload":1}`,
  ];
  for (const json of hostile) {
    const startedAt = performance.now();
    assert.equal(memberText(json, 'payload'), '1');
    assert.ok(performance.now() - startedAt < 2_000);
  }
});

test('cuts the elements of an array out as they were written', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(space, value, space)), space, (elements, before) => {
      const json = `${before}[${elements.map((parts) => parts.join('')).join(',')}]`;
      assert.deepEqual(
        memberTexts(json),
        elements.map(([, text]) => text),
      );
    }),
    { numRuns: 500 },
  );
});

test('says so where there is no array', () => {
  for (const json of ['', '{}', '[1', '1]', 'null', '[1,]', '[1] [2]']) {
    assert.throws(
      () => memberTexts(json),
      (thrown) => thrown instanceof HoldfastError && thrown.code === 'malformed_json',
      json,
    );
  }
});
