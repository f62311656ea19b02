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
