import { isCompany } from '../lenses/companies.ts';
import { isLevel } from '../lenses/levels.ts';
import { isPrompt } from '../prompts/prompts.ts';
import { grades } from '../rubric/grade.ts';
import { isSignal } from '../rubric/signal.ts';
import type { QuizAnswer } from '../quiz/quiz.ts';
import type { Try } from './practice.ts';

/** Kept at most, the newest: enough for a comparison and for the weakest areas. */
export const MOST_TRIES = 200;
export const MOST_QUIZ_ANSWERS = 1000;

/** Earlier tries as they were kept; what does not have their form is left out. */
export function parseTries(value: unknown): readonly Try[] {
  return (Array.isArray(value) ? value : []).flatMap(parseTry).slice(-MOST_TRIES);
}

function parseTry(value: unknown): readonly Try[] {
  const { at, prompt, level, company, grade, score, words, signals } = fieldsOf(value);
  const found = grades.find((one) => one === grade);
  if (
    typeof at !== 'string' ||
    typeof prompt !== 'string' ||
    !isPrompt(prompt) ||
    typeof level !== 'string' ||
    !isLevel(level) ||
    found === undefined ||
    typeof score !== 'number'
  ) {
    return [];
  }
  return [
    {
      at,
      prompt,
      level,
      company: typeof company === 'string' && isCompany(company) ? company : null,
      grade: found,
      score,
      words: typeof words === 'number' ? words : 0,
      signals: Object.fromEntries(
        Object.entries(fieldsOf(signals)).flatMap(([signal, one]) =>
          isSignal(signal) && typeof one === 'number' ? [[signal, one]] : [],
        ),
      ),
    },
  ];
}

/** Answers of earlier rounds, the oldest first. */
export function parseQuizAnswers(value: unknown): readonly QuizAnswer[] {
  return (Array.isArray(value) ? value : [])
    .flatMap((one: unknown): QuizAnswer[] => {
      const { id, isRight } = fieldsOf(one);
      return typeof id === 'string' && typeof isRight === 'boolean' ? [{ id, isRight }] : [];
    })
    .slice(-MOST_QUIZ_ANSWERS);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {};
}
