/** What a stretch of a postmortem is about; it decides which flags apply, and how strictly. */
export const sections = [
  'summary',
  'impact',
  'detection',
  'timeline',
  'causes',
  'mitigation',
  'fix',
  'prevention',
  'went-well',
  'went-wrong',
  'luck',
  'lessons',
  'actions',
  'messages',
  'story',
  'other',
] as const;

export type Section = (typeof sections)[number];

/** Here every finding blocks: what is written here decides what is done. */
export const strictSections: ReadonlySet<Section> = new Set([
  'causes',
  'prevention',
  'lessons',
  'actions',
]);

/** Words of headings, in the order in which they are asked: "what went well" before "what happened". */
const headings: readonly (readonly [Section, RegExp])[] = [
  ['went-well', /\b(went|worked|did) well\b|\bstrengths\b/],
  ['went-wrong', /\b(went|gone) (wrong|badly|poorly)\b|\b(not|n't) (go|work) well\b|\bweakness/],
  ['luck', /\bluck(y|ily)?\b|\bfortun/],
  [
    'actions',
    /\baction|\bfollow[- ]?ups?\b|\bnext steps\b|\bto[- ]?dos?\b|\btasks\b|\bremediation/,
  ],
  ['prevention', /\bprevent|\bguardrail|\bcorrective\b|\bsafeguard/],
  ['lessons', /\blesson|\blearn(ed|t|ings?)?\b|\btakeaway|\breflection|\bretrospective\b/],
  ['timeline', /\btimeline\b|\bchronology\b|\bsequence of events\b|\bevents\b|\blog\b/],
  ['detection', /\bdetect|\bhow (we|it was) (noticed|found|discovered)\b|\balerting\b/],
  ['mitigation', /\bmitigat|\bresponse\b|\brecover|\bresolution\b|\bresolved?\b/],
  ['fix', /\bfix(es|ed)?\b|\brepair/],
  ['causes', /\bcaus(e|es|al)\b|\bcontributing\b|\bfactors\b|\bwhys?\b|\banalysis\b|\btrigger\b/],
  ['impact', /\bimpact\b|\bdamage\b|\bcost\b|\baffected\b/],
  ['messages', /\bmessages?\b|\bcommunicat|\bstatus updates?\b|\bannouncement/],
  ['story', /\bstory\b|\bsituation\b|\bstar\b/],
  ['summary', /\bsummary\b|\boverview\b|\babstract\b|\btl;?dr\b|\bwhat happened\b/],
];

/** The section that a heading opens; undefined for a heading that says nothing of it. */
export function sectionOf(heading: string): Section | undefined {
  const text = heading.slice(0, 200).toLowerCase().replaceAll('’', "'");
  return headings.find(([, pattern]) => pattern.test(text))?.[0];
}

export function isSection(name: string): name is Section {
  return sections.some((section) => section === name);
}
