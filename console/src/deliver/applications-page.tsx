import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePages } from '../api/index.ts';
import { Empty, Fault, Id, Loading, Moment, Page, paths, Table } from '../ui/index.ts';

/** Applications: one a customer. */
export function ApplicationsPage(): ReactNode {
  const navigate = useNavigate();
  const pages = usePages('v1.application.list', { query: { limit: 100, order: 'descending' } });
  return (
    <Page
      title="Applications"
      lead="One application is one customer: messages are accepted for it, and delivered to its endpoints."
    >
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading />
      ) : (
        <Table
          label="Applications"
          {...pages}
          keyOf={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: paths.application(id) })}
          columns={[
            { name: 'Name', width: 'minmax(160px, 2fr)', cell: ({ name }) => name },
            {
              name: 'Uid',
              cell: ({ uid }) => (uid === null || uid === undefined ? '–' : <Id>{uid}</Id>),
            },
            { name: 'Id', width: '260px', cell: ({ id }) => <Id>{id}</Id> },
            { name: 'Created', width: '110px', cell: ({ createdAt }) => <Moment at={createdAt} /> },
          ]}
          empty={
            <Empty title="No application yet">
              Make one and send a first message to it: the guide takes two minutes.
            </Empty>
          }
        />
      )}
    </Page>
  );
}
