import type { PracticeReport, Suggestion } from '../story/index.ts';
import type * as story from '../story/index.ts';
import { describeSignal, fold, foldAll, paceLines, verdictLines } from './describe-story.ts';
import type { LensFlags } from './story-flags.ts';
import { clockWords } from './time-words.ts';

type Lenses = Pick<typeof story, 'companyLenses' | 'levelLenses'>;

/** The question, and what those who ask listen for. */
export function describeQuestion(
  question: string,
  { level, company }: LensFlags,
  { companyLenses, levelLenses }: Lenses,
): string {
  return [
    fold(question, ''),
    fold(`A ${level} is expected to tell ${levelLenses[level].wants}.`, '  '),
    ...(company === undefined
      ? []
      : [
          fold(
            `${companyLenses[company].title} listens for ${companyLenses[company].wants}.`,
            '  ',
          ),
        ]),
  ].join('\n');
}

export function describeReport(
  report: PracticeReport & { readonly suggestion: Suggestion | null },
): string {
  const { score, clock, pace, followUps, aimedAt, suggestion } = report;
  const weakest = score.signals.find(({ signal }) => signal === aimedAt);
  const timed = clock.flatMap(({ section, seconds, target }) =>
    seconds === null
      ? []
      : [`${seconds <= target ? '✓' : '·'} ${section}: ${seconds} s of ${target} s`],
  );
  return [
    '',
    `Grade ${score.grade}   score ${score.score.toFixed(2)}`,
    ...verdictLines(score),
    score.signals.map(({ nth, score: one }) => `${nth} ${one.toFixed(1)}`).join('   '),
    '',
    ...timed,
    paceLines(pace),
    '',
    ...(weakest === undefined || score.weakest === null
      ? []
      : ['What gains most:', describeSignal(weakest)]),
    'You are asked:',
    ...followUps.map((question) => fold(`- ${question}`, '  ')),
    ...(suggestion === null
      ? []
      : [
          '',
          fold(`SUGGESTED BY A LANGUAGE MODEL (${suggestion.model}), not scored:`, ''),
          foldAll(suggestion.text),
        ]),
    '',
    comparisonWords(report),
  ].join('\n');
}

function comparisonWords({ comparison, score, attempt }: PracticeReport): string {
  if (comparison === null) return 'This is the first try that is kept.';
  const { scoreChange, grade, better, worse, isSamePrompt } = comparison;
  const when = clockWords(comparison.with, Date.parse(attempt.at));
  const parts = [
    `Before (${when} UTC, ${isSamePrompt ? 'the same prompt' : 'another prompt'}): ${grade}; now ${score.grade}, ${scoreChange >= 0 ? '+' : ''}${scoreChange.toFixed(2)}.`,
    ...(better.length === 0 ? [] : [`Better: ${better.join(', ')}.`]),
    ...(worse.length === 0 ? [] : [`Worse: ${worse.join(', ')}.`]),
  ];
  return fold(parts.join(' '), '');
}
