import type { ReactNode } from 'react';
import { useMay } from '../shell/index.ts';
import { MessageView } from '../ui/delivery/message-view.tsx';
import { Act, Empty, money, paths, useParam } from '../ui/index.ts';
import { alsoOf } from './attempt-words.ts';
import { useApplication } from './use-application.ts';
import { useReach } from './use-reach.ts';

/** One message of an application, with the ways to cancel it and to remove what it says. */
export function MessagePage(): ReactNode {
  const app = useParam('app');
  const named = useParam('message');
  const may = useMay();
  const { crumbs } = useApplication(app);
  return (
    <MessageView
      reach={useReach(app)}
      named={named}
      crumbs={[...crumbs, { text: 'Messages', to: paths.messages(app) }]}
      mayCancel={may.write}
      also={alsoOf}
      fieldsOf={({ value }) => [
        ['Value', value === undefined ? 'none' : money(value.amount, value.currency)],
      ]}
      empty={
        <Empty title="It was for no endpoint">
          No endpoint took this event type when it was accepted; that is recorded. Add an endpoint
          for it, then send the event again.
        </Empty>
      }
      actions={
        may.write && (
          <Act
            operation="v1.message.expunge-content"
            request={() => ({ path: { app_id: app, msg_id: named } })}
            changes={['v1.message.get', 'v1.delivery.list-by-msg']}
            confirm="Removes the payload for good, and cancels what is still scheduled of it on record. This cannot be undone."
            said="The payload is removed."
            button={{ color: 'red', variant: 'light' }}
          >
            Remove payload
          </Act>
        )
      }
    />
  );
}
