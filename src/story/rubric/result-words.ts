import { GROUP } from './words.ts';

/** Families of words that a result is told with: two figures that stand against each other, their worth, and who took it over. */

const N =
  '(?:[$€£]?\\d[\\d.,]*(?![\\d,.]*\\d)(?: ?%|k\\b)?|zero|nil|none|nothing|nought|no|(?:basically |next to )?(?:none|zero)|one|two|three|four|five|six|seven|eight|nine|ten|twelve|forty|sixty|ninety|an? (?:hundred|half|third|quarter|tenth|fifth))(?!\\w)';
const CONTRAST =
  '(?:from|→|->|=>|before|after\\w*|now|since|today|then|down|bec(?:ame|ome)|instead|where|versus|vs|against|used to|fell|fall\\w*|rose|dropped|went|shrank|sank|declin\\w+|decreas\\w+|reduc\\w+|cut|grew|improved|last (?:week|month)|next (?:week|month)|that (?:day|morning|night|week|sunday)|on the day|earlier|at (?:the|its) (?:worst|peak)|stands?|stood|compared|per cent lower)';

/** Two figures, and a word that one was before and the other after; times of day, days and rollouts are none. */
export const TWO_FIGURES = new RegExp(
  `^(?!.*\\b(?:(?:with|wrote|added|\\d+|\\w+teen|\\w+ve) tests?|shipped|released|rolled|deployed|canary|undone)\\b)(?=.*?(?:\\b|\\s|^)${CONTRAST}(?:\\b|\\s))(?=.*?(?<![:+#-])\\b${N}(?! (?:days?|weeks?|hours?|minutes?)\\b(?! (?:of|late)))[^.;]{1,90}(?<![:+#-])\\b${N}(?! (?:days?|weeks?) (?:later|on|after)\\b)(?!\\w))`,
  'i',
);

/** What a business counts. */
const COUNTED =
  '(?:revenue|conversion|churn|credits?|refunds?|complaints?|cancellations|tickets|rating|customers?|clients?|sign-?ups?|retention|renewals?|re-engagement|registrations|abandoned|orders?|hours|days of work|deliveries|accounts|subscri\\w+|calls|e?-?mails|searches|penalt(?:y|ies)|fines?|trips|visits|MRR|working days|margin|sales|bookings|contracts|bounce|goodwill|launch\\w*|churned|stars|users|readers|reprocessing|reports|bugs|pages)';
export const WORTH: readonly RegExp[] = [
  /[$€£]\s?\d[\d.,]*/,
  /\b\d[\d.,]*\s?(?:dollars|euros|pounds|francs|yen|rupees|kronor|million|k\b|€)/i,
  new RegExp(
    `\\b${COUNTED}\\b[^.;]{0,50}(?:\\d|a day|one|two|three|four|five|none|thirds?|half|fifth|quarter)`,
    'i',
  ),
  new RegExp(
    `\\b(?:\\d[\\d,.]*|one|two|three|four|five|six|seven|ten|about \\w+) (?:\\w+ ){0,2}${COUNTED}\\b`,
    'i',
  ),
  new RegExp(
    `\\b${COUNTED}\\b[^.;]{0,24}\\b(?:rose|fell|up|down|kept|retained|grew|back|fewer|less|halved|doubled|recovered|never came)\\b|\\b(?:kept|retained|won back|fewer|less) (?:\\w+ ){0,2}${COUNTED}\\b`,
    'i',
  ),
  /\b(?:sav|spar|avoid|freed?|gain|recover)(?:ed|ing|es|s)?\b[^.;]{0,30}(?:\d|day|week|half|people)/i,
  /\b(?:CHF|USD|EUR|GBP|INR|Rs|SEK|NOK|DKK|PLN|JPY)\.? ?\d/,
];

/** Passing on: what others do with a guardrail. */
export const ADOPTED =
  '(?:adopt\\w*|cop(?:y|ied|ies)|re-?us\\w+|shar(?:e|es|ed)|spread|enabl\\w+|subscrib\\w+|upgrad\\w+|appl(?:y|ies|ied)|pick\\w* (?:\\w+ ){0,2}up|t(?:ook|akes?|aken)|carri\\w+|lift\\w*|nick\\w*|borrow\\w*|plug\\w* (?:\\w+ )?in(?:to)?|hook\\w*|switch\\w* (?:\\w+ ){0,3}on|us(?:e|es|ed|ing)|make use|runs?|signs?|works? with|ha(?:s|ve) (?:the|it|since|taken|got|put|asked|copied|now)|follow\\w*|fit(?:s|ted)|introduc\\w+|joined|ask\\w* for|wish\\w*|ordered|(?:moved|switched|changed) (?:on |over )?to|migrated to|rolled out to|standard|mandatory|template|default for|found its way|put (?:\\w+ ){1,4}in|are (?:now )?on it|depend on it|came under)\\b';
const SISTERS =
  '(?:services?|platforms?|portals?|tools?|products?|apps?|queues?|pipelines?|shops?|halls?|registr(?:y|ies)|games?|programmes?|programs?|lines?|stores?|markets?|countr(?:y|ies)|plants?|factor(?:y|ies)|schools?|channels?|forms?|depots?|domains?|streams?|integrations?|packagers|museums?|airports?|arena|divisions?|building|every team|code ?bases?)';
export const OTHERS = `(?:(?:two|three|four|five|six|seven|eight|nine|ten|eleven|several|many|all|both|other|another|more|further|next|every|the|[a-z]+(?: [a-z]+)?) ${GROUP}|(?:(?:another|other|two|three|four|several|all|sister|new|every|each|\\w+ and \\w+) (?:\\w+ ){0,2}|(?:our|the) (?:\\w+ ){1,2})${SISTERS}\\b|marketing|finance|sales|payments|billing|support|legal|logistics|search|merch)`;
