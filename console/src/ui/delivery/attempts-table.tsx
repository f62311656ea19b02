import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Pages } from '../../api/index.ts';
import { State } from '../badge.tsx';
import { Id } from '../code.tsx';
import { outcomeWords, phaseName, statusText, type Attempt } from '../delivery-words.ts';
import { duration } from '../format.ts';
import { To } from '../link.tsx';
import { Moment } from '../moment.tsx';
import { Fault, Loading } from '../states.tsx';
import { Table } from '../table.tsx';
import type { Reach } from './reach.ts';

/** Attempts, the newest first; each opens to its own page. */
export function AttemptsTable({
  reach,
  pages,
  endpointNames,
  also,
  empty,
}: {
  readonly reach: Reach;
  readonly pages: Pages<Attempt>;
  /** Where they are of several endpoints: what each is called, by its id. */
  readonly endpointNames?: ReadonlyMap<string, string>;
  /** What else is said of one; null: nothing. */
  readonly also?: (attempt: Attempt) => string | null;
  readonly empty: ReactNode;
}): ReactNode {
  const navigate = useNavigate();
  if (pages.error !== null) return <Fault error={pages.error} again={pages.again} />;
  if (pages.isLoading) return <Loading />;
  const to = ({ id, msgId }: Attempt): string => reach.to.attempt(msgId, id);
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
        { name: 'When', width: '100px', cell: ({ timestamp }) => <Moment at={timestamp} /> },
        endpointNames === undefined
          ? {
              name: 'Message',
              width: '175px',
              cell: ({ msgId }) => (
                <To to={reach.to.message(msgId)}>
                  <Id>{msgId}</Id>
                </To>
              ),
            }
          : {
              name: 'Endpoint',
              width: 'minmax(130px, 1fr)',
              cell: ({ endpointId }) => (
                <To to={reach.to.endpoint(endpointId)}>
                  {endpointNames.get(endpointId) ?? endpointId}
                </To>
              ),
            },
        {
          name: 'Why',
          width: 'minmax(220px, 1.6fr)',
          cell: (row) => whyOf(row, also?.(row) ?? null),
        },
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

function whyOf({ timing, detail, outcome, triggerType }: Attempt, also: string | null): string {
  const parts = [
    ...(outcome === 'delivered' ? [] : [outcomeWords(outcome)]),
    ...(timing.failedPhase === null ? [] : [`failed at: ${phaseName(timing.failedPhase)}`]),
    ...(detail === null || detail === '' ? [] : [detail]),
    ...(triggerType === 1 ? ['replayed'] : []),
    ...(also === null ? [] : [also]),
  ];
  return parts.length === 0 ? 'The endpoint took it' : parts.join(' · ');
}
