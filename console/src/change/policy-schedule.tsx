import { Box, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/index.ts';
import { duration } from '../ui/index.ts';
import styles from './policy-schedule.module.css';

type Plan = AnswerOf<'v1.policy.validate'>['candidate']['plan'];

/** When each attempt of a delivery that always fails is made: its wait, its spread, and how long after acceptance. */
export function PolicySchedule({ plan }: { readonly plan: Plan }): ReactNode {
  const { attempts, horizonMs, unreachable } = plan;
  // Waits grow from seconds to days, so the line is by orders of magnitude.
  const placeOf = (ms: number): number =>
    horizonMs <= 0 ? 0 : (Math.log1p(ms / 1000) / Math.log1p(horizonMs / 1000)) * 100;
  return (
    <Stack gap="xs">
      <Text size="sm">
        {attempts.length === 1
          ? 'One attempt, and none after it.'
          : `${attempts.length} attempts; the last at most ${duration(horizonMs)} after acceptance.`}{' '}
        {unreachable > 0 &&
          `${unreachable} more of the schedule never come: the delivery is too old by then.`}
      </Text>
      <Box
        className={styles['scroll']}
        tabIndex={0}
        role="group"
        aria-label="Schedule, attempt by attempt"
      >
        <table className={styles['plan']}>
          <thead>
            <tr>
              <th scope="col">Attempt</th>
              <th scope="col">Wait before it</th>
              <th scope="col">After acceptance</th>
              <th scope="col" className={styles['line']}>
                On a line of growing steps, to {duration(horizonMs)}
              </th>
            </tr>
          </thead>
          <tbody>
            {attempts.map((one) => (
              <tr key={one.attempt}>
                <th scope="row">{one.attempt}</th>
                <td>{span(one.earliestWaitMs, one.latestWaitMs)}</td>
                <td>
                  {span(one.earliestAtMs, one.latestAtMs)}
                  {one.mayBeTooOld && ', if not too old'}
                </td>
                <td className={styles['line']}>
                  <div className={styles['track']} aria-hidden>
                    <div
                      className={styles['band']}
                      data-old={one.mayBeTooOld}
                      style={{
                        left: `${Math.min(99, placeOf(one.earliestAtMs))}%`,
                        width: `${Math.max(0, placeOf(one.latestAtMs) - placeOf(one.earliestAtMs))}%`,
                      }}
                    />
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Box>
    </Stack>
  );
}

function span(earliest: number, latest: number): string {
  if (latest === 0) return 'at once';
  return earliest === latest ? duration(latest) : `${duration(earliest)} to ${duration(latest)}`;
}
