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

/** Rules by a word that must stand in a sentence for them to match: a sentence without one asks no rule. */
export type CompiledRules = ReadonlyMap<string, readonly CompiledRule[]>;

export function compile(table: readonly Rules[]): CompiledRules {
  const byWord = new Map<string, CompiledRule[]>();
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
      for (const word of anchorOf(compiled)) {
        const others = byWord.get(word);
        if (others === undefined) byWord.set(word, [compiled]);
        else others.push(compiled);
      }
    }
  }
  return byWord;
}

/** The part whose words are rarest: none that every sentence has, where there is a choice. */
function anchorOf({ pattern, rule }: CompiledRule): ReadonlySet<string> {
  const parts = pattern.parts.flatMap((part) =>
    part.kind === 'words' && !part.isOptional ? [part.words] : [],
  );
  const isRare = (words: ReadonlySet<string>): boolean =>
    ![...words].some((word) => isClosed(word) || determiners.has(word));
  const anchor = parts.find(isRare) ?? parts[0];
  if (anchor === undefined) throw new RangeError(`a pattern without a fixed word: ${rule.match}`);
  return anchor;
}
