import { Tabs } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { EndpointActs } from '../ui/delivery/endpoint-acts.tsx';
import { FilteredAttempts } from '../ui/delivery/filtered-attempts.tsx';
import { HealthNotice } from '../ui/delivery/health.tsx';
import { useDayStats } from '../ui/delivery/use-day-stats.ts';
import {
  Answered,
  compact,
  duration,
  Figure,
  Figures,
  Id,
  nameOf,
  Page,
  paths,
  percent,
  State,
  useNow,
  useParam,
  useView,
} from '../ui/index.ts';
import { alsoOf } from './attempt-words.ts';
import { EndpointCircuit } from './endpoint-circuit.tsx';
import { healthOf } from './endpoint-health.ts';
import { EndpointPolicy } from './endpoint-policy.tsx';
import { EndpointSettings } from './endpoint-settings.tsx';
import { EndpointTiming } from './endpoint-timing.tsx';
import { useApplication } from './use-application.ts';
import { useReach } from './use-reach.ts';

const REFRESH_MS = 2000;

const tabs = [
  ['attempts', 'Attempts'],
  ['timing', 'Timing'],
  ['circuit', 'Circuit and lane'],
  ['policy', 'Policy'],
  ['settings', 'Settings'],
] as const;
const usual = { tab: 'attempts' } as const;

/** One endpoint: how it is now, what it answered, and what can be done about it. */
export function EndpointPage(): ReactNode {
  const app = useParam('app');
  const path = { app_id: app, endpoint_id: useParam('endpoint') };
  const may = useMay();
  const reach = useReach(app);
  const navigate = useNavigate();
  const now = useNow();
  const [view, setView] = useView(usual);
  const { crumbs } = useApplication(app);
  const endpoint = useAnswer('v1.endpoint.get', { path });
  const lane = useAnswer('v1.lane.get', { path }, { everyMs: REFRESH_MS });
  const timing = useAnswer('v1.endpoint.get-timing', { path });
  const total = timing.data?.phases.total ?? null;
  const health =
    endpoint.data !== undefined && lane.data !== undefined
      ? healthOf(endpoint.data, lane.data, now)
      : null;
  const { success, fail, pending, sending } = useDayStats(path, REFRESH_MS);
  return (
    <Page
      title={endpoint.data === undefined ? 'Endpoint' : nameOf(endpoint.data)}
      crumbs={crumbs}
      badge={
        health !== null && (
          <State of={health.word} tone={health.tone}>
            {health.word}
          </State>
        )
      }
      lead={
        endpoint.data !== undefined && (
          <>
            <Id>
              {endpoint.data.isAlternateInUse && endpoint.data.alternateUrl !== null
                ? endpoint.data.alternateUrl
                : endpoint.data.url}
            </Id>
            {endpoint.data.isAlternateInUse && ' (its alternate URL, in use)'}
          </>
        )
      }
      actions={
        may.write &&
        endpoint.data !== undefined &&
        lane.data !== undefined && (
          <EndpointActs
            path={path}
            endpoint={endpoint.data}
            lane={lane.data}
            missed="What it missed meanwhile can be recovered under “Circuit and lane”."
            onExample={(message) => void navigate({ to: paths.message(app, message) })}
          />
        )
      }
    >
      <Answered of={endpoint}>
        {(found) => (
          <>
            {health !== null && <HealthNotice of={health} />}
            <Figures across={4}>
              <Figure
                name="Delivered, 24 h"
                value={success + fail === 0 ? '–' : percent(success / (success + fail))}
                hint={`${compact(success)} delivered, ${compact(fail)} dead`}
                isBad={fail > 0}
              />
              <Figure
                name="Scheduled, 24 h"
                value={compact(pending)}
                hint="wait for their next attempt"
              />
              <Figure name="In flight" value={compact(sending)} hint="requests under way" />
              <Figure
                name="Median attempt, 1 h"
                value={total === null ? '–' : duration(total.p50Ms)}
                hint={
                  total === null
                    ? 'counted once a minute is over'
                    : `99 % within ${duration(total.p99Ms)}`
                }
              />
            </Figures>
            <Tabs
              value={view.tab}
              onChange={(tab) => setView({ tab: tab ?? usual.tab })}
              keepMounted={false}
            >
              <Tabs.List mb="sm">
                {tabs.map(([name, text]) => (
                  <Tabs.Tab key={name} value={name}>
                    {text}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              <Tabs.Panel value="attempts">
                <FilteredAttempts reach={reach} endpoint={path.endpoint_id} also={alsoOf} />
              </Tabs.Panel>
              <Tabs.Panel value="timing">
                <EndpointTiming path={path} />
              </Tabs.Panel>
              <Tabs.Panel value="circuit">
                <EndpointCircuit reach={reach} path={path} endpoint={found} lane={lane} />
              </Tabs.Panel>
              <Tabs.Panel value="policy">
                <EndpointPolicy path={path} />
              </Tabs.Panel>
              <Tabs.Panel value="settings">
                <EndpointSettings path={path} endpoint={found} back={paths.application(app)} />
              </Tabs.Panel>
            </Tabs>
          </>
        )}
      </Answered>
    </Page>
  );
}
