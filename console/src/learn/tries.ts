import { useSyncExternalStore } from 'react';
import type { AnswerOf, Operations } from '../api/index.ts';
import { keep, readKept } from './kept.ts';

/** What practice and quiz came to, kept in this browser alone: the service keeps none of it. No text is kept. */

export type Try = AnswerOf<'v1.practice.judge'>['attempt'];
export type QuizAnswer = NonNullable<Operations['v1.quiz.next-round']['body']['answers']>[number];

/** The newest; as many as the service takes. */
export const MOST_TRIES = 200;
export const MOST_ANSWERS = 1000;

type Kept<Item> = {
  use(): readonly Item[];
  get(): readonly Item[];
  add(more: readonly Item[]): void;
  clear(): void;
};

function createKept<Item>(
  name: string,
  most: number,
  isItem: (value: unknown) => value is Item,
): Kept<Item> {
  let items: readonly Item[] = parse(readKept(name)).filter(isItem).slice(-most);
  const listeners = new Set<() => void>();
  const set = (next: readonly Item[]): void => {
    items = next;
    keep(name, next.length === 0 ? null : JSON.stringify(next));
    for (const listener of listeners) listener();
  };
  return {
    use: () =>
      useSyncExternalStore(
        (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        () => items,
      ),
    get: () => items,
    add: (more) => set([...items, ...more].slice(-most)),
    clear: () => set([]),
  };
}

/** Nothing of what is no list. */
function parse(text: string | null): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** The oldest first. */
export const tries = createKept(
  'tries',
  MOST_TRIES,
  (value): value is Try =>
    typeof value === 'object' &&
    value !== null &&
    'at' in value &&
    'prompt' in value &&
    'score' in value &&
    'signals' in value,
);
export const quizAnswers = createKept(
  'quiz',
  MOST_ANSWERS,
  (value): value is QuizAnswer =>
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'isRight' in value &&
    typeof value.isRight === 'boolean',
);
