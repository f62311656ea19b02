import { ASSIGNED, HANDED_OVER, NOT_ASSIGNED } from '../fault-words.ts';
import { judgeElements } from '../elements.ts';
import type { Signal } from '../signal.ts';
import { ASKED, BEGAN, CAME_TO_ME, NOBODY, NOTICED, SOMEBODY_ELSES } from '../teller-words.ts';

/** Signal 7. */
export const ownership: Signal = {
  id: 'ownership',
  judge: ({ story }) =>
    judgeElements(story, {
      beside: [/\b(?:T ?\+ ?0|noticed|saw|began|started)\b/i],
      losses: [
        {
          cues: ASSIGNED,
          unless: [NOT_ASSIGNED],
          reason: 'The work was assigned.',
          edit: 'Tell what you began before anybody asked: "I saw … and opened the incident myself".',
        },
        {
          cues: HANDED_OVER,
          reason: 'It was handed over.',
          edit: 'Tell what you did while others worked: the reversible step that you proposed, the measure that you took.',
        },
      ],
      elements: [
        {
          name: 'noticed or begun unasked',
          weight: 0.5,
          act: 'early',
          cues: [
            new RegExp(
              `^\\W*(?:(?:T ?\\+ ?\\d+ ?\\w*|[\\d:.]+)\\W+)?(?:me: )?(?:${NOTICED}|${BEGAN})`,
              'i',
            ),
            new RegExp(`\\b(?:I|I'm|I've|[Ww]e|me)\\b[^.;]{0,80}\\b(?:${NOTICED}|${BEGAN})`),
            CAME_TO_ME,
          ],
          unless: [
            /\bwe (?:all )?(?:joined|were (?:told|paged|informed|alerted))\b|\b(?:told|informed|reported to|paged|alerted) us\b/i,
          ],
          edit: 'Begin with what you noticed, and that you began by yourself: "While reading … I saw …, so I opened an incident".',
        },
        {
          name: 'the scope',
          weight: 0.5,
          act: 'early',
          cues: [new RegExp(`\\b${NOBODY}[^.;]{0,40}\\b${ASKED}`, 'i'), ...SOMEBODY_ELSES],
          edit: 'Say whose it was and who had asked: "The pool was shared with two teams, there was no ticket, nobody had asked me".',
        },
      ],
    }),
};
