import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { cutIntoPieces, type Pieces } from './pieces.ts';
import type { PlainPart } from './plain-inline.ts';
import { sectionOf, type Section } from './sections.ts';
import { SourceText } from './source-text.ts';
import { CODE } from './word.ts';

/** A paragraph, a heading or a cell of a table. */
export type Block = {
  readonly source: SourceText;
  readonly section: Section;
  readonly isHeading: boolean;
  /** Whether it stands in a block quote. */
  readonly isQuoted: boolean;
  /** Blocks of one list item or one row of a table share it: what measures one measures all. */
  readonly group: number;
  /** Whether the group is a list item or a row, rather than a paragraph. */
  readonly isItem: boolean;
};

export type Blocks = {
  readonly blocks: Iterable<Block>;
  readonly tooDeep: Pieces['tooDeep'];
  readonly endsAt: Pieces['endsAt'];
};

// Emphasis is not told apart: the rules do not ask for it, and finding it takes quadratic time.
const markdown = unified()
  .data('micromarkExtensions', [{ disable: { null: ['attention'] } }, gfmTable()])
  .data('fromMarkdownExtensions', [gfmTableFromMarkdown()])
  .use(remarkParse)
  .freeze();

// The nodes of the tree, by way of the parser: their package holds types alone.
type Root = ReturnType<typeof markdown.parse>;
type Content = Root['children'][number];
type PhrasingContent = Extract<Content, { readonly type: 'paragraph' }>['children'][number];

/** The prose of a Markdown document by sections; code, links' addresses, HTML and front matter are none. */
export function blocksOfMarkdown(document: string, section: Section): Blocks {
  const { pieces, ...unread } = cutIntoPieces(document);
  return { blocks: walkPieces(document, pieces, section), ...unread };
}

type Place = { section: Section; depth: number; group: number };

function* walkPieces(
  document: string,
  pieces: Pieces['pieces'],
  section: Section,
): Generator<Block> {
  const place: Place = { section, depth: 0, group: 0 };
  for (const piece of pieces) {
    const { kind, text, offset } = piece;
    if (kind === 'markdown') {
      const walked = { document, offset, place, fallback: section };
      yield* walk(markdown.parse(text), walked, false, false);
      continue;
    }
    const source = new SourceText();
    const isHeading = kind === 'heading';
    collectPlain(piece.parts, text.slice(piece.skipped), offset + piece.skipped, source);
    if (isHeading) enter(place, piece.skipped - 1, sectionOf(source.text), section);
    place.group += 1;
    yield {
      source,
      section: place.section,
      isHeading,
      isQuoted: false,
      group: place.group,
      isItem: kind === 'item',
    };
  }
}

function collectPlain(
  parts: readonly PlainPart[],
  text: string,
  offset: number,
  into: SourceText,
): void {
  for (const part of parts) {
    if (part.kind === 'link') {
      const begin = into.text.length;
      collectPlain(part.children, text, offset, into);
      into.links.push({ from: begin, to: into.text.length });
    } else {
      into.append(part.kind === 'code' ? CODE : text.slice(part.from, part.to), offset + part.from);
    }
  }
}

type Walk = {
  readonly document: string;
  readonly offset: number;
  readonly place: Place;
  readonly fallback: Section;
};

function* walk(
  node: Root | Content,
  walked: Walk,
  isQuoted: boolean,
  isGrouped: boolean,
): Generator<Block> {
  const { place } = walked;
  switch (node.type) {
    case 'heading': {
      const source = textOf(node.children, walked);
      enter(place, node.depth, sectionOf(source.text), walked.fallback);
      place.group += 1;
      yield {
        source,
        section: place.section,
        isHeading: true,
        isQuoted,
        group: place.group,
        isItem: false,
      };
      return;
    }
    case 'paragraph':
    case 'tableCell': {
      if (!isGrouped) place.group += 1;
      const source = textOf(node.children, walked);
      yield {
        source,
        section: place.section,
        isHeading: false,
        isQuoted,
        group: place.group,
        isItem: isGrouped,
      };
      return;
    }
    case 'listItem':
    case 'tableRow': {
      if (!isGrouped) place.group += 1;
      for (const child of node.children) yield* walk(child, walked, isQuoted, true);
      return;
    }
    case 'blockquote': {
      for (const child of node.children) yield* walk(child, walked, true, isGrouped);
      return;
    }
    case 'root':
    case 'list':
    case 'table':
    case 'footnoteDefinition': {
      for (const child of node.children) yield* walk(child, walked, isQuoted, isGrouped);
      return;
    }
    default:
  }
}

/**
 * A heading that we know opens its section. One that we do not know belongs to the section that it stands below, and ends
 * one of its own depth.
 */
function enter(place: Place, depth: number, section: Section | undefined, fallback: Section): void {
  if (section !== undefined) {
    place.section = section;
    place.depth = depth;
  } else if (depth <= place.depth) {
    place.section = fallback;
    place.depth = depth;
  }
}

function textOf(children: readonly PhrasingContent[], walked: Walk): SourceText {
  const source = new SourceText();
  collect(children, walked, source);
  return source;
}

function collect(children: readonly PhrasingContent[], walked: Walk, into: SourceText): void {
  for (const child of children) {
    const from = walked.offset + (child.position?.start.offset ?? 0);
    const to = walked.offset + (child.position?.end.offset ?? 0);
    switch (child.type) {
      case 'text':
        if (child.value.length === to - from) into.append(child.value, from);
        else into.appendResolved(child.value, walked.document, from);
        break;
      case 'inlineCode':
        into.append(CODE, from);
        break;
      case 'link':
      case 'linkReference': {
        const begin = into.text.length;
        collect(child.children, walked, into);
        into.links.push({ from: begin, to: into.text.length });
        break;
      }
      case 'break':
        into.append('\n', from);
        break;
      case 'emphasis':
      case 'strong':
      case 'delete':
        collect(child.children, walked, into);
        break;
      case 'html':
      case 'image':
      case 'imageReference':
      case 'footnoteReference':
        into.append(' ', from);
        break;
    }
  }
}

const PARAGRAPH = /[^\n]+(?:\n(?![ \t\r]*\n)[^\n]+)*/g;

/** The paragraphs of a text without markup. */
export function* blocksOfText(document: string, section: Section): Generator<Block> {
  let group = 0;
  for (const { 0: text, index } of document.matchAll(PARAGRAPH)) {
    const source = new SourceText();
    source.append(text, index);
    group += 1;
    yield { source, section, isHeading: false, isQuoted: false, group, isItem: false };
  }
}
