import { Autocomplete, Button, Group, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePages } from '../api/index.ts';
import { Empty, TimeField, useView } from '../ui/index.ts';
import { AttemptsTable } from './attempts-table.tsx';
import type { EndpointPath } from './endpoint-actions.tsx';
import { isFiltered } from './is-filtered.ts';
import { useEventTypes } from './use-event-types.ts';

const REFRESH_MS = 5000;
const usual = { outcome: 'all', code: 'any', type: '', after: '', before: '' } as const;
const codes = ['any', '2xx', '3xx', '4xx', '5xx', 'none'] as const;
const classOf: Readonly<Record<string, 0 | 100 | 200 | 300 | 400 | 500>> = {
  '2xx': 200,
  '3xx': 300,
  '4xx': 400,
  '5xx': 500,
  none: 0,
};

/** The attempts of an endpoint, with filters. */
export function EndpointAttempts({ path }: { readonly path: EndpointPath }): ReactNode {
  const [view, setView] = useView(usual);
  const types = useEventTypes();
  const codeClass = classOf[view.code];
  const pages = usePages(
    'v1.message-attempt.list-by-endpoint',
    {
      path,
      query: {
        limit: 100,
        with_content: false,
        ...(view.outcome === 'delivered' ? { status: 0 } : {}),
        ...(view.outcome === 'failed' ? { status: 2 } : {}),
        ...(codeClass === undefined ? {} : { status_code_class: codeClass }),
        ...(view.type === '' ? {} : { event_types: view.type }),
        ...(view.after === '' ? {} : { after: view.after }),
        ...(view.before === '' ? {} : { before: view.before }),
      },
    },
    { everyMs: REFRESH_MS },
  );
  const isLess = isFiltered(view, usual);
  return (
    <>
      <Group gap="sm" align="end" mb="sm">
        <Select
          size="xs"
          w={130}
          label="Outcome"
          data={['all', 'delivered', 'failed']}
          value={view.outcome}
          allowDeselect={false}
          onChange={(value) => setView({ outcome: value ?? 'all' })}
        />
        <Select
          size="xs"
          w={110}
          label="Status"
          data={[...codes]}
          value={view.code}
          allowDeselect={false}
          onChange={(value) => setView({ code: value ?? 'any' })}
        />
        <Autocomplete
          size="xs"
          w={180}
          label="Event type"
          placeholder="every"
          data={[...types]}
          value={view.type}
          onChange={(type) => setView({ type })}
        />
        <TimeField label="From" value={view.after} onChange={(after) => setView({ after })} />
        <TimeField label="Until" value={view.before} onChange={(before) => setView({ before })} />
        {isLess && (
          <Button size="xs" variant="subtle" onClick={() => setView({ ...usual })}>
            Show all
          </Button>
        )}
      </Group>
      <AttemptsTable
        app={path.app_id}
        pages={pages}
        empty={
          isLess ? (
            <Empty
              title="No attempt like that"
              action={
                <Button size="xs" variant="default" onClick={() => setView({ ...usual })}>
                  Show all attempts
                </Button>
              }
            />
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
