import type { ReactNode } from 'react';
import { MessageView } from '../ui/delivery/message-view.tsx';
import { Empty, To, useParam } from '../ui/index.ts';
import { places } from './places.ts';
import { useReach } from './use-reach.ts';

/** One message: what became of it at each endpoint of yours, and what it says. */
export function MessagePage(): ReactNode {
  return (
    <MessageView
      reach={useReach()}
      named={useParam('message')}
      crumbs={[{ text: 'Messages', to: places.messages }]}
      fieldsOf={({ eventType }) => [
        [
          'Event type',
          <To key="type" to={places.eventType(eventType)}>
            {eventType}
          </To>,
        ],
      ]}
      empty={
        <Empty title="It was for none of your endpoints">
          None took this event type when it came.{' '}
          <To to={places.endpoints}>See what your endpoints ask for</To>.
        </Empty>
      }
    />
  );
}
