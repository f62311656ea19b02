import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import type { AnswerOf } from '../api/index.ts';
import { State, useKey, words } from '../ui/index.ts';

export type Question = AnswerOf<'v1.quiz.next-round'>['data'][number];

const LETTERS = ['a', 'b', 'c', 'd'] as const;

/**
 * One question with its choices; once it was answered, the reason.
 *
 * @param choice undefined: not answered yet; null: skipped.
 */
export function Put({
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
