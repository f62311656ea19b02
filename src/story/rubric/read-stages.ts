import type { StorySentence, StoryText } from '../text/story-text.ts';
import { actsOf, type Acts } from './acts-of-story.ts';
import { PREVENTION_LABEL, TO_PEOPLE } from './guard-words.ts';
import { guardrailOf } from './guardrail.ts';
import {
  CHANGE,
  CHANGE_BROUGHT,
  FIX_WORDS,
  MITIGATION_ACTS,
  MITIGATION_WORDS,
  ONE_WORD,
  oneWords,
  STATE_CHANGED,
} from './stages.ts';

/** Where a story tells the three stages; each undefined where it does not. */
export type Stages = {
  readonly mitigation: StorySentence | undefined;
  readonly fix: StorySentence | undefined;
  readonly prevention: StorySentence | undefined;
  /** The word that stands for all three; undefined where they are told apart. */
  readonly oneWord: string | undefined;
};

/** Once for each stage. */
const STAGES = 3;

export function readStages(story: StoryText): Stages {
  const { sentences } = story;
  const acts = actsOf(story);
  const { early, late } = acts;
  const find = (isIt: (text: string) => boolean, among = sentences): StorySentence | undefined =>
    among.find(({ text }) => isIt(text));
  const label = find((text) => MITIGATION_WORDS.test(text));
  const isHelp = (text: string): boolean => !ONE_WORD.test(text);
  const act =
    early.slice(1).findLast(({ text }) => STATE_CHANGED.test(text) && isHelp(text)) ??
    find((text) => MITIGATION_ACTS.test(text) && isHelp(text), early) ??
    find((text) => MITIGATION_ACTS.test(text) && isHelp(text));
  const fix =
    find((text) => FIX_WORDS.test(text)) ??
    find((text) => ONE_WORD.test(text)) ??
    late.find(
      ({ text, nth }) =>
        CHANGE.test(text) && CHANGE_BROUGHT.test(`${text} ${sentences[nth + 1]?.text ?? ''}`),
    );
  const meant = late.find(({ text }) => PREVENTION_LABEL.test(text) && !TO_PEOPLE.test(text));
  const prevention = guardrailOf(story) ?? meant;
  const spelled = find((text) => ONE_WORD.test(text));
  const oneWord =
    label !== undefined
      ? undefined
      : (oneWordOf(acts, story) ??
        (prevention === undefined && act === undefined && spelled !== undefined
          ? ONE_WORD.exec(spelled.text)?.[0]
          : undefined));
  return { mitigation: label ?? act, fix, prevention, oneWord };
}

/** A word that tells the first help and the repair, three times and more, beside no word for prevention. */
function oneWordOf({ early, late }: Acts, { sentences }: StoryText): string | undefined {
  const word = oneWords.find((one) => {
    const says = ({ text }: StorySentence): boolean => one.test(text);
    return (
      early.some(says) &&
      late.some(says) &&
      sentences.filter(says).length >= STAGES &&
      !sentences.some((sentence) => !says(sentence) && PREVENTION_LABEL.test(sentence.text))
    );
  });
  return sentences.map(({ text }) => word?.exec(text)?.[0]).find((one) => one !== undefined);
}
