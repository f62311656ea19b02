import type { Disqualifier } from './disqualifiers.ts';
import type { SignalScore } from './signal.ts';

/** As reviewers give them, the best first. */
export const grades = ['A', 'B', 'B−', 'C', 'disqualified'] as const;

export type Grade = (typeof grades)[number];

/**
 * The score from which a grade is given: where most of the stories that were built on get theirs if one signal in ten is
 * heard where it is not said, or is said and not heard.
 */
const thresholds = { A: 0.86, B: 0.74, 'B−': 0.57 } as const;

export type GradeRule = { readonly grade: Grade; readonly rule: string };

type Told = {
  /** The weighted mean of all signals. */
  readonly score: number;
  readonly signals: readonly SignalScore[];
  readonly disqualifiers: readonly Disqualifier[];
  readonly hasMitigation: boolean;
  readonly hasFix: boolean;
  readonly hasPrevention: boolean;
  readonly isOneWord: boolean;
};

/** The lowest that any rule gives, and every rule that had a say, the one that decided first. */
export function gradeOf(told: Told): {
  readonly grade: Grade;
  readonly rules: readonly GradeRule[];
} {
  const rules: GradeRule[] = [byScore(told.score)];
  const cap = (grade: Grade, rule: string): void => void rules.push({ grade, rule });
  for (const { title } of told.disqualifiers) cap('disqualified', `Disqualified: ${title}.`);
  if (told.isOneWord) cap('B−', 'One word for mitigation, fix and prevention stops at B−.');
  else if (!told.hasPrevention) cap('B', 'No prevention stops at B.');
  else if (!told.hasMitigation) cap('B', 'No mitigation stops at B.');
  else if (!told.hasFix) cap('B', 'No fix stops at B.');
  const sorted = rules.toSorted((a, b) => grades.indexOf(b.grade) - grades.indexOf(a.grade));
  return { grade: sorted[0]?.grade ?? 'C', rules: sorted };
}

function byScore(score: number): GradeRule {
  const said = score.toFixed(2);
  if (score >= thresholds.A) {
    return { grade: 'A', rule: `The signals make ${said}; A begins at ${thresholds.A}.` };
  }
  if (score >= thresholds.B) {
    return { grade: 'B', rule: `The signals make ${said}; A begins at ${thresholds.A}.` };
  }
  if (score >= thresholds['B−']) {
    return { grade: 'B−', rule: `The signals make ${said}; B begins at ${thresholds.B}.` };
  }
  return { grade: 'C', rule: `The signals make ${said}; B− begins at ${thresholds['B−']}.` };
}
