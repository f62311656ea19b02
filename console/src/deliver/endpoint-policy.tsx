import { Group, Select, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer, type AnswerOf } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import type { EndpointPath } from '../ui/delivery/reach.ts';
import { Act, Answered, count, duration, paths, Section, Table, To } from '../ui/index.ts';

type InForce = AnswerOf<'v1.endpoint.get-policy'>;
const NONE = '(none)';

/** What is in force for an endpoint, and who says so. */
export function EndpointPolicy({ path }: { readonly path: EndpointPath }): ReactNode {
  const may = useMay();
  const inForce = useAnswer('v1.endpoint.get-policy', { path });
  const policies = useAnswer('v1.policy.list', { query: { limit: 250 } });
  const [wanted, setWanted] = useState<string | null>(null);
  const next = wanted === NONE ? null : wanted;
  const names = policies.data?.data.map(({ name }) => name) ?? [];
  return (
    <Answered of={inForce}>
      {(value) => (
        <Section
          title="What is in force"
          actions={
            may.write &&
            names.length > 0 && (
              <Group gap="xs">
                <Select
                  size="xs"
                  aria-label="Another policy"
                  placeholder="Another policy"
                  data={[NONE, ...names]}
                  value={wanted}
                  onChange={setWanted}
                />
                <Act
                  operation="v1.endpoint.set-policy"
                  request={() => ({ path, body: { policy: next } })}
                  changes={['v1.endpoint.get-policy', 'v1.lane.get']}
                  isDisabled={wanted === null || next === value.policy}
                  confirm={
                    next === null
                      ? "The endpoint leaves its own policy at once; its application's holds, then the service's settings."
                      : `The endpoint follows the policy "${next}" at once. It is a change, and can be reverted.`
                  }
                  said="The policy is in force."
                  onDone={() => setWanted(null)}
                >
                  Use it
                </Act>
              </Group>
            )
          }
        >
          <Text size="sm" mb="xs">
            <Whose of={value} />
          </Text>
          <Table
            label="Policy in force"
            rows={rowsOf(value)}
            rowHeight={32}
            height={Math.min(640, rowsOf(value).length * 32 + 70)}
            keyOf={({ field }) => field}
            columns={[
              { name: 'What', width: 'minmax(220px, 1.4fr)', cell: ({ text }) => text },
              { name: 'Value', width: 'minmax(160px, 1.4fr)', cell: ({ value }) => value },
              {
                name: 'Comes from',
                width: 'minmax(170px, 1fr)',
                cell: ({ source }) => <Source of={value} source={source} />,
              },
            ]}
          />
        </Section>
      )}
    </Answered>
  );
}

function Whose({
  of: { policy, applicationPolicy, isMissing },
}: {
  readonly of: InForce;
}): ReactNode {
  if (policy === null && applicationPolicy === null) {
    return "Neither this endpoint nor its application has a policy: the service's settings hold.";
  }
  return (
    <>
      {policy === null ? (
        'It has no policy of its own'
      ) : (
        <>
          Its policy is <To to={paths.policy(policy)}>{policy}</To>
          {isMissing && ' (which is not there)'}
        </>
      )}
      {applicationPolicy !== null && (
        <>
          ; its application’s is <To to={paths.policy(applicationPolicy)}>{applicationPolicy}</To>
        </>
      )}
      .
    </>
  );
}

function Source({ of, source }: { readonly of: InForce; readonly source: string }): ReactNode {
  switch (source) {
    case 'endpoint_policy':
      return of.policy === null ? (
        'its policy'
      ) : (
        <>
          policy <To to={paths.policy(of.policy)}>{of.policy}</To>
        </>
      );
    case 'application_policy':
      return of.applicationPolicy === null ? (
        "its application's policy"
      ) : (
        <>
          application’s policy{' '}
          <To to={paths.policy(of.applicationPolicy)}>{of.applicationPolicy}</To>
        </>
      );
    case 'endpoint':
      return 'the endpoint itself';
    default:
      return <To to={paths.settings}>the service’s settings</To>;
  }
}

type Row = {
  readonly field: string;
  readonly text: string;
  readonly value: string;
  readonly source: string;
};

const texts: Readonly<Record<string, string>> = {
  'retry.delaysMs': 'Attempts, and the waits between them',
  'retry.jitter': 'Spread of the waits',
  'retry.maxAgeMs': 'A delivery is given up after',
  'retry.retryAfterMaxMs': 'Retry-After is honoured up to',
  'lane.concurrency': 'Requests at once, at most',
  'lane.adaptive': 'Fewer at once while it is slow',
  'lane.ordered': 'Strict order',
  'lane.breakerFailures': 'Circuit opens after failures in a row',
  'lane.breakerFailurePercent': 'Circuit opens at a share of failures',
  'lane.breakerOpenMs': 'Circuit stays open at first',
  'lane.breakerLongestOpenMs': 'Circuit stays open at most',
  'lane.retryBudgetPercent': 'Retries, as a share of first attempts',
  'lane.retryBudgetPerSecond': 'Retries a second besides',
  'lane.longestHoldMs': 'It may ask to wait up to',
  'lane.disableAfterMs': 'Disabled after failing for',
  'lane.passTrace': 'Trace context is passed on',
  throttleRate: 'Requests a second, at most',
  retentionDays: 'Payloads are kept',
};

function rowsOf({ inForce, sources }: InForce): readonly Row[] {
  const { retry, lane, throttleRate, retentionDays } = inForce;
  const values: readonly (readonly [string, string])[] = [
    ...Object.entries(retry).map(([name, value]) => [`retry.${name}`, said(name, value)] as const),
    ...Object.entries(lane).map(([name, value]) => [`lane.${name}`, said(name, value)] as const),
    ['throttleRate', throttleRate === null ? 'no limit' : count(throttleRate)],
    ['retentionDays', `${count(retentionDays)} days`],
  ];
  return values.map(([field, value]) => ({
    field,
    text: texts[field] ?? field,
    value,
    source: sources[field] ?? 'service',
  }));
}

function said(name: string, value: number | boolean | readonly number[]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'number') {
    return `${value.length}: ${value.map((ms) => (ms === 0 ? 'at once' : duration(ms))).join(', ')}`;
  }
  if (name.startsWith('breakerFailure') && value === 0) return 'never';
  if (name.endsWith('Percent')) return `${value} %`;
  if (name === 'jitter') return `± ${Math.round(value * 100)} %`;
  if (name === 'disableAfterMs' && value === 0) return 'never';
  return name.endsWith('Ms') ? duration(value) : count(value);
}
