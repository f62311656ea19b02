import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePages, type RowOf } from '../../api/index.ts';
import { State } from '../badge.tsx';
import { count } from '../format.ts';
import { To } from '../link.tsx';
import { Moment } from '../moment.tsx';
import { Fault, Loading } from '../states.tsx';
import { Table, type Column } from '../table.tsx';
import type { Reach } from './reach.ts';

const LOW_ROWS = 6;
const LOW_PX = 300;
const by: Column<RowOf<'v1.act.list'>> = {
  name: 'By',
  width: 'minmax(110px, 1fr)',
  cell: ({ actor }) => actor,
};

/** What was done to an application's deliveries, and why. */
export function ActsTable({
  reach,
  label,
  titles,
  showsActor = false,
  empty,
}: {
  readonly reach: Reach;
  readonly label: string;
  /** What each kind is called here. */
  readonly titles: Readonly<Record<string, string>>;
  readonly showsActor?: boolean;
  readonly empty: ReactNode;
}): ReactNode {
  const navigate = useNavigate();
  const pages = usePages('v1.act.list', { path: { app_id: reach.app }, query: { limit: 50 } });
  if (pages.error !== null) return <Fault error={pages.error} again={pages.again} />;
  if (pages.isLoading) return <Loading rows={2} />;
  return (
    <Table
      label={label}
      {...pages}
      {...(pages.rows.length > LOW_ROWS ? { height: LOW_PX } : {})}
      keyOf={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: reach.to.act(id) })}
      columns={[
        {
          name: 'What',
          width: '150px',
          cell: ({ id, kind }) => <To to={reach.to.act(id)}>{titles[kind] ?? kind}</To>,
        },
        {
          name: 'State',
          width: '110px',
          cell: ({ done }) => <State of={done ? 'done' : 'running'} />,
        },
        {
          name: 'Deliveries',
          width: '90px',
          align: 'right',
          cell: ({ touched }) => count(touched),
        },
        { name: 'Reason', width: 'minmax(160px, 2fr)', cell: ({ reason }) => reason },
        ...(showsActor ? [by] : []),
        { name: 'When', width: '100px', cell: ({ at }) => <Moment at={at} /> },
      ]}
      empty={empty}
    />
  );
}
