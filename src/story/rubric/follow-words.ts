/** Families of words that the way of a fix is told with: made to happen again, brought step by step, watched. */

/** Making it happen on purpose. */
export const REPRODUCED =
  "(?:re-?produc\\w+|repro(?:'d|ed|s)?\\b|re-?creat\\w+|replicat\\w+|re-?play(?:ed|ing)|re-?enact\\w+|simulat\\w+|provok\\w+|elicit\\w*|summon\\w*|conjur\\w+|stag(?:ed|ing) (?:it|that|this|the)|br(?:ought|ing) (?:it|this|that) (?:about|on|back)|(?:trigger|forc|induc)(?:e|ed|ing)? (?:it|this|that|the)|(?:g[eo]t|made|make|had|having|saw|watched) (?:it|them|this|that|the \\w+(?: \\w+)?) (?:to )?(?:happen\\w*|fail\\w*|misbehav\\w+|break\\w*|crash\\w*|appear\\w*|again|every time|each time|each and every)|mak\\w* (?:the )?same|ma[dk]e (?:it|this|that) (?:happen|fail|break)|the same (?:\\w+ )?(?:error|failure|fault|result|effect|picture|phenomenon|symptoms?)|there it was|down it went|ten (?:times )?out of ten|at will|on demand|(?:I|it|this|that|and)\\b[^.;]{0,40}\\b(?:each|every) (?:single )?time)";
export const TEST_PLACE =
  '(?:my (?:own )?(?:machine|laptop|bench|desk|computer|kitchen|phone|office)|locally|(?:test|spare|staging|dev|pre-?prod) ?-?(?:system|environment|box|machine|server|hall|lab|rooms?|site|unit|bench|rig|domain|account)|sandbox|staging|(?:in|on) (?:a|the|our) lab|bench|on a (?:copy|spare)|a copy of|offline|VPN)\\b';

/** A small part of all, and all of it. */
const FEW =
  '(?<![+:.\\d])(?:\\d[\\d.,]* ?%|\\d[\\d.,]*|one|two|three|four|five|six|ten|a single|(?:the )?(?:smallest|first|quietest|pilot)|a few|a handful|half(?: of)?|internal|beta|our own|staff|some|an? (?:tenth|quarter|third|percent|\\w+))(?!\\w)';
const ALL =
  '(?:all\\b(?! (?:there|of (?:it|this)))|(?:the )?rest|(?:the )?others?|everyone|everybody|every \\w+|everywhere|the (?:\\w+ )?lot|in full|fully|100 ?%|the whole|world\\w*|remain\\w*|global\\w*|fleet|the field|entire|wider|the (?:city|country|region)|took over)';
const NEXT =
  '(?:,|;|→|->|…|/|\\bthen\\b|\\bbefore\\b|\\bafter\\w*\\b|\\blater\\b|\\bsubsequently\\b|\\bahead of\\b|\\bonly then\\b)';
/** What is told of a result, not of a way there. */
const RESULT =
  '(?:fell|dropped|declined|decreased|went (?:from|down)|came down|saved?|avoided|restored|adopted|complain\\w*|looked at the logs)';
const SHIPPED =
  '(?:ship|releas|deploy|roll|went|gave|let|tried|ran|put|enabl|br[io]ng|brought|pilot|tests?|live|first|players|users|customers|tenants|PR|fix|repair|patch|correct|chang|applied|opened)\\w*';
/** A small part, then a larger one; a sentence about a fix, and the one behind it. */
export const STEP_BY_STEP = new RegExp(
  `^(?!.*\\b${RESULT}\\b)(?=.*?\\b${SHIPPED})(?=.*?${FEW}[^.;]{0,50}${NEXT}[^.;]{0,40}\\b${ALL})`,
  'i',
);
/** Sizes that grow: "1 %, 10 %, 50 %", "one depot, then four". */
export const GROWING = new RegExp(
  `^(?!.*\\b${RESULT}\\b)(?=.*?\\b${SHIPPED})(?=.*?(?:(?<![:.+\\d])\\d+ ?%|\\b(?:one|a single)\\b)[^.;,]{0,24}(?:,|→|->|\\bthen\\b|\\bafter\\w*\\b|\\bbefore\\b)[^.;,]{0,24}(?:\\d+ ?%|\\b(?:two|three|four|five|six|seven|eight|nine|ten|\\d+)\\b))`,
  'i',
);

/** Taking care of something for a time. */
export const WATCHED =
  '(?:watch|follow(?!ing)|check|monitor|observ|observation|compar|track|look|read|kept|keep|eyeball|baby-?s[ai]t|count|inspect|measur|review|tall(?:y|ie)|went through|tabs|an eye|sat|graph|stayed|verif|peek|sampl|pull|glanc|audit|log|control|supervis|survey|scann|chart|first coffee|on my screen|daily)\\w*';
export const FOR_DAYS =
  '(?:days?|weeks?|fortnight|nights?|mornings?|evenings?|daily|weekend|month|T ?\\+ ?\\d+ ?d|(?:until|till|through) the (?:\\w+ )?(?:\\d|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)\\w*|(?:until|till) (?:the )?(?:\\w+ )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\\b';
/** Day after day, for some days: nobody says that of anything else. */
export const DAY_BY_DAY =
  /\b(?:daily|nightly|(?:each|every) (?:\w+ )?(?:day|morning|evening|night))\b[^.;]{0,60}\b(?:days?|weeks?|fortnight|month|until|till|through|since)\b|\b(?:days|weeks|fortnight|week|month)\b[^.;]{0,60}\b(?:daily|(?:each|every) (?:\w+ )?(?:day|morning|evening|night)|morning and (?:night|evening)|screen|graph|dashboard|figures?|numbers)\b/i;
