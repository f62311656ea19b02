import { Anchor, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { headingsOf, type Form } from './story.ts';

/** What to begin with, and the way back to it. */
export function Beginnings({
  form,
  isOfIncident,
  isTyped,
  text,
  change,
}: {
  readonly form: Form;
  readonly isOfIncident: boolean;
  readonly isTyped: boolean;
  readonly text: string;
  readonly change: (text: string | null) => void;
}): ReactNode {
  const begin = (next: string | null): void => {
    const before = isTyped ? text : null;
    change(next);
    if (before === null || before.trim() === '') return;
    notifications.show({
      message: (
        <Group gap="sm">
          <span>Begun anew.</span>
          <Anchor component="button" type="button" size="sm" onClick={() => change(before)}>
            Take mine back
          </Anchor>
        </Group>
      ),
    });
  };
  return (
    <Group mb="xs" gap="xs" justify="space-between">
      <Group gap="xs">
        {isOfIncident && isTyped && (
          <Button size="xs" variant="default" onClick={() => begin(null)}>
            Draft it anew from the record
          </Button>
        )}
        {!isOfIncident && (
          <Button
            size="xs"
            variant="default"
            onClick={() => begin(headingsOf[form].map((heading) => `## ${heading}\n\n`).join('\n'))}
          >
            Begin with the headings
          </Button>
        )}
        {!isOfIncident && isTyped && (
          <Button size="xs" variant="default" onClick={() => begin(null)}>
            Clear
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {isTyped
          ? 'Kept in this browser alone; sent to Holdfast to be scored, and not kept there.'
          : isOfIncident
            ? 'As the record tells it. Edit it: yours is kept in this browser.'
            : 'What you type is kept in this browser alone.'}
      </Text>
    </Group>
  );
}
