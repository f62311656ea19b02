import { ASSIGNED, HANDED_OVER, NOT_ASSIGNED } from '../fault-words.ts';
import { judgeElements } from '../elements.ts';
import type { Signal } from '../signal.ts';
import { ASKED, BEGAN, GROUP, NOBODY, NOTICED } from '../words.ts';

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
          cues: [
            new RegExp(`^\\W*(?:(?:T ?\\+ ?\\d+ ?\\w*|[\\d:.]+)\\W+)?(?:${NOTICED}|${BEGAN})`, 'i'),
            new RegExp(`\\b${NOTICED} by me\\b`, 'i'),
            new RegExp(`\\b(?:I|I'm|I've|we)\\b[^.;]{0,80}\\b(?:${NOTICED}|${BEGAN})`),
            /\b[Ii] (?:\w+ )?(?:noticed|came across|spotted|volunteered|took (?:it|this|charge|the lead|on|over|the initiative)|raised it|declared|decided to (?:make|take))\b/,
            /\b(?:I|we)(?:'m| am| was)?\b[^.;]{0,60}\b(?:saw|see|spot(?:ted)?|remark(?:ed)?|notice[ds]?|happened upon|came upon|stumbled|realised|realized)\b/,
            /\bI\b[^.;]{0,40}\b(?:said I'd|propose(?:d)? to|pinged|pulled|started|offered to|asked if I could)\b/,
            /\b(?:so )?I (?:\w+ )?(?:opened|declared|began|took|raised|offered|contacted|announced|called|owned)\b/,
            /\bI saw\b|\bI found that\b|\bwhen I (?:compared|looked|checked|tested|read)\b/i,
            /\b[Ii] (?:was looking|was reading|was debugging)\b/,
            /\b(?:we|I|and) (?:\w+ )?noticed\b/i,
          ],
          edit: 'Begin with what you noticed, and that you began by yourself: "While reading … I saw …, so I opened an incident".',
        },
        {
          name: 'the scope',
          weight: 0.5,
          cues: [
            new RegExp(`\\b${NOBODY}[^.;]{0,40}\\b${ASKED}`, 'i'),
            new RegExp(`\\bno (?:\\w+ )?(?:ticket|owner|alarm|alert|incident|report|case)\\b`, 'i'),
            new RegExp(
              `\\b(?:isn't|wasn't|aren't|not|nor)\\b[^.;]{0,20}\\b(?:us|me|mine|ours|(?:my|our) (?:\\w+ )?(?:${GROUP}|app|service|area|patch|job|component|system|code|field))`,
              'i',
            ),
            new RegExp(
              `\\b(?:it's|is|are|was|were|=|from) (?:the )?(?!my|our)[a-z]+ ${GROUP}(?:'s?)?(?=[,.;:]|$| and| or)`,
              'i',
            ),
            new RegExp(`\\b(?!my|our|their|its)[a-z]+ ${GROUP}'s\\b`, 'i'),
            /\b(?:belong\w* (?:to|with)|(?:owned|run|maintained|looked after) by) (?!me\b|us\b|my\b|our\b)\w+/i,
            /\b[a-z]+ (?:owns?|runs?) (?:it|that|this)\b/i,
            /\b(?:no|none had a|without a|wasn't a|was not a) (?:\w+ )?(?:ticket|report|alert|incident|owner|team)\b/i,
            /\b(?:nobody|no one|no-one|none)(?:'s)?\b[^.;]{0,40}\b(?:ask|owns?|owned|assigned|report|incident|complain|looking|particular|else|seen)/i,
            /\b(?:nobody|no one|no-one|neither)\b[^.;]{0,24}\b(?:raised|ticket|backlog|fault|said|noticed)\b|\bin nobody's \w+/i,
            /\b(?:a different|of another|another|other) (?:group|squad|department|division|organi[sz]ation|product|brand)\b|\b(?:of|not) my (?:department|team|group)\b|\bnot? (?:strictly |really )?(?:,? ?)my (?:patch|area|job|service|team)\b/i,
            /\b(?:is|are|was) (?:\w+ )?the \w+ (?:team|group|squad)'s\b|\b(?:two|three|four|several) (?:other )?(?:teams|squads|groups|departments) \w+\b/i,
            /\bnobody's incident\b|\bunasked\b|\bno team owned\b|\bbelonged to neither\b|\bbelongs? to (?:another|the|neither|four|three|two)\b/i,
            /\b(?:another|other) team's\b|\bnot (?:ours|our|mine|my)\b|\bisn't ours\b|\bwas(?:n't| not) (?:on duty|on call|ours)\b|\bhad no duty\b/i,
            /\b(?:owned|run|shared) (?:by|between|with) (?:another|other|two|three|billing|the)\b/i,
            /\b(?:is|are) (?:our team's|our own|the platform's|marketing's|another team's)\b/i,
          ],
          edit: 'Say whose it was and who had asked: "The pool was shared with two teams, there was no ticket, nobody had asked me".',
        },
      ],
    }),
};
