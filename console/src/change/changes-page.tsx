import { Button, Group, Select, TextInput } from '@mantine/core';
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
  momentField,
  momentIn,
  Page,
  paths,
  State,
  Table,
  TimeInput,
  To,
  useView,
  words,
} from '../ui/index.ts';
import { Clip } from './clip.tsx';
import { changeKinds, kindIn, ways } from './kinds.ts';
import { PickApplication, PickEndpoint } from './pick-place.tsx';
import { RevertSpan } from './revert-span.tsx';
import { TellDeploy } from './tell-deploy.tsx';
import { useApplicationNames } from './use-application-names.ts';
import { useNamed } from './use-named.ts';

const PAGE = 100;
const usual = { kind: '', subject: '', app: '', endpoint: '', after: '', before: '' } as const;
type View = Readonly<Record<keyof typeof usual, string>>;
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

function Filters({
  view,
  set,
  isLess,
}: {
  readonly view: View;
  readonly set: (change: Partial<View>) => void;
  readonly isLess: boolean;
}): ReactNode {
  const time = (name: 'after' | 'before', label: string): ReactNode => (
    <TimeInput
      label={label}
      size="xs"
      value={view[name] === '' ? '' : momentField(Date.parse(view[name]))}
      onChange={(value) => set({ [name]: momentIn(value) ?? '' })}
    />
  );
  return (
    <Group gap="sm" align="end">
      <Select
        size="xs"
        w={125}
        label="Kind"
        placeholder="every"
        clearable
        data={changeKinds.map((value) => ({ value, label: words(value) }))}
        value={view.kind === '' ? null : view.kind}
        onChange={(kind) => set({ kind: kind ?? '', ...(kind === null ? { subject: '' } : {}) })}
      />
      <TextInput
        size="xs"
        w={125}
        label="Of the name"
        placeholder={view.kind === '' ? 'with a kind' : 'any'}
        disabled={view.kind === ''}
        value={view.subject}
        onChange={(event) => set({ subject: event.currentTarget.value })}
      />
      <PickApplication value={view.app} onChange={(app) => set({ app, endpoint: '' })} />
      <PickEndpoint
        app={view.app}
        value={view.endpoint}
        onChange={(endpoint) => set({ endpoint })}
      />
      {time('after', 'From')}
      {time('before', 'Until')}
      {isLess && (
        <Button size="xs" variant="subtle" onClick={() => set({ ...usual })}>
          Show all
        </Button>
      )}
    </Group>
  );
}

function filterOf({ kind, subject, app, endpoint, after, before }: View) {
  const known = kindIn(kind);
  return {
    ...(known === undefined ? {} : { kind: known }),
    ...(known === undefined || subject === '' ? {} : { subject }),
    ...(app === '' ? {} : { app_id: app }),
    ...(app === '' || endpoint === '' ? {} : { endpoint_id: endpoint }),
    ...(after === '' ? {} : { after }),
    ...(before === '' ? {} : { before }),
  };
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
