import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './attempt-timing.module.css';
import { phases, type Attempt } from './delivery-words.ts';
import { duration } from './format.ts';

/** The phases of one attempt, one after another, each from where the one before it ended. */
export function AttemptTiming({ timing }: { readonly timing: Attempt['timing'] }): ReactNode {
  const spent = phases.map(([phase, field, name]) => ({ phase, name, ms: timing[field] }));
  const whole = spent.reduce((sum, { ms }) => sum + (ms ?? 0), 0);
  if (whole === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing was sent, so there is nothing to measure.
      </Text>
    );
  }
  let at = 0;
  const rows = spent.map((row) => {
    const from = at;
    at += row.ms ?? 0;
    return { ...row, from };
  });
  return (
    <>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">Phase</th>
            <th scope="col">
              <span aria-hidden>0 to {duration(whole)}</span>
            </th>
            <th scope="col" className={styles['number']}>
              Took
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ phase, name, ms, from }) => (
            <tr key={phase}>
              <td>
                {name}
                {timing.failedPhase === phase && ' ✕ failed here'}
              </td>
              <td width="45%">
                {ms !== null && (
                  <div className={styles['track']} aria-hidden>
                    <div
                      className={styles['bar']}
                      data-failed={timing.failedPhase === phase}
                      style={{
                        left: `${(from / whole) * 100}%`,
                        width: `${(ms / whole) * 100}%`,
                      }}
                    />
                  </div>
                )}
              </td>
              <td className={styles['number']}>{ms === null ? 'not needed' : duration(ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {timing.queuedMs !== null && (
        <Text size="sm" c="dimmed" mt="xs">
          It had waited {duration(timing.queuedMs)} for its turn after it was due.
        </Text>
      )}
    </>
  );
}
