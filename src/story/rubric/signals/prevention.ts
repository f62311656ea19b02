import type { StorySentence, StoryText } from '../../text/story-text.ts';
import { DATE } from '../dates.ts';
import { anchor, weigh } from '../elements.ts';
import { isGuard } from '../read-stages.ts';
import { cite, type ElementScore, type Signal } from '../signal.ts';
import { FIX_WORDS, GUARDING_VERBS, GUARDRAILS, PREVENTION_WORDS } from '../stages.ts';

/** What is meant to be done some day is not there. */
const VAGUE =
  /\b(?:want|plan|hope|intend|would like|aim|going) to\b|\bwill (?:look|try|improve|consider|think)\b|\blook into\b|\bshould (?:probably|really)\b/i;

/** Signal 5. */
export const prevention: Signal = {
  id: 'prevention',
  judge({ story }) {
    const guard = guardrailOf(story);
    const dated = guard === undefined ? undefined : dateBeside(story, guard);
    const elements: ElementScore[] = [
      {
        name: 'a named guardrail',
        weight: 0.5,
        share: guard === undefined ? 0 : 1,
        sentence: guard === undefined ? null : cite(guard, 'earned'),
        edit: 'Name the guardrail that acts by itself: "a contract test now fails the build if a money field has no unit".',
      },
      {
        name: 'its date',
        weight: 0.5,
        share: dated === undefined ? 0 : 1,
        sentence: dated === undefined ? null : cite(dated, 'earned'),
        edit: 'Give the guardrail its date: "in CI since 14 March".',
      },
    ];
    return weigh(elements, anchor(story, [PREVENTION_WORDS, FIX_WORDS]));
  },
};

/** The sentence that names what stands guard: one of prevention, or one right after a word of prevention. */
export function guardrailOf({ sentences }: StoryText): StorySentence | undefined {
  return sentences.find((sentence) => {
    const { text, nth } = sentence;
    if (VAGUE.test(text)) return false;
    if (PREVENTION_WORDS.test(text) && GUARDING_VERBS.test(text)) return true;
    if (isGuard(sentence, sentences)) return true;
    if (!GUARDRAILS.test(text)) return false;
    if (PREVENTION_WORDS.test(text)) return true;
    const before = sentences[nth - 1]?.text ?? '';
    return PREVENTION_WORDS.test(before) && !FIX_WORDS.test(text);
  });
}

function dateBeside({ sentences }: StoryText, guard: StorySentence): StorySentence | undefined {
  return [guard, sentences[guard.nth + 1], sentences[guard.nth + 2], sentences[guard.nth - 1]].find(
    (sentence) => sentence !== undefined && DATE.test(sentence.text),
  );
}
