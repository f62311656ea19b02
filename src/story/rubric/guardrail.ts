import type { StorySentence, StoryText } from '../text/story-text.ts';
import { actsOf } from './acts-of-story.ts';
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
import { DAY_BY_DAY, REPRODUCED } from './follow-words.ts';
import { any } from './words.ts';

/** From this weight on a sentence names a guardrail. */
const ENOUGH = 5;

/** A sentence about the teller: what "I" do since then is habit. */
const OF_MINE =
  /^\W*(?:[Ss]ince [^,]{2,30},? |[Nn]ow,? |And )?(?:I|I'm|I've|I'd|[Mm]y)\b(?! (?:had|got|built|added|put|wrote|made|introduced))/;

/** How a fix was brought: on the way there, not what stands since. */
const BROUGHT = any(REPRODUCED, DAY_BY_DAY.source, 'wrote \\w+ ?\\w* tests');

/** What happened to a thing once, or was not there. */
const REPORTED =
  /\b(?:fired|rang|showed|went off|was (?:red|silent|green))\b|\b(?:no|nothing|without an?|n't (?:an?|any)|not an?y?) (?:\w+ ){0,2}?(?:alarms?|alerts?|checks?|gates?|tests?|monitor|rules?|tickets?)\b/i;

/** The sentence that names what stands guard from now on: the one for which most speaks. */
export function guardrailOf(story: StoryText): StorySentence | undefined {
  const { late } = actsOf(story);
  const from = late[0]?.nth ?? 0;
  const [best] = story.sentences
    .map((one) => ({ one, weight: weightOf(one, story.sentences) - (one.nth < from ? 1.5 : 0) }))
    .filter(({ weight }) => weight >= ENOUGH)
    .toSorted((a, b) => b.weight - a.weight);
  return best?.one;
}

/** The sentence that dates a guardrail: its own, one of the two behind it, or the one before. */
export function dateOf(
  { sentences }: StoryText,
  { nth }: StorySentence,
): StorySentence | undefined {
  return [nth, nth + 1, nth + 2, nth - 1]
    .map((place) => sentences[place])
    .find((sentence) => sentence !== undefined && DATE.test(sentence.text));
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
  const since = has(SINCE_DATE)
    ? 2
    : has(DATE)
      ? 1
      : SINCE_DATE.test(next)
        ? 1.5
        : DATE.test(next)
          ? 0.5
          : 0;
  const against =
    (has(FIX_WORDS, ONE_WORD) && !isMeant ? 3 : 0) +
    (has(TO_PEOPLE) && act < 2 ? 3 : 0) +
    (has(OF_MINE) ? (since < 1.5 ? 2.5 : 1) : 0) +
    (has(BROUGHT) && since < 1.5 ? 3 : 0) +
    (has(REPORTED) ? 2.5 : 0);
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
