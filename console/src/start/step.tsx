import { Group, Paper, Text, ThemeIcon, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** One step of the guide: its number, or a mark that it is done. Before its turn it says what it will be, and no more. */
export function Step({
  nth,
  title,
  isDone,
  isOpen,
  children,
}: {
  readonly nth: number;
  readonly title: string;
  readonly isDone: boolean;
  readonly isOpen: boolean;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Paper withBorder radius="md" p="md" component="section" aria-label={title}>
      <Group gap="sm" mb={isOpen ? 'sm' : 0} wrap="nowrap">
        <ThemeIcon
          radius="xl"
          variant={isDone ? 'filled' : 'light'}
          color={isDone ? 'teal.9' : 'gray'}
          aria-hidden
        >
          {isDone ? '✓' : nth}
        </ThemeIcon>
        <Title order={2} size="h4">
          {title}
          {isDone && (
            <Text span size="sm" c="dimmed">
              {' '}
              · done
            </Text>
          )}
        </Title>
      </Group>
      {isOpen && children}
    </Paper>
  );
}
