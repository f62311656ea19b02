import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePages } from '../api/index.ts';
import { count, Empty, Fault, Loading, Moment, State, Table, To } from '../ui/index.ts';
import { actNames } from './act-names.ts';
import { places } from './places.ts';
import { useApp } from './session.tsx';

/** What was sent again or cancelled, by whom, and why. */
export function ActsTable(): ReactNode {
  const navigate = useNavigate();
  const pages = usePages('v1.act.list', { path: { app_id: useApp() }, query: { limit: 50 } });
  if (pages.error !== null) return <Fault error={pages.error} again={pages.again} />;
  if (pages.isLoading) return <Loading rows={2} />;
  return (
    <Table
      label="What was sent again"
      {...pages}
      {...(pages.rows.length > 6 ? { height: 300 } : {})}
      keyOf={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: places.act(id) })}
      columns={[
        {
          name: 'What',
          width: '150px',
          cell: ({ id, kind }) => <To to={places.act(id)}>{actNames[kind] ?? kind}</To>,
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
        { name: 'When', width: '100px', cell: ({ at }) => <Moment at={at} /> },
      ]}
      empty={
        <Empty title="Nothing yet">What you send again is listed here, with its progress.</Empty>
      }
    />
  );
}
