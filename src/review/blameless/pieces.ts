import { LONGEST_PIECE_CHARACTERS, MOST_MARKUP, MOST_NESTING, PIECE_CHARACTERS } from './bounds.ts';
import { plainInline, type PlainPart } from './plain-inline.ts';

/**
 * A stretch of a Markdown document that can be read by itself: `markdown` is for the parser, the other kinds are seen to
 * be a paragraph, a heading or a list item with no other markup in it than code spans and links.
 */
export type Piece = { readonly text: string; readonly offset: number } & (
  | { readonly kind: 'markdown' }
  | {
      readonly kind: 'paragraph' | 'heading' | 'item';
      /** Characters of its marker, with the blank behind it. */
      readonly skipped: number;
      /** What is behind the marker; places are counted from there. */
      readonly parts: readonly PlainPart[];
    }
);

export type Pieces = {
  readonly pieces: readonly Piece[];
  /** Stretches that are nested too deeply to be parsed in bounded time. */
  readonly tooDeep: readonly { readonly from: number; readonly to: number }[];
  /** Where there is too much markup to go on; undefined where there is not. */
  readonly endsAt: number | undefined;
};

/** How a line begins that is a paragraph's wherever the paragraph begins. */
const PLAIN_START = String.raw`(?:[*_]{1,2}(?=\p{L})|[\p{L}("“'@$\x60[]|\d+(?![\d.)]))`;
const PLAIN_LINE = new RegExp(`^${PLAIN_START}`, 'u');
const PLAIN_ITEM = new RegExp(String.raw`^(?:[-*+]|\d{1,9}[.)]) (?=${PLAIN_START})`, 'u');
const PLAIN_HEADING = /^#{1,6} (?=[\p{L}\d])/u;
const LONGEST_PLAIN_LINE = 10_000;

/** HTML whose end is its closing tag, whatever stands between. */
const RAW_HTML = /^<(pre|script|style|textarea)(?=[\s>])/i;
const FENCE = /^(`{3,}|~{3,})([^\n]*)/;
/** A line that may stand in a list, a quote or a table that goes on: no place for a cut. */
const CONTINUES = /^(?:[ \t>|]|[-+*] |\d{1,9}[.)] )/;

/**
 * Cuts a document between paragraphs, so that Markdown's quadratic corners meet small pieces only. Code blocks, comments
 * and front matter at the outer level are left out: they are no prose. Everything keeps its place.
 */
export function cutIntoPieces(document: string): Pieces {
  const pieces: Piece[] = [];
  const tooDeep: { from: number; to: number }[] = [];
  let from = frontMatterEnd(document);
  let at = from;
  let blanked: { readonly from: number; readonly to: number }[] = [];
  let isAfterBlank = true;
  let markup = 0;
  const close = (end: number): void => {
    if (end > from) {
      const text = withBlanks(document, from, end, blanked);
      markup += markupOf(text);
      if (text.trim() !== '') pieces.push({ kind: 'markdown', text, offset: from });
    }
    blanked = blanked.filter(({ to }) => to > end);
    from = end;
  };
  while (at < document.length) {
    if (markup > MOST_MARKUP) return { pieces, tooDeep, endsAt: from };
    const lineEnd = endOfLine(document, at);
    const line = document.slice(at, Math.min(lineEnd, at + 200));
    const fence = FENCE.exec(line);
    if (
      fence !== null &&
      !(fence[1]?.startsWith('`') === true && fence[2]?.includes('`') === true)
    ) {
      close(at);
      at = fenceEnd(document, lineEnd, fence[1] ?? '');
      from = at;
      isAfterBlank = true;
      continue;
    }
    const tag = RAW_HTML.exec(line)?.[1];
    if (line.startsWith('<!--') || tag !== undefined) {
      close(at);
      const closing = indexOfClosing(document, tag === undefined ? '-->' : `</${tag}>`, at);
      at = closing === -1 ? document.length : endOfLine(document, closing);
      from = at;
      isAfterBlank = true;
      continue;
    }
    // Beginning to parse costs as much as a few paragraphs: where it has begun, it goes on for a piece.
    if (isAfterBlank && (at === from || at - from >= PIECE_CHARACTERS)) {
      const plain = plainPiecesAt(document, at);
      const last = plain.at(-1);
      if (last !== undefined) {
        close(at);
        pieces.push(...plain);
        markup += plain.length * (last.kind === 'paragraph' ? 1 : 2);
        at = last.offset + last.text.length;
        from = at;
        // Behind items is a blank line, or an item that is not plain.
        isAfterBlank = last.kind !== 'paragraph';
        continue;
      }
    }
    if (at === from && /^[ \t]*\r?\n$/.test(line)) {
      at = lineEnd;
      from = at;
      isAfterBlank = true;
      continue;
    }
    const nesting = nestingOf(document, at, lineEnd);
    markup += 3 * nesting;
    if (nesting > MOST_NESTING) {
      const last = tooDeep.at(-1);
      if (last?.to === at) last.to = lineEnd;
      else tooDeep.push({ from: at, to: lineEnd });
      blanked.push({ from: at, to: lineEnd });
    }
    const isGood = isAfterBlank && at - from >= PIECE_CHARACTERS && !CONTINUES.test(line);
    if (isGood || at - from >= LONGEST_PIECE_CHARACTERS) close(at);
    isAfterBlank = line.trim() === '';
    at = lineEnd;
    for (const cut of cutsWithin(document, from, at)) {
      if (markup > MOST_MARKUP) break;
      close(cut);
    }
  }
  if (markup > MOST_MARKUP && from < document.length) return { pieces, tooDeep, endsAt: from };
  close(document.length);
  return { pieces, tooDeep, endsAt: undefined };
}

/**
 * What stands at a place behind a blank line, if it is plain: a heading, a paragraph, or the first items of a list with nothing
 * hanging on them. Most of a postmortem is; the parser takes ten times as long for the same.
 */
function plainPiecesAt(document: string, at: number): readonly Piece[] {
  const first = lineAt(document, at);
  if (PLAIN_HEADING.test(first)) {
    // Behind the text, these would close the heading.
    return first.includes('#', markerOf(first)) ? [] : plainPiece('heading', first, at);
  }
  if (PLAIN_ITEM.test(first)) return plainItemsAt(document, at);
  let end = at;
  for (let line = first; line.trim() !== ''; line = lineAt(document, end)) {
    if (!PLAIN_LINE.test(line) || end - at > LONGEST_PIECE_CHARACTERS) return [];
    end += line.length;
  }
  return end === at ? [] : plainPiece('paragraph', document.slice(at, end), at);
}

function plainItemsAt(document: string, at: number): readonly Piece[] {
  const items: Piece[] = [];
  let end = at;
  let line = lineAt(document, at);
  while (PLAIN_ITEM.test(line) && end - at <= LONGEST_PIECE_CHARACTERS) {
    const [item] = plainPiece('item', line, end);
    if (item === undefined) break;
    items.push(item);
    end += line.length;
    line = lineAt(document, end);
  }
  const isOtherItem = /^(?:[-*+]|\d{1,9}[.)]) /.test(line);
  if (isOtherItem) return items;
  // What goes on, or is indented below, belongs to the last item.
  const hangsOn = line.trim() !== '' || /^\s*\n[ \t]+\S/.test(document.slice(end, end + 200));
  return hangsOn ? items.slice(0, -1) : items;
}

/** Characters of the marker of a heading or an item, with the blank behind it. */
function markerOf(line: string): number {
  return line.indexOf(' ') + 1;
}

/** One piece, or none where it is not plain. */
function plainPiece(
  kind: 'paragraph' | 'heading' | 'item',
  text: string,
  offset: number,
): readonly Piece[] {
  const skipped = kind === 'paragraph' ? 0 : markerOf(text);
  const parts = plainInline(text.slice(skipped));
  return parts === undefined ? [] : [{ kind, text, offset, skipped, parts }];
}
/** A line with its break; empty at the end, and for one that is too long to be looked at as a whole. */
function lineAt(document: string, at: number): string {
  const end = endOfLine(document, at);
  return document.slice(at, end - at > LONGEST_PLAIN_LINE ? at : end);
}

function indexOfClosing(document: string, closing: string, from: number): number {
  const at = document.indexOf(closing, from);
  return at === -1 ? document.indexOf(closing.toUpperCase(), from) : at;
}

function markupOf(text: string): number {
  let weight = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '[') weight += 3;
    else if (character === '#') weight += 2;
    else if (character === '|' || character === '<' || character === '&') weight += 1;
    else if (character === '\n') weight += 1;
  }
  return weight;
}

/** Where a line that is longer than a piece is cut: at blanks, where there are any. */
function* cutsWithin(document: string, from: number, to: number): Generator<number> {
  let at = from;
  while (to - at > LONGEST_PIECE_CHARACTERS) {
    const most = at + LONGEST_PIECE_CHARACTERS;
    const blank = document.lastIndexOf(' ', most);
    at = blank > at + LONGEST_PIECE_CHARACTERS / 2 ? blank + 1 : most;
    yield at;
  }
}

function withBlanks(
  document: string,
  from: number,
  to: number,
  blanked: readonly { readonly from: number; readonly to: number }[],
): string {
  let text = '';
  let at = from;
  for (const stretch of blanked) {
    const start = Math.max(stretch.from, from);
    const end = Math.min(stretch.to, to);
    if (end <= start) continue;
    text +=
      document.slice(at, start) +
      ' '.repeat(end - start - 1) +
      (document[end - 1] === '\n' ? '\n' : ' ');
    at = end;
  }
  return text + document.slice(at, to);
}

/** Behind the line break. */
function endOfLine(document: string, at: number): number {
  const end = document.indexOf('\n', at);
  return end === -1 ? document.length : end + 1;
}

function fenceEnd(document: string, from: number, fence: string): number {
  let at = from;
  while (at < document.length) {
    const end = endOfLine(document, at);
    const line = document.slice(at, Math.min(end, at + 200)).trim();
    if (line.length >= fence.length && line === fence.charAt(0).repeat(line.length)) return end;
    at = end;
  }
  return document.length;
}

/** YAML between lines of three hyphens at the very begin. */
function frontMatterEnd(document: string): number {
  const opening = /^---[ \t]*\r?\n/.exec(document);
  if (opening === null) return 0;
  const closing = /^---[ \t]*(?:\r?\n|$)/m.exec(document.slice(opening[0].length, 65_536));
  return closing === null ? 0 : opening[0].length + closing.index + closing[0].length;
}

const MARKER = /[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))/y;

/** Quotes and lists that a line opens or is in. */
function nestingOf(document: string, from: number, to: number): number {
  const most = Math.min(to, from + 400);
  let at = from;
  let columns = 0;
  while (at < most && (document[at] === ' ' || document[at] === '\t')) {
    columns += document[at] === '\t' ? 4 : 1;
    at += 1;
  }
  let markers = 0;
  MARKER.lastIndex = at;
  while (markers <= MOST_NESTING && MARKER.test(document)) markers += 1;
  // Text that is only indented nests nothing.
  return markers === 0 ? 0 : markers + Math.floor(columns / 4);
}
