import { MultiSelect, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { usePages, type RowOf } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import {
  Act,
  alertKinds,
  Empty,
  Fault,
  Loading,
  Moment,
  momentField,
  momentIn,
  Section,
  State,
  Table,
  TimeInput,
  useNow,
} from '../ui/index.ts';

type Maintenance = RowOf<'v1.maintenance.list'>;

const HOUR_MS = 3_600_000;
const changes = ['v1.maintenance.list', 'v1.change.list'] as const;

/** Spans within which alerts are recorded and nobody is told. */
export function MaintenanceWindows(): ReactNode {
  const may = useMay();
  const now = useNow();
  const pages = usePages('v1.maintenance.list', { query: { limit: 100 } });
  return (
    <Section title="Maintenance windows" actions={may.write && <OpenWindow />}>
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading rows={1} />
      ) : (
        <Table
          label="Maintenance windows"
          {...pages}
          rowHeight={44}
          keyOf={({ id }) => id}
          columns={[
            { name: 'State', width: '120px', cell: (window) => <Standing of={window} now={now} /> },
            { name: 'From', width: '190px', cell: ({ from }) => <Moment at={from} isAbsolute /> },
            {
              name: 'Until',
              width: '190px',
              cell: ({ until }) => <Moment at={until} isAbsolute />,
            },
            { name: 'Of', width: 'minmax(150px, 2fr)', cell: ofWords },
            {
              name: 'Why',
              width: 'minmax(140px, 2fr)',
              cell: ({ reason }) => (reason === '' ? '–' : reason),
            },
            ...(may.write
              ? [
                  {
                    name: 'Do',
                    width: '120px',
                    cell: ({ id, reason }: Maintenance) => (
                      <Act
                        operation="v1.maintenance.delete"
                        request={() => ({ path: { maintenance_id: id } })}
                        changes={changes}
                        name={`End: ${reason === '' ? id : reason}`}
                        verb="End it"
                        confirm="The window ends now. What still fires is told."
                        said="The window is over."
                      >
                        End
                      </Act>
                    ),
                  },
                ]
              : []),
          ]}
          empty={
            <Empty title="No window">
              Before a migration, open one: alerts are recorded and nobody is told until its end.
            </Empty>
          }
        />
      )}
    </Section>
  );
}

function Standing({ of, now }: { readonly of: Maintenance; readonly now: number }): ReactNode {
  if (Date.parse(of.until) <= now) return <State of="over" tone="quiet" />;
  return Date.parse(of.from) > now ? (
    <State of="to come" tone="busy" />
  ) : (
    <State of="in force" tone="warn" />
  );
}

function ofWords({ owners, kinds, keyPrefix }: Maintenance): string {
  const parts = [
    ...(owners.length === 0 ? [] : [`owned by ${owners.join(', ')}`]),
    ...(kinds.length === 0 ? [] : [`found by ${kinds.join(', ').replaceAll('_', ' ')}`]),
    ...(keyPrefix === '' ? [] : [`whose key begins with ${keyPrefix}`]),
  ];
  return parts.length === 0 ? 'every alert' : parts.join('; ');
}

function OpenWindow(): ReactNode {
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const [owners, setOwners] = useState<string[]>([]);
  const [kinds, setKinds] = useState<string[]>([]);
  return (
    <Act
      operation="v1.maintenance.create"
      request={() => {
        const begins = momentIn(from);
        return {
          body: {
            ...(begins === null ? {} : { from: begins }),
            until: momentIn(until) ?? '',
            reason: reason.trim(),
            owners,
            kinds,
          },
        };
      }}
      changes={changes}
      onOpen={() => {
        setFrom('');
        setUntil(momentField(Date.now() + HOUR_MS));
        setReason('');
        setOwners([]);
        setKinds([]);
      }}
      verb="Open it"
      said="The window is open: alerts within it are recorded, and nobody is told before its end."
      isReady={momentIn(until) !== null}
      confirm={
        <Stack gap="sm">
          <Text size="sm">
            Alerts of it are recorded and nobody is told. What still fires at its end is told then.
            Thirty days at most.
          </Text>
          <TimeInput
            label="From"
            description="Now, unless you say otherwise."
            value={from}
            onChange={setFrom}
          />
          <TimeInput label="Until" value={until} onChange={setUntil} isRequired />
          <TextInput
            label="Why"
            value={reason}
            maxLength={1024}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          <TagsInput
            label="Only alerts of these owners"
            description="Each ended by Enter. None: of everybody."
            value={owners}
            onChange={setOwners}
          />
          <MultiSelect
            label="Only alerts found by"
            data={alertKinds.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
            value={kinds}
            onChange={setKinds}
            searchable
          />
        </Stack>
      }
    >
      Open a window
    </Act>
  );
}
