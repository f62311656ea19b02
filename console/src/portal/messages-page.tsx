import type { ReactNode } from 'react';
import { FindMessage } from '../ui/delivery/find-message.tsx';
import { Messages } from '../ui/delivery/messages.tsx';
import { Empty, Page, To } from '../ui/index.ts';
import { places } from './places.ts';
import { useReach } from './use-reach.ts';

const REFRESH_MS = 5000;

/** What was sent to this application. */
export function MessagesPage(): ReactNode {
  const reach = useReach();
  return (
    <Page
      title="Messages"
      lead="Each tells of one event. With an endpoint chosen, you see what became of each there."
      actions={<FindMessage reach={reach} />}
    >
      <Messages
        reach={reach}
        everyMs={REFRESH_MS}
        empty={
          <Empty title="No message yet">
            Nothing has happened that you would be told of.{' '}
            <To to={places.endpoints}>Send an example to an endpoint</To> to see one.
          </Empty>
        }
      />
    </Page>
  );
}
