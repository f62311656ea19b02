import { Alert, Button, Select, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer, useAttemptsOf, useLiveState } from '../api/index.ts';
import {
  count,
  duration,
  Empty,
  FilterRow,
  Id,
  Page,
  paths,
  State,
  statusText,
  Table,
  To,
  useFilters,
} from '../ui/index.ts';
import { Clock } from './clock.tsx';
import { useEndpointNames } from './use-endpoint-names.ts';
import { MOST_ROWS, useTail } from './use-tail.ts';

const usual = { app: '', endpoint: '', outcome: 'all', type: '' } as const;

/** Attempts as their outcomes are stored. */
export function LivePage(): ReactNode {
  const navigate = useNavigate();
  const filters = useFilters(usual);
  const { view, setView, isLess } = filters;
  useAttemptsOf(view.app === '' ? null : view.app);
  const tail = useTail();
  const state = useLiveState();
  const applications = useAnswer('v1.application.list', {
    query: { limit: 250, order: 'descending' },
  });
  const appNames = new Map(applications.data?.data.map(({ id, name }) => [id, name]));
  const seenApps = [...new Set(tail.rows.map(({ appId }) => appId))];
  const endpointNames = useEndpointNames(view.app === '' ? seenApps : [view.app]);
  const type = view.type.trim().toLowerCase();
  const rows = tail.rows.filter(
    (row) =>
      (view.app === '' || row.appId === view.app) &&
      (view.endpoint === '' || row.endpointId === view.endpoint) &&
      (view.outcome === 'all' ||
        (row.outcome === 'delivered') === (view.outcome === 'delivered')) &&
      (type === '' || row.eventType.toLowerCase().includes(type)),
  );
  return (
    <Page
      title="Live tail"
      lead={`Attempts as their outcomes are stored, the newest first; ${count(MOST_ROWS)} are kept here.`}
      actions={
        <>
          <Button
            size="xs"
            variant={tail.isPaused ? 'filled' : 'default'}
            onClick={tail.toggle}
            aria-pressed={tail.isPaused}
          >
            {tail.isPaused ? 'Go on' : 'Pause'}
          </Button>
          <Button size="xs" variant="default" onClick={tail.clear}>
            Clear
          </Button>
        </>
      }
    >
      <FilterRow of={filters}>
        <Select
          size="xs"
          w={190}
          label="Application"
          placeholder="every"
          clearable
          searchable
          data={[...appNames].map(([value, label]) => ({ value, label }))}
          value={view.app === '' ? null : view.app}
          onChange={(app) => setView({ app: app ?? '', endpoint: '' })}
        />
        <Select
          size="xs"
          w={190}
          label="Endpoint"
          placeholder="every"
          clearable
          searchable
          data={[...endpointNames].map(([value, label]) => ({ value, label }))}
          value={view.endpoint === '' ? null : view.endpoint}
          onChange={(endpoint) => setView({ endpoint: endpoint ?? '' })}
        />
        <Select
          size="xs"
          w={130}
          label="Outcome"
          data={['all', 'delivered', 'failed']}
          value={view.outcome}
          allowDeselect={false}
          onChange={(outcome) => setView({ outcome: outcome ?? 'all' })}
        />
        <TextInput
          size="xs"
          w={160}
          label="Event type"
          placeholder="a part of it"
          value={view.type}
          onChange={(event) => setView({ type: event.currentTarget.value })}
        />
      </FilterRow>
      <Text size="sm" c="dimmed" role="status">
        {tail.isPaused
          ? `Paused: ${count(tail.waiting)} more since.`
          : state === 'live'
            ? `${count(rows.length)} shown.`
            : 'Not live: the stream of news broke off, and is tried again.'}
        {tail.skipped > 0 &&
          ` ${count(tail.skipped)} were skipped, since more than fifty a second came: choose an application to see less at once.`}
      </Text>
      {state === 'away' && (
        <Alert color="orange" title="Not live">
          What happens now is not shown here. It is recorded all the same.
        </Alert>
      )}
      <Table
        label="Attempts as they come"
        rows={rows}
        height={Math.max(240, Math.min(560, rows.length * 34 + 37))}
        rowHeight={34}
        keyOf={({ id }) => id}
        onOpen={({ appId, messageId, id }) =>
          void navigate({ to: paths.attempt(appId, messageId, id) })
        }
        columns={[
          { name: 'At', width: '110px', cell: ({ at }) => <Clock at={at} /> },
          {
            name: 'Outcome',
            width: '160px',
            cell: ({ outcome }) => (
              <State of={outcome} tone={outcome === 'delivered' ? 'good' : 'bad'} />
            ),
          },
          {
            name: 'Status',
            width: '60px',
            align: 'right',
            cell: ({ statusCode }) => statusText(statusCode ?? 0),
          },
          {
            name: 'Took',
            width: '76px',
            align: 'right',
            cell: ({ durationMs }) => duration(durationMs),
          },
          { name: 'Event type', width: 'minmax(130px, 1fr)', cell: ({ eventType }) => eventType },
          {
            name: 'Endpoint',
            width: 'minmax(130px, 1fr)',
            cell: ({ appId, endpointId }) => (
              <To to={paths.endpoint(appId, endpointId)}>
                {endpointNames.get(endpointId) ?? <Id>{endpointId}</Id>}
              </To>
            ),
          },
          {
            name: 'Application',
            width: 'minmax(110px, 1fr)',
            cell: ({ appId }) => (
              <To to={paths.application(appId)}>{appNames.get(appId) ?? appId}</To>
            ),
          },
          {
            name: 'Then',
            width: '150px',
            cell: ({ state: then, attempt }) =>
              then === 'delivered' ? `attempt ${attempt}` : <State of={then} />,
          },
        ]}
        empty={
          isLess && tail.rows.length > 0 ? (
            <Empty title="Nothing like that yet">
              {count(tail.rows.length)} attempts came that the filters leave out.
            </Empty>
          ) : (
            <Empty title="Waiting for an attempt">
              It is shown here the moment its outcome is stored. To see one at once, open an
              endpoint and send an example.
            </Empty>
          )
        }
      />
    </Page>
  );
}
