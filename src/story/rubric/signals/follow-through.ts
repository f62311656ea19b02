import { judgeElements } from '../elements.ts';
import type { Signal } from '../signal.ts';
import { FIX_WORDS } from '../stages.ts';
import { any, FOR_DAYS, REPRODUCED, TEST_PLACE, together, WATCHED } from '../words.ts';

/** Signal 10. */
export const followThrough: Signal = {
  id: 'follow-through',
  judge: ({ story }) =>
    judgeElements(story, {
      beside: [FIX_WORDS],
      elements: [
        {
          name: 'reproduced first',
          weight: 0.25,
          cues: [
            any(REPRODUCED),
            together(
              'I\\b',
              TEST_PLACE,
              '(?:each|every|same|happen\\w*|fail\\w*|lost|there it was)\\b',
            ),
            /\bI (?:made|took|fed|sent|set|put)\b[^.;]{8,80}\b(?:each|every) (?:single )?time\b/i,
            /\b(?:happen\w*|fail\w*|broke)\b[^.;]{0,20}\bon my (?:machine|laptop|bench|desk)\b/i,
            /\breplayed\b|\brecreat\w+/i,
            /\bI (?:wrote|built|made) a (?:\w+ )?(?:test|script|simulation|benchmark)\b[^.;]{0,60}\b(?:fail|show)\w*/i,
            /\b(?:verified|confirmed) (?:it|that|this) on a (?:copy|test)\b/i,
            /\bsimulation\b[^.;]{0,30}\bshowed\b/i,
          ],
          edit: 'Say how you made it happen again before you changed anything: "I reproduced the leak with 100 parallel requests".',
        },
        {
          name: 'tests with the fix',
          weight: 0.25,
          cues: [
            /\b(?:unit|regression|property|instrumented|load|integration|new|its|own|\w+) tests?\b/i,
            /\btests?\b[^.;]{0,20}\b(?:for|per|as|with|on|and)\b/i,
            /\b(?:with|added|wrote|included|held|had) (?:\w+ ){0,3}tests?\b/i,
            /\btest (?:vectors|cases)\b|\bbenchmark\b|\btested\b/i,
          ],
          unless: [
            /\b(?:no|nor a|without a|which no) tests?\b/i,
            /\bcontract tests?\b(?![^.;]{0,40}\bfix)/i,
          ],
          edit: 'Say which test came with the fix.',
        },
        {
          name: 'a way to deploy',
          weight: 0.25,
          cues: [
            // A small part, then a larger one.
            /\b(?:one|a single|(?:the )?smallest|a few|a handful of|half(?: of)?|internal|\d+ ?%|\d+ percent|a (?:tenth|quarter|third) of)\b[^.;]{0,50}(?:→|->|\bthen\b|\bbefore\b|\band (?:\w+ ){0,3}(?:later|after)\b|,)[^.;]{0,30}\b(?:all|rest|others?|everyone|everybody|lot|full\w*|100|half|whole|\d+ ?%)\b/i,
            /\bbefore the (?:rest|others)\b|\b(?:tenth|few|handful) of\b[^.;]{0,30}\b(?:before|first|then)\b/i,
            /\bcanary\b|\bbehind a (?:\w+ )?flag\b|\bstag(?:ed|es)\b|\bgradual\w*\b|\bstep by step\b|\broll-?out\b|\brolled out\b/i,
            /\b(?:one|a) (?:\w+ )?(?:region|node|customer|service|server|machine|index|shard|quarter|consumer)\b[^.;]{0,40}\b(?:first|then|at a time|a day|after)\b/i,
            /\b(?:\d+ %|one of \w+)[^.;]{0,20}\b(?:first|then|all)\b/i,
            /\b(?:node by node|customer by customer|region by region|by region|one by one)\b/i,
            /\b(?:released|deployed|shipped|went|enabled|turned (?:it )?on)\b[^.;]{0,40}\b(?:first|stages|parts|steps|schedule|one (?:region|node|customer|server|machine))\b/i,
          ],
          edit: 'Say how the fix went out: canary, flag, region by region.',
        },
        {
          name: 'watched for days after',
          weight: 0.25,
          cues: [
            new RegExp(`\\b${WATCHED}\\b[^.;]{0,60}\\b${FOR_DAYS}`, 'i'),
            new RegExp(`\\b${FOR_DAYS}[^.;]{0,60}\\bI (?:have )?${WATCHED}`, 'i'),
            /\b(?:watch|follow|check|monitor|observ|compar|track|look|read|kept|keep)\w*\b[^.;]{0,60}\b(?:days?|weeks?|nights?|mornings?|daily|each morning|every day|day \w+|T ?\+ ?\d+ ?d|weekend)\b/i,
          ],
          edit: 'Say how long you watched which figure: "I watched the pool for seven days".',
        },
      ],
    }),
};
