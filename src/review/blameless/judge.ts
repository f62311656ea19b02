import { compile, type CompiledRule } from './compile.ts';
import type { FlagId } from './flags.ts';
import { maySayName, nameAt } from './names.ts';
import { isWanted, matchesAnywhere, matchFrom, mayBegin, type Pattern } from './pattern.ts';
import { rules } from './rules/index.ts';
import { lowered, type Sentence, type Word } from './word.ts';

/** A phrase of a sentence that raises a flag: places of its words. */
export type Hit = {
  readonly flag: FlagId;
  /** Where the pattern itself begins: behind a subject that is shown with it. */
  readonly core: number;
  readonly from: number;
  /** Behind the last word. */
  readonly to: number;
};

/** What the rest of the list item or table row says. */
export type Context = { readonly isMeasured: () => boolean; readonly isGuarded: () => boolean };

const compiled = compile(rules);

/** Words that are shown before the verb, from its subject on, at most. */
const SUBJECT_REACH = 8;

const WORD = /[\p{L}\d'’-]+/gu;

/** Whether a rule could have something to say of a text: most sentences hold no word that any rule asks for. */
export function isWorthReading(text: string, isNameSought: boolean): boolean {
  if (/[!?]{2}/.test(text) || (isNameSought && text.includes('@'))) return true;
  return (text.match(WORD) ?? []).some(
    (word) => compiled.has(lowered(word)) || (isNameSought && maySayName(word)),
  );
}

/** All that the rules find in a sentence; of one flag no two that overlap. */
export function judge(
  { words }: Sentence,
  context: Context,
  isNameSought: boolean,
): readonly Hit[] {
  const hits: Hit[] = [];
  for (const [rule, starts] of candidates(words)) {
    const found = starts.flatMap((at) => hitAt(rule, words, at) ?? []);
    if (found.length === 0 || isExcused(rule, words, context)) continue;
    for (const hit of found) add(hits, hit);
  }
  if (isNameSought) addNames(hits, words);
  return hits
    .filter((hit) => !isSaidBetter(hit, hits))
    .toSorted((a, b) => a.from - b.from || a.to - b.to);
}

/** Flags that say less than another that is raised by the same words. */
const general: ReadonlySet<FlagId> = new Set(['person-failed', 'certainty']);

function isSaidBetter(hit: Hit, hits: readonly Hit[]): boolean {
  return (
    general.has(hit.flag) &&
    hits.some(
      (other) =>
        other.flag !== 'name' &&
        !general.has(other.flag) &&
        other.core < hit.to &&
        hit.core < other.to,
    )
  );
}

/** The rules that a sentence's words ask, each with the places at which its pattern may begin. */
function candidates(words: readonly Word[]): ReadonlyMap<CompiledRule, readonly number[]> {
  const found = new Map<CompiledRule, number[]>();
  for (const [at, { lower }] of words.entries()) {
    for (const { rule, before } of compiled.get(lower) ?? []) {
      const starts = found.get(rule);
      if (before === undefined) {
        if (starts === undefined) found.set(rule, beginnings(rule.pattern, words));
      } else if (starts === undefined) found.set(rule, [at - before]);
      else starts.push(at - before);
    }
  }
  return found;
}

function beginnings(pattern: Pattern, words: readonly Word[]): number[] {
  return words.flatMap((word, at) => (mayBegin(pattern, word) ? [at] : []));
}

/** Whether what stands around speaks for the phrase. */
function isExcused(
  { rule, unless, needs }: CompiledRule,
  words: readonly Word[],
  { isMeasured, isGuarded }: Context,
): boolean {
  return (
    (rule.unlessMeasured === true && isMeasured()) ||
    (rule.unlessGuarded === true && isGuarded()) ||
    unless.some((pattern) => matchesAnywhere(pattern, words)) ||
    (needs.length > 0 && !needs.some((pattern) => matchesAnywhere(pattern, words)))
  );
}

function hitAt(compiledRule: CompiledRule, words: readonly Word[], at: number): Hit | undefined {
  const { flag, rule, pattern, unlessNext, unlessBefore } = compiledRule;
  const to = matchFrom(pattern, words, at);
  if (to === undefined || to === at) return undefined;
  if (unlessNext.some((next) => matchFrom(next, words, to) !== undefined)) return undefined;
  if (unlessBefore.some((before) => endsAt(before, words, at))) return undefined;
  const core = firstWord(words, at);
  let from = core;
  if (rule.subject !== undefined) {
    const subject = isWanted(rule, words, core);
    if (subject === undefined) return undefined;
    if (subject.actor === 'human' && core - subject.from <= SUBJECT_REACH) from = subject.from;
  }
  return { flag, core, from, to };
}

/** A pattern that begins with the begin of the sentence may match at a mark before its first word. */
function firstWord(words: readonly Word[], at: number): number {
  let place = at;
  while (words[place]?.kind === 'mark' && place + 1 < words.length) {
    if (/^[!?%@]/.test(words[place]?.lower ?? '')) break;
    place += 1;
  }
  return place;
}

function endsAt(pattern: Pattern, words: readonly Word[], end: number): boolean {
  for (let at = Math.max(0, end - 6); at < end; at += 1) {
    if (matchFrom(pattern, words, at) === end) return true;
  }
  return false;
}

function add(hits: Hit[], hit: Hit): void {
  const place = hits.findIndex(
    (other) => other.flag === hit.flag && other.from < hit.to && hit.from < other.to,
  );
  const other = hits[place];
  if (other === undefined) hits.push(hit);
  else {
    hits[place] = {
      flag: hit.flag,
      core: Math.min(other.core, hit.core),
      from: Math.min(other.from, hit.from),
      to: Math.max(other.to, hit.to),
    };
  }
}

function addNames(hits: Hit[], words: readonly Word[]): void {
  for (let at = 0; at < words.length; at += 1) {
    const length = nameAt(words, at);
    if (length === 0) continue;
    add(hits, { flag: 'name', core: at, from: at, to: at + length });
    at += length - 1;
  }
}
