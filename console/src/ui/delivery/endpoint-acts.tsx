import { Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { OperationId } from '../../api/index.ts';
import { Act } from '../act.tsx';
import type { Endpoint, Lane } from '../delivery-words.ts';
import { EventTypeField } from './event-type-field.tsx';
import type { EndpointPath } from './reach.ts';
import { useEventTypes } from './use-event-types.ts';

/** What may be another once an endpoint is held back, goes on, is disabled or enabled. */
export const endpointAnswers: readonly OperationId[] = [
  'v1.lane.get',
  'v1.endpoint.get',
  'v1.endpoint.list',
  'v1.lane.list-resting',
];

/** What is done to an endpoint most: try it, hold it back, let it go on, enable it. */
export function EndpointActs({
  path,
  endpoint,
  lane,
  missed,
  onExample,
}: {
  readonly path: EndpointPath;
  readonly endpoint: Endpoint;
  readonly lane: Lane;
  /** Where what it missed while it was disabled is sent again, in a sentence. */
  readonly missed: string;
  /** With the id of its message. */
  readonly onExample: (message: string) => void;
}): ReactNode {
  return (
    <>
      {endpoint.disabled ? (
        <Act
          operation="patch_endpoint"
          request={() => ({ path, body: { disabled: false } })}
          changes={endpointAnswers}
          said={`It is enabled: new messages go to it. ${missed}`}
          button={{ variant: 'filled' }}
        >
          Enable
        </Act>
      ) : (
        <SendExample path={path} onExample={onExample} />
      )}
      {lane.isPaused ? (
        <Act
          operation="v1.lane.resume"
          request={() => ({ path })}
          changes={endpointAnswers}
          said="It goes on: what waited is sent now."
          button={{ variant: 'filled' }}
        >
          Resume
        </Act>
      ) : (
        <Act
          operation="v1.lane.pause"
          request={(reason) => ({ path, body: { reason } })}
          changes={endpointAnswers}
          asksReason="must"
          confirm="Holds its deliveries back until somebody resumes it, as for maintenance behind it. They wait and are sent then; none is lost."
          said="Paused. What comes waits."
        >
          Pause
        </Act>
      )}
    </>
  );
}

/** Works without any event type being there. */
const PING = 'svix.ping';

function SendExample({
  path,
  onExample,
}: {
  readonly path: EndpointPath;
  readonly onExample: (message: string) => void;
}): ReactNode {
  const types = useEventTypes();
  const [type, setType] = useState(PING);
  return (
    <Act
      operation="v1.endpoint.send-example"
      request={() => ({ path, body: { eventType: type } })}
      changes={['v1.message-attempt.list-by-endpoint', 'v1.endpoint.get-stats']}
      isReady={type !== ''}
      confirm={
        <Stack gap="sm">
          <Text size="sm">
            Sends one message to this endpoint alone, made from the event type’s schema and signed
            as all are, and shows what becomes of it. A receiver cannot tell it from a real one by
            more than what it says.
          </Text>
          <EventTypeField
            description={`${PING} is always there and says {"success":true}.`}
            names={[PING, ...types.map(({ name }) => name)]}
            value={type}
            onChange={setType}
          />
        </Stack>
      }
      said="The example is on its way."
      onDone={({ id }) => onExample(id)}
      button={{ variant: 'filled' }}
    >
      Send example
    </Act>
  );
}
