import { anchor, weigh } from '../elements.ts';
import { dateOf, guardrailOf } from '../guardrail.ts';
import { cite, type ElementScore, type Signal } from '../signal.ts';
import { FIX_WORDS } from '../stages.ts';
import { PURPOSE } from '../guard-words.ts';

/** Signal 5. */
export const prevention: Signal = {
  id: 'prevention',
  judge({ story }) {
    const guard = guardrailOf(story);
    const dated = guard === undefined ? undefined : dateOf(story, guard);
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
    return weigh(elements, anchor(story, [PURPOSE, FIX_WORDS]));
  },
};
