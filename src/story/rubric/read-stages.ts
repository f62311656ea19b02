import { DATE } from './dates.ts';
import type { StorySentence, StoryText } from '../text/story-text.ts';
import {
  FIX_ACTS,
  FIX_WORDS,
  GUARDING_ACTS,
  GUARDRAILS,
  MITIGATION_ACTS,
  MITIGATION_WORDS,
  ONE_WORD,
  PREVENTION_WORDS,
} from './stages.ts';

/** Where a story tells the three stages; each undefined where it does not. */
export type Stages = {
  readonly mitigation: StorySentence | undefined;
  readonly fix: StorySentence | undefined;
  readonly prevention: StorySentence | undefined;
  /** Mitigation and prevention are not told apart from the fix by any word of their own. */
  readonly isOneWord: boolean;
};

/** Said of something that stays: "now", "since 3 May", "every build". */
const LASTING =
  /\b(?:now|since|every|each|from now|mandatory|always|whenever|permanently|live|in force|in effect|effective|any (?:longer|more)|merged|introduced|before (?:any|every|each|publication|release))\b|\bin (?:place|service|force|CI)\b/i;

export function readStages({ sentences }: StoryText): Stages {
  const find = (isIt: (text: string) => boolean): StorySentence | undefined =>
    sentences.find(({ text }) => isIt(text));
  const label = find((text) => MITIGATION_WORDS.test(text));
  const act = find((text) => MITIGATION_ACTS.test(text) && !ONE_WORD.test(text));
  const fix =
    find((text) => FIX_WORDS.test(text)) ??
    find((text) => ONE_WORD.test(text)) ??
    find((text) => FIX_ACTS.test(text));
  const prevention =
    find((text) => PREVENTION_WORDS.test(text)) ?? sentences.find((one) => isGuard(one, sentences));
  const spelled = sentences.filter(({ text }) => ONE_WORD.test(text)).length;
  // Once for each stage is enough, whatever act is mentioned beside it.
  const isOneWord =
    label === undefined &&
    prevention === undefined &&
    (spelled >= STAGES || (spelled > 0 && act === undefined));
  return { mitigation: label ?? act, fix, prevention, isOneWord };
}

const STAGES = 3;

/** Whether a sentence tells of something that stands guard from now on, and not of how a fix was brought. */
export function isGuard(
  { text, nth }: StorySentence,
  sentences: readonly StorySentence[],
): boolean {
  if (FIX_WORDS.test(text) || ONE_WORD.test(text)) return false;
  if (GUARDRAILS.test(text) && LASTING.test(text)) return true;
  // "Any mismatch raises an alarm. On since 3 May.": what acts by itself, and since when.
  const withNext = `${text} ${sentences[nth + 1]?.text ?? ''}`;
  return GUARDING_ACTS.test(text) && LASTING.test(withNext) && DATE.test(withNext);
}
