import { judgeElements } from '../elements.ts';
import type { Signal } from '../signal.ts';
import { MITIGATION_ACTS, MITIGATION_WORDS } from '../stages.ts';
import { IDLE, PREFER, PRICE, RATE, together, UNDO, WAITING } from '../words.ts';

/** Signal 3. */
export const reversible: Signal = {
  id: 'reversible',
  judge: ({ story }) =>
    judgeElements(story, {
      beside: [MITIGATION_ACTS, MITIGATION_WORDS],
      elements: [
        {
          name: 'a mitigation that can be undone',
          weight: 0.2,
          cues: [MITIGATION_ACTS, MITIGATION_WORDS],
          edit: 'Say what you did first to stop the impact, and how it could have been undone.',
        },
        {
          name: 'the principle',
          weight: 0.3,
          cues: [
            together(UNDO, PREFER),
            /\brevers(?:ible|ed|e)\b|\birreversible\b/i,
            /\b(?:undo|undone|undoing)\b/i,
            /\btak(?:e|en) (?:it |this |that )?(?:back|out)\b/i,
            /\bcan(?:not)? be (?:redone|repeated|switched (?:back|off)|taken (?:back|out))\b/i,
            /\bundo(?:es|able)?\b|\bboth ways\b|\b(?:go|goes|come|comes|plug\w*|put\w*|return\w*|switch\w*|turn\w*) (?:\w+ ){0,2}back\b[^.;]{0,40}\b(?:in|with|any|when|a|one)\b/i,
            /\bone-way door|two-way door\b/i,
            /\bmitigate (?:first|before)\b|\bstop(?:ping)? the (?:harm|damage|bleeding) (?:comes |goes )?(?:first|before)\b/i,
            /\b(?:cheapest|smallest|least (?:costly|expensive)) (?:\w+ ){0,3}(?:step|action|move|option|thing)\b/i,
          ],
          edit: 'Say the principle aloud: "I took the cheapest action that could be undone, before I knew the cause".',
        },
        {
          name: 'the cost of acting',
          weight: 0.25,
          cuesOfTwo: [together(UNDO, PRICE)],
          cues: [
            together(UNDO, PRICE),
            /\bcost(?:s|ing)? (?:us )?(?!of waiting)[^.;]{2,60}\b(?:undone|revers|redone|repeated|back|while|whereas|waiting|and (?:can|could))/i,
            /\b(?:undone|revers\w+|back|redone|repeated|off again)\b[^.;]{0,60}\b(?:costs?|costing|price|loses?|nothing but)\b/i,
            /(?=.*\b(?:costs?|costing|free|price|loses?|at no)\b)(?=.*\b(?:back|undo\w*|undone|revers\w*|return|toggle|one (?:click|setting|command))\b)/i,
            /\bat the price of\b|\bsmallest price\b|\bits (?:price|cost)\b|\bcost of acting\b/i,
            /\b(?:rolling back|restarting|pausing|halting|killing|halving|cancelling|reverting|turning|switching|a pause|a restart|it|that)\b[^.;]{0,40}\b(?:cost|costs|adds?|would (?:waste|lose)|lost nothing|loses)\b/i,
            /\bcosts? (?:finance|some|the|a few|about)\b[^.;]{0,60}\b(?:or|while|waiting|leav)/i,
          ],
          edit: 'Say what acting cost: "Rolling back cost us an afternoon\'s features".',
        },
        {
          name: 'the cost of waiting',
          weight: 0.25,
          cuesOfTwo: [together(RATE, `(?:${IDLE})`)],
          cues: [
            together(RATE, WAITING),
            /\b(?:wait(?:ing)?|doing nothing|do nothing|leaving (?:it|them)|left (?:it )?(?:on|running)|going on|hop(?:e|ing)|if nothing happened)\b[^.;]{0,60}\b(?:cost|costs|meant|means|would|lost|loses?|adding|add|risk|at)\b[^.;]*/i,
            /\b(?:each|every|another|per) (?:\w+ )?(?:second|minute|hour|day)s?\b[^.;]{0,40}\b(?:cost|meant|of waiting|of argument|lost|adding)\b/i,
            /\bcost of waiting\b/i,
            /(?=.*\b(?:leav\w+|wait\w*|sit|sitting|carry\w* on|going on|not \w+ing|doing nothing|do nothing|otherwise|or we)\b)(?=.*(?:\d|\bcost))/i,
            /\bor (?:leave|wait|go on)\b[^.;]{0,60}\d/i,
            /\bwould (?:add|lose|cost|mean)\b[^.;]{0,40}\d[^.;]{0,40}\b(?:an?|per|each) (?:second|minute|hour|day)\b/i,
          ],
          edit: 'Say what waiting cost: "each minute meant 40 more failed payments".',
        },
      ],
    }),
};
