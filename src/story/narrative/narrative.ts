import type { SignalId } from '../rubric/signal.ts';
import type { StoryPart } from '../text/parts.ts';
import type { Stretch } from '../text/story-text.ts';

export const storyForms = ['star', 'circles', 'timeline'] as const;

export type StoryForm = (typeof storyForms)[number];

/** A number in a narrative, and where it comes from. */
export type LinkedNumber = Stretch & {
  readonly text: string;
  /** The fact, or the moment's kind, that it was taken from; null for one that was only typed. */
  readonly fact: string | null;
  readonly evidence: string | null;
};

/** What only a person can say, asked in the place where it is missing. */
export type Gap = {
  readonly part: StoryPart | 'timeline';
  readonly ask: string;
  /** The signal that it would earn. */
  readonly signal: SignalId;
};

export type Narrative = {
  readonly form: StoryForm;
  /** Markdown: a heading for each part. */
  readonly text: string;
  /** Every number of the text, in order; offsets are into `text`. */
  readonly numbers: readonly LinkedNumber[];
  readonly gaps: readonly Gap[];
};
