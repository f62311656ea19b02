import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAct, type Operations } from '../api/index.ts';
import { Fault, KeyHelp, Page, paths, To, useKey, useView } from '../ui/index.ts';
import type { Question } from './quiz-question.tsx';
import { Round } from './quiz-round.tsx';
import { MOST_ANSWERS, quizAnswers } from './tries.ts';

type Difficulty = NonNullable<Operations['v1.quiz.next-round']['body']['difficulty']>;

const usual = { difficulty: 'any' } as const;
const difficulties: readonly Difficulty[] = ['easy', 'medium', 'hard'];

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
