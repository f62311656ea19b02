import type { Signal } from '../signal.ts';
import { blameless } from './blameless.ts';
import { followThrough } from './follow-through.ts';
import { ownership } from './ownership.ts';
import { prevention } from './prevention.ts';
import { reflection } from './reflection.ts';
import { result } from './result.ts';
import { reversible } from './reversible.ts';
import { threeWords } from './three-words.ts';
import { timeline } from './timeline.ts';
import { voice } from './voice.ts';

/** All ten, in the order of the list. */
export const signals: readonly Signal[] = [
  timeline,
  threeWords,
  reversible,
  blameless,
  prevention,
  reflection,
  ownership,
  voice,
  result,
  followThrough,
];
