import type { StorySentence, StoryText } from '../text/story-text.ts';
import { DATE, SINCE_DATE } from './dates.ts';
import {
  ACTS,
  ACTS_STRONGLY,
  CANNOT,
  GUARD_NOUN,
  IS_STOPPED,
  LASTING,
  MACHINE,
  PURPOSE,
  TO_PEOPLE,
  VAGUE,
} from './guard-words.ts';
import { FIX_WORDS, ONE_WORD } from './stages.ts';

/** From this weight on a sentence names a guardrail. */
const ENOUGH = 5;

/** A sentence about the teller: what "I" do since then is habit. */
const OF_MINE = /\b(?:I|I'm|I've|I'd|my) (?!wrote|built|added|had|put|made|got|introduced)\w+|\bmy\b/;

/** What happened to a thing once, not what it does. */
const REPORTED = /\b(?:fired|rang|showed|went off|was (?:red|silent|green))\b/i;

/** The first sentence that names what stands guard from now on. */
export function guardrailOf({ sentences }: StoryText): StorySentence | undefined {
  return sentences.find((one) => weightOf(one, sentences) >= ENOUGH);
}

/**
 * How much speaks for a guardrail: a thing that is made to guard or a machine, what it does by itself, that it lasts, since
 * when, and what for. One alone is never enough, three together mostly are.
 */
function weightOf({ text, nth }: StorySentence, sentences: readonly StorySentence[]): number {
  const has = (...families: readonly RegExp[]): boolean => families.some((one) => one.test(text));
  if (has(VAGUE)) return 0;
  const [before, next] = [sentences[nth - 1]?.text ?? '', sentences[nth + 1]?.text ?? ''];
  const act = has(ACTS_STRONGLY) ? 2 : has(IS_STOPPED, CANNOT) ? 1.5 : has(ACTS) ? 1 : 0;
  const thing = has(GUARD_NOUN) ? 2 : has(MACHINE) ? 1 : 0;
  if (act + thing === 0) return 0;
  const isMeant = has(PURPOSE);
  const isMeantBefore = !isMeant && PURPOSE.test(before) && !FIX_WORDS.test(text);
  const since = has(SINCE_DATE) ? 2 : has(DATE) ? 1 : SINCE_DATE.test(next) ? 1.5 : DATE.test(next) ? 0.5 : 0;
  const against =
    (has(FIX_WORDS, ONE_WORD) && !isMeant ? 3 : 0) +
    (has(TO_PEOPLE) && act < 2 ? 3 : 0) +
    (OF_MINE.test(text) && act < 2 ? 1.5 : 0) +
    (has(REPORTED) ? 2 : 0);
  return (
    act +
    thing +
    (act > 0 && thing > 0 ? 1 : 0) +
    (isMeant ? 2 : isMeantBefore ? 1.5 : 0) +
    (has(LASTING) ? 0.5 : 0) +
    since -
    against
  );
}
