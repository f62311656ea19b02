import { Group, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { useAnswer, usePages, type RowOf } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Empty, Fault, Id, Loading, Moment, Page, paths, Table, To, useView } from '../ui/index.ts';
import { CreateApplication } from './create-application.tsx';

const PAGE = 250;
/** The API lists applications in the order of their making only; so many are looked through for a part of a name. */
const MOST_SEARCHED = 5000;
const TYPING_MS = 250;

type Application = RowOf<'v1.application.list'>;
const usual = { search: '' } as const;

/** Applications: one a customer. */
export function ApplicationsPage(): ReactNode {
  const navigate = useNavigate();
  const may = useMay();
  const [view, setView] = useView(usual);
  const [search] = useDebouncedValue(view.search.trim(), TYPING_MS);
  const pages = usePages('v1.application.list', { query: { limit: PAGE, order: 'descending' } });
  const rows = useFound(pages, search);
  return (
    <Page
      title="Applications"
      lead="One application is one customer: messages are accepted for it, and delivered to its endpoints."
      actions={may.write && <CreateApplication />}
    >
      <Group>
        <TextInput
          label="Search"
          placeholder="A part of a name, or an exact uid or id"
          value={view.search}
          onChange={(event) => setView({ search: event.currentTarget.value })}
          w={{ base: '100%', sm: 340 }}
        />
      </Group>
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading />
      ) : (
        <Table
          label="Applications"
          rows={rows}
          hasMore={search === '' && pages.hasMore}
          isLoadingMore={pages.isLoadingMore}
          more={pages.more}
          keyOf={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: paths.application(id) })}
          columns={[
            {
              name: 'Name',
              width: 'minmax(160px, 2fr)',
              cell: ({ id, name }) => <To to={paths.application(id)}>{name}</To>,
            },
            {
              name: 'Uid',
              width: 'minmax(120px, 1fr)',
              cell: ({ uid }) => (uid === null || uid === undefined ? '–' : <Id>{uid}</Id>),
            },
            { name: 'Id', width: '190px', cell: ({ id }) => <Id>{id}</Id> },
            { name: 'Created', width: '110px', cell: ({ createdAt }) => <Moment at={createdAt} /> },
          ]}
          empty={
            search === '' ? (
              <Empty title="No application yet">
                Make one and send a first message to it:{' '}
                <To to={paths.start}>the guide takes two minutes</To>.
              </Empty>
            ) : (
              <Empty title="No application like that">
                {pages.hasMore && pages.rows.length >= MOST_SEARCHED
                  ? `The newest ${MOST_SEARCHED} were looked through for a part of a name. An exact uid or id finds any.`
                  : 'Look for a part of its name, its uid, or its id.'}
              </Empty>
            )
          }
        />
      )}
    </Page>
  );
}

/** What has the text in its name or uid, and what is called so exactly, wherever it stands. */
function useFound(
  pages: {
    readonly rows: readonly Application[];
    readonly hasMore: boolean;
    readonly isLoadingMore: boolean;
    readonly more: () => void;
  },
  search: string,
): readonly Application[] {
  const { rows, hasMore, isLoadingMore, more } = pages;
  const isSearching = search !== '' && hasMore && rows.length < MOST_SEARCHED;
  useEffect(() => {
    if (isSearching && !isLoadingMore) more();
  }, [isSearching, isLoadingMore, more]);
  const wanted = search.toLowerCase();
  const found =
    search === ''
      ? rows
      : rows.filter(
          ({ id, name, uid }) =>
            id === search ||
            name.toLowerCase().includes(wanted) ||
            (uid ?? '').toLowerCase().includes(wanted),
        );
  const exact = useAnswer(
    'v1.application.get',
    { path: { app_id: search } },
    // Those that were looked through are all there are, or as many as are looked through.
    {
      isWanted: found.length === 0 && hasMore && !isSearching && /^[\w.-]{1,256}$/.test(search),
    },
  );
  return found.length === 0 && exact.data !== undefined ? [exact.data] : found;
}
