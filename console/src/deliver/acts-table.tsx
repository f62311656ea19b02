import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePages } from '../api/index.ts';
import { count, Empty, Fault, Loading, Moment, paths, State, Table, To } from '../ui/index.ts';

/** Who did what to an application's deliveries, and why. */
export function ActsTable({ app }: { readonly app: string }): ReactNode {
  const navigate = useNavigate();
  const pages = usePages('v1.act.list', { path: { app_id: app }, query: { limit: 50 } });
  if (pages.error !== null) return <Fault error={pages.error} again={pages.again} />;
  if (pages.isLoading) return <Loading rows={2} />;
  return (
    <Table
      label="Acts"
      {...pages}
      {...(pages.rows.length > 6 ? { height: 300 } : {})}
      keyOf={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: paths.act(app, id) })}
      columns={[
        {
          name: 'What',
          width: '100px',
          cell: ({ id, kind }) => <To to={paths.act(app, id)}>{kind}</To>,
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
        { name: 'By', width: 'minmax(110px, 1fr)', cell: ({ actor }) => actor },
        { name: 'When', width: '100px', cell: ({ at }) => <Moment at={at} /> },
      ]}
      empty={
        <Empty title="Nothing was sent again or cancelled">
          What somebody replays, redrives or cancels is listed here, with who and why.
        </Empty>
      }
    />
  );
}
