import { judgeElements } from '../elements.ts';
import type { Signal } from '../signal.ts';
import { ADOPTED, OTHERS, together } from '../words.ts';

const N =
  '[$€£]?\\d[\\d.,]*|zero|none|nothing|one|two|three|four|five|six|seven|eight|nine|ten|twelve|forty|sixty|ninety|a hundred';

const DIGITS = '[$€£]?\\d[\\d.,]*';
const LATER = `(?:${DIGITS}|zero|none|nothing|nil)`;

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
          cues: [
            new RegExp(`${DIGITS}[^.;]{0,30}(?:→|->|=>)[^.;]{0,20}${LATER}`, 'i'),
            new RegExp(
              `\\b(?:was|were|had been|at (?:the|its) (?:worst|peak)|before|earlier)\\b[^.;]{0,30}${DIGITS}[^.;]{0,40}\\b(?:now|today|after|since|is|are|they're|it's)\\b[^.;]{0,20}${LATER}`,
              'i',
            ),
            new RegExp(
              `${DIGITS}[^.;]{0,40}\\b(?:before|earlier|at (?:the|its) (?:worst|peak)|became)\\b[^.;]{0,30}${LATER}`,
              'i',
            ),
            new RegExp(
              `\\bfrom (?:\\w+ ){0,3}?(?:${N})[^.;]{0,40}?\\bto (?:\\w+ ){0,2}?(?:${N})`,
              'i',
            ),
            new RegExp(
              `(?:${N})[^.;]{0,40}\\bbefore\\b[^.;]{0,30}(?:${N}|nothing|none)[^.;]{0,30}\\b(?:after|since|now|today)?\\b`,
              'i',
            ),
            new RegExp(`(?:${N})[^.;]{0,30}\\binstead of\\b[^.;]{0,20}(?:${N})`, 'i'),
            new RegExp(
              `\\b(?:fell|dropped|rose|went|down|up|grew|shrank|cut|halved|reduced|improved|came back)\\b[^.;]{0,40}(?:${N})[^.;]{0,40}\\b(?:from|to|compared)\\b[^.;]{0,20}(?:${N})`,
              'i',
            ),
            new RegExp(
              `(?:${N})[^.;]{0,30}\\b(?:where|versus|vs|against|down from|up from)\\b[^.;]{0,25}(?:${N})`,
              'i',
            ),
            new RegExp(`(?:${N})[^.;]{0,60}\\bcompared (?:with|to)\\b[^.;]{0,20}(?:${N})`, 'i'),
          ],
          edit: 'Give the metric before and after: "failed checkouts went from 2.1 % to 0.03 %".',
        },
        {
          name: 'the value to the business',
          weight: 0.3,
          cues: [
            /[$€£]\s?\d[\d.,]*/,
            /\b\d[\d.,]*\s?(?:dollars|euros|k\b|€)/i,
            /\b(?:revenue|conversion|churn|credits?|refunds?|complaints?|cancellations|tickets|rating|customers?|sign-?ups?|retention|re-engagement|registrations|abandoned|orders?|hours|days of work|deliveries|registrations|accounts|calls|e?-?mails|searches|penalt(?:y|ies)|fines?|trips|visits|MRR|working days)\b[^.;]{0,50}(?:\d|a day|one|two|three|four|five|none|thirds?|half)/i,
            /\b(?:\d[\d,.]*|one|two|three|four|five|six|seven|ten|about \w+) (?:\w+ ){0,2}(?:customers|orders|accounts|sign-?ups|complaints|refunds|tickets|deliveries|hours|registrations|stars|users|calls|e?-?mails|searches|trips|visits)\b/i,
            /\b(?:sav|spar|avoid|freed?|gain|recover)(?:ed|ing|es|s)?\b[^.;]{0,30}(?:\d|day|week|half)/i,
            /\b(?:CHF|USD|EUR|GBP|INR|Rs|SEK|NOK|DKK|PLN)\.? ?\d/,
          ],
          unless: [
            /\b(?:wait(?:ing)?|leaving|each hour|each minute|a minute|T ?\+ ?\d|per minute)\b|^(?!.*\bfrom\b).*\ban hour\b/i,
          ],
          edit: 'Say what that was worth: money, customers kept, hours of people.',
        },
        {
          name: 'the second-order effect',
          weight: 0.3,
          cues: [
            together(ADOPTED, OTHERS),
            /\b(?:adopt|copi|reus|shar|spread|us|enabl|subscrib|upgrad|appl|pick|took|tak|carri)\w*\b[^.;]{0,40}\b(?:team|teams|services?|group|groups|platforms?|portal|portals|tool|queue|queues)\b/i,
            /\b(?:team|teams|services?|groups?|platforms?|portal|tool|products?|apps?)\b[^.;]{0,30}\b(?:ha(?:s|ve) (?:since )?(?:adopted|taken|copied|subscribed|enabled|upgraded)|adopted|copied|took|takes?|shares?|reuses?|reused|picked|use|uses|upgraded|subscribed|enabled|asked for|records?|are all)\b/i,
            /\b(?:became|is now|was) (?:the )?(?:\w+ )?(?:norm|standard|template|default)\b/i,
            /\b(?:taken over|picked up|adopted|reused|copied) (?:by|in)\b/i,
            /\b(?:first|new) shared\b/i,
          ],
          edit: 'Say what followed from it: who adopted the guardrail, which other service runs it.',
        },
      ],
    }),
};
