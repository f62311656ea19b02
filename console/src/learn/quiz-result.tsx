import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { paths, Section, useKey } from '../ui/index.ts';
import { AreaTable } from './area-table.tsx';
import type { Question } from './quiz-question.tsx';

/** What a round came to, and what was not right. */
export function Result({
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
