import { List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { count, duration, State, Table, type Tone } from '../ui/index.ts';
import type { Canary } from './canary.ts';

const MINUTE_MS = 60_000;
type Row = Canary['steps'][number] & { readonly nth: number; readonly standing: string };

const stepTones: Readonly<Record<string, Tone>> = { done: 'good', now: 'busy', paused: 'warn' };

/** The schedule, where in it the canary is, and what it waits for. */
export function CanarySteps({ canary }: { readonly canary: Canary }): ReactNode {
  const { steps, step, state, endedAt, waitsFor, peakNeeded } = canary;
  const rows = steps.map((one, at): Row => ({ ...one, nth: at + 1, standing: standing(at + 1) }));
  function standing(nth: number): string {
    if (nth < step || state === 'promoted') return 'done';
    if (nth > step) return endedAt === null ? 'to come' : 'not reached';
    return endedAt === null ? (state === 'paused' ? 'paused' : 'now') : 'ended here';
  }
  return (
    <Stack gap="xs">
      <Table<Row>
        label="Steps"
        rows={rows}
        rowHeight={34}
        keyOf={({ nth }) => String(nth)}
        columns={[
          { name: 'Step', width: '60px', align: 'right', cell: ({ nth }) => nth },
          { name: 'Share', width: '90px', align: 'right', cell: ({ percent }) => `${percent} %` },
          {
            name: 'For at least',
            width: '130px',
            cell: ({ minutes }) => (minutes === 0 ? '–' : duration(minutes * MINUTE_MS)),
          },
          {
            name: 'And first attempts of the candidate',
            width: 'minmax(150px, 1fr)',
            cell: ({ atLeast }) => count(atLeast),
          },
          {
            name: 'State',
            width: '130px',
            cell: ({ standing: of }) =>
              of === 'to come' || of === 'not reached' ? (
                of
              ) : (
                <State of={of} tone={stepTones[of] ?? 'quiet'} />
              ),
          },
        ]}
      />
      {waitsFor.length > 0 && (
        <div>
          <Text size="sm" fw={600}>
            It waits for
          </Text>
          <List size="sm">
            {waitsFor.map((text) => (
              <List.Item key={text}>{text}</List.Item>
            ))}
          </List>
        </div>
      )}
      {peakNeeded !== null && (
        <Text size="sm" c="dimmed">
          Before it is promoted it has to see a minute with {count(peakNeeded)} first attempts.
        </Text>
      )}
    </Stack>
  );
}
