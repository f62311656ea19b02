import type { UseQueryResult } from '@tanstack/react-query';
import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer, type AnswerOf } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Act, Answered, count, Empty, Moment, paths, State, Table, To } from '../ui/index.ts';
import { deadReasons, nameOf } from './words.ts';

const REFRESH_MS = 2000;
const changes = [
  'v1.delivery.list-by-msg',
  'v1.message-attempt.list-by-msg',
  'v1.message-attempt.list-attempted-destinations',
  'v1.dead-letter.list',
  'v1.act.list',
] as const;

/** What became of a message at each of its endpoints. */
export function MessageDeliveries({
  path,
  destinations,
}: {
  readonly path: { readonly app_id: string; readonly msg_id: string };
  readonly destinations: UseQueryResult<AnswerOf<'v1.message-attempt.list-attempted-destinations'>>;
}): ReactNode {
  const may = useMay();
  const deliveries = useAnswer('v1.delivery.list-by-msg', { path }, { everyMs: REFRESH_MS });
  const byId = new Map(destinations.data?.data.map((one) => [one.id, one]));
  const called = (endpointId: string): string => {
    const endpoint = byId.get(endpointId);
    return endpoint === undefined ? endpointId : nameOf(endpoint);
  };
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
              width: 'minmax(150px, 1.2fr)',
              cell: ({ endpointId }) => (
                <To to={paths.endpoint(path.app_id, endpointId)}>{called(endpointId)}</To>
              ),
            },
            { name: 'State', width: '130px', cell: ({ state }) => <State of={state} /> },
            {
              name: 'Attempts',
              width: '74px',
              align: 'right',
              cell: ({ attempts }) => count(attempts),
            },
            {
              name: 'Why, or what next',
              width: 'minmax(190px, 1.6fr)',
              cell: ({ state, reason, nextAttempt }) =>
                nextAttempt !== null ? (
                  <>
                    next attempt <Moment at={nextAttempt} />
                  </>
                ) : reason === null ? (
                  state === 'delivered' ? (
                    'it took the message'
                  ) : (
                    '–'
                  )
                ) : (
                  (deadReasons[reason] ?? reason)
                ),
            },
            {
              name: 'Do',
              width: may.write ? '240px' : '20px',
              cell: ({ endpointId, state }) =>
                may.write && (
                  <Group gap="xs" wrap="nowrap">
                    <Act
                      operation="v1.message-attempt.resend"
                      request={() => ({ path: { ...path, endpoint_id: endpointId } })}
                      changes={changes}
                      name={`Replay to ${called(endpointId)}`}
                      said="It is sent again, with all attempts anew."
                    >
                      Replay
                    </Act>
                    {(state === 'scheduled' || state === 'dead') && (
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
          empty={
            <Empty title="It was for no endpoint">
              No endpoint took this event type when it was accepted; that is recorded. Add an
              endpoint for it, then send the event again.
            </Empty>
          }
        />
      )}
    </Answered>
  );
}
