import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import type { EndpointPath } from '../ui/delivery/reach.ts';
import { Act, Answered, Empty, Id, Section, Table } from '../ui/index.ts';

/** Headers that requests to an endpoint carry beside the usual ones. */
export function EndpointHeaders({ path }: { readonly path: EndpointPath }): ReactNode {
  const may = useMay();
  const headers = useAnswer('v1.endpoint.get-headers', { path });
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  return (
    <Section title="Headers">
      <Stack gap="sm">
        <Answered of={headers} rows={1}>
          {({ headers: plain, sensitive }) => (
            <Table
              label="Headers"
              rows={[
                ...Object.entries(plain).map(([of, text]) => ({ of, text, isSensitive: false })),
                ...sensitive.map((of) => ({ of, text: 'not shown', isSensitive: true })),
              ]}
              keyOf={({ of }) => of}
              columns={[
                { name: 'Header', width: 'minmax(160px, 1fr)', cell: ({ of }) => <Id>{of}</Id> },
                {
                  name: 'Value',
                  width: 'minmax(160px, 2fr)',
                  cell: ({ text, isSensitive }) =>
                    isSensitive ? (
                      <Text span c="dimmed" size="sm">
                        set, and not shown
                      </Text>
                    ) : (
                      <Id>{text}</Id>
                    ),
                },
                {
                  name: 'Remove',
                  width: '150px',
                  cell: ({ of }) =>
                    may.write && (
                      <Act
                        operation="v1.endpoint.patch-headers"
                        request={() => ({ path, body: { headers: {}, deleteHeaders: [of] } })}
                        changes={['v1.endpoint.get-headers']}
                        name={`Remove ${of}`}
                        confirm={`Requests carry the header ${of} no longer.`}
                        said={`The header ${of} is removed.`}
                        button={{ size: 'compact-xs' }}
                      >
                        Remove
                      </Act>
                    ),
                },
              ]}
              empty={
                <Empty title="No header of its own">
                  Requests carry webhook-id, webhook-timestamp and webhook-signature. Add one where
                  the receiver asks for it, such as an API key.
                </Empty>
              }
            />
          )}
        </Answered>
        {may.write && (
          <Group gap="sm" align="end">
            <TextInput
              size="xs"
              label="Header"
              placeholder="x-api-key"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              size="xs"
              label="Value"
              value={value}
              onChange={(event) => setValue(event.currentTarget.value)}
            />
            <Act
              operation="v1.endpoint.patch-headers"
              request={() => ({ path, body: { headers: { [name.trim()]: value } } })}
              changes={['v1.endpoint.get-headers']}
              isDisabled={name.trim() === ''}
              said="Requests carry the header from now on."
              onDone={() => {
                setName('');
                setValue('');
              }}
            >
              Set header
            </Act>
          </Group>
        )}
      </Stack>
    </Section>
  );
}
