import type { Fact } from '../facts.ts';
import type { Gap, Narrative, StoryForm } from './narrative.ts';
import { findFacts, linkNumbers } from './numbers.ts';
import { circlesSlots, starSlots } from './slots.ts';
import { readStory } from '../text/story-text.ts';

/**
 * A narrative from what somebody typed, under headings or without: numbers that a fact says word by word are linked to
 * its evidence, the others say null. Parts without a sentence are asked for.
 */
export function fromTyped(form: StoryForm, typed: string, facts: readonly Fact[] = []): Narrative {
  const text = typed.trim().toWellFormed();
  const story = readStory(text);
  const told = new Set(story.sentences.map(({ part }) => part));
  const slots = form === 'star' ? starSlots : form === 'circles' ? circlesSlots : [];
  const gaps = story.hasParts
    ? slots.flatMap(({ part, ask, signal }): Gap[] =>
        told.has(part) || ask === undefined ? [] : [{ part, ask, signal }],
      )
    : [];
  return { form, text, numbers: linkNumbers(text, findFacts(text, facts)), gaps };
}
