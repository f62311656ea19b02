import { Button, Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { openComments, type Postmortem } from './postmortem.ts';

/** What is due before it can be published, in one line. */
export function PostmortemNext({
  postmortem,
  missing,
  isDirty,
}: {
  readonly postmortem: Postmortem;
  readonly missing: number;
  readonly isDirty: boolean;
}): ReactNode {
  const { state } = postmortem;
  const open = openComments(postmortem);
  const lacking = [
    ...(missing > 0 ? [`${missing} ${missing === 1 ? 'thing is' : 'things are'} missing`] : []),
    ...(open > 0 ? [`${open} ${open === 1 ? 'comment is' : 'comments are'} open`] : []),
  ];
  const text =
    state === 'published'
      ? 'It is published. To change it, return it to a draft and say why; this version stays.'
      : isDirty
        ? 'Save what you typed: every version is kept.'
        : lacking.length > 0
          ? `Before it can be published, ${lacking.join(' and ')}.`
          : state === 'draft'
            ? 'Nothing is missing: submit it for review.'
            : 'Nothing is missing: publish it.';
  return (
    <Paper withBorder p="xs" px="md" role="note" aria-label="What to do next" data-noprint>
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          <b>Next.</b> {text}
        </Text>
        {state !== 'published' && missing > 0 && (
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => document.querySelector('#missing')?.scrollIntoView()}
          >
            What is missing
          </Button>
        )}
      </Group>
    </Paper>
  );
}
