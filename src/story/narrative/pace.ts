import type { Level } from '../lenses/levels.ts';
import { levelLenses } from '../lenses/levels.ts';
import type { StoryPart } from '../text/parts.ts';
import { countWords, readStory } from '../text/story-text.ts';
import type { StoryForm } from './narrative.ts';

/**
 * Words a minute of somebody who tells a technical story to people who listen: 125, the slow end of 120 to 150, since
 * figures are said slowly. 250 to 350 words then take 2 to 2.8 minutes.
 */
const WORDS_PER_MINUTE = 125;

/** How long each part of a STAR takes, in seconds. */
export const sectionSeconds = {
  situation: 30,
  task: 20,
  action: 90,
  result: 20,
  reflection: 15,
} as const satisfies Partial<Record<StoryPart, number>>;

/** Situation and task together, at most. */
const MOST_OPENING_SECONDS = 50;
/** Action is about 70 % of what is told; the section clock itself gives it half. */
const ACTION_SHARE = { min: 0.5, max: 0.8 } as const;
const WORDS = { star: { min: 250, max: 350 }, circles: { min: 120, max: 150 } } as const;

/** A target of length, and whether it is met. */
export type PaceCheck = {
  readonly name: string;
  readonly measured: number;
  readonly unit: 'words' | 's' | 'share';
  readonly target: string;
  readonly isMet: boolean;
};

function secondsOf(words: number): number {
  return Math.round((words * 60) / WORDS_PER_MINUTE);
}

/** Holds a told story against the targets of its form. Those of parts are left out where no headings name them. */
export function checkPace(text: string, form: StoryForm, level: Level): readonly PaceCheck[] {
  const story = readStory(text);
  const checks: PaceCheck[] = [];
  if (form !== 'timeline') {
    const { min, max } = WORDS[form];
    checks.push(within('words', story.words, 'words', min, max));
  }
  if (form === 'star') {
    const { min, max } = levelLenses[level].spokenSeconds;
    checks.push(within('spoken', secondsOf(story.words), 's', min, max));
  }
  if (!story.hasParts || form !== 'star') return checks;
  const words = (parts: readonly StoryPart[]): number =>
    story.sentences
      .filter(({ part }) => part !== undefined && parts.includes(part))
      .reduce((sum, sentence) => sum + countWords(sentence.text), 0);
  const opening = secondsOf(words(['situation', 'task']));
  const action = story.words === 0 ? 0 : Math.round((words(['action']) / story.words) * 100) / 100;
  return [
    ...checks,
    within('situation and task', opening, 's', 0, MOST_OPENING_SECONDS),
    within('action', action, 'share', ACTION_SHARE.min, ACTION_SHARE.max),
  ];
}

function within(
  name: string,
  measured: number,
  unit: PaceCheck['unit'],
  min: number,
  max: number,
): PaceCheck {
  return {
    name,
    measured,
    unit,
    target: min === 0 ? `at most ${max}` : `${min} to ${max}`,
    isMet: measured >= min && measured <= max,
  };
}
