import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Moment, paths, State, To, type Column } from '../ui/index.ts';
import { costOf, sureOf, whereOf, type AlertBrief } from './alert.ts';
import { objectiveIn } from './objective.ts';

const tones = { page: 'bad', ticket: 'warn', info: 'quiet' } as const;

export function Severity({ of }: { readonly of: AlertBrief['severity'] }): ReactNode {
  return <State of={of} tone={tones[of]} />;
}

/** What it is about, as a link where that has a page. */
export function Where({ of }: { readonly of: AlertBrief }): ReactNode {
  const name = objectiveIn(of.key);
  if (name !== undefined) return <To to={paths.objective(name)}>{name}</To>;
  if (of.kind === 'notifier') return <To to={paths.notifiers}>{whereOf(of)}</To>;
  return whereOf(of);
}

/** What is told of an alert in a list. */
export const alertColumns: readonly Column<AlertBrief>[] = [
  { name: 'Severity', width: '90px', cell: ({ severity }) => <Severity of={severity} /> },
  { name: 'State', width: '130px', cell: ({ state }) => <State of={state} /> },
  {
    name: 'What',
    width: 'minmax(260px, 3fr)',
    cell: ({ id, title, text }) => (
      <Text span truncate size="sm" title={text}>
        <To to={paths.alert(id)}>{title}</To>
      </Text>
    ),
  },
  { name: 'Where', width: 'minmax(120px, 1fr)', cell: (alert) => <Where of={alert} /> },
  { name: 'Since', width: '100px', cell: ({ firedAt }) => <Moment at={firedAt} /> },
  { name: 'How sure', width: '130px', cell: (alert) => sureOf(alert) ?? '–' },
  { name: 'A week', width: '120px', align: 'right', cell: (alert) => costOf(alert) ?? '–' },
  { name: 'Owner', width: '110px', cell: ({ owner }) => (owner === '' ? 'nobody' : owner) },
];
