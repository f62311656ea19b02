import { Select, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePages } from '../../api/index.ts';
import type { Attempt } from '../delivery-words.ts';
import { FilterRow, NothingLike, useFilters } from '../filters.tsx';
import { Empty } from '../states.tsx';
import { TimeField } from '../time-field.tsx';
import { AttemptsTable } from './attempts-table.tsx';
import { EventTypeField } from './event-type-field.tsx';
import type { Reach } from './reach.ts';
import { useEventTypes } from './use-event-types.ts';

const REFRESH_MS = 5000;
const PAGE = 100;
const usual = { outcome: 'all', code: 'any', type: '', after: '', before: '' } as const;
/** As the API has them: the first of their hundred; 0: no answer. */
const classOf: Readonly<Record<string, 0 | 200 | 300 | 400 | 500>> = {
  '2xx': 200,
  '3xx': 300,
  '4xx': 400,
  '5xx': 500,
  none: 0,
};

/** The attempts of one endpoint, with filters that stand in the address. */
export function FilteredAttempts({
  reach,
  endpoint,
  first,
  also,
}: {
  readonly reach: Reach;
  readonly endpoint: string;
  /** Stands before the filters. */
  readonly first?: ReactNode;
  readonly also?: (attempt: Attempt) => string | null;
}): ReactNode {
  const filters = useFilters(usual);
  const { view, setView, isLess } = filters;
  const types = useEventTypes();
  const code = classOf[view.code];
  const pages = usePages(
    'v1.message-attempt.list-by-endpoint',
    {
      path: { app_id: reach.app, endpoint_id: endpoint },
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
  return (
    <Stack gap="sm">
      <FilterRow of={filters}>
        {first}
        <Select
          size="xs"
          w={120}
          label="Outcome"
          data={['all', 'delivered', 'failed']}
          value={view.outcome}
          allowDeselect={false}
          onChange={(value) => setView({ outcome: value ?? 'all' })}
        />
        <Select
          size="xs"
          w={100}
          label="Status"
          data={['any', ...Object.keys(classOf)]}
          value={view.code}
          allowDeselect={false}
          onChange={(value) => setView({ code: value ?? 'any' })}
        />
        <EventTypeField
          size="xs"
          w={180}
          placeholder="every one"
          clearable
          names={types.map(({ name }) => name)}
          value={view.type}
          onChange={(type) => setView({ type })}
        />
        <TimeField label="From" value={view.after} onChange={(after) => setView({ after })} />
        <TimeField label="Until" value={view.before} onChange={(before) => setView({ before })} />
      </FilterRow>
      <AttemptsTable
        reach={reach}
        pages={pages}
        {...(also === undefined ? {} : { also })}
        empty={
          isLess ? (
            <NothingLike of={filters} title="No attempt like that">
              Show all attempts
            </NothingLike>
          ) : (
            <Empty title="No attempt yet">
              Nothing was sent to this endpoint. Send an example to see whether it answers.
            </Empty>
          )
        }
      />
    </Stack>
  );
}
