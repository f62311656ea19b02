import type { Stretch } from '../text/story-text.ts';
import type { LinkedNumber } from './narrative.ts';
import type { Fact } from '../facts.ts';

/** Digits with what belongs to them: a sign of money before, a percent sign or a unit of a letter or two behind. */
const NUMBER = /(?:T ?\+ ?)?[$€£]?\d(?:[\d.,:]*\d)?(?:\s?%)?/g;

/** A stretch of a narrative and what it was taken from. */
export type SourceStretch = Stretch & { readonly fact: string; readonly evidence: string };

/** Every number of a text, with the source of the stretch in which it stands. */
export function linkNumbers(
  text: string,
  sources: readonly SourceStretch[],
): readonly LinkedNumber[] {
  return [...text.matchAll(NUMBER)].map(({ 0: number, index: from }): LinkedNumber => {
    const to = from + number.length;
    const source = sources.find((one) => one.from <= from && to <= one.to);
    return {
      from,
      to,
      text: number,
      fact: source?.fact ?? null,
      evidence: source?.evidence ?? null,
    };
  });
}

/**
 * Where facts stand word by word in a text that somebody typed, or a model wrote. One found within a longer number ("3 %"
 * in "0.3 %") does no harm: a number is linked only if it lies within a fact as a whole.
 */
export function findFacts(text: string, facts: readonly Fact[]): readonly SourceStretch[] {
  return facts
    .filter(({ text: said }) => /\d/.test(said))
    .flatMap(({ name, text: said, evidence }) => {
      const found: SourceStretch[] = [];
      for (let at = text.indexOf(said); at !== -1; at = text.indexOf(said, at + said.length)) {
        found.push({ from: at, to: at + said.length, fact: name, evidence });
      }
      return found;
    });
}
