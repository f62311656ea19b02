import { Group, Stack, Switch, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { useAnswer, usePages, type Pages, type RowOf } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import {
  Act,
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
import { Clip } from './clip.tsx';

const PAGE = 250;
const TYPING_MS = 250;
/** So many are looked through for a part of a name. */
const MOST_SEARCHED = 5000;
const usual = { search: '', archived: '' } as const;
type EventType = RowOf<'v1.event-type.list'>;

/** Event types: what can be sent, and what its payloads look like. */
export function EventTypesPage(): ReactNode {
  const navigate = useNavigate();
  const may = useMay();
  const [view, setView] = useView(usual);
  const [search] = useDebouncedValue(view.search.trim().toLowerCase(), TYPING_MS);
  const pages = usePages('v1.event-type.list', {
    query: {
      limit: PAGE,
      with_content: false,
      ...(view.archived === 'yes' ? { include_archived: true } : {}),
    },
  });
  const pauses = useAnswer('v1.pause.list', {}, { isWanted: may.write || !pages.isLoading });
  const paused = new Set(pauses.data?.data.map(({ eventType }) => eventType));
  const rows = useFound(pages, search);
  return (
    <Page
      title="Event types"
      lead="Each names something that happens, and may describe its payload by JSON Schemas, version by version."
      actions={may.write && <CreateEventType />}
    >
      <Group gap="md" align="end">
        <TextInput
          label="Search"
          placeholder="A part of a name or description"
          value={view.search}
          onChange={(event) => setView({ search: event.currentTarget.value })}
          w={{ base: '100%', sm: 340 }}
        />
        <Switch
          label="Archived ones too"
          mb={8}
          checked={view.archived === 'yes'}
          onChange={(event) => setView({ archived: event.currentTarget.checked ? 'yes' : '' })}
        />
      </Group>
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading />
      ) : (
        <Table<EventType>
          label="Event types"
          {...pages}
          hasMore={search === '' && pages.hasMore}
          rows={rows}
          keyOf={({ name }) => name}
          onOpen={({ name }) => void navigate({ to: paths.eventType(name) })}
          columns={[
            {
              name: 'Name',
              width: 'minmax(180px, 1.4fr)',
              cell: ({ name }) => <To to={paths.eventType(name)}>{name}</To>,
            },
            {
              name: 'Description',
              width: 'minmax(200px, 3fr)',
              cell: ({ description }) => <Clip text={description || '–'} />,
            },
            {
              name: 'State',
              width: '150px',
              cell: (type) => <Standing of={type} isPaused={paused.has(type.name)} />,
            },
            { name: 'Updated', width: '110px', cell: ({ updatedAt }) => <Moment at={updatedAt} /> },
          ]}
          empty={
            search === '' ? (
              <Empty title="No event type yet">
                {may.write
                  ? 'Create the first: a name such as invoice.paid, and what happened when it is sent.'
                  : 'Whoever may write creates them, here or by POST /api/v1/event-type.'}
              </Empty>
            ) : (
              <Empty title="No event type like that">
                Look for a part of its name or description; archived ones are shown by the switch.
              </Empty>
            )
          }
        />
      )}
    </Page>
  );
}

function Standing({
  of: { archived, deprecated },
  isPaused,
}: {
  readonly of: EventType;
  readonly isPaused: boolean;
}): ReactNode {
  if (archived) return <State of="archived" />;
  if (isPaused) return <State of="paused" />;
  return deprecated ? <State of="deprecated" tone="warn" /> : 'in use';
}

/** What has the text in its name or description, among those that were read; more are read while it is looked for. */
function useFound(pages: Pages<EventType>, search: string): readonly EventType[] {
  const { rows, hasMore, isLoadingMore, more } = pages;
  const isSearching = search !== '' && hasMore && rows.length < MOST_SEARCHED;
  useEffect(() => {
    if (isSearching && !isLoadingMore) more();
  }, [isSearching, isLoadingMore, more]);
  if (search === '') return rows;
  return rows.filter(
    ({ name, description }) =>
      name.toLowerCase().includes(search) || description.toLowerCase().includes(search),
  );
}

function CreateEventType(): ReactNode {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const isName = /^[\w.-]{1,256}$/.test(name.trim());
  return (
    <Act
      operation="v1.event-type.create"
      request={() => ({ body: { name: name.trim(), description: description.trim() } })}
      changes={['v1.event-type.list']}
      button={{ variant: 'filled' }}
      hotkey="n"
      onOpen={() => {
        setName('');
        setDescription('');
      }}
      isReady={isName}
      verb="Create it"
      said="Created. Describe its payload by a first version."
      onDone={(made) => void navigate({ to: paths.eventType(made.name) })}
      confirm={
        <Stack gap="sm">
          <TextInput
            label="Name"
            description="Letters, digits, and - _ . such as invoice.paid"
            value={name}
            maxLength={256}
            error={name !== '' && !isName ? 'Letters, digits, - _ and . only.' : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            data-autofocus
          />
          <TextInput
            label="Description"
            description="What has happened when it is sent, for whoever receives it."
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
        </Stack>
      }
    >
      Create an event type
    </Act>
  );
}
