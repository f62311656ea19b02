import { findSentence } from '../rubric/elements.ts';
import { cite, type CitedSentence } from '../rubric/signal.ts';
import type { StoryText } from '../text/story-text.ts';
import { promptIds, prompts, type Prompt, type PromptId } from './prompts.ts';

/** How well a story serves a prompt. */
export type PromptFit = {
  readonly prompt: PromptId;
  readonly title: string;
  /** From 0 to 1; 0 without a place to open at. */
  readonly fit: number;
  readonly isServed: boolean;
  /** How to open. */
  readonly open: string;
  /** The sentence to open at. */
  readonly sentence: CitedSentence | null;
};

/** From this fit on a story serves a prompt. */
const SERVED = 0.7;
const OF_HOOK = 0.5;

/** All eleven prompts, the best served first. */
export function promptsServed(story: StoryText): readonly PromptFit[] {
  return promptIds
    .map((prompt) => fitOf(prompt, prompts[prompt], story))
    .toSorted((a, b) => b.fit - a.fit);
}

function fitOf(
  prompt: PromptId,
  { title, hooks, helps, open }: Prompt,
  story: StoryText,
): PromptFit {
  const hook = hooks
    .map((cue) => findSentence(story, { cues: [cue] }))
    .find((one) => one !== undefined);
  const helped = helps.filter((cue) => findSentence(story, { cues: [cue] }) !== undefined).length;
  const fit = hook === undefined ? 0 : OF_HOOK + ((1 - OF_HOOK) * helped) / helps.length;
  return {
    prompt,
    title,
    fit: Math.round(fit * 100) / 100,
    isServed: fit >= SERVED,
    open,
    sentence: hook === undefined ? null : cite(hook, 'extend'),
  };
}
