import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { usePages } from '../api/index.ts';
import { Empty, Fault, Loading, Page, State, Table, To } from '../ui/index.ts';
import { places } from './places.ts';

const PAGE = 250;

/** What can be sent to you: the catalogue. */
export function EventTypesPage(): ReactNode {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const pages = usePages('v1.event-type.list', { query: { limit: PAGE, with_content: true } });
  const wanted = text.trim().toLowerCase();
  const rows = pages.rows.filter(({ name, description }) =>
    `${name} ${description}`.toLowerCase().includes(wanted),
  );
  return (
    <Page
      title="Event types"
      lead="All that you can be told of. An endpoint gets every one, or those that you choose for it."
    >
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading rows={6} />
      ) : pages.rows.length === 0 ? (
        <Empty title="The catalogue is empty">
          Whoever sends to you has described no event type yet. An endpoint for every event type
          gets what comes all the same.
        </Empty>
      ) : (
        <>
          <TextInput
            label="Search"
            placeholder="A word of its name or description"
            maw={340}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Table
            label="Event types"
            {...pages}
            rows={rows}
            rowHeight={46}
            keyOf={({ name }) => name}
            onOpen={({ name }) => void navigate({ to: places.eventType(name) })}
            columns={[
              {
                name: 'Name',
                width: 'minmax(180px, 1fr)',
                cell: ({ name }) => <To to={places.eventType(name)}>{name}</To>,
              },
              {
                name: 'What happened',
                width: 'minmax(220px, 2fr)',
                cell: ({ description }) => (description === '' ? '–' : description),
              },
              {
                name: 'Schema',
                width: '130px',
                cell: ({ schemas }) => {
                  const versions = Object.keys(schemas ?? {}).length;
                  if (versions === 0) return 'none';
                  return versions === 1 ? 'described' : `${versions} versions`;
                },
              },
              {
                name: 'State',
                width: '130px',
                cell: ({ deprecated }) =>
                  deprecated ? (
                    <State of="deprecated" tone="warn" />
                  ) : (
                    <State of="in use" tone="good" />
                  ),
              },
            ]}
            empty={<Empty title="No event type like that">Search for another word.</Empty>}
          />
        </>
      )}
    </Page>
  );
}
