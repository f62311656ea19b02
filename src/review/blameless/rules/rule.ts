import type { FlagId } from '../flags.ts';
import type { PatternRule, PatternText } from '../pattern.ts';

/** Patterns of one flag; a pattern that needs no context is only its text. */
export type Rules = {
  readonly flag: FlagId;
  readonly patterns: readonly (PatternText | PatternRule)[];
};
