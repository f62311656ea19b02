import { Box, Button, Group, Text, useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { ChartProps } from './chart-props.ts';
import { Table } from './table.tsx';

/** A plot over time with the same figures as a table, and a sentence that says what it shows. */
export function Chart(props: ChartProps): ReactNode {
  const { label, xs, series, format, summary, height = 180, axis } = props;
  const [isTable, setTable] = useState(false);
  const { ref, width } = useElementSize();
  const scheme = useComputedColorScheme('light');
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const target = holder.current;
    if (target === null || width === 0 || isTable) return undefined;
    let remove: (() => void) | undefined;
    let isGone = false;
    // The library for plots comes with the first plot.
    void import('./plot.ts').then(({ draw }) => {
      if (!isGone) remove = draw(target, props, width, height, scheme);
    });
    return () => {
      isGone = true;
      remove?.();
    };
  });
  const text = (x: number): string =>
    axis === undefined ? new Date(x).toISOString().replace('T', ' ').slice(0, 19) : axis.format(x);
  return (
    <Box component="figure" m={0} ref={ref}>
      <Group justify="space-between" gap="xs" wrap="nowrap" mb={2}>
        <Text component="figcaption" size="xs" c="dimmed">
          <b>{label}.</b> {summary}
        </Text>
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => setTable(!isTable)}
          aria-pressed={isTable}
          style={{ flexShrink: 0 }}
        >
          {isTable ? 'Plot' : 'Table'}
        </Button>
      </Group>
      {isTable ? (
        <Table
          label={`${label}, as a table`}
          height={height + 40}
          rowHeight={28}
          rows={xs.map((_x, nth) => nth)}
          keyOf={String}
          columns={[
            { name: axis?.name ?? 'UTC', width: '170px', cell: (nth) => text(xs[nth] ?? 0) },
            ...series.map(({ name, values }) => ({
              name,
              align: 'right' as const,
              cell: (nth: number) =>
                values[nth] === null || values[nth] === undefined ? '–' : format(values[nth]),
            })),
          ]}
        />
      ) : (
        <div
          ref={holder}
          role="img"
          aria-label={`${label}. ${summary}`}
          style={{ minHeight: height }}
        />
      )}
    </Box>
  );
}
