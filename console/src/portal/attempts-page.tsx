import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { FilteredAttempts } from '../ui/delivery/filtered-attempts.tsx';
import { useEndpoints } from '../ui/delivery/use-endpoints.ts';
import { Answered, Empty, Page, To, useView } from '../ui/index.ts';
import { places } from './places.ts';
import { useReach } from './use-reach.ts';

const usual = { endpoint: '' } as const;

/** Every request that was made to one of your endpoints. */
export function AttemptsPage(): ReactNode {
  const reach = useReach();
  const [view, setView] = useView(usual);
  const { answer, choices } = useEndpoints(reach.app);
  const chosen = view.endpoint === '' ? (choices[0]?.value ?? '') : view.endpoint;
  return (
    <Page
      title="Attempts"
      lead="Each is one request to an endpoint of yours: what it answered, how long it took, and why it failed if it did."
    >
      <Answered of={answer}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title="You have no endpoint yet">
              <To to={places.endpoints}>Add one</To>, then its attempts are listed here.
            </Empty>
          ) : (
            <FilteredAttempts
              key={chosen}
              reach={reach}
              endpoint={chosen}
              first={
                <Select
                  size="xs"
                  w={170}
                  label="Endpoint"
                  data={choices}
                  value={chosen}
                  allowDeselect={false}
                  onChange={(endpoint) => setView({ endpoint: endpoint ?? '' })}
                />
              }
            />
          )
        }
      </Answered>
    </Page>
  );
}
