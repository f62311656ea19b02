import { Alert, Button, Select, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useEndpoints } from '../ui/delivery/use-endpoints.ts';
import {
  Answered,
  Empty,
  Page,
  Payload,
  Section,
  State,
  Table,
  To,
  useParam,
  useView,
} from '../ui/index.ts';
import { places } from './places.ts';
import { schemaRows, type SchemaRow } from './schema-rows.ts';
import { useApp } from './session.tsx';

const usual = { version: '' } as const;
const INDENT_PX = 18;

/** One event type: what its payload holds, and an example. */
export function EventTypePage(): ReactNode {
  const name = useParam('name');
  const path = { event_type_name: name };
  const [view, setView] = useView(usual);
  const eventType = useAnswer('v1.event-type.get', { path });
  const example = useAnswer('v1.event-type.get-example', { path });
  const endpoints = useEndpoints(useApp());
  const takers = (endpoints.answer.data?.data ?? []).filter(
    ({ eventTypes }) => (eventTypes ?? []).length === 0 || eventTypes?.includes(name),
  );
  return (
    <Page
      title={name}
      crumbs={[{ text: 'Event types', to: places.eventTypes }]}
      badge={eventType.data?.deprecated === true && <State of="deprecated" tone="warn" />}
      lead={eventType.data?.description}
    >
      <Answered of={eventType}>
        {({ schemas, deprecated }) => {
          const versions = Object.keys(schemas ?? {}).toSorted((one, other) =>
            other.localeCompare(one, 'en', { numeric: true }),
          );
          const version = versions.includes(view.version) ? view.version : (versions[0] ?? '');
          return (
            <>
              {deprecated && (
                <Alert color="orange" title="It is about to go">
                  <Text size="sm">
                    It is still sent. Whoever sends to you asks you to rely on another one.
                  </Text>
                </Alert>
              )}
              <Text size="sm">
                {takers.length === 0
                  ? 'None of your endpoints gets it. '
                  : `${takers.length === 1 ? 'One of your endpoints gets' : `${takers.length} of your endpoints get`} it. `}
                <To to={places.endpoints}>Choose that for each endpoint</To>.
              </Text>
              <Section
                title="What its payload holds"
                actions={
                  versions.length > 1 && (
                    <Select
                      size="xs"
                      w={150}
                      aria-label="Version of the schema"
                      data={versions.map((value) => ({ value, label: `version ${value}` }))}
                      value={version}
                      allowDeselect={false}
                      onChange={(value) => setView({ version: value ?? '' })}
                    />
                  )
                }
              >
                <Described schema={schemas?.[version]} />
              </Section>
              <Section title="Example">
                <Answered of={example} rows={2}>
                  {(made) =>
                    Object.keys(made.payload).length === 0 ? (
                      <Empty title="No example">
                        Without a schema there is nothing to make one from. A message that came
                        shows what it holds.
                      </Empty>
                    ) : (
                      <>
                        <Payload
                          text={JSON.stringify(made.payload)}
                          label="Made from its newest schema"
                        />
                        <Text size="sm" c="dimmed" mt="xs">
                          “Send example” on the page of an endpoint sends this one.
                        </Text>
                      </>
                    )
                  }
                </Answered>
              </Section>
            </>
          );
        }}
      </Answered>
    </Page>
  );
}

function Described({
  schema,
}: {
  readonly schema: Readonly<Record<string, unknown>> | undefined;
}): ReactNode {
  const [isRaw, setRaw] = useState(false);
  if (schema === undefined) {
    return (
      <Empty title="Its payload is not described">
        Whoever sends to you has written no schema for it. A message that came shows what it holds.
      </Empty>
    );
  }
  const rows = schemaRows(schema);
  return (
    <>
      {rows === null ? (
        <Text size="sm">It has a schema that names no members; here it is as JSON Schema.</Text>
      ) : (
        <Table<SchemaRow>
          label="Members of the payload"
          rows={rows}
          rowHeight={44}
          keyOf={({ path }) => path}
          columns={[
            {
              name: 'Member',
              width: 'minmax(170px, 1fr)',
              cell: ({ name, depth, path }) => (
                <Text
                  span
                  ff="monospace"
                  size="sm"
                  title={path}
                  style={{ paddingLeft: depth * INDENT_PX }}
                >
                  {name}
                </Text>
              ),
            },
            { name: 'Type', width: 'minmax(110px, 0.6fr)', cell: ({ type }) => type },
            {
              name: 'There',
              width: '90px',
              cell: ({ isRequired }) => (isRequired ? 'always' : 'maybe'),
            },
            {
              name: 'What it is',
              width: 'minmax(240px, 2fr)',
              cell: ({ words }) => {
                const text = words.join('; ');
                return <span title={text}>{text === '' ? '–' : text}</span>;
              },
            },
          ]}
        />
      )}
      {(rows === null || isRaw) && <Payload text={JSON.stringify(schema)} label="JSON Schema" />}
      {rows !== null && (
        <Button size="compact-sm" variant="subtle" mt={4} onClick={() => setRaw(!isRaw)}>
          {isRaw ? 'Hide the JSON Schema' : 'Show it as JSON Schema'}
        </Button>
      )}
    </>
  );
}
