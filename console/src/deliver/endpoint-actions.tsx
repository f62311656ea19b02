import { Autocomplete, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Act, paths } from '../ui/index.ts';
import { useEventTypes } from './use-event-types.ts';
import type { Endpoint, Lane } from './words.ts';

export type EndpointPath = { readonly app_id: string; readonly endpoint_id: string };

/** What is done to an endpoint most: try it, hold it back, let it go on, enable it. */
export function EndpointActions({
  path,
  endpoint,
  lane,
}: {
  readonly path: EndpointPath;
  readonly endpoint: Endpoint;
  readonly lane: Lane;
}): ReactNode {
  const changes = ['v1.lane.get', 'v1.endpoint.get', 'v1.lane.list-resting'] as const;
  return (
    <>
      {endpoint.disabled ? (
        <Act
          operation="patch_endpoint"
          request={() => ({ path, body: { disabled: false } })}
          changes={changes}
          said="It is enabled: new messages go to it. What it missed meanwhile can be recovered under “Circuit and lane”."
          button={{ variant: 'filled' }}
        >
          Enable
        </Act>
      ) : (
        <SendExample path={path} />
      )}
      {lane.isPaused ? (
        <Act
          operation="v1.lane.resume"
          request={() => ({ path })}
          changes={changes}
          said="It goes on: what waited is sent now."
          button={{ variant: 'filled' }}
        >
          Resume
        </Act>
      ) : (
        <Act
          operation="v1.lane.pause"
          request={(reason) => ({ path, body: { reason } })}
          changes={changes}
          asksReason="must"
          confirm="Holds its deliveries back until somebody resumes it. They wait in the ledger; none is lost."
          said="Paused. What comes waits in the ledger."
        >
          Pause
        </Act>
      )}
    </>
  );
}

/** Works without any event type being there. */
const PING = 'svix.ping';

function SendExample({ path }: { readonly path: EndpointPath }): ReactNode {
  const navigate = useNavigate();
  const types = useEventTypes();
  const [type, setType] = useState(PING);
  return (
    <Act
      operation="v1.endpoint.send-example"
      request={() => ({ path, body: { eventType: type.trim() } })}
      changes={['v1.message-attempt.list-by-endpoint', 'v1.endpoint.get-stats']}
      confirm={
        <Stack gap="sm">
          <Text size="sm">
            Sends one message to this endpoint alone, made from the event type’s schema, and shows
            what becomes of it.
          </Text>
          <Autocomplete
            label="Event type"
            description={`${PING} is always there and says {"success":true}.`}
            data={[PING, ...types]}
            value={type}
            onChange={setType}
          />
        </Stack>
      }
      said="The example is on its way."
      onDone={({ id }) => void navigate({ to: paths.message(path.app_id, id) })}
    >
      Send example
    </Act>
  );
}
