import { judgeElements } from '../elements.ts';
import type { Signal } from '../signal.ts';
import { MITIGATION_ACTS, MITIGATION_WORDS, STATE_CHANGED } from '../stages.ts';
import { PREFER, PRICE, RATE, UNDO, WAITING } from '../trade-off-words.ts';
import { together } from '../words.ts';

/** Signal 3: a choice, so it is looked for in the first act of the story. */
export const reversible: Signal = {
  id: 'reversible',
  judge: ({ story }) =>
    judgeElements(story, {
      beside: [MITIGATION_ACTS, MITIGATION_WORDS],
      elements: [
        {
          name: 'a mitigation that can be undone',
          weight: 0.2,
          act: 'early',
          cues: [MITIGATION_ACTS, MITIGATION_WORDS, STATE_CHANGED],
          edit: 'Say what you did first to stop the impact, and how it could have been undone.',
        },
        {
          name: 'the principle',
          weight: 0.3,
          act: 'early',
          cues: [
            together(UNDO, PREFER),
            /\b(?:ir)?reversib\w+|\bone-way door|two-way door\b/i,
            /\bmitigate (?:first|before)\b|\bstop(?:ping)? the (?:harm|damage|bleeding) (?:comes |goes )?(?:first|before)\b/i,
            /\b(?:cheapest|smallest|least (?:costly|expensive|drastic)) (?:\w+ ){0,3}(?:step|action|move|option|thing|measure)\b/i,
          ],
          edit: 'Say the principle aloud: "I took the cheapest action that could be undone, before I knew the cause".',
        },
        {
          name: 'the cost of acting',
          weight: 0.25,
          act: 'early',
          cuesOfTwo: [together(UNDO, '(?:cost\\w*|price|los(?:e|es|ing))\\b')],
          cues: [
            together(UNDO, PRICE),
            /\bat the (?:price|expense|cost) of\b|\bits (?:price|cost)\b|\bcost of acting\b/i,
            /\b(?:rolling back|restarting|pausing|halting|killing|halving|cancelling|reverting|turning|switching|a pause|a restart|it|that)\b[^.;]{0,40}\b(?:cost|costs|adds?|would (?:waste|lose)|lost nothing|loses)\b/i,
          ],
          edit: 'Say what acting cost: "Rolling back cost us an afternoon\'s features".',
        },
        {
          name: 'the cost of waiting',
          weight: 0.25,
          act: 'early',
          cuesOfTwo: [together(RATE, UNDO)],
          cues: [
            together(RATE, WAITING),
            /\b(?:wait(?:ing)?|doing nothing|do nothing|leaving (?:it|them)|left (?:it )?(?:on|running)|going on|if nothing happened)\b[^.;]{0,60}\b(?:cost|costs|meant|means|would|lost|loses?|adding|add|risk(?:ed)?)\b/i,
            /\bcost of waiting\b/i,
          ],
          edit: 'Say what waiting cost: "each minute meant 40 more failed payments".',
        },
      ],
    }),
};
