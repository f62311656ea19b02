import type { ReactNode } from 'react';
import { count, Empty, Id, paths, percent, Section, Table, To } from '../ui/index.ts';
import type { Standing } from './objective.ts';

/** Where the budget goes. */
export function ObjectiveEndpoints({
  endpoints,
}: {
  readonly endpoints: Standing['endpoints'];
}): ReactNode {
  return (
    <Section title="Where the budget goes">
      <Table
        label="Endpoints with the most bad outcomes"
        rows={endpoints.filter(({ bad }) => bad > 0)}
        rowHeight={38}
        keyOf={({ endpointId }) => endpointId}
        columns={[
          {
            name: 'Endpoint',
            width: 'minmax(220px, 2fr)',
            cell: ({ appId, endpointId }) => (
              <To to={paths.endpoint(appId, endpointId)}>
                <Id>{endpointId}</Id>
              </To>
            ),
          },
          {
            name: 'Application',
            width: 'minmax(200px, 2fr)',
            cell: ({ appId }) => (
              <To to={paths.application(appId)}>
                <Id>{appId}</Id>
              </To>
            ),
          },
          {
            name: 'Bad',
            width: '150px',
            align: 'right',
            cell: ({ good, bad }) => `${count(bad)} of ${count(good + bad)}`,
          },
          {
            name: 'Of all bad',
            width: '110px',
            align: 'right',
            cell: ({ share }) => percent(share),
          },
        ]}
        empty={
          <Empty title="No endpoint has a bad outcome">
            The endpoints that spend the budget stand here, the greediest first.
          </Empty>
        }
      />
    </Section>
  );
}
