import { Paper, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** One figure with its name. `hint` says what it counts, or against what. */
export function Figure({
  name,
  value,
  hint,
  isBad = false,
}: {
  readonly name: string;
  readonly value: ReactNode;
  readonly hint?: ReactNode;
  readonly isBad?: boolean;
}): ReactNode {
  return (
    <Paper
      withBorder
      p="sm"
      radius="md"
      style={isBad ? { borderColor: 'var(--mantine-color-red-6)', borderWidth: 2 } : {}}
    >
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Text
        fz={26}
        fw={650}
        lh={1.2}
        style={{ fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' }}
      >
        {isBad && <span aria-label="needs attention">! </span>}
        {value}
      </Text>
      {hint !== undefined && (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      )}
    </Paper>
  );
}

export function Figures({
  children,
  across = 4,
}: {
  readonly children: ReactNode;
  readonly across?: number;
}): ReactNode {
  return (
    <SimpleGrid cols={{ base: 2, sm: Math.min(3, across), lg: across }} spacing="sm">
      {children}
    </SimpleGrid>
  );
}
