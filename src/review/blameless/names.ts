import { conjunctions, determiners, prepositions, auxiliaries } from './lexicon/closed-words.ts';
import { doubtfulNames, givenNames } from './lexicon/given-names.ts';
import { people } from './lexicon/people-words.ts';
import { properNouns, systemNouns } from './lexicon/system-words.ts';
import { inflect } from './inflect.ts';
import type { Word } from './word.ts';

/** What people do and programs hardly: beside them a doubtful or unknown capitalised word is a name. */
const deeds = `merge deploy forget decide think approve type click misread overlook admit apologise apologize explain
  assume push commit agree volunteer argue insist promise remember suggest ask tell say write review notice bother`;

const pastDeeds: ReadonlySet<string> = new Set(
  deeds.split(/\s+/).flatMap((verb) => [...inflect(verb)].filter((form) => form !== verb)),
);

const titles: ReadonlySet<string> = new Set(['mr', 'mr.', 'mrs', 'mrs.', 'ms', 'ms.', 'dr', 'dr.']);

const CAPITALISED = /^\p{Lu}\p{Ll}+(?:[-'’]\p{Lu}?\p{Ll}+)*$/u;

/** Whether the word at a place is a person's name, or begins or continues one. */
export function isName(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (word === undefined || word.kind !== 'word') return false;
  const text = word.text.replace(/['’]s$/, '');
  if (!CAPITALISED.test(text) || properNouns.has(text)) return false;
  const before = words[at - 1];
  const after = words[at + 1];
  if (before !== undefined && titles.has(before.lower)) return true;
  if (before?.lower === '/' || after?.lower === '/') return false;
  const isKnown = givenNames.has(text);
  if (isKnown) return !isLabel(words, at);
  const isDone = after !== undefined && pastDeeds.has(after.lower);
  const isDoneBy =
    before?.lower === 'by' &&
    words.slice(Math.max(0, at - 5), at - 1).some(({ lower }) => pastDeeds.has(lower));
  if (doubtfulNames.has(text)) return (isDone || isDoneBy) && !isLabel(words, at);
  // The second part of a name, or a name that we do not know beside what only people do.
  if (before !== undefined && givenNames.has(before.text)) return !isLabel(words, at - 1);
  const isInside = at > 0 && before?.kind !== 'mark';
  return (
    isInside &&
    isDone &&
    !isLabel(words, at) &&
    !systemNouns.has(word.lower) &&
    !people.has(word.lower)
  );
}

/** "the Chandra cluster", "the name server Eve": the name of a thing. */
function isLabel(words: readonly Word[], at: number): boolean {
  const before = words[at - 1];
  const after = words[at + 1];
  if (
    before !== undefined &&
    (systemNouns.has(before.lower) || /^(?:the|a|an)$/.test(before.lower))
  ) {
    return true;
  }
  if (after === undefined || after.kind === 'mark') return false;
  return systemNouns.has(after.lower) && !pastDeeds.has(after.lower) && !isOther(after.lower);
}

function isOther(lower: string): boolean {
  return (
    conjunctions.has(lower) ||
    determiners.has(lower) ||
    prepositions.has(lower) ||
    auxiliaries.has(lower)
  );
}

/** How many words of a name or handle begin at a place; 0 where none does. */
export function nameAt(words: readonly Word[], at: number): number {
  const word = words[at];
  if (word === undefined) return 0;
  if (word.lower === '@') return handleAt(words, at);
  if (titles.has(word.lower)) return isName(words, at + 1) ? 2 : 0;
  if (!isName(words, at)) return 0;
  let length = 1;
  while (
    length < 4 &&
    isName(words, at + length) &&
    CAPITALISED.test(words[at + length]?.text ?? '')
  ) {
    length += 1;
  }
  return length;
}

/** "@sre-lena", not "@fastify/cors", "ops@example.org" or a decorator in code. */
function handleAt(words: readonly Word[], at: number): number {
  const sign = words[at];
  const handle = words[at + 1];
  if (sign === undefined || handle === undefined || handle.kind !== 'word') return 0;
  const before = words[at - 1];
  const after = words[at + 2];
  if (
    handle.from !== sign.to ||
    (before !== undefined && before.to === sign.from && before.kind === 'word')
  ) {
    return 0;
  }
  if (after?.lower === '/' && after.from === handle.to) return 0;
  return /^[a-z][\w.-]*$/i.test(handle.text) ? 2 : 0;
}

/** Whether a word could be a name, or stand beside one that we do not know. */
export function maySayName(word: string): boolean {
  return (
    givenNames.has(word) ||
    doubtfulNames.has(word) ||
    pastDeeds.has(word) ||
    titles.has(word.toLowerCase())
  );
}
