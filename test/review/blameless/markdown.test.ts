import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { blocksOfMarkdown } from '../../../src/review/blameless/blocks.ts';
import { CODE } from '../../../src/review/blameless/word.ts';

/** The whole document at once, by the parser alone. */
const reference = unified()
  .data('micromarkExtensions', [{ disable: { null: ['attention'] } }])
  .use(remarkParse)
  .freeze();

type Root = ReturnType<typeof reference.parse>;
type Nodes = Root | Root['children'][number];

type Seen = readonly [kind: string, text: string];

function seenByParser(node: Nodes, isItem: boolean): readonly Seen[] {
  if (node.type === 'heading' || node.type === 'paragraph') {
    const text = textOf(node.children);
    return [[node.type === 'heading' ? 'heading' : isItem ? 'item' : 'paragraph', squeezed(text)]];
  }
  if (!('children' in node)) return [];
  return node.children.flatMap((child) => seenByParser(child, isItem || node.type === 'listItem'));
}

function textOf(children: readonly Nodes[]): string {
  return children
    .map((child) => {
      if (child.type === 'inlineCode') return CODE;
      if (child.type === 'image' || child.type === 'html') return ' ';
      if ('children' in child) return textOf(child.children);
      return 'value' in child ? child.value : '';
    })
    .join('');
}

function seenByUs(document: string): readonly Seen[] {
  return [...blocksOfMarkdown(document, 'other').blocks].map(({ source, isHeading, isItem }) => [
    isHeading ? 'heading' : isItem ? 'item' : 'paragraph',
    squeezed(source.text),
  ]);
}

const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

const line = fc.constantFrom(
  '',
  '',
  '',
  'the retry waited',
  'It went on; "so" it was.',
  '14:05 the alert fired',
  '3.5 s later',
  '2. two',
  '- item',
  '* other *item*',
  '+ third',
  '  indented',
  '    further in',
  '# Head',
  '### Causes of it',
  '#no head',
  '===',
  '---',
  '> quoted',
  '(in brackets)',
  'a \\* b',
  '@sre knows',
  'the `retry` header',
  '`a` and ``b ` c``',
  'a ` that is not closed',
  '`a``b`',
  '- [the link](docs/a.md#x) and `code`',
  '[a](b "c") and ![image](d)',
  'see [`x` of [y]](z) or [w]',
  '**Why** it _was_ so',
  '1. first',
  '2) [second](a_b)',
  '## The `GET` route',
  '## Closed ##',
  'a \\`not code\\` b',
  '- - nested',
  '* * *',
);

describe('Markdown', () => {
  it('is seen as the parser sees it, also where it is plain and the parser is not asked', () => {
    const seed = 20_260_718;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 14 }), (lines) => {
        // Front matter is not the parser's.
        fc.pre(lines[0] !== '---');
        const document = lines.join('\n');
        assert.deepEqual(seenByUs(document), seenByParser(reference.parse(document), false));
      }),
      { seed, numRuns: 3000 },
    );
  });
});
