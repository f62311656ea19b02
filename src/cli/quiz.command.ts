import { createInterface } from 'node:readline';
import { Option, type Command } from 'commander';
import { seededRandom, systemRandom } from '../core/index.ts';
import type { AreaStanding, Difficulty, PutQuestion, QuizAnswer } from '../story/index.ts';
import { fold } from './describe-story.ts';
import { newCommand } from './new-command.ts';
import { readState, stateFile, writeState } from './state-file.ts';
import { counted } from './table.ts';
import { wholeNumber } from './values.ts';

type Flags = {
  readonly json?: true;
  readonly difficulty?: Difficulty;
  readonly seed?: number;
  readonly state: string;
};

const LETTERS = ['a', 'b', 'c', 'd'] as const;

const NOTE = `Ten questions, the weakest areas first. Answer a, b, c or d, one a line; an empty line skips, Ctrl-D
ends the round. With --json the answers are read from standard input and one line of JSON tells the
whole round.`;

export function quizCommand(): Command {
  return newCommand(
    'quiz',
    'ten questions on telling incidents, with reasons',
    [
      'holdfast quiz',
      'holdfast quiz --difficulty hard',
      "printf 'a\\nb\\n' | holdfast quiz --seed 7 --json",
    ],
    NOTE,
  )
    .addOption(
      new Option('--difficulty <difficulty>', 'only these').choices(['easy', 'medium', 'hard']),
    )
    .option('--seed <n>', 'the same round again', wholeNumber('--seed', 0, 4_294_967_295))
    .addOption(
      new Option('--state <file>', 'where answers are kept').default(
        stateFile('quiz.json', process.env),
        'quiz.json in ~/.local/state/holdfast',
      ),
    )
    .action(askRound);
}

/** A question with what was answered. */
type Answered = {
  readonly id: string;
  readonly area: string;
  readonly difficulty: string;
  readonly question: string;
  readonly choices: readonly string[];
  /** A letter; null where nothing was answered. */
  readonly answer: string | null;
  readonly right: string;
  readonly isRight: boolean;
  readonly because: string;
};

async function askRound(flags: Flags): Promise<void> {
  const { MOST_QUIZ_ANSWERS, nextRound, parseQuizAnswers, standings } =
    await import('../story/index.ts');
  const earlier = parseQuizAnswers(await readState(flags.state));
  const random = flags.seed === undefined ? systemRandom : seededRandom(flags.seed);
  const round = nextRound(earlier, random, flags.difficulty);
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const isTold = flags.json !== true;
  const isTyped = isTold && process.stdin.isTTY;
  const answered: Answered[] = [];
  for (const [nth, put] of round.entries()) {
    if (isTold) console.log(questionText(put, nth + 1, round.length));
    const line = await answerLine(lines, isTyped);
    // Ctrl-D: the round is over; a program is told of every question.
    if (line === undefined && isTold) break;
    const one = answer(put, line ?? '');
    answered.push(one);
    if (isTold) console.log(answerText(one));
  }
  await lines.return?.();
  const given: QuizAnswer[] = answered.flatMap(({ id, answer: letter, isRight }) =>
    letter === null ? [] : [{ id, isRight }],
  );
  const all = [...earlier, ...given].slice(-MOST_QUIZ_ANSWERS);
  if (given.length > 0) await writeState(flags.state, all);
  const result = {
    asked: given.length,
    right: given.filter(({ isRight }) => isRight).length,
    questions: answered,
    areas: standings(all),
  };
  console.log(isTold ? resultText(result) : JSON.stringify(result));
}

/** The next line; undefined at the end of input. At a keyboard, what is no answer is asked again. */
async function answerLine(
  lines: AsyncIterator<string>,
  isTyped: boolean,
): Promise<string | undefined> {
  for (;;) {
    if (isTyped) process.stdout.write('> ');
    const next = await lines.next();
    if (next.done === true) return undefined;
    const line = next.value.trim();
    if (!isTyped || line === '' || letterOf(line) !== undefined) return line;
    console.log('Answer a, b, c or d; an empty line skips.');
  }
}

function letterOf(line: string): (typeof LETTERS)[number] | undefined {
  return LETTERS.find((one) => one === line.trim().toLowerCase());
}

function answer({ question, choices, right }: PutQuestion, line: string): Answered {
  const letter = letterOf(line) ?? null;
  const { id, area, difficulty, question: asked, because } = question;
  return {
    id,
    area,
    difficulty,
    question: asked,
    choices,
    answer: letter,
    right: LETTERS[right] ?? 'a',
    isRight: letter !== null && LETTERS.indexOf(letter) === right,
    because,
  };
}

function questionText({ question, choices }: PutQuestion, nth: number, all: number): string {
  return [
    '',
    fold(`${nth}/${all} (${question.difficulty}, ${question.area}) ${question.question}`, ''),
    ...choices.map((choice, place) => fold(`${LETTERS[place] ?? ''}) ${choice}`, '  ')),
  ].join('\n');
}

function answerText({ answer: letter, right, isRight, because }: Answered): string {
  const verdict =
    letter === null ? `Skipped; it is ${right}.` : isRight ? 'Right.' : `No, ${right}.`;
  return fold(`${verdict} ${because}`, '');
}

function resultText({
  asked,
  right,
  areas,
}: {
  readonly asked: number;
  readonly right: number;
  readonly areas: readonly AreaStanding[];
}): string {
  const weakest = areas
    .filter((one) => one.asked > 0 && one.right < one.asked)
    .slice(0, 3)
    .map((one) => `${one.area} (${one.right} of ${one.asked})`);
  return [
    '',
    `${right} of ${counted(asked, 'question')} right.`,
    ...(weakest.length === 0
      ? []
      : [fold(`Weakest: ${weakest.join(', ')}; they come first next time.`, '')]),
  ].join('\n');
}
