import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/index.ts';
import { Empty, paths, Table, To } from '../ui/index.ts';

export type Users = AnswerOf<'v1.policy.list-users'>;
type User = Users['data'][number];

/** The applications and endpoints that stand under a policy: whom a change of it concerns. */
export function PolicyUsers({ users: { data, isWhole } }: { readonly users: Users }): ReactNode {
  const navigate = useNavigate();
  return (
    <Table<User>
      label={isWhole ? 'Who stands under it' : 'Who stands under it, the first 250 of each'}
      rows={data}
      keyOf={({ appId, endpointId }) => endpointId ?? appId}
      onOpen={(user) => void navigate({ to: placeOf(user) })}
      rowHeight={36}
      columns={[
        { name: 'What', width: '120px', cell: ({ kind }) => kind },
        {
          name: 'Name',
          width: 'minmax(180px, 2fr)',
          cell: (user) => <To to={placeOf(user)}>{user.name}</To>,
        },
        {
          name: 'Concerns',
          width: 'minmax(220px, 2fr)',
          cell: ({ kind, appName }) =>
            kind === 'application'
              ? 'its endpoints, where they say nothing themselves'
              : `this endpoint of ${appName}`,
        },
      ]}
      empty={
        <Empty title="Nobody stands under it">
          Put an application or an endpoint under it: on its page, by “Another policy”.
        </Empty>
      }
    />
  );
}

function placeOf({ appId, endpointId }: User): string {
  return endpointId === null ? paths.application(appId) : paths.endpoint(appId, endpointId);
}
