import { LONGEST_SENTENCE_CHARACTERS, MOST_STORY_CHARACTERS } from './bounds.ts';
import { partOf, type StoryPart } from './parts.ts';

/** A stretch of a story: UTF-16 code units from its begin, the end just behind the last. */
export type Stretch = { readonly from: number; readonly to: number };

export type StorySentence = Stretch & {
  /** From 0. */
  readonly nth: number;
  /** On one line, without what stands around it. */
  readonly text: string;
  /** Under which heading it stands, where there are headings that name parts. */
  readonly part: StoryPart | undefined;
};

export type StoryText = {
  readonly sentences: readonly StorySentence[];
  readonly words: number;
  /** Whether headings name its parts. */
  readonly hasParts: boolean;
  /** Where reading ended; undefined if all was read. */
  readonly unreadFrom: number | undefined;
};

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Words as people count them: what stands between blanks and has a letter or a digit. */
const WORD = /\S*[\p{L}\p{N}]\S*/gu;

const HEADING = /^(?:#{1,6}[ \t]+|\*\*)?([\p{L}+\d][^\n]{0,60}?)(?::?\*\*:?|:)?[ \t]*#*$/u;

/**
 * Reads a story: sentences with their places, and the part that each belongs to where headings ("## Action", "Action:")
 * say so. Reads 32,768 characters at most, in time that grows with the length.
 */
export function readStory(whole: string): StoryText {
  const text = whole.slice(0, MOST_STORY_CHARACTERS).toWellFormed();
  const sentences: StorySentence[] = [];
  let part: StoryPart | undefined;
  let hasParts = false;
  for (const paragraph of paragraphsOf(text)) {
    const named = partHeading(text, paragraph);
    if (named !== undefined) {
      ({ part } = named);
      hasParts = true;
    }
    const from = named?.to ?? paragraph.from;
    for (const stretch of sentencesIn(text, { from, to: paragraph.to })) {
      const said = text.slice(stretch.from, stretch.to).replace(/\s+/g, ' ');
      sentences.push({ ...stretch, nth: sentences.length, text: said, part });
    }
  }
  return {
    sentences,
    words: sentences.reduce((count, { text: said }) => count + countWords(said), 0),
    hasParts,
    unreadFrom: whole.length > MOST_STORY_CHARACTERS ? MOST_STORY_CHARACTERS : undefined,
  };
}

export function countWords(text: string): number {
  return text.match(WORD)?.length ?? 0;
}

function* paragraphsOf(text: string): Generator<Stretch> {
  let from = 0;
  // A heading is a paragraph of its own, with or without a blank line behind it.
  for (const { 0: gap, index } of text.matchAll(/\n[ \t\r]*\n\s*|\n(?=#{1,6} )|$/g)) {
    if (index > from) yield { from, to: index };
    from = index + gap.length;
  }
}

/** The part that a paragraph's first line names, and where what stands under it begins. */
function partHeading(
  text: string,
  { from, to }: Stretch,
): { readonly part: StoryPart; readonly to: number } | undefined {
  const lineEnd = text.indexOf('\n', from);
  const end = lineEnd === -1 || lineEnd > to ? to : lineEnd;
  const line = text.slice(from, Math.min(end, from + 80));
  const whole = HEADING.exec(line.trim())?.[1];
  if (end - from <= 80 && whole !== undefined) {
    const part = partOf(whole);
    if (part !== undefined) return { part, to: end };
  }
  // "Action: At T+5 I …" on one line.
  const [lead = '', name = ''] =
    /^(?:\*\*)?([A-Z][A-Za-z ]{2,24})(?::\*\*|\*\*:|:)/.exec(line) ?? [];
  const part = lead === '' ? undefined : partOf(name);
  return part === undefined ? undefined : { part, to: from + lead.length };
}

/** A line of notes, a log, a chat or a list: it begins with a bullet, a time, or what it is about and a colon. */
const NOTE_LINE =
  /\n(?=[ \t]*(?:[•*–—>-][ \t]|\[?(?:\d{1,2}[:.]\d{2}\b|\d{4}\b|T ?\+ ?\d)|[\p{L}\d][\p{L}\d ,'+-]{0,30}:[ \t]))/gu;

/** Ends that the segmenter leaves: before a digit, a sign of money or a small letter. */
const LATE_END = /(?<=[\p{L}\d%)]{3}[.!?]["')\]]?)\s+(?=[\p{Ll}\d$€£])/gu;
const SHORTENED = /\b(?:e\.g|i\.e|vs|approx|incl|etc|Mr|Mrs|Ms|Dr|no|a\.m|p\.m)\.\s*$/i;

function* sentencesIn(text: string, { from, to }: Stretch): Generator<Stretch> {
  const whole = text.slice(from, to);
  let begin = 0;
  for (const { index, 0: gap } of whole.matchAll(NOTE_LINE)) {
    yield* sentencesOfLine(whole.slice(begin, index), from + begin);
    begin = index + gap.length;
  }
  yield* sentencesOfLine(whole.slice(begin), from + begin);
}

function* sentencesOfLine(said: string, shift: number): Generator<Stretch> {
  // A line break within a paragraph is a blank; the same length keeps the places.
  const line = said.replace(/[\n\r\t\u0085\u2028\u2029]/g, ' ');
  let begin = 0;
  for (const end of endsIn(line)) {
    // "e.g. This", "Mr. T": the segmenter ends a sentence there.
    if (end < line.length && SHORTENED.test(line.slice(Math.max(begin, end - 12), end))) continue;
    yield* cut(line, begin, end, shift);
    begin = end;
  }
  if (begin < line.length) yield* cut(line, begin, line.length, shift);
}

function* endsIn(line: string): Generator<number> {
  for (const { segment, index } of segmenter.segment(line)) {
    for (const late of segment.matchAll(LATE_END)) yield index + late.index + late[0].length;
    yield index + segment.length;
  }
}

function* cut(line: string, begin: number, end: number, shift: number): Generator<Stretch> {
  for (let at = begin; at < end; at += LONGEST_SENTENCE_CHARACTERS) {
    const piece = line.slice(at, Math.min(end, at + LONGEST_SENTENCE_CHARACTERS));
    const trimmed = piece.trim();
    if (!/[\p{L}\p{N}]/u.test(trimmed)) continue;
    const from = shift + at + piece.indexOf(trimmed);
    yield { from, to: from + trimmed.length };
  }
}
