import { judgeElements } from '../elements.ts';
import { NO_REGRETS, PERHAPS_NO_REGRETS } from '../fault-words.ts';
import type { Signal } from '../signal.ts';

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
          weight: 0.6,
          cues: [
            /\bI(?:'d| would| should| could| wish)(?: have| had)?\b[^.;]{0,80}\b(?:sooner|earlier|first|differently|otherwise|instead|before|at once|at the start|from the start|more|second|week one|minute one|include|subscribe|compare|check|look)\b/i,
            /\bI (?:should|could|would|ought to) have\b|\bI had to \w+[^.;]{0,40}\b(?:sooner|earlier|first|before)\b/i,
            /\b(?:if|when|should|were)\b[^.;]{0,40}\bagain\b[^.;]{0,20}\bI(?:'ll|'d| will| would)\b/i,
            /\bI (asked|looked|checked|called|went|began|started|tested|tried|opened|searched)\b[^.;]{0,60}\b(?:before I \1|instead of|rather than|and not)\b/i,
            /\b(?:another way|differently|otherwise)\b[^.;]{0,40}\bI\b|\bI\b[^.;]{0,30}\b(?:another way|dithered|hesitated)\b/i,
            /\bI (?:have |had )?(?:spent|burn(?:ed|t)|wasted|lost)\b[^.;]{0,30}\b(?:minutes?|hours?|days?|time)\b|\bI was (?:too )?(?:slow|late)\b|\btoo (?:slow|late|long) (?:to|in|with|over)\b|\b(?:my|own) (?:mistake|error|misjudge?ment)\b|\bI got (?:it|that|this) wrong\b|\bI (?:looked|searched|stared|read|dug|tried|blamed|doubted|argued)\b[^.;]{0,60}\b(?:(?:minutes?|hours?)\b[^.;]{0,60}\b(?:although|though|instead|before|while|when|because|since)|wrong)\b|\b(?:should've|would have (?:told|shown)|better I had|do-over)\b/i,
            /\bI (?:have )?learn(?:ed|t) (?:to|that)\b/i,
            /\b(?:next time|in retrospect|in hindsight|looking back|if I did it again|were I to do it again)\b[^.;]{0,20}\bI\b/i,
            /\bwhat I(?:'d| would) do (?:differently|otherwise)\b/i,
            /\bI (?:waited|lost|held on|trusted|believed|argued|misjudged|misread|underestimated|assumed|was wrong)\b/i,
          ],
          unless: NO_REGRETS,
          edit: 'Judge your own decision: "I would have asked for … sooner; I trusted … for ten minutes".',
        },
        {
          name: 'what is habit now',
          weight: 0.4,
          cues: [
            /\b(?:my|a|the|as a) (?:\w+ )?(?:habit|practice|routine|rule of thumb|rule)\b/i,
            /\b(?:now|nowadays|since (?:then|this day|that day)|ever since|from then on|by now|these days|today)\b[^.;]{0,24}\bI\b/i,
            /\b(?:nowadays|these days|ever since|since then|from then on|by now)\b[^.;]{0,60}\b(?:first|one|always|every|each)\b/i,
            /\b(?:on|at the top of|above|in) my (?:\w+ )?(?:screen|desk|monitor|notes?|wall|list|checklist)\b/i,
            /\bI(?:'ve| have)? (?:now|always|also now|no longer)\b/i,
            /\bI (?:\w+ ){1,4}(?:now|today|these days|every (?:time|week|month)|each (?:time|week|Monday|month|new))\b/i,
            /\b(?:now|and) (?:I|it is what I|it's what I|that is what I) (?:always |now )?(?:do|ask|look|check|chart|keep|carry|read)\b/i,
            /\b(?:is|are|it's) (?:now )?(?:my|on my|the first thing)\b[^.;]{0,40}\b(?:now|habit|list|checklist|question|open|read)\b/i,
            /\bI (?:do|always do) (?:so|that|this|it)\b|\bha(?:s|ve) become (?:my|a)\b|\b(?:the )?first thing I\b|\bstanding (?:item|question)\b/i,
            /\b(?:my own|my) (?:checklist|list|first (?:step|question))\b/i,
          ],
          unless: NO_REGRETS,
          edit: 'Say what you do since: "I now ask of every new pool what its growth looks like".',
        },
      ],
    }),
};
