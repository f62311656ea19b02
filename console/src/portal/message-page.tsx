import { SimpleGrid } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer, usePages, usePayload } from '../api/index.ts';
import {
  Act,
  Answered,
  count,
  deadReasons,
  Empty,
  Fields,
  Id,
  Moment,
  nameOf,
  Page,
  Payload,
  Section,
  State,
  Table,
  To,
} from '../ui/index.ts';
import { AttemptsTable } from './attempts-table.tsx';
import { places } from './places.ts';
import { useApp } from './session.tsx';
import { useNamed } from './use-named.ts';

const REFRESH_MS = 2000;
const GONE = '{"expired":true}';
const changes = [
  'v1.delivery.list-by-msg',
  'v1.message-attempt.list-by-msg',
  'v1.dead-letter.list',
  'v1.act.list',
] as const;

/** One message: what it says, and what became of it at each endpoint of yours. */
export function MessagePage(): ReactNode {
  const app = useApp();
  const named = useNamed('message');
  const path = { app_id: app, msg_id: named };
  const message = useAnswer('v1.message.get', { path, query: { with_content: false } });
  const payload = usePayload(app, named);
  const destinations = useAnswer('v1.message-attempt.list-attempted-destinations', {
    path,
    query: { limit: 250 },
  });
  const deliveries = useAnswer('v1.delivery.list-by-msg', { path }, { everyMs: REFRESH_MS });
  const attempts = usePages(
    'v1.message-attempt.list-by-msg',
    { path, query: { limit: 100, with_content: false } },
    { everyMs: REFRESH_MS },
  );
  const names = new Map(destinations.data?.data.map((one) => [one.id, nameOf(one)]));
  const called = (id: string): string => names.get(id) ?? id;
  return (
    <Page
      title={message.data?.eventType ?? 'Message'}
      crumbs={[{ text: 'Messages', to: places.messages }]}
      lead={<Id>{message.data?.id ?? named}</Id>}
    >
      <Answered of={message}>
        {({ eventType, eventId, tags, channels, timestamp }) => (
          <>
            <Section title="What became of it">
              <Answered of={deliveries} rows={2}>
                {({ data }) => (
                  <Table
                    label="Deliveries"
                    rows={data}
                    rowHeight={48}
                    keyOf={({ endpointId }) => endpointId}
                    columns={[
                      {
                        name: 'Endpoint',
                        width: 'minmax(140px, 1.2fr)',
                        cell: ({ endpointId }) => (
                          <To to={places.endpoint(endpointId)}>{called(endpointId)}</To>
                        ),
                      },
                      { name: 'State', width: '130px', cell: ({ state }) => <State of={state} /> },
                      {
                        name: 'Attempts',
                        width: '74px',
                        align: 'right',
                        cell: (row) => count(row.attempts),
                      },
                      {
                        name: 'Why, or what next',
                        width: 'minmax(180px, 1.4fr)',
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
                        width: '120px',
                        cell: ({ endpointId }) => (
                          <Act
                            operation="v1.message-attempt.resend"
                            request={() => ({ path: { ...path, endpoint_id: endpointId } })}
                            changes={changes}
                            name={`Replay to ${called(endpointId)}`}
                            said="It is sent again, with all attempts anew."
                          >
                            Replay
                          </Act>
                        ),
                      },
                    ]}
                    empty={
                      <Empty title="It was for none of your endpoints">
                        None took this event type when it came.{' '}
                        <To to={places.endpoints}>See what your endpoints ask for</To>.
                      </Empty>
                    }
                  />
                )}
              </Answered>
            </Section>
            <Section title="Attempts">
              <AttemptsTable
                pages={attempts}
                names={names}
                empty={
                  <Empty title="No attempt yet">
                    It is sent as soon as its endpoint takes deliveries.
                  </Empty>
                }
              />
            </Section>
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
              <Section title="What it says">
                <Answered of={payload}>
                  {(text) =>
                    text === GONE ? (
                      <Empty title="The payload is removed">
                        It was kept for as long as was promised. What became of the message stays on
                        record.
                      </Empty>
                    ) : (
                      <Payload text={text} />
                    )
                  }
                </Answered>
              </Section>
              <Section title="Message">
                <Fields
                  of={[
                    ['Accepted', <Moment key="at" at={timestamp} isAbsolute />],
                    [
                      'Event type',
                      <To key="type" to={places.eventType(eventType)}>
                        {eventType}
                      </To>,
                    ],
                    ['Event id', eventId ?? 'none'],
                    ['Channels', (channels ?? []).length === 0 ? null : channels?.join(', ')],
                    ['Tags', (tags ?? []).length === 0 ? null : tags?.join(', ')],
                  ]}
                />
              </Section>
            </SimpleGrid>
          </>
        )}
      </Answered>
    </Page>
  );
}
