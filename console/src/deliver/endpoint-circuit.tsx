import type { UseQueryResult } from '@tanstack/react-query';
import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMay } from '../shell/index.ts';
import type { EndpointPath, Reach } from '../ui/delivery/reach.ts';
import { Recover } from '../ui/delivery/recover.tsx';
import {
  Answered,
  count,
  Fields,
  Moment,
  Section,
  State,
  words,
  type Endpoint,
  type Lane,
} from '../ui/index.ts';
import { AlternateUrl } from './alternate-url.tsx';
import { CircuitActs } from './circuit-acts.tsx';

/** The lane of an endpoint, its circuit breaker, and the ways to divert, stop and recover it. */
export function EndpointCircuit({
  reach,
  path,
  endpoint,
  lane,
}: {
  readonly reach: Reach;
  readonly path: EndpointPath;
  readonly endpoint: Endpoint;
  readonly lane: UseQueryResult<Lane>;
}): ReactNode {
  const may = useMay();
  return (
    <Answered of={lane}>
      {(value) => (
        <Stack gap="md">
          <Section
            title="Circuit breaker"
            actions={may.write && <CircuitActs path={path} lane={value} />}
          >
            <Fields
              of={[
                [
                  'State',
                  <State
                    key="state"
                    of={value.breaker.state}
                    tone={
                      value.breaker.state === 'closed'
                        ? 'good'
                        : value.breaker.state === 'open'
                          ? 'bad'
                          : 'warn'
                    }
                  >
                    {words(value.breaker.state)}
                  </State>,
                ],
                ['Since', <Moment key="since" at={value.breaker.since} />],
                ['Failures in a row', count(value.breaker.failuresInARow)],
                [
                  'Opened by hand',
                  value.handCircuit === null
                    ? null
                    : `“${value.handCircuit.reason}”${value.handCircuit.withProbes ? ', with probes' : ''}`,
                ],
                ['It opens after', opensAfter(value.policy)],
              ]}
            />
          </Section>
          <Section title="Lane">
            <Fields
              of={[
                [
                  'Requests under way',
                  `${count(value.sending)}; ${count(value.concurrency)} may be now, ${count(value.policy.concurrency)} at most`,
                ],
                [
                  'Waiting',
                  value.isMoreWaiting
                    ? `more than ${count(value.waiting)}`
                    : count(value.waiting + value.held - value.sending),
                ],
                [
                  'Oldest is due',
                  value.oldestDueAt === null ? null : <Moment key="due" at={value.oldestDueAt} />,
                ],
                [
                  'Event types paused',
                  value.pausedTypes.length === 0 ? null : value.pausedTypes.join(', '),
                ],
                ['Order', value.policy.ordered ? 'strict: one after another' : 'as they are due'],
              ]}
            />
          </Section>
          <AlternateUrl path={path} endpoint={endpoint} />
          <Section
            title="Recover"
            actions={
              may.write && (
                <Recover reach={reach} endpoint={path.endpoint_id}>
                  Recover
                </Recover>
              )
            }
          >
            <Text size="sm">
              Sends again what failed since a moment, and what was missed while the endpoint was
              disabled.
            </Text>
          </Section>
        </Stack>
      )}
    </Answered>
  );
}

function opensAfter({ breakerFailures, breakerFailurePercent }: Lane['policy']): string {
  const ways = [
    ...(breakerFailures === 0 ? [] : [`${count(breakerFailures)} failures in a row`]),
    ...(breakerFailurePercent === 0 ? [] : [`${breakerFailurePercent} % of attempts failing`]),
  ];
  return ways.length === 0 ? 'nothing: its policy has no breaker' : ways.join(', or ');
}
