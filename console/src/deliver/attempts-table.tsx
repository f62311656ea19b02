import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Pages } from '../api/index.ts';
import { duration, Fault, Id, Loading, Moment, paths, State, Table, To } from '../ui/index.ts';
import { outcomeWords, phaseName, statusText, type Attempt } from './words.ts';

/** Attempts, the newest first; each opens to its own page. */
export function AttemptsTable({
  app,
  pages,
  endpointNames,
  height,
  empty,
}: {
  readonly app: string;
  readonly pages: Pages<Attempt>;
  /** Where they are of several endpoints: what each is called, by its id. */
  readonly endpointNames?: ReadonlyMap<string, string>;
  readonly height?: number;
  readonly empty: ReactNode;
}): ReactNode {
  const navigate = useNavigate();
  if (pages.error !== null) return <Fault error={pages.error} again={pages.again} />;
  if (pages.isLoading) return <Loading />;
  const to = ({ id, msgId }: Attempt): string => paths.attempt(app, msgId, id);
  return (
    <Table
      label="Attempts"
      {...pages}
      {...(height === undefined ? {} : { height })}
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
                <To to={paths.message(app, msgId)}>
                  <Id>{msgId}</Id>
                </To>
              ),
            }
          : {
              name: 'Endpoint',
              width: 'minmax(140px, 1fr)',
              cell: ({ endpointId }) => (
                <To to={paths.endpoint(app, endpointId)}>
                  {endpointNames.get(endpointId) ?? endpointId}
                </To>
              ),
            },
        {
          name: 'Why',
          width: 'minmax(180px, 1fr)',
          cell: (row) => whyOf(row),
        },
        {
          name: 'Attempt',
          width: '80px',
          cell: (row) => <To to={to(row)}>Details</To>,
        },
      ]}
      empty={empty}
    />
  );
}

function whyOf({ timing, detail, outcome, triggerType, canaryId }: Attempt): string {
  const parts = [
    ...(timing.failedPhase === null ? [] : [`failed at: ${phaseName(timing.failedPhase)}`]),
    ...(detail === null || detail === '' ? [] : [detail]),
    ...(outcome === 'delivered' || timing.failedPhase !== null ? [] : [outcomeWords(outcome)]),
    ...(triggerType === 1 ? ['replayed'] : []),
    ...(canaryId === null ? [] : ['to the canary']),
  ];
  return parts.length === 0 ? '–' : parts.join(' · ');
}
