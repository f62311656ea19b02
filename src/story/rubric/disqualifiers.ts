import type { StorySentence, StoryText } from '../text/story-text.ts';
import { guardrailOf } from './guardrail.ts';
import {
  ALONE,
  ALONE_AT_NIGHT,
  ASSIGNED,
  BUT,
  GIVEN_AWAY,
  HANDED_OVER,
  MORE_CAREFUL,
  NO_REGRETS,
  NOT_ASSIGNED,
  ONLY_WAITED,
  OUT_OF_MY_HANDS,
  PERHAPS_ASSIGNED,
  PERHAPS_CAREFUL,
  PERHAPS_NO_REGRETS,
  THROUGH_NIGHT,
  WENT_ON,
} from './fault-words.ts';
import { hasNumbers } from './numbers.ts';
import { isBeyondOneTeam } from './reach.ts';
import { SOMEBODY_ELSES } from './teller-words.ts';
import { cite, type CitedSentence, type SignalId, type SignalScore } from './signal.ts';
import { together } from './words.ts';

/** What ends a story for a reviewer, whatever else it says. */
const faults = {
  'handed-over': {
    title: 'handed over and waited',
    reason: 'The work went to somebody else, and the story waits with you.',
    edit: 'Tell a story in which you acted, or tell what you did while they worked.',
  },
  'no-numbers': {
    title: 'no numbers',
    reason: 'No count, share, duration or amount is said.',
    edit: 'Say how many, for how long and how much: failed before, failed after, money or hours.',
  },
  'more-careful': {
    title: '"be more careful"',
    reason: 'Resolving to be careful changes nothing that failed.',
    edit: 'Put a guardrail in its place, with its date: what refuses, warns or undoes by itself?',
  },
  'no-regrets': {
    title: '"would not change anything"',
    reason: 'Who would change nothing has learned nothing.',
    edit: 'Name one decision that you would take sooner or otherwise, and why.',
  },
  'alone-at-night': {
    title: 'alone through the night',
    reason: 'A rescue by one person through the night is a risk that was taken, not a strength.',
    edit: 'Tell how the work was shared: roles, rotation, who took over when.',
  },
  assigned: {
    title: 'effort that was assigned',
    reason: 'It was assigned, so it does not show ownership.',
    edit: 'Choose a story that you began, or the part of this one that nobody had asked for.',
  },
  'one-team': {
    title: "one team's scope at senior level",
    reason: 'At this level a story reaches beyond one team, and this one does not.',
    edit: 'Say whom else it concerned, whom you led, and who took your guardrail over; or choose another story.',
  },
} as const;

export type DisqualifierId = keyof typeof faults;

export type Disqualifier = {
  readonly id: DisqualifierId;
  readonly title: string;
  /** Null where the whole story is what says it. */
  readonly sentence: CitedSentence | null;
  readonly reason: string;
  readonly edit: string;
};

/** What disqualifies, and what might: the teller knows whether it does. Both in the order of the table. */
export type Verdicts = {
  readonly disqualifiers: readonly Disqualifier[];
  readonly questions: readonly Disqualifier[];
};

export type DisqualifyOptions = {
  /** Whether the level asks for more than one team. */
  readonly isWideScope: boolean;
  /** All ten, as they were scored. */
  readonly signals: readonly SignalScore[];
};

/** A fault that was found: sure if it is said outright, or nothing else in the story speaks against it. */
type Found = {
  readonly id: DisqualifierId;
  readonly sentence: StorySentence | undefined;
  readonly isSure: boolean;
};

export function disqualifiersOf(story: StoryText, options: DisqualifyOptions): Verdicts {
  const found = [
    handedOver(story, options),
    moreCareful(story),
    noRegrets(story, options),
    aloneAtNight(story),
    assigned(story),
    noNumbers(story, options),
    oneTeam(story, options),
  ].filter((one) => one !== undefined);
  const asDisqualifier = ({ id, sentence }: Found): Disqualifier => ({
    id,
    sentence: sentence === undefined ? null : cite(sentence, 'lost'),
    ...faults[id],
  });
  return {
    disqualifiers: found.filter(({ isSure }) => isSure).map(asDisqualifier),
    questions: found.filter(({ isSure }) => !isSure).map(asDisqualifier),
  };
}

const says = (text: string, cues: readonly RegExp[]): boolean => cues.some((cue) => cue.test(text));

/** The sentence and the one behind it. */
function pair({ sentences }: StoryText, { text, nth }: StorySentence): string {
  return `${text} ${sentences[nth + 1]?.text ?? ''}`;
}

/** The sentences from this part of the story on, or up to it; a part from 0 to 1. */
function from({ sentences }: StoryText, part: number): readonly StorySentence[] {
  return sentences.slice(Math.floor(sentences.length * part));
}

function handedOver(story: StoryText, { signals }: DisqualifyOptions): Found | undefined {
  const id = 'handed-over';
  const outright = story.sentences.find(({ text }) => says(text, HANDED_OVER));
  if (outright !== undefined) return { id, sentence: outright, isSure: true };
  const sentence = story.sentences.find((one) => {
    const told = pair(story, one);
    if (OUT_OF_MY_HANDS.test(one.text)) return true;
    return (
      GIVEN_AWAY.test(one.text) &&
      /\bI\b/.test(told) &&
      ONLY_WAITED.test(told) &&
      !WENT_ON.test(told)
    );
  });
  if (sentence === undefined) return undefined;
  // Who reproduces, tests and watches did not only wait.
  return {
    id,
    sentence,
    isSure: !isEarned(signals, 'follow-through') && !isEarned(signals, 'reversible'),
  };
}

function moreCareful(story: StoryText): Found | undefined {
  const id = 'more-careful';
  const isDenied = ({ text }: StorySentence): boolean =>
    /\b(?:not|instead of|rather than|beats|is no guardrail)\b[^.;]{0,20}\b(?:careful|attention|double-?check)\b/i.test(
      text,
    );
  const outright = story.sentences.find((one) => says(one.text, MORE_CAREFUL) && !isDenied(one));
  if (outright !== undefined) return { id, sentence: outright, isSure: true };
  const sentence = from(story, 1 / 3).find(({ text }) => PERHAPS_CAREFUL.test(text));
  if (sentence === undefined) return undefined;
  return { id, sentence, isSure: guardrailOf(story) === undefined };
}

/** What would be done otherwise, said in the same breath. */
const SOONER =
  /\b(?:but|only|except|apart from)\b[^.;]{0,60}\b(?:sooner|earlier|faster|quicker|first|before|with|without)\b/i;

/** The question "What would you do differently?" and its answer. */
const ASKED_AND_DENIED =
  /\b(?:differently|otherwise|another way|change (?:anything|something|a thing))\?\W+(?:\w+,? ){0,2}(?:no|nope|not|nothing|never|hardly|I don't)\b/i;

function noRegrets(story: StoryText, { signals }: DisqualifyOptions): Found | undefined {
  const id = 'no-regrets';
  const outright = story.sentences.find(
    (one) =>
      (says(one.text, NO_REGRETS) && !SOONER.test(one.text)) ||
      ASKED_AND_DENIED.test(pair(story, one)),
  );
  if (outright !== undefined) return { id, sentence: outright, isSure: true };
  const sentence = from(story, 0.6).find(
    ({ text }) => says(text, PERHAPS_NO_REGRETS) && !BUT.test(text),
  );
  if (sentence === undefined) return undefined;
  const otherwise = signals.find(({ signal }) => signal === 'reflection')?.elements[0]?.sentence;
  return {
    id,
    sentence,
    isSure: otherwise === undefined || otherwise === null || otherwise.from === sentence.from,
  };
}

const ALONE_ALL_NIGHT = together(ALONE, THROUGH_NIGHT);
/** What runs through the night is a machine, or a shift. */
const NOT_PEOPLE =
  /\b(?:job|batch|service|script|task|import|report|it) (?:runs?|had run|ran|works?)\b|\bshifts?\b|\bwoke (?:two|the|three|another|up)\b|\bwith (?:two|three|the) (?:others|colleagues)\b/i;

function aloneAtNight(story: StoryText): Found | undefined {
  const id = 'alone-at-night';
  const isIt = (text: string): boolean =>
    (ALONE_ALL_NIGHT.test(text) || says(text, ALONE_AT_NIGHT)) && !NOT_PEOPLE.test(text);
  const sentence =
    story.sentences.find(({ text }) => isIt(text)) ??
    story.sentences.find((one) => isIt(pair(story, one)));
  return sentence === undefined ? undefined : { id, sentence, isSure: true };
}

/** Where a story says how it came to the teller, if it does. */
const BEGINNING = 0.4;

function assigned(story: StoryText): Found | undefined {
  const id = 'assigned';
  const isIt = ({ text }: StorySentence, cues: readonly RegExp[]): boolean =>
    says(text, cues) && !NOT_ASSIGNED.test(text);
  const outright = story.sentences.find((one) => isIt(one, ASSIGNED));
  if (outright !== undefined) return { id, sentence: outright, isSure: true };
  const sentence = story.sentences.find((one) => isIt(one, PERHAPS_ASSIGNED));
  if (sentence === undefined) return undefined;
  return { id, sentence, isSure: sentence.nth < story.sentences.length * BEGINNING };
}

function noNumbers(story: StoryText, { signals }: DisqualifyOptions): Found | undefined {
  if (story.sentences.length === 0 || hasNumbers(story)) return undefined;
  // From its times, durations can be read.
  const isTimed = signals.some(({ signal, score }) => signal === 'timeline' && score === 1);
  return { id: 'no-numbers', sentence: undefined, isSure: !isTimed };
}

function oneTeam(story: StoryText, { isWideScope }: DisqualifyOptions): Found | undefined {
  if (!isWideScope || story.sentences.length === 0 || isBeyondOneTeam(story)) return undefined;
  // It was somebody else's, in words that name nobody who is known here.
  const isSure = !story.sentences.some(({ text }) => says(text, SOMEBODY_ELSES));
  return { id: 'one-team', sentence: undefined, isSure };
}

function isEarned(signals: readonly SignalScore[], id: SignalId): boolean {
  return signals.some((one) => one.signal === id && one.isEarned);
}
