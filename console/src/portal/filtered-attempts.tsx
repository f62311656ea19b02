import { Button, Group, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePages } from '../api/index.ts';
import { Empty, TimeField, useView } from '../ui/index.ts';
import { AttemptsTable } from './attempts-table.tsx';
import { useApp } from './session.tsx';
import { useEventTypes } from './use-endpoints.ts';

const REFRESH_MS = 5000;
const PAGE = 100;
const usual = { outcome: 'all', code: 'any', type: '', after: '', before: '' } as const;
const codes: Readonly<Record<string, 0 | 200 | 300 | 400 | 500>> = {
  '2xx': 200,
  '3xx': 300,
  '4xx': 400,
  '5xx': 500,
  none: 0,
};

/** The attempts of one endpoint, with filters that stand in the address. */
export function FilteredAttempts({
  endpoint,
  first,
}: {
  readonly endpoint: string;
  /** Stands before the filters. */
  readonly first?: ReactNode;
}): ReactNode {
  const [view, setView] = useView(usual);
  const types = useEventTypes();
  const code = codes[view.code];
  const pages = usePages(
    'v1.message-attempt.list-by-endpoint',
    {
      path: { app_id: useApp(), endpoint_id: endpoint },
      query: {
        limit: PAGE,
        with_content: false,
        ...(view.outcome === 'delivered' ? { status: 0 } : {}),
        ...(view.outcome === 'failed' ? { status: 2 } : {}),
        ...(code === undefined ? {} : { status_code_class: code }),
        ...(view.type === '' ? {} : { event_types: view.type }),
        ...(view.after === '' ? {} : { after: view.after }),
        ...(view.before === '' ? {} : { before: view.before }),
      },
    },
    { everyMs: REFRESH_MS },
  );
  const isLess = Object.entries(usual).some(([name, value]) => Reflect.get(view, name) !== value);
  const all = (
    <Button size="xs" variant="default" onClick={() => setView({ ...usual })}>
      Show all attempts
    </Button>
  );
  return (
    <>
      <Group gap="sm" align="end" mb="sm">
        {first}
        <Select
          size="xs"
          w={110}
          label="Outcome"
          data={['all', 'delivered', 'failed']}
          value={view.outcome}
          allowDeselect={false}
          onChange={(value) => setView({ outcome: value ?? 'all' })}
        />
        <Select
          size="xs"
          w={90}
          label="Status"
          data={['any', ...Object.keys(codes)]}
          value={view.code}
          allowDeselect={false}
          onChange={(value) => setView({ code: value ?? 'any' })}
        />
        <Select
          size="xs"
          w={170}
          label="Event type"
          placeholder="every one"
          clearable
          searchable
          data={types.data?.data.map(({ name }) => name) ?? []}
          value={view.type === '' ? null : view.type}
          onChange={(type) => setView({ type: type ?? '' })}
        />
        <TimeField label="From" value={view.after} onChange={(after) => setView({ after })} />
        <TimeField label="Until" value={view.before} onChange={(before) => setView({ before })} />
        {isLess && all}
      </Group>
      <AttemptsTable
        pages={pages}
        empty={
          isLess ? (
            <Empty title="No attempt like that" action={all} />
          ) : (
            <Empty title="No attempt yet">
              Nothing was sent to this endpoint. Send an example to see whether it answers.
            </Empty>
          )
        }
      />
    </>
  );
}
