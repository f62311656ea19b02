import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api, useAnswer, useLiveState } from '../api/index.ts';
import { Answered, count, Figure, Figures, Moment, Section, State } from '../ui/index.ts';

const REFRESH_MS = 5000;

/** Whether it can accept, and what the audit found. */
export function ServiceHealth(): ReactNode {
  const live = useLiveState();
  const ready = useQuery({
    queryKey: ['v1.health.ready'],
    queryFn: async ({ signal }) => {
      await api('v1.health.ready', { signal });
      return true;
    },
    refetchInterval: REFRESH_MS,
    retry: false,
  });
  const audit = useAnswer('v1.audit.get', {}, { everyMs: REFRESH_MS });
  return (
    <Stack gap="md">
      <Section title="Health">
        <Figures across={2}>
          <Figure
            name="Accepts messages"
            value={
              ready.error === null ? <State of="yes" tone="good" /> : <State of="no" tone="bad" />
            }
            hint={
              ready.error === null
                ? 'The ledger answers and no shutdown is under way.'
                : 'The ledger does not answer, or a shutdown is under way.'
            }
          />
          <Figure
            name="Live stream"
            value={<State of={live} tone={live === 'live' ? 'good' : 'warn'} />}
            hint="by which these pages follow what happens"
          />
        </Figures>
      </Section>
      <Section title="Audit">
        <Answered of={audit} rows={2}>
          {({ unaccounted, found, healed, passes, lastStepAt }) => (
            <Figures across={4}>
              <Figure
                name="Unaccounted"
                value={count(unaccounted)}
                isBad={unaccounted > 0}
                hint="deliveries that nothing accounts for"
              />
              <Figure name="Found since the start" value={count(found)} hint="by the audit" />
              <Figure name="Healed" value={count(healed)} hint="scheduled again by it" />
              <Figure
                name="Whole ledger read"
                value={`${count(passes)} ×`}
                hint={
                  lastStepAt === null ? (
                    'it has not begun'
                  ) : (
                    <>
                      last step <Moment at={lastStepAt} />
                    </>
                  )
                }
              />
            </Figures>
          )}
        </Answered>
      </Section>
    </Stack>
  );
}
