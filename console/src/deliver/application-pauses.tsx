import { Alert, Group, Select, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { useEventTypes } from '../ui/delivery/use-event-types.ts';
import { Act, Moment } from '../ui/index.ts';

/** The pauses that hold an application's deliveries back, each with the way to end it. Nothing where there is none. */
export function ApplicationPauses({
  app,
  appId,
}: {
  readonly app: string;
  readonly appId: string;
}): ReactNode {
  const may = useMay();
  const pauses = useAnswer('v1.pause.list', {});
  const own = pauses.data?.data.filter((pause) => pause.appId === null || pause.appId === appId);
  if (own === undefined || own.length === 0) return null;
  return (
    <Stack gap="xs">
      {own.map(({ id, appId: of, eventType, reason, since }) => (
        <Alert key={id} color="orange" title={`${what(of, eventType)} paused`}>
          <Group justify="space-between" gap="sm">
            <Text size="sm">
              “{reason}”, <Moment at={since} />. Messages are accepted and wait; none is lost.
            </Text>
            {may.write && (
              <Act
                operation="v1.pause.end"
                request={() => ({ path: { pause_id: id } })}
                changes={['v1.pause.list', 'v1.lane.list-resting', 'v1.lane.get']}
                confirm={
                  of === null
                    ? 'What waits goes on, for every application that this pause holds back.'
                    : `What waits of ${app} goes on.`
                }
                said="The pause is ended: what waited goes on."
              >
                End the pause
              </Act>
            )}
          </Group>
        </Alert>
      ))}
    </Stack>
  );
}

function what(appId: string | null, eventType: string | null): string {
  const of = appId === null ? 'the whole service' : 'this application';
  return eventType === null ? `Deliveries of ${of} are` : `${eventType} of ${of} is`;
}

const ALL = 'every event type';

export function PauseApplication({
  app,
  name,
}: {
  readonly app: string;
  readonly name: string;
}): ReactNode {
  const types = useEventTypes().map(({ name }) => name);
  const [type, setType] = useState(ALL);
  return (
    <Act
      operation="v1.pause.begin"
      request={(reason) => ({
        body: { appId: app, reason, ...(type === ALL ? {} : { eventType: type }) },
      })}
      changes={['v1.pause.list', 'v1.lane.list-resting', 'v1.lane.get']}
      asksReason="must"
      confirm={
        <Stack gap="sm">
          <Text size="sm">
            Holds the deliveries of {name} back until somebody ends the pause. Messages are accepted
            and wait in the ledger; none is lost.
          </Text>
          <Select
            label="What is held back"
            data={[ALL, ...types]}
            value={type}
            allowDeselect={false}
            onChange={(value) => setType(value ?? ALL)}
          />
        </Stack>
      }
      said="Paused. What comes waits in the ledger."
    >
      Pause application
    </Act>
  );
}
