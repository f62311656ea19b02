import { Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { count, State } from '../ui/index.ts';
import { gradeTone, type StoryScore } from './story.ts';

/** The grade, and the rule that decided it. */
export function GradeCard({ score }: { readonly score: StoryScore }): ReactNode {
  const { grade, rules, disqualifiers, questions, unreadFrom, words } = score;
  const [decided, ...others] = rules;
  return (
    <Paper withBorder p="md" role="region" aria-label="Grade">
      <Stack gap={6}>
        <Group gap="sm" align="center">
          <Text fz={32} fw={700} lh={1.1} aria-label={`Grade ${grade}`}>
            {grade}
          </Text>
          <State of={grade} tone={gradeTone(grade)}>
            {score.score.toFixed(2)} of 1
          </State>
          <Text size="sm" c="dimmed">
            {count(words)} words
          </Text>
        </Group>
        {decided !== undefined && (
          <Text size="sm" fw={600}>
            {decided.rule}
          </Text>
        )}
        {others.map(({ rule, grade: by }) => (
          <Text key={rule} size="xs" c="dimmed">
            {by}: {rule}
          </Text>
        ))}
        {disqualifiers.map(({ id, title, sentence, reason, edit }) => (
          <Stack key={id} gap={2} mt={4}>
            <Group gap="xs">
              <State of="disqualified" tone="bad">
                {title}
              </State>
            </Group>
            {sentence !== null && <Quote text={sentence.text} />}
            <Text size="sm">{reason}</Text>
            <Text size="sm">→ {edit}</Text>
          </Stack>
        ))}
        {questions.map(({ id, title, sentence, edit }) => (
          <Stack key={id} gap={2} mt={4}>
            <Text size="sm">Does it disqualify: {title}?</Text>
            {sentence !== null && <Quote text={sentence.text} />}
            <Text size="sm">→ If so: {edit}</Text>
          </Stack>
        ))}
        {unreadFrom !== null && (
          <Text size="sm">Only the first {count(unreadFrom)} characters were read.</Text>
        )}
      </Stack>
    </Paper>
  );
}

export function Quote({ text }: { readonly text: string }): ReactNode {
  return (
    <Text size="sm" c="dimmed" fs="italic" style={{ overflowWrap: 'anywhere' }}>
      “{text.length > 240 ? `${text.slice(0, 239)}…` : text}”
    </Text>
  );
}
