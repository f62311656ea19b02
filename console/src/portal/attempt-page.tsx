import type { ReactNode } from 'react';
import { usePayload } from '../api/index.ts';
import { AttemptView } from '../ui/delivery/attempt-view.tsx';
import { Answered, Id, Payload, Section, useParam } from '../ui/index.ts';
import { adviceOn } from './advice.ts';
import { places } from './places.ts';
import { useReach } from './use-reach.ts';

/** One request to an endpoint of yours: what came of it, why, and what to do about it. */
export function AttemptPage(): ReactNode {
  const reach = useReach();
  const message = useParam('message');
  const payload = usePayload(reach.app, message);
  return (
    <AttemptView
      reach={reach}
      message={message}
      id={useParam('attempt')}
      crumbs={[
        { text: 'Messages', to: places.messages },
        { text: 'Message', to: places.message(message) },
      ]}
      adviceOn={adviceOn}
      fieldsOf={({ msgId }) => [['webhook-id', <Id key="id">{msgId}</Id>]]}
    >
      {() => (
        <Section title="What was sent">
          <Answered of={payload} rows={2}>
            {(text) => <Payload text={text} />}
          </Answered>
        </Section>
      )}
    </AttemptView>
  );
}
