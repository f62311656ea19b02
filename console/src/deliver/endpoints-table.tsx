import type { UseQueryResult } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AnswerOf, RowOf } from '../api/index.ts';
import {
  Answered,
  count,
  Empty,
  hostOf,
  Moment,
  nameOf,
  paths,
  State,
  Table,
  To,
  type Endpoint,
} from '../ui/index.ts';

type RestingLane = AnswerOf<'v1.lane.list-resting'>['data'][number];

/** The endpoints of an application with what each does now. */
export function EndpointsTable({
  app,
  endpoints,
  resting,
  deadLetters,
}: {
  readonly app: string;
  readonly endpoints: UseQueryResult<AnswerOf<'v1.endpoint.list'>>;
  readonly resting: readonly RestingLane[];
  /** As far as they are known, of whichever endpoint. */
  readonly deadLetters: readonly { readonly endpointId: string }[];
}): ReactNode {
  const navigate = useNavigate();
  const laneOf = new Map(resting.map((lane) => [lane.endpointId, lane]));
  const to = ({ id }: { readonly id: string }): string => paths.endpoint(app, id);
  return (
    <Answered of={endpoints}>
      {({ data }) => (
        <Table
          label="Endpoints"
          rows={data}
          keyOf={({ id }) => id}
          onOpen={(row) => void navigate({ to: to(row) })}
          columns={[
            {
              name: 'Endpoint',
              width: 'minmax(140px, 1.2fr)',
              cell: (row) => <To to={to(row)}>{nameOf(row)}</To>,
            },
            { name: 'Host', width: 'minmax(150px, 1.2fr)', cell: ({ url }) => hostOf(url) },
            {
              name: 'Now',
              width: '165px',
              cell: (row) => (
                <Now
                  endpoint={row}
                  lane={laneOf.get(row.id)}
                  dead={deadLetters.filter(({ endpointId }) => endpointId === row.id).length}
                />
              ),
            },
            { name: 'Takes', width: 'minmax(140px, 1.5fr)', cell: takes },
            { name: 'Made', width: '100px', cell: ({ createdAt }) => <Moment at={createdAt} /> },
          ]}
          empty={
            <Empty title="No endpoint yet">
              Messages are accepted and recorded, but nobody gets them. Add the URL that this
              customer receives at.
            </Empty>
          }
        />
      )}
    </Answered>
  );
}

function Now({
  endpoint,
  lane,
  dead,
}: {
  readonly endpoint: Pick<Endpoint, 'disabled' | 'isAlternateInUse'>;
  readonly lane: RestingLane | undefined;
  readonly dead: number;
}): ReactNode {
  if (endpoint.disabled) return <State of="disabled" />;
  switch (lane?.restsFor) {
    case 'circuit_open':
      return <State of="circuit open" tone="bad" />;
    case 'held':
      return (
        <State of="held" tone="warn">
          asked to wait
        </State>
      );
    case 'order':
      return (
        <State of="order" tone="warn">
          waits in order
        </State>
      );
    case 'paused':
    case 'application_paused':
    case 'service_paused':
      return <State of="paused" />;
    default:
      if (lane !== undefined && lane.failingSince !== null) return <State of="failing" />;
      if (dead > 0) {
        return (
          <State of="dead letters" tone="warn">
            {count(dead)} dead {dead === 1 ? 'letter' : 'letters'}
          </State>
        );
      }
      return endpoint.isAlternateInUse ? (
        <State of="alternate" tone="warn">
          alternate URL
        </State>
      ) : (
        <State of="open" tone="good">
          takes deliveries
        </State>
      );
  }
}

function takes({ eventTypes, channels }: RowOf<'v1.endpoint.list'>): string {
  const types = eventTypes ?? [];
  const what =
    types.length === 0
      ? 'every event type'
      : types.length <= 2
        ? types.join(', ')
        : `${types.slice(0, 2).join(', ')} and ${types.length - 2} more`;
  const on = channels ?? [];
  return on.length === 0 ? what : `${what} on ${on.join(', ')}`;
}
