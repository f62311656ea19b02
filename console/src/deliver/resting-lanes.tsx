import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { hostOf, Moment, paths, Section, State, Table, To } from '../ui/index.ts';

const REFRESH_MS = 5000;
const why: Readonly<Record<string, string>> = {
  paused: 'paused',
  application_paused: 'application paused',
  service_paused: 'service paused',
  held: 'asked to wait',
  circuit_open: 'circuit open',
  order: 'waits in order',
};

/** The lanes that hold work back now. Nothing where there is none. */
export function RestingLanes(): ReactNode {
  const navigate = useNavigate();
  const lanes = useAnswer('v1.lane.list-resting', {}, { everyMs: REFRESH_MS });
  const rows = lanes.data?.data ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title="Endpoints that hold work back now">
      <Table
        label="Resting lanes"
        rows={rows}
        keyOf={({ endpointId }) => endpointId}
        onOpen={({ appId, endpointId }) => void navigate({ to: paths.endpoint(appId, endpointId) })}
        columns={[
          {
            name: 'Endpoint',
            width: 'minmax(180px, 2fr)',
            cell: ({ appId, endpointId, endpointUid, url }) => (
              <To to={paths.endpoint(appId, endpointId)}>{endpointUid ?? hostOf(url)}</To>
            ),
          },
          {
            name: 'Application',
            width: 'minmax(120px, 1fr)',
            cell: ({ appId, appUid }) => <To to={paths.application(appId)}>{appUid ?? appId}</To>,
          },
          {
            name: 'Why',
            width: '180px',
            cell: ({ restsFor }) => (
              <State of={restsFor ?? 'paused'} tone={restsFor === 'circuit_open' ? 'bad' : 'warn'}>
                {why[restsFor ?? ''] ?? restsFor}
              </State>
            ),
          },
          {
            name: 'Until',
            width: '130px',
            cell: ({ restsUntil }) =>
              restsUntil === null ? 'ended by hand' : <Moment at={restsUntil} />,
          },
        ]}
      />
    </Section>
  );
}
