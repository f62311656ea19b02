import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Moment, paths, State, To, words, type Column } from '../ui/index.ts';
import { costOf, headlineOf, sureOf, whereOf, type AlertBrief } from './alert.ts';
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

/** What is told of an alert in a list, in rows of two lines. */
export const alertColumns: readonly Column<AlertBrief>[] = [
  { name: 'Severity', width: '86px', cell: ({ severity }) => <Severity of={severity} /> },
  { name: 'State', width: '130px', cell: ({ state }) => <State of={state} /> },
  {
    name: 'What, where, how sure',
    width: 'minmax(250px, 3fr)',
    cell: (alert) => (
      <>
        <Text truncate size="sm" title={alert.text}>
          <To to={paths.alert(alert.id)}>{headlineOf(alert.title)}</To>
        </Text>
        <Text truncate size="xs" c="dimmed">
          {words(alert.kind)} of <Where of={alert} />
          {sureOf(alert) !== null && <>, {sureOf(alert)}</>}
        </Text>
      </>
    ),
  },
  { name: 'Since', width: '84px', cell: ({ firedAt }) => <Moment at={firedAt} /> },
  { name: 'Costs a week', width: '148px', align: 'right', cell: (alert) => costOf(alert) ?? '–' },
  { name: 'Owner', width: '100px', cell: ({ owner }) => (owner === '' ? 'nobody' : owner) },
];

/** px: two lines. */
export const ALERT_ROW = 56;
