import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Answered, Empty, Id, Moment, paths, Table, To } from '../ui/index.ts';

const SHOWN = 8;
const REFRESH_MS = 5000;

/** The newest messages of an application, as they come. */
export function RecentMessages({ app }: { readonly app: string }): ReactNode {
  const navigate = useNavigate();
  const messages = useAnswer(
    'v1.message.list',
    { path: { app_id: app }, query: { limit: SHOWN, with_content: false } },
    { everyMs: REFRESH_MS, keepsLast: true },
  );
  return (
    <Answered of={messages}>
      {({ data, done }) => (
        <Table
          label="Newest messages"
          rows={data}
          keyOf={({ id }) => id}
          hasMore={!done}
          onOpen={({ id }) => void navigate({ to: paths.message(app, id) })}
          columns={[
            {
              name: 'Event type',
              width: 'minmax(140px, 1fr)',
              cell: ({ id, eventType }) => <To to={paths.message(app, id)}>{eventType}</To>,
            },
            { name: 'Message', width: '175px', cell: ({ id }) => <Id>{id}</Id> },
            {
              name: 'Event id',
              width: 'minmax(110px, 1fr)',
              cell: ({ eventId }) => eventId ?? '–',
            },
            {
              name: 'Accepted',
              width: '110px',
              cell: ({ timestamp }) => <Moment at={timestamp} />,
            },
          ]}
          empty={
            <Empty title="No message yet">
              A sender makes one by <Id>POST /api/v1/app/…/msg</Id>; an endpoint's page sends an
              example.
            </Empty>
          }
        />
      )}
    </Answered>
  );
}
