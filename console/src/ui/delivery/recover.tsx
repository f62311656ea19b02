import { Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Act } from '../act.tsx';
import { momentField, momentIn, TimeInput } from '../time-input.tsx';
import type { Reach } from './reach.ts';

const DAY_MS = 86_400_000;

/** Sends an endpoint what it did not get in a span of time, and leads to the page of its progress. */
export function Recover({
  reach,
  endpoint,
  children,
}: {
  readonly reach: Reach;
  readonly endpoint: string;
  readonly children: string;
}): ReactNode {
  const navigate = useNavigate();
  const [since, setSince] = useState('');
  const [until, setUntil] = useState('');
  const [from, to] = [momentIn(since), momentIn(until)];
  return (
    <Act
      operation="v1.endpoint.recover"
      request={() => ({
        path: { app_id: reach.app, endpoint_id: endpoint },
        body: { since: from ?? '', ...(to === null ? {} : { until: to }) },
      })}
      changes={['v1.act.list', 'v1.dead-letter.list', 'v1.lane.get', 'v1.endpoint.get-stats']}
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
      onDone={({ id }) => void navigate({ to: reach.to.act(id) })}
    >
      {children}
    </Act>
  );
}
