import {
  grades,
  scoreStory,
  signalIds,
  type Grade,
  type StoryScore,
} from '../../src/story/index.ts';
import type { Measurement, MeasureReport, MeasureTarget } from './measure.ts';
import { kendall, spearman } from './story/rank-correlation.ts';
import { otherSets, readOthers, readStories, type GradedStory } from './story/stories.ts';

/** What is measured apart. */
const setNames = ['build', 'held-back', ...otherSets] as const;

type SetName = (typeof setNames)[number];

function readSet(name: SetName): readonly GradedStory[] {
  return name === 'build' || name === 'held-back' ? readStories(name) : readOthers(name);
}

type Scored = { readonly story: GradedStory; readonly score: StoryScore };

export const story: Measurement = {
  name: 'story',
  sentence:
    'How far the grades and signals of stories agree with those that they were written to have.',
  run(_options, progress) {
    const halves = setNames.map((half) => {
      const scored = readSet(half).map((one) => ({
        story: one,
        score: scoreStory(one.text, { level: one.level }),
      }));
      progress(`${half}: ${scored.length} stories`);
      return { half, scored };
    });
    return Promise.resolve(reportOf(halves));
  },
};

function reportOf(
  halves: readonly { readonly half: SetName; readonly scored: readonly Scored[] }[],
): MeasureReport {
  const held = halves.find(({ half }) => half === 'held-back')?.scored ?? [];
  return {
    columns: ['half', 'what', 'n', ...grades.map((grade) => `is ${grade}`), 'agree'],
    rows: halves.flatMap(({ half, scored }) => [
      ...grades.map((grade) => confusionRow(half, grade, scored)),
      ...signalIds.map((signal) => {
        const right = scored.filter(({ story: { lost }, score }) =>
          score.signals.some((one) => one.signal === signal && one.isEarned !== lost.has(signal)),
        ).length;
        return [
          half,
          `signal ${signal}`,
          scored.length,
          ...grades.map(() => ''),
          share(right, scored.length),
        ];
      }),
    ]),
    targets: [
      target("Spearman's ρ of grades, held back", rho(held), 0.85),
      target("Kendall's τ-b of grades, held back", tau(held), 0.75),
      target('same grade, held back', sameGrade(held), 0.75),
      target('disqualified or not, held back', sameVerdict(held), 0.9),
      target('signals that agree, held back', sameSignals(held), 0.85),
    ],
    remarks: halves.flatMap(({ half, scored }) => [
      `${half}: ρ ${rho(scored).toFixed(2)}, τ-b ${tau(scored).toFixed(2)}; of the score alone, without disqualified stories, ρ ${scoreRho(scored).toFixed(2)}; same grade ${sameGrade(scored).toFixed(2)}, at most one grade apart ${nearGrade(scored).toFixed(2)}`,
      ...(half === 'build' ? [] : [`${half}, graded otherwise: ${others(scored)}`]),
    ]),
  };
}

/** One row a grade as written: how many were graded what. */
function confusionRow(half: SetName, grade: Grade, scored: readonly Scored[]): (string | number)[] {
  const written = scored.filter(({ story: { grade: one } }) => one === grade);
  const counts = grades.map((other) => written.filter(({ score }) => score.grade === other).length);
  return [
    half,
    `written as ${grade}`,
    written.length,
    ...counts,
    share(counts[grades.indexOf(grade)] ?? 0, written.length),
  ];
}

const rank = (grade: Grade): number => -grades.indexOf(grade);
const written = (scored: readonly Scored[]): number[] =>
  scored.map(({ story: { grade } }) => rank(grade));
const given = (scored: readonly Scored[]): number[] =>
  scored.map(({ score: { grade } }) => rank(grade));

function rho(scored: readonly Scored[]): number {
  return spearman(written(scored), given(scored));
}

function tau(scored: readonly Scored[]): number {
  return kendall(written(scored), given(scored));
}

/** A disqualified story may be good otherwise, so its score says nothing. */
function scoreRho(scored: readonly Scored[]): number {
  const rest = scored.filter(({ story: { grade } }) => grade !== 'disqualified');
  return spearman(
    written(rest),
    rest.map(({ score: { score } }) => score),
  );
}

function part(scored: readonly Scored[], isRight: (one: Scored) => boolean): number {
  return scored.filter(isRight).length / scored.length;
}

function sameGrade(scored: readonly Scored[]): number {
  return part(scored, ({ story: { grade }, score }) => score.grade === grade);
}

function nearGrade(scored: readonly Scored[]): number {
  return part(
    scored,
    ({ story: { grade }, score }) => Math.abs(rank(score.grade) - rank(grade)) <= 1,
  );
}

function sameVerdict(scored: readonly Scored[]): number {
  const isOut = (grade: Grade): boolean => grade === 'disqualified';
  return part(scored, ({ story: { grade }, score }) => isOut(score.grade) === isOut(grade));
}

function sameSignals(scored: readonly Scored[]): number {
  const all = scored.flatMap(({ story: { lost }, score }) =>
    score.signals.map(({ signal, isEarned }) => isEarned !== lost.has(signal)),
  );
  return all.filter((isRight) => isRight).length / all.length;
}

/** How many of the held-back half differ, and how; their names stay out, so that nobody tunes for them. */
function others(scored: readonly Scored[]): string {
  const moves = scored
    .filter(({ story: { grade }, score }) => score.grade !== grade)
    .map(({ story: { grade }, score }) => `${grade} as ${score.grade}`);
  return moves.length === 0 ? 'none' : moves.toSorted().join(', ');
}

function share(of: number, all: number): string {
  return all === 0 ? '–' : (of / all).toFixed(2);
}

function target(name: string, measured: number, atLeast: number): MeasureTarget {
  return {
    name,
    measured: Number(measured.toFixed(3)),
    target: `≥ ${atLeast}`,
    isMet: measured >= atLeast,
  };
}
