import type { StorySentence, StoryText } from '../text/story-text.ts';
import { findSentence } from './elements.ts';
import { cite, type CitedSentence } from './signal.ts';
import { GROUP } from './words.ts';

/** What ends a story for a reviewer, whatever else it says. */
const disqualifierTitles = {
  'handed-over': 'handed over and waited',
  'no-numbers': 'no numbers',
  'more-careful': '"be more careful"',
  'no-regrets': '"would not change anything"',
  'alone-at-night': 'alone through the night',
  assigned: 'effort that was assigned',
  'one-team': "one team's scope at senior level",
} as const;

export type DisqualifierId = keyof typeof disqualifierTitles;

export type Disqualifier = {
  readonly id: DisqualifierId;
  readonly title: string;
  /** Null where the whole story is what says it. */
  readonly sentence: CitedSentence | null;
  readonly reason: string;
  readonly edit: string;
};

type Rule = {
  readonly cues: readonly RegExp[];
  readonly cuesOfTwo?: readonly RegExp[];
  readonly unless: readonly RegExp[];
  readonly reason: string;
  readonly edit: string;
};

const WORK = '(?:it|this|that|the \\w+(?: \\w+)?)';

export const HANDED_OVER: readonly RegExp[] = [
  new RegExp(
    `\\bI (?:\\w+ )?(?:handed|passed|gave|forwarded|escalated|assigned|reassigned|transferred|reported) ${WORK}\\b[^.;]{0,80}\\b(?:wait(?:ed|ing)?|until they|till they|left it (?:with|to) them|stood by|sat back)\\b`,
    'i',
  ),
  /\b(?:opened|filed|raised|wrote) (?:a|the) ticket\b[^.;]{0,100}\b(?:wait(?:ed|ing)? for|then waited|and waited|until they)\b/i,
  /\bI\b[^.;]{0,80}\b(?:left|leave) (?:it|that|this|the rest|everything) (?:with|to|up to) (?!me|us)\w+/i,
  /\b(?:nothing|wasn't anything|was not anything|not much|little)\b[^.;]{0,20}\b(?:else|more|left|for me|I could)\b[^.;]{0,24}\b(?:do|done)\b/i,
  /\bI\b[^.;]{0,80}\b(?:handed|passed|gave|turned) (?!(?:[\w']+ ){0,3}(?:pagers?|phones?|shifts?|duty|rotation|on-?call) )(?:[\w']+ ){1,4}over\b(?! to (?:me|us)\b)|\b(?:in|into) (?:their|his|her) hands\b/i,
  /\bI (?:then |just |only )?waited (?:for|until) (?:them|their|the \w+(?: \w+)? (?:team|group|vendor|people))\b/i,
];

export const ASSIGNED = {
  cues: [
    /\b(?:my|our|the) (?:manager|lead|boss|director|team lead|cto|vp|head)\b[^.;]{0,20}\b(?:(?:asked|told|assigned|instructed|ordered|tasked|wanted) (?:me|us) (?:to|with)|(?:gave|handed|set) (?:me|us))\b/i,
    /\b(?:I|we) (?:was|were|got|had been|have been) (?:assigned|tasked|told|asked|instructed|ordered|given)\b/i,
    /\b(?:I|we) (?:got|received|was given|were given|was handed)\b[^.;]{0,60}\b(?:from|by) (?:my|our|the) (?:manager|lead|boss|director|team lead|cto|vp|head)\b/i,
    /\bas (?:a|my|our) (?:task|assignment|ticket|goal|objective)\b/i,
    /\b(?:ticket|task|issue|incident|work|bug|it) (?:was|got|had been) (?:assigned|given) to (?:me|us)\b/i,
  ],
  unless: [
    /\b(?:nobody|no one|not|never|without|before anyone|wasn't|weren't)\b[^.;]{0,30}\b(?:asked|assigned|told|given|tasked)\b/i,
  ],
} as const;

export const NO_REGRETS: readonly RegExp[] = [
  /\b(?:would not|wouldn't|would never) (?:have )?(?:change|changed|do|done) (?:anything|a thing|much|it differently)\b/i,
  /\b(?:would|'d) (?:change|do) nothing\b/i,
  /\bnothing (?:that )?(?:I|we)(?:'d| would) (?:have )?(?:change|do|done|changed)\b/i,
  /\b(?:would|'d) do (?:it|everything|all of it) (?:exactly )?(?:the same|again|that way)\b/i,
  /\b(?:would|'d) do (?:exactly |precisely |just )?the same\b/i,
  /\bno regrets\b|\b(?:did|done|got|handled) (?:everything|it all|all of it) (?:right|correctly|perfectly)\b/i,
  /\b(?:every|each|all)\b[^.;]{0,40}\b(?:decision|step|move|call|thing)s?\b[^.;]{0,30}\b(?:was|were) (?:the )?(?:right|correct|perfect)\b/i,
  /\b(?:I|we)\b[^.;?]{0,80}\b(?:no (?:need|reason|wish)|nothing|not|never|n't)\b[^.;?]{0,24}\b(?:differently|otherwise|another way)\b/i,
];

const textual: Readonly<
  Record<'handed-over' | 'more-careful' | 'no-regrets' | 'alone-at-night' | 'assigned', Rule>
> = {
  'handed-over': {
    cues: HANDED_OVER,
    unless: [],
    reason: 'The work went to somebody else, and the story waits with you.',
    edit: 'Tell a story in which you acted, or tell what you did while they worked.',
  },
  'more-careful': {
    cues: [
      /\b(?:be|being|been) (?:much |far |a (?:lot|bit|little) )?(?:more|extra) (?:careful|cautious|attentive|vigilant|diligent|mindful)\b/i,
      /\b(?:pay|paying|paid) (?:\w+ )?(?:more|closer|better|greater) attention\b/i,
      /\bdouble-?check\b|\b(?:check|look|think|read)(?:ing)? (?:[\w']+ ){0,2}twice\b|\btry harder\b|\btake (?:more|better|greater) care\b|\bmore carefully (?:next time|in (?:the )?future)\b/i,
    ],
    unless: [
      /\b(?:not|instead of|rather than|beats|is no guardrail)\b[^.;]{0,20}\b(?:careful|attention|double-?check)\b/i,
    ],
    reason: 'Resolving to be careful changes nothing that failed.',
    edit: 'Put a guardrail in its place, with its date: what refuses, warns or undoes by itself?',
  },
  'no-regrets': {
    cues: NO_REGRETS,
    // A question, and its answer.
    cuesOfTwo: [
      /\b(?:differently|otherwise|another way|change (?:anything|something|a thing))\?\W+(?:\w+,? ){0,2}(?:no|nope|not|nothing|never|hardly|I don't)\b/i,
    ],
    unless: [],
    reason: 'Who would change nothing has learned nothing.',
    edit: 'Name one decision that you would take sooner or otherwise, and why.',
  },
  'alone-at-night': {
    cues: [
      /\b(?:all|whole|entire|through(?:out)? the|over) night\b[^.;]{0,80}\b(?:alone|on my own|by myself|single-?handed\w*|without sleep|saved?)\b/i,
      /\b(?:alone|on my own|by myself|single-?handed\w*)\b[^.;]{0,60}\b(?:night|(?:until|till) (?:dawn|sunrise|(?:the )?(?:early )?morning|(?:(?:half|quarter|about|around|nearly|almost) (?:past |to )?)?(?:two|three|four|five|six|seven|[2-7])(?::\d\d)? ?(?:am\b|a\.m|o'clock|in the morning)))\b/i,
      /\ball-?nighter\b|\b(?:stayed|was|worked|been|sat) (?:up|awake|on)? ?(?:all|the whole|through the|the entire) night\b/i,
      /\bsingle-?handed(?:ly)? (?:saved|rescued|restored|kept)\b/i,
    ],
    unless: [],
    reason: 'A rescue by one person through the night is a risk that was taken, not a strength.',
    edit: 'Tell how the work was shared: roles, rotation, who took over when.',
  },
  assigned: {
    cues: ASSIGNED.cues,
    unless: ASSIGNED.unless,
    reason: 'It was assigned, so it does not show ownership.',
    edit: 'Choose a story that you began, or the part of this one that nobody had asked for.',
  },
};

/** Quantities: digits or words with a unit; times of day, T+… and dates are none. */
const QUANTITY =
  /(?:[$€£]\s?\d|\d(?:[\d.,]*\d)?\s?(?:%|percent|ms\b|s\b|seconds?|minutes?|hours?|GB|MB|kB|times|x\b|€|dollars?|euros?|points?)|\b\d[\d,.]*\d\b|\b\d+ (?!d\b|days?\b|min\b|h\b|January|February|March|April|May|June|July|August|September|October|November|December)[a-z]+|\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|hundred|thousand|million|half|third|quarter|twice|doubled|halved)\b)/i;
const MOMENTS =
  /\bT ?\+ ?\d+(?: ?(?:d|days?|w|weeks?|min|minutes?|h|hours?|s))?\b|\b\d{1,2}:\d{2}\b/gi;

/** Signs that more than one team was concerned, or took it over. */
const BEYOND_ONE_TEAM: readonly RegExp[] = [
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|several|many|both|all|other|more|most|\d+) (?:[a-z-]+ ){0,3}(?:teams|services|groups|platforms|products|departments|organi[sz]ations|squads|companies|brands|divisions|lines|suppliers|partners|units)\b/i,
  new RegExp(
    `\\b(?:two|three|four|five|six|seven|eight|nine|ten|several|many|both|all|other|another|different|further|more|most|\\d+) (?:[a-z-]+ ){0,3}(?:${GROUP}|channels\\b|subsidiaries\\b|data cent(?:re|er)s\\b|apps\\b)`,
    'i',
  ),
  new RegExp(`\\b[a-z]+ and [a-z]+ ${GROUP}`, 'i'),
  // Whose it was, where that is somebody else; and several who were called together.
  /\b(?:(?:belong|depend)\w* (?:to|on|with)|(?:owned|run|maintained|looked after) by) (?!me\b|us\b|my\b|our\b)/i,
  /\b(?:all|the) (?:two|three|four|five|six|seven)\b|\bto (?:the )?\w+, (?:to )?(?:the )?\w+,? and (?:to )?(?:the )?\w+/i,
  /\b(?:another|other) (?:team|service|group|platform|department|product|squad|brand|division)\b/i,
  /\bacross (?:the )?(?:\w+ )?(?:teams|services|company|organi[sz]ation|products|platforms)\b/i,
  /\bcompany-?wide\b|\bcompany's standard\b|\borg-?wide\b/i,
];
const TEAM_NAME =
  /\b(?!(?:my|our|the|a|one|same|whole|this|that|own)\b)([a-z]+) (?:team|group|squad|division|department|pod|org|crew|folks|people|guys)(?:'s)?\b/gi;

export type DisqualifyOptions = {
  /** Whether the level asks for more than one team. */
  readonly isWideScope: boolean;
};

/** What disqualifies a story, in the order of the table. */
export function disqualifiersOf(
  story: StoryText,
  { isWideScope }: DisqualifyOptions,
): readonly Disqualifier[] {
  const found: Disqualifier[] = [];
  const add = (
    id: DisqualifierId,
    sentence: StorySentence | undefined,
    reason: string,
    edit: string,
  ) =>
    found.push({
      id,
      title: disqualifierTitles[id],
      sentence: sentence === undefined ? null : cite(sentence, 'lost'),
      reason,
      edit,
    });
  for (const id of [
    'handed-over',
    'more-careful',
    'no-regrets',
    'alone-at-night',
    'assigned',
  ] as const) {
    const { reason, edit, ...matcher } = textual[id];
    const sentence = findSentence(story, matcher);
    if (sentence !== undefined) add(id, sentence, reason, edit);
  }
  if (story.sentences.length > 0 && !hasNumbers(story)) {
    add(
      'no-numbers',
      undefined,
      'No count, share, duration or amount is said.',
      'Say how many, for how long and how much: failed before, failed after, money or hours.',
    );
  }
  if (isWideScope && story.sentences.length > 0 && !isBeyondOneTeam(story)) {
    add(
      'one-team',
      undefined,
      'At this level a story reaches beyond one team, and this one does not.',
      'Say whom else it concerned, whom you led, and who took your guardrail over; or choose another story.',
    );
  }
  return found;
}

function hasNumbers({ sentences }: StoryText): boolean {
  return sentences.filter(({ text }) => QUANTITY.test(text.replaceAll(MOMENTS, ' '))).length > 0;
}

function isBeyondOneTeam(story: StoryText): boolean {
  if (findSentence(story, { cues: BEYOND_ONE_TEAM }) !== undefined) return true;
  const teams = story.sentences.flatMap(({ text }) =>
    [...text.matchAll(TEAM_NAME)].map(([, name = '']) => name.toLowerCase()),
  );
  return new Set(teams).size >= 2;
}
