import { Box, Text } from '@mantine/core';
import type { ReactNode } from 'react';

export type Field = readonly [name: string, value: ReactNode];

/** What is known of one thing, as names and values. A value that is null or undefined is left out with its name. */
export function Fields({ of }: { readonly of: readonly Field[] }): ReactNode {
  return (
    <Box
      component="dl"
      m={0}
      style={{
        display: 'grid',
        gridTemplateColumns: 'minmax(96px, 170px) minmax(0, 1fr)',
        gap: '6px 20px',
      }}
    >
      {of
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([name, value]) => (
          <Box key={name} style={{ display: 'contents' }}>
            <Text component="dt" size="sm" c="dimmed">
              {name}
            </Text>
            <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
              {value}
            </Text>
          </Box>
        ))}
    </Box>
  );
}
