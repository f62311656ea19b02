import { Checkbox, Group, Select, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { EndpointPath } from '../ui/delivery/reach.ts';
import { Act, type Lane } from '../ui/index.ts';
import { laneAnswers } from './lane-answers.ts';

const HOUR_MS = 3_600_000;
const spans: Readonly<Record<string, number | null>> = {
  'somebody closes it': null,
  '15 minutes are over': HOUR_MS / 4,
  'an hour is over': HOUR_MS,
  '6 hours are over': 6 * HOUR_MS,
};

/** The ways to open a circuit by hand, and to close it. */
export function CircuitActs({
  path,
  lane,
}: {
  readonly path: EndpointPath;
  readonly lane: Lane;
}): ReactNode {
  const [span, setSpan] = useState('somebody closes it');
  const [withProbes, setProbes] = useState(false);
  const lasts = spans[span] ?? null;
  return (
    <Group gap="xs">
      {lane.handCircuit === null && (
        <Act
          operation="v1.lane.open-circuit"
          request={(reason) => ({
            path,
            body: {
              reason,
              withProbes,
              ...(lasts === null ? {} : { until: new Date(Date.now() + lasts).toISOString() }),
            },
          })}
          changes={laneAnswers}
          asksReason="must"
          confirm={
            <Stack gap="sm">
              <Text size="sm">
                Nothing is sent to this endpoint while its circuit is open. Deliveries wait in the
                ledger; none is lost.
              </Text>
              <Select
                label="Open until"
                data={Object.keys(spans)}
                value={span}
                allowDeselect={false}
                onChange={(value) => setSpan(value ?? 'somebody closes it')}
              />
              <Checkbox
                label="Send a probe now and then, to see whether it answers"
                checked={withProbes}
                onChange={(event) => setProbes(event.currentTarget.checked)}
              />
            </Stack>
          }
          said="The circuit is open: nothing is sent."
        >
          Open circuit
        </Act>
      )}
      {lane.breaker.state !== 'closed' && (
        <Act
          operation="v1.lane.close-circuit"
          request={() => ({ path })}
          changes={laneAnswers}
          confirm="Deliveries go out again at once. If the endpoint still fails, the breaker opens the circuit again by itself."
          said="The circuit is closed: deliveries go out."
        >
          Close circuit
        </Act>
      )}
    </Group>
  );
}
