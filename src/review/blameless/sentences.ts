import type { Nodes, Root, Sentence as SentenceNode, SentenceContent } from 'nlcst';
import retextEnglish from 'retext-english';
import { unified } from 'unified';
import { LONGEST_QUOTATION_CHARACTERS, STRETCH_CHARACTERS } from './bounds.ts';
import type { SourceText } from './source-text.ts';
import { CODE, type Sentence, type Word } from './word.ts';

const english = unified().use(retextEnglish).freeze();

/** The sentences of a block's text, word by word. */
export function* sentencesOf(source: SourceText): Generator<Sentence> {
  const quotations = quotationsIn(source.text);
  for (const { text, from } of stretchesOf(source.text)) {
    for (const sentence of sentenceNodes(english.parse(text))) {
      const words = sentence.children.flatMap((node) => wordsOf(node, from, source, quotations));
      if (words.length > 0) yield { words };
    }
  }
}

function* sentenceNodes(root: Root): Generator<SentenceNode> {
  for (const paragraph of root.children) {
    if (paragraph.type === 'SentenceNode') yield paragraph;
    if (paragraph.type !== 'ParagraphNode') continue;
    for (const node of paragraph.children) if (node.type === 'SentenceNode') yield node;
  }
}

function wordsOf(
  node: SentenceContent,
  shift: number,
  source: SourceText,
  quotations: readonly Stretch[],
): readonly Word[] {
  if (node.type === 'WhiteSpaceNode') return [];
  const text = textOf(node);
  // Marks of emphasis, which the Markdown parser leaves in the text.
  if (/^[*_~]+$/.test(text)) return [];
  const from = shift + (node.position?.start.offset ?? 0);
  const to = from + text.length;
  const isWithin = (stretch: Stretch): boolean => stretch.from <= from && to <= stretch.to;
  const kind = node.type === 'WordNode' ? 'word' : text === CODE ? 'code' : 'mark';
  const lower = /^[!?]*![!?]+$|^[!?]+![!?]*$/.test(text)
    ? '!!'
    : text.toLowerCase().replaceAll('’', "'");
  const cited = source.links.some(isWithin)
    ? 'link'
    : quotations.some(isWithin)
      ? 'quote'
      : undefined;
  return [{ text, lower, kind, from, to, cited }];
}

function textOf(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

type Stretch = { readonly from: number; readonly to: number };

/** Quotations within a paragraph; a mark that is not closed opens none. */
function quotationsIn(text: string): readonly Stretch[] {
  const quotations: Stretch[] = [];
  let from: number | undefined;
  let closing = '';
  for (const { 0: mark, index } of text.matchAll(/["“”„«»]/g)) {
    if (from !== undefined && index - from > LONGEST_QUOTATION_CHARACTERS) from = undefined;
    if (from === undefined) {
      if (mark === '”' || mark === '»') continue;
      from = index;
      closing = mark === '"' ? '"' : mark === '«' ? '»' : '”“';
    } else if (closing.includes(mark)) {
      quotations.push({ from, to: index + 1 });
      from = undefined;
    }
  }
  return quotations;
}

const SENTENCE_END = /[.!?]["”)]?\s+(?=\p{Lu})/gu;

/** Long paragraphs in stretches that end with a sentence, or with a word where no sentence ends. */
function* stretchesOf(text: string): Generator<{ readonly text: string; readonly from: number }> {
  let from = 0;
  while (text.length - from > STRETCH_CHARACTERS) {
    const most = from + STRETCH_CHARACTERS;
    const window = text.slice(from, most);
    const ends = [...window.matchAll(SENTENCE_END)];
    const last = ends.at(-1);
    const blank = window.lastIndexOf(' ');
    const length =
      last !== undefined ? last.index + last[0].length : blank > 0 ? blank + 1 : STRETCH_CHARACTERS;
    yield { text: text.slice(from, from + length), from };
    from += length;
  }
  yield { text: text.slice(from), from };
}
