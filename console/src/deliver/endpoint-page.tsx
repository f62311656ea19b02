import { Alert, Tabs, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import {
  Answered,
  compact,
  duration,
  Figure,
  Figures,
  Id,
  Page,
  paths,
  percent,
  State,
  useNow,
  useView,
} from '../ui/index.ts';
import { EndpointActions } from './endpoint-actions.tsx';
import { EndpointAttempts } from './endpoint-attempts.tsx';
import { EndpointCircuit } from './endpoint-circuit.tsx';
import { healthOf } from './endpoint-health.ts';
import { EndpointPolicy } from './endpoint-policy.tsx';
import { EndpointSettings } from './endpoint-settings.tsx';
import { EndpointTiming } from './endpoint-timing.tsx';
import { useNamed } from './params.ts';
import { useApplication } from './use-application.ts';
import { nameOf } from './words.ts';

const REFRESH_MS = 2000;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

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
  const named = useNamed('app', 'endpoint');
  const path = { app_id: named.app, endpoint_id: named.endpoint };
  const may = useMay();
  const now = useNow();
  const [view, setView] = useView(usual);
  // Of whole minutes, so that the same question has the same answer on every look.
  const [since] = useState(() =>
    new Date(Math.floor((Date.now() - DAY_MS) / MINUTE_MS) * MINUTE_MS).toISOString(),
  );
  const { crumbs } = useApplication(named.app);
  const endpoint = useAnswer('v1.endpoint.get', { path });
  const lane = useAnswer('v1.lane.get', { path }, { everyMs: REFRESH_MS });
  const stats = useAnswer(
    'v1.endpoint.get-stats',
    { path, query: { since } },
    { everyMs: REFRESH_MS },
  );
  const timing = useAnswer('v1.endpoint.get-timing', { path });
  const total = timing.data?.phases.total ?? null;
  const health =
    endpoint.data !== undefined && lane.data !== undefined
      ? healthOf(endpoint.data, lane.data, now)
      : null;
  const { success = 0, fail = 0, pending = 0, sending = 0 } = stats.data ?? {};
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
          <EndpointActions path={path} endpoint={endpoint.data} lane={lane.data} />
        )
      }
    >
      <Answered of={endpoint}>
        {(found) => (
          <>
            {health !== null && (
              <Alert
                color={health.tone === 'good' ? 'teal' : health.tone === 'bad' ? 'red' : 'orange'}
                title="Now"
              >
                <Text size="sm">{health.sentence}</Text>
                {health.next !== null && (
                  <Text size="sm" mt={4}>
                    <b>What to do next:</b> {health.next}
                  </Text>
                )}
              </Alert>
            )}
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
                  total === null ? 'none in the last hour' : `99 % within ${duration(total.p99Ms)}`
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
                <EndpointAttempts path={path} />
              </Tabs.Panel>
              <Tabs.Panel value="timing">
                <EndpointTiming path={path} />
              </Tabs.Panel>
              <Tabs.Panel value="circuit">
                <EndpointCircuit path={path} endpoint={found} lane={lane} />
              </Tabs.Panel>
              <Tabs.Panel value="policy">
                <EndpointPolicy path={path} />
              </Tabs.Panel>
              <Tabs.Panel value="settings">
                <EndpointSettings
                  path={path}
                  endpoint={found}
                  back={paths.application(named.app)}
                />
              </Tabs.Panel>
            </Tabs>
          </>
        )}
      </Answered>
    </Page>
  );
}
