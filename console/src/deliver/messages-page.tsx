import { Autocomplete, Button, Group, Select, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import {
  api,
  HoldfastApiError,
  useAnswer,
  usePages,
  type Pages,
  type RowOf,
} from '../api/index.ts';
import {
  Empty,
  Fault,
  Id,
  Loading,
  Moment,
  money,
  Page,
  paths,
  State,
  Table,
  TimeField,
  To,
  useView,
} from '../ui/index.ts';
import { isFiltered } from './is-filtered.ts';
import { useNamed } from './params.ts';
import { useApplication } from './use-application.ts';
import { useEventTypes } from './use-event-types.ts';
import { nameOf } from './words.ts';

const PAGE = 250;
const usual = { type: '', endpoint: '', status: 'any', tag: '', after: '', before: '' } as const;
/** As Svix numbers them. */
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

/** The messages of an application, as far back as one scrolls. */
export function MessagesPage(): ReactNode {
  const { app } = useNamed('app');
  const navigate = useNavigate();
  const { crumbs } = useApplication(app);
  const [view, setView] = useView(usual);
  const types = useEventTypes();
  const endpoints = useAnswer('v1.endpoint.list', {
    path: { app_id: app },
    query: { limit: PAGE },
  });
  const pages = useMessages(app, view);
  const isLess = isFiltered(view, usual);
  return (
    <Page
      title="Messages"
      crumbs={crumbs}
      lead="Each is one event, accepted and stored before its sender was answered. The newest are first."
      actions={<FindMessage app={app} />}
    >
      <Group gap="sm" align="end">
        <Autocomplete
          size="xs"
          w={180}
          label="Event type"
          placeholder="every"
          data={[...types]}
          value={view.type}
          onChange={(type) => setView({ type })}
        />
        <Select
          size="xs"
          w={190}
          label="Endpoint"
          placeholder="any"
          clearable
          data={endpoints.data?.data.map((one) => ({ value: one.id, label: nameOf(one) })) ?? []}
          value={view.endpoint === '' ? null : view.endpoint}
          onChange={(endpoint) =>
            setView({ endpoint: endpoint ?? '', ...(endpoint === null ? { status: 'any' } : {}) })
          }
        />
        <Select
          size="xs"
          w={150}
          label="Status there"
          title="What became of the message at that endpoint"
          data={['any', ...Object.keys(statuses)]}
          value={view.status}
          disabled={view.endpoint === ''}
          allowDeselect={false}
          onChange={(status) => setView({ status: status ?? 'any' })}
        />
        <TextInput
          size="xs"
          w={120}
          label="Tag"
          value={view.tag}
          onChange={(event) => setView({ tag: event.currentTarget.value })}
        />
        <TimeField label="From" value={view.after} onChange={(after) => setView({ after })} />
        <TimeField label="Until" value={view.before} onChange={(before) => setView({ before })} />
        {isLess && (
          <Button size="xs" variant="subtle" onClick={() => setView({ ...usual })}>
            Show all
          </Button>
        )}
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
          onOpen={({ id }) => void navigate({ to: paths.message(app, id) })}
          columns={[
            {
              name: 'Event type',
              width: 'minmax(140px, 1fr)',
              cell: ({ id, eventType }) => <To to={paths.message(app, id)}>{eventType}</To>,
            },
            ...(view.endpoint === ''
              ? []
              : [
                  {
                    name: 'Status there',
                    width: '120px',
                    cell: ({ statusText }: Row) =>
                      statusText === undefined ? (
                        '–'
                      ) : (
                        <State of={shownStatus[statusText] ?? statusText} />
                      ),
                  },
                ]),
            { name: 'Message', width: '175px', cell: ({ id }) => <Id>{id}</Id> },
            {
              name: 'Event id',
              width: 'minmax(110px, 1fr)',
              cell: ({ eventId }) => eventId ?? '–',
            },
            {
              name: 'Value',
              width: '120px',
              align: 'right',
              cell: ({ value }) =>
                value === undefined ? '–' : money(value.amount, value.currency),
            },
            {
              name: 'Accepted',
              width: '110px',
              cell: ({ timestamp }) => <Moment at={timestamp} />,
            },
          ]}
          empty={
            isLess ? (
              <Empty
                title="No message like that"
                action={
                  <Button size="xs" variant="default" onClick={() => setView({ ...usual })}>
                    Show all messages
                  </Button>
                }
              />
            ) : (
              <Empty title="No message yet">
                Nothing was accepted for this application.{' '}
                <To to={paths.start}>The guide sends a first one</To>.
              </Empty>
            )
          }
        />
      )}
    </Page>
  );
}

/** With an endpoint, its messages with their status there; without, all. */
function useMessages(app: string, view: Readonly<Record<keyof typeof usual, string>>): Pages<Row> {
  const query = {
    limit: PAGE,
    with_content: false,
    ...(view.type === '' ? {} : { event_types: view.type }),
    ...(view.tag === '' ? {} : { tag: view.tag }),
    ...(view.after === '' ? {} : { after: view.after }),
    ...(view.before === '' ? {} : { before: view.before }),
  };
  const status = statuses[view.status];
  const isOfEndpoint = view.endpoint !== '';
  const all = usePages(
    'v1.message.list',
    { path: { app_id: app }, query },
    { isWanted: !isOfEndpoint },
  );
  const ofEndpoint = usePages(
    'v1.message-attempt.list-attempted-messages',
    {
      path: { app_id: app, endpoint_id: view.endpoint },
      query: { ...query, ...(status === undefined ? {} : { status }) },
    },
    { isWanted: isOfEndpoint },
  );
  return isOfEndpoint ? ofEndpoint : all;
}

/** Goes to a message by its id or by its event id. */
function FindMessage({ app }: { readonly app: string }): ReactNode {
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
      await navigate({ to: paths.message(app, id) });
    } catch (thrown) {
      setError(
        thrown instanceof HoldfastApiError && thrown.status < 500
          ? 'No message of this application has that id or event id.'
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
        w={300}
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
