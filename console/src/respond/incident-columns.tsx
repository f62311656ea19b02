import { Group, Text } from '@mantine/core';
import { duration, Moment, money, paths, State, To, type Column } from '../ui/index.ts';
import type { IncidentBrief } from './incident.ts';
import { Kinds, Severity } from './severity.tsx';

/** What is told of an incident in a list. */
export function incidentColumns(isOpen: boolean): readonly Column<IncidentBrief>[] {
  return [
    { name: 'Severity', width: '110px', cell: ({ severity }) => <Severity of={severity} /> },
    { name: 'State', width: '120px', cell: ({ state }) => <State of={state} /> },
    {
      name: 'What',
      width: 'minmax(240px, 3fr)',
      cell: (incident) => (
        <Group gap="xs" wrap="nowrap">
          <Kinds {...incident} />
          <Text span truncate size="sm">
            <To to={paths.incident(incident.id)}>{incident.title}</To>
          </Text>
        </Group>
      ),
    },
    {
      name: 'Impact since',
      width: '120px',
      cell: ({ markers, openedAt }) => <Moment at={markers.impactStart?.at ?? openedAt} />,
    },
    isOpen
      ? {
          name: 'Acknowledged',
          width: '130px',
          cell: ({ markers }) => markers.acknowledged?.by ?? 'by nobody yet',
        }
      : {
          name: 'Visible for',
          width: '130px',
          cell: ({ durations }) =>
            durations.customerVisibleMs === null ? '–' : duration(durations.customerVisibleMs),
        },
    {
      name: 'Money hit',
      width: '150px',
      align: 'right',
      cell: ({ impact }) => {
        const [first, ...more] = impact?.money ?? [];
        if (first === undefined) return '–';
        const sum = money(first.delayed + first.lost, first.currency);
        return more.length === 0 ? sum : `${sum} +${more.length}`;
      },
    },
    { name: 'Owner', width: '130px', cell: ({ owner }) => (owner === '' ? '–' : owner) },
  ];
}
