import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Moment, paths, State, To, type Column } from '../ui/index.ts';
import { standingOf, type ActionItem } from './action-item.ts';

/** Where it stands, by the clock. */
export function ActionState({ item }: { readonly item: ActionItem }): ReactNode {
  const standing = standingOf(item, Date.now());
  switch (standing) {
    case 'overdue':
      return <State of="overdue" />;
    case 'soon':
      return (
        <State of="due soon" tone="warn">
          due soon
        </State>
      );
    case 'open':
      return <State of="open" tone="busy" />;
    case 'not_doing':
      return <State of="not_doing">not doing</State>;
    default:
      return <State of="done" />;
  }
}

function Quiet({ children }: { readonly children: string }): ReactNode {
  return (
    <Text span size="sm" c="dimmed">
      {children}
    </Text>
  );
}

function LastResult({ item }: { readonly item: ActionItem }): ReactNode {
  const last = item.results.at(-1);
  if (item.verification === null) return <Quiet>no verification</Quiet>;
  if (last === undefined) return <Quiet>not run yet</Quiet>;
  return (
    <>
      <State of={last.isHeld ? 'held' : 'failed'}>{last.isHeld ? 'held' : 'did not hold'}</State>{' '}
      {last.text}
    </>
  );
}

export function actionColumns(hasIncident: boolean): readonly Column<ActionItem>[] {
  return [
    {
      name: 'What is to be done',
      width: 'minmax(200px, 3fr)',
      cell: (item) => <To to={paths.actionItem(item.id)}>{item.text}</To>,
    },
    { name: 'Stands', width: '112px', cell: (item) => <ActionState item={item} /> },
    { name: 'Type', width: '96px', cell: ({ type }) => type },
    { name: 'Owner', width: '110px', cell: ({ owner }) => owner || 'nobody yet' },
    {
      name: 'Due',
      width: '96px',
      cell: ({ dueAt }) => (dueAt === null ? 'no date' : <Moment at={dueAt} />),
    },
    {
      name: 'Last verification',
      width: 'minmax(190px, 3fr)',
      cell: (item) =>
        item.state === 'not_doing' ? `Because: ${item.reason}` : <LastResult item={item} />,
    },
    ...(hasIncident
      ? [
          {
            name: 'Incident',
            width: '90px',
            cell: ({ incidentId }: ActionItem) => <To to={paths.incident(incidentId)}>open it</To>,
          },
        ]
      : []),
  ];
}
