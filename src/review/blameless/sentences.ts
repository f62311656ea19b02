import retextEnglish from 'retext-english';
import { unified } from 'unified';
import {
  LONGEST_QUOTATION_CHARACTERS,
  LONGEST_STRETCH_CHARACTERS,
  STRETCH_CHARACTERS,
} from './bounds.ts';
import type { SourceText } from './source-text.ts';
import { CODE, lowered, type Sentence, type Word } from './word.ts';

const english = unified().use(retextEnglish).freeze();

// The nodes of the tree, by way of the parser: their package holds types alone.
type Root = ReturnType<typeof english.parse>;
type SentenceNode = Extract<Root['children'][number], { readonly type: 'SentenceNode' }>;
type SentenceContent = SentenceNode['children'][number];

/** The sentences of a block's text, word by word; only of stretches in which there may be something to find. */
export function* sentencesOf(
  source: SourceText,
  isWorthReading: (text: string) => boolean,
): Generator<Sentence> {
  const quotations = quotationsIn(source.text);
  for (const { text, from } of stretchesOf(source.text)) {
    if (!isWorthReading(text)) continue;
    for (const sentence of sentenceNodes(english.parse(text))) {
      const words = sentence.children.flatMap((node) =>
        wordsOf(node, text, from, source, quotations),
      );
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
  stretch: string,
  shift: number,
  source: SourceText,
  quotations: readonly Stretch[],
): readonly Word[] {
  if (node.type === 'WhiteSpaceNode') return [];
  const begin = node.position?.start.offset ?? 0;
  const text = stretch.slice(begin, node.position?.end.offset ?? begin);
  // Marks of emphasis, which the Markdown parser leaves in the text.
  if (EMPHASIS.test(text)) return [];
  const from = shift + begin;
  const to = from + text.length;
  const isWithin = (stretch: Stretch): boolean => stretch.from <= from && to <= stretch.to;
  const kind = node.type === 'WordNode' ? 'word' : text === CODE ? 'code' : 'mark';
  const lower = kind === 'mark' && SHOUT.test(text) ? '!!' : lowered(text);
  const cited = source.links.some(isWithin)
    ? 'link'
    : quotations.some(isWithin)
      ? 'quote'
      : undefined;
  return [{ text, lower, kind, from, to, cited }];
}

const EMPHASIS = /^[*_~]+$/;
const SHOUT = /^(?=.*!)[!?]{2,}$/;

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

/** Not behind a title: "Mr. Okafor". */
const SENTENCE_END = /(?<!\b(?:Mr|Mrs|Ms|Dr))[.!?]["”)]?\s+(?=\p{Lu})/gu;

/** A paragraph in stretches that end with a sentence, or with a word where no sentence ends. */
function* stretchesOf(text: string): Generator<{ readonly text: string; readonly from: number }> {
  let from = 0;
  for (const { 0: end, index } of text.matchAll(SENTENCE_END)) {
    const behind = index + end.length;
    while (behind - from > LONGEST_STRETCH_CHARACTERS) {
      yield { text: text.slice(from, cut(text, from)), from };
      from = cut(text, from);
    }
    if (behind - from < STRETCH_CHARACTERS) continue;
    yield { text: text.slice(from, behind), from };
    from = behind;
  }
  while (text.length - from > LONGEST_STRETCH_CHARACTERS) {
    yield { text: text.slice(from, cut(text, from)), from };
    from = cut(text, from);
  }
  yield { text: text.slice(from), from };
}

function cut(text: string, from: number): number {
  const blank = text.lastIndexOf(' ', from + LONGEST_STRETCH_CHARACTERS - 1);
  return blank > from ? blank + 1 : from + LONGEST_STRETCH_CHARACTERS;
}
