import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './budget-bar.module.css';
import { leftWords } from './objective.ts';

/** What is left of a budget: in words, and as a bar that is full where it is untouched. */
export function BudgetBar({
  left,
  hasTraffic,
}: {
  readonly left: number;
  readonly hasTraffic: boolean;
}): ReactNode {
  const shown = hasTraffic ? left : 1;
  const width = Math.max(0, Math.min(1, shown)) * 100;
  return (
    <div>
      <div className={styles['track']} data-spent={shown <= 0} aria-hidden>
        <div className={styles['left']} style={{ width: `${width}%` }} />
      </div>
      <Text size="sm">{leftWords(shown)}</Text>
    </div>
  );
}
