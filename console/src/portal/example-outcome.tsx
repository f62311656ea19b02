import { Alert, Group, Loader, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePages } from '../api/index.ts';
import { Payload, phaseName, sentenceOf, To } from '../ui/index.ts';
import { places } from './places.ts';
import { useApp } from './session.tsx';

const LOOK_MS = 500;

/** What became of the example that was just sent: waited for, then said. */
export function ExampleOutcome({
  message,
  endpoint,
  onClose,
}: {
  readonly message: string;
  readonly endpoint: string;
  readonly onClose: () => void;
}): ReactNode {
  const attempts = usePages(
    'v1.message-attempt.list-by-msg',
    { path: { app_id: useApp(), msg_id: message }, query: { limit: 50, endpoint_id: endpoint } },
    { everyMs: LOOK_MS },
  );
  const [newest] = attempts.rows;
  if (newest === undefined) {
    return (
      <Alert color="blue" title="The example is on its way" role="status">
        <Group gap="sm">
          <Loader size="xs" aria-hidden />
          <Text size="sm">What your endpoint answers is shown here.</Text>
        </Group>
      </Alert>
    );
  }
  const isDelivered = newest.outcome === 'delivered';
  return (
    <Alert
      color={isDelivered ? 'teal' : 'red'}
      title={isDelivered ? '✓ The example arrived' : '✕ The example did not arrive yet'}
      role="status"
      withCloseButton
      closeButtonLabel="Close"
      onClose={onClose}
    >
      <Text size="sm">
        {sentenceOf(newest)}
        {newest.timing.failedPhase !== null &&
          ` It failed at: ${phaseName(newest.timing.failedPhase)}.`}
        {!isDelivered && ' It is tried again, as every message is.'}{' '}
        <To to={places.attempt(message, newest.id)}>See the attempt</To>
      </Text>
      {newest.response !== '' && (
        <Payload text={newest.response.slice(0, 2000)} label="What it answered" />
      )}
    </Alert>
  );
}
