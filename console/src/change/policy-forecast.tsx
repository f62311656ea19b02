import { Alert, List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/index.ts';
import { count, duration, Table } from '../ui/index.ts';

type Forecast = AnswerOf<'v1.policy.validate'>;
type Row = {
  readonly scene: string;
  readonly what: string;
  readonly present: string;
  readonly candidate: string;
};

const scenes = [
  ['day', 'The last day again'],
  ['outage', 'An outage of an hour'],
] as const;

/** What a policy would have made of what was recorded, beside what is in force; and what to be careful of. */
export function PolicyForecast({ of }: { readonly of: Forecast }): ReactNode {
  const rows = scenes.flatMap(([scene, title]): readonly Row[] => {
    const { present, candidate } = of[scene];
    const row = (what: string, write: (one: typeof present) => string): Row => ({
      scene: title,
      what,
      present: write(present),
      candidate: write(candidate),
    });
    return [
      row('Attempts', ({ attempts }) => count(attempts)),
      row('In the worst minute', ({ peakPerMinute }) => count(peakPerMinute)),
      row('Dead letters', ({ deadLetters }) => count(deadLetters)),
      row('Oldest delivery', ({ oldestDeliveryMs }) =>
        oldestDeliveryMs === null
          ? '–'
          : oldestDeliveryMs === 0
            ? 'at once'
            : duration(oldestDeliveryMs),
      ),
    ];
  });
  return (
    <Stack gap="xs">
      {of.warnings.length > 0 && (
        <Alert color="orange" title="To be careful of">
          <List size="sm">
            {of.warnings.map(({ text }) => (
              <List.Item key={text}>{text}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Table<Row>
        label="Recorded traffic under it"
        rows={rows}
        rowHeight={32}
        keyOf={({ scene, what }) => `${scene} ${what}`}
        columns={[
          { name: 'Scene', width: 'minmax(150px, 1fr)', cell: ({ scene }) => scene },
          { name: 'What', width: 'minmax(140px, 1fr)', cell: ({ what }) => what },
          { name: 'At present', width: '120px', align: 'right', cell: ({ present }) => present },
          {
            name: 'Under this',
            width: '120px',
            align: 'right',
            cell: ({ candidate }) => candidate,
          },
        ]}
      />
      <Text size="xs" c="dimmed">
        {of.basis === 'recorded'
          ? 'Simulated on the outcomes of the last 24 hours.'
          : 'Nothing was delivered in the last 24 hours, so one message a minute that succeeds is assumed.'}{' '}
        {of.assumptions.slice(0, 1).join(' ')}
      </Text>
    </Stack>
  );
}
