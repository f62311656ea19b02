import {
  adverbs,
  auxiliaries,
  conjunctions,
  determiners,
  negations,
  personalPronouns,
  possibilities,
  prepositions,
  quantifiers,
} from './lexicon/closed-words.ts';
import { departments, people } from './lexicon/people-words.ts';
import { properNouns, systemNouns } from './lexicon/system-words.ts';
import { isName } from './names.ts';
import type { Word } from './word.ts';

/** Who or what does something: decided by the head of the noun phrase, "the user table" being a table. */
export type Actor = 'human' | 'system' | 'unknown' | 'none';

/** How far to the left a subject is looked for, in words. */
const REACH = 40;

/** The subject of a verb, what stands between them, and how the act is told. */
export type Subject = {
  readonly actor: Actor;
  /** The head noun. */
  readonly head: Word | undefined;
  /** Place of the first word of its phrase; the verb's, where there is none. */
  readonly from: number;
  readonly isNegated: boolean;
  /** "may forget", "to forget", "could forget": nobody did. */
  readonly isPossible: boolean;
  readonly hasAuxiliary: boolean;
};

/** Looks from a verb to the left for what does it. */
export function subjectOf(words: readonly Word[], verb: number): Subject {
  const stop = Math.max(0, verb - REACH);
  let at = verb - 1;
  let isNegated = false;
  let isPossible = false;
  let hasAuxiliary = false;
  const found = (actor: Actor, head: Word | undefined, from: number): Subject => ({
    actor,
    head,
    from,
    isNegated,
    isPossible,
    hasAuxiliary,
  });
  for (; at >= stop; at -= 1) {
    const word = words[at];
    if (word === undefined) break;
    const { lower } = word;
    if (negations.has(lower)) isNegated = true;
    if (possibilities.has(lower)) isPossible = true;
    if (lower === 'to') {
      isPossible = true;
      return found('none', undefined, verb);
    }
    if (auxiliaries.has(lower)) hasAuxiliary = true;
    else if (lower === ',' && at < verb) {
      const opening = openingComma(words, at, stop);
      if (opening === undefined) return found('none', undefined, verb);
      at = opening;
    } else if (lower === ')') {
      while (at > stop && words[at]?.lower !== '(') at -= 1;
    } else if (!isBetween(word)) break;
  }
  return phraseEndingAt(words, at, stop, found);
}

/** "…, who was covering two rotations, forgot": the comma that opens what the one at `closing` ends. */
function openingComma(words: readonly Word[], closing: number, stop: number): number | undefined {
  for (let at = closing - 1; at > stop; at -= 1) {
    const lower = words[at]?.lower ?? '';
    if (lower === ';' || lower === ':') return undefined;
    if (lower === ',') return at;
  }
  return undefined;
}

function isBetween({ lower }: Word): boolean {
  return (
    adverbs.has(lower) ||
    negations.has(lower) ||
    (lower.endsWith('ly') && !people.has(lower) && !systemNouns.has(lower))
  );
}

type Made = (actor: Actor, head: Word | undefined, from: number) => Subject;

/** The noun phrase whose last word stands at `end`, with what prepositions hang on it: "the engineer on shift". */
function phraseEndingAt(words: readonly Word[], end: number, stop: number, made: Made): Subject {
  let head = end;
  for (let rounds = 0; rounds < 4; rounds += 1) {
    const word = words[head];
    if (word === undefined || head < stop || word.kind === 'mark') {
      return made('none', undefined, end + 1);
    }
    if (word.lower === 'who') return made('human', word, head);
    if (word.lower === 'that' || word.lower === 'which') {
      head -= 1;
      if (words[head]?.lower === ',') head -= 1;
      continue;
    }
    const from = phraseStart(words, head, stop);
    const before = words[from - 1];
    if (before === undefined || !prepositions.has(before.lower) || from - 2 < stop) {
      return made(actorAt(words, from, head), word, from);
    }
    // "none of the reviewers": the reviewers; "the team's view of the shard": the view.
    const outer = words[from - 2];
    if (outer === undefined || outer.kind === 'mark') {
      return made(actorAt(words, from, head), word, from);
    }
    if (quantifiers.has(outer.lower) || conjunctions.has(outer.lower)) {
      return made(actorAt(words, from, head), word, from - 2);
    }
    if (auxiliaries.has(outer.lower) || isBetween(outer)) {
      return made('none', undefined, end + 1);
    }
    head = from - 2;
  }
  return made('unknown', words[head], head);
}

/** From the head to the left, as long as words belong to the phrase. */
function phraseStart(words: readonly Word[], head: number, stop: number): number {
  let from = head;
  if (personalPronouns.has(words[head]?.lower ?? '')) return head;
  while (from > stop) {
    const before = words[from - 1];
    if (before === undefined || before.kind === 'mark') break;
    const { lower } = before;
    if (determiners.has(lower)) return from - 1;
    if (isClosed(lower)) break;
    from -= 1;
  }
  return from;
}

/** What the phrase from `from` to `head` is: a person, a part of a system, or neither that we know. */
function actorAt(words: readonly Word[], from: number, head: number): Actor {
  const word = words[head];
  if (word === undefined) return 'none';
  if (word.kind === 'code') return 'system';
  const { lower, text } = word;
  if (personalPronouns.has(lower)) return 'human';
  if (lower === 'one' && words[head - 1]?.lower === 'no') return 'human';
  if (lower === 'it' || lower === 'this' || lower === 'nothing') return 'system';
  const bare = lower.replace(/'s$/, '');
  if (bare !== lower) return 'unknown';
  const first = words[from];
  const hasDeterminer = first !== undefined && from < head && determiners.has(first.lower);
  if (departments.has(lower) && !hasDeterminer && from === head && isFree(words, from)) {
    return 'human';
  }
  if (departments.has(lower) && !people.has(lower)) return hasDeterminer ? 'system' : 'unknown';
  if (people.has(lower)) return 'human';
  if (words[head - 1]?.lower === '@') return 'human';
  if (properNouns.has(text)) return 'system';
  if (isName(words, head)) return 'human';
  return systemNouns.has(lower) ? 'system' : 'unknown';
}

/** Departments count where nothing hangs before them. */
function isFree(words: readonly Word[], at: number): boolean {
  const before = words[at - 1];
  return before === undefined || before.kind === 'mark' || conjunctions.has(before.lower);
}

/**
 * The noun phrase that begins at `from`: its head, and the place behind it. "an intern on the platform team" ends
 * before "on"; "a developer merging the change" before "merging".
 */
export function phraseFrom(
  words: readonly Word[],
  from: number,
): { readonly actor: Actor; readonly head: number; readonly end: number } {
  let at = from;
  while (determiners.has(words[at]?.lower ?? '') || quantifiers.has(words[at]?.lower ?? '')) {
    at += 1;
  }
  if (words[at]?.lower === 'of') {
    at += 1;
    while (determiners.has(words[at]?.lower ?? '')) at += 1;
  }
  let head = -1;
  for (; at < words.length && at - from < 8; at += 1) {
    const word = words[at];
    if (word === undefined || word.kind === 'mark') break;
    if (personalPronouns.has(word.lower)) {
      if (head < 0) head = at;
      break;
    }
    if (isClosed(word.lower) || determiners.has(word.lower)) break;
    const isAfterPerson = head >= 0 && people.has(words[head]?.lower ?? '');
    if (isAfterPerson && looksLikeVerb(word.lower)) break;
    head = at;
  }
  if (head < 0) return { actor: 'none', head: from, end: from };
  return { actor: actorAt(words, from, head), head, end: head + 1 };
}

/** Whether a word after a role is what the role does, rather than a noun that the role describes. */
function looksLikeVerb(lower: string): boolean {
  return !systemNouns.has(lower) && /(ed|ing|ly)$/.test(lower);
}

export function isClosed(lower: string): boolean {
  return (
    prepositions.has(lower) ||
    conjunctions.has(lower) ||
    auxiliaries.has(lower) ||
    adverbs.has(lower) ||
    lower === 'not' ||
    lower === 'never' ||
    lower === 'to'
  );
}
