import { Select, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { State } from '../badge.tsx';
import { Id } from '../code.tsx';
import { FilterRow, NothingLike, useFilters, type Filters } from '../filters.tsx';
import { money } from '../format.ts';
import { To } from '../link.tsx';
import { Moment } from '../moment.tsx';
import { Fault, Loading } from '../states.tsx';
import { Table, type Column } from '../table.tsx';
import { TimeField } from '../time-field.tsx';
import { EndpointSelect } from './endpoint-select.tsx';
import { EventTypeField } from './event-type-field.tsx';
import type { Reach } from './reach.ts';
import { useEndpoints } from './use-endpoints.ts';
import { useEventTypes } from './use-event-types.ts';
import { statuses, useMessages, usualMessages, type MessageRow } from './use-messages.ts';

const shownStatus: Readonly<Record<string, string>> = {
  success: 'delivered',
  pending: 'scheduled',
  fail: 'failed',
  sending: 'in flight',
};

type Props = {
  readonly reach: Reach;
  /** Tags and values, which are the sender’s, too. */
  readonly isOfSender?: boolean;
  readonly everyMs?: number;
  /** What stands where there is none at all. */
  readonly empty: ReactNode;
};

/** The messages of an application, as far back as one scrolls, with filters that stand in the address. */
export function Messages({ reach, isOfSender = false, everyMs, empty }: Props): ReactNode {
  const navigate = useNavigate();
  const filters = useFilters(usualMessages);
  const { view, isLess } = filters;
  const pages = useMessages(reach.app, view, everyMs);
  const to = ({ id }: MessageRow): string => reach.to.message(id);
  const there: Column<MessageRow> = {
    name: 'Status there',
    width: '120px',
    cell: ({ statusText }) =>
      statusText === undefined ? '–' : <State of={shownStatus[statusText] ?? statusText} />,
  };
  const worth: Column<MessageRow> = {
    name: 'Value',
    width: '120px',
    align: 'right',
    cell: ({ value }) => (value === undefined ? '–' : money(value.amount, value.currency)),
  };
  return (
    <>
      <MessageFilters reach={reach} of={filters} isOfSender={isOfSender} />
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading rows={8} />
      ) : (
        <Table<MessageRow>
          label="Messages"
          {...pages}
          keyOf={({ id }) => id}
          onOpen={(row) => void navigate({ to: to(row) })}
          columns={[
            {
              name: 'Event type',
              width: 'minmax(140px, 1fr)',
              cell: (row) => <To to={to(row)}>{row.eventType}</To>,
            },
            ...(view.endpoint === '' ? [] : [there]),
            { name: 'Message', width: '175px', cell: ({ id }) => <Id>{id}</Id> },
            {
              name: 'Event id',
              width: 'minmax(110px, 1fr)',
              cell: ({ eventId }) => eventId ?? '–',
            },
            ...(isOfSender ? [worth] : []),
            {
              name: 'Accepted',
              width: '110px',
              cell: ({ timestamp }) => <Moment at={timestamp} />,
            },
          ]}
          empty={
            isLess ? (
              <NothingLike of={filters} title="No message like that">
                Show all messages
              </NothingLike>
            ) : (
              empty
            )
          }
        />
      )}
    </>
  );
}

function MessageFilters({
  reach,
  of: filters,
  isOfSender,
}: {
  readonly reach: Reach;
  readonly of: Filters<keyof typeof usualMessages>;
  readonly isOfSender: boolean;
}): ReactNode {
  const { view, setView } = filters;
  const types = useEventTypes();
  const endpoints = useEndpoints(reach.app);
  return (
    <FilterRow of={filters}>
      <EventTypeField
        size="xs"
        w={170}
        placeholder="every one"
        clearable
        names={types.map(({ name }) => name)}
        value={view.type}
        onChange={(type) => setView({ type })}
      />
      <EndpointSelect
        of={endpoints}
        value={view.endpoint}
        onChange={(endpoint) =>
          setView({ endpoint, ...(endpoint === '' ? { status: 'any' } : {}) })
        }
      />
      <Select
        size="xs"
        w={130}
        label="Status there"
        title="What became of the message at that endpoint"
        data={['any', ...Object.keys(statuses)]}
        value={view.status}
        disabled={view.endpoint === ''}
        allowDeselect={false}
        onChange={(status) => setView({ status: status ?? 'any' })}
      />
      {isOfSender && (
        <TextInput
          size="xs"
          w={120}
          label="Tag"
          value={view.tag}
          onChange={(event) => setView({ tag: event.currentTarget.value })}
        />
      )}
      <TimeField label="From" value={view.after} onChange={(after) => setView({ after })} />
      <TimeField label="Until" value={view.before} onChange={(before) => setView({ before })} />
    </FilterRow>
  );
}
