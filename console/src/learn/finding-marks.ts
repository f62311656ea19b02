import type { TextMark } from './marked-text.tsx';
import type { Finding } from './postmortem.ts';

/** Where findings stand in the text, as long as it still reads so there. */
export function marksOf(findings: readonly Finding[], text: string): readonly TextMark[] {
  return findings.flatMap(({ place, phrase, severity }): TextMark[] =>
    place === null || !text.startsWith(phrase, place.start)
      ? []
      : [{ ...place, look: severity === 'block' ? 'bad' : 'warn' }],
  );
}
