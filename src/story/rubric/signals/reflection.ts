import { judgeElements } from '../elements.ts';
import { NO_REGRETS } from '../fault-words.ts';
import type { Signal } from '../signal.ts';
import { ERRED, HABIT, OTHERWISE } from '../teller-words.ts';
import { any, together } from '../words.ts';

/** It is told at the end; from this part of the story on. */
const REFLECTION = 0.6;

/** Nothing of one's own is judged by these. */
const NEITHER = [
  /\b(?:nothing|n't anything|not anything|little)(?: else| more)?(?: that)? I could\b/i,
];

/** Signal 6. */
export const reflection: Signal = {
  id: 'reflection',
  judge: ({ story }) =>
    judgeElements(story, {
      beside: [/\b(?:learn(?:ed|t)?|next time|looking back|retrospect)\b/i],
      losses: [
        {
          cues: NO_REGRETS,
          reason: 'It says that nothing would be done otherwise.',
          edit: 'Say one decision of yours that you would take sooner or otherwise: "I would look at … sooner, since …".',
        },
      ],
      elements: [
        {
          name: 'what I would do sooner or otherwise',
          weight: 0.55,
          part: REFLECTION,
          cues: [any(ERRED), any(OTHERWISE)],
          unless: [...NO_REGRETS, ...NEITHER],
          edit: 'Judge your own decision: "I would have asked for … sooner; I trusted … for ten minutes".',
        },
        {
          name: 'what is habit now',
          weight: 0.45,
          part: REFLECTION,
          cuesOfTwo: [together(`(?:${ERRED}|${OTHERWISE})`, HABIT)],
          cues: [together("(?:I|I've|me|my|mine|myself|is how)\\b", HABIT)],
          unless: NO_REGRETS,
          edit: 'Say what you do since: "I now ask of every new pool what its growth looks like".',
        },
      ],
    }),
};
