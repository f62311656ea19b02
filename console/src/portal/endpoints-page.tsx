import { Alert, Button, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api, useAnswer } from '../api/index.ts';
import { LazyEndpointForm } from '../ui/delivery/lazy-endpoint-form.tsx';
import { useEndpoints } from '../ui/delivery/use-endpoints.ts';
import {
  Answered,
  Empty,
  Id,
  nameOf,
  Page,
  State,
  Table,
  To,
  useNow,
  type Endpoint,
  type Lane,
} from '../ui/index.ts';
import { healthOf } from './health.ts';
import { places } from './places.ts';
import { useApp } from './session.tsx';

const REFRESH_MS = 10_000;
/** Of more the health is told on their own pages. */
const MOST_LANES = 25;

/** The first page: where your messages go, and whether they arrive. */
export function EndpointsPage(): ReactNode {
  const app = useApp();
  const navigate = useNavigate();
  const [isOpen, { open, close }] = useDisclosure(false);
  const { answer: endpoints } = useEndpoints(app, REFRESH_MS);
  const lanes = useLanes(endpoints.data?.data ?? []);
  const now = useNow();
  return (
    <Page
      title="Endpoints"
      lead="URLs of yours that get messages, each when something happened that it asked for."
      actions={
        <Button size="xs" onClick={open}>
          New endpoint
        </Button>
      }
    >
      <Disturbance />
      <Answered of={endpoints}>
        {({ data }) => (
          <Table
            label="Endpoints"
            rows={data}
            rowHeight={52}
            keyOf={({ id }) => id}
            onOpen={({ id }) => void navigate({ to: places.endpoint(id) })}
            columns={[
              {
                name: 'Endpoint',
                width: 'minmax(150px, 1fr)',
                cell: (one) => <To to={places.endpoint(one.id)}>{nameOf(one)}</To>,
              },
              {
                name: 'How it is',
                width: '170px',
                cell: (one) => {
                  const lane = lanes.get(one.id);
                  if (lane === undefined) return one.disabled ? <State of="disabled" /> : '–';
                  const { word, tone } = healthOf(one, lane, now);
                  return <State of={word} tone={tone} />;
                },
              },
              {
                name: 'URL',
                width: 'minmax(180px, 1.5fr)',
                cell: ({ url }) => <Id>{url}</Id>,
              },
              {
                name: 'Event types',
                width: 'minmax(140px, 1fr)',
                cell: ({ eventTypes }) =>
                  (eventTypes ?? []).length === 0 ? 'every one' : eventTypes?.join(', '),
              },
            ]}
            empty={
              <Empty
                title="You have no endpoint yet"
                action={
                  <Button size="sm" onClick={open}>
                    Add your first endpoint
                  </Button>
                }
              >
                An endpoint is a URL of yours. Messages are posted to it, signed, and tried again
                until it answers with a status from 200 to 299.{' '}
                <To to={places.eventTypes}>See what it can get</To>.
              </Empty>
            }
          />
        )}
      </Answered>
      <Modal opened={isOpen} onClose={close} title="New endpoint" centered size="lg">
        <LazyEndpointForm app={app} onDone={(id) => void navigate({ to: places.endpoint(id) })} />
      </Modal>
    </Page>
  );
}

/** Whether it is us: said first, where it is. */
function Disturbance(): ReactNode {
  const status = useAnswer(
    'v1.status.get-of-application',
    { path: { app_id: useApp() } },
    { everyMs: 30_000 },
  );
  if (status.data === undefined || status.data.current.length === 0) return null;
  return (
    <Alert color={status.data.isDisturbed ? 'red' : 'orange'} title={status.data.summary}>
      <Text size="sm">
        Whoever sends to you knows of it.{' '}
        <To to={places.status}>See since when, and what they write</To>.
      </Text>
    </Alert>
  );
}

function useLanes(endpoints: readonly Endpoint[]): ReadonlyMap<string, Lane> {
  const app = useApp();
  return useQueries({
    queries: endpoints.slice(0, MOST_LANES).map(({ id }) => {
      const request = { path: { app_id: app, endpoint_id: id } };
      return {
        queryKey: ['v1.lane.get', request],
        queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
          api('v1.lane.get', { ...request, signal }),
        refetchInterval: REFRESH_MS,
      };
    }),
    combine: (answers) =>
      new Map(answers.flatMap(({ data }) => (data === undefined ? [] : [[data.endpointId, data]]))),
  });
}
