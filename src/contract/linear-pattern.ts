import { RE2JS, RE2JSException } from 're2js';

/**
 * A pattern of a schema, matched in time linear in the text whatever the pattern is: by RE2's automata and not by
 * backtracking. RE2 has no lookaround and no backreferences; a pattern that needs them is refused. See docs/adr.
 */
export type LinearPattern = {
  readonly isMatch: (text: string) => boolean;
  /** Instructions of the compiled pattern: what a character may cost. */
  readonly size: number;
};

/** Why a pattern is refused, as the end of a sentence. */
export class PatternRefused extends Error {}

const LONGEST_PATTERN = 1000;
/** Instructions. Counted repetitions multiply: (a{100}){100} is 10,000 of them. */
const LARGEST_PROGRAM = 10_000;

/** Throws PatternRefused. */
export function compilePattern(pattern: string): LinearPattern {
  if (pattern.length > LONGEST_PATTERN) {
    throw new PatternRefused(`is longer than ${LONGEST_PATTERN} characters`);
  }
  // RE2 would read \k as the letter.
  if (/^(?:[^\\]|\\[^k])*\\k/s.test(pattern)) throw new PatternRefused('uses a backreference');
  try {
    // What RE2 alone accepts, other readers of the schema would not.
    // oxlint-disable-next-line no-new -- it is the check
    new RegExp(pattern, 'u');
  } catch {
    throw new PatternRefused('is no regular expression of ECMA-262');
  }
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
    const size = compiled.programSize();
    if (size > LARGEST_PROGRAM) throw new PatternRefused('repeats too much');
    return { isMatch: (text) => compiled.test(text), size };
  } catch (thrown) {
    if (thrown instanceof RE2JSException) {
      throw new PatternRefused(
        'uses what cannot be matched in linear time: lookahead, lookbehind, backreferences or repetition over 1,000',
      );
    }
    throw thrown;
  }
}
