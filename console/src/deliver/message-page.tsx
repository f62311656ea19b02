import { SimpleGrid } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer, usePages, usePayload } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import {
  Act,
  Answered,
  Empty,
  Fields,
  Id,
  Moment,
  money,
  Page,
  paths,
  Payload,
  Section,
} from '../ui/index.ts';
import { AttemptsTable } from './attempts-table.tsx';
import { MessageDeliveries } from './message-deliveries.tsx';
import { useNamed } from './params.ts';
import { useApplication } from './use-application.ts';
import { nameOf } from './words.ts';

const REFRESH_MS = 2000;
/** What stands for a payload that was removed. */
const GONE = '{"expired":true}';

/** One message: what became of it at each endpoint, what was tried, and what it said. */
export function MessagePage(): ReactNode {
  const { app, message: named } = useNamed('app', 'message');
  const path = { app_id: app, msg_id: named };
  const may = useMay();
  const { crumbs } = useApplication(app);
  const message = useAnswer('v1.message.get', { path, query: { with_content: false } });
  const payload = usePayload(app, named);
  const destinations = useAnswer('v1.message-attempt.list-attempted-destinations', {
    path,
    query: { limit: 250 },
  });
  const attempts = usePages(
    'v1.message-attempt.list-by-msg',
    { path, query: { limit: 100, with_content: false } },
    { everyMs: REFRESH_MS },
  );
  const names = new Map(destinations.data?.data.map((one) => [one.id, nameOf(one)]));
  return (
    <Page
      title={message.data?.eventType ?? 'Message'}
      crumbs={[...crumbs, { text: 'Messages', to: paths.messages(app) }]}
      lead={<Id>{message.data?.id ?? named}</Id>}
    >
      <Answered of={message}>
        {({ eventId, channels, tags, value, timestamp }) => (
          <>
            <Section title="Deliveries">
              <MessageDeliveries path={path} destinations={destinations} />
            </Section>
            <Section title="Attempts">
              <AttemptsTable
                app={app}
                pages={attempts}
                endpointNames={names}
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
                        It was purged after its retention period, or removed on request. What became
                        of the message stays on record.
                      </Empty>
                    ) : (
                      <Payload text={text} />
                    )
                  }
                </Answered>
              </Section>
              <Section
                title="Message"
                actions={
                  may.write && (
                    <Act
                      operation="v1.message.expunge-content"
                      request={() => ({ path })}
                      changes={['v1.message.get', 'v1.delivery.list-by-msg']}
                      confirm="Removes the payload for good, and cancels what is still scheduled of it on record. This cannot be undone."
                      said="The payload is removed."
                      button={{ color: 'red', variant: 'light' }}
                    >
                      Remove payload
                    </Act>
                  )
                }
              >
                <Fields
                  of={[
                    ['Accepted', <Moment key="at" at={timestamp} isAbsolute />],
                    ['Event id', eventId ?? 'none'],
                    ['Value', value === undefined ? 'none' : money(value.amount, value.currency)],
                    ['Channels', (channels ?? []).length === 0 ? 'none' : channels?.join(', ')],
                    ['Tags', (tags ?? []).length === 0 ? 'none' : tags?.join(', ')],
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
