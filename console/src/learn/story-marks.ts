import type { TextMark } from './marked-text.tsx';
import type { StoryScore } from './story.ts';

/** Sentences of the signal that is looked at, and those that lose points or end the story. */
export function marksOf(score: StoryScore, open: string | null, text: string): readonly TextMark[] {
  const opened = score.signals.find(({ signal }) => signal === open);
  const cited = [
    ...(opened === undefined
      ? []
      : [opened.sentence, ...opened.elements.map(({ sentence }) => sentence)].map((sentence) => ({
          sentence,
          look: 'focus' as const,
        }))),
    ...score.disqualifiers.map(({ sentence }) => ({ sentence, look: 'bad' as const })),
    ...score.signals.flatMap(({ sentence }) =>
      sentence?.role === 'lost' ? [{ sentence, look: 'bad' as const }] : [],
    ),
  ];
  return cited.flatMap(({ sentence, look }): TextMark[] => {
    if (sentence === null) return [];
    const { from, to, text: said } = sentence;
    // What was typed since may have moved it.
    const isThere = text.slice(from, to).replaceAll(/\s+/g, ' ') === said;
    return isThere ? [{ start: from, end: to, look }] : [];
  });
}
