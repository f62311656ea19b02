import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/index.ts';
import { count, Empty, hostOf, paths, percent, State, Table, To } from '../ui/index.ts';

type Row = AnswerOf<'v1.overview.get'>['worstEndpoints'][number];

/** Whose first attempts failed most. */
export function WorstEndpoints({ rows }: { readonly rows: readonly Row[] }): ReactNode {
  const navigate = useNavigate();
  const to = ({ appId, id }: Row): string => paths.endpoint(appId, id);
  return (
    <Table
      label="Endpoints that fail most"
      rows={rows}
      keyOf={({ id }) => id}
      onOpen={(row) => void navigate({ to: to(row) })}
      columns={[
        {
          name: 'Endpoint',
          width: 'minmax(180px, 2fr)',
          cell: (row) => <To to={to(row)}>{row.uid ?? hostOf(row.url)}</To>,
        },
        { name: 'URL', width: 'minmax(200px, 2fr)', cell: ({ url }) => url },
        {
          name: 'Failed at first',
          width: '130px',
          align: 'right',
          cell: ({ firstBad }) => count(firstBad),
        },
        {
          name: 'Share',
          width: '110px',
          align: 'right',
          cell: ({ firstOk, firstBad }) => (
            <State of="failing" tone={firstBad > firstOk ? 'bad' : 'warn'}>
              {percent(firstBad / (firstOk + firstBad))}
            </State>
          ),
        },
      ]}
      empty={
        <Empty title="None fails">Every first attempt of the last ten minutes was delivered.</Empty>
      }
    />
  );
}
