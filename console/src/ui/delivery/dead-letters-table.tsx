import { Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { State } from '../badge.tsx';
import { Id } from '../code.tsx';
import { deadReasons, statusText } from '../delivery-words.ts';
import { FilterRow } from '../filters.tsx';
import { To } from '../link.tsx';
import { Fault, Loading } from '../states.tsx';
import { Table } from '../table.tsx';
import { TimeField } from '../time-field.tsx';
import { EndpointSelect } from './endpoint-select.tsx';
import type { Reach } from './reach.ts';
import { Replay } from './replay.tsx';
import { deadLetterAnswers, type DeadLetters } from './use-dead-letters.ts';
import { useEndpoints } from './use-endpoints.ts';

type Props = {
  readonly reach: Reach;
  readonly of: DeadLetters;
  /** What they are called here, and what tells why. */
  readonly label: string;
  readonly why: string;
  /** What stands where there is none. */
  readonly empty: ReactNode;
};

/** Deliveries that nothing is tried of any more, the newest first, each with the way to send it again. */
export function DeadLettersTable({ reach, of, label, why, empty }: Props): ReactNode {
  const navigate = useNavigate();
  const { pages } = of;
  const endpoints = useEndpoints(reach.app);
  const { view, setView } = of.filters;
  return (
    <>
      <FilterRow of={of.filters}>
        <EndpointSelect
          of={endpoints}
          value={view.endpoint}
          onChange={(endpoint) => setView({ endpoint })}
        />
        <Select
          size="xs"
          w={270}
          label={why}
          placeholder="any reason"
          clearable
          data={Object.entries(deadReasons).map(([value, text]) => ({ value, label: text }))}
          value={view.reason === '' ? null : view.reason}
          onChange={(reason) => setView({ reason: reason ?? '' })}
        />
        <TimeField
          label="Accepted from"
          value={view.since}
          onChange={(since) => setView({ since })}
        />
        <TimeField label="Until" value={view.until} onChange={(until) => setView({ until })} />
      </FilterRow>
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading rows={6} />
      ) : (
        <Table
          label={label}
          {...pages}
          rowHeight={46}
          keyOf={({ msgId, endpointId }) => `${msgId} ${endpointId}`}
          onOpen={({ msgId }) => void navigate({ to: reach.to.message(msgId) })}
          columns={[
            {
              name: 'Event type',
              width: 'minmax(120px, 1fr)',
              cell: ({ msgId, eventType }) => (
                <To to={reach.to.message(msgId)}>{eventType ?? 'message'}</To>
              ),
            },
            {
              name: 'Endpoint',
              width: 'minmax(120px, 1fr)',
              cell: ({ endpointId }) => (
                <To to={reach.to.endpoint(endpointId)}>
                  {endpoints.names.get(endpointId) ?? endpointId}
                </To>
              ),
            },
            { name: 'Message', width: '175px', cell: ({ msgId }) => <Id>{msgId}</Id> },
            {
              name: why,
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
              width: reach.mayWrite ? '130px' : '20px',
              cell: ({ msgId, endpointId }) => (
                <Replay
                  reach={reach}
                  message={msgId}
                  endpoint={endpointId}
                  changes={deadLetterAnswers}
                  name={`Replay ${msgId}`}
                />
              ),
            },
          ]}
          empty={empty}
        />
      )}
    </>
  );
}
