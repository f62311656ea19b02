import { inflect, isParticiple } from './inflect.ts';
import { determiners, personalPronouns } from './lexicon/closed-words.ts';
import { outsiders, people } from './lexicon/people-words.ts';
import { phraseFrom, subjectOf, type Subject } from './clause.ts';
import { isNumber } from './measures.ts';
import { isName } from './names.ts';
import type { Word } from './word.ts';

/**
 * A pattern over the words of a sentence, written as text:
 *
 *     word a|b          this word, one of these
 *     ~forget ~a|b      any form of the verb, or of these verbs
 *     word?             may be left out
 *     ...               up to four words of the same clause; "...9" up to nine
 *     %human            a noun phrase that means people ("the engineer on call" as far as "engineer")
 *     %owner            the same as an owner ("the engineer's")
 *     %system           a noun phrase that means a part of a system
 *     %participle %ing %number %word %capital %lower
 *     ^  $              begin and end of the sentence (or behind a colon, for ^)
 *
 * Everything else is itself, marks too.
 */
export type PatternText = string;

export type PatternRule = {
  readonly match: PatternText;
  /** What the subject of the first word that matches must be; the first word is then a verb. */
  readonly subject?: 'human' | 'staff' | 'not-system' | 'not-human';
  /** Whether the act is denied ("did not check"); by default it must not be. Only with a subject. */
  readonly isNegated?: boolean;
  /** Also where it only may happen ("could ignore"). Only with a subject. */
  readonly isPossibleToo?: boolean;
  /** Not where one of these stands anywhere in the sentence. */
  readonly unless?: readonly PatternText[];
  /** Not where one of these follows at once. */
  readonly unlessNext?: readonly PatternText[];
  /** Not where one of these ends just before. */
  readonly unlessBefore?: readonly PatternText[];
  /** Only where one of these stands in the sentence. */
  readonly needs?: readonly PatternText[];
  /** Not where the item or table row holds a measure: a number, a date, a time, a test. */
  readonly unlessMeasured?: true;
  /** Not where the item or table row holds a guardrail: something refuses, blocks, alerts, is tested. */
  readonly unlessGuarded?: true;
};

type Part =
  | { readonly kind: 'words'; readonly words: ReadonlySet<string>; readonly isOptional: boolean }
  | { readonly kind: 'gap'; readonly most: number }
  | { readonly kind: 'class'; readonly name: ClassName; readonly isOptional: boolean }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' };

const classNames = [
  'human',
  'staff',
  'owner',
  'system',
  'participle',
  'ing',
  'number',
  'word',
  'capital',
  'lower',
] as const;
type ClassName = (typeof classNames)[number];

export type Pattern = {
  readonly parts: readonly Part[];
  /** Words of which one must be there, for the pattern to match; undefined where no part is fixed. */
  readonly anchor: { readonly words: ReadonlySet<string>; readonly part: number } | undefined;
};

/** Throws a RangeError for what is no pattern: the table of rules is ours, so that is our bug. */
export function parsePattern(text: PatternText): Pattern {
  const parts = text.split(' ').map(parsePart);
  const place = parts.findIndex((part) => part.kind === 'words' && !part.isOptional);
  const anchor = parts[place];
  return {
    parts,
    anchor: anchor?.kind === 'words' ? { words: anchor.words, part: place } : undefined,
  };
}

function parsePart(text: string): Part {
  if (text === '^') return { kind: 'start' };
  if (text === '$') return { kind: 'end' };
  const gap = /^\.\.\.(\d*)$/.exec(text);
  if (gap !== null) return { kind: 'gap', most: gap[1] === '' ? 4 : Number(gap[1]) };
  const isOptional = /\w\?$/.test(text);
  const bare = isOptional ? text.slice(0, -1) : text;
  if (bare.startsWith('%') && bare.length > 1) {
    const name = classNames.find((one) => one === bare.slice(1));
    if (name === undefined) throw new RangeError(`no class of words: ${bare}`);
    return { kind: 'class', name, isOptional };
  }
  const isVerb = bare.startsWith('~') && bare.length > 1;
  const words = (isVerb ? bare.slice(1) : bare).split('|');
  return {
    kind: 'words',
    words: new Set(isVerb ? words.flatMap((verb) => [...inflect(verb)]) : words),
    isOptional,
  };
}

/** Whether a pattern that begins with fixed words can begin here; true where that is not known at once. */
export function mayBegin({ parts: [first] }: Pattern, { lower }: Word): boolean {
  return first?.kind !== 'words' || first.isOptional || first.words.has(lower);
}

/** Where a pattern matches that begins at a place: the place behind it, or undefined. */
export function matchFrom(
  pattern: Pattern,
  words: readonly Word[],
  at: number,
): number | undefined {
  return matchParts(pattern.parts, 0, words, at);
}

/** Whether a pattern matches anywhere. */
export function matchesAnywhere(pattern: Pattern, words: readonly Word[]): boolean {
  return words.some(
    (word, at) => mayBegin(pattern, word) && matchFrom(pattern, words, at) !== undefined,
  );
}

function matchParts(
  parts: readonly Part[],
  index: number,
  words: readonly Word[],
  at: number,
): number | undefined {
  const part = parts[index];
  if (part === undefined) return at;
  switch (part.kind) {
    case 'start':
      return isStart(words, at) ? matchParts(parts, index + 1, words, at) : undefined;
    case 'end':
      return words.slice(at).every(({ kind }) => kind === 'mark')
        ? matchParts(parts, index + 1, words, at)
        : undefined;
    case 'gap': {
      for (let skipped = 0; skipped <= part.most; skipped += 1) {
        const end = matchParts(parts, index + 1, words, at + skipped);
        if (end !== undefined) return end;
        const word = words[at + skipped];
        if (word === undefined || /^[;:.!?]$/.test(word.lower)) return undefined;
      }
      return undefined;
    }
    case 'words': {
      const word = words[at];
      if (word !== undefined && part.words.has(word.lower)) {
        const end = matchParts(parts, index + 1, words, at + 1);
        if (end !== undefined) return end;
      }
      return part.isOptional ? matchParts(parts, index + 1, words, at) : undefined;
    }
    case 'class': {
      const behind = classEnd(part.name, words, at);
      if (behind !== undefined) {
        const end = matchParts(parts, index + 1, words, behind);
        if (end !== undefined) return end;
      }
      return part.isOptional ? matchParts(parts, index + 1, words, at) : undefined;
    }
    default:
      return part satisfies never;
  }
}

/** The begin of the sentence, or behind a mark that begins a new one; marks of emphasis and brackets do not count. */
function isStart(words: readonly Word[], at: number): boolean {
  for (let place = at - 1; place >= 0; place -= 1) {
    const { kind, lower } = words[place] ?? { kind: 'word', lower: '' };
    if (kind !== 'mark') return lower === 'to' && place === 0;
    if (/^[:;.!?–—-]$/.test(lower)) return true;
    if (lower === ',') return false;
  }
  return true;
}

function classEnd(name: ClassName, words: readonly Word[], at: number): number | undefined {
  const word = words[at];
  if (word === undefined) return undefined;
  switch (name) {
    case 'human':
    case 'staff': {
      const { actor, head, end } = phraseFrom(words, at);
      if (actor !== 'human') return undefined;
      return name === 'staff' && outsiders.has(words[head]?.lower ?? '') ? undefined : end;
    }
    case 'system': {
      const { actor, end } = phraseFrom(words, at);
      return actor === 'system' ? end : undefined;
    }
    case 'owner':
      return ownerEnd(words, at);
    case 'participle':
      return isParticiple(word.lower) ? at + 1 : undefined;
    case 'ing':
      return word.lower.length > 4 && word.lower.endsWith('ing') ? at + 1 : undefined;
    case 'number':
      return isNumber(word) ? at + 1 : undefined;
    case 'word':
      return word.kind === 'word' ? at + 1 : undefined;
    case 'capital':
      return /^\p{Lu}/u.test(word.text) ? at + 1 : undefined;
    case 'lower':
      return /^\p{Ll}/u.test(word.text) && !determiners.has(word.lower) ? at + 1 : undefined;
    default:
      return name satisfies never;
  }
}

function ownerEnd(words: readonly Word[], from: number): number | undefined {
  for (let at = from; at < from + 4; at += 1) {
    const word = words[at];
    if (word === undefined || word.kind !== 'word') return undefined;
    const owner = /^(.+?)(?:'s|s'|')$/.exec(word.lower)?.[1];
    if (owner !== undefined) {
      const isHuman = people.has(owner) || personalPronouns.has(owner) || isName(words, at);
      return isHuman ? at + 1 : undefined;
    }
  }
  return undefined;
}

/** Whether the subject of the verb at a place is what a rule asks for. */
export function isWanted(
  { subject: wanted, isNegated = false, isPossibleToo = false }: PatternRule,
  words: readonly Word[],
  verb: number,
): Subject | undefined {
  const subject = subjectOf(words, verb);
  if (wanted === undefined) return subject;
  if (wanted === 'not-system') return subject.actor === 'system' ? undefined : subject;
  if (wanted === 'not-human') return subject.actor === 'human' ? undefined : subject;
  if (subject.actor !== 'human' || subject.isNegated !== isNegated) return undefined;
  if (subject.isPossible && !isPossibleToo) return undefined;
  if (wanted === 'staff' && outsiders.has(subject.head?.lower ?? '')) return undefined;
  return subject;
}
