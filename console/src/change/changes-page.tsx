import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePages, type RowOf } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import {
  changeWords,
  Empty,
  Fault,
  Loading,
  Moment,
  Page,
  paths,
  State,
  Table,
  To,
  useView,
} from '../ui/index.ts';
import { filterOf, Filters, usual } from './changes-filters.tsx';
import { Clip } from './clip.tsx';
import { ways } from './kinds.ts';
import { RevertSpan } from './revert-span.tsx';
import { TellDeploy } from './tell-deploy.tsx';
import { useApplicationNames } from './use-application-names.ts';
import { useNamed } from './use-named.ts';

const PAGE = 100;
type Row = RowOf<'v1.change.list'>;

/** All changes: the first place to look when something broke. */
export function ChangesPage(): ReactNode {
  const navigate = useNavigate();
  const may = useMay();
  const [view, setView] = useView(usual);
  const nameOf = useApplicationNames();
  const pages = usePages('v1.change.list', { query: { limit: PAGE, ...filterOf(view) } });
  const rows = useNamed(pages.rows);
  const isLess = Object.values(view).some((value) => value !== '');
  return (
    <Page
      title="Changes"
      lead="What was altered here, deploys that others told of, and what was seen to change at receivers. The newest are first; what was altered here can be taken back."
      actions={
        may.write && (
          <>
            <TellDeploy />
            <RevertSpan app={view.app} />
          </>
        )
      }
    >
      <Filters view={view} set={setView} isLess={isLess} />
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading rows={8} />
      ) : (
        <Table<Row>
          label="Changes"
          {...pages}
          rows={rows}
          keyOf={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: paths.change(id) })}
          columns={[
            { name: 'When', width: '88px', cell: ({ at }) => <Moment at={at} /> },
            {
              name: 'What',
              width: 'minmax(240px, 3fr)',
              cell: (row) => (
                <Clip text={changeWords(row)}>
                  <To to={paths.change(row.id)}>{changeWords(row)}</To>
                </Clip>
              ),
            },
            {
              name: 'Application',
              width: 'minmax(90px, 1fr)',
              cell: ({ items }) => <Clip text={applicationsOf(items, nameOf)} />,
            },
            {
              name: 'Who',
              width: 'minmax(90px, 1fr)',
              cell: ({ actor, via }) => (
                <Clip text={`${actor}, through ${ways[via] ?? via}`}>{actor}</Clip>
              ),
            },
            {
              name: 'Why',
              width: 'minmax(130px, 2fr)',
              cell: ({ reason }) => <Clip text={reason || '–'} />,
            },
            { name: 'State', width: '115px', cell: (row) => <Standing of={row} /> },
          ]}
          empty={
            isLess ? (
              <Empty
                title="No change like that"
                action={
                  <Button size="xs" variant="default" onClick={() => setView({ ...usual })}>
                    Show all changes
                  </Button>
                }
              />
            ) : (
              <Empty title="Nothing was changed yet">
                Every write of configuration stands here once it is made.{' '}
                <To to={paths.start}>Begin with a first delivery</To>.
              </Empty>
            )
          }
        />
      )}
    </Page>
  );
}

function applicationsOf(items: Row['items'], nameOf: (id: string) => string): string {
  const names = new Set(items.flatMap(({ appId }) => (appId === null ? [] : [nameOf(appId)])));
  return names.size === 0 ? '–' : [...names].join(', ');
}

/** Whether it stands, was taken back, or takes others back. */
function Standing({ of: { revertedBy, reverts, items } }: { readonly of: Row }): ReactNode {
  if (revertedBy !== null) return <State of="undone">taken back</State>;
  if (reverts.length > 0) return <State of="revert">a revert</State>;
  if (items.some(({ verb }) => verb === 'observed')) return <State of="observed">observed</State>;
  if (items.some(({ verb }) => verb === 'marked')) return <State of="told">told of</State>;
  return 'in force';
}
