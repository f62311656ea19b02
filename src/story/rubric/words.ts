/**
 * Families of words, as parts of patterns: what people say the same thing with. A signal asks for a family, or for two of them in
 * one sentence, rather than for a phrase.
 */

/** A pattern for one of these, as whole words. */
export function any(...families: readonly string[]): RegExp {
  return new RegExp(`\\b(?:${families.join('|')})`, 'i');
}

/** A pattern for sentences that hold one of each family, in whatever order. */
export function together(...families: readonly string[]): RegExp {
  return new RegExp(`^${families.map((family) => `(?=.*?\\b(?:${family}))`).join('')}`, 'i');
}

/** People who are organised: whose something is, and who takes something over. */
export const GROUP =
  '(?:teams?|squads?|groups?|departments?|divisions?|organi[sz]ations?|orgs?|pods?|units?|crews?|folks|guys|people|brands?|subsidiar(?:y|ies)|compan(?:y|ies)|offices?|branch(?:es)?|vendors?|suppliers?|institutes?|regions?|sites?)\\b';

/** Seeing something oneself. */
export const NOTICED =
  '(?:saw|see|seen|notic\\w+|spot(?:s|ted)?|caught|clocked|observ\\w+|detect\\w+|identif\\w+|discover\\w+|heard|reali[sz]\\w+|remark\\w*|came (?:across|upon)|stumbl\\w+|happened (?:up)?on|watching|picked up on)\\b';
/** Beginning by oneself. */
export const BEGAN =
  "(?:opened|declared|raised|logged|reported|announced|began|started|contacted|called|rang|phoned|pinged|pulled|brought|gathered|offer\\w*|volunteer\\w*|propos\\w+ to|owned|jumped (?:on|in)|stepped (?:in|up)|went for it|picked (?:it|this) up|said I'd|asked if I could|t(?:ook|ake) (?:it|this|that|on|over|charge|command|the lead|the initiative|care)|(?:assum|tak)ed? (?:\\w+ ){0,2}(?:command|charge|lead|ownership)|run this|on (?:my|our) own (?:initiative|accord))\\b";
/** Nobody had, and nothing was there. */
export const NOBODY =
  "(?:nobody|no[ -]one|no person|none|neither|nothing|no (?:\\w+ )?(?:owner|ticket|report|alert|alarm|incident|case|page|complaint)|(?:not|wasn't|weren't|without|isn't) (?:an?|any) (?:\\w+ )?(?:owner|ticket|report|alert|alarm|incident|case|page|complaint)|unasked)\\b";
export const ASKED =
  '(?:ask\\w*|own\\w*|assign\\w*|report\\w*|rais\\w+|fil(?:ed|ing)|open\\w*|flag\\w*|pag(?:ed|ing)|complain\\w*|notic\\w+|sa(?:y|id)|seen|looking|charge|responsible|ticket|incident|alarm|alert|case|backlog|particular|else|fault|designated|on it|there|or anything|anything)\\b';

/** People, or what was wrong with them, are well: the impact is over. */
const THEY =
  '(?:customers?|clients?|users?|readers?|riders?|passengers?|patients?|drivers?|buyers?|guests?|players?|pupils?|students?|callers?|shoppers?|visitors?|members?|people|public|everyone|everybody|folks|they)';
const HARM =
  '(?:impact|harm|damage|bleeding|fire|pain|outage|disruption|degradation|loss(?:es)?|effects?|symptoms?|exposure|danger|emergency)';
export const RELIEF = `(?:(?:end|stopp|halt|contain|limit)(?:ed|ing) (?:the|this|that|all|any) (?:further )?${HARM}|${THEY}\\b[^.;]{0,24}\\b(?:fine|safe|okay|ok|all right|unharmed|unaffected|out of (?:the woods|danger|trouble)|no longer)|${HARM}\\b(?:'s)?[^.;]{0,24}\\b(?:out|over|finish\\w*|end(?:ed|s)?|stop\\w*|contained|gone|halt\\w*|under control))\\b`;

/** What is as it should be again; said with the time of day, it is when the impact was over. */
export const RESTORED =
  '(?:back|again|normal\\w*|restored|recovered|as (?:usual|before|it should|they should)|right|whole|flat|working|running|green|gone)\\b';
export const CLOCK = '(?:T ?\\+ ?\\d+(?! ?(?:d|days?|w|weeks?)\\b)|(?:[01]?\\d|2[0-3]):[0-5]\\d)';

/** Passing on: what others do with a guardrail. */
export const ADOPTED =
  '(?:adopt\\w*|cop(?:y|ied|ies)|re-?us\\w+|shar(?:e|es|ed)|spread|enabl\\w+|subscrib\\w+|upgrad\\w+|appl(?:y|ies|ied)|pick\\w* (?:\\w+ ){0,2}up|t(?:ook|akes?|aken)|carri\\w+|lift\\w*|nick\\w*|borrow\\w*|plug\\w* (?:\\w+ )?in(?:to)?|hook\\w*|switch\\w* (?:\\w+ ){0,3}on|us(?:e|es|ed|ing)|make use|runs?|ha(?:s|ve) (?:the|it|since|taken|got|put|asked)|follow\\w*|fit(?:s|ted)|introduc\\w+|joined|ask\\w* for|moved to)\\b';
export const OTHERS = `(?:(?:two|three|four|five|six|several|many|all|other|another|more|further|next|[a-z]+(?: [a-z]+)?) ${GROUP}|(?:another|other|two|three|several|our|the) (?:\\w+ )?(?:services?|platforms?|portals?|tools?|products?|apps?|queues?|pipelines?|shops?|halls?|registr(?:y|ies)))`;
