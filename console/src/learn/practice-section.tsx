import { Group, Paper, Progress, Text, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Guide } from './story.ts';

type Section = Guide['sections'][number];

/** A section with its clock, and what is told of it. */
export function SectionField({
  section: { section, seconds: target },
  seconds,
  isCurrent,
  isRunning,
  heard,
  text,
  onFocus,
  onChange,
  field,
}: {
  readonly section: Section;
  readonly seconds: number;
  readonly isCurrent: boolean;
  readonly isRunning: boolean;
  readonly heard: string;
  readonly text: string;
  readonly onFocus: () => void;
  readonly onChange: (text: string) => void;
  readonly field: (area: HTMLTextAreaElement | null) => void;
}): ReactNode {
  const name = `${section.charAt(0).toUpperCase()}${section.slice(1)}`;
  const over = seconds - target;
  return (
    <Paper
      withBorder
      p="sm"
      style={
        isCurrent ? { borderColor: 'var(--mantine-primary-color-filled)', borderWidth: 2 } : {}
      }
    >
      <Group justify="space-between" mb={4} wrap="nowrap">
        <Text size="sm" fw={600} component="h3" m={0}>
          {name}
          {isCurrent && (isRunning ? ' (the clock runs)' : ' (the clock stands)')}
        </Text>
        <Text
          size="sm"
          fw={isCurrent ? 700 : 400}
          role="timer"
          aria-label={`Clock of ${section}`}
          style={{ fontVariantNumeric: 'tabular-nums' }}
        >
          {over > 0 && '! '}
          {seconds} s of {target} s{over > 0 && `, ${over} s over`}
        </Text>
      </Group>
      <Progress
        value={Math.min(100, (seconds / target) * 100)}
        color={over > 0 ? 'orange' : 'teal'}
        size="sm"
        mb="xs"
        transitionDuration={0}
        aria-label={`Time of ${section}`}
      />
      <Textarea
        aria-label={name}
        autosize
        minRows={isCurrent ? 3 : 1}
        maxRows={14}
        value={text}
        ref={field}
        onFocus={onFocus}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {heard !== '' && (
        <Text size="sm" c="dimmed" fs="italic" aria-live="off">
          {heard}…
        </Text>
      )}
    </Paper>
  );
}
