import { Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { usePages } from '../api/index.ts';
import {
  Act,
  count,
  deadReasons,
  Empty,
  Fault,
  Loading,
  nameOf,
  Page,
  Section,
  State,
  statusText,
  Table,
  TimeField,
  To,
  useView,
} from '../ui/index.ts';
import { ActsTable } from './acts-table.tsx';
import { places } from './places.ts';
import { useApp } from './session.tsx';
import { choicesOf, useEndpoints } from './use-endpoints.ts';

const PAGE = 250;
const PER_SECOND = 20;
const usual = { endpoint: '', reason: '', since: '', until: '' } as const;
const changes = ['v1.dead-letter.list', 'v1.act.list', 'v1.delivery.list-by-msg'] as const;

/** Deliveries that nothing is tried of any more: to be sent again, one or many. */
export function UndeliveredPage(): ReactNode {
  const app = useApp();
  const navigate = useNavigate();
  const [view, setView] = useView(usual);
  const endpoints = useEndpoints();
  const names = new Map(endpoints.data?.data.map((one) => [one.id, nameOf(one)]));
  const pages = usePages('v1.dead-letter.list', {
    path: { app_id: app },
    query: {
      limit: PAGE,
      ...(view.endpoint === '' ? {} : { endpoint_id: view.endpoint }),
      ...(view.reason === '' ? {} : { reason: view.reason }),
      ...(view.since === '' ? {} : { since: view.since }),
      ...(view.until === '' ? {} : { until: view.until }),
    },
  });
  const isLess = Object.values(view).some((value) => value !== '');
  const all = (
    <Button size="xs" variant="default" onClick={() => setView({ ...usual })}>
      Show all
    </Button>
  );
  return (
    <Page
      title="Not delivered"
      lead="Deliveries whose attempts all failed, the newest first. They are kept: mend what they failed of, then send them again."
      actions={pages.rows.length > 0 && <Redrive view={view} pages={pages} isLess={isLess} />}
    >
      <Group gap="sm" align="end">
        <Select
          size="xs"
          w={200}
          label="Endpoint"
          placeholder="any"
          clearable
          data={choicesOf(endpoints.data)}
          value={view.endpoint === '' ? null : view.endpoint}
          onChange={(endpoint) => setView({ endpoint: endpoint ?? '' })}
        />
        <Select
          size="xs"
          w={260}
          label="Why"
          placeholder="any reason"
          clearable
          data={Object.entries(deadReasons).map(([value, label]) => ({ value, label }))}
          value={view.reason === '' ? null : view.reason}
          onChange={(reason) => setView({ reason: reason ?? '' })}
        />
        <TimeField label="From" value={view.since} onChange={(since) => setView({ since })} />
        <TimeField label="Until" value={view.until} onChange={(until) => setView({ until })} />
        {isLess && all}
      </Group>
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading rows={6} />
      ) : (
        <Table
          label="Not delivered"
          {...pages}
          rowHeight={46}
          keyOf={({ msgId, endpointId }) => `${msgId} ${endpointId}`}
          onOpen={({ msgId }) => void navigate({ to: places.message(msgId) })}
          columns={[
            {
              name: 'Event type',
              width: 'minmax(130px, 1fr)',
              cell: ({ msgId, eventType }) => (
                <To to={places.message(msgId)}>{eventType ?? 'message'}</To>
              ),
            },
            {
              name: 'Endpoint',
              width: 'minmax(120px, 1fr)',
              cell: ({ endpointId }) => (
                <To to={places.endpoint(endpointId)}>{names.get(endpointId) ?? endpointId}</To>
              ),
            },
            {
              name: 'Why',
              width: 'minmax(160px, 1.2fr)',
              cell: ({ reason }) => deadReasons[reason ?? ''] ?? reason ?? '–',
            },
            {
              name: 'Last outcome',
              width: '160px',
              cell: ({ lastOutcome }) =>
                lastOutcome === null || lastOutcome === undefined ? (
                  '–'
                ) : (
                  <State of={lastOutcome} tone="bad" />
                ),
            },
            {
              name: 'Status',
              width: '60px',
              align: 'right',
              cell: ({ lastStatusCode }) => statusText(lastStatusCode ?? 0),
            },
            {
              name: 'Do',
              width: '120px',
              cell: ({ msgId, endpointId }) => (
                <Act
                  operation="v1.message-attempt.resend"
                  request={() => ({
                    path: { app_id: app, msg_id: msgId, endpoint_id: endpointId },
                  })}
                  changes={changes}
                  name={`Replay ${msgId}`}
                  said="It is sent again, with all attempts anew."
                >
                  Replay
                </Act>
              ),
            },
          ]}
          empty={
            isLess ? (
              <Empty title="Nothing like that" action={all} />
            ) : (
              <Empty title="Everything was delivered, or is on its way">
                A delivery stands here once all of its attempts have failed.
              </Empty>
            )
          }
        />
      )}
      <Section title="What was sent again">
        <ActsTable />
      </Section>
    </Page>
  );
}

function Redrive({
  view,
  pages,
  isLess,
}: {
  readonly view: Readonly<Record<keyof typeof usual, string>>;
  readonly pages: { readonly rows: readonly unknown[]; readonly hasMore: boolean };
  readonly isLess: boolean;
}): ReactNode {
  const app = useApp();
  const navigate = useNavigate();
  const [rate, setRate] = useState<number | string>(PER_SECOND);
  const which = `${isLess ? 'all that the filter shows' : 'all of them'} (${count(pages.rows.length)}${pages.hasMore ? ' and more' : ''})`;
  return (
    <Act
      operation="v1.redrive.create"
      request={(reason) => ({
        path: { app_id: app },
        body: {
          ...(view.endpoint === '' ? {} : { endpointId: view.endpoint }),
          ...(view.reason === '' ? {} : { deadReason: view.reason }),
          ...(view.since === '' ? {} : { since: view.since }),
          ...(view.until === '' ? {} : { until: view.until }),
          ...(reason === '' ? {} : { reason }),
          ...(typeof rate === 'number' ? { perSecond: rate } : {}),
        },
      })}
      changes={changes}
      asksReason
      confirm={
        <Stack gap="sm">
          <Text size="sm">
            Sends {which} again, each with all attempts anew. To send a span of time only, close
            this and set From and Until. Mend what they failed of first, or they fail again.
          </Text>
          <NumberInput
            label="A second, at most"
            description="So that your endpoint is not flooded by what it missed."
            min={1}
            max={10_000}
            value={rate}
            onChange={setRate}
          />
        </Stack>
      }
      onDone={({ id }) => void navigate({ to: places.act(id) })}
      button={{ variant: 'filled' }}
    >
      Send again
    </Act>
  );
}
