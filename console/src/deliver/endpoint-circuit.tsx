import type { UseQueryResult } from '@tanstack/react-query';
import { Checkbox, Group, Select, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useMay } from '../shell/index.ts';
import { Act, Answered, count, Fields, Id, Moment, Section, State, words } from '../ui/index.ts';
import type { EndpointPath } from './endpoint-actions.tsx';
import type { Endpoint, Lane } from './words.ts';

const changes = [
  'v1.lane.get',
  'v1.endpoint.get',
  'v1.lane.list-resting',
  'v1.message-attempt.list-by-endpoint',
] as const;
const HOUR_MS = 3_600_000;

/** The lane of an endpoint, its circuit breaker, and the ways to divert, stop and recover it. */
export function EndpointCircuit({
  path,
  endpoint,
  lane,
}: {
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
          <Section
            title="Alternate URL"
            actions={may.write && <Alternate path={path} endpoint={endpoint} />}
          >
            <Text size="sm">
              {endpoint.alternateUrl === null ? (
                'It has none. Give it another way to the same receiver under “Settings”, for when the usual one fails.'
              ) : (
                <>
                  <Id>{endpoint.alternateUrl}</Id>{' '}
                  {endpoint.isAlternateInUse ? 'is in use now.' : 'stands by.'}
                </>
              )}
            </Text>
          </Section>
          <Section title="Recover" actions={may.write && <Recover path={path} />}>
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

const spans: Readonly<Record<string, number | null>> = {
  'somebody closes it': null,
  '15 minutes are over': HOUR_MS / 4,
  'an hour is over': HOUR_MS,
  '6 hours are over': 6 * HOUR_MS,
};

function CircuitActs({
  path,
  lane,
}: {
  readonly path: EndpointPath;
  readonly lane: Lane;
}): ReactNode {
  const [span, setSpan] = useState('somebody closes it');
  const [withProbes, setProbes] = useState(false);
  const lasts = spans[span] ?? null;
  return (
    <Group gap="xs">
      {lane.handCircuit === null && (
        <Act
          operation="v1.lane.open-circuit"
          request={(reason) => ({
            path,
            body: {
              reason,
              withProbes,
              ...(lasts === null ? {} : { until: new Date(Date.now() + lasts).toISOString() }),
            },
          })}
          changes={changes}
          asksReason="must"
          confirm={
            <Stack gap="sm">
              <Text size="sm">
                Nothing is sent to this endpoint while its circuit is open. Deliveries wait in the
                ledger; none is lost.
              </Text>
              <Select
                label="Open until"
                data={Object.keys(spans)}
                value={span}
                allowDeselect={false}
                onChange={(value) => setSpan(value ?? 'somebody closes it')}
              />
              <Checkbox
                label="Send a probe now and then, to see whether it answers"
                checked={withProbes}
                onChange={(event) => setProbes(event.currentTarget.checked)}
              />
            </Stack>
          }
          said="The circuit is open: nothing is sent."
        >
          Open circuit
        </Act>
      )}
      {lane.breaker.state !== 'closed' && (
        <Act
          operation="v1.lane.close-circuit"
          request={() => ({ path })}
          changes={changes}
          confirm="Deliveries go out again at once. If the endpoint still fails, the breaker opens the circuit again by itself."
          said="The circuit is closed: deliveries go out."
        >
          Close circuit
        </Act>
      )}
    </Group>
  );
}

function Alternate({
  path,
  endpoint: { alternateUrl, isAlternateInUse },
}: {
  readonly path: EndpointPath;
  readonly endpoint: Endpoint;
}): ReactNode {
  if (alternateUrl === null) return null;
  return (
    <Act
      operation="v1.lane.switch-alternate"
      request={(reason) => ({ path, body: { isInUse: !isAlternateInUse, reason } })}
      changes={changes}
      asksReason
      confirm={
        isAlternateInUse
          ? 'Deliveries go to the usual URL again, retries included.'
          : 'Deliveries go to the alternate URL from now on, retries included, until somebody switches back.'
      }
      said={isAlternateInUse ? 'The usual URL is in use.' : 'The alternate URL is in use.'}
    >
      {isAlternateInUse ? 'Use the usual URL' : 'Use the alternate URL'}
    </Act>
  );
}

const recoverable: Readonly<Record<string, number>> = {
  'the last hour': HOUR_MS,
  'the last 6 hours': 6 * HOUR_MS,
  'the last day': 24 * HOUR_MS,
  'the last week': 7 * 24 * HOUR_MS,
  'the last 14 days': 14 * 24 * HOUR_MS,
};

function Recover({ path }: { readonly path: EndpointPath }): ReactNode {
  const [span, setSpan] = useState('the last day');
  return (
    <Act
      operation="v1.endpoint.recover"
      request={() => ({
        path,
        body: { since: new Date(Date.now() - (recoverable[span] ?? 0)).toISOString() },
      })}
      changes={[...changes, 'v1.act.list', 'v1.dead-letter.list', 'v1.endpoint.get-stats']}
      confirm={
        <Select
          label="Send again what failed or was missed in"
          data={Object.keys(recoverable)}
          value={span}
          allowDeselect={false}
          onChange={(value) => setSpan(value ?? 'the last day')}
        />
      }
      said="It is being recovered: what failed is sent again."
    >
      Recover
    </Act>
  );
}
