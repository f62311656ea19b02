import { SimpleGrid } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer, usePages, usePayload, type AnswerOf } from '../../api/index.ts';
import { Id, Payload } from '../code.tsx';
import { nameOf, type Attempt } from '../delivery-words.ts';
import { Fields, type Field } from '../fields.tsx';
import { Moment } from '../moment.tsx';
import { Page, Section, type Crumb } from '../page.tsx';
import { Answered, Empty } from '../states.tsx';
import { AttemptsTable } from './attempts-table.tsx';
import { MessageDeliveries } from './message-deliveries.tsx';
import type { Reach } from './reach.ts';

const REFRESH_MS = 2000;
/** What stands for a payload that was removed. */
const GONE = '{"expired":true}';
const MOST_ENDPOINTS = 250;

type Message = AnswerOf<'v1.message.get'>;

type Props = {
  readonly reach: Reach;
  /** As the address has it: its id, or its event id. */
  readonly named: string;
  readonly crumbs: readonly Crumb[];
  readonly mayCancel?: boolean;
  readonly also?: (attempt: Attempt) => string | null;
  /** What stands where it was for no endpoint. */
  readonly empty: ReactNode;
  /** What else is known of it here. */
  readonly fieldsOf: (message: Message) => readonly Field[];
  readonly actions?: ReactNode;
};

/** One message: what became of it at each endpoint, what was tried, and what it says. */
export function MessageView(props: Props): ReactNode {
  const { reach, named, crumbs, mayCancel = false, also, empty, fieldsOf, actions } = props;
  const path = { app_id: reach.app, msg_id: named };
  const message = useAnswer('v1.message.get', { path, query: { with_content: false } });
  const destinations = useAnswer('v1.message-attempt.list-attempted-destinations', {
    path,
    query: { limit: MOST_ENDPOINTS },
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
      crumbs={crumbs}
      lead={<Id>{message.data?.id ?? named}</Id>}
    >
      <Answered of={message}>
        {(value) => (
          <>
            <Section title="Deliveries">
              <MessageDeliveries
                reach={reach}
                message={named}
                names={names}
                mayCancel={mayCancel}
                empty={empty}
              />
            </Section>
            <Section title="Attempts">
              <AttemptsTable
                reach={reach}
                pages={attempts}
                endpointNames={names}
                {...(also === undefined ? {} : { also })}
                empty={
                  <Empty title="No attempt yet">
                    It is sent as soon as its endpoint takes deliveries.
                  </Empty>
                }
              />
            </Section>
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
              <WhatItSays app={reach.app} message={named} />
              <Section title="Message" actions={actions}>
                <Fields
                  of={[
                    ['Accepted', <Moment key="at" at={value.timestamp} isAbsolute />],
                    ['Event id', value.eventId ?? 'none'],
                    ...fieldsOf(value),
                    ['Channels', listed(value.channels)],
                    ['Tags', listed(value.tags)],
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

function WhatItSays({
  app,
  message,
}: {
  readonly app: string;
  readonly message: string;
}): ReactNode {
  const payload = usePayload(app, message);
  return (
    <Section title="What it says">
      <Answered of={payload}>
        {(text) =>
          text === GONE ? (
            <Empty title="The payload is removed">
              It was kept for as long as was promised, or removed on request. What became of the
              message stays on record.
            </Empty>
          ) : (
            <Payload text={text} />
          )
        }
      </Answered>
    </Section>
  );
}

function listed(names: readonly string[] | null | undefined): string {
  return (names ?? []).length === 0 ? 'none' : (names ?? []).join(', ');
}
