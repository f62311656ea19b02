import { Alert, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Act, Moment } from '../ui/index.ts';
import { because } from './because.ts';
import { PickApplication } from './pick-place.tsx';
import { useApplicationNames } from './use-application-names.ts';

const changes = ['v1.pause.list', 'v1.lane.list-resting', 'v1.lane.get', 'v1.change.list'] as const;
const USUAL_PER_SECOND = 100;

/** The pauses that hold an event type back, each with the way to end it. Nothing where there is none. */
export function EventTypePauses({ name }: { readonly name: string }): ReactNode {
  const may = useMay();
  const nameOf = useApplicationNames();
  const pauses = useAnswer('v1.pause.list', {});
  const own = pauses.data?.data.filter(({ eventType }) => eventType === name) ?? [];
  if (own.length === 0) return null;
  return (
    <Stack gap="xs">
      {own.map(({ id, appId, reason, since, resumePerSecond }) => (
        <Alert
          key={id}
          color="orange"
          title={`Paused ${appId === null ? 'for all applications' : `for ${nameOf(appId)}`}`}
        >
          <Group justify="space-between" gap="sm">
            <Text size="sm">
              “{reason}”, <Moment at={since} />. Messages are accepted and wait; none is lost.
              {resumePerSecond === null
                ? ''
                : ` After it what waits goes on at ${resumePerSecond} a second to each endpoint.`}
            </Text>
            {may.write && (
              <Act
                operation="v1.pause.end"
                request={(reason) => ({ path: { pause_id: id }, ...because(reason) })}
                changes={changes}
                confirm={`What waits of ${name} goes on${resumePerSecond === null ? '' : `, ${resumePerSecond} a second to each endpoint`}.`}
                said="The pause is ended: what waited goes on."
                asksReason
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

/** Holds the deliveries of an event type back: while something upstream sends what is wrong. */
export function PauseEventType({ name }: { readonly name: string }): ReactNode {
  const [app, setApp] = useState('');
  const [rate, setRate] = useState<number | string>(USUAL_PER_SECOND);
  return (
    <Act
      operation="v1.pause.begin"
      request={(reason) => ({
        body: {
          eventType: name,
          reason,
          resumePerSecond: typeof rate === 'number' ? rate : null,
          ...(app === '' ? {} : { appId: app }),
        },
      })}
      changes={changes}
      asksReason="must"
      verb="Pause it"
      said="Paused. What comes waits in the ledger."
      confirm={
        <Stack gap="sm">
          <Text size="sm">
            Holds deliveries of {name} back until somebody ends the pause. Messages are accepted and
            wait in the ledger; none is lost. Other event types go on.
          </Text>
          <PickApplication label="Of one application" size="sm" value={app} onChange={setApp} />
          <NumberInput
            label="Afterwards, a second to each endpoint"
            description="At this rate what waited goes on after the pause. Empty: each when it was due."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={1}
            allowDecimal={false}
            value={rate}
            onChange={setRate}
          />
        </Stack>
      }
    >
      Pause
    </Act>
  );
}
