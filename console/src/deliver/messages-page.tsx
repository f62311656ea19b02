import type { ReactNode } from 'react';
import { FindMessage } from '../ui/delivery/find-message.tsx';
import { Messages } from '../ui/delivery/messages.tsx';
import { Empty, Page, paths, To, useParam } from '../ui/index.ts';
import { useApplication } from './use-application.ts';
import { useReach } from './use-reach.ts';

/** The messages of an application. */
export function MessagesPage(): ReactNode {
  const app = useParam('app');
  const reach = useReach(app);
  const { crumbs } = useApplication(app);
  return (
    <Page
      title="Messages"
      crumbs={crumbs}
      lead="Each is one event, accepted and stored before its sender was answered. The newest are first."
      actions={<FindMessage reach={reach} />}
    >
      <Messages
        reach={reach}
        isOfSender
        empty={
          <Empty title="No message yet">
            Nothing was accepted for this application.{' '}
            <To to={paths.start}>The guide sends a first one</To>.
          </Empty>
        }
      />
    </Page>
  );
}
