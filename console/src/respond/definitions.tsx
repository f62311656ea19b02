import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './definitions.module.css';

/** Names and what they say, one a line. */
export function Definitions({
  rows,
}: {
  readonly rows: readonly (readonly [name: string, text: ReactNode])[];
}): ReactNode {
  return (
    <dl className={styles['list']}>
      {rows.map(([name, text]) => (
        <div key={name} className={styles['row']}>
          <Text component="dt" size="sm" c="dimmed">
            {name}
          </Text>
          <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
            {text}
          </Text>
        </div>
      ))}
    </dl>
  );
}
