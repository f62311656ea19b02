import { Alert, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Answered, duration, Moment, paths, State, To } from '../ui/index.ts';
import { Step } from './step.tsx';

const LOOK_MS = 500;

/** What became of the message. */
export function ResultStep({
  app,
  message,
}: {
  readonly app: string;
  readonly message: string;
}): ReactNode {
  const path = { app_id: app, msg_id: message };
  const isWanted = message !== '';
  const deliveries = useAnswer('v1.delivery.list-by-msg', { path }, { isWanted, everyMs: LOOK_MS });
  const attempts = useAnswer(
    'v1.message-attempt.list-by-msg',
    { path, query: { limit: 5 } },
    { isWanted, everyMs: LOOK_MS },
  );
  const delivery = deliveries.data?.data[0];
  const last = attempts.data?.data[0];
  const isDelivered = isWanted && delivery?.state === 'delivered';
  return (
    <Step nth={4} title="The delivery: how it arrives" isDone={isDelivered} isOpen={isWanted}>
      <Answered of={deliveries} rows={1}>
        {() =>
          delivery === undefined ? (
            <Alert color="orange" title="It was for no endpoint">
              No endpoint of this application takes this event type.
            </Alert>
          ) : isDelivered ? (
            <Stack gap="sm">
              <Alert color="teal" title="✓ Delivered">
                <Text size="sm">
                  {last === undefined
                    ? 'The endpoint took the message.'
                    : `The endpoint answered ${last.responseStatusCode} after ${duration(last.responseDurationMs)}. Accepted, stored, signed, sent, taken: that is all of it.`}
                </Text>
              </Alert>
              <Group gap="xs">
                <Button
                  size="sm"
                  renderRoot={(props) => <Link {...props} to={paths.message(app, message)} />}
                >
                  Look at the message
                </Button>
                <Button
                  size="sm"
                  variant="default"
                  renderRoot={(props) => (
                    <Link {...props} to={paths.endpoint(app, delivery.endpointId)} />
                  )}
                >
                  Look at the endpoint
                </Button>
                <Button
                  size="sm"
                  variant="default"
                  renderRoot={(props) => <Link {...props} to={paths.overview} />}
                >
                  To the overview
                </Button>
              </Group>
            </Stack>
          ) : last === undefined ? (
            <Group gap="sm" role="status">
              <Loader size="sm" />
              <Text size="sm">It is on its way.</Text>
            </Group>
          ) : (
            <Alert color="orange" title="Not delivered yet">
              <Stack gap={6}>
                <Group gap="xs">
                  <State of={last.outcome} tone="bad" />
                  <Text size="sm">{last.detail ?? `status ${last.responseStatusCode}`}</Text>
                </Group>
                <Text size="sm">
                  {delivery.nextAttempt === null ? (
                    'No attempt is left. Mend the endpoint, then replay the message from its page.'
                  ) : (
                    <>
                      Nothing is lost: the next attempt is <Moment at={delivery.nextAttempt} />. Is
                      something listening at the URL?
                    </>
                  )}
                </Text>
                <To to={paths.attempt(app, message, last.id)}>See the attempt</To>
              </Stack>
            </Alert>
          )
        }
      </Answered>
    </Step>
  );
}
