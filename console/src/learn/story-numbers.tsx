import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Section, Table } from '../ui/index.ts';
import { EvidenceLink } from './evidence-link.tsx';
import type { Draft } from './story.ts';

/** Every number of the story, and what says it. */
export function StoryNumbers({
  numbers,
  incident,
  onShow,
}: {
  readonly numbers: Draft['numbers'];
  readonly incident: string | null;
  readonly onShow: (stretch: { readonly from: number; readonly to: number }) => void;
}): ReactNode {
  const without = numbers.filter(({ evidence }) => evidence === null).length;
  if (incident === null || numbers.length === 0) return null;
  return (
    <Section title="Numbers and their evidence">
      <Text size="sm" c="dimmed" mb="xs">
        {without === 0
          ? 'Each is said by the record.'
          : `${without} of ${numbers.length} ${without === 1 ? 'is' : 'are'} typed only: no fact of the incident says so word by word.`}
      </Text>
      <Table
        label="Numbers of the story"
        rows={numbers}
        keyOf={({ from }) => String(from)}
        rowHeight={34}
        height={Math.min(38 + numbers.length * 34, 300)}
        columns={[
          {
            name: 'Number',
            width: 'minmax(120px, 1fr)',
            cell: (number) => (
              <Anchor
                component="button"
                type="button"
                size="sm"
                onClick={() => onShow(number)}
                title="Show in the text"
              >
                {number.text}
              </Anchor>
            ),
          },
          { name: 'Fact', width: 'minmax(130px, 1fr)', cell: ({ fact }) => fact ?? 'typed only' },
          {
            name: 'Evidence',
            width: 'minmax(150px, 1fr)',
            cell: ({ evidence }) =>
              evidence === null ? 'none' : <EvidenceLink of={evidence} incident={incident} />,
          },
        ]}
      />
    </Section>
  );
}
