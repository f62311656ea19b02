import { Select, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Act, momentField, momentIn, TimeInput, type Endpoint, type Lane } from '../ui/index.ts';
import { places } from './places.ts';
import { useApp } from './session.tsx';
import { useEventTypes } from './use-endpoints.ts';

const changes = ['v1.lane.get', 'v1.endpoint.get', 'v1.endpoint.list'] as const;
const DAY_MS = 86_400_000;

type Props = {
  readonly endpoint: Endpoint;
  readonly lane: Lane;
  /** With the id of its message. */
  readonly onExample: (message: string) => void;
};

/** What is done to an endpoint most. */
export function EndpointActions({ endpoint, lane, onExample }: Props): ReactNode {
  const path = { app_id: useApp(), endpoint_id: endpoint.id };
  return (
    <>
      {endpoint.disabled ? (
        <Act
          operation="patch_endpoint"
          request={() => ({ path, body: { disabled: false } })}
          changes={changes}
          said="It is enabled: new messages go to it. What it missed can be sent now."
          button={{ variant: 'filled' }}
        >
          Enable
        </Act>
      ) : (
        <SendExample endpoint={endpoint} onExample={onExample} />
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
        !endpoint.disabled && (
          <Act
            operation="v1.lane.pause"
            request={(reason) => ({ path, body: { reason } })}
            changes={changes}
            asksReason="must"
            confirm="Holds its messages back until you resume it, as for maintenance of yours. They wait and are sent then; none is lost."
            said="Paused. What comes waits."
          >
            Pause
          </Act>
        )
      )}
      <Recover path={path} />
      {!endpoint.disabled && (
        <Act
          operation="patch_endpoint"
          request={() => ({ path, body: { disabled: true } })}
          changes={changes}
          confirm="Ends sending to it: messages for it are put on record, and not sent once you enable it, unless you ask for what it missed. To hold them back for a while, pause it instead."
          said="Disabled. Nothing is sent to it."
        >
          Disable
        </Act>
      )}
    </>
  );
}

/** Works without any event type being there. */
const PING = 'svix.ping';

function SendExample({ endpoint, onExample }: Omit<Props, 'lane'>): ReactNode {
  const app = useApp();
  const types = useEventTypes();
  const [type, setType] = useState(PING);
  const names = types.data?.data.map(({ name }) => name) ?? [];
  return (
    <Act
      operation="v1.endpoint.send-example"
      request={() => ({
        path: { app_id: app, endpoint_id: endpoint.id },
        body: { eventType: type },
      })}
      changes={['v1.message-attempt.list-by-endpoint', 'v1.endpoint.get-stats']}
      confirm={
        <Stack gap="sm">
          <Text size="sm">
            Sends one message to this endpoint, signed as all are, and shows what it answers. Your
            receiver cannot tell it from a real one by more than what it says.
          </Text>
          <Select
            label="Event type"
            description={`${PING} is always there and says {"success":true}.`}
            data={[PING, ...names]}
            value={type}
            allowDeselect={false}
            searchable
            onChange={(value) => setType(value ?? PING)}
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

function Recover({
  path,
}: {
  readonly path: { readonly app_id: string; readonly endpoint_id: string };
}): ReactNode {
  const navigate = useNavigate();
  const [since, setSince] = useState('');
  const [until, setUntil] = useState('');
  const [from, to] = [momentIn(since), momentIn(until)];
  return (
    <Act
      operation="v1.endpoint.recover"
      request={() => ({ path, body: { since: from ?? '', ...(to === null ? {} : { until: to }) } })}
      changes={['v1.act.list', 'v1.endpoint.get-stats']}
      onOpen={() => {
        setSince(momentField(Date.now() - DAY_MS));
        setUntil('');
      }}
      isReady={from !== null}
      confirm={
        <Stack gap="sm">
          <Text size="sm">
            Sends it again what was not delivered in a span of time, and what it missed while it was
            disabled. Messages that were delivered are not sent again.
          </Text>
          <TimeInput label="From" value={since} onChange={setSince} isRequired />
          <TimeInput
            label="Until"
            description="Empty: until now."
            value={until}
            onChange={setUntil}
          />
        </Stack>
      }
      onDone={({ id }) => void navigate({ to: places.act(id) })}
    >
      Send what it missed
    </Act>
  );
}
