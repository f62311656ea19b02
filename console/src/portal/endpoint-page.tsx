import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { EndpointSecret } from '../ui/delivery/endpoint-secret.tsx';
import { FilteredAttempts } from '../ui/delivery/filtered-attempts.tsx';
import { HealthNotice } from '../ui/delivery/health.tsx';
import { useDayStats } from '../ui/delivery/use-day-stats.ts';
import {
  Answered,
  compact,
  Figure,
  Figures,
  Id,
  nameOf,
  Page,
  percent,
  State,
  To,
  useNow,
  useParam,
  useView,
} from '../ui/index.ts';
import { EndpointActions } from './endpoint-actions.tsx';
import { EndpointSettings } from './endpoint-settings.tsx';
import { ExampleOutcome } from './example-outcome.tsx';
import { healthOf } from './health.ts';
import { places } from './places.ts';
import { useReach } from './use-reach.ts';

const REFRESH_MS = 3000;
const usual = { tab: 'attempts', example: '' } as const;

/** One endpoint of yours: how it is, what it answered, and what can be done. */
export function EndpointPage(): ReactNode {
  const reach = useReach();
  const path = { app_id: reach.app, endpoint_id: useParam('endpoint') };
  const now = useNow();
  const [view, setView] = useView(usual);
  const endpoint = useAnswer('v1.endpoint.get', { path });
  const lane = useAnswer('v1.lane.get', { path }, { everyMs: REFRESH_MS });
  const health =
    endpoint.data !== undefined && lane.data !== undefined
      ? healthOf(endpoint.data, lane.data, now)
      : null;
  const { success, fail, pending, sending } = useDayStats(path, REFRESH_MS);
  return (
    <Page
      title={endpoint.data === undefined ? 'Endpoint' : nameOf(endpoint.data)}
      crumbs={[{ text: 'Endpoints', to: places.endpoints }]}
      badge={health !== null && <State of={health.word} tone={health.tone} />}
      lead={endpoint.data !== undefined && <Id>{endpoint.data.url}</Id>}
      actions={
        endpoint.data !== undefined &&
        lane.data !== undefined && (
          <EndpointActions
            endpoint={endpoint.data}
            lane={lane.data}
            onExample={(example) => setView({ example })}
          />
        )
      }
    >
      <Answered of={endpoint}>
        {(found) => (
          <>
            {view.example !== '' && (
              <ExampleOutcome
                key={view.example}
                message={view.example}
                endpoint={found.id}
                onClose={() => setView({ example: '' })}
              />
            )}
            {health !== null && <HealthNotice of={health} />}
            <Figures across={4}>
              <Figure
                name="Delivered, 24 h"
                value={success + fail === 0 ? '–' : percent(success / (success + fail))}
                hint={`of ${compact(success + fail)} that came to an end`}
                isBad={fail > 0}
              />
              <Figure
                name="Not delivered, 24 h"
                value={compact(fail)}
                hint="all attempts failed"
                isBad={fail > 0}
              />
              <Figure
                name="Waiting"
                value={compact(pending)}
                hint={
                  sending === 0
                    ? 'for their turn, or for a retry'
                    : sending === 1
                      ? 'one on its way'
                      : `${sending} on their way`
                }
              />
              <Figure
                name="Rate"
                value={
                  found.throttleRate === null || found.throttleRate === undefined
                    ? 'no limit'
                    : `${found.throttleRate}/s`
                }
                hint="requests a second, at most"
              />
            </Figures>
            <Tabs value={view.tab} onChange={(tab) => setView({ tab: tab ?? 'attempts' })}>
              <Tabs.List mb="md">
                <Tabs.Tab value="attempts">Attempts</Tabs.Tab>
                <Tabs.Tab value="settings">Settings</Tabs.Tab>
                <Tabs.Tab value="secret">Secret</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="attempts">
                {view.tab === 'attempts' && <FilteredAttempts reach={reach} endpoint={found.id} />}
              </Tabs.Panel>
              <Tabs.Panel value="settings">
                {view.tab === 'settings' && <EndpointSettings endpoint={found} />}
              </Tabs.Panel>
              <Tabs.Panel value="secret">
                {view.tab === 'secret' && (
                  <EndpointSecret path={path}>
                    Your receiver verifies by it that a request comes from here, and was not
                    altered. <To to={places.secrets}>How to verify, in eight languages</To>
                  </EndpointSecret>
                )}
              </Tabs.Panel>
            </Tabs>
          </>
        )}
      </Answered>
    </Page>
  );
}
