import { lint } from '../../review/index.ts';
import { companyLenses, type Company } from '../lenses/companies.ts';
import { levelLenses, type Level } from '../lenses/levels.ts';
import { MOST_STORY_CHARACTERS } from '../text/bounds.ts';
import { readStory } from '../text/story-text.ts';
import { disqualifiersOf, type Disqualifier } from './disqualifiers.ts';
import { gradeOf, type Grade, type GradeRule } from './grade.ts';
import { readStages } from './read-stages.ts';
import { EARNED, signalIds, signalTitles, type SignalId, type SignalScore } from './signal.ts';
import { guardrailOf } from './guardrail.ts';
import { signals } from './signals/index.ts';

export type ScoreOptions = {
  /** `mid` by default. */
  readonly level?: Level;
  /** None by default: all signals weigh as the level says. */
  readonly company?: Company;
};

export type StoryScore = {
  readonly grade: Grade;
  /** The weighted mean of the signals, from 0 to 1; one that is earned counts whole. */
  readonly score: number;
  readonly level: Level;
  readonly company: Company | null;
  /** Every rule that had a say in the grade, the one that decided first. */
  readonly rules: readonly GradeRule[];
  readonly disqualifiers: readonly Disqualifier[];
  /** What might disqualify: only the teller knows. They have no say in the grade. */
  readonly questions: readonly Disqualifier[];
  /** All ten, in the order of the list. */
  readonly signals: readonly SignalScore[];
  /** The signal from which the next edit gains most, by its weight; null where nothing is missing. */
  readonly weakest: SignalId | null;
  readonly words: number;
  /** Where reading ended, for a text over 32,768 characters; null if all was read. */
  readonly unreadFrom: number | null;
};

/**
 * Grades a story as a reviewer would: ten signals, each with the sentence that earned or lost it and the next edit. Pure
 * and deterministic. Reads 32,768 characters at most, in about 0.1 s.
 */
export function scoreStory(text: string, options: ScoreOptions = {}): StoryScore {
  const story = readStory(text);
  const { level = 'mid', company } = options;
  const { findings } = lint(text.slice(0, MOST_STORY_CHARACTERS).toWellFormed(), {
    format: 'text',
    section: 'story',
  });
  const judged = signals.map((signal): SignalScore => {
    const { score, ...rest } = signal.judge({ story, findings });
    const rounded = Math.round(score * 100) / 100;
    return {
      signal: signal.id,
      nth: signalIds.indexOf(signal.id) + 1,
      title: signalTitles[signal.id],
      score: rounded,
      isEarned: rounded >= EARNED,
      ...rest,
    };
  });
  const weightOf = (signal: SignalId): number => weightIn(level, company, signal);
  const total = judged.reduce((sum, { signal }) => sum + weightOf(signal), 0);
  const score = judged.reduce((sum, one) => sum + weightOf(one.signal) * creditOf(one), 0) / total;
  const stages = readStages(story);
  const { isWideScope } = levelLenses[level];
  const { disqualifiers, questions } = disqualifiersOf(story, { isWideScope, signals: judged });
  const { grade, rules } = gradeOf({
    score,
    signals: judged,
    disqualifiers,
    hasMitigation: stages.mitigation !== undefined,
    hasFix: stages.fix !== undefined,
    hasPrevention: guardrailOf(story) !== undefined,
    isOneWord: stages.oneWord !== undefined,
  });
  return {
    grade,
    score: Math.round(score * 100) / 100,
    level,
    company: company ?? null,
    rules,
    disqualifiers,
    questions,
    signals: judged,
    weakest: weakestOf(judged, weightOf),
    words: story.words,
    unreadFrom: story.unreadFrom ?? null,
  };
}

/** A signal that is earned counts whole: most of what it still lacks is said in words that no rule knows. */
function creditOf({ isEarned, score }: SignalScore): number {
  return isEarned ? 1 : score;
}

/** What a signal counts at a level and, where one is named, at a company. */
function weightIn(level: Level, company: Company | undefined, signal: SignalId): number {
  const { weights: ofLevel }: { weights: Partial<Record<SignalId, number>> } = levelLenses[level];
  const ofCompany: Partial<Record<SignalId, number>> =
    company === undefined ? {} : companyLenses[company].weights;
  return (ofLevel[signal] ?? 1) * (ofCompany[signal] ?? 1);
}

function weakestOf(
  judged: readonly SignalScore[],
  weightOf: (signal: SignalId) => number,
): SignalId | null {
  const gain = ({ signal, score }: SignalScore): number => weightOf(signal) * (1 - score);
  const [weakest] = judged.toSorted((a, b) => gain(b) - gain(a));
  return weakest === undefined || gain(weakest) === 0 ? null : weakest.signal;
}
