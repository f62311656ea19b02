import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer, type AnswerOf, type OperationId } from '../../api/index.ts';
import { Act } from '../act.tsx';
import { State } from '../badge.tsx';
import { deadReasons } from '../delivery-words.ts';
import { count } from '../format.ts';
import { To } from '../link.tsx';
import { Moment } from '../moment.tsx';
import { Answered } from '../states.tsx';
import { Table } from '../table.tsx';
import type { Reach } from './reach.ts';
import { Replay } from './replay.tsx';

const REFRESH_MS = 2000;
const changes: readonly OperationId[] = [
  'v1.delivery.list-by-msg',
  'v1.message-attempt.list-by-msg',
  'v1.message-attempt.list-attempted-destinations',
  'v1.dead-letter.list',
  'v1.act.list',
];

type Delivery = AnswerOf<'v1.delivery.list-by-msg'>['data'][number];

/** What became of a message at each of its endpoints. */
export function MessageDeliveries({
  reach,
  message,
  names,
  mayCancel,
  empty,
}: {
  readonly reach: Reach;
  readonly message: string;
  /** What endpoints are called, by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly mayCancel: boolean;
  readonly empty: ReactNode;
}): ReactNode {
  const path = { app_id: reach.app, msg_id: message };
  const deliveries = useAnswer('v1.delivery.list-by-msg', { path }, { everyMs: REFRESH_MS });
  const called = (id: string): string => names.get(id) ?? id;
  return (
    <Answered of={deliveries} rows={2}>
      {({ data }) => (
        <Table
          label="Deliveries"
          rows={data}
          rowHeight={46}
          keyOf={({ endpointId }) => endpointId}
          columns={[
            {
              name: 'Endpoint',
              width: 'minmax(140px, 1.2fr)',
              cell: ({ endpointId }) => (
                <To to={reach.to.endpoint(endpointId)}>{called(endpointId)}</To>
              ),
            },
            { name: 'State', width: '130px', cell: ({ state }) => <State of={state} /> },
            {
              name: 'Attempts',
              width: '74px',
              align: 'right',
              cell: ({ attempts }) => count(attempts),
            },
            { name: 'Why, or what next', width: 'minmax(180px, 1.6fr)', cell: whyOf },
            {
              name: 'Do',
              width: mayCancel ? '240px' : reach.mayWrite ? '130px' : '20px',
              cell: ({ endpointId, state }) => (
                <Group gap="xs" wrap="nowrap">
                  <Replay
                    reach={reach}
                    message={message}
                    endpoint={endpointId}
                    changes={changes}
                    name={`Replay to ${called(endpointId)}`}
                  />
                  {mayCancel && (state === 'scheduled' || state === 'dead') && (
                    <Act
                      operation="v1.delivery.cancel"
                      request={(reason) => ({
                        path: { ...path, endpoint_id: endpointId },
                        body: { reason },
                      })}
                      changes={changes}
                      asksReason="must"
                      confirm="This endpoint gets the message no more, unless somebody replays it."
                      name={`Cancel for ${called(endpointId)}`}
                      said="Cancelled, on record."
                    >
                      Cancel
                    </Act>
                  )}
                </Group>
              ),
            },
          ]}
          empty={empty}
        />
      )}
    </Answered>
  );
}

function whyOf({ state, reason, nextAttempt }: Delivery): ReactNode {
  if (nextAttempt !== null) {
    return (
      <>
        next attempt <Moment at={nextAttempt} />
      </>
    );
  }
  if (reason !== null) return deadReasons[reason] ?? reason;
  return state === 'delivered' ? 'The endpoint took it' : '–';
}
