import { Button, Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useAct, type AnswerOf, type Operations } from '../api/index.ts';
import {
  Fault,
  KeyHelp,
  Page,
  paths,
  Section,
  State,
  To,
  useKey,
  useView,
  words,
} from '../ui/index.ts';
import { AreaTable } from './area-table.tsx';
import { MOST_ANSWERS, quizAnswers } from './tries.ts';

type Question = AnswerOf<'v1.quiz.next-round'>['data'][number];
type Difficulty = NonNullable<Operations['v1.quiz.next-round']['body']['difficulty']>;

const usual = { difficulty: 'any' } as const;
const difficulties: readonly Difficulty[] = ['easy', 'medium', 'hard'];
const LETTERS = ['a', 'b', 'c', 'd'] as const;

/** Ten questions on telling incidents, each with its reason. */
export function QuizPage(): ReactNode {
  const [view, setView] = useView<keyof typeof usual>(usual);
  const [round, setRound] = useState<readonly Question[] | null>(null);
  const kept = quizAnswers.use();
  const next = useAct('v1.quiz.next-round', { onDone: ({ data }) => setRound(data) });
  const begin = (): void => {
    const difficulty = difficulties.find((each) => each === view.difficulty);
    next.mutate({
      body: {
        answers: [...quizAnswers.get()],
        ...(difficulty === undefined ? {} : { difficulty }),
      },
    });
  };
  useKey(round === null ? 'b' : undefined, 'Begin', begin);
  return (
    <Page
      title="Quiz"
      lead="Which element is missing, which phrase disqualifies, which signal does a sentence show? Ten questions a round, from your weakest areas first, each with its reason."
      actions={<KeyHelp />}
    >
      {next.error !== null && <Fault error={next.error} />}
      {round === null ? (
        <Stack gap="md" maw={680}>
          <Group gap="sm">
            <SegmentedControl
              aria-label="Difficulty"
              value={view.difficulty}
              onChange={(difficulty) => setView({ difficulty })}
              data={[
                { value: 'any', label: 'Any' },
                ...difficulties.map((each) => ({
                  value: each,
                  label: `${each.charAt(0).toUpperCase()}${each.slice(1)}`,
                })),
              ]}
            />
            <Button onClick={begin} loading={next.isPending}>
              Begin a round
            </Button>
          </Group>
          <Text size="sm" c="dimmed">
            {kept.length === 0
              ? 'You have not answered any yet.'
              : `${kept.filter(({ isRight }) => isRight).length} of ${kept.length} answered rightly so far.`}{' '}
            Answers are kept in this browser alone, the newest {MOST_ANSWERS.toLocaleString('en')}.{' '}
            {kept.length > 0 && <To to={paths.progress}>Your progress</To>}
          </Text>
        </Stack>
      ) : (
        <Round key={round.map(({ id }) => id).join()} round={round} onEnd={() => setRound(null)} />
      )}
    </Page>
  );
}

function Round({
  round,
  onEnd,
}: {
  readonly round: readonly Question[];
  readonly onEnd: () => void;
}): ReactNode {
  const [at, setAt] = useState(0);
  /** The choice of each question that was answered; null: it was skipped. */
  const [given, setGiven] = useState<readonly (number | null)[]>([]);
  const question = round[at];
  if (question === undefined) return <Result round={round} given={given} onEnd={onEnd} />;
  const isAnswered = given.length > at;
  const answer = (choice: number | null): void => {
    if (isAnswered) return;
    setGiven([...given, choice]);
    if (choice !== null) {
      quizAnswers.add([{ id: question.id, isRight: choice === question.right }]);
    }
  };
  return (
    <Put
      key={question.id}
      question={question}
      nth={at + 1}
      of={round.length}
      choice={isAnswered ? (given[at] ?? null) : undefined}
      onAnswer={answer}
      onNext={() => setAt(at + 1)}
    />
  );
}

/** @param choice undefined: not answered yet; null: skipped. */
function Put({
  question,
  nth,
  of,
  choice,
  onAnswer,
  onNext,
}: {
  readonly question: Question;
  readonly nth: number;
  readonly of: number;
  readonly choice: number | null | undefined;
  readonly onAnswer: (choice: number | null) => void;
  readonly onNext: () => void;
}): ReactNode {
  const { right, choices, because, area, difficulty } = question;
  const isAnswered = choice !== undefined;
  const heading = useRef<HTMLHeadingElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    if (isAnswered) next.current?.focus({ preventScroll: true });
  }, [isAnswered]);
  useKey(isAnswered ? undefined : 'a', 'Answer a, b, c or d', () => onAnswer(0));
  useKey(isAnswered ? undefined : 'b', 'Answer b', () => onAnswer(1));
  useKey(isAnswered ? undefined : 'c', 'Answer c', () => onAnswer(2));
  useKey(isAnswered ? undefined : 'd', 'Answer d', () => onAnswer(3));
  useKey(isAnswered ? 'n' : undefined, 'Next question', onNext);
  return (
    <Stack gap="md" maw={760}>
      <Group gap="xs">
        <Text size="sm" fw={600}>
          Question {nth} of {of}
        </Text>
        <Text size="sm" c="dimmed">
          {difficulty}, {words(area)}
        </Text>
      </Group>
      <Title order={2} size="h3" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
        {question.question}
      </Title>
      <Stack gap="xs" role="group" aria-label="Choices">
        {choices.map((text, place) => (
          <Choice
            key={text}
            letter={LETTERS[place] ?? ''}
            text={text}
            verdict={
              !isAnswered ? null : place === right ? 'right' : place === choice ? 'wrong' : 'other'
            }
            onPress={() => onAnswer(place)}
          />
        ))}
      </Stack>
      {isAnswered ? (
        <Paper withBorder p="md" role="status">
          <Group gap="xs" mb={4}>
            <State
              of={choice === right ? 'right' : 'wrong'}
              tone={choice === right ? 'good' : 'bad'}
            >
              {choice === null ? 'skipped' : choice === right ? 'right' : 'not right'}
            </State>
            {choice !== right && <Text size="sm">It is {LETTERS[right]}.</Text>}
          </Group>
          <Text size="sm">{because}</Text>
          <Button mt="sm" onClick={onNext} ref={next}>
            {nth === of ? 'See the result' : 'Next question'}
          </Button>
        </Paper>
      ) : (
        <Group>
          <Button variant="subtle" size="xs" onClick={() => onAnswer(null)}>
            Skip
          </Button>
        </Group>
      )}
    </Stack>
  );
}

const marks = { right: '✓ ', wrong: '✕ ', other: '' } as const;

function Choice({
  letter,
  text,
  verdict,
  onPress,
}: {
  readonly letter: string;
  readonly text: string;
  readonly verdict: keyof typeof marks | null;
  readonly onPress: () => void;
}): ReactNode {
  const color = verdict === 'right' ? 'teal' : verdict === 'wrong' ? 'red' : 'gray';
  return (
    <Button
      variant={verdict === null || verdict === 'other' ? 'default' : 'light'}
      color={color}
      justify="flex-start"
      h="auto"
      py={8}
      fullWidth
      aria-disabled={verdict !== null}
      styles={{ label: { whiteSpace: 'normal', textAlign: 'left', overflow: 'visible' } }}
      onClick={verdict === null ? onPress : undefined}
    >
      {verdict !== null && marks[verdict]}
      {letter}) {text}
    </Button>
  );
}

function Result({
  round,
  given,
  onEnd,
}: {
  readonly round: readonly Question[];
  readonly given: readonly (number | null)[];
  readonly onEnd: () => void;
}): ReactNode {
  const right = round.filter((question, nth) => given[nth] === question.right).length;
  const missed = round.filter((question, nth) => given[nth] !== question.right);
  useKey('b', 'Another round', onEnd);
  return (
    <Stack gap="md" maw={860}>
      <Title order={2} size="h3">
        {right} of {round.length} right
      </Title>
      <Group>
        <Button onClick={onEnd}>Another round</Button>
        <Button variant="default" renderRoot={(props) => <Link {...props} to={paths.progress} />}>
          Progress
        </Button>
      </Group>
      {missed.length > 0 && (
        <Section title="What was not right">
          <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {missed.map(({ id, question, choices, right: place, because }) => (
              <Paper key={id} component="li" withBorder p="sm">
                <Text size="sm" fw={600}>
                  {question}
                </Text>
                <Text size="sm">✓ {choices[place]}</Text>
                <Text size="sm" c="dimmed">
                  {because}
                </Text>
              </Paper>
            ))}
          </Stack>
        </Section>
      )}
      <Section title="Areas, the weakest first">
        <AreaTable />
      </Section>
    </Stack>
  );
}
