import { judgeElements } from '../elements.ts';
import {
  DAY_BY_DAY,
  FOR_DAYS,
  GROWING,
  REPRODUCED,
  STEP_BY_STEP,
  TEST_PLACE,
  WATCHED,
} from '../follow-words.ts';
import type { Signal } from '../signal.ts';
import { FIX_WORDS } from '../stages.ts';
import { any, together } from '../words.ts';

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
          act: 'late',
          cues: [
            any(REPRODUCED),
            together(
              TEST_PLACE,
              '(?:same|happen\\w*|failed|failing|fails|broke\\w*|show(?:ed|s)|appear\\w*|gave|crash\\w*|there it was)\\b',
            ),
            /\bI (?:wrote|built|made) an? (?:\w+ )?(?:test|script|simulation|benchmark|file)\b[^.;]{0,60}\b(?:fail|show)\w*/i,
          ],
          edit: 'Say how you made it happen again before you changed anything: "I reproduced the leak with 100 parallel requests".',
        },
        {
          name: 'tests with the fix',
          weight: 0.25,
          cues: [
            /\btests?\b|\btest (?:vectors|cases|files)\b|\bbenchmark\b|\btested\b|\b(?:regression|test) suite\b/i,
            /\b(?:with|carries|added|wrote|came with|brought) (?:\w+ ){0,3}(?:checks|assertions|specs|cases)\b/i,
          ],
          unless: [
            /\b(?:no|nor a|without an?y?|which no|nobody|never|not|hadn't|wasn't|any|failed to|have to|to) (?:\w+ ){0,2}test(?:s|ed)?\b|\buntested\b/i,
            /\b(?:contract|smoke|load) tests?\b(?![^.;]{0,40}\bfix)/i,
            /\btests? (?:environment|system|box|machine|server|hall|rooms?|site|bench|domain|accounts?|mail)\b/i,
          ],
          edit: 'Say which test came with the fix.',
        },
        {
          name: 'a way to deploy',
          weight: 0.25,
          act: 'late',
          cuesOfTwo: [STEP_BY_STEP, GROWING],
          cues: [
            /\bcanar(?:y|ies)\b|\b(?:behind|under) an? (?:\w+ )?(?:flag|switch|toggle)\b|\bstag(?:ed|es)\b|\bphase[ds]?\b|\bwaves\b|\bgradual\w*\b|\b(?:step by step|bit by bit|by halves|by degrees|in (?:parts|steps|slices))\b|\broll-?out\b|\brolled out\b|\bdark[- ]launch\w*\b|\bblue[-/]green\b|\bshadow\b|\bpilot\b|\b(?:beside|alongside) the old\b|\bfeature-flag\w*\b|\ba notch a\b|\bring (?:by|zero|0)\b/i,
            /\b(?:(?:node|customer|region|shop|site|stand|team|tenant|depot|store|country) by \w+|by region|one (?:by one|at a time|after the other))\b/i,
            /\b(?:one|a) (?:\w+ )?(?:region|node|customer|service|server|machine|index|shard|quarter|consumer|shop|site|team|tenant)\b[^.;]{0,40}\b(?:first|then|at a time|a day|after)\b/i,
            /\b(?:\d+ %|one of \w+)[^.;]{0,20}\b(?:first|then|all)\b/i,
            /\b(?:released|deployed|shipped|went|enabled|let it (?:out|loose)|tried|turned (?:it )?on|got it|had it)\b[^.;]{0,40}\b(?:first|stages|parts|steps|schedule|one (?:region|node|customer|server|machine))\b/i,
            /\bbefore the (?:rest|others|other \w+)\b|\bfirst(?:,| and) (?:only )?(?:then|after)\b|\bstarted with\b[^.;]{0,40}\bafter\b/i,
          ],
          edit: 'Say how the fix went out: canary, flag, region by region.',
        },
        {
          name: 'watched for days after',
          weight: 0.25,
          act: 'late',
          cues: [
            DAY_BY_DAY,
            new RegExp(`\\b${WATCHED}\\b[^.;]{0,60}\\b${FOR_DAYS}`, 'i'),
            new RegExp(`\\b${FOR_DAYS}[^.;]{0,60}\\bI (?:have )?${WATCHED}`, 'i'),
          ],
          unless: [/\b(?:complain|took|lasted)\w*\b[^.;]{0,20}\b(?:days?|weeks?)\b/i],
          edit: 'Say how long you watched which figure: "I watched the pool for seven days".',
        },
      ],
    }),
};
