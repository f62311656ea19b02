import type { Finding } from './finding.ts';

/**
 * What a rewrite gives word for word, to stand in the phrase's place: openings of sentences, with "…" for what only the
 * writer knows; an empty one strikes the phrase. Empty where the sentence has to move, or be asked anew.
 */
export function replacementsOf({
  flag,
  rewrite,
}: Pick<Finding, 'flag' | 'rewrite'>): readonly string[] {
  if (flag === 'luck') return [];
  const quoted = Array.from(rewrite.matchAll(/"([^"]+)"/g), ([, words = '']) => words);
  return rewrite.startsWith('Strike') ? [...quoted, ''] : quoted;
}
