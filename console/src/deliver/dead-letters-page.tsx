import { Button, Group, Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer, usePages } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import {
  Act,
  count,
  Empty,
  Fault,
  Id,
  Loading,
  Page,
  paths,
  State,
  Table,
  TimeField,
  To,
  useView,
} from '../ui/index.ts';
import { BulkActs } from './dead-letter-acts.tsx';
import { useNamed } from './params.ts';
import { useApplication } from './use-application.ts';
import { deadReasons, nameOf, statusText } from './words.ts';

const PAGE = 250;
const usual = { endpoint: '', reason: '', since: '', until: '' } as const;
const changes = ['v1.dead-letter.list', 'v1.act.list', 'v1.delivery.list-by-msg'] as const;

/** Deliveries that are out of attempts, or refused: to be sent again, or cancelled with a reason. */
export function DeadLettersPage(): ReactNode {
  const { app } = useNamed('app');
  const navigate = useNavigate();
  const may = useMay();
  const { crumbs } = useApplication(app);
  const [view, setView] = useView(usual);
  const endpoints = useAnswer('v1.endpoint.list', {
    path: { app_id: app },
    query: { limit: PAGE },
  });
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
  const isFiltered = Object.values(view).some((value) => value !== '');
  const filter = {
    ...(view.endpoint === '' ? {} : { endpointId: view.endpoint }),
    ...(view.reason === '' ? {} : { deadReason: view.reason }),
    ...(view.since === '' ? {} : { since: view.since }),
    ...(view.until === '' ? {} : { until: view.until }),
  };
  const which = `${isFiltered ? 'all dead letters that the filter shows' : 'all dead letters of this application'}${
    pages.isLoading ? '' : ` (${count(pages.rows.length)}${pages.hasMore ? ' and more' : ''})`
  }`;
  return (
    <Page
      title="Dead letters"
      crumbs={crumbs}
      lead="Deliveries that are out of attempts, or were refused. Nothing is lost: they stay until somebody sends them again or cancels them."
      actions={
        may.write && pages.rows.length > 0 && <BulkActs app={app} filter={filter} which={which} />
      }
    >
      <Group gap="sm" align="end">
        <Select
          size="xs"
          w={200}
          label="Endpoint"
          placeholder="any"
          clearable
          data={endpoints.data?.data.map((one) => ({ value: one.id, label: nameOf(one) })) ?? []}
          value={view.endpoint === '' ? null : view.endpoint}
          onChange={(endpoint) => setView({ endpoint: endpoint ?? '' })}
        />
        <Select
          size="xs"
          w={270}
          label="Why it is dead"
          placeholder="any reason"
          clearable
          data={Object.entries(deadReasons).map(([value, label]) => ({ value, label }))}
          value={view.reason === '' ? null : view.reason}
          onChange={(reason) => setView({ reason: reason ?? '' })}
        />
        <TimeField
          label="Accepted from"
          value={view.since}
          onChange={(since) => setView({ since })}
        />
        <TimeField label="Until" value={view.until} onChange={(until) => setView({ until })} />
        {isFiltered && (
          <Button size="xs" variant="subtle" onClick={() => setView({ ...usual })}>
            Show all
          </Button>
        )}
      </Group>
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading rows={6} />
      ) : (
        <Table
          label="Dead letters"
          {...pages}
          rowHeight={44}
          keyOf={({ msgId, endpointId }) => `${msgId} ${endpointId}`}
          onOpen={({ msgId }) => void navigate({ to: paths.message(app, msgId) })}
          columns={[
            {
              name: 'Event type',
              width: 'minmax(120px, 1fr)',
              cell: ({ msgId, eventType }) => (
                <To to={paths.message(app, msgId)}>{eventType ?? 'message'}</To>
              ),
            },
            {
              name: 'Endpoint',
              width: 'minmax(120px, 1fr)',
              cell: ({ endpointId }) => (
                <To to={paths.endpoint(app, endpointId)}>{names.get(endpointId) ?? endpointId}</To>
              ),
            },
            { name: 'Message', width: '175px', cell: ({ msgId }) => <Id>{msgId}</Id> },
            {
              name: 'Why it is dead',
              width: 'minmax(150px, 1.3fr)',
              cell: ({ reason }) => deadReasons[reason ?? ''] ?? reason ?? '–',
            },
            {
              name: 'Last outcome',
              width: '150px',
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
              width: may.write ? '130px' : '20px',
              cell: ({ msgId, endpointId }) =>
                may.write && (
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
            isFiltered ? (
              <Empty
                title="No dead letter like that"
                action={
                  <Button size="xs" variant="default" onClick={() => setView({ ...usual })}>
                    Show all dead letters
                  </Button>
                }
              />
            ) : (
              <Empty title="No dead letter">
                Every delivery of this application was made, is on its way, or was cancelled.
              </Empty>
            )
          }
        />
      )}
    </Page>
  );
}
