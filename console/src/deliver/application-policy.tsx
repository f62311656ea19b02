import { Group, Select, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Act, Answered, paths, State, To } from '../ui/index.ts';

const NONE = '(none)';

/** Which policy the endpoints of an application are under, and the way to put them under another. */
export function ApplicationPolicy({ app }: { readonly app: string }): ReactNode {
  const may = useMay();
  const used = useAnswer('v1.application.get-policy', { path: { app_id: app } });
  const policies = useAnswer('v1.policy.list', { query: { limit: 250 } });
  const [wanted, setWanted] = useState<string | null>(null);
  const names = policies.data?.data.map(({ name }) => name) ?? [];
  const next = wanted === NONE ? null : wanted;
  return (
    <Answered of={used} rows={1}>
      {({ policy, isMissing }) => (
        <Group gap="sm" align="center">
          <Text size="sm">
            {policy === null ? (
              "No policy: the service's settings hold, and what an endpoint says itself."
            ) : (
              <>
                Its endpoints are under <To to={paths.policy(policy)}>{policy}</To>
                {isMissing ? ', which is not there: it says nothing.' : '.'}
              </>
            )}
          </Text>
          {isMissing && <State of="missing" tone="warn" />}
          {may.write && names.length > 0 && (
            <>
              <Select
                size="xs"
                aria-label="Another policy"
                placeholder="Another policy"
                data={[NONE, ...names]}
                value={wanted}
                onChange={setWanted}
              />
              <Act
                operation="v1.application.set-policy"
                request={() => ({ path: { app_id: app }, body: { policy: next } })}
                changes={['v1.application.get-policy', 'v1.endpoint.get-policy']}
                isDisabled={wanted === null || next === policy}
                confirm={
                  next === null
                    ? "All endpoints of this application leave the policy at once and follow the service's settings. It is a change, and can be reverted."
                    : `All endpoints of this application follow the policy "${next}" at once. It is a change, and can be reverted.`
                }
                said="The policy is in force."
                onDone={() => setWanted(null)}
              >
                Use it
              </Act>
            </>
          )}
          {names.length === 0 && (
            <Text size="sm" c="dimmed">
              There is no policy to choose. <To to={paths.policies}>Make one</To>.
            </Text>
          )}
        </Group>
      )}
    </Answered>
  );
}
