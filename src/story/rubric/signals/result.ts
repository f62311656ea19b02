import { judgeElements } from '../elements.ts';
import { ADOPTED, OTHERS, TWO_FIGURES, WORTH } from '../result-words.ts';
import type { Signal } from '../signal.ts';
import { any, together } from '../words.ts';

/** Signal 9. */
export const result: Signal = {
  id: 'result',
  judge: ({ story }) =>
    judgeElements(story, {
      beside: [/\b(?:since then|afterwards|in the end|result)\b/i, /\b(?:prevent|guardrail)\w*/i],
      elements: [
        {
          name: 'the metric before and after',
          weight: 0.4,
          part: RESULT,
          cues: [TWO_FIGURES],
          edit: 'Give the metric before and after: "failed checkouts went from 2.1 % to 0.03 %".',
        },
        {
          name: 'the value to the business',
          weight: 0.3,
          cues: WORTH,
          unless: [
            /\b(?:wait(?:ing)?|leaving|each hour|each minute|a minute|T ?\+ ?\d|per minute)\b|^(?!.*\bfrom\b).*\ban hour\b/i,
          ],
          edit: 'Say what that was worth: money, customers kept, hours of people.',
        },
        {
          name: 'the second-order effect',
          weight: 0.3,
          part: RESULT,
          cues: [
            together(ADOPTED, OTHERS),
            any(
              '(?:became|is now|was) (?:the )?(?:\\w+ )?(?:norm|standard|template|default)\\b',
              '(?:taken over|picked up|adopted|reused|copied) (?:by|in)\\b',
              '(?:first|new) shared\\b',
            ),
          ],
          edit: 'Say what followed from it: who adopted the guardrail, which other service runs it.',
        },
      ],
    }),
};

/** From this part of the story on: before it stand the figures of the impact. */
const RESULT = 0.45;
