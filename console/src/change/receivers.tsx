import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePages, type RowOf } from '../api/index.ts';
import { Empty, Fault, Loading, paths, Section, State, Table, To } from '../ui/index.ts';

type Row = RowOf<'v1.event-type.list-endpoints'>;
const PAGE = 100;

/** The endpoints that take an event type, and the version that each gets. */
export function Receivers({
  name,
  inForce,
}: {
  readonly name: string;
  readonly inForce: string | null;
}): ReactNode {
  const navigate = useNavigate();
  const pages = usePages('v1.event-type.list-endpoints', {
    path: { event_type_name: name },
    query: { limit: PAGE },
  });
  return (
    <Section title="Endpoints that receive it">
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading rows={2} />
      ) : (
        <Table<Row>
          label="Endpoints that receive it"
          {...pages}
          {...(pages.rows.length > 8 ? { height: 360 } : {})}
          keyOf={({ endpointId }) => endpointId}
          onOpen={({ appId, endpointId }) =>
            void navigate({ to: paths.endpoint(appId, endpointId) })
          }
          columns={[
            {
              name: 'Endpoint',
              width: 'minmax(180px, 2fr)',
              cell: ({ appId, endpointId, name: called }) => (
                <To to={paths.endpoint(appId, endpointId)}>{called}</To>
              ),
            },
            {
              name: 'Application',
              width: 'minmax(120px, 1fr)',
              cell: ({ appId, appName }) => <To to={paths.application(appId)}>{appName}</To>,
            },
            {
              name: 'Because',
              width: 'minmax(130px, 1fr)',
              cell: ({ takesAll, channels }) =>
                `${takesAll ? 'takes every type' : 'chose this type'}${channels === null ? '' : `, of channels ${channels.join(', ')}`}`,
            },
            {
              name: 'Version',
              width: '170px',
              cell: ({ version }) =>
                version === null
                  ? inForce === null
                    ? 'as it is sent'
                    : `${inForce}, as it is sent`
                  : `pinned to ${version}`,
            },
            {
              name: 'State',
              width: '110px',
              cell: ({ disabled }) => (disabled ? <State of="disabled" /> : 'enabled'),
            },
          ]}
          empty={
            pages.hasMore ? (
              <Loading rows={2} />
            ) : (
              <Empty title="No endpoint receives it">
                What is sent of it is stored and goes nowhere. An endpoint takes it by its list of
                event types, or by having none.
              </Empty>
            )
          }
        />
      )}
    </Section>
  );
}
