import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './status-days.module.css';

const DAY_MS = 86_400_000;

/** A row of days in which the disturbed ones stand out by height too; the sentence says the same. */
export function StatusDays({
  days,
  disturbed,
}: {
  readonly days: number;
  /** As 2026-01-31, by UTC. */
  readonly disturbed: readonly string[];
}): ReactNode {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const all = Array.from({ length: days }, (_none, nth) =>
    new Date(today - (days - 1 - nth) * DAY_MS).toISOString().slice(0, 10),
  );
  const words =
    disturbed.length === 0
      ? 'No day was disturbed.'
      : `${disturbed.length === 1 ? 'One day was' : `${disturbed.length} days were`} disturbed: ${disturbed.slice(-5).join(', ')}${disturbed.length > 5 ? ' and before' : ''}.`;
  return (
    <>
      <Text size="sm" mb="xs">
        {words}
      </Text>
      <div className={styles['days']} role="img" aria-label={words}>
        {all.map((day) => (
          <div
            key={day}
            className={styles['day']}
            data-disturbed={disturbed.includes(day)}
            title={day}
          />
        ))}
      </div>
      <div className={styles['ends']}>
        <Text size="xs" c="dimmed">
          {all[0]}
        </Text>
        <Text size="xs" c="dimmed">
          today (UTC)
        </Text>
      </div>
    </>
  );
}
