import { Alert, Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** What was typed before this page was opened stands in it again. */
export function TakenUp({ onDiscard }: { readonly onDiscard: () => void }): ReactNode {
  return (
    <Alert color="orange" mt="sm" title="What you typed before is here again" role="status">
      <Group gap="sm">
        <Text size="sm">It was not saved: this browser kept it.</Text>
        <Button size="xs" variant="default" onClick={onDiscard}>
          Discard it
        </Button>
      </Group>
    </Alert>
  );
}
