import { Button, Group, Select, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { api, HoldfastApiError, usePages, type Pages, type RowOf } from '../api/index.ts';
import {
  Empty,
  Fault,
  Id,
  Loading,
  Moment,
  Page,
  State,
  Table,
  TimeField,
  To,
  useView,
} from '../ui/index.ts';
import { places } from './places.ts';
import { useApp } from './session.tsx';
import { choicesOf, useEndpoints, useEventTypes } from './use-endpoints.ts';

const PAGE = 100;
const REFRESH_MS = 5000;
const usual = { type: '', endpoint: '', status: 'any', after: '', before: '' } as const;
/** As the API numbers them. */
const statuses: Readonly<Record<string, number>> = {
  delivered: 0,
  scheduled: 1,
  failed: 2,
  'in flight': 3,
};
const shownStatus: Readonly<Record<string, string>> = {
  success: 'delivered',
  pending: 'scheduled',
  fail: 'failed',
  sending: 'in flight',
};

type Row = RowOf<'v1.message.list'> & {
  readonly statusText?: RowOf<'v1.message-attempt.list-attempted-messages'>['statusText'];
};

/** What was sent to this application. */
export function MessagesPage(): ReactNode {
  const navigate = useNavigate();
  const [view, setView] = useView(usual);
  const types = useEventTypes();
  const endpoints = useEndpoints();
  const pages = useMessages(view);
  const isLess = Object.entries(usual).some(([name, value]) => Reflect.get(view, name) !== value);
  const all = (
    <Button size="xs" variant="default" onClick={() => setView({ ...usual })}>
      Show all messages
    </Button>
  );
  return (
    <Page
      title="Messages"
      lead="Each tells of one event. With an endpoint chosen, you see what became of each there."
      actions={<FindMessage />}
    >
      <Group gap="sm" align="end">
        <Select
          size="xs"
          w={200}
          label="Event type"
          placeholder="every one"
          clearable
          searchable
          data={types.data?.data.map(({ name }) => name) ?? []}
          value={view.type === '' ? null : view.type}
          onChange={(type) => setView({ type: type ?? '' })}
        />
        <Select
          size="xs"
          w={190}
          label="Endpoint"
          placeholder="any"
          clearable
          data={choicesOf(endpoints.data)}
          value={view.endpoint === '' ? null : view.endpoint}
          onChange={(endpoint) =>
            setView({ endpoint: endpoint ?? '', ...(endpoint === null ? { status: 'any' } : {}) })
          }
        />
        <Select
          size="xs"
          w={140}
          label="Status there"
          data={['any', ...Object.keys(statuses)]}
          value={view.status}
          disabled={view.endpoint === ''}
          allowDeselect={false}
          onChange={(status) => setView({ status: status ?? 'any' })}
        />
        <TimeField label="From" value={view.after} onChange={(after) => setView({ after })} />
        <TimeField label="Until" value={view.before} onChange={(before) => setView({ before })} />
        {isLess && all}
      </Group>
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading rows={8} />
      ) : (
        <Table<Row>
          label="Messages"
          {...pages}
          keyOf={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: places.message(id) })}
          columns={[
            {
              name: 'Event type',
              width: 'minmax(150px, 1fr)',
              cell: ({ id, eventType }) => <To to={places.message(id)}>{eventType}</To>,
            },
            ...(view.endpoint === ''
              ? []
              : [
                  {
                    name: 'Status there',
                    width: '130px',
                    cell: ({ statusText }: Row) =>
                      statusText === undefined ? (
                        '–'
                      ) : (
                        <State of={shownStatus[statusText] ?? statusText} />
                      ),
                  },
                ]),
            {
              name: 'Accepted',
              width: '120px',
              cell: ({ timestamp }) => <Moment at={timestamp} />,
            },
            { name: 'Message', width: '190px', cell: ({ id }) => <Id>{id}</Id> },
            {
              name: 'Event id',
              width: 'minmax(120px, 1fr)',
              cell: ({ eventId }) => eventId ?? '–',
            },
          ]}
          empty={
            isLess ? (
              <Empty title="No message like that" action={all} />
            ) : (
              <Empty title="No message yet">
                Nothing has happened that you would be told of.{' '}
                <To to={places.endpoints}>Send an example to an endpoint</To> to see one.
              </Empty>
            )
          }
        />
      )}
    </Page>
  );
}

/** With an endpoint, its messages with their status there; without, all. */
function useMessages(view: Readonly<Record<keyof typeof usual, string>>): Pages<Row> {
  const app = useApp();
  const query = {
    limit: PAGE,
    with_content: false,
    ...(view.type === '' ? {} : { event_types: view.type }),
    ...(view.after === '' ? {} : { after: view.after }),
    ...(view.before === '' ? {} : { before: view.before }),
  };
  const status = statuses[view.status];
  const isOfEndpoint = view.endpoint !== '';
  const all = usePages(
    'v1.message.list',
    { path: { app_id: app }, query },
    { isWanted: !isOfEndpoint, everyMs: REFRESH_MS },
  );
  const ofEndpoint = usePages(
    'v1.message-attempt.list-attempted-messages',
    {
      path: { app_id: app, endpoint_id: view.endpoint },
      query: { ...query, ...(status === undefined ? {} : { status }) },
    },
    { isWanted: isOfEndpoint, everyMs: REFRESH_MS },
  );
  return isOfEndpoint ? ofEndpoint : all;
}

/** Goes to a message by its id or by its event id. */
function FindMessage(): ReactNode {
  const app = useApp();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const find = async (): Promise<void> => {
    const wanted = text.trim();
    if (wanted === '') return;
    try {
      const { id } = await api('v1.message.get', {
        path: { app_id: app, msg_id: wanted },
        query: { with_content: false },
      });
      await navigate({ to: places.message(id) });
    } catch (thrown) {
      setError(
        thrown instanceof HoldfastApiError && thrown.status < 500
          ? 'No message of yours has that id or event id.'
          : 'Holdfast could not look: try again.',
      );
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void find();
      }}
    >
      <TextInput
        size="xs"
        w={260}
        aria-label="Find a message by its id or event id"
        placeholder="Id or event id, then Enter"
        value={text}
        error={error}
        onChange={(event) => {
          setError(null);
          setText(event.currentTarget.value);
        }}
      />
    </form>
  );
}
