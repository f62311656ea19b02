import type { Random } from '../../core/index.ts';
import { easy } from './bank-easy.ts';
import { hard } from './bank-hard.ts';
import { medium } from './bank-medium.ts';
import type { BankLine, Difficulty, Question, QuizArea } from './question.ts';

export const QUESTIONS_A_ROUND = 10;

const bankOf = (difficulty: Difficulty, lines: readonly BankLine[]): readonly Question[] =>
  lines.map(([area, question, choices, because], nth) => ({
    id: `${difficulty}-${nth + 1}`,
    difficulty,
    area,
    question,
    choices,
    because,
  }));

/** Every question; new ones go to the end of their difficulty, so that ids stay. */
export const questions: readonly Question[] = [
  ...bankOf('easy', easy),
  ...bankOf('medium', medium),
  ...bankOf('hard', hard),
];

/** How a question was answered in some round. */
export type QuizAnswer = { readonly id: string; readonly isRight: boolean };

/** A question as it is put: its choices in the order in which they are shown. */
export type PutQuestion = {
  readonly question: Question;
  readonly choices: readonly string[];
  /** The place of the right one among them. */
  readonly right: number;
};

export type AreaStanding = {
  readonly area: QuizArea;
  readonly asked: number;
  readonly right: number;
};

/** How each area stands, the weakest first; areas that were never asked count as half right. */
export function standings(answers: readonly QuizAnswer[]): readonly AreaStanding[] {
  const areas = [...new Set(questions.map(({ area }) => area))];
  return areas
    .map((area): AreaStanding => {
      const ofArea = answers.filter(({ id }) =>
        questions.some((one) => one.id === id && one.area === area),
      );
      return { area, asked: ofArea.length, right: ofArea.filter(({ isRight }) => isRight).length };
    })
    .toSorted((a, b) => shareOf(a) - shareOf(b));
}

function shareOf({ asked, right }: AreaStanding): number {
  return (right + 1) / (asked + 2);
}

/**
 * The questions of a round: by turns from each area, the weakest first, and within one those that were not yet answered
 * rightly. The order within an area and of the choices follows from `random`.
 */
export function nextRound(
  answers: readonly QuizAnswer[],
  random: Random,
  difficulty?: Difficulty,
): readonly PutQuestion[] {
  const known = new Set(answers.filter(({ isRight }) => isRight).map(({ id }) => id));
  const byArea = standings(answers).map(({ area }) => {
    const ofArea = shuffled(
      questions.filter(
        (one) => one.area === area && (difficulty === undefined || one.difficulty === difficulty),
      ),
      random,
    );
    return ofArea.toSorted((a, b) => Number(known.has(a.id)) - Number(known.has(b.id)));
  });
  const chosen: Question[] = [];
  for (let turn = 0; chosen.length < QUESTIONS_A_ROUND && turn < questions.length; turn += 1) {
    for (const ofArea of byArea) {
      const question = ofArea[turn];
      if (question !== undefined && chosen.length < QUESTIONS_A_ROUND) chosen.push(question);
    }
  }
  return chosen.map((question) => {
    const choices = shuffled(question.choices, random);
    return { question, choices, right: choices.indexOf(question.choices[0]) };
  });
}

/** Fisher and Yates. */
function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random.next() * (last + 1));
    const [a, b] = [mixed[last], mixed[other]];
    if (a === undefined || b === undefined) continue;
    mixed[last] = b;
    mixed[other] = a;
  }
  return mixed;
}
