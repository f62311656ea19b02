import type { FlagId } from './flags.ts';
import { isClosed } from './clause.ts';
import { determiners } from './lexicon/closed-words.ts';
import { parsePattern, type Pattern, type PatternRule } from './pattern.ts';
import type { Rules } from './rules/rule.ts';

export type CompiledRule = {
  readonly flag: FlagId;
  readonly rule: PatternRule;
  readonly pattern: Pattern;
  readonly unless: readonly Pattern[];
  readonly unlessNext: readonly Pattern[];
  readonly unlessBefore: readonly Pattern[];
  readonly needs: readonly Pattern[];
};

/** A rule, and how many words before the given one its pattern begins; undefined where that differs. */
export type Placed = { readonly rule: CompiledRule; readonly before: number | undefined };

/** Rules by a word that must stand in a sentence for them to match: a sentence without one asks no rule. */
export type CompiledRules = ReadonlyMap<string, readonly Placed[]>;

export function compile(table: readonly Rules[]): CompiledRules {
  const byWord = new Map<string, Placed[]>();
  for (const { flag, patterns } of table) {
    for (const each of patterns) {
      const rule = typeof each === 'string' ? { match: each } : each;
      const compiled: CompiledRule = {
        flag,
        rule,
        pattern: parsePattern(rule.match),
        unless: (rule.unless ?? []).map(parsePattern),
        unlessNext: (rule.unlessNext ?? []).map(parsePattern),
        unlessBefore: (rule.unlessBefore ?? []).map(parsePattern),
        needs: (rule.needs ?? []).map(parsePattern),
      };
      const { words, before } = anchorOf(compiled);
      for (const word of words) {
        byWord.set(word, [...(byWord.get(word) ?? []), { rule: compiled, before }]);
      }
    }
  }
  return byWord;
}

/** The part whose words are rarest: none that every sentence has, where there is a choice. */
function anchorOf({ pattern: { parts }, rule }: CompiledRule): {
  readonly words: ReadonlySet<string>;
  readonly before: number | undefined;
} {
  const fixed = parts.flatMap((part, index) =>
    part.kind === 'words' && !part.isOptional ? [{ words: part.words, index }] : [],
  );
  const isRare = ({ words }: { readonly words: ReadonlySet<string> }): boolean =>
    ![...words].some((word) => isClosed(word) || determiners.has(word));
  const anchor = fixed.find(isRare) ?? fixed[0];
  if (anchor === undefined) throw new RangeError(`a pattern without a fixed word: ${rule.match}`);
  const isAllBefore = parts
    .slice(0, anchor.index)
    .every((part) => part.kind === 'words' && !part.isOptional);
  return { words: anchor.words, before: isAllBefore ? anchor.index : undefined };
}
