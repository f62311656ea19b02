import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Pages } from '../api/index.ts';
import {
  duration,
  Fault,
  Id,
  Loading,
  Moment,
  outcomeWords,
  phaseName,
  State,
  statusText,
  Table,
  To,
  type Attempt,
} from '../ui/index.ts';
import { places } from './places.ts';

/** Attempts, the newest first; each opens to its own page. */
export function AttemptsTable({
  pages,
  names,
  empty,
}: {
  readonly pages: Pages<Attempt>;
  /** Where they are of several endpoints: what each is called, by its id. */
  readonly names?: ReadonlyMap<string, string>;
  readonly empty: ReactNode;
}): ReactNode {
  const navigate = useNavigate();
  if (pages.error !== null) return <Fault error={pages.error} again={pages.again} />;
  if (pages.isLoading) return <Loading />;
  const to = ({ id, msgId }: Attempt): string => places.attempt(msgId, id);
  return (
    <Table
      label="Attempts"
      {...pages}
      keyOf={({ id }) => id}
      onOpen={(row) => void navigate({ to: to(row) })}
      columns={[
        {
          name: 'Outcome',
          width: '170px',
          cell: ({ outcome }) => (
            <State of={outcome} tone={outcome === 'delivered' ? 'good' : 'bad'} />
          ),
        },
        { name: 'When', width: '100px', cell: ({ timestamp }) => <Moment at={timestamp} /> },
        {
          name: 'Status',
          width: '64px',
          align: 'right',
          cell: ({ responseStatusCode }) => statusText(responseStatusCode),
        },
        {
          name: 'Took',
          width: '80px',
          align: 'right',
          cell: ({ responseDurationMs }) => duration(responseDurationMs),
        },
        names === undefined
          ? {
              name: 'Message',
              width: '180px',
              cell: ({ msgId }) => (
                <To to={places.message(msgId)}>
                  <Id>{msgId}</Id>
                </To>
              ),
            }
          : {
              name: 'Endpoint',
              width: 'minmax(130px, 1fr)',
              cell: ({ endpointId }) => (
                <To to={places.endpoint(endpointId)}>{names.get(endpointId) ?? endpointId}</To>
              ),
            },
        { name: 'Why', width: 'minmax(220px, 1.6fr)', cell: (row) => whyOf(row) },
        {
          name: 'Attempt',
          width: '70px',
          cell: (row) => <To to={to(row)}>Details</To>,
        },
      ]}
      empty={empty}
    />
  );
}

function whyOf({ timing, detail, outcome, triggerType }: Attempt): string {
  const parts = [
    ...(outcome === 'delivered' ? [] : [outcomeWords(outcome)]),
    ...(timing.failedPhase === null ? [] : [`failed at: ${phaseName(timing.failedPhase)}`]),
    ...(detail === null || detail === '' ? [] : [detail]),
    ...(triggerType === 1 ? ['replayed'] : []),
  ];
  return parts.length === 0 ? 'it took the message' : parts.join(' · ');
}
