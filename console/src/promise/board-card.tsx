import { Group, Paper, Space, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { count, Fields, Moment, money, paths, State, To } from '../ui/index.ts';
import { headlineOf } from './alert.ts';
import { BudgetBar } from './budget-bar.tsx';
import {
  achievedWords,
  burnNow,
  forecastWords,
  promiseOf,
  standingOf,
  targetWords,
  type BoardEntry,
} from './objective.ts';

const MOST_ALERTS = 3;

/** One objective as both teams see it. */
export function BoardCard({ of }: { readonly of: BoardEntry }): ReactNode {
  const { name, owner, consumers, target, status, alerts, periodDays } = of;
  const { word, tone } = standingOf(status);
  const total = status.good + status.bad;
  return (
    <Paper withBorder p="md" radius="md" component="article" aria-label={name}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Text fw={650} size="lg" component="h3" m={0} style={{ overflowWrap: 'anywhere' }}>
          <To to={paths.objective(name)}>{name}</To>
        </Text>
        <State of={word} tone={tone} />
      </Group>
      <Text size="sm" c="dimmed" mb="xs" style={{ overflowWrap: 'anywhere' }}>
        {promiseOf(of)}
      </Text>
      <Text size="sm">
        {total === 0 ? (
          <b>No traffic yet</b>
        ) : (
          <>
            <b>{achievedWords(status.ratio, target)} good</b>, {targetWords(target)} promised over{' '}
            {periodDays} {periodDays === 1 ? 'day' : 'days'}: {count(status.bad)} bad of{' '}
            {count(total)}
          </>
        )}
      </Text>
      <BudgetBar left={status.budget.left} hasTraffic={total > 0} />
      {alerts.length > 0 && (
        <Stack gap={4} my="xs" role="list" aria-label={`Open alerts of ${name}`}>
          {alerts.slice(0, MOST_ALERTS).map(({ kind, severity, state, title, firedAt }) => (
            <Text key={`${kind} ${firedAt}`} size="sm" role="listitem">
              <State of={state}>
                {severity}, {state}
              </State>{' '}
              {headlineOf(title)}, <Moment at={firedAt} />
            </Text>
          ))}
          {alerts.length > MOST_ALERTS && (
            <Text size="sm" c="dimmed" role="listitem">
              and {alerts.length - MOST_ALERTS} more
            </Text>
          )}
        </Stack>
      )}
      <Space h="xs" />
      <Fields
        of={[
          ['Burn now', burnNow(status)],
          ['Budget', forecastWords(status)],
          [
            'At risk a week',
            status.atRisk.length === 0
              ? undefined
              : status.atRisk.map(({ perWeek, currency }) => money(perWeek, currency)).join(', '),
          ],
          ['Kept by', owner],
          ['Relied on by', consumers.length === 0 ? undefined : consumers.join(', ')],
        ]}
      />
    </Paper>
  );
}
