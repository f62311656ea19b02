import { Button, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Answered, count, Moment, percent, Section, Table, words } from '../ui/index.ts';
import type { Incident } from './incident.ts';
import { useExplanation } from './use-explanation.ts';

const ROW = 34;
const SHOWN = 6;

/** What the deliveries that failed have in common, against those that did not. */
export function Explanation({ incident }: { readonly incident: Incident }): ReactNode {
  const answer = useExplanation(incident);
  const [isAll, setAll] = useState(false);
  return (
    <Section title="What the failures have in common" id="explanation">
      <Answered of={answer} rows={3}>
        {({ exact, sample, explanations, symptoms, from, to }) => (
          <Stack gap="xs">
            <Text size="sm" c="dimmed">
              {count(exact.bad)} of {count(exact.total)} failed between{' '}
              <Moment at={from} isAbsolute /> and <Moment at={to} isAbsolute />.{' '}
              {sample.isWhole
                ? 'All of them were looked at.'
                : `${count(sample.lookedAt)} were looked at.`}
            </Text>
            {explanations.length === 0 ? (
              <Text size="sm">Nothing sets what failed apart from what did not.</Text>
            ) : (
              <Table
                label="What sets failures apart"
                rows={isAll ? explanations : explanations.slice(0, SHOWN)}
                rowHeight={ROW}
                keyOf={({ dimension, value }) => `${dimension} ${value}`}
                columns={[
                  { name: 'Where', width: '150px', cell: ({ dimension }) => words(dimension) },
                  {
                    name: 'Value',
                    width: 'minmax(180px, 2fr)',
                    cell: ({ value, about }) => <span title={about ?? value}>{value}</span>,
                  },
                  {
                    name: 'Failed there',
                    width: '130px',
                    align: 'right',
                    cell: ({ bad, total, isExact }) =>
                      `${isExact ? '' : '~'}${count(bad)} of ${count(total)}`,
                  },
                  {
                    name: 'Failed elsewhere',
                    width: '140px',
                    align: 'right',
                    cell: ({ otherBad, otherTotal }) =>
                      `${count(otherBad)} of ${count(otherTotal)}`,
                  },
                  {
                    name: 'Of all failures',
                    width: '110px',
                    align: 'right',
                    cell: ({ explained }) => percent(explained),
                  },
                ]}
              />
            )}
            {explanations.length > SHOWN && (
              <Button variant="subtle" size="compact-sm" onClick={() => setAll(!isAll)}>
                {isAll ? 'Only the first' : `${explanations.length - SHOWN} more`}
              </Button>
            )}
            {symptoms.length > 0 && (
              <Text size="sm">
                How they fail:{' '}
                {symptoms
                  .slice(0, SHOWN)
                  .map(
                    ({ dimension, value, bad, mostlyAt }) =>
                      `${words(dimension)} ${value} (${count(bad)}${mostlyAt === null ? '' : `, mostly at ${mostlyAt.host}`})`,
                  )
                  .join(', ')}
                .
              </Text>
            )}
          </Stack>
        )}
      </Answered>
    </Section>
  );
}
